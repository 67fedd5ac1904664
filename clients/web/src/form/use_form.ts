import { useRef, useState } from "preact/hooks";
import { failureOf } from "../api/refusal.js";
import { useDraft } from "../draft/use_draft.js";
import { Answers } from "./answers.js";
import { errorsOf } from "./check.js";
import type { Field, Typed } from "./field.js";
import { NO_PROBLEM, type Problem, problemOf } from "./problem.js";

interface Sent {
  // The same words sent twice are one request, which the server records once.
  requestId: string;
  words: string;
}

interface Kept {
  typed: Typed;
  sent?: Sent;
}

export interface Sending {
  answers: Answers;
  typed: Typed;
  requestId: string;
  // Set once the person has seen what somebody else recorded meanwhile.
  expectedRevision: bigint | undefined;
}

export interface FormState {
  fields: readonly Field[];
  typed: Typed;
  ready: boolean;
  busy: boolean;
  problem: Problem;
  change(changes: Typed): void;
  submit(event?: Event): Promise<void>;
  // After a conflict: send what was typed after what came in between.
  sendAfter(revision: bigint): Promise<void>;
}

interface FormOptions {
  // The name under which what is typed is kept.
  draft: string;
  // What is asked; it may depend on what was typed before.
  fields: readonly Field[] | ((typed: Typed) => readonly Field[]);
  initial?: Typed;
  send(sending: Sending): Promise<void>;
}

export function useForm({ draft, fields: asked, initial = {}, send }: FormOptions): FormState {
  const kept = useDraft<Kept>(draft, { typed: initial });
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);
  const isSending = useRef(false);
  const { typed } = kept.value;
  const fields = typeof asked === "function" ? asked(typed) : asked;

  async function deliver(expectedRevision: bigint | undefined) {
    if (isSending.current) return;
    const errors = errorsOf(fields, typed);
    setProblem({ errors });
    if (errors.length > 0) return;
    const words = `${expectedRevision ?? ""} ${JSON.stringify(typed)}`;
    const earlier = kept.value.sent;
    const sent = earlier?.words === words ? earlier : { requestId: crypto.randomUUID(), words };
    kept.set({ typed, sent });
    isSending.current = true;
    setBusy(true);
    try {
      await send({
        answers: new Answers(typed),
        typed,
        requestId: sent.requestId,
        expectedRevision,
      });
      await kept.discard();
    } catch (error) {
      setProblem(problemOf(fields, failureOf(error)));
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  }

  return {
    fields,
    typed,
    ready: kept.ready,
    busy,
    problem,
    change: (changes) => kept.set({ ...kept.value, typed: { ...typed, ...changes } }),
    submit: async (event) => {
      event?.preventDefault();
      await deliver(undefined);
    },
    sendAfter: (revision) => deliver(revision),
  };
}
