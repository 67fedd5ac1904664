import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseService, WatchCasesResponseSchema } from "@api/v1/case_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { sessionState } from "../session/session.js";
import { answerWith, notSignedIn, refusal, sessionOf } from "../testing/server_double.js";
import { lastChange, watchCases } from "./watch_cases.js";

let stop = () => {};
afterEach(() => {
  stop();
  lastChange.value = undefined;
  vi.useRealTimers();
});

test(
  "a change is told by its reference and revision, and by nothing else " + "of the case",
  async () => {
    answerWith(({ service }) => {
      service(AccessService, { getSession: () => ({ session: sessionOf() }) });
      service(CaseService, {
        watchCases: async function* () {
          yield create(WatchCasesResponseSchema, {
            change: { case: "heartbeat", value: {} },
            position: 4n,
          });
          yield create(WatchCasesResponseSchema, {
            change: {
              case: "handled",
              value: { caseRef: "WB-7K4D-9QX2", revision: 7n, targetNames: ["Tom Reed"] },
            },
            position: 5n,
          });
        },
      });
    });
    stop = watchCases();
    await waitFor(() =>
      expect(lastChange.value).toEqual({ caseRef: "WB-7K4D-9QX2", revision: "7" }),
    );
  },
);

test("where no stream comes through, the lists are asked and a change is told", async () => {
  vi.useFakeTimers();
  let revision = 3n;
  let asked = 0;
  answerWith(({ service }) =>
    service(CaseService, {
      // Ends without a word, as behind a filter that holds streams back.
      watchCases: async function* () {},
      listInbox: () => {
        asked += 1;
        // A line that is lost for a moment.
        if (asked === 2) throw new ConnectError("no answer", Code.Unavailable);
        return { cases: [{ caseRef: "WB-7K4D-9QX2", revision }] };
      },
      listMyReports: () => ({ reports: [] }),
    }),
  );
  stop = watchCases();
  while (asked === 0) await vi.advanceTimersByTimeAsync(1_000);
  expect(lastChange.value).toBeUndefined();
  revision = 4n;
  while (asked < 3) await vi.advanceTimersByTimeAsync(1_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(lastChange.value).toEqual({ caseRef: "WB-7K4D-9QX2", revision: "4" });
});

test("a stream that is held back without an end is given up, and the lists are asked", async () => {
  vi.useFakeTimers();
  let opened = 0;
  let asked = 0;
  answerWith(({ service }) =>
    service(CaseService, {
      watchCases: async function* (_, { signal }) {
        opened += 1;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
      listInbox: () => {
        asked += 1;
        return { cases: [] };
      },
      listMyReports: () => ({ reports: [] }),
    }),
  );
  stop = watchCases();
  // Two streams of 45 seconds, and five between them.
  await vi.advanceTimersByTimeAsync(90_000);
  expect([opened, asked]).toEqual([2, 0]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([opened, asked]).toEqual([2, 1]);
});

test("a session that ends while the stream is read has ended for the page", async () => {
  sessionState.value = { kind: "in", session: sessionOf() };
  answerWith(({ service }) =>
    service(CaseService, {
      watchCases: async function* () {
        yield create(WatchCasesResponseSchema, {
          change: { case: "heartbeat", value: {} },
          position: 4n,
        });
        throw notSignedIn();
      },
    }),
  );
  stop = watchCases();
  await waitFor(() => expect(sessionState.value.kind).toBe("out"));
});

test("after a backup was restored the changes from now on are watched", async () => {
  vi.useFakeTimers();
  const begun: (bigint | undefined)[] = [];
  answerWith(({ service }) =>
    service(CaseService, {
      watchCases: async function* ({ afterPosition }) {
        begun.push(afterPosition);
        if (afterPosition !== undefined) {
          throw refusal(Code.OutOfRange, { code: "R-SEEN-POSITION" });
        }
        yield create(WatchCasesResponseSchema, {
          change: { case: "heartbeat", value: {} },
          position: 4n,
        });
      },
    }),
  );
  stop = watchCases();
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(begun).toEqual([undefined, 4n, undefined]);
  });
});
