import { EvidenceFiledSchema } from "@api/events/v1/case_event_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { SilenceError } from "../api/heard.js";
import { answerWith } from "../testing/server_double.js";
import { EvidenceCard } from "./evidence_card.js";
import type { EvidenceItem } from "./evidence_list.js";
import { failureOfOpening, SHOWN_SIZE_MAX } from "./open_evidence.js";

const BYTES = new Uint8Array([1, 2, 3, 4]);

// What the server sends before it says no more, and what becomes of its calls.
let sent: Uint8Array[];
let afterwards: "end" | "nothing" | "lost line";
let calls: AbortSignal[];

const description = { case: "description", value: { mediaType: "image/png" } } as const;

beforeEach(() => {
  sent = [BYTES];
  afterwards = "end";
  calls = [];
  answerWith(({ service }) =>
    service(EvidenceService, {
      async *downloadEvidence(_, { signal }) {
        calls.push(signal);
        yield { part: description };
        for (const value of sent) yield { part: { case: "data", value } };
        if (afterwards === "lost line") throw new ConnectError("gone", Code.Unavailable);
        if (afterwards === "nothing") {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        }
      },
    }),
  );
});

function showCard(sha256: Uint8Array, size = BYTES.length) {
  const filed = create(EvidenceFiledSchema, {
    fileName: "page.png",
    mediaType: "image/png",
    size: BigInt(size),
    sha256,
  });
  const item: EvidenceItem = {
    id: "ab",
    filed,
    revision: 1n,
    filedBy: "",
    filedById: "",
    filedTime: undefined,
    remarks: [],
  };
  return render(<EvidenceCard caseRef="WB-7K4D-9QX2" item={item} actions={[]} />);
}

const hashOfBytes = async () => new Uint8Array(await crypto.subtle.digest("SHA-256", BYTES));
const show = () => screen.getByRole("button", { name: /Show this picture/ });
const statusText = () => screen.getByRole("status").textContent;

test("a picture that is not the recorded one is told at once and not shown", async () => {
  showCard(new Uint8Array(32));
  fireEvent.click(show());
  expect((await screen.findByRole("alert")).textContent).toContain("not the file");
  expect(await screen.findByRole("link", { name: /Save a copy/ })).toBeTruthy();
  expect(document.querySelector("img")).toBeNull();
});

test("showing and hiding a picture hand the focus to each other", async () => {
  showCard(await hashOfBytes());
  show().focus();
  fireEvent.click(show());
  const hide = await screen.findByRole("button", { name: "Hide it again" });
  await waitFor(() => expect(document.activeElement).toBe(hide));
  fireEvent.click(hide);
  await waitFor(() => expect(document.activeElement).toBe(show()));
});

test("a file that is coming can be stopped, and it is said that the opening is recorded", async () => {
  afterwards = "nothing";
  showCard(await hashOfBytes(), 16);
  show().focus();
  fireEvent.click(show());
  const stop = await screen.findByRole("button", { name: /^Stop/ });
  await waitFor(() => expect(document.activeElement).toBe(stop));
  await screen.findByText(/^4 bytes of 16 bytes received\. It is recorded that you opened it\.$/);
  fireEvent.click(stop);
  expect(calls[0]?.aborted).toBe(true);
  await waitFor(() => expect(statusText()).toBe("Stopped. It is recorded that you opened it."));
  // What came is gone, and asking again asks the server again.
  expect(screen.queryByRole("link")).toBeNull();
  fireEvent.click(show());
  await waitFor(() => expect(calls).toHaveLength(2));
});

test("what is stopped before the server has answered may be recorded all the same", async () => {
  answerWith(({ service }) =>
    service(EvidenceService, {
      async *downloadEvidence(_, { signal }) {
        calls.push(signal);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    }),
  );
  showCard(await hashOfBytes());
  fireEvent.click(show());
  await waitFor(() => expect(calls).toHaveLength(1));
  fireEvent.click(screen.getByRole("button", { name: /^Stop/ }));
  await waitFor(() => expect(statusText()).toContain("may be recorded already"));
});

test("whoever leaves the page stops what is coming", async () => {
  afterwards = "nothing";
  const { unmount } = showCard(await hashOfBytes(), 16);
  fireEvent.click(show());
  await screen.findByText(/4 bytes of 16 bytes/);
  unmount();
  expect(calls[0]?.aborted).toBe(true);
});

test("a file that was broken off can be opened again, and each time is recorded", async () => {
  afterwards = "lost line";
  showCard(await hashOfBytes());
  fireEvent.click(show());
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The line was lost before the whole file had come.");
  expect(alert.textContent).toContain("and that is recorded too");
  expect(document.body.textContent).not.toContain("not recorded");
  afterwards = "end";
  fireEvent.click(screen.getByRole("button", { name: /^Try again/ }));
  await screen.findByText(/Unchanged since it was filed/);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(calls).toHaveLength(2);
});

test("silence is told as what it is", () => {
  const { message, nextStep } = failureOfOpening(new SilenceError());
  expect(message).toContain("Nothing of the file has come");
  expect(nextStep).toContain("recorded too");
});

test("who listens is told quarters, and nothing of each piece", async () => {
  sent = Array.from({ length: 100 }, () => BYTES);
  afterwards = "nothing";
  showCard(new Uint8Array(32), 800);
  const said = new Set<string>();
  new MutationObserver(() => said.add(statusText() ?? "")).observe(screen.getByRole("status"), {
    characterData: true,
    childList: true,
    subtree: true,
  });
  fireEvent.click(show());
  await screen.findByText(/^400 bytes of 800 bytes/);
  await waitFor(() => expect(statusText()).toBe("50 % of page.png received"));
  expect([...said].filter((text) => !/^(|(25|50) % of page.png received)$/.test(text))).toEqual([]);
});

test("a picture that is too large for the page comes as a file to save", async () => {
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:large");
  showCard(await hashOfBytes(), SHOWN_SIZE_MAX + 1);
  expect(screen.getByText(/too large to be shown here/)).toBeTruthy();
  expect(screen.getByText(/That you open it is recorded/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /Open this file/ }));
  const link = await screen.findByRole("link", { name: "Save a copy of page.png" });
  expect(link.getAttribute("download")).toBe("page.png");
  expect(document.querySelector("img")).toBeNull();
});
