import { IncidentKind, Role, Route } from "@api/events/v1/values_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import {
  type CaseActionSchema,
  CaseFileSchema,
  CaseStage,
  type TimelineEntry,
  TimelineEntrySchema,
} from "@api/v1/case_pb.js";
import { type AddNoteRequest, CaseService } from "@api/v1/case_service_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { App } from "../app.js";
import { go, path } from "../page/router.js";
import { answerWith, PERSON_ID, refusal, sessionOf } from "../testing/server_double.js";
import { bytesOfHex } from "../words/hex.js";
import { openCase } from "./open_case.js";
import { lastChange } from "./watch_cases.js";

const REF = "WB-7K4D-9QX2";
const PICTURE = new Uint8Array([1, 2, 3]);
const SHA256 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";

let entries: TimelineEntry[];
let reads: number;
let notes: AddNoteRequest[];
let downloads: number;
let openNames: string[];
let isImage: boolean;
let answerNote: ((request: AddNoteRequest) => { revision: bigint }) | undefined;
let actions: MessageInitShape<typeof CaseActionSchema>[];

function answers({ service }: ConnectRouter) {
  service(AccessService, { getSession: () => ({ session: sessionOf([Role.HEADTEACHER]) }) });
  service(CaseService, {
    getCase: () => {
      reads += 1;
      return {
        caseFile: create(CaseFileSchema, {
          summary: {
            caseRef: REF,
            kind: IncidentKind.CYBER_BULLYING,
            stage: CaseStage.REPORTED,
            route: Route.HEADTEACHER,
            targetNames: ["<script>alert(1)</script>"],
            revision: BigInt(entries.length),
            evidenceCount: 1,
            indecentImageSuspected: isImage,
          },
          timeline: entries,
          remainingSteps: [
            {
              code: "R-FINDING",
              clauses: ["P20"],
              message: "Nothing was found yet.",
              nextStep: "Record what was found.",
            },
          ],
          openNames,
          actions,
        }),
      };
    },
    addNote: (request) => {
      if (answerNote !== undefined) return answerNote(request);
      notes.push(request);
      if (request.expectedRevision !== BigInt(entries.length)) {
        throw refusal(Code.Aborted, {
          code: "R-CONFLICT",
          message: "Somebody else changed the case while you were working on it.",
          nextStep: "Read what came in between, then send your change again.",
          conflict: { currentRevision: BigInt(entries.length), entries: entries.slice(-1) },
        });
      }
      return { revision: BigInt(entries.length + 1) };
    },
    watchCases: async function* () {
      // Nothing happens meanwhile.
    },
  });
  service(EvidenceService, {
    downloadEvidence: async function* () {
      downloads += 1;
      yield {
        part: {
          case: "description" as const,
          value: { fileName: "a.png", mediaType: "image/png" },
        },
      };
      yield { part: { case: "data" as const, value: PICTURE } };
    },
  });
}

beforeEach(() => {
  reads = 0;
  downloads = 0;
  notes = [];
  openNames = [];
  isImage = false;
  answerNote = undefined;
  actions = [
    { method: "wardbook.v1.CaseService/AddNote" },
    { method: "wardbook.v1.InvestigationService/RecordFinding" },
    {
      method: "wardbook.v1.CaseService/CloseCase",
      refused: {
        code: "R-FINDING",
        clauses: ["P20"],
        message: "Nothing was found yet.",
        nextStep: "Record what was found.",
      },
    },
    { method: "wardbook.v1.CaseService/SomethingThatIsAddedLater" },
  ];
  openCase.value = undefined;
  lastChange.value = undefined;
  entries = [
    create(TimelineEntrySchema, {
      revision: 1n,
      actorName: "Priya Nair",
      recordedTime: timestampFromMs(Date.parse("2026-05-15T08:00:00Z")),
      event: {
        body: {
          case: "incidentReported",
          value: {
            kind: IncidentKind.CYBER_BULLYING,
            whatHappened: "<img src=x onerror=alert(1)>",
            happenedAt: { date: "2026-05-14", time: "20:40" },
          },
        },
      },
    }),
    create(TimelineEntrySchema, {
      revision: 2n,
      actorName: "Priya Nair",
      recordedTime: timestampFromMs(Date.parse("2026-05-15T08:05:00Z")),
      event: {
        body: {
          case: "evidenceFiled",
          value: {
            evidenceId: bytesOfHex("ab".repeat(16)),
            fileName: "a.png",
            mediaType: "image/png",
            size: 3n,
            sighting: { date: "2026-05-13", time: "19:15" },
            sha256: bytesOfHex(SHA256),
          },
        },
      },
    }),
  ];
  answerWith(answers);
});

