import { Role } from "@api/events/v1/values_pb.js";
import { AccessService, type Session } from "@api/v1/access_service_pb.js";
import { computed, signal } from "@preact/signals";
import { client } from "../api/client.js";
import { isSessionEnd } from "../api/refusal.js";
import { forgetPosition } from "../api/seen_position.js";
import { onSessionEnd } from "../api/use.js";
import {
  alsoOpenDraftsWith,
  eraseDrafts,
  flushDrafts,
  hasUnsent,
  lockDrafts,
  resumeDrafts,
  sweepOldDrafts,
  unlockDrafts,
} from "../draft/drafts.js";
import { notice, tell } from "../page/notice.js";
import { go, takeovers } from "../page/router.js";
import { keepWord, keptWord } from "../page/small_store.js";
import { leave } from "./leaving.js";

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

// Whose pages this tab has shown; also after they left, because an answer may still come for
// them.
let tabPerson: string | undefined;

// How a tab tells the others: a cookie is one for all of them, and each shows its own pages.
type Told =
  | { kind: "in"; personId: string }
  | { kind: "out"; personId: string; drafts: "kept" | "erased" }
  // The cookie is of no session, and the tab has not known whose it was.
  | { kind: "nobody" };

function show(next: SessionState): void {
  const before = sessionState.value.kind;
  sessionState.value = next;
  // The page that was asked for is read from its top by itself; another that takes its place
  // has to be told.
  if (before !== "unknown" && before !== next.kind) takeovers.value += 1;
}

function isSomebodyElse(personId: string): boolean {
  return tabPerson !== undefined && tabPerson !== personId;
}

// Nothing of whoever was here before is left in the memory of a page that is loaded anew.
async function startAnew(): Promise<void> {
  sessionState.value = { kind: "unknown" };
  await flushDrafts();
  leave("gone");
  forgetPosition();
  location.replace("/");
}

async function enter(session: Session): Promise<void> {
  if (isSomebodyElse(session.personId)) return startAnew();
  tabPerson = session.personId;
  await resumeDrafts(session.personId);
  show({ kind: "in", session });
}

// Whether the cookie that this browser may have is that of a session.
export async function findSession(): Promise<"in" | "out" | "unreachable"> {
  try {
    const { session } = await client(AccessService).getSession({});
    if (session !== undefined) await enter(session);
    return "in";
  } catch (error) {
    if (isSessionEnd(error)) {
      channel?.postMessage({ kind: "nobody" } satisfies Told);
      if (sessionState.value.kind !== "out") show({ kind: "out", ended: false });
      await lockDrafts();
      return "out";
    }
    if (sessionState.value.kind === "unknown") show({ kind: "unreachable" });
    return "unreachable";
  }
}

export async function signIn(school: string, userName: string, password: string): Promise<void> {
  const { session } = await client(AccessService).signIn({ school, userName, password });
  if (session === undefined) throw new Error("signed in as nobody");
  await admit(session, school, password);
}

// What follows once the server has let somebody in. A second step of signing in has its place
// before this: until here no draft is unlocked and no page is shown.
async function admit(session: Session, school: string, password: string): Promise<void> {
  const { personId } = session;
  const isAnother = isSomebodyElse(personId);
  if (isAnother) leave("gone");
  forgetPosition();
  await unlockDrafts(personId, password);
  void sweepOldDrafts();
  rememberSchool(school);
  // That somebody signed out, and may sign in to go on, is told no more.
  notice.value = undefined;
  channel?.postMessage({ kind: "in", personId } satisfies Told);
  if (isAnother) return startAnew();
  tabPerson = personId;
  show({ kind: "in", session });
}

// To the question what becomes of what was not sent, where there is any.
export async function askToSignOut(): Promise<void> {
  if (await hasUnsent()) go("/account/sign-out");
  else await signOut("erased");
}

export async function signOut(drafts: "kept" | "erased"): Promise<void> {
  const personId = currentSession.value?.personId ?? "";
  let wasTold = true;
  try {
    await client(AccessService).signOut({});
  } catch (error) {
    wasTold = isSessionEnd(error);
  }
  // Whatever the server says: nobody finds anything open on this computer.
  show({ kind: "out", ended: false });
  const isDone = drafts === "kept" ? await lockDrafts().then(() => true) : await eraseDrafts();
  leave("gone");
  forgetPosition();
  channel?.postMessage({ kind: "out", personId, drafts } satisfies Told);
  go("/", "replace");
  if (!wasTold) {
    tell(
      "The server could not be told that you sign out.",
      "Close the browser. The session ends by itself within the hour.",
      "important",
    );
  } else if (!isDone) {
    tell(
      "You are signed out.",
      "What you typed could not be removed from this computer. It is sealed with your password.",
      "important",
    );
  } else if (drafts === "kept") {
    tell("You are signed out.", "What you typed is kept here for seven days. Sign in to go on.");
  } else {
    tell("You are signed out.");
  }
}

export async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  await alsoOpenDraftsWith(newPassword, oldPassword);
  await client(AccessService).changePassword({ oldPassword, newPassword });
}

async function end(drafts: "kept" | "erased"): Promise<void> {
  if (sessionState.value.kind !== "in") return;
  // At once, so that nothing of the page stays on the screen.
  show({ kind: "out", ended: drafts === "kept" });
  if (drafts === "kept") await lockDrafts();
  else await eraseDrafts();
  leave(drafts === "kept" ? "locked" : "gone");
}

onSessionEnd(() => {
  const personId = currentSession.value?.personId;
  if (personId === undefined) return;
  channel?.postMessage({ kind: "out", personId, drafts: "kept" } satisfies Told);
  void end("kept");
});

channel?.addEventListener("message", ({ data }: MessageEvent<Told>) => {
  if (data.kind === "out") {
    if (data.personId === currentSession.value?.personId) void end(data.drafts);
  } else if (data.kind === "nobody") {
    if (currentSession.value !== undefined) void findSession();
  } else if (isSomebodyElse(data.personId)) {
    void startAnew();
  } else {
    void findSession();
  }
});

const SCHOOL = "wardbook-school";
const ofComputer = () => localStorage;

// The school's short name is on its gate, so it may stay where anybody reads it.
export function rememberedSchool(): string {
  return keptWord(ofComputer, SCHOOL) ?? "";
}

function rememberSchool(school: string): void {
  keepWord(ofComputer, SCHOOL, school);
}
