import type { ComponentChildren } from "preact";
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
  // By the clock of this computer, in milliseconds.
  sentAt: number;
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
  // To the page that follows; whoever has gone elsewhere while it was sent stays there. Whether
  // the page was left.
  leaveFor(to: string): boolean;
}

export interface FormState {
  fields: readonly Field[];
  typed: Typed;
  ready: boolean;
  busy: boolean;
  problem: Problem;
  // What is asked before it is sent at all.
  doubt: ComponentChildren;
  change(changes: Typed): void;
  submit(event?: Event): Promise<void>;
  // After a conflict: send what was typed after what came in between.
  sendAfter(revision: bigint): Promise<void>;
}

// What to ask before other words are sent than those whose answer was lost; nothing where they
// can be sent.
export type AskBeforeSending = (
  sentAt: number,
  sendAnyway: () => void,
) => Promise<ComponentChildren>;

interface FormOptions {
  // The name under which what is typed is kept.
  draft: string;
  // What is asked; it may depend on what was typed before.
  fields: readonly Field[] | ((typed: Typed) => readonly Field[]);
  initial?: Typed;
  // The revision of what the person sees and changes, so that nobody decides past another.
  seen?: bigint | undefined;
  send(sending: Sending): Promise<void>;
  askBeforeSending?: AskBeforeSending | undefined;
}

function requestOf(words: string, revision: bigint | undefined): Sent {
  const requestId = crypto.randomUUID();
  const sentAt = Date.now();
  return {
    requestId,
    words,
    sentAt,
    ...(revision === undefined ? {} : { revision: String(revision) }),
  };
}

export function useForm(options: FormOptions): FormState {
  const { draft, fields: asked, initial = {}, seen, send } = options;
  const kept = useDraft<Kept>(draft, { typed: initial });
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [doubt, setDoubt] = useState<ComponentChildren>();
  const [busy, setBusy] = useState(false);
  const isSending = useRef(false);
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  // What was typed since a question was asked is sent as well when it is answered.
  const newest = useRef<(how: { anyway: boolean }) => Promise<void>>(async () => {});
  const { typed } = kept.value;
  const fields = typeof asked === "function" ? asked(typed) : asked;

  async function isInDoubt(words: string): Promise<boolean> {
    const { sent } = kept.value;
    if (sent === undefined || sent.words === words) return false;
    const asked = await options.askBeforeSending?.(
      sent.sentAt,
      () => void newest.current({ anyway: true }),
    );
    setDoubt(asked);
    return asked !== undefined;
  }

  // `after` is what came in between, once the person has seen it.
  async function deliver({ after, anyway = false }: { after?: bigint; anyway?: boolean }) {
    if (isSending.current) return;
    const errors = errorsOf(fields, typed);
    setProblem({ errors });
    setDoubt(undefined);
    if (errors.length > 0) return;
    const words = JSON.stringify(typed);
    isSending.current = true;
    setBusy(true);
    try {
      if (!anyway && (await isInDoubt(words))) return;
      const earlier = after === undefined ? kept.value.sent : undefined;
      const sent = earlier?.words === words ? earlier : requestOf(words, after ?? seen);
      kept.set((before) => ({ ...before, sent }));
      await send({
        answers: new Answers(typed),
        typed,
        requestId: sent.requestId,
        expectedRevision: sent.revision === undefined ? undefined : BigInt(sent.revision),
        leaveFor: (to) => {
          if (isHere.current) go(to, "replace");
          return isHere.current;
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

  newest.current = deliver;

  return {
    fields,
    typed,
    ready: kept.ready,
    busy,
    problem,
    doubt,
    change: (changes) =>
      kept.set((before) => ({ ...before, typed: { ...before.typed, ...changes } })),
    submit: async (event) => {
      event?.preventDefault();
      await deliver({});
    },
    sendAfter: (revision) => deliver({ after: revision }),
  };
}
