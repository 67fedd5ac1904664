#include "services/registers/register_service.h"

#include <set>
#include <utility>
#include <vector>

#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::registers {
namespace {

using kernel::Reason;
using kernel::Role;
using runtime::Call;
using runtime::Finish;
using runtime::Refuse;

// The entry that a request is about: the one it names, or a new one.
template <class Request>
absl::StatusOr<EntryRef> RefOf(const Request& request, Register reg,
                               const events::RegisterEvent& event) {
  std::optional<EntryRef> ref;
  if constexpr (requires { request.entry_id(); }) {
    ref = ParseEntryRef(reg, request.entry_id());
    if (!ref.has_value()) return Refuse(Reason::kNoSuchRegisterEntry, "entry_id");
  } else if (reg == Register::kDevices) {
    const std::string& tag = event.school_device_registered().asset_tag();
    ref = ParseEntryRef(reg, tag);
    if (!ref.has_value()) {
      return Refuse(tag.empty() ? Reason::kFieldMissing : Reason::kFieldInvalid, "asset_tag");
    }
  } else {
    ref = EntryRef{reg, crypto::RandomId<PersonId>().Hex()};
  }
  return *std::move(ref);
}

wardbook::v1::EntryStage StageAt(const Entry& entry, absl::Time now) {
  switch (entry.stage) {
    case Stage::kNone:
      return wardbook::v1::ENTRY_STAGE_UNSPECIFIED;
    case Stage::kAsked:
      return wardbook::v1::ENTRY_STAGE_ASKED;
    case Stage::kEnded:
      return wardbook::v1::ENTRY_STAGE_ENDED;
    case Stage::kInForce:
      break;
  }
  const std::vector<Term> terms = TermsOf(entry);
  if (terms.empty() || terms.back().Contains(now)) return wardbook::v1::ENTRY_STAGE_IN_FORCE;
  return now < terms.back().from ? wardbook::v1::ENTRY_STAGE_AHEAD
                                 : wardbook::v1::ENTRY_STAGE_EXPIRED;
}

// The school day on which the phone of the entry came.
SchoolDay SchoolDayOf(const Entry& held, const rulepack::RulePacks& rules) {
  const rulepack::WorkingCalendar& calendar = rules.calendar();
  const absl::Time taken = kernel::TimeOf(held.history.front().event.phone_taken_in().taken_time());
  const absl::CivilMinute home =
      absl::ToCivilMinute(rules.HomeTimeOf(calendar.DayOf(taken)), calendar.zone());
  return {calendar.zone(), home.hour(), home.minute()};
}

// Whoever handles phones and photographs has to know about them; of all else
// people learn what is theirs, and those responsible what is anybody's.
bool MayAskAbout(events::PermissionKind kind, const PersonId& person, const kernel::Actor& actor) {
  if (actor.person == person) return true;
  if (kind == events::PERMISSION_KIND_PHOTO || kind == events::PERMISSION_KIND_CHILD_PHONE_KEPT) {
    return IsOfSchool(actor);
  }
  return actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead,
                       Role::kChairOfGovernors});
}

// Why a phone was looked into may name a colleague of whoever reads the list: it is
// for those who may look into one, and for who wrote it.
bool MayReadGround(const Happened& examined, const kernel::Actor& actor) {
  return examined.actor == actor.person ||
         actor.HasAny({Role::kHeadteacher, Role::kSafeguardingLead});
}

// The event as the caller may see it.
events::RegisterEvent ShownTo(const kernel::Actor& actor, const Happened& happened) {
  events::RegisterEvent shown = happened.event;
  if (shown.has_phone_examined() && !MayReadGround(happened, actor)) {
    shown.mutable_phone_examined()->clear_reasons();
  }
  return shown;
}

}  // namespace

