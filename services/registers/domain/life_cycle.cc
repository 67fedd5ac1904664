#include "services/registers/domain/life_cycle.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/registers/domain/fields.h"
#include "services/registers/domain/permission_kind.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;
using kernel::Role;

constexpr unsigned Bit(Stage stage) { return 1u << static_cast<unsigned>(stage); }

constexpr unsigned kNew = Bit(Stage::kNone);
constexpr unsigned kAsked = Bit(Stage::kAsked);
constexpr unsigned kInForce = Bit(Stage::kInForce);
constexpr unsigned kEnded = Bit(Stage::kEnded);

void CompleteNothing(const Entry&, const By&, RegisterEvent&) {}
Refusal Always(const Entry&, const Proposal&) { return std::nullopt; }

constexpr std::optional<Stage> kStays = std::nullopt;

constexpr Step kSteps[] = {
    {RegisterEvent::kPermissionRequested, Register::kPermissions, "", kNew, Stage::kAsked,
     Who::kStaff, CompleteRequest, WholeRequest, MayRequest},
    {RegisterEvent::kPermissionGranted, Register::kPermissions, "", kAsked, Stage::kInForce,
     Who::kDecider, CompleteGrant, WholeGrant, MayGrant},
    {RegisterEvent::kPermissionRefused, Register::kPermissions, "", kAsked, Stage::kEnded,
     Who::kDecider, CompleteNothing, WholeRefusal, Always},
    {RegisterEvent::kPermissionRevoked, Register::kPermissions, "", kInForce, Stage::kEnded,
     Who::kDecider, CompleteNothing, WholeRevocation, Always},

    {RegisterEvent::kJustificationSubmitted, Register::kJustifications, "P24", kNew, Stage::kAsked,
     Who::kStaff, CompleteJustification, WholeJustification, Always},
    // Reviewed again when the advice came that the first review waited for.
    {RegisterEvent::kJustificationReviewed, Register::kJustifications, "P24", kAsked,
     Stage::kInForce, Who::kDecider, CompleteNothing, WholeReview, MayReview},
    {RegisterEvent::kJustificationReviewed, Register::kJustifications, "P24", kInForce, kStays,
     Who::kDecider, CompleteNothing, WholeReview, MayReview},
    {RegisterEvent::kJustificationAdviceDecided, Register::kJustifications, "P25",
     kAsked | kInForce, kStays, Who::kDecider, CompleteNothing, WholeAdviceDecision, Always},
    {RegisterEvent::kJustificationAdviceReceived, Register::kJustifications, "P25",
     kAsked | kInForce, kStays, Who::kDecider, CompleteNothing, WholeAdvice, MayRecordAdvice},
    {RegisterEvent::kJustificationClosed, Register::kJustifications, "P25", kInForce, Stage::kEnded,
     Who::kDecider, CompleteNothing, WholeClosing, MayCloseJustification},

    {RegisterEvent::kSocialContactDeclared, Register::kSocialContacts, "P34", kNew, Stage::kAsked,
     Who::kStaff, CompleteDeclaration, WholeDeclaration, Always},
    {RegisterEvent::kSocialContactAcknowledged, Register::kSocialContacts, "P34", kAsked,
     Stage::kInForce, Who::kDecider, CompleteNothing, WholeAcknowledgement, Always},
    {RegisterEvent::kSocialContactUpdated, Register::kSocialContacts, "P34", kAsked | kInForce,
     Stage::kAsked, Who::kOpener, CompleteNothing, WholeUpdate, Always},
    {RegisterEvent::kSocialContactEnded, Register::kSocialContacts, "P34", kAsked | kInForce,
     Stage::kEnded, Who::kOpener, CompleteNothing, WholeEnding, Always},

    {RegisterEvent::kPhoneTakenIn, Register::kPhones, "P35", kNew, Stage::kInForce, Who::kStaff,
     CompleteTakingIn, WholeTakingIn, MayTakeIn},
    {RegisterEvent::kParentsMadeAware, Register::kPhones, "P35", kInForce, kStays, Who::kStaff,
     CompleteTelling, WholeTelling, Always},
    {RegisterEvent::kPhoneExamined, Register::kPhones, "P35", kInForce, kStays, Who::kSearcher,
     CompleteNothing, WholeExamination, Always},
    {RegisterEvent::kPhoneReturned, Register::kPhones, "P35", kInForce, Stage::kEnded, Who::kStaff,
     CompleteReturn, WholeReturn, MayReturn},

    {RegisterEvent::kVisitPhoneUseLogged, Register::kVisitUses, "P30", kNew, Stage::kEnded,
     Who::kStaff, CompleteVisitUse, WholeVisitUse, Always},

    // The first parent makes the entry, which then waits for an answer.
    {RegisterEvent::kParentLinked, Register::kPhotoConsents, "P31", kNew, Stage::kAsked,
     Who::kStaff, CompleteNothing, WholeLink, MayLink},
    {RegisterEvent::kParentLinked, Register::kPhotoConsents, "P31", kAsked | kInForce | kEnded,
     kStays, Who::kStaff, CompleteNothing, WholeLink, MayLink},
    // Whose consent it was that is in force is asked anew.
    {RegisterEvent::kParentUnlinked, Register::kPhotoConsents, "P31", kAsked | kInForce | kEnded,
     kStays, Who::kStaff, CompleteNothing, WholeUnlink, MayUnlink},
    {RegisterEvent::kPhotoConsentGiven, Register::kPhotoConsents, "P31",
     kNew | kAsked | kInForce | kEnded, Stage::kInForce, Who::kStaff, CompleteConsent, WholeConsent,
     MayConsent},
    {RegisterEvent::kPhotoConsentRefused, Register::kPhotoConsents, "P31",
     kNew | kAsked | kInForce | kEnded, Stage::kEnded, Who::kStaff, CompleteConsent, WholeConsent,
     MayConsent},
    {RegisterEvent::kPhotoConsentWithdrawn, Register::kPhotoConsents, "P31", kInForce | kEnded,
     Stage::kEnded, Who::kStaff, CompleteConsent, WholeConsent, MayWithdraw},

    {RegisterEvent::kSchoolDeviceRegistered, Register::kDevices, "P32", kNew, Stage::kInForce,
     Who::kRegistrar, CompleteNothing, WholeDevice, Always},
    {RegisterEvent::kSchoolDeviceRetired, Register::kDevices, "P32", kInForce, Stage::kEnded,
     Who::kRegistrar, CompleteNothing, WholeRetirement, Always},

    {RegisterEvent::kImageCaptured, Register::kCaptures, "P31", kNew, Stage::kInForce, Who::kStaff,
     CompleteCapture, WholeCapture, MayCapture},
    {RegisterEvent::kImageStored, Register::kCaptures, "P33", kInForce, kStays, Who::kStaff,
     CompleteNothing, WholeStoring, Always},
    {RegisterEvent::kImageShared, Register::kCaptures, "P33", kInForce, kStays, Who::kStaff,
     CompleteSharing, WholeSharing, MayShare},
};

