import { AccessService } from "@api/v1/access_service_pb.js";
import { Code } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { App } from "../app.js";
import { MemoryDraftStore } from "../draft/draft_store.js";
import { DraftVault } from "../draft/draft_vault.js";
import {
  flushDrafts,
  isKeptInTabOnly,
  keepBytes,
  keepDraftsIn,
  openFormerDrafts,
  readDraft,
  saveDraft,
} from "../draft/drafts.js";
import { newFile } from "../evidence/chosen_file.js";
import { heldFile, holdFile } from "../evidence/held_files.js";
import { notice } from "../page/notice.js";
import { path } from "../page/router.js";
import { answerWith, notSignedIn, refusal, sessionOf } from "../testing/server_double.js";
import { leave } from "./leaving.js";
import {
  askToSignOut,
  changePassword,
  findSession,
  sessionState,
  signIn,
  signOut,
} from "./session.js";

function type(label: string, text: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
}

test("a wrong password is told beside the field, with the clause and what to do next", async () => {
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => Promise.reject(notSignedIn()),
      signIn: () =>
        Promise.reject(
          refusal(Code.Unauthenticated, {
            code: "R-SIGN-IN-FAILED",
            clauses: ["P15"],
            message: "The school, the user name or the password is not right.",
            nextStep: "Try again, or ask the administrator for a new code.",
          }),
        ),
    }),
  );
  render(<App />);
  await screen.findByRole("heading", { name: "Sign in", level: 1 });
  type("School", "oakfield");
  type("User name", "priya");
  type("Password", "wrong");
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));

  const summary = await screen.findByRole("alert");
  expect(summary.textContent).toContain("is not right");
  expect(summary.textContent).toContain("clause P15");
  expect(summary.textContent).toContain("ask the administrator");
  await waitFor(() => expect(document.title).toBe("Error: Sign in – Wardbook"));
  expect(document.activeElement).toBe(summary.parentElement);
  expect((screen.getByLabelText("Password") as HTMLInputElement).value).toBe("");
});

test("empty fields are told without asking the server", async () => {
  let asked = 0;
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => Promise.reject(notSignedIn()),
      signIn: () => {
        asked += 1;
        return {};
      },
    }),
  );
  render(<App />);
  await screen.findByRole("heading", { name: "Sign in", level: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("alert");
  expect(screen.getByRole("link", { name: "Enter your password" })).toBeTruthy();
  expect(asked).toBe(0);
});

test("what was typed survives the end of the session and is gone after signing out", async () => {
  let ended = false;
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => (ended ? Promise.reject(notSignedIn()) : { session: sessionOf() }),
      signIn: () => ({ session: sessionOf() }),
      signOut: () => ({}),
    }),
  );
  await signIn("oakfield", "priya", "three words apart");
  saveDraft("report", { what: "typed" });
  ended = true;
  await findSession();
  await waitFor(() => expect(sessionState.value).toEqual({ kind: "out", ended: true }));
  expect(await readDraft("report")).toBeUndefined();

  await signIn("oakfield", "priya", "three words apart");
  expect(await readDraft("report")).toEqual({ what: "typed" });
  await signOut("erased");
  await signIn("oakfield", "priya", "three words apart");
  expect(await readDraft("report")).toBeUndefined();
});

test("a server that is away is not taken for a session that has ended", async () => {
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => Promise.reject(refusal(Code.Unavailable, {})),
    }),
  );
  render(<App />);
  await screen.findByRole("heading", { name: "Wardbook cannot be reached", level: 1 });
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

class FullStore extends MemoryDraftStore {
  override put(): Promise<void> {
    return Promise.reject(new DOMException("full", "QuotaExceededError"));
  }
}

const whoever = (personId: () => string) =>
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => ({ session: { ...sessionOf(), personId: personId() } }),
      signIn: () => ({ session: { ...sessionOf(), personId: personId() } }),
      signOut: () => ({}),
    }),
  );

test("who signs in after somebody else finds nothing of them in the tab", async () => {
  const replace = vi.spyOn(location, "replace").mockImplementation(() => {});
  let person = sessionOf().personId;
  whoever(() => person);
  await signIn("oakfield", "priya", "three words apart");
  const file = new File(["seen"], "chat.png");
  const chosen = newFile(file);
  holdFile(chosen.key, file);
  saveDraft("report", { what: "private" });
  person = "fedcba9876543210fedcba9876543210";
  await findSession();
  expect(replace).toHaveBeenCalledWith("/");
  expect(sessionState.value.kind).toBe("unknown");
  expect(await heldFile(chosen)).toBeUndefined();
});

test("a full disk keeps nobody out, and what is typed waits for its person", async () => {
  keepDraftsIn(new FullStore());
  whoever(() => sessionOf().personId);
  await signIn("oakfield", "priya", "three words apart");
  expect(sessionState.value.kind).toBe("in");
  saveDraft("report", { what: "typed" });
  await keepBytes("file/1", new Blob(["seen"]), "report");
  expect(isKeptInTabOnly.value).toBe(true);
  await signOut("erased");
  expect(sessionState.value.kind).toBe("out");
  expect(await readDraft("report")).toBeUndefined();
});

// As another tab of this browser, which keeps drafts in the same place.
const otherTab = () => new BroadcastChannel("wardbook-session");

