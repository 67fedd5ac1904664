// Children's phones in the main office (P29, P35), and phones used on visits
// (P30).

#include "absl/time/civil_time.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/fields.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;

const events::PhoneTakenIn& TakenInOf(const Entry& entry) {
  return entry.history.empty() ? events::PhoneTakenIn::default_instance()
                               : entry.history.front().event.phone_taken_in();
}

// Home-time of the day on which the phone came.
absl::Time HomeTimeOf(const Entry& entry, const SchoolDay& day) {
  const absl::CivilDay taken =
      absl::ToCivilDay(kernel::TimeOf(TakenInOf(entry).taken_time()), day.zone);
  return absl::FromCivil(
      absl::CivilMinute(taken.year(), taken.month(), taken.day(), day.home_hour, day.home_minute),
      day.zone);
}

// Parents who asked the office to keep the phone know of it.
bool ParentsKnow(const Entry& entry) {
  return TakenInOf(entry).ground() == events::CUSTODY_GROUND_KEPT_WITH_CONSENT ||
         FindLast(entry, RegisterEvent::kParentsMadeAware) != nullptr;
}

// Nothing that is done with a phone comes before it did.
Refusal SinceTakenIn(const Entry& entry, const google::protobuf::Timestamp& time,
                     absl::string_view field) {
  if (kernel::TimeOf(time) >= kernel::TimeOf(TakenInOf(entry).taken_time())) return std::nullopt;
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

}  // namespace

void CompleteTakingIn(const Entry&, const By& by, RegisterEvent& event) {
  events::PhoneTakenIn& taken = *event.mutable_phone_taken_in();
  if (!taken.has_taken_time()) *taken.mutable_taken_time() = kernel::TimestampOf(by.now);
}

void CompleteTelling(const Entry&, const By& by, RegisterEvent& event) {
  events::ParentsMadeAware& aware = *event.mutable_parents_made_aware();
  if (!aware.has_told_time()) *aware.mutable_told_time() = kernel::TimestampOf(by.now);
}

void CompleteReturn(const Entry&, const By& by, RegisterEvent& event) {
  events::PhoneReturned& returned = *event.mutable_phone_returned();
  if (!returned.has_returned_time())
    *returned.mutable_returned_time() = kernel::TimestampOf(by.now);
}

void CompleteVisitUse(const Entry&, const By& by, RegisterEvent& event) {
  events::VisitPhoneUseLogged& use = *event.mutable_visit_phone_use_logged();
  if (!use.has_used_time()) *use.mutable_used_time() = kernel::TimestampOf(by.now);
}

Refusal WholeTakingIn(const Entry&, const Proposal& proposal) {
  const events::PhoneTakenIn& taken = proposal.event.phone_taken_in();
  const bool with_consent = taken.ground() == events::CUSTODY_GROUND_KEPT_WITH_CONSENT;
  if (!with_consent && !taken.permission_id().empty()) {
    return Rejected{Reason::kFieldInvalid, "permission_id"};
  }
  return FirstOf({Id(taken.child_id(), "child_id"),
                  Line(taken.device_description(), "device_description"),
                  Word(taken.ground(), "ground"),
                  PastMoment(taken.taken_time(), "taken_time", proposal.by.now)});
}

Refusal MayTakeIn(const Entry&, const Proposal& proposal) {
  const events::PhoneTakenIn& taken = proposal.event.phone_taken_in();
  if (taken.ground() != events::CUSTODY_GROUND_KEPT_WITH_CONSENT) return std::nullopt;
  const std::optional<Entry>& permission = proposal.context.permission;
  if (permission.has_value() && !permission->history.empty()) {
    const events::PermissionRequested& request =
        permission->history.front().event.permission_requested();
    if (request.kind() == events::PERMISSION_KIND_CHILD_PHONE_KEPT &&
        request.child_id() == taken.child_id() &&
        TermAt(*permission, kernel::TimeOf(taken.taken_time())).has_value()) {
      return std::nullopt;
    }
  }
  return Rejected{Reason::kCustodyConsentFirst, "permission_id"};
}

Refusal WholeTelling(const Entry& entry, const Proposal& proposal) {
  const events::ParentsMadeAware& aware = proposal.event.parents_made_aware();
  return FirstOf({Line(aware.told(), "told"), Line(aware.how(), "how"),
                  PastMoment(aware.told_time(), "told_time", proposal.by.now),
                  SinceTakenIn(entry, aware.told_time(), "told_time")});
}

Refusal WholeExamination(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.phone_examined().reasons(), "reasons");
}

Refusal WholeReturn(const Entry& entry, const Proposal& proposal) {
  const events::PhoneReturned& returned = proposal.event.phone_returned();
  return FirstOf({Line(returned.returned_to(), "returned_to"),
                  PastMoment(returned.returned_time(), "returned_time", proposal.by.now),
                  SinceTakenIn(entry, returned.returned_time(), "returned_time"),
                  OptionalLine(returned.early_because(), "early_because"),
                  OptionalLine(returned.parents_not_aware_because(), "parents_not_aware_because")});
}

Refusal MayReturn(const Entry& entry, const Proposal& proposal) {
  const events::PhoneReturned& returned = proposal.event.phone_returned();
  const bool early =
      kernel::TimeOf(returned.returned_time()) < HomeTimeOf(entry, proposal.context.day);
  if (early && kernel::IsBlank(returned.early_because())) {
    return Rejected{Reason::kBeforeHomeTime, "early_because"};
  }
  if (!ParentsKnow(entry) && kernel::IsBlank(returned.parents_not_aware_because())) {
    return Rejected{Reason::kParentsNotAware, "parents_not_aware_because"};
  }
  return std::nullopt;
}

Refusal WholeVisitUse(const Entry&, const Proposal& proposal) {
  const events::VisitPhoneUseLogged& use = proposal.event.visit_phone_use_logged();
  if (use.use() == events::VISIT_USE_OTHER) return Rejected{Reason::kVisitEmergencyOnly, "use"};
  return FirstOf({Line(use.visit(), "visit"), Word(use.use(), "use"),
                  Text(use.emergency(), "emergency"),
                  PastMoment(use.used_time(), "used_time", proposal.by.now)});
}

}  // namespace wardbook::registers
