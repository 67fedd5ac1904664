import { createHash } from "node:crypto";
import { IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseFileSchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import {
  EvidenceService,
  type FileEvidenceRequest,
  type OpenUploadRequest,
} from "@api/v1/evidence_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { App } from "../app.js";
import { openCase } from "../cases/open_case.js";
import { readDraft } from "../draft/drafts.js";
import { go, path } from "../page/router.js";
import { answerWith, refusal, sessionOf } from "../testing/server_double.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";

const ADDRESS = "/cases/WB-7K4D-9QX2/add-files";

let opened: OpenUploadRequest[];
let filed: FileEvidenceRequest[];
let stored: Map<string, Uint8Array>;
let suspicions: string[];
let swept: Set<string>;
// What happens while a file is being put in evidence.
let onFiling: () => Promise<void>;

beforeEach(() => {
  opened = [];
  filed = [];
  stored = new Map();
  suspicions = [];
  swept = new Set();
  onFiling = async () => {};
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf() }) });
    service(CaseService, {
      suspectIndecentImage: ({ requestId }) => {
        suspicions.push(requestId);
        throw new ConnectError("gone", Code.Unavailable);
      },
    });
    service(EvidenceService, {
      openUpload: (request) => {
        opened.push(request);
        return { uploadId: String(opened.length).repeat(32), chunkSizeMax: 1 << 20 };
      },
      getUpload: ({ uploadId }) => {
        if (swept.has(uploadId)) throw refusal(Code.NotFound, { code: "R-NO-SUCH-UPLOAD" });
        return { committedOffset: BigInt(stored.get(uploadId)?.length ?? 0) };
      },
      putChunk: ({ uploadId, offset, data }) => {
        stored.set(uploadId, data);
        return { committedOffset: offset + BigInt(data.length) };
      },
      fileEvidence: async (request) => {
        filed.push(request);
        await onFiling();
        const content = stored.get(request.uploadId) ?? new Uint8Array();
        const sha256 = createHash("sha256").update(content).digest();
        return { evidenceId: request.uploadId, sha256: new Uint8Array(sha256) };
      },
    });
  });
});

async function leaveAndReturn() {
  go("/help");
  await screen.findByRole("heading", { level: 1, name: /Help/ });
  go(ADDRESS);
}

async function begin() {
  go(ADDRESS);
  render(<App />);
}

const answer = async (label: string) => fireEvent.click(await screen.findByLabelText(label));

function press(name: string | RegExp) {
  fireEvent.click(screen.getByRole("button", { name }));
}

async function add(name: string) {
  const box = await screen.findByLabelText("Add a screenshot or file");
  const file = new File([new Uint8Array([1, 2])], name, { type: "text/plain" });
  fireEvent.change(box, { target: { files: [file] } });
  await screen.findByRole("region", { name });
}

async function addAfterNo(name: string) {
  await begin();
  await answer("No");
  press("Continue");
  await add(name);
}

test("the question is asked anew at each visit on which no file waits", async () => {
  await begin();
  await answer("No");
  press("Continue");
  await screen.findByLabelText("Add a screenshot or file");
  await leaveAndReturn();
  await screen.findByRole("heading", { name: "Before you add a file" });
  const no = (await screen.findByLabelText("No")) as HTMLInputElement;
  await waitFor(() => expect(no.checked).toBe(false));
});

test("a changed answer takes the files out and asks again", async () => {
  await addAfterNo("mail.txt");
  await leaveAndReturn();
  await screen.findByRole("region", { name: "mail.txt" });
  press(/^Change/);
  await screen.findByRole("heading", { name: "Before you add a file" });
  await answer("No");
  press("Continue");
  await screen.findByLabelText("Add a screenshot or file");
  expect(screen.queryByRole("region", { name: "mail.txt" })).toBeNull();
});

