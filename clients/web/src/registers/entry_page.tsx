import { file_wardbook_events_v1_register_event } from "@api/events/v1/register_event_pb.js";
import { file_wardbook_events_v1_register_values } from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, type RegisterEntry, RegisterSchema } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { createRegistry } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import { eventLines } from "../cases/event_fields.js";
import { FormPage } from "../form/form_page.js";
import { textOfPart } from "../page/address_part.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { SummaryList, type SummaryRow } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { capitalised, eventTitle, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { aboutEntry } from "./about_entry.js";
import { DECIDER_WORDS, deciderOf } from "./decider.js";
import { addressOfEntry, addressOfEntryId } from "./entry_address.js";
import { EntryStageTag } from "./entry_stage_tag.js";
import { actionsFor, ENTRY_ACTIONS } from "./forms_and_actions.js";

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
  const entryId = textOfPart(parameters.entry ?? "");
  return useLoaded(async () => {
    const { entry } = await client(RegisterService).getEntry({ inRegister, entryId });
    if (entry === undefined) throw new Error("an entry without content");
    return entry;
  }, [inRegister, entryId]);
}

function summaryOf(entry: RegisterEntry): SummaryRow[] {
  const { who, what } = aboutEntry(entry);
  const decider = DECIDER_WORDS[deciderOf(entry)];
  const rows = [
    { term: "About", text: who },
    { term: entry.inRegister === Register.PHOTO_CONSENTS ? "Parents" : "What", text: what },
    { term: "Stage", text: <EntryStageTag entry={entry} /> },
    { term: "Who decides", text: entry.stage === EntryStage.ASKED ? decider : "" },
    {
      term: "Phones brought by this child",
      text: entry.timesBrought > 0 ? String(entry.timesBrought) : "",
    },
  ];
  return rows.filter((row) => row.text !== "");
}

function Actions({ entry }: { entry: RegisterEntry }) {
  const session = currentSession.value;
  const actions = session ? actionsFor(entry, session) : [];
  if (actions.length === 0) return null;
  return (
    <section class="wb-no-print">
      <h2 class="govuk-heading-m">What you can do</h2>
      <ul class="govuk-list">
        {actions.map((action) => (
          <li key={action.id}>
            <a class="govuk-link" href={`${addressOfEntry(entry)}/${action.id}`}>
              {action.title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

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
          <SummaryList rows={summaryOf(entry)} />
          <Actions entry={entry} />
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
  const isRead = entry !== undefined;
  const {
    value: fields,
    failure: noFields,
    reload: askAgain,
  } = useLoaded(
    async () => (entry === undefined ? undefined : action?.fields(entry)),
    [action?.id, isRead],
  );
  if (action === undefined) return <NoSuchPage />;
  const back = {
    to: addressOfEntryId(action.register, textOfPart(parameters.entry ?? "")),
    text: "Back to the entry",
  };
  if (entry === undefined || fields === undefined) {
    return (
      <Page heading={action.title} back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
        {noFields && <FailurePanel failure={noFields} retry={askAgain} />}
      </Page>
    );
  }
  return (
    <FormPage
      caption={capitalised(phrase(RegisterSchema, entry.inRegister))}
      heading={action.title}
      back={back}
      draft={`entry ${action.id} ${entry.entryId}`}
      seen={BigInt(entry.steps.length)}
      fields={fields}
      submit={action.submit}
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        const seen = expectedRevision ?? BigInt(entry.steps.length);
        await action.send({ requestId, entryId: entry.entryId, expectedRevision: seen }, answers);
        tell("It is recorded.");
        leaveFor(addressOfEntry(entry));
      }}
    >
      <SummaryList rows={summaryOf(entry)} />
      {action.intro && <p class="govuk-body">{action.intro}</p>}
    </FormPage>
  );
}