// What somebody is told who knows of an entry that others decide about.
Rejected NotTheDecider(events::Decider decider) {
  if (decider == events::DECIDER_HEADTEACHER) return {Reason::kHeadteacherDecides, ""};
  if (decider == events::DECIDER_LEADERSHIP_TEAM) return {Reason::kLeadershipDecides, ""};
  return {Reason::kNoSuchRegisterEntry, ""};
}

// What somebody is told who would decide about their own.
Rejected OwnDecision(events::Decider decider) {
  if (decider == events::DECIDER_LEADERSHIP_TEAM) return {Reason::kOwnDecisionOfLeadership, ""};
  if (decider == events::DECIDER_CHAIR_OF_GOVERNORS) return {Reason::kOwnDecisionOfHead, ""};
  return {Reason::kOwnDecision, ""};
}

// Those who decide about some entries learn who decides about this one; to all
// others an entry that they may not see does not exist.
Refusal MayDecide(Register reg, const Entry& entry, const kernel::Actor& actor) {
  const events::Decider decider = DeciderOf(entry).value_or(events::DECIDER_UNSPECIFIED);
  if (actor.person == entry.opener()) return OwnDecision(decider);
  if (Decides(decider, actor)) return std::nullopt;
  const bool decides_others = actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership,
                                            Role::kSafeguardingLead, Role::kChairOfGovernors});
  const bool is_headteachers_own = decider == events::DECIDER_CHAIR_OF_GOVERNORS;
  if (Sees(reg, entry, actor) || (decides_others && !is_headteachers_own)) {
    return NotTheDecider(decider);
  }
  return Rejected{Reason::kNoSuchRegisterEntry, ""};
}

Refusal MayRegisterDevices(const kernel::Actor& actor) {
  if (RegistersDevices(actor)) return std::nullopt;
  return Rejected{IsOfSchool(actor) ? Reason::kDeviceRegistrar : Reason::kRoleRequired, ""};
}

Refusal MayAct(const Step& step, const Entry& entry, const kernel::Actor& actor) {
  const bool opens = (step.from & kNew) != 0;
  if (entry.history.empty()) {
    if (!opens) return Rejected{Reason::kNoSuchRegisterEntry, ""};
    if (step.who == Who::kRegistrar) return MayRegisterDevices(actor);
    if (IsOfSchool(actor)) return std::nullopt;
    return Rejected{Reason::kRoleRequired, ""};
  }
  if (step.who == Who::kDecider) return MayDecide(step.reg, entry, actor);
  if (!Sees(step.reg, entry, actor)) return Rejected{Reason::kNoSuchRegisterEntry, ""};
  switch (step.who) {
    case Who::kStaff:
    case Who::kDecider:
      if (IsOfSchool(actor)) return std::nullopt;
      return Rejected{Reason::kRoleRequired, ""};
    case Who::kOpener:
      if (actor.person == entry.opener()) return std::nullopt;
      return Rejected{Reason::kRoleRequired, ""};
    case Who::kSearcher:
      if (actor.HasAny({Role::kHeadteacher, Role::kSafeguardingLead})) return std::nullopt;
      return Rejected{Reason::kPhoneExamined, ""};
    case Who::kRegistrar:
      return MayRegisterDevices(actor);
  }
  return Rejected{Reason::kRoleRequired, ""};
}

