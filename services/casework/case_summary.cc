#include "services/casework/case_summary.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/casework/domain/closure.h"
#include "services/casework/domain/web_address.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::Route;
using wardbook::v1::CaseStage;
using wardbook::v1::CaseSummary;
using wardbook::v1::ReportSummary;

CaseStage StageOf(Stage stage) {
  switch (stage) {
    case Stage::kReported:
      return wardbook::v1::CASE_STAGE_REPORTED;
    case Stage::kAcknowledged:
      return wardbook::v1::CASE_STAGE_ACKNOWLEDGED;
    case Stage::kEscalated:
      return wardbook::v1::CASE_STAGE_ESCALATED;
    case Stage::kAdviceSought:
      return wardbook::v1::CASE_STAGE_ADVICE_SOUGHT;
    case Stage::kAdviceReceived:
      return wardbook::v1::CASE_STAGE_ADVICE_RECEIVED;
    case Stage::kReferred:
      return wardbook::v1::CASE_STAGE_REFERRED;
    case Stage::kOutcomeRecorded:
      return wardbook::v1::CASE_STAGE_OUTCOME_RECORDED;
    case Stage::kClosed:
      return wardbook::v1::CASE_STAGE_CLOSED;
  }
  return wardbook::v1::CASE_STAGE_UNSPECIFIED;
}

std::string NextStepOfReported(const CaseState& state, Route route) {
  if (route == wardbook::events::v1::ROUTE_LINE_MANAGER) {
    return "Your line manager has been told and will hand your report on to the Headteacher. You "
           "will be told when somebody responsible has seen it.";
  }
  if (route == wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS) {
    return "The Chair of Governors has been told. You will be told when they have seen your "
           "report.";
  }
  if (route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER) {
    return "Nobody in the school has been told. Your report is open to the officers of Lancashire "
           "Safeguarding alone. Ring Lancashire Safeguarding today as well and give them the "
           "reference, so that it is sure to be seen.";
  }
  if (route == wardbook::events::v1::ROUTE_SENIOR_LEADERSHIP) {
    return "The Headteacher is absent, and the member of the leadership team who acts for them "
           "has been told. You will be told when they have seen your report.";
  }
  if (!state.recipient.IsZero()) {
    return "The Headteacher has been told. You will be told when they have seen your report.";
  }
  return "The Headteacher and the safeguarding lead have been told. You will be told when one of "
         "them has seen your report.";
}

uint32_t FilesOf(const CaseState& state, const PersonId& person) {
  return static_cast<uint32_t>(
      std::count_if(state.evidence.begin(), state.evidence.end(),
                    [&person](const FiledEvidence& file) { return file.filed_by == person; }));
}

std::string AsShownToKept(const CaseState& state, absl::string_view text) {
  return state.suspected_in_report ? WithoutAddresses(text) : std::string(text);
}

Stage StageOfKept(const CaseState& state) {
  if (state.closed) return Stage::kClosed;
  return state.acknowledged ? Stage::kAcknowledged : Stage::kReported;
}

std::string NextStepOfStage(const CaseState& state, Stage stage, Route route) {
  switch (stage) {
    case Stage::kReported:
      return NextStepOfReported(state, route);
    case Stage::kAcknowledged:
      return "Your report has been seen. Those responsible now decide what is to be done.";
    case Stage::kEscalated:
      return "Your report has been handed on and is being dealt with.";
    case Stage::kAdviceSought:
      return "Advice has been asked of Lancashire Safeguarding. The school waits for it before it "
             "goes on.";
    case Stage::kAdviceReceived:
      return "Lancashire Safeguarding has given its advice, and the school acts on it.";
    case Stage::kReferred:
      return "The case has been referred to Lancashire Safeguarding, which decides what happens "
             "next.";
    case Stage::kOutcomeRecorded:
      return "Lancashire Safeguarding has recorded an outcome. The school concludes the case.";
    case Stage::kClosed:
      return "The case is closed. If something has changed or happens again, report it.";
  }
  return "";
}

std::string NextStepOfKept(const CaseState& state) {
  std::string next = NextStepOfStage(state, StageOfKept(state), state.reported_route);
  if (!state.suspected_in_report || state.closed) return next;
  return absl::StrCat("Do not open, copy or send the image, and leave the device as it is. ", next);
}

}  // namespace

