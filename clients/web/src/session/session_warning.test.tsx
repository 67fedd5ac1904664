import { AccessService, type Session, SessionSchema } from "@api/v1/access_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { lastUse } from "../api/use.js";
import { unlockDrafts } from "../draft/drafts.js";
import { answerWith, notSignedIn, refusal, sessionOf } from "../testing/server_double.js";
import { findSession, sessionState } from "./session.js";
import { endingOf, SessionWarning } from "./session_warning.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 9, 19, 12);

test.each([
  ["used just now", 0, 12 * HOUR, undefined],
  ["unused for 54 minutes", 54 * MINUTE, HOUR, undefined],
  ["unused for 56 minutes", 56 * MINUTE, HOUR, { msLeft: 4 * MINUTE, isFinal: false }],
  ["signed in 11:57 hours ago", 0, 3 * MINUTE, { msLeft: 3 * MINUTE, isFinal: true }],
])("a session %s", (_, unusedMs, leftMs, expected) => {
  const session = create(SessionSchema, {
    idleTime: durationFromMs(HOUR),
    expireTime: timestampFromMs(NOW + leftMs),
  });
  expect(endingOf(session, { unusedMs, serverMs: NOW })).toEqual(expected);
});

let server: { answers: "in" | "out" | "unreachable"; asked: number; leftMs: number };

// A server whose clock shows noon.
beforeEach(() => {
  server = { answers: "in", asked: 0, leftMs: 6 * HOUR };
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: (_, context) => {
        server.asked += 1;
        if (server.answers === "unreachable") throw refusal(Code.Unavailable, {});
        if (server.answers === "out") throw notSignedIn();
        context.responseHeader.set("date", new Date(NOW).toUTCString());
        const session: Session = sessionOf();
        session.expireTime = timestampFromMs(NOW + server.leftMs);
        return { session };
      },
    }),
  );
});

const passUnused = (ms: number) =>
  act(() => {
    lastUse.value = performance.now() - ms;
  });

test("who stays signed in without a line is told, and it closes when that is so", async () => {
  await findSession();
  render(<SessionWarning />);
  expect(screen.queryByRole("dialog")).toBeNull();
  await passUnused(56 * MINUTE);
  await screen.findByRole("heading", { name: "You will be signed out in 4 minutes" });
  server.answers = "unreachable";
  fireEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
  expect((await screen.findByText(/could not be reached/)).closest("[role=alert]")).toBeTruthy();
  expect(screen.getByRole<HTMLDialogElement>("dialog").open).toBe(true);

  server.answers = "in";
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await passUnused(56 * MINUTE);
  await screen.findByRole("button", { name: "Stay signed in" });
  expect(screen.getByRole<HTMLDialogElement>("dialog").open).toBe(true);
});

test("a warning that was closed without a line comes again when the time is over", async () => {
  await findSession();
  render(<SessionWarning />);
  await passUnused(56 * MINUTE);
  server.answers = "unreachable";
  fireEvent.click(await screen.findByRole("button", { name: "Stay signed in" }));
  fireEvent.click(await screen.findByRole("button", { name: "Close this and go on typing" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await passUnused(61 * MINUTE);
  await screen.findByRole("heading", { name: "You may be signed out already" });
  server.answers = "out";
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(sessionState.value.kind).toBe("out"));
});

test("the time that is left is the server's, whatever the computer's clock shows", async () => {
  server.leftMs = 4 * MINUTE;
  vi.spyOn(Date, "now").mockReturnValue(NOW - 400 * 24 * HOUR);
  await findSession();
  await unlockDrafts(sessionOf().personId, "three words apart");
  render(<SessionWarning />);
  await screen.findByRole("heading", { name: "You will be signed out in 4 minutes" });
  screen.getByText(/You signed in twelve hours ago/);
  fireEvent.click(screen.getByRole("button", { name: "I understand" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("whoever comes back to the tab has the server asked", async () => {
  await findSession();
  render(<SessionWarning />);
  const before = server.asked;
  server.answers = "out";
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(sessionState.value.kind).toBe("out"));
  expect(server.asked).toBe(before + 1);
});

test("a check that nobody asked for and that failed is not told when a warning comes", async () => {
  await findSession();
  render(<SessionWarning />);
  const before = server.asked;
  server.answers = "unreachable";
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(server.asked).toBe(before + 1));
  await findSession();
  await passUnused(56 * MINUTE);
  await screen.findByRole("button", { name: "Stay signed in" });
  expect(screen.queryByText(/could not be reached/)).toBeNull();
});
