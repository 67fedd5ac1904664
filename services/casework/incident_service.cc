#include "services/casework/incident_service.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "services/casework/case_summary.h"
#include "services/casework/consultation.h"
#include "services/casework/domain/routing.h"
#include "services/kernel/reason.h"
#include "services/rulepack/day.h"
#include "services/runtime/refusal.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

// References have 35 random bits, so that even one collision is rare.
constexpr int kFreshReferenceAttemptsMax = 8;

// A reference that no case of the school has.
absl::StatusOr<kernel::CaseRef> FreshReference(const storage::EventLog& log,
                                               const SchoolId& school) {
  for (int attempt = 0; attempt < kFreshReferenceAttemptsMax; ++attempt) {
    uint64_t bits = 0;
    crypto::FillRandom(&bits, sizeof(bits));
    kernel::CaseRef ref = kernel::CaseRef::FromBits(bits);
    WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, log.StreamHead(school, ref.Stream()));
    if (head == 0) return ref;
  }
  return absl::InternalError("no case reference is free");
}

// Looks up in the register what the rules of reporting need to know of it.
absl::Status ConsultRegister(const CaseworkParts& parts, const runtime::Call& call,
                             ReportIncident& command) {
  const runtime::Directory& directory = parts.directory;
  const SchoolId& school = call.caller.school;
  for (wardbook::events::v1::Party& party : command.parties) {
    if (party.person_id().empty()) continue;
    const std::optional<PersonId> id = PersonId::FromBytes(party.person_id());
    std::optional<runtime::PersonEntry> person;
    if (id.has_value()) person = directory.Find(school, *id, command.by.now);
    if (!person.has_value()) return runtime::Refuse(kernel::Reason::kNoSuchPerson, "parties");
    // The record must say who it was when the register no longer does.
    if (party.name().empty()) party.set_name(person->name);
    party.set_category(CategoryOf(party.category(), person->category));
  }
  command.school = SchoolOf(parts, call);
  const std::optional<runtime::PersonEntry> reporter =
      directory.Find(school, command.by.actor.person, command.by.now);
  if (reporter.has_value()) command.line_manager = reporter->line_manager;
  return absl::OkStatus();
}

// What was in force on the day of `date`; nothing for a date that there is not,
// which the rules of reporting refuse.
wardbook::events::v1::DecidedUnder InForceOn(const CaseworkParts& parts, const SchoolId& school,
                                             const std::string& date) {
  const std::optional<absl::CivilDay> day = rulepack::ParseDay(date);
  if (!day.has_value()) return wardbook::events::v1::DecidedUnder();
  return InForceAt(parts, school, parts.rules.calendar().StartOf(*day));
}

absl::StatusOr<ReportIncident> ReadReport(const CaseworkParts& parts, const runtime::Call& call,
                                          const v1::ReportIncidentRequest& request) {
  ReportIncident command;
  command.by = By{call.caller.actor, call.now};
  command.kind = request.kind();
  command.what_happened = request.what_happened();
  command.happened_at = request.happened_at();
  if (request.has_place()) command.place = request.place();
  command.parties.assign(request.parties().begin(), request.parties().end());
  command.wishes = request.wishes();
  command.wishes_not_given = request.wishes_not_given();
  command.indecent_image_answer = request.indecent_image_answer();
  command.to_line_manager = request.to_line_manager();
  command.to_senior_leadership = request.to_senior_leadership();
  command.about_headteacher = request.about_headteacher();
  for (const int clause : request.breached_clauses()) {
    command.breached_clauses.push_back(static_cast<wardbook::events::v1::BreachClause>(clause));
  }
  command.in_force_when_happened =
      InForceOn(parts, call.caller.school, request.happened_at().date());
  WARDBOOK_RETURN_IF_ERROR(ConsultRegister(parts, call, command));
  return command;
}

// From what was recorded, so that a report sent twice is answered twice alike.
void FillReport(const CaseOutcome& outcome, const PersonId& reporter,
                v1::ReportIncidentResponse& response) {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::OfStream(outcome.stream);
  WARDBOOK_ASSERT(ref.has_value());
  CaseState state;
  for (const auto& event : outcome.events) {
    Evolve(state, event,
           Fact{.actor = reporter,
                .recorded_time = absl::InfinitePast(),
                .revision = state.revision + 1,
                .position = 0});
  }
  response.set_case_ref(ref->text());
  response.set_route(state.route);
  response.set_next_step(NextStepOf(state));
  response.set_revision(outcome.revision);
}

absl::StatusOr<AcknowledgeReceipt> ReadAcknowledgeReceipt(
    const v1::AcknowledgeReceiptRequest& request, By by) {
  return AcknowledgeReceipt{.by = std::move(by),
                            .message_to_reporter = request.message_to_reporter()};
}

absl::StatusOr<UpdateWishes> ReadUpdateWishes(const v1::UpdateWishesRequest& request, By by) {
  return UpdateWishes{.by = std::move(by),
                      .wishes = request.wishes(),
                      .wishes_not_given = request.wishes_not_given(),
                      .conveyed_how = request.conveyed_how()};
}

// Of what was recorded, so that a request sent twice is answered twice alike; of
// the case where the same wishes stood already.
void FillWishesVersion(const CaseOutcome& outcome, const CaseCard* card,
                       v1::UpdateWishesResponse& response) {
  if (!outcome.events.empty()) {
    response.set_wishes_version(outcome.events.front().wishes_updated().wishes_version());
  } else if (card != nullptr) {
    response.set_wishes_version(card->state.wishes_version);
  }
}

}  // namespace

grpc::ServerUnaryReactor* IncidentService::ReportIncident(grpc::CallbackServerContext* context,
                                                          const v1::ReportIncidentRequest* request,
                                                          v1::ReportIncidentResponse* response) {
  return parts_.rpc.UnaryOnWorker(context, [this, request, response](const runtime::Call& call,
                                                                     runtime::Finish finish) {
    finish = runtime::FinishFor(*request, std::move(finish));
    const absl::StatusOr<kernel::CaseRef> ref = FreshReference(parts_.log, call.caller.school);
    if (!ref.ok()) return finish(ref.status());
    absl::StatusOr<runtime::CommandFrame> frame = parts_.rpc.Frame(call, *request, ref->Stream());
    if (!frame.ok()) return finish(frame.status());
    absl::StatusOr<casework::ReportIncident> command = ReadReport(parts_, call, *request);
    if (!command.ok()) return finish(command.status());
    command->head_absence = HeadAbsenceOf(parts_, call);
    commands_.Begin(*std::move(frame), *std::move(command),
                    [response, reporter = call.caller.actor.person,
                     finish = std::move(finish)](absl::StatusOr<CaseOutcome> outcome) mutable {
                      if (!outcome.ok()) return finish(outcome.status());
                      FillReport(*outcome, reporter, *response);
                      *response->mutable_receipt() = std::move(outcome->receipt);
                      finish(absl::OkStatus());
                    });
  });
}

grpc::ServerUnaryReactor* IncidentService::AcknowledgeReceipt(
    grpc::CallbackServerContext* context, const v1::AcknowledgeReceiptRequest* request,
    v1::AcknowledgeReceiptResponse* response) {
  return commands_.Take(context, request, response, ReadAcknowledgeReceipt);
}

grpc::ServerUnaryReactor* IncidentService::UpdateWishes(grpc::CallbackServerContext* context,
                                                        const v1::UpdateWishesRequest* request,
                                                        v1::UpdateWishesResponse* response) {
  return commands_.Take(context, request, response, ReadUpdateWishes, FillWishesVersion);
}

}  // namespace wardbook::casework