template <class Request, class Response, class Fill>
grpc::ServerUnaryReactor* RegisterService::Take(grpc::CallbackServerContext* context,
                                                const Request* request, Response* response,
                                                Register reg, Fill fill,
                                                std::source_location handler) {
  return parts_.rpc.UnaryOnWorker(
      context,
      [=, this](const Call& call, Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        Proposal proposal{{call.caller.actor, call.now}, {}, {}};
        fill(*request, proposal.event);
        const absl::StatusOr<EntryRef> ref = RefOf(*request, reg, proposal.event);
        if (!ref.ok()) return finish(ref.status());
        absl::StatusOr<runtime::CommandFrame> frame =
            parts_.rpc.Frame(call, *request, ref->Stream());
        if (!frame.ok()) return finish(frame.status());
        const absl::Status known = CheckPeople(call, *ref, proposal.event);
        if (!known.ok()) return finish(known);
        absl::StatusOr<Context> read = ReadContext(call, *ref, proposal.event);
        if (!read.ok()) return finish(read.status());
        proposal.context = *std::move(read);
        parts_.entries.Run(
            *std::move(frame),
            [proposal = std::move(proposal)](const Entry& entry) {
              return Decide(entry, proposal);
            },
            [reg, response, finish = std::move(finish)](auto outcome) mutable {
              if (!outcome.ok()) return finish(outcome.status());
              // A request that came before has an entry of its own.
              const std::optional<EntryRef> recorded = EntryOfStream(reg, outcome->stream);
              if (!recorded.has_value()) {
                return finish(absl::DataLossError("the stream of an entry has no id"));
              }
              response->set_entry_id(recorded->id);
              response->set_revision(outcome->revision);
              *response->mutable_receipt() = std::move(outcome->receipt);
              finish(absl::OkStatus());
            });
      },
      handler);
}

absl::Status RegisterService::CheckPeople(const Call& call, const EntryRef& ref,
                                          const events::RegisterEvent& event) const {
  // Others are refused anyway, and learn of nobody.
  if (!IsOfSchool(call.caller.actor)) return absl::OkStatus();
  std::vector<NamedPerson> people = PeopleNamedIn(event);
  if (ref.reg == Register::kPhotoConsents) {
    people.push_back({"entry_id", PersonId::FromHex(ref.id).value_or(PersonId()).Bytes()});
  }
  for (const NamedPerson& person : people) {
    const std::optional<PersonId> id = PersonId::FromBytes(person.id);
    if (!id.has_value()) continue;
    if (!parts_.directory.Find(call.caller.school, *id, call.now).has_value()) {
      return Refuse(Reason::kNoSuchPerson, person.field);
    }
  }
  return absl::OkStatus();
}

events::PersonCategory RegisterService::CategoryOf(const Call& call,
                                                   const std::optional<PersonId>& person) const {
  if (!person.has_value()) return events::PERSON_CATEGORY_UNSPECIFIED;
  const auto entry = parts_.directory.Find(call.caller.school, *person, call.now);
  return entry.has_value() ? entry->category : events::PERSON_CATEGORY_UNSPECIFIED;
}

absl::StatusOr<Entry> RegisterService::Load(const Call& call, const EntryRef& ref) const {
  WARDBOOK_ASSIGN_OR_RETURN(const auto snapshot,
                            parts_.entries.Load(call.caller.school, ref.Stream()));
  return snapshot->state;
}

absl::StatusOr<Context> RegisterService::ReadContext(const Call& call, const EntryRef& ref,
                                                     const events::RegisterEvent& event) const {
  Context context;
  if (event.has_phone_returned()) {
    WARDBOOK_ASSIGN_OR_RETURN(const Entry held, Load(call, ref));
    if (!held.history.empty()) context.day = SchoolDayOf(held, parts_.rules);
  }
  if (event.has_parent_linked()) {
    context.link = Link{CategoryOf(call, PersonId::FromHex(ref.id)),
                        CategoryOf(call, PersonId::FromBytes(event.parent_linked().parent_id()))};
  }
  if (const auto id = PersonId::FromBytes(event.phone_taken_in().permission_id())) {
    WARDBOOK_ASSIGN_OR_RETURN(context.permission, Load(call, {Register::kPermissions, id->Hex()}));
  }
  events::ImageCaptured capture = event.image_captured();
  if (event.has_image_shared()) {
    WARDBOOK_ASSIGN_OR_RETURN(const Entry captured, Load(call, ref));
    if (!captured.history.empty()) capture = captured.history.front().event.image_captured();
  }
  if (const auto device = ParseEntryRef(Register::kDevices, capture.asset_tag())) {
    WARDBOOK_ASSIGN_OR_RETURN(context.device, Load(call, *device));
  }
  for (const std::string& bytes : capture.child_ids()) {
    const std::optional<PersonId> child = PersonId::FromBytes(bytes);
    if (!child.has_value()) continue;
    WARDBOOK_ASSIGN_OR_RETURN(context.consents[*child],
                              Load(call, {Register::kPhotoConsents, child->Hex()}));
  }
  return context;
}

