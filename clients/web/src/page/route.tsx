import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import type { Failure } from "../api/refusal.js";
import { flushDrafts, isKeptInTabOnly } from "../draft/drafts.js";
import { FailurePanel } from "./failure_panel.js";
import { Loading } from "./loading.js";
import { type Reached, reachClient } from "./newer_client.js";
import { Page } from "./page.js";
import { match, type Parameters } from "./router.js";

export interface PageProps {
  parameters: Parameters;
}

export interface Route {
  pattern: string;
  // Each page is loaded when somebody goes to it.
  load(): Promise<ComponentType<PageProps>>;
}

const NOT_REACHED = {
  kind: "unreachable",
  code: "",
  clauses: [],
  message: "The connection to Wardbook is lost.",
  nextStep: "Check that this computer is online, then try again.",
  field: "",
} as const;

export function NoSuchPage() {
  return (
    <Page heading="There is no such page">
      <p class="govuk-body">
        If you typed the address, check it. A case that you may not see looks like one that does not
        exist.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          Go to the first page
        </a>
      </p>
    </Page>
  );
}

const FAULTY = {
  kind: "unreachable",
  code: "",
  clauses: [],
  message: "This page has a fault and cannot be shown.",
  nextStep: "What you had typed is still kept. Try again, or tell whoever looks after Wardbook.",
  field: "",
} as const;

// A fault of one page leaves the others alone.
function Guarded({ Shown, parameters }: { Shown: ComponentType<PageProps> } & PageProps) {
  const [fault, forget] = useErrorBoundary();
  if (fault === undefined) return <Shown parameters={parameters} />;
  return (
    <Page heading="This page has a fault">
      <FailurePanel failure={FAULTY} retry={forget} />
    </Page>
  );
}

async function loadAnew(): Promise<void> {
  await flushDrafts();
  location.reload();
}

function NotLoaded({ reached, retry }: { reached: Reached; retry(): void }) {
  if (reached === "not at all") {
    return (
      <Page heading="Wardbook cannot be reached">
        <FailurePanel failure={NOT_REACHED} retry={retry} />
      </Page>
    );
  }
  const isNewer = reached === "newer";
  const whatIsKept = isKeptInTabOnly.value
    ? "What you typed on other pages is lost then, so note it down first."
    : "What you typed is kept.";
  const failure: Failure = {
    ...NOT_REACHED,
    kind: "broken",
    message: isNewer ? "This page was opened before that." : "The rest of it did not arrive.",
    nextStep: `Load the page anew to go on. ${whatIsKept}`,
  };
  return (
    <Page heading={isNewer ? "Wardbook has been renewed" : "This page could not be loaded"}>
      <FailurePanel
        failure={failure}
        retry={() => void loadAnew()}
        retryText="Load the page anew"
      />
    </Page>
  );
}

// Components that were loaded before are shown at once.
const loaded = new Map<Route, ComponentType<PageProps>>();

export function RouteView({ routes, address }: { routes: readonly Route[]; address: string }) {
  const [, setTurn] = useState(0);
  // What was found out after the page could not be loaded.
  const [reached, setReached] = useState<Reached>();
  const asked = useRef<Route>();
  const found = routes
    .map((route) => ({ route, parameters: match(route.pattern, address) }))
    .find(({ parameters }) => parameters !== undefined);
  const route = found?.route;
  const Shown = route === undefined ? undefined : loaded.get(route);

  function load() {
    asked.current = route;
    setReached(undefined);
    if (route === undefined || loaded.has(route)) return;
    route.load().then(
      (component) => {
        loaded.set(route, component);
        setTurn((turn) => turn + 1);
      },
      async () => {
        const found = await reachClient();
        if (asked.current === route) setReached(found);
      },
    );
  }
  useEffect(load, [route]);

  if (route === undefined) return <NoSuchPage />;
  if (Shown !== undefined) {
    // A new address is a new page, also where the same component shows it.
    return <Guarded key={address} Shown={Shown} parameters={found?.parameters ?? {}} />;
  }
  if (reached === undefined) return <Loading />;
  return <NotLoaded reached={reached} retry={load} />;
}
