#include "services/registers/domain/entry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/life_cycle.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;
using kernel::Role;

std::vector<Term> TermsOfPermission(const Entry& entry) {
  const Happened* const granted = FindLast(entry, RegisterEvent::kPermissionGranted);
  if (granted == nullptr) return {};
  const events::PermissionGranted& grant = granted->event.permission_granted();
  // A grant is never of use before it was made, not even within its minute.
  Term term{std::max(kernel::TimeOf(grant.from_time()), granted->time),
            kernel::TimeOf(grant.until_time()),
            {}};
  if (const Happened* const revoked = FindLast(entry, RegisterEvent::kPermissionRevoked)) {
    term.until = std::min(term.until, revoked->time);
  }
  return {term};
}

// An answer of a parent ends the one before, from the moment it was given on.
std::vector<Term> TermsOfConsent(const Entry& entry) {
  std::vector<Term> terms;
  const auto end_at = [&terms](absl::Time time) {
    if (!terms.empty()) terms.back().until = std::min(terms.back().until, time);
  };
  for (const Happened& happened : entry.history) {
    const RegisterEvent& event = happened.event;
    if (event.has_photo_consent_given()) {
      const events::PhotoConsentGiven& given = event.photo_consent_given();
      Term term{kernel::TimeOf(given.given_time()), absl::InfiniteFuture(), {}};
      for (const int scope : given.scopes()) {
        term.scopes.insert(static_cast<events::PhotoScope>(scope));
      }
      end_at(term.from);
      terms.push_back(std::move(term));
    } else if (event.has_photo_consent_refused()) {
      end_at(kernel::TimeOf(event.photo_consent_refused().refused_time()));
    } else if (event.has_photo_consent_withdrawn()) {
      end_at(kernel::TimeOf(event.photo_consent_withdrawn().withdrawn_time()));
    }
  }
  return terms;
}

std::vector<Term> TermsOfDevice(const Entry& entry) {
  Term term{entry.history.front().time, absl::InfiniteFuture(), {}};
  if (const Happened* const retired = FindLast(entry, RegisterEvent::kSchoolDeviceRetired)) {
    term.until = retired->time;
  }
  return {term};
}

// A contact is known from the moment on at which it was declared, whenever
// somebody acknowledges that.
std::vector<Term> TermsOfContact(const Entry& entry) {
  Term term{entry.history.front().time, absl::InfiniteFuture(), {}};
  if (const Happened* const ended = FindLast(entry, RegisterEvent::kSocialContactEnded)) {
    term.until = ended->time;
  }
  return {term};
}

bool IsLeadership(const kernel::Actor& actor) {
  return actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership});
}

}  // namespace

void Evolve(Entry& entry, Happened happened) {
  if (const Step* const step = FindStep(happened.event.body_case(), entry.stage)) {
    entry.stage = step->to.value_or(entry.stage);
  }
  entry.history.push_back(std::move(happened));
}

const Happened* FindLast(const Entry& entry, BodyCase kind) {
  const auto found =
      std::find_if(entry.history.rbegin(), entry.history.rend(),
                   [kind](const Happened& happened) { return happened.event.body_case() == kind; });
  return found == entry.history.rend() ? nullptr : &*found;
}

std::vector<Term> TermsOf(const Entry& entry) {
  if (entry.history.empty()) return {};
  const RegisterEvent& first = entry.history.front().event;
  if (first.has_permission_requested()) return TermsOfPermission(entry);
  if (first.has_school_device_registered()) return TermsOfDevice(entry);
  if (first.has_social_contact_declared()) return TermsOfContact(entry);
  return TermsOfConsent(entry);
}

std::optional<Term> TermAt(const Entry& entry, absl::Time time) {
  // The last one counts where a parent's answers were recorded out of order.
  std::vector<Term> terms = TermsOf(entry);
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
    if (term->Contains(time)) return std::move(*term);
  }
  return std::nullopt;
}

std::optional<Term> TermWithin(const Entry& entry, const kernel::Period& period) {
  std::vector<Term> terms = TermsOf(entry);
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
    if (term->Meets(period)) return std::move(*term);
  }
  return std::nullopt;
}