async function show(address: string, heading: string) {
  go(address);
  render(<App />);
  await screen.findByRole("heading", { name: heading, level: 1 });
}

test("a case shows what happened apart from when it was recorded, and text as text", async () => {
  await show(`/cases/${REF}`, "History");
  expect(screen.getByText("14 May 2026, 8:40 pm", { selector: ".wb-times dd" })).toBeTruthy();
  expect(screen.getByText("15 May 2026, 9:00 am")).toBeTruthy();
  expect(screen.getByText("13 May 2026, 7:15 pm", { selector: ".wb-times dd" })).toBeTruthy();
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeTruthy();
  expect(document.querySelector("img")).toBeNull();
  expect(document.body.textContent).toContain("<script>alert(1)</script>");
  expect(document.title).toBe("History – Wardbook");
  expect(screen.getByRole("link", { name: "Nothing was found yet." }).getAttribute("href")).toBe(
    `/cases/${REF}/do/finding`,
  );
});

test("what may be done is what the server offers, and what waits says for what", async () => {
  await show(`/cases/${REF}/actions`, "What to do");
  const links = [...document.querySelectorAll("main a")].map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    `/cases/${REF}/do/finding`,
    `/cases/${REF}/do/note`,
    `/cases/${REF}/do/finding`,
    "/policy/clauses/P20",
  ]);
  expect(screen.getByText("Close the case")).toBeTruthy();
});

test("who has nothing to do is told so kindly", async () => {
  actions = actions.slice(2, 3);
  await show(`/cases/${REF}/actions`, "What to do");
  expect(screen.getByText(/There is nothing for you to do in this case now/)).toBeTruthy();
});

test("a form that would be refused says why before anybody types", async () => {
  await show(`/cases/${REF}/do/close`, "Close the case");
  expect(await screen.findByText(/Nothing was found yet/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "P20" })).toBeTruthy();
});

test("where the police come first, what to do now stands on top", async () => {
  actions = [
    { method: "wardbook.v1.CaseService/RecordPoliceInformed" },
    {
      method: "wardbook.v1.CaseService/CloseCase",
      refused: { code: "R-IIOC-POLICE-FIRST", clauses: ["P37"], message: "Police first." },
    },
  ];
  isImage = true;
  await show(`/cases/${REF}/actions`, "What to do");
  const [first] = screen.getAllByRole("heading", { level: 2 });
  expect(first?.textContent).toContain("Call the police now");
  expect(screen.getByRole("link", { name: "Record that the police were called" })).toBeTruthy();
});

test("a name that is open stands on the case, with the ways to settle it", async () => {
  openNames = ["Anna Smith"];
  actions.push(
    { method: "wardbook.v1.EscalationService/SettleName" },
    { method: "wardbook.v1.EscalationService/DeclareConflict" },
  );
  await show(`/cases/${REF}`, "History");
  expect(screen.getByText("Anna Smith")).toBeTruthy();
  const settle = screen.getByRole("link", { name: "settle whom the name means" });
  expect(settle.getAttribute("href")).toBe(`/cases/${REF}/do/settle-name`);
  expect(document.title).not.toContain("Anna");
});

test("the pages of a case share one reading of it, because each is recorded", async () => {
  await show(`/cases/${REF}`, "History");
  go(`/cases/${REF}/files`);
  await screen.findByRole("heading", { name: "Files", level: 1 });
  go(`/cases/${REF}/actions`);
  await screen.findByRole("heading", { name: "What to do", level: 1 });
  expect(reads).toBe(1);
});

test("a file is not asked for before somebody wants to see it, and is checked then", async () => {
  await show(`/cases/${REF}/files`, "Files");
  expect(document.querySelector("img")).toBeNull();
  expect(downloads).toBe(0);
  fireEvent.click(screen.getByRole("button", { name: /Show this picture/ }));
  await screen.findByText(/Unchanged since it was filed/);
  expect(downloads).toBe(1);
  await waitFor(() => expect(document.querySelector("img")?.getAttribute("src")).toMatch(/^blob:/));
  fireEvent.click(screen.getByRole("button", { name: "Hide it again" }));
  await waitFor(() => expect(document.querySelector("img")).toBeNull());
});

test("a file that is not the recorded one is told", async () => {
  const filed = entries[1]?.event?.body;
  if (filed?.case === "evidenceFiled") filed.value.sha256 = bytesOfHex("00".repeat(32));
  await show(`/cases/${REF}/files`, "Files");
  fireEvent.click(screen.getByRole("button", { name: /Show this picture/ }));
  await screen.findByText(/This is not the file that was recorded/);
});

