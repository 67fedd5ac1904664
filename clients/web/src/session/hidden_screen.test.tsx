import { AccessService } from "@api/v1/access_service_pb.js";
import { Code } from "@connectrpc/connect";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { lastUse } from "../api/use.js";
import { App } from "../app.js";
import { answerWith, notSignedIn, refusal, sessionOf } from "../testing/server_double.js";
import { hideScreen, isScreenHidden, showScreen } from "./hidden_screen.js";
import { findSession, sessionState } from "./session.js";

afterEach(async () => {
  sessionState.value = { kind: "unknown" };
  await showScreen();
});

test("what was hidden comes back with its title, and the focus where it was", async () => {
  answerWith(({ service }) =>
    service(AccessService, { getSession: () => Promise.reject(notSignedIn()) }),
  );
  render(<App />);
  const box = await screen.findByLabelText("User name");
  await waitFor(() => expect(document.title).toBe("Sign in – Wardbook"));
  box.focus();
  hideScreen();
  const show = await screen.findByRole("button", { name: "Show it again" });
  await waitFor(() => expect(document.activeElement).toBe(show));
  await waitFor(() => expect(document.title).toBe("Wardbook"));
  fireEvent.click(show);
  await waitFor(() => expect(document.title).toBe("Sign in – Wardbook"));
  await waitFor(() => expect(document.activeElement).toBe(box));
});

test("a page that changes while it is hidden does not name itself in the title", async () => {
  answerWith(({ service }) =>
    service(AccessService, { getSession: () => Promise.reject(notSignedIn()) }),
  );
  hideScreen();
  render(<App />);
  await screen.findByText("Sign in", { selector: "h1" });
  await waitFor(() => expect(document.title).toBe("Wardbook"));
});

// Somebody who is signed in and has hidden the screen, and how the server answers from then on.
async function hiddenBySomebody(): Promise<{ answer: "in" | "out" | "unreachable" }> {
  const server: { answer: "in" | "out" | "unreachable" } = { answer: "in" };
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: () => {
        if (server.answer === "unreachable") throw refusal(Code.Unavailable, {});
        if (server.answer === "out") throw notSignedIn();
        return { session: sessionOf() };
      },
    }),
  );
  await findSession();
  render(<App />);
  await screen.findByRole("link", { name: "Your account" });
  act(hideScreen);
  return server;
}

// Whether what was hidden can be seen, at any moment since.
function seenOf(text: string): { wasSeen(): boolean } {
  let wasSeen = false;
  const look = () => {
    const [found] = screen.queryAllByText(text);
    wasSeen ||= found !== undefined && found.closest("[hidden]") === null;
  };
  new MutationObserver(look).observe(document, {
    attributes: true,
    childList: true,
    subtree: true,
  });
  return {
    wasSeen: () => {
      look();
      return wasSeen;
    },
  };
}

test("whose session ended behind the hidden screen is not shown again", async () => {
  const server = await hiddenBySomebody();
  const account = seenOf("Your account");
  server.answer = "out";
  fireEvent.click(await screen.findByRole("button", { name: "Show it again" }));
  await screen.findByRole("heading", { name: "Sign in again" });
  await waitFor(() => expect(isScreenHidden.value).toBe(false));
  expect(account.wasSeen()).toBe(false);
});

test("what is hidden stays so until the server has said that the session goes on", async () => {
  const server = await hiddenBySomebody();
  const account = seenOf("Your account");
  server.answer = "unreachable";
  fireEvent.click(await screen.findByRole("button", { name: "Show it again" }));
  expect((await screen.findByText(/could not be reached/)).closest("[role=status]")).toBeTruthy();
  expect(account.wasSeen()).toBe(false);
  server.answer = "in";
  fireEvent.click(screen.getByRole("button", { name: "Show it again" }));
  await waitFor(() => expect(account.wasSeen()).toBe(true));
  expect(isScreenHidden.value).toBe(false);
});

test("the server is asked while the screen is hidden, and no warning stands over it", async () => {
  const server = await hiddenBySomebody();
  act(() => {
    lastUse.value = performance.now() - 57 * 60_000;
  });
  expect(document.querySelector("dialog")?.open).toBe(false);
  server.answer = "out";
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(sessionState.value.kind).toBe("out"));
  expect(isScreenHidden.value).toBe(true);
});
