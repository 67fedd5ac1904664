import { AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";

// The whole bundle as it came: a file of its own format, which can be verified without a
// server. The server records the export before it sends anything.
export async function exportBundle(
  caseRef: string,
  purpose: string,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const stream = client(AuditService).exportBundle({ caseRef, purpose }, { timeoutMs: 0, signal });
  for await (const { data } of stream) {
    parts.push(data as Uint8Array<ArrayBuffer>);
    size += data.length;
    onProgress(size);
  }
  return new Blob(parts, { type: "application/octet-stream" });
}
