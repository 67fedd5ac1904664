// What the tests of the registers are written in: people, events that are whole,
// and entries that events have happened to.

#ifndef SERVICES_REGISTERS_DOMAIN_ENTRY_FOR_TEST_H_
#define SERVICES_REGISTERS_DOMAIN_ENTRY_FOR_TEST_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "services/kernel/actor.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/entry.h"
#include "services/registers/domain/life_cycle.h"
#include "storage/base/ids.h"
#include "tests/testing/appends.h"

namespace wardbook::registers {

using events::RegisterEvent;
using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using ::wardbook::testing::IdOf;

inline const kernel::Actor kTeacher{IdOf<PersonId>(1), {Role::kStaff}};
inline const kernel::Actor kColleague{IdOf<PersonId>(2), {Role::kStaff}};
inline const kernel::Actor kHead{IdOf<PersonId>(3), {Role::kStaff, Role::kHeadteacher}};
inline const kernel::Actor kDeputy{IdOf<PersonId>(4), {Role::kStaff, Role::kSeniorLeadership}};
inline const kernel::Actor kAssistant{IdOf<PersonId>(5), {Role::kStaff, Role::kSeniorLeadership}};
inline const kernel::Actor kLead{IdOf<PersonId>(6), {Role::kStaff, Role::kSafeguardingLead}};
inline const kernel::Actor kChair{IdOf<PersonId>(7), {Role::kChairOfGovernors}};
inline const kernel::Actor kOfficer{IdOf<PersonId>(8), {Role::kSafeguardingOfficer}};
inline const kernel::Actor kAuditor{IdOf<PersonId>(9), {Role::kAuditor}};
inline const kernel::Actor kAdministrator{IdOf<PersonId>(10), {Role::kAdministrator}};
inline const PersonId kChild = IdOf<PersonId>(21);
inline const PersonId kOtherChild = IdOf<PersonId>(22);
inline const PersonId kParent = IdOf<PersonId>(31);
inline const PersonId kOtherParent = IdOf<PersonId>(32);

// Half past ten on a school day, which is before home-time.
inline const absl::Time kNow =
    absl::FromCivil(absl::CivilMinute(2026, 5, 14, 10, 30), absl::UTCTimeZone());
inline const absl::Time kAfterSchool =
    absl::FromCivil(absl::CivilMinute(2026, 5, 14, 15, 15), absl::UTCTimeZone());
inline constexpr absl::Duration kDay = absl::Hours(24);

inline google::protobuf::Timestamp At(absl::Time time) { return kernel::TimestampOf(time); }

// Events as somebody who leaves nothing out asks for them.

inline RegisterEvent Request(events::PermissionKind kind) {
  RegisterEvent event;
  events::PermissionRequested& request = *event.mutable_permission_requested();
  request.set_kind(kind);
  request.set_reason("A class page for the spring play.");
  *request.mutable_from_time() = At(kNow + kDay);
  *request.mutable_until_time() = At(kNow + 8 * kDay);
  if (kind == events::PERMISSION_KIND_WORK_SOCIAL_MEDIA) {
    request.set_purpose(events::USE_PURPOSE_PROFESSIONAL);
    request.set_platform("A video site, account of the school");
    request.set_equipment("Laptop LT-7");
  }
  if (kind == events::PERMISSION_KIND_NAME_AND_LOGO) {
    request.set_where_used("The programme of the play");
    request.set_asset("The logo");
    request.set_audience("Families");
  }
  if (kind == events::PERMISSION_KIND_PHONE_KEPT_ON) {
    request.add_rooms(events::PHONE_ROOM_STAFF_ROOM);
  }
  if (kind == events::PERMISSION_KIND_CHILD_PHONE_KEPT) {
    request.set_child_id(kChild.Bytes());
    request.set_parent_id(kParent.Bytes());
  }
  return event;
}

inline RegisterEvent Grant() {
  RegisterEvent event;
  events::PermissionGranted& grant = *event.mutable_permission_granted();
  grant.set_document_sha256(std::string(32, 'h'));
  *grant.mutable_discussed_time() = At(kNow - absl::Hours(1));
  return event;
}

inline RegisterEvent Refuse() {
  RegisterEvent event;
  event.mutable_permission_refused()->set_reasons("Use the school's page.");
  return event;
}

inline RegisterEvent Revoke() {
  RegisterEvent event;
  event.mutable_permission_revoked()->set_reasons("The play is over.");
  return event;
}

inline RegisterEvent Justify() {
  RegisterEvent event;
  events::JustificationSubmitted& submitted = *event.mutable_justification_submitted();
  submitted.set_action("Kept the phone on in the hall.");
  submitted.set_timing(events::ACTION_TIMING_TAKEN);
  *submitted.mutable_action_time() = At(kNow - kDay);
  submitted.set_clause("P28");
  submitted.set_reasons("The ambulance was to ring back.");
  return event;
}

inline RegisterEvent Review() {
  RegisterEvent event;
  event.mutable_justification_reviewed()->set_finding(events::JUSTIFICATION_FINDING_ACCEPTED);
  event.mutable_justification_reviewed()->set_reasons("There was no other way.");
  return event;
}

inline RegisterEvent DecideAdvice(events::AdviceChoice choice) {
  RegisterEvent event;
  events::JustificationAdviceDecided& decided = *event.mutable_justification_advice_decided();
  decided.set_choice(choice);
  decided.set_reasons("No child was near.");
  if (choice == events::ADVICE_CHOICE_SOUGHT) decided.set_asked_of("The duty desk");
  return event;
}

inline RegisterEvent Advice() {
  RegisterEvent event;
  events::JustificationAdviceReceived& advice = *event.mutable_justification_advice_received();
  advice.set_adviser_name("A. Adviser");
  advice.set_adviser_role("Duty officer");
  advice.set_advice("Nothing more is needed.");
  return event;
}

inline RegisterEvent CloseIt() {
  RegisterEvent event;
  event.mutable_justification_closed()->set_conclusion("Settled.");
  return event;
}

inline RegisterEvent Declare() {
  RegisterEvent event;
  events::SocialContactDeclared& declared = *event.mutable_social_contact_declared();
  declared.set_child_id(kChild.Bytes());
  declared.set_family("The family next door");
  declared.set_nature(events::SOCIAL_CONTACT_NATURE_COMMUNITY);
  declared.set_since("2019");
  return event;
}

inline RegisterEvent Acknowledge() {
  RegisterEvent event;
  event.mutable_social_contact_acknowledged()->set_message("Thank you for telling us.");
  return event;
}

inline RegisterEvent Update() {
  RegisterEvent event;
  event.mutable_social_contact_updated()->set_change("We now share lifts.");
  return event;
}

inline RegisterEvent EndContact() {
  RegisterEvent event;
  event.mutable_social_contact_ended()->set_reasons("They have moved away.");
  return event;
}

inline RegisterEvent TakeIn(events::CustodyGround ground = events::CUSTODY_GROUND_BROUGHT_IN) {
  RegisterEvent event;
  events::PhoneTakenIn& taken = *event.mutable_phone_taken_in();
  taken.set_child_id(kChild.Bytes());
  taken.set_device_description("Black, cracked screen");
  taken.set_ground(ground);
  return event;
}

inline RegisterEvent TellParents() {
  RegisterEvent event;
  event.mutable_parents_made_aware()->set_told("The mother");
  event.mutable_parents_made_aware()->set_how("Telephone");
  return event;
}

inline RegisterEvent Examine() {
  RegisterEvent event;
  event.mutable_phone_examined()->set_reasons("Threats were reported; the power to search.");
  return event;
}

inline RegisterEvent Return() {
  RegisterEvent event;
  event.mutable_phone_returned()->set_returned_to("The mother");
  return event;
}

inline RegisterEvent LogVisitUse() {
  RegisterEvent event;
  events::VisitPhoneUseLogged& use = *event.mutable_visit_phone_use_logged();
  use.set_visit("The museum");
  use.set_use(events::VISIT_USE_EMERGENCY);
  use.set_emergency("A child had an asthma attack.");
  return event;
}

inline RegisterEvent LinkParent(const PersonId& parent = kParent) {
  RegisterEvent event;
  event.mutable_parent_linked()->set_parent_id(parent.Bytes());
  event.mutable_parent_linked()->set_relationship("mother");
  return event;
}

inline RegisterEvent UnlinkParent(const PersonId& parent = kParent) {
  RegisterEvent event;
  event.mutable_parent_unlinked()->set_parent_id(parent.Bytes());
  event.mutable_parent_unlinked()->set_reasons("Entered for the wrong child.");
  return event;
}

inline RegisterEvent GiveConsent(absl::Time time = kNow) {
  RegisterEvent event;
  events::PhotoConsentGiven& given = *event.mutable_photo_consent_given();
  given.set_parent_id(kParent.Bytes());
  given.add_scopes(events::PHOTO_SCOPE_LEARNING);
  given.set_how("The form of September");
  *given.mutable_given_time() = At(time);
  return event;
}

inline RegisterEvent RefuseConsent(absl::Time time = kNow) {
  RegisterEvent event;
  events::PhotoConsentRefused& refused = *event.mutable_photo_consent_refused();
  refused.set_parent_id(kParent.Bytes());
  refused.set_how("The form of September");
  *refused.mutable_refused_time() = At(time);
  return event;
}

inline RegisterEvent WithdrawConsent(absl::Time time = kNow) {
  RegisterEvent event;
  events::PhotoConsentWithdrawn& withdrawn = *event.mutable_photo_consent_withdrawn();
  withdrawn.set_parent_id(kParent.Bytes());
  withdrawn.set_how("A letter");
  *withdrawn.mutable_withdrawn_time() = At(time);
  return event;
}

inline RegisterEvent RegisterDevice() {
  RegisterEvent event;
  event.mutable_school_device_registered()->set_asset_tag("IPAD-014");
  event.mutable_school_device_registered()->set_description("Tablet of year 4");
  return event;
}

inline RegisterEvent Retire() {
  RegisterEvent event;
  event.mutable_school_device_retired()->set_reasons("Broken.");
  return event;
}

inline RegisterEvent Capture() {
  RegisterEvent event;
  events::ImageCaptured& capture = *event.mutable_image_captured();
  capture.set_asset_tag("IPAD-014");
  capture.add_child_ids(kChild.Bytes());
  capture.set_scope(events::PHOTO_SCOPE_LEARNING);
  capture.set_description("Planting beans");
  return event;
}

inline RegisterEvent Store() {
  RegisterEvent event;
  event.mutable_image_stored()->set_storage(events::IMAGE_STORAGE_SCHOOL_COMPUTER);
  event.mutable_image_stored()->set_computer("PC-3");
  return event;
}

inline RegisterEvent Share(const PersonId& recipient = kParent) {
  RegisterEvent event;
  event.mutable_image_shared()->set_recipient_id(recipient.Bytes());
  event.mutable_image_shared()->set_how("Shown at parents' evening");
  return event;
}

// What somebody asks to be recorded, of people whom the register has as a pupil and a
// parent where it is about such.
inline Proposal Asks(const kernel::Actor& actor, RegisterEvent event, absl::Time now = kNow) {
  Context context;
  if (event.has_parent_linked()) {
    context.link = Link{events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_PARENT};
  }
  return {{actor, now}, std::move(event), std::move(context)};
}

inline Proposal With(Proposal proposal, Context context) {
  proposal.context = std::move(context);
  return proposal;
}

// One more event happens to the entry.
inline void Happen(Entry& entry, const Proposal& proposal) {
  const RegisterDecision decision = Decide(entry, proposal);
  const auto* decided = std::get_if<std::vector<RegisterEvent>>(&decision);
  if (decided == nullptr) {
    ADD_FAILURE() << "refused: " << kernel::Describe(std::get<Rejected>(decision).reason).code
                  << " " << std::get<Rejected>(decision).field;
    return;
  }
  for (const RegisterEvent& event : *decided) {
    Evolve(entry, {event, proposal.by.actor.person, proposal.by.now});
  }
}

// The entry after what these people did.
inline Entry After(const std::vector<Proposal>& history) {
  Entry entry;
  for (const Proposal& proposal : history) Happen(entry, proposal);
  return entry;
}

inline std::string Describe(const RegisterDecision& decision) {
  if (const auto* rejected = std::get_if<Rejected>(&decision)) {
    return std::string(kernel::Describe(rejected->reason).code) + " " + rejected->field;
  }
  std::string text = "events:";
  for (const RegisterEvent& event : std::get<0>(decision)) text += " " + event.ShortDebugString();
  return text;
}

MATCHER_P2(Refuses, reason, field, "refuses with the reason") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<Rejected>(&arg);
  return rejected != nullptr && rejected->reason == reason && rejected->field == field;
}

