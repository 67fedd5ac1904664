import { AuditService } from "@api/v1/audit_service_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import type { DescMethod } from "@bufbuild/protobuf";
import type { Group } from "./action.js";

// What is done to a case on a page that is more than one form.
export interface CasePageLink {
  method: DescMethod;
  group: Group;
  title: string;
  // After the address of the case.
  at: string;
}

export const CASE_PAGES: readonly CasePageLink[] = [
  {
    method: EvidenceService.method.fileEvidence,
    group: "Files",
    title: "Add a screenshot or file",
    at: "/add-files",
  },
  {
    method: CaseService.method.checkRegisters,
    group: "Deciding",
    title: "See what the registers say",
    at: "/registers",
  },
  {
    method: ReferralService.method.prepareReferralSection,
    group: "Referral",
    title: "Fill in what the council’s form asks for",
    at: "/referral",
  },
  {
    method: ReferralService.method.showReferralForm,
    group: "Referral",
    title: "Copy it into the council’s form",
    at: "/referral-form",
  },
  {
    method: AuditService.method.exportBundle,
    group: "Closing",
    title: "Save the case as one file that can be checked",
    at: "/export",
  },
];
