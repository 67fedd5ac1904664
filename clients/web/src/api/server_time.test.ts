import { AccessService } from "@api/v1/access_service_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test, vi } from "vitest";
import { answerWith, notSignedIn } from "../testing/server_double.js";
import { client } from "./client.js";
import { serverNow } from "./server_time.js";

const NOON = Date.UTC(2026, 9, 19, 12);
const HTTP_NOON = "Mon, 19 Oct 2026 12:00:00 GMT";

// Asks a server that shows noon, and answers so.
async function askAtNoon(error?: ConnectError): Promise<void> {
  answerWith(({ service }) =>
    service(AccessService, {
      getSession: (_, context) => {
        if (error === undefined) {
          context.responseHeader.set("date", HTTP_NOON);
          return {};
        }
        error.metadata.set("date", HTTP_NOON);
        throw error;
      },
    }),
  );
  await client(AccessService)
    .getSession({})
    .catch(() => undefined);
}

test("nobody knows the time before the server has answered, nor from a filter", async () => {
  expect(serverNow()).toBeUndefined();
  await askAtNoon(new ConnectError("blocked", Code.Unauthenticated));
  expect(serverNow()).toBeUndefined();
});

test.each([
  ["an answer", undefined],
  ["a refusal", notSignedIn()],
])("%s tells the time, whatever the clock of the computer shows", async (_, error) => {
  vi.spyOn(Date, "now").mockReturnValue(0);
  const monotonic = vi.spyOn(performance, "now").mockReturnValue(5_000);
  await askAtNoon(error);
  monotonic.mockReturnValue(5_000 + 60_000);
  const behind = (serverNow() ?? 0) - (NOON + 60_000);
  expect(behind).toBeGreaterThanOrEqual(0);
  expect(behind).toBeLessThanOrEqual(1_000);
});
