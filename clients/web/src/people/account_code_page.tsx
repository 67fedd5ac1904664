import { PeopleService } from "@api/v1/people_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";
import { listPeople } from "./people.js";

const HEADING = "Open an account, or give a new code";

const FIELDS: Field[] = [
  {
    kind: "line",
    name: "user_name",
    label: "User name",
    hint:
      "From 3 to 64 small letters, digits, dots, hyphens and underscores. Another name than " +
      "before takes the place of the account that they have.",
    width: 20,
    max: 64,
  },
];

interface Issued {
  code: string;
  until: string;
}

// The code is shown once, to be handed over in person (P15).
function IssuedCode({ issued, back }: { issued: Issued; back: { to: string; text: string } }) {
  return (
    <Page heading="The code" back={back}>
      <p class="govuk-body">
        Hand this code to the person, on paper or in person. It works once, until {issued.until}. It
        is not shown again.
      </p>
      <p class="govuk-heading-l wb-typed">{issued.code}</p>
      <p class="govuk-body">
        They choose “I have a code and no password yet” when they sign in. You never learn the
        password.
      </p>
    </Page>
  );
}

export function AccountCodePage({ parameters }: PageProps) {
  const personId = parameters.person ?? "";
  const back = { to: `/people/${personId}`, text: "Back to the person" };
  const { value: people, failure, reload } = useLoaded(listPeople, []);
  const [issued, setIssued] = useState<Issued>();
  const person = people?.find((one) => one.personId === personId);
  if (issued !== undefined) return <IssuedCode issued={issued} back={back} />;
  if (people !== undefined && person === undefined) return <NoSuchPage />;
  if (person === undefined) {
    return (
      <Page heading={HEADING} back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      heading={HEADING}
      back={back}
      draft={`issue-account ${personId}`}
      fields={FIELDS}
      submit="Give a code"
      send={async ({ answers }) => {
        const { code, expireTime } = await client(PeopleService).issueAccount({
          personId,
          userName: answers.text("user_name").toLowerCase(),
        });
        setIssued({ code, until: writtenTime(expireTime) });
      }}
    >
      <p class="govuk-body">
        This is about <strong class="wb-typed">{person.name}</strong>.
      </p>
      <p class="govuk-body">
        With a new code the old password stops working, and they are signed out everywhere. Give one
        when a password is lost, or known to somebody else. That you gave it is recorded and shown
        to them on their first page for a month.
      </p>
    </FormPage>
  );
}
