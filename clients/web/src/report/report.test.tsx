import { createHash } from "node:crypto";
import {
  Capacity,
  EvidenceKind,
  IncidentKind,
  IndecentImageAnswer,
  PersonCategory,
  Route,
} from "@api/events/v1/values_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import type { ReportSummarySchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { EvidenceService, type FileEvidenceRequest } from "@api/v1/evidence_service_pb.js";
import { IncidentService, type ReportIncidentRequest } from "@api/v1/incident_service_pb.js";
import { PeopleService } from "@api/v1/people_service_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { failureOf } from "../api/refusal.js";
import { App } from "../app.js";
import { readDraft } from "../draft/drafts.js";
import { putDraft } from "../draft/use_draft.js";
import { newFile } from "../evidence/chosen_file.js";
import { go, path } from "../page/router.js";
import { answerWith, PERSON_ID, refusal, sessionOf } from "../testing/server_double.js";
import { refusedReport } from "./found_problem.js";
import { newParty, newReport, type ReportDraft } from "./report_draft.js";
import { sendReport } from "./send_report.js";

let reports: ReportIncidentRequest[];
let filed: FileEvidenceRequest[];
let stored: number[];
// What happens to what is stored while it is put in evidence.
let onFiling: () => void;
// What is answered in place of a receipt.
let answerReport: (request: ReportIncidentRequest) => Promise<never> | undefined;
let opened: number;
let mine: MessageInitShape<typeof ReportSummarySchema>[];

beforeEach(() => {
  reports = [];
  filed = [];
  stored = [];
  onFiling = () => {};
  opened = 0;
  mine = [];
  answerReport = () => undefined;
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf() }) });
    service(PeopleService, {
      listPeople: () => ({
        people: [{ personId: PERSON_ID, name: "Priya Nair", category: PersonCategory.EMPLOYEE }],
      }),
    });
    service(CaseService, { listMyReports: () => ({ reports: mine }) });
    service(IncidentService, {
      reportIncident: (request) => {
        const instead = answerReport(request);
        if (instead !== undefined) return instead;
        reports.push(request);
        return { caseRef: "WB-7K4D-9QX2", route: Route.HEADTEACHER, nextStep: "You will be told." };
      },
    });
    service(EvidenceService, {
      openUpload: () => {
        opened += 1;
        return { uploadId: "ab".repeat(16), chunkSizeMax: 1 << 20 };
      },
      getUpload: () => ({ committedOffset: BigInt(stored.length) }),
      putChunk: ({ data }) => {
        stored.push(...data);
        return { committedOffset: BigInt(stored.length) };
      },
      fileEvidence: (request) => {
        filed.push(request);
        onFiling();
        const sha256 = createHash("sha256").update(Uint8Array.from(stored)).digest();
        return { evidenceId: "ab".repeat(16), sha256: new Uint8Array(sha256) };
      },
    });
  });
});

const pages = new Set<string>();

async function onPage(heading: string) {
  await screen.findByRole("heading", { name: heading, level: 1 });
  pages.add(path.value);
}

function type(label: string | RegExp, text: string, index = 0) {
  const field = screen.getAllByLabelText(label)[index];
  if (field === undefined) throw new Error(`no field ${label}`);
  fireEvent.input(field, { target: { value: text } });
}

function choose(label: string | RegExp) {
  fireEvent.click(screen.getByLabelText(label));
}

function select(label: string, value: number) {
  fireEvent.change(screen.getByLabelText(label), { target: { value: String(value) } });
}

function press(name: string | RegExp) {
  fireEvent.click(screen.getByRole("button", { name }));
}

function follow(name: string) {
  go(screen.getByRole("link", { name }).getAttribute("href") ?? "");
}

async function answerUpToPeople(image: string) {
  pages.clear();
  go("/report");
  render(<App />);
  await onPage("What do you want to report?");
  choose("Cyber-bullying");
  press("Continue");
  await onPage("Could this be an indecent image of a child?");
  choose(image);
  press("Continue");
  if (image !== "No") {
    await onPage("Call the police now");
    press("I have understood");
  }
  await onPage("What happened?");
  type("What happened, in your own words", "A page with my name was put online.");
  press("Continue");
  await onPage("When and where did it happen?");
  type("Day", "14");
  type("Month", "5");
  type("Year", "2026");
  type("Time, if you know it", "8:40pm");
  type(/Where online/, "Facebook");
  press("Continue");
  await onPage("Who is involved?");
}

async function answerAll() {
  await answerUpToPeople("No");
  await waitFor(() => expect(document.querySelector("datalist option")).toBeTruthy());
  type("Full name", "Priya Nair");
  select("How are they involved?", Capacity.TARGET);
  press("Continue");
  await onPage("What would you like to happen?");
  type("What would you like to happen?", "That the page is taken down.");
  choose("My line manager");
  press("Continue");
  await onPage("Do you have screenshots or files?");
}