grpc::ServerUnaryReactor* RegisterService::RequestPermission(
    grpc::CallbackServerContext* context, const wardbook::v1::RequestPermissionRequest* request,
    wardbook::v1::RequestPermissionResponse* response) {
  return Take(context, request, response, Register::kPermissions,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_permission_requested() = asked.permission();
              });
}

grpc::ServerUnaryReactor* RegisterService::GrantPermission(
    grpc::CallbackServerContext* context, const wardbook::v1::GrantPermissionRequest* request,
    wardbook::v1::GrantPermissionResponse* response) {
  return Take(context, request, response, Register::kPermissions,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_permission_granted() = asked.grant();
              });
}

grpc::ServerUnaryReactor* RegisterService::RefusePermission(
    grpc::CallbackServerContext* context, const wardbook::v1::RefusePermissionRequest* request,
    wardbook::v1::RefusePermissionResponse* response) {
  return Take(context, request, response, Register::kPermissions,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_permission_refused() = asked.refusal();
              });
}

grpc::ServerUnaryReactor* RegisterService::RevokePermission(
    grpc::CallbackServerContext* context, const wardbook::v1::RevokePermissionRequest* request,
    wardbook::v1::RevokePermissionResponse* response) {
  return Take(context, request, response, Register::kPermissions,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_permission_revoked() = asked.revocation();
              });
}

grpc::ServerUnaryReactor* RegisterService::SubmitJustification(
    grpc::CallbackServerContext* context, const wardbook::v1::SubmitJustificationRequest* request,
    wardbook::v1::SubmitJustificationResponse* response) {
  return Take(context, request, response, Register::kJustifications,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_justification_submitted() = asked.justification();
              });
}

grpc::ServerUnaryReactor* RegisterService::ReviewJustification(
    grpc::CallbackServerContext* context, const wardbook::v1::ReviewJustificationRequest* request,
    wardbook::v1::ReviewJustificationResponse* response) {
  return Take(context, request, response, Register::kJustifications,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_justification_reviewed() = asked.review();
              });
}

grpc::ServerUnaryReactor* RegisterService::DecideJustificationAdvice(
    grpc::CallbackServerContext* context,
    const wardbook::v1::DecideJustificationAdviceRequest* request,
    wardbook::v1::DecideJustificationAdviceResponse* response) {
  return Take(context, request, response, Register::kJustifications,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_justification_advice_decided() = asked.decision();
              });
}

grpc::ServerUnaryReactor* RegisterService::RecordJustificationAdvice(
    grpc::CallbackServerContext* context,
    const wardbook::v1::RecordJustificationAdviceRequest* request,
    wardbook::v1::RecordJustificationAdviceResponse* response) {
  return Take(context, request, response, Register::kJustifications,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_justification_advice_received() = asked.advice();
              });
}

grpc::ServerUnaryReactor* RegisterService::CloseJustification(
    grpc::CallbackServerContext* context, const wardbook::v1::CloseJustificationRequest* request,
    wardbook::v1::CloseJustificationResponse* response) {
  return Take(context, request, response, Register::kJustifications,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_justification_closed() = asked.closing();
              });
}

grpc::ServerUnaryReactor* RegisterService::DeclareSocialContact(
    grpc::CallbackServerContext* context, const wardbook::v1::DeclareSocialContactRequest* request,
    wardbook::v1::DeclareSocialContactResponse* response) {
  return Take(context, request, response, Register::kSocialContacts,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_social_contact_declared() = asked.contact();
              });
}

grpc::ServerUnaryReactor* RegisterService::AcknowledgeSocialContact(
    grpc::CallbackServerContext* context,
    const wardbook::v1::AcknowledgeSocialContactRequest* request,
    wardbook::v1::AcknowledgeSocialContactResponse* response) {
  return Take(context, request, response, Register::kSocialContacts,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_social_contact_acknowledged() = asked.acknowledgement();
              });
}

