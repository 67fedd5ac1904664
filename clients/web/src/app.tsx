import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { UNREACHABLE } from "./api/refusal.js";
import { watchCases } from "./cases/watch_cases.js";
import { sweepOldDrafts } from "./draft/drafts.js";
import { FailurePanel } from "./page/failure_panel.js";
import { Layout } from "./page/layout.js";
import { Loading } from "./page/loading.js";
import { notice } from "./page/notice.js";
import { Page, pageTitle } from "./page/page.js";
import { RouteView } from "./page/route.js";
import { match, path, visits } from "./page/router.js";
import { OPEN_ROUTES, ROUTES } from "./routes.js";
import { HiddenScreen, isScreenHidden } from "./session/hidden_screen.js";
import { currentSession, findSession, sessionState } from "./session/session.js";
import { SessionWarning } from "./session/session_warning.js";
import { SignInPage } from "./session/sign_in_page.js";

function Content() {
  const address = path.value.replace(/\/$/, "");
  const state = sessionState.value;
  if (OPEN_ROUTES.some((route) => match(route.pattern, address) !== undefined)) {
    return <RouteView routes={OPEN_ROUTES} address={address} />;
  }
  switch (state.kind) {
    case "unknown":
      return <Loading />;
    case "unreachable":
      return (
        <Page heading="Wardbook cannot be reached">
          <FailurePanel failure={UNREACHABLE} retry={() => void findSession()} />
        </Page>
      );
    case "out":
      return <SignInPage />;
    case "in":
      // Another person is another start: nothing of the one before may be left.
      return <RouteView key={state.session.personId} routes={ROUTES} address={address} />;
  }
}

export function App() {
  const visit = visits.value;
  useEffect(() => {
    void findSession().then(sweepOldDrafts);
  }, []);
  // What is hidden is not told by the window's title either, whatever happens behind it.
  useEffect(
    () =>
      effect(() => {
        document.title = isScreenHidden.value ? "Wardbook" : pageTitle.value;
      }),
    [],
  );
  const personId = currentSession.value?.personId;
  useEffect(() => (personId === undefined ? undefined : watchCases()), [personId]);
  // A notice is for the page that follows what was done, and for no other.
  useEffect(() => {
    const told = notice.value;
    return () => {
      if (notice.value === told) notice.value = undefined;
    };
  }, [visit]);
  return (
    <>
      {isScreenHidden.value && <HiddenScreen />}
      {/* What is hidden stays as it is, so that nothing typed is lost. */}
      <div hidden={isScreenHidden.value}>
        <Layout>
          <Content />
        </Layout>
      </div>
      <SessionWarning />
    </>
  );
}
