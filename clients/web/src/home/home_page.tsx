import { useReloadOnChange } from "../cases/use_reload_on_change.js";
import { DueTable } from "../due/due_table.js";
import { listDue } from "../due/list_due.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { recentCode } from "../session/recent_code.js";
import { currentSession, handlesCases, isOfSchool } from "../session/session.js";

function countInWords(due: number, overdue: number): string {
  if (due === 0) return "Nothing waits for you.";
  const waits = due === 1 ? "1 thing waits for you" : `${due} things wait for you`;
  if (overdue === 0) return `${waits}; none is overdue.`;
  return `${waits}; ${overdue} ${overdue === 1 ? "is" : "are"} overdue.`;
}

// Those outside the school see at each visit whether its log is still whole.
function LogWatch({ schoolId }: { schoolId: string }) {
  const { value: Verdict } = useLoaded(
    async () => (await import("../audit/log_verdict.js")).LogVerdict,
    [],
  );
  return Verdict === undefined ? null : <Verdict schoolId={schoolId} brief />;
}

// What waits for the person, and the ways to what they mostly do.
export function HomePage() {
  const session = currentSession.value;
  const { value: due, failure, reload } = useLoaded(listDue, []);
  useReloadOnChange(reload);
  const now = new Date();
  const mayReport = isOfSchool(session);
  const code = session && recentCode(session, now);
  return (
    <Page heading="Home" wide>
      {code && <div class="govuk-inset-text">{code}</div>}
      {due?.count?.banners.map((banner) => (
        <div class="govuk-inset-text" key={banner}>
          {banner}
        </div>
      ))}
      {session && !mayReport && <LogWatch schoolId={session.schoolId} />}
      {mayReport && (
        <a href="/report" class="govuk-button">
          Report an incident
        </a>
      )}
      <h2 class="govuk-heading-m">What waits for you</h2>
      {failure && !due && <FailurePanel failure={failure} retry={reload} />}
      {due && (
        <p class="govuk-body" role="status">
          {countInWords(due.count?.due ?? 0, due.count?.overdue ?? 0)}
        </p>
      )}
      {due && due.items.length > 0 && <DueTable items={due.items} now={now} />}
      <ul class="govuk-list">
        {mayReport && (
          <li>
            <a class="govuk-link" href="/reports">
              See what has happened to your reports
            </a>
          </li>
        )}
        {handlesCases(session) && (
          <li>
            <a class="govuk-link" href="/cases">
              All cases that you handle
            </a>
          </li>
        )}
      </ul>
    </Page>
  );
}
