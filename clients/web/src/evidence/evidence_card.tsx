import { EvidenceKindSchema } from "@api/events/v1/values_pb.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";
import { isFocusLost } from "../page/focus.js";
import { SummaryList } from "../page/summary_list.js";
import { capitalised, phrase } from "../words/event_words.js";
import { hexOf } from "../words/hex.js";
import { sizeInWords } from "../words/size_in_words.js";
import { writtenStoredDate, writtenStoredTime, writtenTime } from "../words/written_time.js";
import type { EvidenceItem } from "./evidence_list.js";
import type { FileAction } from "./file_actions_of.js";
import { type OpenedFile, openEvidence, SHOWN_TYPES } from "./open_evidence.js";

function seenText({ filed }: EvidenceItem): string {
  const { sighting } = filed;
  if (sighting === undefined) return "";
  const { place } = sighting;
  const notKnown = (what: string, because: string) => `${what} not known: ${because}`;
  return [
    sighting.date === ""
      ? notKnown("Date", sighting.dateNotKnownBecause)
      : writtenStoredDate(sighting.date),
    sighting.time === ""
      ? notKnown("Time", sighting.timeNotKnownBecause)
      : writtenStoredTime(sighting.time),
    place === undefined
      ? notKnown("Place", sighting.placeNotKnownBecause)
      : [place.platform, place.account, place.address].filter((part) => part !== "").join(", "),
    sighting.approximate ? "Date and time are estimates" : "",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

interface EvidenceCardProps {
  caseRef: string;
  item: EvidenceItem;
  // What can be said of it now.
  actions: readonly FileAction[];
}

// One file in evidence. It is not asked for before somebody wants to see it: until then there
// is a blur that holds nothing of it.
export function EvidenceCard({ caseRef, item, actions }: EvidenceCardProps) {
  const { filed } = item;
  const [opened, setOpened] = useState<OpenedFile>();
  const [url, setUrl] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [received, setReceived] = useState<number>();

  useEffect(() => {
    if (opened === undefined) return;
    const made = URL.createObjectURL(new Blob([opened.bytes], { type: opened.mediaType }));
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [opened]);

  // Showing and hiding take the place of each other, and so does the focus.
  const toggle = useRef<HTMLButtonElement>(null);
  const wasShown = useRef(false);
  useEffect(() => {
    const isShown = url !== undefined;
    if (isShown !== wasShown.current && isFocusLost()) toggle.current?.focus();
    wasShown.current = isShown;
  }, [url]);

  async function reveal() {
    if (received !== undefined) return;
    setFailure(undefined);
    setReceived(0);
    try {
      setOpened(await openEvidence(caseRef, item.id, hexOf(filed.sha256), setReceived));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setReceived(undefined);
    }
  }

  const isPicture = SHOWN_TYPES.has(filed.mediaType);
  const heading = `file-${item.id}`;
  return (
    <section class="govuk-summary-card" aria-labelledby={heading}>
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title wb-typed" id={heading}>
          {filed.fileName}
        </h2>
        {item.supersededBy && <strong class="govuk-tag govuk-tag--grey">Replaced</strong>}
      </div>
      <div class="govuk-summary-card__content">
        {!opened && <div class="wb-blur" aria-hidden="true" />}
        {opened?.isUnchanged && url && isPicture && (
          <img class="wb-evidence" src={url} alt={filed.description || "The screen print itself"} />
        )}
        {opened && !opened.isUnchanged && (
          <p class="govuk-error-message" role="alert">
            This is not the file that was recorded: its SHA-256 is another one. Tell the auditor.
          </p>
        )}
        <div role="status" class="govuk-body-s">
          {received !== undefined &&
            `Opening: ${sizeInWords(received)} of ${sizeInWords(filed.size)}`}
          {opened?.isUnchanged &&
            "It is recorded that you opened it. Unchanged since it was filed: its SHA-256 is the " +
              "recorded one."}
        </div>
        {failure && <FailurePanel failure={failure} />}
        <p class="wb-no-print">
          {!opened && (
            <button
              type="button"
              class="govuk-button govuk-button--secondary"
              ref={toggle}
              onClick={reveal}
            >
              {isPicture ? "Show this picture" : "Open this file"}
              <span class="govuk-visually-hidden">: {filed.fileName}</span>
            </button>
          )}
          {!opened && <span class="govuk-hint wb-beside">That you open it is recorded.</span>}
          {opened && url && (
            <>
              <a class="govuk-link" href={url} download={filed.fileName}>
                Save a copy of {filed.fileName}
              </a>{" "}
              <button
                type="button"
                class="wb-link-button"
                ref={toggle}
                onClick={() => setOpened(undefined)}
              >
                Hide it again
              </button>
            </>
          )}
        </p>
        <SummaryList
          rows={[
            {
              term: "What it is",
              text: `${capitalised(phrase(EvidenceKindSchema, filed.kind))}, ${filed.mediaType}, ${sizeInWords(filed.size)}`,
            },
            ...(seenText(item) === "" ? [] : [{ term: "Seen", text: seenText(item) }]),
            ...(filed.description === ""
              ? []
              : [{ term: "What it shows", text: filed.description }]),
            { term: "Taken by", text: filed.capturedBy },
            ...(filed.capturedWith === ""
              ? []
              : [{ term: "Taken with", text: filed.capturedWith }]),
            { term: "Filed", text: `${writtenTime(item.filedTime)} by ${item.filedBy}` },
            ...item.remarks.map((text, index) => ({ term: `Added later, ${index + 1}`, text })),
            ...(item.supersededBy
              ? [{ term: "In its place stands", text: item.supersededBy }]
              : []),
            { term: "SHA-256", text: hexOf(filed.sha256) },
          ]}
        />
        {actions.length > 0 && (
          <ul class="govuk-list wb-links wb-links--apart wb-no-print">
            {actions.map(({ id, text }) => (
              <li key={id}>
                <a class="govuk-link" href={`/cases/${caseRef}/do/${id}/${item.id}`}>
                  {text}
                  <span class="govuk-visually-hidden">: {filed.fileName}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