function paste() {
  const file = new File([new Uint8Array([1, 2, 3])], "image.png", { type: "image/png" });
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [file] } });
  document.dispatchEvent(event);
}

test("a report with one pasted screenshot takes at most nine pages and says what was typed", async () => {
  await answerAll();
  paste();
  await screen.findByRole("region", { name: /^Screenshot/ });
  press("Same date, time and place as in the report");
  press("Continue");
  await onPage("Check your answers");
  press("Send this report");
  await onPage("Your report is recorded");

  expect(pages.size).toBeLessThanOrEqual(9);
  expect(screen.getByText("WB-7K4D-9QX2")).toBeTruthy();
  expect(screen.getByText(/the Headteacher and the safeguarding lead/)).toBeTruthy();
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({
    kind: IncidentKind.CYBER_BULLYING,
    whatHappened: "A page with my name was put online.",
    indecentImageAnswer: IndecentImageAnswer.NO,
    toLineManager: true,
    wishes: "That the page is taken down.",
    happenedAt: { date: "2026-05-14", time: "20:40", utcOffsetMinutes: 60 },
    place: { platform: "Facebook" },
  });
  expect(reports[0]?.parties).toMatchObject([
    { name: "Priya Nair", capacity: Capacity.TARGET, category: PersonCategory.EMPLOYEE },
  ]);
  expect(reports[0]?.parties[0]?.personId.length).toBe(16);
  expect(stored).toEqual([1, 2, 3]);
  expect(filed[0]).toMatchObject({
    kind: EvidenceKind.SCREEN_PRINT,
    sighting: { date: "2026-05-14", time: "20:40", place: { platform: "Facebook" } },
  });
});

test("a screenshot without time, date and place is told beside its fields", async () => {
  await answerAll();
  paste();
  await screen.findByRole("region", { name: /^Screenshot/ });
  press("Continue");
  const summary = await screen.findByRole("alert");
  expect(summary.textContent).toContain("Enter the date on which it was seen");
  expect(summary.textContent).toContain("Enter the site or app where it was seen");
  expect(path.value).toBe("/report/files");
});

test("when it could be an indecent image, the police come first and no file can be chosen", async () => {
  await answerUpToPeople("I am not sure");
  press("Continue");
  await onPage("What would you like to happen?");
  choose("I do not want to say");
  choose("The Headteacher and the safeguarding lead");
  press("Continue");
  await onPage("Check your answers");
  expect(pages).toContain("/report/police");
  expect(pages).not.toContain("/report/files");
  expect(document.querySelector("input[type=file]")).toBeNull();

  go("/report/files");
  await screen.findByRole("heading", { name: "There is no such page" });
  go("/report/check");
  await onPage("Check your answers");
  press("Send this report");
  await onPage("Your report is recorded");
  expect(reports[0]?.indecentImageAnswer).toBe(IndecentImageAnswer.NOT_SURE);
  expect(reports[0]?.wishesNotGiven).toBe(true);
  expect(screen.getByRole("link", { name: "Record that the police were informed" })).toBeTruthy();
  expect(opened).toBe(0);
});

test("somebody named alone who may be an adult of the school asks for the Headteacher", async () => {
  await answerUpToPeople("No");
  go("/report/kind");
  await onPage("What do you want to report?");
  choose("Breach of the code of conduct");
  go("/report/people");
  await onPage("Who is involved?");
  type("Full name", "A man in a blue car");
  select("How are they involved?", Capacity.SUBJECT);
  select("How are they connected with the school?", PersonCategory.NOT_KNOWN);
  press("Continue");
  await onPage("Is this about the Headteacher?");
  press("Continue");
  expect((await screen.findByRole("alert")).textContent).toContain("about the Headteacher");
});

test("what the server refuses is shown with its clause and the next step, and nothing is lost", async () => {
  await answerAll();
  press("Continue without files");
  await onPage("Check your answers");
  answerReport = () =>
    Promise.reject(
      refusal(Code.InvalidArgument, {
        code: "R-FUTURE-TIME",
        clauses: ["P44"],
        message: "The date and time lie in the future.",
        nextStep: "Enter when it happened.",
        field: "happened_at",
      }),
    );
  press("Send this report");
  const summary = await screen.findByRole("alert");
  expect(summary.textContent).toContain("The date and time lie in the future.");
  expect(summary.textContent).toContain("clause P44");
  expect(summary.textContent).toContain("Enter when it happened.");

  follow("The date and time lie in the future.");
  await onPage("When and where did it happen?");
  const there = await screen.findByRole("alert");
  expect(there.textContent).toContain("The date and time lie in the future.");
  expect(there.textContent).toContain("clause P44");
  await waitFor(() => expect(document.activeElement).toBe(there.parentElement));
  await waitFor(() => expect(document.title).toContain("Error: "));
  type("Day", "13");
  press("Continue");
  await onPage("Check your answers");
  go("/report/when");
  await onPage("When and where did it happen?");
  expect(screen.queryByRole("alert")).toBeNull();
  go("/report/check");
  await onPage("Check your answers");

  answerReport = () => undefined;
  press("Send this report");
  await onPage("Your report is recorded");
  expect(reports[0]?.whatHappened).toBe("A page with my name was put online.");
});

