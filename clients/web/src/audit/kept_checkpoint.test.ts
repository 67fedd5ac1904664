import { AuditService } from "@api/v1/audit_service_pb.js";
import { beforeEach, expect, test, vi } from "vitest";
import { answerWith } from "../testing/server_double.js";
import {
  KEY,
  ONE,
  OTHER_THREE,
  OTHER_TWO,
  SCHOOL,
  serve,
  signer,
  THREE,
  TO_THREE,
  TO_TWO,
  TWO,
} from "../testing/signed_log.js";
import { keptDecisions } from "./decisions.js";
import {
  type Alarm,
  checkLog,
  keptAlarms,
  trustKey,
  type Verdict,
  watchAnew,
} from "./kept_checkpoint.js";
import { fingerprintOf } from "./signed_note.js";

beforeEach(() => localStorage.clear());

function alarmOf(verdict: Verdict): Alarm {
  if (verdict.kind !== "not-whole") throw new Error("no alarm");
  return verdict.alarm;
}

test("a log that only grows is whole since this browser saw it first", async () => {
  serve(ONE);
  expect((await checkLog(SCHOOL)).kind).toBe("first");
  serve(TWO, TO_TWO);
  const second = await checkLog(SCHOOL);
  serve(THREE, TO_THREE);
  const third = await checkLog(SCHOOL);
  if (second.kind !== "whole" || third.kind !== "whole") throw new Error("not whole");
  expect([second.before.size, third.before.size, third.newest.size]).toEqual([1n, 2n, 3n]);
  expect(third.firstSeenAt).toBe(second.firstSeenAt);
});

test.each([
  ["has lost records", () => serve(ONE), "Records are gone"],
  ["has another record in an old place", () => serve(OTHER_TWO), "the same"],
  ["has grown out of another past", () => serve(OTHER_THREE, TO_THREE), "the same"],
  ["is signed with another key", () => serve(TWO, [], signer()), "another key"],
])("a log that %s is not whole", async (_, serveNext, what) => {
  serve(TWO);
  await checkLog(SCHOOL);
  serveNext();
  const verdict = await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.what).toContain(what);
  // And it stays so: what was kept is kept.
  expect((await checkLog(SCHOOL)).kind).toBe("not-whole");
  serve(TWO);
  expect((await checkLog(SCHOOL)).kind).toBe("whole");
});

test("the checkpoint of another school is refused", async () => {
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: () => ({
        checkpoint: KEY.note(ONE, "ff".repeat(16)),
        verifierKey: KEY.verifierKey,
      }),
    }),
  );
  expect((await checkLog(SCHOOL)).kind).toBe("not-whole");
});

test("the two notes of an alarm are kept once, and stay when the log is watched anew", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  serve(ONE);
  const verdict = await checkLog(SCHOOL);
  await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.mayStartAnew).toBe(true);
  await watchAnew(SCHOOL, alarmOf(verdict));
  const [alarm, ...others] = keptAlarms(SCHOOL);
  expect(others).toEqual([]);
  expect(alarm?.kept?.note).toBe(KEY.note(TWO));
  expect(alarm?.given.note).toBe(KEY.note(ONE));
  const [decision] = keptDecisions(SCHOOL);
  expect([decision?.kind, decision?.kept.note]).toEqual(["anew", KEY.note(TWO)]);
  expect((await checkLog(SCHOOL)).kind).toBe("first");
});

test("another key is no reason to watch the log anew", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  serve(TWO, [], signer());
  const verdict = await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.mayStartAnew).toBe(false);
});

test("a browser that cannot check signatures raises no alarm", async () => {
  serve(ONE);
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(
    new DOMException("Unrecognized name", "NotSupportedError"),
  );
  expect(await checkLog(SCHOOL)).toEqual({ kind: "cannot-check" });
  expect(keptAlarms(SCHOOL)).toEqual([]);
});

const ON_PAPER = { how: "person" } as const;

test("a new key that was given is trusted, and the log is held to the old one", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  const next = signer();
  serve(THREE, TO_THREE, next);
  const alarm = alarmOf(await checkLog(SCHOOL));
  const text = (await fingerprintOf(next.verifierKey)).toUpperCase();
  expect(await trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).toBe(true);
  const verdict = await checkLog(SCHOOL);
  if (verdict.kind !== "whole") throw new Error("not whole");
  expect([verdict.before.size, verdict.newest.size, verdict.key]).toEqual([
    2n,
    3n,
    next.verifierKey,
  ]);
  // What the former key signed stays.
  const [decision] = keptDecisions(SCHOOL);
  expect(decision?.kept).toEqual(alarm.kept);
  expect(keptAlarms(SCHOOL)).toHaveLength(1);
  // And from now on the former key is another one.
  serve(THREE);
  expect(alarmOf(await checkLog(SCHOOL)).what).toContain("another key");
});