bool MovesOn(BodyCase event) {
  return std::any_of(std::begin(kSteps), std::end(kSteps), [event](const Step& step) {
    return step.event == event && step.to.has_value();
  });
}

// Whether the same person has recorded just this, and nothing has overtaken it.
bool IsSoAlready(const Entry& entry, const Proposal& proposal) {
  // Several parents are linked to a child.
  if (proposal.event.has_parent_linked()) {
    return IsParent(entry, proposal.event.parent_linked().parent_id());
  }
  if (proposal.event.has_parent_unlinked()) {
    return WasParent(entry, proposal.event.parent_unlinked().parent_id());
  }
  for (auto happened = entry.history.rbegin(); happened != entry.history.rend(); ++happened) {
    const BodyCase kind = happened->event.body_case();
    if (kind == proposal.event.body_case()) {
      return happened->actor == proposal.by.actor.person &&
             happened->event.SerializeAsString() == proposal.event.SerializeAsString();
    }
    if (MovesOn(kind)) return false;
  }
  return false;
}

Reason ReasonNotFrom(const Step& step, Stage stage) {
  if (step.from == kNew) return Reason::kRegisterEntryStands;
  if (step.reg == Register::kJustifications && stage == Stage::kAsked) {
    return Reason::kJustificationNotReviewed;
  }
  if (step.from == kAsked) return Reason::kRegisterEntryNotAsked;
  return Reason::kRegisterEntryNotInForce;
}

// Whether the entry has no room for another such step. What somebody decides, why a phone or
// a picture was looked into (P33, P35), and what ends an entry is always taken; and a child has one
// entry of photo consents, in the place of which there is no other.
bool IsFullFor(const Step& step, const Entry& entry) {
  return entry.history.size() >= kStepsMax && step.who != Who::kDecider &&
         step.who != Who::kSearcher && step.to != Stage::kEnded &&
         step.reg != Register::kPhotoConsents;
}

// The clause that demands what the request has to say.
absl::string_view ClauseOf(const Step& step, const Entry& entry, const RegisterEvent& event) {
  if (step.reg != Register::kPermissions) return step.clause;
  const events::PermissionRequested& request =
      entry.history.empty() ? event.permission_requested()
                            : entry.history.front().event.permission_requested();
  const PermissionRules* const rules = FindPermissionKind(request.kind());
  return rules == nullptr ? "" : rules->clause;
}

}  // namespace

absl::Span<const Step> Steps() { return kSteps; }

const Step* FindStep(BodyCase event, Stage stage) {
  const auto* const found = std::find_if(
      std::begin(kSteps), std::end(kSteps),
      [&](const Step& step) { return step.event == event && (step.from & Bit(stage)) != 0; });
  return found == std::end(kSteps) ? nullptr : found;
}

RegisterDecision Decide(const Entry& entry, const Proposal& asked) {
  const auto* const step = std::find_if(std::begin(kSteps), std::end(kSteps), [&](const Step& one) {
    return one.event == asked.event.body_case();
  });
  if (step == std::end(kSteps)) return Rejected{Reason::kFieldMissing, "event"};
  if (Refusal refusal = MayAct(*step, entry, asked.by.actor)) return *std::move(refusal);
  Proposal proposal = asked;
  step->complete(entry, proposal.by, proposal.event);
  if (Refusal refusal = kernel::DemandedBy(ClauseOf(*step, entry, proposal.event),
                                           step->whole(entry, proposal))) {
    return *std::move(refusal);
  }
  if (IsSoAlready(entry, proposal)) return std::vector<RegisterEvent>();
  if (FindStep(step->event, entry.stage) == nullptr) {
    // What waits for a decision may still come to this stage: what the policy asks
    // for until then is said first.
    if (entry.stage == Stage::kAsked) {
      if (Refusal refusal = step->gate(entry, proposal)) return *std::move(refusal);
    }
    return Rejected{ReasonNotFrom(*step, entry.stage), ""};
  }
  if (IsFullFor(*step, entry)) return Rejected{Reason::kRegisterEntryFull, ""};
  if (Refusal refusal = step->gate(entry, proposal)) return *std::move(refusal);
  return std::vector<RegisterEvent>{std::move(proposal.event)};
}

}  // namespace wardbook::registers
