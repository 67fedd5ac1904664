import { EvidenceKindSchema } from "@api/events/v1/values_pb.js";
import { useLayoutEffect, useRef } from "preact/hooks";
import { FailurePanel } from "../page/failure_panel.js";
import { isFocusLost } from "../page/focus.js";
import { SummaryList } from "../page/summary_list.js";
import { capitalised, phrase } from "../words/event_words.js";
import { hexOf } from "../words/hex.js";
import { quarterOf } from "../words/percent.js";
import { sizeInWords } from "../words/size_in_words.js";
import { writtenStoredDate, writtenStoredTime, writtenTime } from "../words/written_time.js";
import type { EvidenceItem } from "./evidence_list.js";
import type { FileAction } from "./file_actions_of.js";
import { isPictureType, SHOWN_SIZE_MAX } from "./open_evidence.js";
import { type Opened, useOpened } from "./use_opened.js";

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

// What is said aloud, and little of it.
function statusOf(opened: Opened, { filed }: EvidenceItem): string {
  switch (opened.kind) {
    case "closed":
      if (opened.stopped === undefined) return "";
      return opened.stopped === "answered"
        ? "Stopped. It is recorded that you opened it."
        : "Stopped. It may be recorded already that you opened it.";
    case "coming": {
      const percent = quarterOf(opened.received ?? 0, Number(filed.size));
      return percent === 0 ? "" : `${percent} % of ${filed.fileName} received`;
    }
    case "open":
      return opened.isUnchanged
        ? "It is recorded that you opened it. Unchanged since it was filed: its SHA-256 is the " +
            "recorded one."
        : "";
    case "failed":
      return "";
  }
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
  const { opened, open, stop, hide } = useOpened(caseRef, item);

  // One control takes the place of another, and so does the focus.
  const control = useRef<HTMLButtonElement>(null);
  const kindBefore = useRef(opened.kind);
  useLayoutEffect(() => {
    if (kindBefore.current !== opened.kind && isFocusLost()) control.current?.focus();
    kindBefore.current = opened.kind;
  }, [opened.kind]);

  const isPicture = isPictureType(filed.mediaType);
  const isShown = isPicture && filed.size <= SHOWN_SIZE_MAX;
  const heading = `file-${item.id}`;
  const status = statusOf(opened, item);
  return (
    <section class="govuk-summary-card" aria-labelledby={heading}>
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title wb-typed" id={heading}>
          {filed.fileName}
        </h2>
        {item.supersededBy && <strong class="govuk-tag govuk-tag--grey">Replaced</strong>}
      </div>
      <div class="govuk-summary-card__content">
        {opened.kind !== "open" && <div class="wb-blur" aria-hidden="true" />}
        {opened.kind === "open" && opened.isUnchanged && isShown && (
          <img
            class="wb-evidence"
            src={opened.url}
            alt={filed.description || "The screen print itself"}
          />
        )}
        {opened.kind === "open" && !opened.isUnchanged && (
          <p class="govuk-error-message" role="alert">
            This is not the file that was recorded: its SHA-256 is another one. Tell the auditor.
          </p>
        )}
        {opened.kind === "coming" && (
          <>
            <progress
              class="wb-progress"
              value={opened.received ?? 0}
              max={Number(filed.size)}
              aria-label={`Received of ${filed.fileName}`}
            />
            <p class="govuk-body-s">
              {opened.received === undefined
                ? "Waiting for the server"
                : `${sizeInWords(opened.received)} of ${sizeInWords(filed.size)} received. It is recorded that you opened it.`}
            </p>
          </>
        )}
        <div
          role="status"
          class={opened.kind === "coming" ? "govuk-visually-hidden" : "govuk-body-s"}
        >
          {status}
        </div>
        {opened.kind === "failed" && <FailurePanel failure={opened.failure} />}
        <p class="wb-no-print">
          {opened.kind === "coming" && (
            <button
              type="button"
              class="govuk-button govuk-button--secondary"
              ref={control}
              onClick={stop}
            >
              Stop<span class="govuk-visually-hidden">: {filed.fileName}</span>
            </button>
          )}
          {(opened.kind === "closed" || opened.kind === "failed") && (
            <>
              <button
                type="button"
                class="govuk-button govuk-button--secondary"
                ref={control}
                onClick={open}
              >
                {opened.kind === "failed" && "Try again: "}
                {isShown ? "Show this picture" : "Open this file"}
                <span class="govuk-visually-hidden">: {filed.fileName}</span>
              </button>
              <span class="govuk-hint wb-beside">
                {isPicture &&
                  !isShown &&
                  `With ${sizeInWords(filed.size)} it is too large to be shown here: it comes as a file that you save. `}
                That you open it is recorded.
              </span>
            </>
          )}
          {opened.kind === "open" && (
            <>
              <a class="govuk-link" href={opened.url} download={filed.fileName}>
                Save a copy of {filed.fileName}
              </a>{" "}
              <button type="button" class="wb-link-button" ref={control} onClick={hide}>
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
