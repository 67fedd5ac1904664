import type { CaseFile } from "@api/v1/case_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { client } from "../../api/client.js";
import { evidenceOf } from "../../evidence/evidence_list.js";
import type { Option } from "../../words/event_words.js";
import type { Action } from "./action.js";

// Two files may have one name: the number of its entry tells them apart.
function fileOptions(file: CaseFile): Option[] {
  return evidenceOf(file).map(({ id, filed, revision }) => ({
    value: id,
    text: `${filed.fileName} (entry ${revision})`,
  }));
}

// What is said of a file after it was put in evidence.
export const FILE_ACTIONS: Action[] = [
  {
    id: "annotate-file",
    group: "Files",
    method: EvidenceService.method.annotateEvidence,
    title: "Add to what was said of a file",
    intro: ["What was said stays. The file itself is never changed (P43)."],
    about: "evidence_id",
    fields: ({ file }) => [
      { kind: "select", name: "evidence_id", label: "Which file?", options: fileOptions(file) },
      {
        kind: "text",
        name: "annotation",
        label: "What you add",
        hint: "For example, who can be seen, or where the rest of a conversation is",
        rows: 4,
      },
    ],
    submit: "Add this to the file",
    send: async ({ request, answers }) => {
      await client(EvidenceService).annotateEvidence({
        ...request,
        evidenceId: answers.text("evidence_id"),
        annotation: answers.text("annotation"),
      });
      return { text: "It is added to what was said of the file." };
    },
  },
  {
    id: "supersede-file",
    group: "Files",
    method: EvidenceService.method.supersedeEvidence,
    title: "Say that another file stands in the place of one",
    intro: [
      "For example, a better screen print of the same page. Put it in evidence first. Both files " +
        "are kept (P43).",
    ],
    about: "superseded_id",
    fields: ({ file }, typed) => [
      {
        kind: "select",
        name: "superseded_id",
        label: "Which file no longer stands?",
        options: fileOptions(file),
      },
      {
        kind: "select",
        name: "evidence_id",
        label: "Which file stands in its place?",
        options: fileOptions(file).filter(({ value }) => value !== typed.superseded_id),
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why the file no longer stands",
        rows: 3,
      },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      await client(EvidenceService).supersedeEvidence({
        ...request,
        supersededId: answers.text("superseded_id"),
        evidenceId: answers.text("evidence_id"),
        reasons: answers.text("reasons"),
      });
      return { text: "Another file stands in its place.", next: "Both are kept." };
    },
  },
  {
    id: "attest-original",
    group: "Files",
    method: EvidenceService.method.attestOriginal,
    title: "Record that the original still exists",
    intro: [
      "For whoever put the file in evidence. Messages and e-mails are to be kept, and may be " +
        "asked for on the device itself (P43).",
    ],
    about: "evidence_id",
    fields: ({ file }) => [
      {
        kind: "select",
        name: "evidence_id",
        label: "Of which file?",
        missing: "Choose the file whose original it is",
        options: fileOptions(file),
      },
      {
        kind: "line",
        name: "kept_where",
        label: "Where is the original?",
        hint: "In words, such as “On my school phone, in the messages”",
        missing: "Enter where the original is",
      },
    ],
    submit: "Record that it still exists",
    send: async ({ request, answers }) => {
      await client(EvidenceService).attestOriginal({
        ...request,
        evidenceId: answers.text("evidence_id"),
        keptWhere: answers.text("kept_where"),
      });
      return { text: "It is recorded that the original still exists." };
    },
  },
];
