import { expect, test } from "vitest";
import { endingOf } from "./session_warning.js";

const MINUTE = 60_000;
const NOW = 1_000_000_000;

test.each([
  ["used just now", NOW, undefined, undefined],
  ["unused for 54 minutes", NOW - 54 * MINUTE, undefined, undefined],
  ["unused for 56 minutes", NOW - 56 * MINUTE, undefined, { msLeft: 4 * MINUTE, isFinal: false }],
  ["signed in 11:57 hours ago", NOW, NOW + 3 * MINUTE, { msLeft: 3 * MINUTE, isFinal: true }],
])("a session %s", (_, usedAt, expireAt, expected) => {
  expect(endingOf(NOW, usedAt, expireAt)).toEqual(expected);
});
