import { PermissionKind, PermissionKindSchema } from "@api/events/v1/register_values_pb.js";
import { Register } from "@api/v1/register_pb.js";
import { type CheckPermissionResponse, RegisterService } from "@api/v1/register_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Answers } from "../form/answers.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { optionsOf } from "../words/event_words.js";
import { writtenEnd, writtenStart } from "../words/written_time.js";
import { everybody } from "./choices.js";
import { addressOfEntryId } from "./entry_address.js";

const HEADING = "Check whether a permission was in force";
const BACK = { to: "/registers", text: "Back to the registers" };
const KINDS = optionsOf(PermissionKindSchema);

const fieldsFor = async (): Promise<Field[]> => [
  {
    kind: "choice",
    name: "kind",
    label: "A permission for what?",
    missing: "Choose what the permission is for",
    options: KINDS,
  },
  {
    kind: "select",
    name: "person_id",
    label: "Whose?",
    missing: "Choose whose permission it is",
    hint: "Who asked for it, or the child of a phone or a photograph",
    options: await everybody(),
  },
  {
    kind: "when",
    name: "time",
    label: "When, if not now",
    hint: "Without a time it is about the whole day. For example, 14 5 2026",
    optional: true,
    timeOptional: true,
  },
];

// The moment that was asked about, or the whole day where only the date was given.
function period(answers: Answers) {
  const time = answers.moment("time");
  const untilTime = answers.end("time");
  if (time === undefined || untilTime === undefined) return {};
  return answers.time("time") === "" ? { time, untilTime } : { time };
}

interface Checked {
  register: Register;
  answer: CheckPermissionResponse;
}

function Result({ checked: { register, answer } }: { checked: Checked }) {
  return (
    <div class="wb-verdict" role="status">
      <h2 class="govuk-heading-m">
        {answer.inForce ? "Yes, a permission was in force" : "No, none was in force"}
      </h2>
      {answer.inForce && (
        <p class="govuk-body">
          From {writtenStart(answer.fromTime)}
          {answer.untilTime ? ` until ${writtenEnd(answer.untilTime)}` : ", no end known"}.
        </p>
      )}
      {answer.entryId !== "" && (
        <p class="govuk-body">
          <a class="govuk-link" href={addressOfEntryId(register, answer.entryId)}>
            Show the entry
          </a>
        </p>
      )}
    </div>
  );
}

export function CheckPermissionPage() {
  const { value: fields, failure, reload } = useLoaded(fieldsFor, []);
  const [checked, setChecked] = useState<Checked>();
  if (fields === undefined) {
    return (
      <Page heading={HEADING} back={BACK}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      heading={HEADING}
      back={BACK}
      draft="check-permission"
      fields={fields}
      submit="Check"
      send={async ({ answers }) => {
        setChecked(undefined);
        const kind = answers.choice<PermissionKind>("kind");
        const answer = await client(RegisterService).checkPermission({
          kind,
          personId: answers.text("person_id"),
          ...period(answers),
        });
        const isPhoto = kind === PermissionKind.PHOTO;
        setChecked({ register: isPhoto ? Register.PHOTO_CONSENTS : Register.PERMISSIONS, answer });
      }}
    >
      {checked && <Result checked={checked} />}
    </FormPage>
  );
}
