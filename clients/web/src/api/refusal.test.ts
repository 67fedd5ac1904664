import { AccessService } from "@api/v1/access_service_pb.js";
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { expect, test } from "vitest";
import { failureOf, isSessionEnd } from "./refusal.js";

const page = (status: number) => async () =>
  new Response("<html>Blocked</html>", { status, headers: { "content-type": "text/html" } });

async function failureOver(fetch: typeof globalThis.fetch): Promise<unknown> {
  const transport = createGrpcWebTransport({ baseUrl: "https://wardbook.invalid", fetch });
  try {
    return await createClient(AccessService, transport).getSession({});
  } catch (error) {
    return error;
  }
}

test.each([
  ["a computer that is offline", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a page of a filter in place of an answer", page(200)],
  ["a filter that wants to be signed in to", page(401)],
  ["a server that is being restarted", page(503)],
])("%s is not reached, and that is no end of the session", async (_, fetch) => {
  const error = await failureOver(fetch);
  expect(failureOf(error).kind).toBe("unreachable");
  expect(isSessionEnd(error)).toBe(false);
});

test("a fault of the client itself is not taken for a lost line", () => {
  expect(failureOf(new RangeError("out of range")).kind).toBe("broken");
});