grpc::ServerUnaryReactor* RegisterService::UpdateSocialContact(
    grpc::CallbackServerContext* context, const wardbook::v1::UpdateSocialContactRequest* request,
    wardbook::v1::UpdateSocialContactResponse* response) {
  return Take(context, request, response, Register::kSocialContacts,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_social_contact_updated() = asked.update();
              });
}

grpc::ServerUnaryReactor* RegisterService::EndSocialContact(
    grpc::CallbackServerContext* context, const wardbook::v1::EndSocialContactRequest* request,
    wardbook::v1::EndSocialContactResponse* response) {
  return Take(context, request, response, Register::kSocialContacts,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_social_contact_ended() = asked.ending();
              });
}

grpc::ServerUnaryReactor* RegisterService::TakeInPhone(
    grpc::CallbackServerContext* context, const wardbook::v1::TakeInPhoneRequest* request,
    wardbook::v1::TakeInPhoneResponse* response) {
  return Take(context, request, response, Register::kPhones,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_phone_taken_in() = asked.phone();
              });
}

grpc::ServerUnaryReactor* RegisterService::RecordParentsMadeAware(
    grpc::CallbackServerContext* context,
    const wardbook::v1::RecordParentsMadeAwareRequest* request,
    wardbook::v1::RecordParentsMadeAwareResponse* response) {
  return Take(context, request, response, Register::kPhones,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_parents_made_aware() = asked.telling();
              });
}

grpc::ServerUnaryReactor* RegisterService::RecordPhoneExamined(
    grpc::CallbackServerContext* context, const wardbook::v1::RecordPhoneExaminedRequest* request,
    wardbook::v1::RecordPhoneExaminedResponse* response) {
  return Take(context, request, response, Register::kPhones,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_phone_examined() = asked.examination();
              });
}

grpc::ServerUnaryReactor* RegisterService::ReturnPhone(
    grpc::CallbackServerContext* context, const wardbook::v1::ReturnPhoneRequest* request,
    wardbook::v1::ReturnPhoneResponse* response) {
  return Take(context, request, response, Register::kPhones,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_phone_returned() = asked.handover();
              });
}

grpc::ServerUnaryReactor* RegisterService::LogVisitPhoneUse(
    grpc::CallbackServerContext* context, const wardbook::v1::LogVisitPhoneUseRequest* request,
    wardbook::v1::LogVisitPhoneUseResponse* response) {
  return Take(context, request, response, Register::kVisitUses,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_visit_phone_use_logged() = asked.use();
              });
}

grpc::ServerUnaryReactor* RegisterService::LinkParent(
    grpc::CallbackServerContext* context, const wardbook::v1::LinkParentRequest* request,
    wardbook::v1::LinkParentResponse* response) {
  return Take(context, request, response, Register::kPhotoConsents,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_parent_linked() = asked.parent();
              });
}

grpc::ServerUnaryReactor* RegisterService::UnlinkParent(
    grpc::CallbackServerContext* context, const wardbook::v1::UnlinkParentRequest* request,
    wardbook::v1::UnlinkParentResponse* response) {
  return Take(context, request, response, Register::kPhotoConsents,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_parent_unlinked() = asked.unlinking();
              });
}

grpc::ServerUnaryReactor* RegisterService::GivePhotoConsent(
    grpc::CallbackServerContext* context, const wardbook::v1::GivePhotoConsentRequest* request,
    wardbook::v1::GivePhotoConsentResponse* response) {
  return Take(context, request, response, Register::kPhotoConsents,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_photo_consent_given() = asked.consent();
              });
}

grpc::ServerUnaryReactor* RegisterService::RefusePhotoConsent(
    grpc::CallbackServerContext* context, const wardbook::v1::RefusePhotoConsentRequest* request,
    wardbook::v1::RefusePhotoConsentResponse* response) {
  return Take(context, request, response, Register::kPhotoConsents,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_photo_consent_refused() = asked.refusal();
              });
}

grpc::ServerUnaryReactor* RegisterService::WithdrawPhotoConsent(
    grpc::CallbackServerContext* context, const wardbook::v1::WithdrawPhotoConsentRequest* request,
    wardbook::v1::WithdrawPhotoConsentResponse* response) {
  return Take(context, request, response, Register::kPhotoConsents,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_photo_consent_withdrawn() = asked.withdrawal();
              });
}

