import { createHash, X509Certificate } from "node:crypto";

// By what Chromium is told to accept one certificate that no authority has signed.
export function certificatePin(pem: Buffer): string {
  const key = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}
