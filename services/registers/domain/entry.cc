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

struct Consent {
  std::vector<Term> terms;
  Stage stage = Stage::kAsked;
};

// What the answers of the parents come to, each from its own time on; of two of the
// same time the one counts that was recorded later.
Consent ConsentIn(const Entry& entry) {
  std::vector<const Happened*> by_time;
  for (const Happened& happened : entry.history) by_time.push_back(&happened);
  std::stable_sort(by_time.begin(), by_time.end(), [](const Happened* a, const Happened* b) {
    return CountsFrom(*a) < CountsFrom(*b);
  });
  Consent consent;
  const Happened* giving = nullptr;
  const auto end_at = [&consent](absl::Time time, Stage stage) {
    if (!consent.terms.empty()) {
      consent.terms.back().until = std::min(consent.terms.back().until, time);
    }
    consent.stage = stage;
  };
  for (const Happened* const happened : by_time) {
    const RegisterEvent& event = happened->event;
    const absl::Time time = CountsFrom(*happened);
    if (event.has_photo_consent_given()) {
      end_at(time, Stage::kInForce);
      giving = happened;
      Term term{time, absl::InfiniteFuture(), {}};
      for (const int scope : event.photo_consent_given().scopes()) {
        term.scopes.insert(static_cast<events::PhotoScope>(scope));
      }
      consent.terms.push_back(std::move(term));
    } else if (event.has_photo_consent_refused() || event.has_photo_consent_withdrawn()) {
      end_at(time, Stage::kEnded);
    } else if (event.has_parent_unlinked() && consent.stage == Stage::kInForce &&
               event.parent_unlinked().parent_id() ==
                   giving->event.photo_consent_given().parent_id() &&
               giving < happened) {
      // Who is no parent does not consent, and the parents are asked anew. What is
      // recorded after the unlinking is of somebody who is linked again.
      end_at(time, Stage::kAsked);
    }
  }
  return consent;
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
    entry.history.push_back(std::move(happened));
    // An answer that is recorded late may be older than the one that counts.
    if (step->reg == Register::kPhotoConsents) entry.stage = ConsentIn(entry).stage;
    return;
  }
  entry.history.push_back(std::move(happened));
}

absl::Time CountsFrom(const Happened& happened) {
  const RegisterEvent& event = happened.event;
  if (event.has_photo_consent_given()) {
    return kernel::TimeOf(event.photo_consent_given().given_time());
  }
  if (event.has_photo_consent_refused()) {
    return kernel::TimeOf(event.photo_consent_refused().refused_time());
  }
  if (event.has_photo_consent_withdrawn()) {
    return kernel::TimeOf(event.photo_consent_withdrawn().withdrawn_time());
  }
  return happened.time;
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
  return ConsentIn(entry).terms;
}

std::optional<Term> TermAt(const Entry& entry, absl::Time time) {
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

bool NeedsAdvice(const Entry& justification) {
  const Happened* const review = FindLast(justification, RegisterEvent::kJustificationReviewed);
  return review != nullptr && review->event.justification_reviewed().finding() ==
                                  events::JUSTIFICATION_FINDING_ADVICE_NEEDED;
}

bool WaitsForDecider(const Entry& entry) {
  if (entry.stage != Stage::kInForce) return entry.stage == Stage::kAsked;
  return entry.history.front().event.has_justification_submitted();
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
  add("parent_id", event.parent_unlinked().parent_id());
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

bool RegistersDevices(const kernel::Actor& actor) {
  return IsLeadership(actor) || actor.Has(Role::kAdministrator);
}

bool SeesAllOf(Register reg, const kernel::Actor& actor) {
  switch (reg) {
    case Register::kPhones:
    case Register::kPhotoConsents:
      return IsOfSchool(actor);
    case Register::kDevices:
      return IsOfSchool(actor) || RegistersDevices(actor);
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