// Of a field that the clause demands.
MATCHER_P3(Refuses, reason, field, clause, "refuses with the reason, for the clause") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<Rejected>(&arg);
  return rejected != nullptr && *rejected == Rejected{reason, field, std::string(clause)};
}

MATCHER_P(Refuses, reason, "refuses with the reason and no field") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<Rejected>(&arg);
  return rejected != nullptr && *rejected == Rejected{reason, ""};
}

MATCHER(AddsNothing, "adds no event and refuses nothing") {
  *result_listener << Describe(arg);
  const auto* decided = std::get_if<std::vector<RegisterEvent>>(&arg);
  return decided != nullptr && decided->empty();
}

// Exactly one event of this kind.
MATCHER_P(Adds, body_case, "adds one event of the kind") {
  *result_listener << Describe(arg);
  const auto* decided = std::get_if<std::vector<RegisterEvent>>(&arg);
  return decided != nullptr && decided->size() == 1 && (*decided)[0].body_case() == body_case;
}

// Whether the catalogue ties the reason to the clause, and says what to do next.
MATCHER_P(NamesClause, clause, "names the clause and a next step") {
  const kernel::ReasonText& text = kernel::Describe(arg);
  *result_listener << text.clauses;
  return text.clauses.find(clause) != absl::string_view::npos && !text.next_step.empty();
}

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_ENTRY_FOR_TEST_H_
