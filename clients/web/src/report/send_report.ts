import {
  type BreachClause,
  type IncidentKind,
  type IndecentImageAnswer,
  OnlinePlaceSchema,
  type Party,
  PartySchema,
} from "@api/events/v1/values_pb.js";
import {
  IncidentService,
  type ReportIncidentRequest,
  ReportIncidentRequestSchema,
} from "@api/v1/incident_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import type { ChosenFile } from "../evidence/chosen_file.js";
import { sendChosen } from "../evidence/send_chosen.js";
import { Answers } from "../form/answers.js";
import { bytesOfHex } from "../words/hex.js";
import { TOLD } from "./questions.js";
import { type NamedParty, namedPeople, type ReportDraft } from "./report_draft.js";
import { headteacherAnswer } from "./steps.js";

export interface FileProgress {
  key: string;
  committed: number;
}

function partyOf(party: NamedParty): Party {
  return create(PartySchema, {
    capacity: Number(party.capacity),
    category: Number(party.category),
    name: party.name.trim(),
    personId: bytesOfHex(party.personId),
  });
}

export function requestOf(draft: ReportDraft): ReportIncidentRequest {
  const answers = new Answers(draft.typed);
  const place = {
    platform: answers.text("place.platform"),
    address: answers.text("place.address"),
    account: answers.text("place.account"),
  };
  const happenedAt = answers.when("happened_at");
  const told = answers.text("told");
  const isSilent = answers.isYes("wishes_not_given");
  return create(ReportIncidentRequestSchema, {
    requestId: draft.requestId,
    kind: answers.choice<IncidentKind>("kind"),
    whatHappened: answers.text("what_happened"),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(place.platform === "" ? {} : { place: create(OnlinePlaceSchema, place) }),
    parties: namedPeople(draft).map(partyOf),
    wishes: isSilent ? "" : answers.text("wishes"),
    wishesNotGiven: isSilent,
    indecentImageAnswer: answers.choice<IndecentImageAnswer>("indecent_image_answer"),
    toLineManager: told === TOLD.manager,
    toSeniorLeadership: told === TOLD.leader,
    aboutHeadteacher: headteacherAnswer(draft),
    breachedClauses: answers.choices<BreachClause>("breached_clauses"),
  });
}

// Sends the report and then its files. What has been done is told at once through `onDraft`,
// so that sending goes on from there after anything that breaks it off.
export async function sendReport(
  draft: ReportDraft,
  onDraft: (next: ReportDraft) => void,
  onProgress: (progress: FileProgress) => void,
): Promise<ReportDraft> {
  let current = draft;
  const keep = (next: ReportDraft) => {
    current = next;
    onDraft(next);
  };
  const keepFile = (next: ChosenFile) =>
    keep({ ...current, files: current.files.map((one) => (one.key === next.key ? next : one)) });

  if (current.sent === undefined) {
    const { caseRef, route, nextStep } = await client(IncidentService).reportIncident(
      requestOf(current),
    );
    keep({ ...current, sent: { caseRef, route, nextStep } });
  }
  const caseRef = current.sent?.caseRef ?? "";
  for (const { key } of current.files) {
    const chosen = current.files.find((one) => one.key === key);
    if (chosen === undefined || chosen.isFiled) continue;
    await sendChosen(caseRef, chosen, keepFile, (committed) => onProgress({ key, committed }));
    keepFile({ ...chosen, isFiled: true });
  }
  return current;
}
