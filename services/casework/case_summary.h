// A case in a list: for those who handle it, and for the person who reported
// it.

#ifndef SERVICES_CASEWORK_CASE_SUMMARY_H_
#define SERVICES_CASEWORK_CASE_SUMMARY_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "services/casework/case_card.h"
#include "services/casework/domain/offered_actions.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"
#include "storage/base/ids.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::casework {

wardbook::v1::CaseSummary SummaryOf(const kernel::CaseRef& ref, const CaseCard& card);

// Counts only the files that `reporter` filed. From whom the case is kept is told
// that the report was seen and that the case is closed, and nothing of what others
// found out, asked or told the police, nor where it went since.
wardbook::v1::ReportSummary ReportOf(const kernel::CaseRef& ref, const CaseCard& card,
                                     const PersonId& reporter);

// What somebody who does not see the case whole sees above what they recorded.
wardbook::v1::CaseSummary SummaryOfOwn(const kernel::CaseRef& ref, const CaseCard& card,
                                       const PersonId& person);

// What the reporter may expect next, in plain words.
std::string NextStepOf(const CaseState& state);

// What the policy asks for before the case can be closed.
google::protobuf::RepeatedPtrField<wardbook::v1::RemainingStep> RemainingStepsOf(
    const CaseState& state);

// A reason of the state, with what to do about it.
wardbook::v1::RemainingStep StepFor(kernel::Reason reason);

// What somebody may do to the case, and why not now.
google::protobuf::RepeatedPtrField<wardbook::v1::CaseAction> ActionsOf(const CaseState& state,
                                                                       const Asker& asker);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_SUMMARY_H_
