export type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  iv: Bytes;
  sealed: ArrayBuffer;
}

// What lies in the row of a draft. The rest is in clear, for the sweep.
export interface SealedRow extends Sealed {
  // By the server's clock, in milliseconds.
  savedAt: number;
  // The row of the draft that a file belongs to, and with which it goes.
  of?: string;
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

export const randomBytes = (count: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(count)) as Bytes;

const algorithm = (rowName: string, iv: Bytes) => ({
  name: "AES-GCM",
  iv,
  additionalData: utf8(rowName),
});

// For the row of this name: what is moved to another row, or to that of another person, does
// not open there.
export async function sealFor(rowName: string, key: CryptoKey, bytes: Bytes): Promise<Sealed> {
  const iv = randomBytes(12);
  return { iv, sealed: await crypto.subtle.encrypt(algorithm(rowName, iv), key, bytes) };
}

export async function openFrom(
  rowName: string,
  key: CryptoKey,
  { iv, sealed }: Sealed,
): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(rowName, iv), key, sealed));
  } catch {
    return undefined;
  }
}