CaseSummary SummaryOf(const kernel::CaseRef& ref, const CaseCard& card) {
  const CaseState& state = card.state;
  CaseSummary summary;
  summary.set_case_ref(ref.text());
  summary.set_kind(state.kind);
  summary.set_stage(StageOf(state.stage));
  summary.set_route(state.route);
  for (const std::string& name : card.target_names) summary.add_target_names(name);
  summary.set_platform(AsMayBeKept(state, card.platform));
  *summary.mutable_reported_time() = kernel::TimestampOf(state.reported_time);
  *summary.mutable_changed_time() = kernel::TimestampOf(state.changed_time);
  summary.set_revision(state.revision);
  summary.set_evidence_count(static_cast<uint32_t>(state.evidence.size()));
  summary.set_referred(!state.referrals.empty());
  summary.set_indecent_image_suspected(state.indecent_image_suspected);
  return summary;
}

CaseSummary SummaryOfOwn(const kernel::CaseRef& ref, const CaseCard& card, const PersonId& person) {
  CaseSummary summary = SummaryOf(ref, card);
  summary.set_evidence_count(FilesOf(card.state, person));
  if (IsKeptFrom(card.state, person) || card.state.reporter != person) {
    summary.set_stage(StageOf(StageOfKept(card.state)));
    summary.set_referred(false);
    summary.set_indecent_image_suspected(card.state.suspected_in_report);
    summary.set_route(card.state.reported_route);
    *summary.mutable_changed_time() = summary.reported_time();
    summary.set_platform(AsShownToKept(card.state, card.platform));
  }
  return summary;
}

ReportSummary ReportOf(const kernel::CaseRef& ref, const CaseCard& card, const PersonId& reporter) {
  const CaseState& state = card.state;
  const bool is_kept = IsKeptFrom(state, reporter);
  ReportSummary report;
  report.set_case_ref(ref.text());
  report.set_kind(state.kind);
  report.set_stage(StageOf(is_kept ? StageOfKept(state) : state.stage));
  report.set_route(is_kept ? state.reported_route : state.route);
  *report.mutable_reported_time() = kernel::TimestampOf(state.reported_time);
  *report.mutable_changed_time() =
      kernel::TimestampOf(is_kept ? state.reported_time : state.changed_time);
  report.set_message_to_reporter(is_kept ? AsShownToKept(state, state.acknowledgement)
                                         : AsMayBeKept(state, state.acknowledgement));
  report.set_next_step(is_kept ? NextStepOfKept(state) : NextStepOf(state));
  report.set_evidence_count(FilesOf(state, reporter));
  report.set_revision(state.revision);
  return report;
}

std::string NextStepOf(const CaseState& state) {
  if (state.indecent_image_suspected && state.police_informed && !state.closed) {
    return "The police have been informed. Do not open, copy or send the image, and leave the "
           "device as it is. Nothing is investigated before the police allow it.";
  }
  if (state.indecent_image_suspected && !state.closed) {
    return "The police come first: if nobody has called them yet, call 999 in an emergency, else "
           "101. Do not open, copy or send the image. " +
           NextStepOfReported(state, state.route);
  }
  return NextStepOfStage(state, state.stage, state.route);
}

google::protobuf::RepeatedPtrField<wardbook::v1::RemainingStep> RemainingStepsOf(
    const CaseState& state) {
  google::protobuf::RepeatedPtrField<wardbook::v1::RemainingStep> steps;
  for (const kernel::Reason reason : RemainingSteps(state)) {
    *steps.Add() = StepFor(reason);
  }
  return steps;
}

wardbook::v1::RemainingStep StepFor(kernel::Reason reason) {
  const kernel::ReasonText& text = kernel::Describe(reason);
  wardbook::v1::RemainingStep step;
  step.set_code(std::string(text.code));
  for (const absl::string_view clause : absl::StrSplit(text.clauses, ' ', absl::SkipEmpty())) {
    step.add_clauses(std::string(clause));
  }
  step.set_message(std::string(text.message));
  step.set_next_step(std::string(text.next_step));
  return step;
}

google::protobuf::RepeatedPtrField<wardbook::v1::CaseAction> ActionsOf(const CaseState& state,
                                                                       const Asker& asker) {
  google::protobuf::RepeatedPtrField<wardbook::v1::CaseAction> actions;
  for (const OfferedAction& offered : OfferedActions(state, asker)) {
    wardbook::v1::CaseAction& action = *actions.Add();
    action.set_method(std::string(offered.method));
    if (offered.refused) *action.mutable_refused() = StepFor(offered.refused->reason);
  }
  return actions;
}

}  // namespace wardbook::casework
