import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { FailurePanel } from "./failure_panel.js";
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

const NOT_LOADED = {
  kind: "unreachable",
  code: "",
  clauses: [],
  message: "This page could not be loaded.",
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

// Components that were loaded before are shown at once.
const loaded = new Map<Route, ComponentType<PageProps>>();

export function RouteView({ routes, address }: { routes: readonly Route[]; address: string }) {
  const [, setTurn] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const found = routes
    .map((route) => ({ route, parameters: match(route.pattern, address) }))
    .find(({ parameters }) => parameters !== undefined);
  const route = found?.route;
  const Shown = route === undefined ? undefined : loaded.get(route);

  function load() {
    if (route === undefined || loaded.has(route)) return;
    setFailed(false);
    route.load().then(
      (component) => {
        loaded.set(route, component);
        setTurn((turn) => turn + 1);
      },
      () => setFailed(true),
    );
  }
  useEffect(load, [route]);

  if (route === undefined) return <NoSuchPage />;
  if (Shown !== undefined) {
    // A new address is a new page, also where the same component shows it.
    return <Guarded key={address} Shown={Shown} parameters={found?.parameters ?? {}} />;
  }
  if (!hasFailed) return <main class="govuk-main-wrapper" id="main" aria-busy="true" />;
  return (
    <Page heading="Wardbook cannot be reached">
      <FailurePanel failure={NOT_LOADED} retry={load} />
    </Page>
  );
}
