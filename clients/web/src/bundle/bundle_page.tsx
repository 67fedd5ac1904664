import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";
import { CaseFrame } from "../cases/case_frame.js";
import { useDraft } from "../draft/use_draft.js";
import { errorsOf } from "../form/check.js";
import { ErrorSummary } from "../form/error_summary.js";
import type { Field, Typed } from "../form/field.js";
import { Fields } from "../form/fields.js";
import { messagesOf, NO_PROBLEM, type Problem, problemOf } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import type { PageProps } from "../page/route.js";
import { sizeInWords } from "../words/size_in_words.js";
import {
  BUNDLE_SIZE_MAX,
  BundleBrokenError,
  BundleTooLargeError,
  type ReceivedBundle,
  receiveBundle,
} from "./receive_bundle.js";

const PURPOSE: Field[] = [
  {
    kind: "line",
    name: "purpose",
    label: "What is it for?",
    hint: "It is recorded with your name. For example, “For the safeguarding officer, by hand”",
    missing: "Enter what it is for",
  },
];

const OWN_FAILURE = { kind: "broken", code: "", clauses: [], field: "" } as const;

const TOO_LARGE: Failure = {
  ...OWN_FAILURE,
  message: `This case is larger than ${sizeInWords(BUNDLE_SIZE_MAX)}, which a browser cannot hold.`,
  nextStep: "Ask the administrator to export it with the command line: wardbook bundle export.",
};

const BROKEN: Failure = {
  ...OWN_FAILURE,
  message: "What arrived is not an intact bundle of this case. Nothing was saved.",
  nextStep: "Try again. If it happens again, tell the administrator.",
};

function failed(error: unknown): Failure {
  if (error instanceof BundleTooLargeError) return TOO_LARGE;
  if (error instanceof BundleBrokenError) return BROKEN;
  return failureOf(error);
}

function WhatIsInIt() {
  return (
    <>
      <h2 class="govuk-heading-m">What is in it</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>every entry of the case, as it was recorded, with the names of the people in it</li>
        <li>every file in evidence, byte for byte</li>
        <li>a page to read or print, which opens in any browser without a network</li>
        <li>the proofs that nothing was changed, taken out or reordered</li>
      </ul>
      <p class="govuk-body">
        It holds personal data, and it is not encrypted. Hand it over only in a way that you would
        hand over the case itself: in person, or by the secure transfer of the council. Delete the
        copy on this computer afterwards.
      </p>
    </>
  );
}

function HowToCheck({ name }: { name: string }) {
  return (
    <>
      <h2 class="govuk-heading-m">How an officer checks it</h2>
      <ol class="govuk-list govuk-list--number">
        <li>Open the file as an ordinary zip file, and index.html in it, to read the case.</li>
        <li>
          Run this where the program of Wardbook is. It needs no server, no account and no network:{" "}
          <code class="wb-typed">wardbook verify {name} --key KEY</code>
        </li>
        <li>
          KEY is the school’s key, from another source than the file: on paper from the school, such
          as in the governors’ minutes. Without it the file can be shown to be whole, but not to be
          the school’s.
        </li>
      </ol>
    </>
  );
}

function Received({ caseRef, bundle }: { caseRef: string; bundle: ReceivedBundle }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bundle.bytes], { type: "application/zip" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bundle]);
  const name = `${caseRef}.zip`;
  // The form whose button had the focus is gone.
  const verdict = useRef<HTMLDivElement>(null);
  useEffect(() => verdict.current?.focus(), []);
  return (
    <>
      <div class="wb-verdict" tabIndex={-1} ref={verdict}>
        <h2 class="govuk-heading-m">The file has arrived whole</h2>
        <p class="govuk-body">
          {sizeInWords(bundle.bytes.length)}. Fingerprint of the key that signed it:{" "}
          <strong class="wb-typed">{bundle.fingerprint}</strong>
        </p>
        <p class="govuk-body">
          Tell whoever gets the file this fingerprint by another way, such as by telephone.
        </p>
      </div>
      {url && (
        <a class="govuk-button" href={url} download={name}>
          Save the file
        </a>
      )}
      <HowToCheck name={name} />
    </>
  );
}

function ExportForm({ caseRef }: { caseRef: string }) {
  const kept = useDraft<Typed>(`bundle ${caseRef}`, {});
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [received, setReceived] = useState<number>();
  const [bundle, setBundle] = useState<ReceivedBundle>();
  const isBusy = useRef(false);

  async function fetchBundle(event: Event) {
    event.preventDefault();
    if (isBusy.current) return;
    const errors = errorsOf(PURPOSE, kept.value);
    setProblem({ errors });
    if (errors.length > 0) return;
    isBusy.current = true;
    setReceived(0);
    try {
      const purpose = (kept.value.purpose ?? "").trim();
      setBundle(await receiveBundle(caseRef, purpose, setReceived));
      await kept.discard();
    } catch (error) {
      setProblem(problemOf(PURPOSE, failed(error)));
    } finally {
      isBusy.current = false;
      setReceived(undefined);
    }
  }

  if (bundle !== undefined) return <Received caseRef={caseRef} bundle={bundle} />;
  return (
    <>
      <ErrorSummary problem={problem} />
      <p class="govuk-body">
        For an officer of the council, the police or a court: the whole case as one file that can be
        checked without Wardbook’s server. That you save it is recorded.
      </p>
      <WhatIsInIt />
      {kept.ready && (
        <form onSubmit={fetchBundle} noValidate>
          <Fields
            fields={PURPOSE}
            typed={kept.value}
            errors={messagesOf(problem)}
            onTyped={(changes) => kept.set({ ...kept.value, ...changes })}
          />
          {received !== undefined && (
            <p class="govuk-body">{`${sizeInWords(received)} received`}</p>
          )}
          <p class="govuk-visually-hidden" role="status">
            {received !== undefined && "The file is being made and received."}
          </p>
          <SendButton text="Make the file" busy={received !== undefined} />
        </form>
      )}
    </>
  );
}

// A case as one file that anybody can check, also without a server.
export function BundlePage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="Save the case as one file">
      {() => <ExportForm caseRef={caseRef} />}
    </CaseFrame>
  );
}
