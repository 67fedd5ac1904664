import { file_wardbook_events_v1_register_event } from "@api/events/v1/register_event_pb.js";
import { file_wardbook_events_v1_register_values } from "@api/events/v1/register_values_pb.js";
import { type Register, type RegisterEntry, RegisterSchema } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { createRegistry } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import { eventLines } from "../cases/event_fields.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { go } from "../page/router.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { capitalised, eventTitle, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { actionsOf, ENTRY_ACTIONS } from "./entry_actions.js";
import { EntryStageTag } from "./register_page.js";

const TYPES = createRegistry(
  file_wardbook_events_v1_register_event,
  file_wardbook_events_v1_register_values,
);

function Steps({ entry }: { entry: RegisterEntry }) {
  const names = new Map(entry.people.map((person) => [person.personId, person.name]));
  return (
    <ol class="moj-timeline wb-timeline">
      {entry.steps.map((step, index) => {
        const body = step.event?.body.value;
        const by = names.get(step.actorId);
        return (
          <li class="moj-timeline__item" key={String(step.recordedTime?.seconds) + String(index)}>
            <div class="moj-timeline__header">
              <h3 class="moj-timeline__title">{eventTitle(body?.$typeName ?? "Entry")}</h3>{" "}
              {by && <p class="moj-timeline__byline">by {by}</p>}
            </div>
            <p class="moj-timeline__date">Recorded {writtenTime(step.recordedTime)}</p>
            <dl class="wb-event">
              {body &&
                eventLines(body, names, TYPES).map(({ label, text }) => (
                  <div key={label + text}>
                    <dt>{label}</dt>
                    <dd class="wb-typed">{text}</dd>
                  </div>
                ))}
            </dl>
          </li>
        );
      })}
    </ol>
  );
}

function useEntry(parameters: PageProps["parameters"]) {
  const inRegister = Number(parameters.register) as Register;
  const entryId = parameters.entry ?? "";
  return useLoaded(async () => {
    const { entry } = await client(RegisterService).getEntry({ inRegister, entryId });
    if (entry === undefined) throw new Error("an entry without content");
    return entry;
  }, [inRegister, entryId]);
}

const addressOf = (entry: RegisterEntry) =>
  `/registers/${entry.inRegister}/${encodeURIComponent(entry.entryId)}`;

export function EntryPage({ parameters }: PageProps) {
  const { value: entry, failure, reload } = useEntry(parameters);
  const register = Number(parameters.register);
  return (
    <Page
      heading={capitalised(phrase(RegisterSchema, register))}
      back={{ to: `/registers/${register}`, text: "Back to the register" }}
    >
      {failure && !entry && <FailurePanel failure={failure} retry={reload} />}
      {entry && (
        <>
          <SummaryList
            rows={[
              { term: "Stage", text: <EntryStageTag stage={entry.stage} /> },
              { term: "People", text: entry.people.map((person) => person.name).join("\n") },
              ...(entry.timesBrought > 0
                ? [{ term: "Phones brought by this child", text: String(entry.timesBrought) }]
                : []),
            ]}
          />
          <ul class="govuk-list wb-no-print">
            {actionsOf(entry).map((action) => (
              <li key={action.id}>
                <a class="govuk-link" href={`${addressOf(entry)}/${action.id}`}>
                  {action.title}
                </a>
              </li>
            ))}
          </ul>
          <h2 class="govuk-heading-m">What happened</h2>
          <Steps entry={entry} />
        </>
      )}
    </Page>
  );
}

export function EntryActionPage({ parameters }: PageProps) {
  const { value: entry, failure, reload } = useEntry(parameters);
  const action = ENTRY_ACTIONS.find(
    (one) => one.id === parameters.action && one.register === Number(parameters.register),
  );
  if (action === undefined) return <NoSuchPage />;
  if (entry === undefined) {
    return (
      <Page heading={action.title}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      caption={capitalised(phrase(RegisterSchema, entry.inRegister))}
      heading={action.title}
      back={{ to: addressOf(entry), text: "Back to the entry" }}
      draft={`entry ${action.id} ${entry.entryId}`}
      fields={action.fields}
      submit={action.submit}
      send={async ({ answers, requestId, expectedRevision }) => {
        const seen = expectedRevision ?? BigInt(entry.steps.length);
        await action.send({ requestId, entryId: entry.entryId, expectedRevision: seen }, answers);
        tell("It is recorded.");
        go(addressOf(entry), "replace");
      }}
    />
  );
}