test("a conflict shows what came in between and keeps what was typed", async () => {
  await show(`/cases/${REF}/do/note`, "Add a note");
  fireEvent.input(await screen.findByLabelText("The note"), {
    target: { value: "I spoke to him." },
  });
  entries.push(
    create(TimelineEntrySchema, {
      revision: 3n,
      actorName: "Sam Holt",
      event: { body: { case: "noteAdded", value: { text: "Rang the parents" } } },
    }),
  );
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await screen.findByRole("heading", { name: "Recorded while you were writing" });
  expect(document.body.textContent).toContain("Note added, by Sam Holt");
  expect(screen.getByText("Rang the parents")).toBeTruthy();
  expect((screen.getByLabelText("The note") as HTMLTextAreaElement).value).toBe("I spoke to him.");

  fireEvent.click(screen.getByRole("button", { name: "Record mine after these" }));
  await waitFor(() => expect(path.value).toBe(`/cases/${REF}`));
  expect(notes.map((note) => note.expectedRevision)).toEqual([2n, 3n]);
  expect(notes[1]?.text).toBe("I spoke to him.");
  expect(notes[0]?.requestId).not.toBe(notes[1]?.requestId);
  expect(await screen.findByText("The note is added.")).toBeTruthy();
});

test("a lost answer is asked again as the same request", async () => {
  await show(`/cases/${REF}/do/note`, "Add a note");
  fireEvent.input(await screen.findByLabelText("The note"), { target: { value: "Once only." } });
  const requests: string[] = [];
  answerNote = ({ requestId }) => {
    requests.push(requestId);
    if (requests.length === 1) throw new ConnectError("gone", Code.Unavailable);
    return { revision: 3n };
  };
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await screen.findByText(/Wardbook cannot be reached/);
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await waitFor(() => expect(requests).toHaveLength(2));
  expect(new Set(requests).size).toBe(1);
});

test("a lost answer is asked again as the same request when the case has gone on", async () => {
  const requests: AddNoteRequest[] = [];
  answerNote = (request) => {
    requests.push(request);
    if (requests.length === 1) throw new ConnectError("gone", Code.Unavailable);
    return { revision: 4n };
  };
  await show(`/cases/${REF}/do/note`, "Add a note");
  fireEvent.input(await screen.findByLabelText("The note"), { target: { value: "Once only." } });
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await screen.findByText(/Wardbook cannot be reached/);

  // The note was recorded after all, and the page is opened anew.
  entries.push(create(TimelineEntrySchema, { revision: 3n }));
  openCase.value = undefined;
  cleanup();
  await show(`/cases/${REF}/do/note`, "Add a note");
  const note = (await screen.findByLabelText("The note")) as HTMLTextAreaElement;
  expect(note.value).toBe("Once only.");
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await waitFor(() => expect(requests).toHaveLength(2));
  expect(requests[1]).toEqual(requests[0]);
});

test("words that were refused are another request when they are sent again", async () => {
  await show(`/cases/${REF}/do/note`, "Add a note");
  fireEvent.input(await screen.findByLabelText("The note"), { target: { value: "Too early." } });
  const requests: string[] = [];
  answerNote = ({ requestId }) => {
    requests.push(requestId);
    if (requests.length > 1) return { revision: 3n };
    throw refusal(Code.FailedPrecondition, { code: "R-CASE-CLOSED", message: "Closed." });
  };
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await screen.findByText("Closed.");
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
  await waitFor(() => expect(requests).toHaveLength(2));
  expect(new Set(requests).size).toBe(2);
});

test("a file leads to what can be said of it, filled in", async () => {
  const first = entries[1];
  if (first !== undefined) first.actorId = PERSON_ID;
  actions = ["AnnotateEvidence", "SupersedeEvidence", "AttestOriginal"].map((name) => ({
    method: `wardbook.v1.EvidenceService/${name}`,
  }));
  await show(`/cases/${REF}/files`, "Files");
  // There is no second file that could stand in its place.
  expect(screen.queryByRole("link", { name: /stands in its place/ })).toBeNull();
  expect(screen.getByRole("link", { name: /the original still exists/ })).toBeTruthy();
  const add = screen.getByRole("link", { name: /Add to what was said of it/ });
  go(add.getAttribute("href") ?? "");
  const chosen = (await screen.findByLabelText("Which file?")) as HTMLSelectElement;
  expect(chosen.value).toBe("ab".repeat(16));
});

test("what somebody else records is offered, and not shown over what one reads", async () => {
  await show(`/cases/${REF}`, "History");
  lastChange.value = { caseRef: REF, revision: "3" };
  await screen.findByText(/Something was recorded in this case just now/);
  expect(reads).toBe(1);
});
