import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { client } from "../api/client.js";
import { failureOf, refusalOf } from "../api/refusal.js";
import { bytesOf } from "./readable.js";

const CHUNK_START = 256 * 1024;
const CHUNK_MAX = 1024 * 1024;
// What also a phone in a basement gets through before somebody on the way gives up.
const CHUNK_MIN = 16 * 1024;
// A chunk that takes longer makes the progress jump, and costs more when it is lost.
const CHUNK_MS_MAX = 1_000;

// Goes in a row that brought nothing before the upload is left for later.
const GOES_IN_VAIN_MAX = 5;
const PAUSE_MS = 1_000;

export interface Transfer {
  uploadId: string;
  chunkSizeMax: number;
  file: Blob;
  // Bytes that the server has, not those that have left this computer.
  onProgress(committed: number): void;
  pause?(ms: number): Promise<void>;
}

// A line that is away for longer may be away till tomorrow, and the person is told.
const OFFLINE_MS_MAX = 2 * 60_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

// A computer that knows that it is offline says when it no longer is.
function untilOnline(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => {
    const goOn = () => {
      removeEventListener("online", goOn);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(goOn, OFFLINE_MS_MAX);
    addEventListener("online", goOn);
  });
}

// Whether it may work the next time: the line was lost, or the chunk came twice.
function isPassing(error: unknown): boolean {
  if (refusalOf(error)?.code === "R-CHUNK-OUT-OF-PLACE") return true;
  if (error instanceof ConnectError && error.code === Code.OutOfRange) return true;
  return failureOf(error).kind === "unreachable";
}

async function committedOf(uploadId: string): Promise<number> {
  const { committedOffset } = await client(EvidenceService).getUpload({ uploadId });
  return Number(committedOffset);
}

// Sends a file chunk by chunk from where the server has it, and goes on by itself when the
// line comes back. Throws what the server refuses, or the last failure.
export async function sendFile(transfer: Transfer): Promise<void> {
  const { uploadId, file, onProgress, pause = sleep } = transfer;
  const sizeMax = Math.min(transfer.chunkSizeMax || CHUNK_MAX, CHUNK_MAX);
  let size = Math.min(CHUNK_START, sizeMax);
  let offset: number | undefined;
  let inVain = 0;
  for (;;) {
    try {
      offset ??= await committedOf(uploadId);
      onProgress(offset);
      if (offset >= file.size) return;
      const data = await bytesOf(file.slice(offset, offset + size));
      const began = performance.now();
      const answer = await client(EvidenceService).putChunk({
        uploadId,
        offset: BigInt(offset),
        data,
      });
      if (performance.now() - began < CHUNK_MS_MAX) size = Math.min(size * 2, sizeMax);
      const before = offset;
      offset = Number(answer.committedOffset);
      if (offset <= before) throw new ConnectError("no progress", Code.Unavailable);
      inVain = 0;
    } catch (error) {
      if (!isPassing(error) || ++inVain > GOES_IN_VAIN_MAX) throw error;
      // Where it stands is what the server says, not what was sent.
      offset = undefined;
      size = Math.max(Math.floor(size / 2), Math.min(CHUNK_MIN, sizeMax));
      await pause(PAUSE_MS * inVain);
      await untilOnline();
    }
  }
}
