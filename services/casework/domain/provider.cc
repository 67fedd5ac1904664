// The providers of sites and apps: what is reported to them, what they do about
// it, and what is gone.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

Refusal RefuseUnlessReported(const CaseState& state) {
  if (!state.provider_reports.empty()) return std::nullopt;
  return Rejected{Reason::kNoProviderReport, "report_revision"};
}

// Nothing when there is none such; the newest when none is named.
std::optional<uint64_t> FindReport(const CaseState& state,
                                   const std::optional<uint64_t>& revision) {
  const std::vector<uint64_t>& reports = state.provider_reports;
  if (!revision) return reports.empty() ? std::nullopt : std::optional(reports.back());
  return std::count(reports.begin(), reports.end(), *revision) > 0 ? revision : std::nullopt;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RecordProviderReport& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseBeforePolice(state),
          RequireText(command.platform, "platform", kShortCharactersMax),
          RequirePast(command.reported_at, "reported_at", command.by.now),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowText(command.details, "details", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::ProviderReported& reported = *event.mutable_provider_reported();
  reported.set_platform(AsMayBeKept(state, command.platform));
  *reported.mutable_reported_at() = command.reported_at;
  reported.set_reference(command.reference);
  reported.set_details(AsMayBeKept(state, command.details));
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordProviderOutcome& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseBeforePolice(state),
          RefuseUnlessReported(state),
          RequireChoice(command.outcome, "outcome"),
          RequirePast(command.known_at, "known_at", command.by.now),
          AllowText(command.details, "details", kTextCharactersMax),
      })) {
    return *refusal;
  }
  const std::optional<uint64_t> report = FindReport(state, command.report_revision);
  if (!report) return Rejected{Reason::kNoProviderReport, "report_revision"};

  CaseEvent event;
  wardbook::events::v1::ProviderOutcomeRecorded& recorded =
      *event.mutable_provider_outcome_recorded();
  recorded.set_report_revision(*report);
  recorded.set_outcome(command.outcome);
  *recorded.mutable_known_at() = command.known_at;
  recorded.set_details(AsMayBeKept(state, command.details));
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordContentRemoved& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseBeforePolice(state),
          RequirePast(command.removed_at, "removed_at", command.by.now),
          RequireText(command.platform, "platform", kShortCharactersMax),
          AllowText(command.removed_by, "removed_by", kLineCharactersMax),
          AllowText(command.details, "details", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::ContentRemoved& removed = *event.mutable_content_removed();
  *removed.mutable_removed_at() = command.removed_at;
  removed.set_platform(AsMayBeKept(state, command.platform));
  removed.set_removed_by(command.removed_by);
  removed.set_details(AsMayBeKept(state, command.details));
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
