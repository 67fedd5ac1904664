import { IncidentKind, Route } from "@api/events/v1/values_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { IncidentService, type ReportIncidentRequest } from "@api/v1/incident_service_pb.js";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { App } from "../app.js";
import { go, path } from "../page/router.js";
import { answerWith, sessionOf } from "../testing/server_double.js";

let sent: ReportIncidentRequest[];
// What happens while the report is on its way.
let onReport: () => Promise<void>;
let recorded: string[];

beforeEach(() => {
  sent = [];
  recorded = [];
  onReport = async () => {};
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf() }) });
    service(CaseService, {
      listMyReports: () => ({
        reports: recorded.map((caseRef) => ({
          caseRef,
          kind: IncidentKind.SELF_REPORT,
          reportedTime: timestampFromMs(Date.now()),
        })),
      }),
    });
    service(IncidentService, {
      reportIncident: async (request) => {
        sent.push(request);
        await onReport();
        return { caseRef: "WB-7K4D-9QX2", route: Route.HEADTEACHER, nextStep: "You will be told." };
      },
    });
  });
});

const type = (label: string | RegExp, text: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

async function fillIn() {
  go("/report/self");
  render(<App />);
  await screen.findByLabelText("What happened?");
  type("What happened?", "I accepted a friend request by mistake.");
  type("Day", "14");
  type("Month", "5");
  type("Year", "2026");
  fireEvent.click(screen.getByLabelText("No"));
  fireEvent.click(screen.getByLabelText("My line manager"));
}

test("a self-report that was changed after a lost answer is not sent twice unasked", async () => {
  await fillIn();
  onReport = () => Promise.reject(new ConnectError("gone", Code.Unavailable));
  press("Send this self-report");
  await screen.findByRole("alert");
  recorded = ["WB-AAAA-AAAA"];
  onReport = async () => {};
  type("What happened?", "I accepted a friend request of a pupil by mistake.");
  press("Send this self-report");
  const link = await screen.findByRole("link", { name: "Add the change to WB-AAAA-AAAA" });
  expect(link.getAttribute("href")).toBe("/cases/WB-AAAA-AAAA");
  expect(sent).toHaveLength(1);

  type("What happened?", "I accepted a friend request of a pupil and removed it.");
  press("It is none of these: send it as a new report");
  await screen.findByRole("heading", { name: "Your report is recorded" });
  expect(sent).toHaveLength(2);
  expect(sent[1]?.whatHappened).toBe("I accepted a friend request of a pupil and removed it.");
  expect(sent[1]?.requestId).not.toBe(sent[0]?.requestId);
});

test("who is elsewhere when it is recorded is asked for the police first", async () => {
  await fillIn();
  fireEvent.click(screen.getByLabelText("I am not sure"));
  press("Send this self-report");
  go("/help");
  const told = await screen.findByRole("region", { name: "Important" });
  expect(told.textContent).toContain("call them now: 101");
  expect(told.textContent).toContain("WB-7K4D-9QX2");
});

test("whoever leaves while a self-report is sent stays there and is told", async () => {
  await fillIn();
  let goOn: () => void = () => {};
  onReport = () =>
    new Promise((resolve) => {
      goOn = resolve;
    });
  press("Send this self-report");
  await waitFor(() => expect(sent).toHaveLength(1));
  go("/help");
  await screen.findByRole("heading", { level: 1, name: /Help/ });
  goOn();
  await screen.findByText("Your self-report is recorded under WB-7K4D-9QX2.");
  expect(path.value).toBe("/help");
});
