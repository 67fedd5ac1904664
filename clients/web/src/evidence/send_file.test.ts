import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, expect, test, vi } from "vitest";
import { answerWith, refusal } from "../testing/server_double.js";
import { sendFile } from "./send_file.js";

// Takes chunks as the server does: at or below the committed offset again, a gap never.
class Upload {
  readonly bytes: number[] = [];
  calls = 0;
  readonly sizes: number[] = [];
  failures: ConnectError[] = [];
  takesAtOnce = Number.POSITIVE_INFINITY;
  takesNothing = false;

  answer() {
    answerWith(({ service }) =>
      service(EvidenceService, {
        getUpload: () => ({ committedOffset: BigInt(this.bytes.length) }),
        putChunk: ({ offset, data }) => {
          this.calls += 1;
          this.sizes.push(data.length);
          const failure = this.failures.shift();
          if (failure !== undefined) throw failure;
          if (data.length > this.takesAtOnce) throw new ConnectError("cut", Code.Unavailable);
          if (this.takesNothing) return { committedOffset: 0n };
          if (Number(offset) > this.bytes.length) {
            throw refusal(Code.OutOfRange, { code: "R-CHUNK-OUT-OF-PLACE" });
          }
          data.forEach((byte, index) => {
            this.bytes[Number(offset) + index] = byte;
          });
          return { committedOffset: BigInt(this.bytes.length) };
        },
      }),
    );
  }
}

const content = Uint8Array.from({ length: 700_000 }, (_, index) => index % 251);
const file = new Blob([content]);
const pause = async () => {};

function upload(): Upload {
  const made = new Upload();
  made.answer();
  return made;
}

test("a file arrives whole, and the progress is what the server has", async () => {
  const server = upload();
  const seen: number[] = [];
  await sendFile({
    uploadId: "u",
    chunkSizeMax: 300_000,
    file,
    onProgress: (committed) => seen.push(committed),
    pause,
  });
  expect(server.bytes).toEqual([...content]);
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(700_000);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
});

test("after the line was lost it goes on from where the server is", async () => {
  const server = upload();
  for (const byte of content.slice(0, 100_000)) server.bytes.push(byte);
  server.failures = [new ConnectError("gone", Code.Unavailable)];
  const seen: number[] = [];
  await sendFile({ uploadId: "u", chunkSizeMax: 0, file, onProgress: (n) => seen.push(n), pause });
  expect(server.bytes).toEqual([...content]);
  expect(seen.slice(0, 2)).toEqual([100_000, 100_000]);
});

test("what the server refuses is not tried again", async () => {
  const server = upload();
  server.failures = [refusal(Code.FailedPrecondition, { code: "R-IIOC-NOSTORE", message: "No." })];
  await expect(
    sendFile({ uploadId: "u", chunkSizeMax: 0, file, onProgress: () => {}, pause }),
  ).rejects.toThrow("No.");
  expect(server.calls).toBe(1);
});

test("a line that stays away ends the sending", async () => {
  const server = upload();
  server.failures = Array.from({ length: 99 }, () => new ConnectError("gone", Code.Unavailable));
  await expect(
    sendFile({ uploadId: "u", chunkSizeMax: 0, file, onProgress: () => {}, pause }),
  ).rejects.toThrow("gone");
  expect(server.calls).toBeLessThan(10);
});

test("on a line that takes only little at once the chunks become smaller", async () => {
  const server = upload();
  server.takesAtOnce = 40_000;
  await sendFile({ uploadId: "u", chunkSizeMax: 0, file, onProgress: () => {}, pause });
  expect(server.bytes).toEqual([...content]);
});

test("a server that takes nothing ends the sending", async () => {
  const server = upload();
  server.takesNothing = true;
  await expect(
    sendFile({ uploadId: "u", chunkSizeMax: 0, file, onProgress: () => {}, pause }),
  ).rejects.toThrow("no progress");
  expect(server.calls).toBeLessThan(10);
});

afterEach(() => vi.unstubAllGlobals());

test("chunks become larger again when the line is good again", async () => {
  const server = upload();
  server.takesAtOnce = 40_000;
  let committed = 0;
  await sendFile({
    uploadId: "u",
    chunkSizeMax: 0,
    file,
    onProgress: (bytes) => {
      committed = bytes;
      if (committed > 100_000) server.takesAtOnce = Number.POSITIVE_INFINITY;
    },
    pause,
  });
  const smallest = Math.min(...server.sizes.slice(0, -1));
  expect(smallest).toBeLessThanOrEqual(40_000);
  expect(server.sizes.at(-2)).toBeGreaterThan(smallest);
});

test("a computer that is offline waits until it is not, and asks nobody meanwhile", async () => {
  const server = upload();
  server.failures = [new ConnectError("gone", Code.Unavailable)];
  let isOnline = true;
  vi.stubGlobal("navigator", {
    get onLine() {
      return isOnline;
    },
  });
  let hasPaused: () => void = () => {};
  const paused = new Promise<void>((resolve) => {
    hasPaused = resolve;
  });
  const sending = sendFile({
    uploadId: "u",
    chunkSizeMax: 0,
    file,
    onProgress: () => {},
    pause: async () => {
      isOnline = false;
      hasPaused();
    },
  });
  await paused;
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(server.calls).toBe(1);
  isOnline = true;
  dispatchEvent(new Event("online"));
  await sending;
  expect(server.bytes).toEqual([...content]);
});