test("nothing can be added or changed while files are being sent", async () => {
  await addAfterNo("mail.txt");
  let goOn: () => void = () => {};
  onFiling = () =>
    new Promise((resolve) => {
      goOn = resolve;
    });
  press("Put in evidence");
  await waitFor(() => expect(filed).toHaveLength(1));
  expect(document.querySelector("input[type=file]")).toBeNull();
  expect(screen.queryByRole("button", { name: /^Change/ })).toBeNull();
  goOn();
  await screen.findByText("The file is in evidence.");
  expect(opened[0]?.indecentImageAnswer).toBe(IndecentImageAnswer.NO);
});

test("whoever leaves while files are being sent stays where they went", async () => {
  await addAfterNo("mail.txt");
  let goOn: () => void = () => {};
  onFiling = () =>
    new Promise((resolve) => {
      goOn = resolve;
    });
  press("Put in evidence");
  await waitFor(() => expect(filed).toHaveLength(1));
  go("/help");
  await screen.findByRole("heading", { level: 1, name: /Help/ });
  openCase.value = { caseRef: "WB-2M3N-4P5Q", file: create(CaseFileSchema) };
  goOn();
  await screen.findByText("The file is in evidence.");
  expect(path.value).toBe("/help");
  expect(openCase.value?.caseRef).toBe("WB-2M3N-4P5Q");
});

test("text that brings a picture along is pasted as text, and a file beside the box does no harm", async () => {
  await addAfterNo("mail.txt");
  const box = screen.getByLabelText(/What does it show/);
  const picture = new File([new Uint8Array([1])], "image.png", { type: "image/png" });
  const pasted = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(pasted, { clipboardData: { files: [picture], types: ["text/plain", "Files"] } });
  box.dispatchEvent(pasted);
  expect(pasted.defaultPrevented).toBe(false);
  const dropped = new Event("drop", { bubbles: true, cancelable: true });
  document.body.dispatchEvent(dropped);
  expect(dropped.defaultPrevented).toBe(true);
});