test("what is typed in a tab opens with the new password that was entered in another", async () => {
  const store = new MemoryDraftStore();
  keepDraftsIn(store);
  const { personId } = sessionOf();
  whoever(() => personId);
  await signIn("oakfield", "priya", "three words apart");
  await DraftVault.unlock(store, personId, "four words far apart");
  saveDraft("report", { what: "typed before it is known" });
  await flushDrafts();
  const channel = otherTab();
  channel.postMessage({ kind: "in", personId });
  await waitFor(async () => {
    const reloaded = await DraftVault.resume(store, personId);
    expect(await reloaded?.read("report")).toEqual({ what: "typed before it is known" });
  });
  saveDraft("note", { text: "typed since" });
  await flushDrafts();
  const reloaded = await DraftVault.resume(store, personId);
  expect(await reloaded?.read("note")).toEqual({ text: "typed since" });
  channel.close();
});

test("a tab that learns that nobody is signed in tells the others, and they ask", async () => {
  let isOver = false;
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => (isOver ? Promise.reject(notSignedIn()) : { session: sessionOf() }),
    }),
  );
  const channel = otherTab();
  const told: unknown[] = [];
  channel.addEventListener("message", ({ data }) => told.push(data));
  await findSession();
  isOver = true;
  channel.postMessage({ kind: "nobody" });
  await waitFor(() => expect(sessionState.value).toEqual({ kind: "out", ended: true }));
  told.length = 0;
  // Once more, as a tab that has not known of anybody.
  await findSession();
  await waitFor(() => expect(told).toContainEqual({ kind: "nobody" }));
  channel.close();
});

test("signing out asks first where something was not sent, and keeps it if wished", async () => {
  whoever(() => sessionOf().personId);
  await signIn("oakfield", "priya", "three words apart");
  saveDraft("report", { what: "typed" });
  await askToSignOut();
  expect(path.value).toBe("/account/sign-out");
  expect(sessionState.value.kind).toBe("in");
  await signOut("kept");
  expect(await readDraft("report")).toBeUndefined();
  expect(notice.value?.text).toBe("You are signed out.");
  await signIn("oakfield", "priya", "three words apart");
  expect(notice.value).toBeUndefined();
  expect(await readDraft("report")).toEqual({ what: "typed" });
});

test("a new password loses nothing, though the answer to it was lost", async () => {
  answerWith(({ service }) =>
    service(AccessService, {
      signIn: () => ({ session: sessionOf() }),
      changePassword: () => Promise.reject(refusal(Code.Unavailable, {})),
    }),
  );
  await signIn("oakfield", "priya", "three words apart");
  saveDraft("report", { what: "typed" });
  await expect(changePassword("three words apart", "four words far apart")).rejects.toThrow();
  leave("locked");
  await signIn("oakfield", "priya", "four words far apart");
  expect(await readDraft("report")).toEqual({ what: "typed" });
});

test("who was given a new code opens what they typed with the password of before", async () => {
  history.replaceState(null, "", "/account/former-password");
  path.value = "/account/former-password";
  whoever(() => sessionOf().personId);
  await signIn("oakfield", "priya", "three words apart");
  saveDraft("report", { what: "typed" });
  await signOut("kept");
  path.value = "/account/former-password";
  await signIn("oakfield", "priya", "four words far apart");
  render(<App />);
  await screen.findByRole("heading", { name: "Your former password", level: 1 });
  type("Password that you had before", "three words together");
  fireEvent.click(screen.getByRole("button", { name: "Open what I typed" }));
  await screen.findByText("This password does not open what you typed", { selector: "a" });
  type("Password that you had before", "three words apart");
  fireEvent.click(screen.getByRole("button", { name: "Open what I typed" }));
  await screen.findByText("What you typed before is open again.");
  const link = await screen.findByRole("link", { name: "Report an incident" });
  expect(link.getAttribute("href")).toBe("/report");
  expect(await readDraft("report")).toEqual({ what: "typed" });
});

test("what nobody can open any more is deleted by the second press", async () => {
  whoever(() => sessionOf().personId);
  await signIn("oakfield", "priya", "three words apart");
  saveDraft("report", { what: "typed" });
  await signOut("kept");
  await signIn("oakfield", "priya", "four words far apart");
  path.value = "/account/former-password";
  render(<App />);
  fireEvent.click(await screen.findByRole("button", { name: "Delete what cannot be opened" }));
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep it" })),
  );
  fireEvent.click(screen.getByRole("button", { name: "Delete it" }));
  await screen.findByText("What you typed before your password changed is deleted.");
  expect(await openFormerDrafts("three words apart")).toBeUndefined();
});

test("the fields of an account are asked for alike, and filled in at once", async () => {
  const asked: unknown[] = [];
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => Promise.reject(notSignedIn()),
      activateAccount: ({ school, userName }) => {
        asked.push({ school, userName });
        return Promise.reject(refusal(Code.InvalidArgument, { code: "R-CODE", message: "No." }));
      },
    }),
  );
  path.value = "/first-password";
  render(<App />);
  await screen.findByRole("heading", { name: "Set your first password", level: 1 });
  fireEvent.click(screen.getByRole("button", { name: "Set this password" }));
  await screen.findByRole("link", { name: "Enter your user name" });
  type("School", " Oakfield ");
  type("User name", "Priya");
  type("Code", "1234");
  type("New password", "four words far apart");
  fireEvent.click(screen.getByRole("button", { name: "Set this password" }));
  await waitFor(() => expect(asked).toEqual([{ school: "oakfield", userName: "priya" }]));
});