std::optional<events::Decider> DeciderOf(const Entry& entry) {
  if (entry.history.empty()) return std::nullopt;
  const RegisterEvent& first = entry.history.front().event;
  if (first.has_permission_requested()) return first.permission_requested().decider();
  if (first.has_justification_submitted()) return first.justification_submitted().decider();
  if (first.has_social_contact_declared()) return first.social_contact_declared().decider();
  return std::nullopt;
}

bool Decides(events::Decider decider, const kernel::Actor& actor) {
  if (decider == events::DECIDER_HEADTEACHER) return actor.Has(Role::kHeadteacher);
  if (decider == events::DECIDER_LEADERSHIP_TEAM) return IsLeadership(actor);
  if (decider == events::DECIDER_CHAIR_OF_GOVERNORS) return actor.Has(Role::kChairOfGovernors);
  return false;
}

std::optional<PersonId> PersonOf(const Entry& entry) {
  if (entry.history.empty()) return std::nullopt;
  const RegisterEvent& first = entry.history.front().event;
  if (first.has_permission_requested()) {
    const std::string& child = first.permission_requested().child_id();
    return child.empty() ? entry.opener() : PersonId::FromBytes(child);
  }
  if (first.has_phone_taken_in()) return PersonId::FromBytes(first.phone_taken_in().child_id());
  if (first.has_social_contact_declared()) {
    return PersonId::FromBytes(first.social_contact_declared().child_id());
  }
  return std::nullopt;
}

std::vector<NamedPerson> PeopleNamedIn(const RegisterEvent& event) {
  std::vector<NamedPerson> people;
  const auto add = [&people](std::string field, const std::string& id) {
    if (!id.empty()) people.push_back({std::move(field), id});
  };
  add("child_id", event.permission_requested().child_id());
  add("parent_id", event.permission_requested().parent_id());
  add("child_id", event.social_contact_declared().child_id());
  add("child_id", event.phone_taken_in().child_id());
  add("parent_id", event.parent_linked().parent_id());
  add("parent_id", event.photo_consent_given().parent_id());
  add("parent_id", event.photo_consent_refused().parent_id());
  add("parent_id", event.photo_consent_withdrawn().parent_id());
  add("recipient_id", event.image_shared().recipient_id());
  for (int i = 0; i < event.image_captured().child_ids_size(); ++i) {
    add(absl::StrCat("child_ids[", i, "]"), event.image_captured().child_ids(i));
  }
  return people;
}

bool IsOfSchool(const kernel::Actor& actor) {
  return actor.HasAny({Role::kStaff, Role::kLineManager, Role::kHeadteacher,
                       Role::kSeniorLeadership, Role::kSafeguardingLead});
}

bool SeesAllOf(Register reg, const kernel::Actor& actor) {
  switch (reg) {
    case Register::kPhones:
    case Register::kPhotoConsents:
    case Register::kDevices:
      return IsOfSchool(actor);
    case Register::kVisitUses:
      return IsLeadership(actor);
    case Register::kCaptures:
      return IsLeadership(actor) || actor.Has(Role::kSafeguardingLead);
    case Register::kPermissions:
    case Register::kJustifications:
      return actor.Has(Role::kHeadteacher);
    case Register::kSocialContacts:
      return IsLeadership(actor);
  }
  return false;
}

bool Sees(Register reg, const Entry& entry, const kernel::Actor& actor) {
  if (entry.history.empty()) return false;
  if (actor.person == entry.opener()) return true;
  const std::optional<events::Decider> decider = DeciderOf(entry);
  if (!decider) return SeesAllOf(reg, actor);
  if (Decides(*decider, actor)) return true;
  // What the Chair decides is the Headteacher's own and nobody else's.
  if (*decider == events::DECIDER_CHAIR_OF_GOVERNORS) return false;
  // The office has to know which phones it may keep.
  const bool is_childs_phone = entry.history.front().event.permission_requested().kind() ==
                               events::PERMISSION_KIND_CHILD_PHONE_KEPT;
  return SeesAllOf(reg, actor) || (is_childs_phone && IsOfSchool(actor));
}

}  // namespace wardbook::registers