grpc::ServerUnaryReactor* RegisterService::RegisterSchoolDevice(
    grpc::CallbackServerContext* context, const wardbook::v1::RegisterSchoolDeviceRequest* request,
    wardbook::v1::RegisterSchoolDeviceResponse* response) {
  return Take(context, request, response, Register::kDevices,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_school_device_registered() = asked.device();
              });
}

grpc::ServerUnaryReactor* RegisterService::RetireSchoolDevice(
    grpc::CallbackServerContext* context, const wardbook::v1::RetireSchoolDeviceRequest* request,
    wardbook::v1::RetireSchoolDeviceResponse* response) {
  return Take(context, request, response, Register::kDevices,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_school_device_retired() = asked.retirement();
              });
}

grpc::ServerUnaryReactor* RegisterService::RecordCapture(
    grpc::CallbackServerContext* context, const wardbook::v1::RecordCaptureRequest* request,
    wardbook::v1::RecordCaptureResponse* response) {
  return Take(context, request, response, Register::kCaptures,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_image_captured() = asked.capture();
              });
}

grpc::ServerUnaryReactor* RegisterService::StoreCapture(
    grpc::CallbackServerContext* context, const wardbook::v1::StoreCaptureRequest* request,
    wardbook::v1::StoreCaptureResponse* response) {
  return Take(context, request, response, Register::kCaptures,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_image_stored() = asked.storing();
              });
}

grpc::ServerUnaryReactor* RegisterService::ShareCapture(
    grpc::CallbackServerContext* context, const wardbook::v1::ShareCaptureRequest* request,
    wardbook::v1::ShareCaptureResponse* response) {
  return Take(context, request, response, Register::kCaptures,
              [](const auto& asked, events::RegisterEvent& event) {
                *event.mutable_image_shared() = asked.sharing();
              });
}

grpc::ServerUnaryReactor* RegisterService::ListEntries(
    grpc::CallbackServerContext* context, const wardbook::v1::ListEntriesRequest* request,
    wardbook::v1::ListEntriesResponse* response) {
  return parts_.rpc.UnaryOnWorker(context, [=, this](const Call& call, Finish finish) {
    finish(ReadPage(call, *request, response));
  });
}

grpc::ServerUnaryReactor* RegisterService::GetEntry(grpc::CallbackServerContext* context,
                                                    const wardbook::v1::GetEntryRequest* request,
                                                    wardbook::v1::GetEntryResponse* response) {
  return parts_.rpc.UnaryOnWorker(context, [=, this](const Call& call, Finish finish) {
    finish(ReadEntry(call, *request, response));
  });
}

grpc::ServerUnaryReactor* RegisterService::CheckPermission(
    grpc::CallbackServerContext* context, const wardbook::v1::CheckPermissionRequest* request,
    wardbook::v1::CheckPermissionResponse* response) {
  return parts_.rpc.UnaryOnWorker(context, [=, this](const Call& call, Finish finish) {
    finish(Check(call, *request, response));
  });
}

absl::StatusOr<wardbook::v1::RegisterEntry> RegisterService::ToWire(const Call& call,
                                                                    const EntryRef& ref,
                                                                    const Entry& entry) const {
  wardbook::v1::RegisterEntry wire;
  wire.set_in_register(NamesOf(ref.reg).wire);
  wire.set_entry_id(ref.id);
  wire.set_stage(StageAt(entry, call.now));
  std::set<PersonId> people;
  const auto name = [&people](const std::optional<PersonId>& person) {
    if (person.has_value()) people.insert(*person);
  };
  for (const Happened& happened : entry.history) {
    wardbook::v1::EntryStep& step = *wire.add_steps();
    *step.mutable_event() = ShownTo(call.caller.actor, happened);
    step.set_actor_id(happened.actor.Hex());
    *step.mutable_recorded_time() = kernel::TimestampOf(happened.time);
    name(happened.actor);
    for (const NamedPerson& person : PeopleNamedIn(happened.event)) {
      name(PersonId::FromBytes(person.id));
    }
  }
  if (ref.reg == Register::kPhotoConsents) name(PersonId::FromHex(ref.id));
  for (const PersonId& id : people) {
    const auto person = parts_.directory.Find(call.caller.school, id, call.now);
    if (!person.has_value()) continue;
    wardbook::v1::NamedPerson& named = *wire.add_people();
    named.set_person_id(id.Hex());
    named.set_name(person->name);
  }
  const bool counts_phones = ref.reg == Register::kPhones &&
                             call.caller.actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership,
                                                       Role::kSafeguardingLead});
  if (const std::optional<PersonId> child = PersonOf(entry); counts_phones && child.has_value()) {
    WARDBOOK_ASSIGN_OR_RETURN(const int32_t brought, parts_.listing.CountBrought(call, *child));
    wire.set_times_brought(brought);
  }
  return wire;
}

