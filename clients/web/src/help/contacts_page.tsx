import { ResponseService } from "@api/v1/response_service_pb.js";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenStoredDate } from "../words/written_time.js";

// Offices, as the rules in force name them today.
export function ContactsPage() {
  const { value, failure, reload } = useLoaded(() => client(ResponseService).listContacts({}), []);
  return (
    <Page heading="Whom to turn to">
      <p class="govuk-body">
        <strong>If a child is in danger now, call 999.</strong>
      </p>
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {value?.contacts.map((contact) => (
        <section key={contact.purpose + contact.name}>
          <h2 class="govuk-heading-m">{contact.purpose}</h2>
          <SummaryList
            rows={[
              { term: "Who", text: contact.name },
              { term: "Telephone", text: contact.telephone },
              { term: "E-mail", text: contact.email },
              { term: "Page", text: contact.webAddress },
              { term: "How", text: contact.how },
            ].filter((row) => row.text !== "")}
          />
        </section>
      ))}
      {value && (
        <p class="govuk-body-s">
          By the rules “{value.rulePackId}”, from {writtenStoredDate(value.effectiveFrom)} on.
        </p>
      )}
    </Page>
  );
}
