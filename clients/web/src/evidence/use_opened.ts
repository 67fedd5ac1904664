import { useEffect, useRef, useState } from "preact/hooks";
import type { Failure } from "../api/refusal.js";
import { hexOf } from "../words/hex.js";
import type { EvidenceItem } from "./evidence_list.js";
import { failureOfOpening, openEvidence } from "./open_evidence.js";

export type Opened =
  // Until the server has answered nobody knows whether it has recorded the opening.
  | { kind: "closed"; stopped?: "unanswered" | "answered" }
  | { kind: "coming"; received?: number }
  | { kind: "open"; url: string; isUnchanged: boolean }
  | { kind: "failed"; failure: Failure };

interface OpenedEvidence {
  opened: Opened;
  open(): void;
  stop(): void;
  hide(): void;
}

// A file in evidence as one page has it: it comes when somebody asks for it, and nothing of it is
// left when the page is.
export function useOpened(caseRef: string, item: EvidenceItem): OpenedEvidence {
  const [opened, setOpened] = useState<Opened>({ kind: "closed" });
  const call = useRef<AbortController>();

  useEffect(() => () => call.current?.abort(), []);
  const url = opened.kind === "open" ? opened.url : undefined;
  useEffect(
    () => () => {
      if (url !== undefined) URL.revokeObjectURL(url);
    },
    [url],
  );

  async function open() {
    if (call.current !== undefined) return;
    const mine = new AbortController();
    call.current = mine;
    const isMine = () => !mine.signal.aborted;
    setOpened({ kind: "coming" });
    try {
      const { file, isUnchanged } = await openEvidence({
        caseRef,
        evidenceId: item.id,
        recordedSha256: hexOf(item.filed.sha256),
        signal: mine.signal,
        onProgress: (received) => isMine() && setOpened({ kind: "coming", received }),
      });
      if (isMine()) setOpened({ kind: "open", url: URL.createObjectURL(file), isUnchanged });
    } catch (error) {
      if (isMine()) setOpened({ kind: "failed", failure: failureOfOpening(error) });
    } finally {
      if (isMine()) call.current = undefined;
    }
  }

  function stop() {
    call.current?.abort();
    call.current = undefined;
    setOpened((before) =>
      before.kind === "coming"
        ? {
            kind: "closed",
            stopped: before.received === undefined ? "unanswered" : "answered",
          }
        : before,
    );
  }

  return { opened, open: () => void open(), stop, hide: () => setOpened({ kind: "closed" }) };
}
