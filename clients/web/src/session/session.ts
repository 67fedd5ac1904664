import { Role } from "@api/events/v1/values_pb.js";
import { AccessService, type Session } from "@api/v1/access_service_pb.js";
import { computed, signal } from "@preact/signals";
import { client } from "../api/client.js";
import { isSessionEnd } from "../api/refusal.js";
import { forgetPosition } from "../api/seen_position.js";
import { onSessionEnd } from "../api/use.js";
import {
  eraseDrafts,
  lockDrafts,
  resealDrafts,
  resumeDrafts,
  unlockDrafts,
} from "../draft/drafts.js";
import { tell } from "../page/notice.js";
import { go } from "../page/router.js";

export type SessionState =
  | { kind: "unknown" }
  | { kind: "unreachable" }
  | { kind: "in"; session: Session }
  // `ended` where it came to its end by itself: the person is asked to go on where they were.
  | { kind: "out"; ended: boolean };

export const sessionState = signal<SessionState>({ kind: "unknown" });

export const currentSession = computed(() =>
  sessionState.value.kind === "in" ? sessionState.value.session : undefined,
);

const channel =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("wardbook-session");

export function holdsAny(session: Session | undefined, ...roles: Role[]): boolean {
  return session?.roles.some((role) => roles.includes(role)) ?? false;
}

// Officers of the council and auditors are not; somebody may be both.
export function isOfSchool(session: Session | undefined): boolean {
  const outside: Role[] = [Role.SAFEGUARDING_OFFICER, Role.AUDITOR];
  return session?.roles.some((role) => !outside.includes(role)) ?? false;
}

// The roles whose inbox has cases in it.
export function handlesCases(session: Session | undefined): boolean {
  return holdsAny(
    session,
    Role.LINE_MANAGER,
    Role.HEADTEACHER,
    Role.SENIOR_LEADERSHIP,
    Role.SAFEGUARDING_LEAD,
    Role.CHAIR_OF_GOVERNORS,
    Role.SAFEGUARDING_OFFICER,
  );
}

async function enter(session: Session): Promise<void> {
  await resumeDrafts(session.personId);
  sessionState.value = { kind: "in", session };
}

// Whether the cookie that this browser may have is that of a session.
export async function findSession(): Promise<void> {
  try {
    const { session } = await client(AccessService).getSession({});
    if (session !== undefined) await enter(session);
  } catch (error) {
    if (isSessionEnd(error)) {
      if (sessionState.value.kind !== "out") sessionState.value = { kind: "out", ended: false };
      await lockDrafts();
    } else if (sessionState.value.kind === "unknown") {
      sessionState.value = { kind: "unreachable" };
    }
  }
}

// A second step would stand between the two halves: after the password was found right, and
// before the drafts are opened and somebody is signed in. The API asks for none today.
export async function signIn(school: string, userName: string, password: string): Promise<void> {
  const { session } = await client(AccessService).signIn({ school, userName, password });
  if (session === undefined) throw new Error("signed in as nobody");
  await admit(session, school, password);
}

// What follows once the server has let somebody in. A second step of signing in has its place
// before this: until here no draft is unlocked and no page is shown.
async function admit(session: Session, school: string, password: string): Promise<void> {
  forgetPosition();
  await unlockDrafts(session.personId, password);
  rememberSchool(school);
  sessionState.value = { kind: "in", session };
  channel?.postMessage("in");
}

export async function signOut(): Promise<void> {
  let wasTold = true;
  try {
    await client(AccessService).signOut({});
  } catch (error) {
    wasTold = isSessionEnd(error);
  }
  // Whatever the server says: nothing of the person stays on this computer.
  await eraseDrafts();
  forgetPosition();
  sessionState.value = { kind: "out", ended: false };
  channel?.postMessage("out");
  go("/", "replace");
  if (wasTold) tell("You are signed out.");
  else {
    tell(
      "The server could not be told that you sign out. Nothing that you typed is on this computer.",
      "Close the browser. The session ends by itself within the hour.",
    );
  }
}

export async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  await client(AccessService).changePassword({ oldPassword, newPassword });
  await resealDrafts(newPassword);
}

async function end(): Promise<void> {
  if (sessionState.value.kind !== "in") return;
  // At once, so that nothing of the page stays on the screen.
  sessionState.value = { kind: "out", ended: true };
  await lockDrafts();
}

onSessionEnd(() => void end());
channel?.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (event.data === "out") void end();
  if (event.data === "in" && sessionState.value.kind !== "in") void findSession();
});

const SCHOOL = "wardbook-school";

// The school's short name is on its gate: it is the one thing that stays on the computer.
export function rememberedSchool(): string {
  return localStorage.getItem(SCHOOL) ?? "";
}

function rememberSchool(school: string): void {
  localStorage.setItem(SCHOOL, school);
}
