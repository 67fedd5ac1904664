import { useEffect, useRef, useState } from "preact/hooks";
import { failureOf } from "../api/refusal.js";
import { useDraft } from "../draft/use_draft.js";
import { go } from "../page/router.js";
import { Answers } from "./answers.js";
import type { Asked } from "./asked.js";
import { errorsOf } from "./check.js";
import type { Field, Typed } from "./field.js";
import { NO_PROBLEM, type Problem, problemOf } from "./problem.js";

// What was sent and not answered. Also the revision is that of the first time, whatever was read
// since.
interface Sent extends Asked {
  revision?: string;
}

interface Kept {
  typed: Typed;
  sent?: Sent;
}

export interface Sending {
  answers: Answers;
  typed: Typed;
  requestId: string;
  // What the person has seen of what they change; unset where that is not known.
  expectedRevision: bigint | undefined;
  // To the page that follows; whoever has gone elsewhere while it was sent stays there.
  leaveFor(to: string): void;
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
  // The revision of what the person sees and changes, so that nobody decides past another.
  seen?: bigint | undefined;
  send(sending: Sending): Promise<void>;
}

function requestOf(words: string, revision: bigint | undefined): Sent {
  const requestId = crypto.randomUUID();
  return { requestId, words, ...(revision === undefined ? {} : { revision: String(revision) }) };
}

export function useForm(options: FormOptions): FormState {
  const { draft, fields: asked, initial = {}, seen, send } = options;
  const kept = useDraft<Kept>(draft, { typed: initial });
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);
  const isSending = useRef(false);
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  const { typed } = kept.value;
  const fields = typeof asked === "function" ? asked(typed) : asked;

  // `after` is what came in between, once the person has seen it.
  async function deliver(after: bigint | undefined) {
    if (isSending.current) return;
    const errors = errorsOf(fields, typed);
    setProblem({ errors });
    if (errors.length > 0) return;
    const words = JSON.stringify(typed);
    const earlier = after === undefined ? kept.value.sent : undefined;
    const sent = earlier?.words === words ? earlier : requestOf(words, after ?? seen);
    kept.set((before) => ({ ...before, sent }));
    isSending.current = true;
    setBusy(true);
    try {
      await send({
        answers: new Answers(typed),
        typed,
        requestId: sent.requestId,
        expectedRevision: sent.revision === undefined ? undefined : BigInt(sent.revision),
        leaveFor: (to) => {
          if (isHere.current) go(to, "replace");
        },
      });
      await kept.discard();
    } catch (error) {
      const failure = failureOf(error);
      // Nothing of a refused request is recorded: the next one is another.
      if (failure.kind === "refused") kept.set((before) => ({ typed: before.typed }));
      setProblem(problemOf(fields, failure));
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
    change: (changes) =>
      kept.set((before) => ({ ...before, typed: { ...before.typed, ...changes } })),
    submit: async (event) => {
      event?.preventDefault();
      await deliver(undefined);
    },
    sendAfter: (revision) => deliver(revision),
  };
}
