import type { Receipt } from "@api/v1/receipt_pb.js";
import type { Interceptor } from "@connectrpc/connect";
import { refusalOf } from "./refusal.js";

const HEADER = "wardbook-seen-position";

// The highest position of the school's log that this browser has seen. Reads carry it, so
// that they show what was written before.
let seen: bigint | undefined;

export function notePosition(position: bigint): void {
  if (seen === undefined || position > seen) seen = position;
}

export function forgetPosition(): void {
  seen = undefined;
}

function noteReceipt(message: object): void {
  const { receipt } = message as { receipt?: Receipt };
  if (receipt === undefined || receipt.leafHashes.length === 0) return;
  notePosition(receipt.position + BigInt(receipt.leafHashes.length) - 1n);
}

export const carrySeenPosition: Interceptor = (next) => async (request) => {
  const carried = seen;
  if (carried !== undefined) request.header.set(HEADER, String(carried));
  try {
    const response = await next(request);
    if (!response.stream) noteReceipt(response.message);
    return response;
  } catch (error) {
    // A log that was restored from a backup has fewer records than this browser saw.
    if (refusalOf(error)?.code === "R-SEEN-POSITION" && seen === carried) forgetPosition();
    throw error;
  }
};