absl::Status RegisterService::ReadPage(const Call& call,
                                       const wardbook::v1::ListEntriesRequest& request,
                                       wardbook::v1::ListEntriesResponse* response) const {
  const std::optional<Register> reg = RegisterFromWire(request.in_register());
  if (!reg.has_value()) return Refuse(Reason::kFieldInvalid, "in_register");
  WARDBOOK_ASSIGN_OR_RETURN(EntryPage page, parts_.listing.List(call, *reg, request));
  for (const ListedEntry& listed : page.entries) {
    WARDBOOK_ASSIGN_OR_RETURN(*response->add_entries(), ToWire(call, listed.ref, listed.entry));
  }
  response->set_next_page_token(std::move(page.next_token));
  return absl::OkStatus();
}

absl::Status RegisterService::ReadEntry(const Call& call,
                                        const wardbook::v1::GetEntryRequest& request,
                                        wardbook::v1::GetEntryResponse* response) const {
  const std::optional<Register> reg = RegisterFromWire(request.in_register());
  if (!reg.has_value()) return Refuse(Reason::kFieldInvalid, "in_register");
  const std::optional<EntryRef> ref = ParseEntryRef(*reg, request.entry_id());
  if (!ref.has_value()) return Refuse(Reason::kNoSuchRegisterEntry, "entry_id");
  WARDBOOK_ASSIGN_OR_RETURN(const Entry entry, Load(call, *ref));
  if (!Sees(*reg, entry, call.caller.actor)) {
    return Refuse(Reason::kNoSuchRegisterEntry, "entry_id");
  }
  WARDBOOK_ASSIGN_OR_RETURN(*response->mutable_entry(), ToWire(call, *ref, entry));
  return absl::OkStatus();
}

absl::Status RegisterService::Check(const Call& call,
                                    const wardbook::v1::CheckPermissionRequest& request,
                                    wardbook::v1::CheckPermissionResponse* response) const {
  if (request.kind() == events::PERMISSION_KIND_UNSPECIFIED) {
    return Refuse(Reason::kFieldMissing, "kind");
  }
  if (!events::PermissionKind_IsValid(request.kind())) {
    return Refuse(Reason::kFieldInvalid, "kind");
  }
  const std::optional<PersonId> person = PersonId::FromHex(request.person_id());
  if (!person.has_value()) return Refuse(Reason::kNoSuchPerson, "person_id");
  if (!MayAskAbout(request.kind(), *person, call.caller.actor)) {
    return Refuse(Reason::kRoleRequired);
  }
  kernel::Period period =
      kernel::MomentOf(request.has_time() ? kernel::TimeOf(request.time()) : call.now);
  if (request.has_until_time()) {
    period.until = kernel::TimeOf(request.until_time());
    if (period.until <= period.from) return Refuse(Reason::kFieldInvalid, "until_time");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<runtime::PermissionInForce> found,
                            parts_.listing.InForceWithin(call.caller.school, request.kind(),
                                                         *person, period, call.seen_position));
  response->set_in_force(found.has_value());
  if (!found.has_value()) return absl::OkStatus();
  response->set_entry_id(found->entry_id);
  *response->mutable_from_time() = kernel::TimestampOf(found->from);
  if (found->until != absl::InfiniteFuture()) {
    *response->mutable_until_time() = kernel::TimestampOf(found->until);
  }
  return absl::OkStatus();
}

}  // namespace wardbook::registers