test("a report that was not answered is sent again as the same request", async () => {
  await answerAll();
  press("Continue without files");
  await onPage("Check your answers");
  const ids: string[] = [];
  answerReport = ({ requestId }) => {
    ids.push(requestId);
    return ids.length === 1
      ? Promise.reject(new ConnectError("gone", Code.Unavailable))
      : undefined;
  };
  press("Send this report");
  const summary = await screen.findByRole("alert");
  expect(summary.textContent).toContain("Wardbook cannot be reached");
  press("Send this report");
  await onPage("Your report is recorded");
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("HTML in a text and in the name of a file is text", async () => {
  await answerAll();
  const name = "<img src=x onerror=alert(1)>.png";
  const file = new File([new Uint8Array([1])], name, { type: "image/png" });
  fireEvent.drop(document.querySelector(".wb-drop") as Element, {
    dataTransfer: { files: [file] },
  });
  const card = await screen.findByRole("region", { name });
  expect(card.querySelector("img[src=x]")).toBeNull();
  expect(card.textContent).toContain(name);
});

test("files that were chosen go when the answer about the image is not no any more", async () => {
  await answerAll();
  paste();
  await screen.findByRole("region", { name: /^Screenshot/ });
  press("Same date, time and place as in the report");
  press("Continue");
  await onPage("Check your answers");
  go("/report/image");
  await onPage("Could this be an indecent image of a child?");
  choose("I am not sure");
  expect((await screen.findByText(/taken out of this report/)).textContent).toContain("The file");
  expect(await readDraft("report")).toMatchObject({ files: [] });

  go("/report/check");
  await onPage("Check your answers");
  press("Send this report");
  await onPage("Your report is recorded");
  expect(reports[0]?.indecentImageAnswer).toBe(IndecentImageAnswer.NOT_SURE);
  expect(opened).toBe(0);
  expect(screen.getByText("No files were filed.")).toBeTruthy();
});

test("a pasted screenshot that is another one in evidence is offered until somebody has it", async () => {
  await answerAll();
  paste();
  await screen.findByRole("region", { name: /^Screenshot/ });
  press("Same date, time and place as in the report");
  press("Continue");
  await onPage("Check your answers");
  onFiling = () => stored.push(9);
  press("Send this report");
  await onPage("Your files are not all as they were");
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("is in evidence, and is not the file on this computer");
  expect(screen.queryByRole("button", { name: /^(Leave out|Try again)/ })).toBeNull();
  const save = await screen.findByRole("link", { name: "Save the original" });
  expect(save.getAttribute("download")).toMatch(/^Screenshot/);
  go("/report/kind");
  await onPage("Your files are not all as they were");
  await screen.findByRole("link", { name: "Save the original" });

  press("I have the original, remove it here");
  await onPage("Your report is recorded");
  expect(filed).toHaveLength(1);
});

test("a file that is not here any more is the one to leave out, and the others are sent", async () => {
  const file = new File([new Uint8Array([1])], "page.png", { type: "image/png" });
  const gone = newFile(new File([new Uint8Array([1])], "gone.png", { type: "image/png" }));
  await answerAll();
  fireEvent.drop(document.querySelector(".wb-drop") as Element, {
    dataTransfer: { files: [file] },
  });
  await screen.findByRole("region", { name: "page.png" });
  press("Same date, time and place as in the report");
  const draft = (await readDraft("report")) as ReportDraft;
  const typed = draft.files[0]?.typed ?? {};
  putDraft("report", { ...draft, files: [{ ...gone, typed }, ...draft.files] });
  await screen.findByRole("region", { name: "gone.png" });
  press("Continue");
  await onPage("Check your answers");
  press("Send this report");
  await onPage("Your files are not all sent");
  expect(screen.getByRole("alert").textContent).toContain("gone.png is not here any more.");
  expect(filed).toHaveLength(1);
  press("Leave out gone.png");
  await onPage("Your report is recorded");
  expect(screen.getByText("1 file is in evidence.")).toBeTruthy();
});

test("a draft with files and an answer that is not no sends none of them", async () => {
  const file = newFile(new File([new Uint8Array([1])], "page.png", { type: "image/png" }));
  const typed = { kind: "1", indecent_image_answer: String(IndecentImageAnswer.NOT_SURE) };
  const draft = { ...newReport(), typed, files: [file] };
  await sendReport(
    draft,
    () => {},
    () => {},
  );
  expect(reports).toHaveLength(1);
  expect(opened).toBe(0);
});

test("a report that was changed after a lost answer is another request", async () => {
  await answerAll();
  press("Continue without files");
  await onPage("Check your answers");
  const ids: string[] = [];
  answerReport = ({ requestId }) => {
    ids.push(requestId);
    return ids.length === 1
      ? Promise.reject(new ConnectError("gone", Code.Unavailable))
      : undefined;
  };
  press("Send this report");
  await screen.findByRole("alert");
  go("/report/what");
  await onPage("What happened?");
  type("What happened, in your own words", "Two pages with my name were put online.");
  press("Continue");
  await onPage("Check your answers");
  press("Send this report");
  await onPage("Your report is recorded");
  expect(new Set(ids).size).toBe(2);
});

test("a changed report whose first words may be recorded is not sent twice unasked", async () => {
  await answerAll();
  press("Continue without files");
  await onPage("Check your answers");
  let isLost = true;
  answerReport = ({ kind }) => {
    if (!isLost) return undefined;
    isLost = false;
    mine = [
      { caseRef: "WB-AAAA-AAAA", kind, reportedTime: timestampFromMs(Date.now()) },
      { caseRef: "WB-BBBB-BBBB", kind, reportedTime: timestampFromMs(Date.now() - 9e8) },
    ];
    return Promise.reject(new ConnectError("gone", Code.Unavailable));
  };
  press("Send this report");
  await screen.findByRole("alert");
  go("/report/what");
  await onPage("What happened?");
  type("What happened, in your own words", "Two pages with my name were put online.");
  press("Continue");
  await onPage("Check your answers");
  press("Send this report");
  const link = await screen.findByRole("link", { name: "Add the change to WB-AAAA-AAAA" });
  expect(link.getAttribute("href")).toBe("/cases/WB-AAAA-AAAA");
  expect(screen.queryByText(/WB-BBBB/)).toBeNull();
  expect(reports).toHaveLength(0);

  press("It is none of these: send it as a new report");
  await onPage("Your report is recorded");
  expect(reports[0]?.whatHappened).toBe("Two pages with my name were put online.");
});

test("what is missing leads from the check to its page, which says it as well", async () => {
  await answerUpToPeople("No");
  type("Full name", "A man in a blue car");
  go("/report/check");
  await onPage("Check your answers");
  press("Send this report");
  await screen.findByRole("alert");
  const named = "Choose how A man in a blue car is involved";
  expect(screen.getByRole("link", { name: named }).getAttribute("href")).toBe("/report/people");
  const wishes = screen.getByRole("link", { name: /^Say what you would like/ });
  expect(wishes.getAttribute("href")).toBe("/report/wishes");
  follow(named);
  await onPage("Who is involved?");
  fireEvent.click(await screen.findByRole("link", { name: named }));
  expect(document.activeElement).toBe(screen.getByLabelText("How are they involved?"));
  expect(reports).toHaveLength(0);
});

test("what was wrong with a report that was deleted is not said of the next one", async () => {
  await answerUpToPeople("No");
  type("Full name", "A man in a blue car");
  go("/report/check");
  await onPage("Check your answers");
  press("Send this report");
  await screen.findByRole("alert");
  go("/report");
  await onPage("What do you want to report?");
  press("Delete it and begin a new one");
  press("Delete it");
  await screen.findByText(/It takes some ten minutes/);
  choose("Cyber-bullying");
  go("/report/people");
  await onPage("Who is involved?");
  await waitFor(() => expect(document.title).toContain("Who is involved?"));
  expect(document.title).toBe("Who is involved? – Wardbook");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a refusal of somebody points at their card, past the empty ones before it", async () => {
  const draft = newReport();
  const people = [newParty(), { ...newParty(), name: "Priya Nair" }];
  const failure = failureOf(
    refusal(Code.InvalidArgument, { code: "R-FIELD-MISSING", field: "parties[0].capacity" }),
  );
  expect(refusedReport({ ...draft, people }, failure).errors[0]?.name).toBe("parties[1].capacity");
});

test("somebody who is added or removed hands the focus on", async () => {
  await answerUpToPeople("No");
  press("Add another person");
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getAllByLabelText("Full name")[1]),
  );
  press("Remove person 2");
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add another person" })),
  );
});
