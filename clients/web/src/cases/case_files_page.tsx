import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { EvidenceCard } from "../evidence/evidence_card.js";
import { evidenceOf } from "../evidence/evidence_list.js";
import { fileActionsOf } from "../evidence/file_actions_of.js";
import type { PageProps } from "../page/route.js";
import { currentSession } from "../session/session.js";
import { CaseFrame } from "./case_frame.js";
import { mayDoNow } from "./offers.js";

export function CaseFilesPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="Files">
      {(file) => {
        const items = evidenceOf(file);
        if (file.summary?.indecentImageSuspected) {
          return (
            <p class="govuk-body">
              An indecent image is suspected. No file of this case is shown to anybody, and none is
              taken (P36, P38). The police decide what happens to the files.
            </p>
          );
        }
        return (
          <>
            <p class="govuk-body">
              Files are blurred until you ask for them. Each time that you open one is recorded,
              with your name.
            </p>
            {items.length === 0 && <p class="govuk-body">There are no files in evidence.</p>}
            {items.map((item) => (
              <EvidenceCard
                key={item.id}
                caseRef={caseRef}
                item={item}
                actions={fileActionsOf(file, item, currentSession.value?.personId ?? "")}
              />
            ))}
            {mayDoNow(file, EvidenceService.method.fileEvidence) && (
              <a href={`/cases/${caseRef}/add-files`} class="govuk-button wb-no-print">
                Add a screenshot or file
              </a>
            )}
          </>
        );
      }}
    </CaseFrame>
  );
}
