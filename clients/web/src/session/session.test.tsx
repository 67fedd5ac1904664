import { AccessService } from "@api/v1/access_service_pb.js";
import { Code } from "@connectrpc/connect";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { App } from "../app.js";
import { readDraft, saveDraft } from "../draft/drafts.js";
import { answerWith, notSignedIn, refusal, sessionOf } from "../testing/server_double.js";
import { findSession, sessionState, signIn, signOut } from "./session.js";

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
  await signOut();
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
