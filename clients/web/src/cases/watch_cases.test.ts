import { AccessService } from "@api/v1/access_service_pb.js";
import { CaseService, WatchCasesResponseSchema } from "@api/v1/case_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { answerWith, sessionOf } from "../testing/server_double.js";
import { lastChange, watchCases } from "./watch_cases.js";

let stop = () => {};
afterEach(() => {
  stop();
  lastChange.value = undefined;
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
