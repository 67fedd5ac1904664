import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseFileSchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { App } from "../app.js";
import { go, path } from "../page/router.js";
import { sessionState } from "../session/session.js";
import { answerWith, sessionOf } from "../testing/server_double.js";
import { caseOnScreen, openCase } from "./open_case.js";
import { lastChange } from "./watch_cases.js";

const SLOW = "WB-7K4D-9QX2";
const QUICK = "WB-2M3N-4P5Q";

let revision: bigint;
let reads: string[];
let isUnreachable: boolean;
// What holds an answer back until a test lets it go.
let held: Promise<void> | undefined;
let letGo: () => void;

function hold(): void {
  held = new Promise((resolve) => {
    letGo = resolve;
  });
}

beforeEach(() => {
  revision = 2n;
  reads = [];
  isUnreachable = false;
  held = undefined;
  openCase.value = undefined;
  lastChange.value = undefined;
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf() }) });
    service(CaseService, {
      getCase: async ({ caseRef }) => {
        reads.push(caseRef);
        if (isUnreachable) throw new ConnectError("gone", Code.Unavailable);
        const summary = { caseRef, revision };
        if (caseRef === SLOW) await held;
        return {
          caseFile: create(CaseFileSchema, {
            summary,
            actions: [{ method: "wardbook.v1.CaseService/AddNote" }],
          }),
        };
      },
      addNote: async () => {
        await held;
        revision += 1n;
        return { revision };
      },
      suspectIndecentImage: () => ({}),
      watchCases: async function* () {
        // Nothing happens meanwhile.
      },
    });
  });
});

async function show(address: string, heading: string) {
  go(address);
  await screen.findByRole("heading", { name: heading, level: 1 });
}

test("an answer that comes late does not take the next case off the screen", async () => {
  sessionState.value = { kind: "in", session: sessionOf() };
  hold();
  const slow = caseOnScreen(SLOW);
  await caseOnScreen(QUICK);
  letGo();
  await slow;
  expect(openCase.value?.caseRef).toBe(QUICK);
});

test("going back to a case that is open leaves the answer of the other aside", async () => {
  sessionState.value = { kind: "in", session: sessionOf() };
  await caseOnScreen(QUICK);
  hold();
  const slow = caseOnScreen(SLOW);
  await caseOnScreen(QUICK);
  letGo();
  await slow;
  expect(openCase.value?.caseRef).toBe(QUICK);
});

test("an answer that comes after the session ended is not kept", async () => {
  sessionState.value = { kind: "in", session: sessionOf() };
  hold();
  const slow = caseOnScreen(SLOW);
  sessionState.value = { kind: "out", ended: true };
  letGo();
  await slow;
  expect(openCase.value).toBeUndefined();
});

async function sendNote(caseRef: string) {
  await show(`/cases/${caseRef}/do/note`, "Add a note");
  fireEvent.input(await screen.findByLabelText("The note"), { target: { value: "I rang." } });
  hold();
  fireEvent.click(screen.getByRole("button", { name: "Add this note" }));
}

test("whoever leaves a form while it is sent stays where they went", async () => {
  render(<App />);
  await sendNote(QUICK);
  await show("/help", "Help");
  letGo();
  await screen.findByText("The note is added.");
  expect(path.value).toBe("/help");
});

test("a case that is on the screen when one's own change arrives is read anew", async () => {
  render(<App />);
  await sendNote(QUICK);
  await show(`/cases/${QUICK}`, "History");
  letGo();
  await waitFor(() => expect(openCase.value?.file.summary?.revision).toBe(3n));
  expect(await screen.findByRole("heading", { name: "History" })).toBeTruthy();
});

test("a change is not forgotten because another case changed after it", async () => {
  render(<App />);
  await show(`/cases/${QUICK}`, "History");
  lastChange.value = { caseRef: QUICK, revision: "3" };
  lastChange.value = { caseRef: SLOW, revision: "9" };
  expect(await screen.findByText(/Something was recorded in this case just now/)).toBeTruthy();
});

test("a case that changed while another page was shown is read anew", async () => {
  render(<App />);
  await show(`/cases/${QUICK}`, "History");
  await show("/help", "Help");
  revision = 3n;
  lastChange.value = { caseRef: QUICK, revision: "3" };
  await show(`/cases/${QUICK}`, "History");
  await waitFor(() => expect(reads).toEqual([QUICK, QUICK]));
});

test("what cannot be shown anew says why, and what is shown takes the focus", async () => {
  render(<App />);
  await show(`/cases/${QUICK}`, "History");
  revision = 3n;
  lastChange.value = { caseRef: QUICK, revision: "3" };
  isUnreachable = true;
  fireEvent.click(await screen.findByRole("button", { name: "Show it" }));
  expect(await screen.findByText("Wardbook cannot be reached.")).toBeTruthy();
  isUnreachable = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  const told = await screen.findByText("The case is shown with what was recorded just now.");
  expect(document.activeElement).toBe(told.parentElement);
  expect(screen.queryByText("Wardbook cannot be reached.")).toBeNull();
});

test("a suspicion that is recorded asks for the police, and is not told as done", async () => {
  render(<App />);
  const title = "Say that it may be an indecent image of a child";
  await show(`/cases/${QUICK}/do/suspect-image`, title);
  fireEvent.click(await screen.findByLabelText("I am not sure"));
  fireEvent.click(screen.getByRole("button", { name: "Record the suspicion" }));
  const told = await screen.findByRole("region", { name: "Important" });
  expect(told.textContent).toContain("Call the police now: 101, or 999");
});