test("a file that is described anew after a lost answer is another request", async () => {
  await addAfterNo("mail.txt");
  onFiling = () => Promise.reject(new ConnectError("gone", Code.Unavailable));
  press("Put in evidence");
  await screen.findByRole("alert");
  press("Put in evidence");
  await waitFor(() => expect(filed).toHaveLength(2));
  await screen.findByRole("alert");
  fireEvent.input(screen.getByLabelText(/What does it show/), { target: { value: "A threat" } });
  onFiling = async () => {};
  press("Put in evidence");
  await screen.findByText("The file is in evidence.");
  const ids = filed.map(({ requestId }) => requestId);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test("another suspicion after a lost answer is another request", async () => {
  await begin();
  await answer("I am not sure");
  press("Continue");
  await screen.findByRole("alert");
  press("Continue");
  await waitFor(() => expect(suspicions).toHaveLength(2));
  await screen.findByRole("alert");
  await answer("Yes");
  press("Continue");
  await waitFor(() => expect(suspicions).toHaveLength(3));
  expect(suspicions[1]).toBe(suspicions[0]);
  expect(suspicions[2]).not.toBe(suspicions[0]);
});

test("a file that is another one in evidence is told, and is not sent again", async () => {
  await addAfterNo("mail.txt");
  openCase.value = { caseRef: "WB-7K4D-9QX2", file: create(CaseFileSchema) };
  onFiling = async () => {
    stored.set("1".repeat(32), new Uint8Array([1, 3]));
  };
  press("Put in evidence");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain(
    "mail.txt is in evidence, and is not the file on this computer.",
  );
  expect(alert.textContent).toContain("Keep the original");
  expect(screen.queryByText("The file is in evidence.")).toBeNull();
  expect(path.value).toBe(ADDRESS);
  // It stands in evidence, so what waits is only what is chosen next.
  await waitFor(() => expect(screen.queryByRole("region", { name: "mail.txt" })).toBeNull());
  expect(openCase.value).toBeUndefined();

  // The copy here may be the only right one: it is offered until somebody says that they have it.
  await leaveAndReturn();
  const save = await screen.findByRole("link", { name: "Save the original" });
  expect(save.getAttribute("download")).toBe("mail.txt");
  expect(save.getAttribute("href")).toMatch(/^blob:/);
  const [kept] = ((await readDraft("add-files WB-7K4D-9QX2")) as { files: ChosenFile[] }).files;
  if (kept === undefined) throw new Error("the file is not kept");
  press("I have the original, remove it here");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(await heldFile(kept)).toBeUndefined();
});

test("another file that is sent afterwards leaves the one that differs where it is", async () => {
  await addAfterNo("mail.txt");
  onFiling = async () => {
    stored.set("1".repeat(32), new Uint8Array([1, 3]));
  };
  press("Put in evidence");
  await screen.findByRole("alert");
  onFiling = async () => {};
  await answer("No");
  press("Continue");
  await add("good.txt");
  press("Put in evidence");
  await waitFor(() => expect(filed).toHaveLength(2));
  await screen.findByRole("alert");
  press(/^I have the original/);
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

// As a browser does with a file that was moved since, or that is in the cloud alone.
function lost(name: string): File {
  const file = new File([new Uint8Array([1, 2])], name, { type: "text/plain" });
  return Object.assign(file, {
    slice: () => ({
      arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")),
    }),
  });
}

test("a chosen file that cannot be read is named, and the others are taken", async () => {
  await begin();
  await answer("No");
  press("Continue");
  const box = await screen.findByLabelText("Add a screenshot or file");
  const good = new File([new Uint8Array([1, 2])], "good.txt", { type: "text/plain" });
  fireEvent.change(box, { target: { files: [lost("cloud.txt"), good] } });
  await screen.findByRole("region", { name: "good.txt" });
  const told = screen.getByText(/cloud\.txt cannot be read/);
  expect(told.textContent).toContain("open it once, then choose it again");
  expect(screen.queryByRole("region", { name: "cloud.txt" })).toBeNull();
});

test("a file that cannot be read any more when it is sent is named", async () => {
  await begin();
  await answer("No");
  press("Continue");
  const box = await screen.findByLabelText("Add a screenshot or file");
  const file = new File([new Uint8Array([1, 2])], "moved.txt", { type: "text/plain" });
  fireEvent.change(box, { target: { files: [file] } });
  await screen.findByRole("region", { name: "moved.txt" });
  Object.assign(file, { slice: lost("moved.txt").slice });
  press("Put in evidence");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("moved.txt cannot be read.");
  expect(alert.textContent).toContain("Remove it here, then choose it again.");
  expect(filed).toEqual([]);
  expect(screen.getByRole("region", { name: "moved.txt" })).toBeTruthy();
});

test("files that cannot be read are all named at the end, and the others are sent", async () => {
  await begin();
  await answer("No");
  press("Continue");
  const box = await screen.findByLabelText("Add a screenshot or file");
  const names = ["moved.txt", "gone.txt", "good.txt"];
  const files = names.map((name) => new File([new Uint8Array([1, 2])], name));
  fireEvent.change(box, { target: { files } });
  for (const name of names) await screen.findByRole("region", { name });
  for (const file of files.slice(0, 2)) Object.assign(file, { slice: lost("").slice });
  press("Put in evidence");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("moved.txt cannot be read. gone.txt cannot be read.");
  expect(filed).toHaveLength(1);
  await waitFor(() => expect(screen.queryByRole("region", { name: "good.txt" })).toBeNull());
  expect(screen.getByRole("region", { name: "moved.txt" })).toBeTruthy();
});

test("a file whose upload was swept and that cannot be read any more is named", async () => {
  await addAfterNo("moved.txt");
  onFiling = () => {
    onFiling = async () => {};
    return Promise.reject(new ConnectError("gone", Code.Unavailable));
  };
  press("Put in evidence");
  await screen.findByText("Wardbook cannot be reached.");
  const [kept] = ((await readDraft("add-files WB-7K4D-9QX2")) as { files: ChosenFile[] }).files;
  const file = kept && (await heldFile(kept));
  if (file === undefined) throw new Error("the file is not kept");
  Object.assign(file, { slice: lost("").slice });
  swept.add("1".repeat(32));
  press("Put in evidence");
  await screen.findByText("moved.txt cannot be read.");
  expect(opened).toHaveLength(2);
});
