import { useEffect, useRef, useState } from "preact/hooks";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { caseRefOf } from "../words/case_ref.js";
import { sizeInWords } from "../words/size_in_words.js";
import { exportBundle } from "./export_bundle.js";

const FIELDS: Field[] = [
  {
    kind: "line",
    name: "case_ref",
    label: "Which case?",
    hint: "Its reference, such as WB-7K4D-9QX2",
    width: 20,
  },
  {
    kind: "text",
    name: "purpose",
    label: "What is it taken away for?",
    hint: "It is recorded, and everybody who sees the case can read it.",
    max: 2000,
    rows: 3,
  },
];

interface Saved {
  url: string;
  name: string;
  size: bigint;
}

// A case with its files and proofs as one file, for whoever is to have it outside Wardbook.
export function ExportPage() {
  const [saved, setSaved] = useState<Saved>();
  const [progress, setProgress] = useState("");
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  useEffect(() => {
    if (saved === undefined) return;
    return () => URL.revokeObjectURL(saved.url);
  }, [saved]);

  return (
    <FormPage
      heading="Take a case away as one file"
      back={{ to: "/audit", text: "Back to audit" }}
      draft="export-bundle"
      fields={FIELDS}
      submit="Make the file"
      send={async ({ answers }) => {
        setSaved(undefined);
        const caseRef = caseRefOf(answers.text("case_ref"));
        try {
          const bundle = await exportBundle(
            caseRef,
            answers.text("purpose"),
            (bytes) => setProgress(`${sizeInWords(BigInt(bytes))} received`),
            leaving.current.signal,
          );
          setSaved({
            url: URL.createObjectURL(bundle),
            name: `${caseRef}.wardbook`,
            size: BigInt(bundle.size),
          });
        } finally {
          setProgress("");
        }
      }}
    >
      <p class="govuk-body">
        The file holds the case in clear, with everything in evidence, and the proofs that nothing
        of it was changed. Whoever receives it can check it without a server, with{" "}
        <code>wardbook verify</code>. Give it to nobody who may not read the case, and remove it
        from this computer when it is handed over.
      </p>
      <p class="govuk-body" role="status">
        {progress}
      </p>
      {saved && (
        <div class="wb-verdict" role="status">
          <h2 class="govuk-heading-m">The file is ready</h2>
          <p class="govuk-body">
            <a class="govuk-link" href={saved.url} download={saved.name}>
              Save {saved.name} ({sizeInWords(saved.size)})
            </a>
          </p>
        </div>
      )}
    </FormPage>
  );
}
