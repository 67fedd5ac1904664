// What was last asked of the server. The same words sent twice are one request, which it records
// once; other words are another request, and under the old id it refuses them for ever.
export interface Asked {
  requestId: string;
  words: string;
}

export function askedFor(earlier: Asked | undefined, words: string): Asked {
  return earlier?.words === words ? earlier : { requestId: crypto.randomUUID(), words };
}
