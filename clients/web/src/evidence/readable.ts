// The computer does not give the bytes: the file was moved or changed since it was chosen, may no
// longer be read, or is in the cloud alone.
export class UnreadableError extends Error {}

export async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new UnreadableError("unreadable", { cause: error });
  }
}
