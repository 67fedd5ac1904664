import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { pageTitle } from "../page/page.js";
import { KEY, ONE, OTHER_TWO, SCHOOL, serve, signer, TWO } from "../testing/signed_log.js";
import { checkLog } from "./kept_checkpoint.js";
import { LogVerdict } from "./log_verdict.js";
import { fingerprintOf, openCheckpoint, parseVerifierKey } from "./signed_note.js";

beforeEach(() => localStorage.clear());

// The page that the verdict stands on has a heading of its own.
function show(brief = false) {
  return render(
    <main id="main">
      <h1 tabIndex={-1}>Audit</h1>
      <LogVerdict schoolId={SCHOOL} brief={brief} />
    </main>,
  );
}

const told = (term: string, within: ParentNode = document) =>
  [...within.querySelectorAll("dt")]
    .filter((one) => one.textContent === term)
    .map((one) => one.nextElementSibling?.textContent ?? "");

async function alarm(next: () => void, brief = false) {
  serve(TWO);
  await checkLog(SCHOOL);
  next();
  const shown = show(brief);
  const box = await screen.findByRole("alert");
  expect(box.textContent).toContain("The log is not as it should be");
  return { ...shown, box };
}

test("an alarm shows the two signed notes of which only one can be true", async () => {
  const { box } = await alarm(() => serve(OTHER_TWO));
  expect(box.textContent).toContain("its first 2 records are not shown to be the same");
  expect(box.textContent).toContain("tell the Chair of Governors");
  const notes = [told("Checkpoint seen before")[0] ?? "", told("Checkpoint given then")[0] ?? ""];
  const key = await parseVerifierKey(told("Signed with")[0] ?? "");
  if (key === undefined) throw new Error("the key is not shown");
  // What is on the page is enough to prove it to anybody.
  const opened = await Promise.all(notes.map((note) => openCheckpoint(key, note)));
  expect(opened.map((one) => one?.size)).toEqual([2n, 2n]);
  expect(opened[0]?.root).not.toEqual(opened[1]?.root);
});

test("beside other things an alarm says where its proof is, and nothing is decided there", async () => {
  const { box } = await alarm(() => serve(ONE), true);
  expect(within(box).getByRole("link").getAttribute("href")).toBe("/audit");
  expect(document.querySelector("details")).toBeNull();
});

test("a browser that cannot check says so, and raises no alarm", async () => {
  serve(ONE);
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(
    new DOMException("Unrecognized name", "NotSupportedError"),
  );
  show();
  const panel = await screen.findByRole("status");
  expect(panel.textContent).toContain("This browser cannot check the log");
  expect(panel.textContent).toContain("This is not an alarm");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what was decided stands also where a browser cannot check any more", async () => {
  await alarm(() => serve(ONE));
  fireEvent.click(
    screen.getByRole("button", { name: "Watch the log anew from now on", hidden: true }),
  );
  await screen.findByText("This browser now watches the log");
  cleanup();
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(
    new DOMException("Unrecognized name", "NotSupportedError"),
  );
  show();
  await screen.findByText(/This browser cannot check the log/);
  expect(told("Checkpoint until then")).toEqual([KEY.note(TWO)]);
});

test("after a restored backup the log is watched anew, and what was seen stays", async () => {
  await alarm(() => serve(ONE));
  expect(screen.queryByText("If the key was changed on purpose")).toBeNull();
  const anew = screen.getByRole("button", { name: "Watch the log anew from now on", hidden: true });
  anew.focus();
  fireEvent.click(anew);
  await screen.findByText("This browser now watches the log");
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  const decided = screen.getByText("What was decided in this browser").parentElement;
  expect(told("Checkpoint until then", decided ?? document)).toEqual([KEY.note(TWO)]);
  expect(told("Checkpoint seen before")).toEqual([KEY.note(TWO)]);
});

test("a key that was changed on purpose is trusted by whoever was given its fingerprint", async () => {
  const next = signer();
  const fingerprint = await fingerprintOf(next.verifierKey);
  await alarm(() => serve(TWO, [], next));
  // What is to be compared is nowhere on the page.
  expect(document.body.textContent).not.toContain(fingerprint);
  expect(screen.queryByText("If a backup was restored")).toBeNull();
  const trust = screen.getByRole("button", { name: "Trust this key from now on", hidden: true });
  fireEvent.click(trust);
  await screen.findByRole("link", { name: /Enter the fingerprint/, hidden: true });
  await screen.findByRole("link", { name: /Say how you were given it/, hidden: true });
  expect(pageTitle.value).toMatch(/^Error: /);

  const box = screen.getByLabelText("The fingerprint that you were given");
  fireEvent.input(box, { target: { value: told("Key given then")[0] } });
  fireEvent.click(screen.getByLabelText("By telephone"));
  fireEvent.click(trust);
  await screen.findByRole("link", { name: /not the fingerprint of the key/, hidden: true });
  fireEvent.input(box, { target: { value: await fingerprintOf(KEY.verifierKey) } });
  fireEvent.click(trust);
  await screen.findByRole("link", { name: /not the fingerprint of the key/, hidden: true });
  expect(screen.getByText("The log is not as it should be")).toBeTruthy();

  fireEvent.input(box, { target: { value: fingerprint } });
  fireEvent.click(trust);
  await screen.findByText(/Nothing has been changed, removed or reordered/);
  expect(pageTitle.value).not.toContain("Error");
  expect(screen.queryByText("The log is not as it should be")).toBeNull();
  const decided = screen.getByText("What was decided in this browser").parentElement ?? document;
  expect(told("Fingerprint", decided)).toEqual([fingerprint]);
  expect(told("Given", decided)).toEqual(["By telephone"]);
  expect(told("Checkpoint until then", decided)).toEqual([KEY.note(TWO)]);
  expect(told("Key until then", decided)).toEqual([KEY.verifierKey]);
});

test("the heading takes the focus where a key is trusted and records are gone as well", async () => {
  const next = signer();
  await alarm(() => serve(ONE, [], next));
  const fingerprint = await fingerprintOf(next.verifierKey);
  const box = screen.getByLabelText("The fingerprint that you were given");
  fireEvent.input(box, { target: { value: fingerprint } });
  fireEvent.click(screen.getByLabelText("By telephone"));
  const trust = screen.getByRole("button", { name: "Trust this key from now on", hidden: true });
  trust.focus();
  fireEvent.click(trust);
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Records are gone"));
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
});

test("the key of a log that is watched is compared with the one that was given", async () => {
  serve(ONE);
  show();
  const box = await screen.findByLabelText("The key that you were given, or its fingerprint");
  fireEvent.input(box, { target: { value: await fingerprintOf(KEY.verifierKey) } });
  await screen.findByText("It is the same key.");
  fireEvent.input(box, { target: { value: signer().verifierKey } });
  await screen.findByText("It is another key.");
});
