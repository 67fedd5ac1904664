import { useState } from "preact/hooks";
import type { FieldError } from "../form/check.js";
import { ChoiceInput } from "../form/choice_input.js";
import { ErrorSummary } from "../form/error_summary.js";
import { LineInput } from "../form/line_input.js";
import { messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import type { GivenHow } from "./decisions.js";
import { type Alarm, trustKey } from "./kept_checkpoint.js";

export const GIVEN_HOW: { value: GivenHow; text: string }[] = [
  { value: "person", text: "In person or on paper" },
  { value: "telephone", text: "By telephone" },
  { value: "minutes", text: "From the governors’ minutes" },
];

const NOT_WRITTEN: FieldError = {
  name: "new_key",
  message: "This browser cannot write down what you decide. Free some space, then try again",
};

function missing(text: string, how: string): FieldError[] {
  return [
    ...(text.trim() === ""
      ? [{ name: "new_key", message: "Enter the fingerprint that you were given" }]
      : []),
    ...(how === "" ? [{ name: "given_how", message: "Say how you were given it" }] : []),
  ];
}

interface TrustKeyProps {
  schoolId: string;
  alarm: Alarm;
  onTrusted(): void;
}

// For a key of the school that was changed on purpose: whoever was told it by another way than
// Wardbook says so, and the log is watched on with it.
export function TrustKey({ schoolId, alarm, onTrusted }: TrustKeyProps) {
  const [text, setText] = useState("");
  const [how, setHow] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const messages = messagesOf(problem);

  async function decide(event: Event) {
    event.preventDefault();
    const errors = missing(text, how);
    if (errors.length > 0) return setProblem({ errors });
    try {
      if (await trustKey(schoolId, alarm, { text, how: how as GivenHow })) return onTrusted();
      const message =
        "This is not the fingerprint of the key that the server signs with – check that it is whole";
      setProblem({ errors: [{ name: "new_key", message }] });
    } catch {
      setProblem({ errors: [NOT_WRITTEN] });
    }
  }

  return (
    <details class="govuk-details wb-no-print">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">If the key was changed on purpose</span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-body">
          A server gets another key when it is set up anew, or when somebody else may have the old
          one. The Chair of Governors has to know of it. Ask whoever runs the server for the
          fingerprint of the new key, in person or by a number that you know: not by Wardbook, and
          do not take it from this page.
        </p>
        <p class="govuk-body">
          What this browser has seen is kept, and the log is still held to it. If records were
          changed or removed with the key, this browser says so afterwards.
        </p>
        <ErrorSummary problem={problem} />
        <form onSubmit={(event) => void decide(event)} noValidate>
          <LineInput
            name="new_key"
            label="The fingerprint that you were given"
            hint="Eight groups of four letters and digits."
            error={messages.get("new_key")}
            value={text}
            onValue={setText}
          />
          <ChoiceInput
            name="given_how"
            label="How were you given it?"
            error={messages.get("given_how")}
            options={GIVEN_HOW}
            value={how}
            onValue={setHow}
          />
          <button type="submit" class="govuk-button govuk-button--warning">
            Trust this key from now on
          </button>
        </form>
      </div>
    </details>
  );
}
