import { SessionSchema } from "@api/v1/access_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { endingOf } from "./session_warning.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000_000_000_000;

test.each([
  ["used just now", NOW, NOW + 12 * HOUR, undefined],
  ["unused for 54 minutes", NOW - 54 * MINUTE, NOW + HOUR, undefined],
  ["unused for 56 minutes", NOW - 56 * MINUTE, NOW + HOUR, { msLeft: 4 * MINUTE, isFinal: false }],
  ["signed in 11:57 hours ago", NOW, NOW + 3 * MINUTE, { msLeft: 3 * MINUTE, isFinal: true }],
])("a session %s", (_, usedAt, expireAt, expected) => {
  const session = create(SessionSchema, {
    idleTime: durationFromMs(HOUR),
    expireTime: timestampFromMs(expireAt),
  });
  expect(endingOf(NOW, usedAt, session)).toEqual(expected);
});
