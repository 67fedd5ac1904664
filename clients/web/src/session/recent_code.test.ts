import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { sessionOf } from "../testing/server_double.js";
import { recentCode } from "./recent_code.js";

const DAY_MS = 24 * 3_600_000;
const NOW = new Date("2026-11-23T12:00:00Z");

function told(daysAgo: number, by: string): string | undefined {
  const session = sessionOf();
  session.accountIssuedTime = timestampFromMs(NOW.getTime() - daysAgo * DAY_MS);
  session.accountIssuedBy = by;
  return recentCode(session, NOW);
}

test("a code that somebody had issued is told for a month, with who wished it", () => {
  expect(told(1, "Petra Lind")).toContain("at the wish of Petra Lind");
  expect(told(29, "Petra Lind")).toContain("Chair of Governors");
  expect(told(31, "Petra Lind")).toBeUndefined();
});

test("a code that came with the set-up is no news", () => {
  expect(told(1, "")).toBeUndefined();
  expect(recentCode(sessionOf(), NOW)).toBeUndefined();
});