test("a new key is not trusted by another one’s fingerprint, nor a third one with it", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  const [next, third] = [signer(), signer()];
  serve(TWO, [], next);
  const alarm = alarmOf(await checkLog(SCHOOL));
  for (const text of ["", KEY.verifierKey, await fingerprintOf(third.verifierKey)]) {
    expect(await trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).toBe(false);
  }
  expect(keptDecisions(SCHOOL)).toEqual([]);
  const text = ` ${await fingerprintOf(next.verifierKey)}\n`;
  expect(await trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).toBe(true);
  serve(TWO, [], third);
  expect(alarmOf(await checkLog(SCHOOL)).what).toContain("another key");
});

test("a new key is not trusted by what the alarm shows of it", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  const next = signer();
  serve(TWO, [], next);
  const alarm = alarmOf(await checkLog(SCHOOL));
  for (const text of [alarm.given.key, alarm.given.note, alarm.what]) {
    expect(await trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).toBe(false);
  }
  expect(keptDecisions(SCHOOL)).toEqual([]);
});

test("an alarm that is over throws no newer checkpoint away", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  serve(ONE);
  const alarm = alarmOf(await checkLog(SCHOOL));
  // Another tab sees it whole again, and longer.
  serve(THREE, TO_THREE);
  expect((await checkLog(SCHOOL)).kind).toBe("whole");
  await watchAnew(SCHOOL, alarm);
  expect(keptDecisions(SCHOOL)).toEqual([]);
  serve(TWO);
  expect(alarmOf(await checkLog(SCHOOL)).what).toContain("Records are gone");
});

test("a new key excuses no other past", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  const next = signer();
  serve(OTHER_THREE, TO_THREE, next);
  const alarm = alarmOf(await checkLog(SCHOOL));
  const text = await fingerprintOf(next.verifierKey);
  expect(await trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).toBe(true);
  expect(alarmOf(await checkLog(SCHOOL)).what).toContain("the same");
});

test("what cannot be written down is not decided", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  const next = signer();
  serve(TWO, [], next);
  const alarm = alarmOf(await checkLog(SCHOOL));
  const kept = localStorage;
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.getItem(name),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  const text = await fingerprintOf(next.verifierKey);
  await expect(trustKey(SCHOOL, alarm, { ...ON_PAPER, text })).rejects.toThrow("full");
  await expect(watchAnew(SCHOOL, alarm)).rejects.toThrow("full");
  vi.unstubAllGlobals();
  expect((await checkLog(SCHOOL)).kind).toBe("not-whole");
});

test("two checks at once of a log that grows see no records gone", async () => {
  serve(ONE);
  await checkLog(SCHOOL);
  // The answer that is asked for first comes last.
  let asked = 0;
  let letFirstAnswer: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    letFirstAnswer = resolve;
  });
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: async () => {
        asked += 1;
        if (asked > 1) return { checkpoint: KEY.note(THREE), verifierKey: KEY.verifierKey };
        await first;
        return { checkpoint: KEY.note(TWO), verifierKey: KEY.verifierKey };
      },
      getConsistencyProof: ({ oldSize, newSize }) => {
        const steps = [...(oldSize === 1n ? TO_TWO : []), ...(newSize === 3n ? TO_THREE : [])];
        return { proof: { hashes: steps.map((hash) => new Uint8Array(hash)) } };
      },
    }),
  );
  const before = checkLog(SCHOOL);
  await vi.waitFor(() => expect(asked).toBe(1));
  const after = checkLog(SCHOOL);
  // Checks of another school, which nothing holds back, one after the other: the second would be
  // through before them if nothing held it back either.
  for (let turn = 0; turn < 5; turn += 1) await checkLog("ff".repeat(16));
  letFirstAnswer();
  const both = Promise.all([before, after]);
  expect((await both).map(({ kind }) => kind)).toEqual(["whole", "whole"]);
  expect(keptAlarms(SCHOOL)).toEqual([]);
});

test("a check that failed keeps no other back", async () => {
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: () => {
        throw new Error("gone");
      },
    }),
  );
  const failing = checkLog(SCHOOL);
  await expect(failing).rejects.toThrow();
  serve(ONE);
  expect((await checkLog(SCHOOL)).kind).toBe("first");
});

test("the log is checked by one tab after the other", async () => {
  serve(ONE);
  const request = vi.fn((_: string, check: () => Promise<unknown>) => check());
  vi.stubGlobal("navigator", { locks: { request } });
  try {
    await checkLog(SCHOOL);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(request.mock.calls.map(([name]) => name)).toEqual([`wardbook-check-log/${SCHOOL}`]);
});
