// How much is gathered before it is handed to the browser, which may keep blobs on disk, as
// Chromium does: a page has memory alone.
const PART_BYTES = 8 * 1024 ** 2;

// A file that comes in many small pieces.
export class BlobOfParts {
  readonly #blobs: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  add(piece: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size >= PART_BYTES) this.#handOver();
  }

  whole(type: string): Blob {
    this.#handOver();
    return new Blob(this.#blobs, { type });
  }

  #handOver(): void {
    this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#size = 0;
  }
}
