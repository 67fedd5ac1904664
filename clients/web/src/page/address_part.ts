// One part of an address. The server takes a dot in the last part for that of a file, and a
// tag may have any sign: all but letters, digits and hyphens is written as ~ and its bytes.
export function addressPart(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[A-Za-z0-9-]/.test(sign) ? sign : `~${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

export function textOfPart(part: string): string {
  const bytes: number[] = [];
  for (const [piece] of part.matchAll(/~[0-9a-f]{2}|[^~]|~/g)) {
    if (piece.length === 3) bytes.push(Number.parseInt(piece.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(piece));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
