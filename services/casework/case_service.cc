#include "services/casework/case_service.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/casework/case_registers.h"
#include "services/casework/case_summary.h"
#include "services/casework/consultation.h"
#include "services/casework/domain/offered_actions.h"
#include "services/casework/domain/register_check.h"
#include "services/casework/seen_case.h"
#include "services/casework/timeline.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

constexpr int32_t kPageSizeDefault = 100;
constexpr int32_t kPageSizeMax = 200;

absl::StatusOr<TimelineRange> ReadRange(const v1::GetCaseRequest& request, const SeenCase& seen) {
  if (request.page_size() < 0) return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_size");
  TimelineRange range;
  range.entries_max = static_cast<size_t>(
      request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax));
  // The last revision shown, which its reader knows.
  if (!request.page_token().empty() &&
      (!absl::SimpleAtoi(request.page_token(), &range.after_revision) ||
       range.after_revision == 0 || range.after_revision > seen.revision())) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_token");
  }
  return range;
}

// The names because of which somebody does not see the case who would see it without.
// A reporter is told by the register alone: what else keeps somebody from the case is
// not theirs to know.
void AddOpenNames(const SeenCase& seen, const std::vector<RegisteredPerson>& school,
                  v1::CaseFile& file) {
  const CaseState& state = seen.card().state;
  for (const OpenName& open : state.open_names) {
    const auto is_kept = [&](const RegisteredPerson& person) {
      const bool would_see = seen.IsWhole() ? SeesWhole(SightOf(state, {person.id, person.roles}))
                                            : !person.roles.empty();
      return would_see && MayHaveComeUnder(open, state, person.AsActor());
    };
    if (std::any_of(school.begin(), school.end(), is_kept)) file.add_open_names(open.name);
  }
}

// With what the commands take from the register and the rules, where the case comes to
// that.
Asker AskerOf(const CaseworkParts& parts, const runtime::Call& call, const SeenCase& seen, By by) {
  const CaseState& state = seen.card().state;
  Asker asker{.by = std::move(by)};
  // Nothing is recorded that would be made under it.
  asker.by.decided_under.Clear();
  const bool has_other_recipient =
      !state.recipient.IsZero() && state.recipient != asker.by.actor.person;
  if (seen.sight == Sight::kHandler && has_other_recipient) {
    asker.school = SchoolOf(parts, call);
    asker.head_absence = HeadAbsenceOf(parts, call);
  }
  if (AwaitsSettlement(state)) asker.rules = DisagreementRulesFrom(parts.rules, call.now);
  return asker;
}

// What stands above the first page of the timeline.
void AddHeading(const CaseworkParts& parts, const runtime::Call& call, const SeenCase& seen,
                v1::CaseFile& file) {
  const CaseState& state = seen.card().state;
  By by = ByCaller(parts, call);
  if (seen.IsWhole()) {
    *file.mutable_summary() = SummaryOf(seen.ref, seen.card());
    *file.mutable_remaining_steps() = RemainingStepsOf(state);
    if (!Refuses(state, casework::CheckRegisters{by})) {
      for (const auto clause : RegisterClauses(state)) file.add_register_clauses(clause);
    }
  } else {
    *file.mutable_summary() = SummaryOfOwn(seen.ref, seen.card(), call.caller.actor.person);
  }
  if (!state.open_names.empty() && seen.sight != Sight::kOwnEntries) {
    AddOpenNames(seen, SchoolOf(parts, call), file);
  }
  Asker asker = AskerOf(parts, call, seen, std::move(by));
  asker.a_name_is_open = !file.open_names().empty();
  *file.mutable_actions() = ActionsOf(state, asker);
}

// The case as the caller may see it.
absl::StatusOr<v1::GetCaseResponse> ReadCase(const CaseworkParts& parts, const runtime::Call& call,
                                             const SeenCase& seen,
                                             const v1::GetCaseRequest& request) {
  WARDBOOK_ASSIGN_OR_RETURN(const TimelineRange range, ReadRange(request, seen));
  WARDBOOK_ASSIGN_OR_RETURN(TimelinePage page,
                            ReadTimeline(parts, call.caller, seen, range, call.now));
  v1::GetCaseResponse response;
  v1::CaseFile& file = *response.mutable_case_file();
  if (range.after_revision == 0) AddHeading(parts, call, seen, file);
  if (page.more) response.set_next_page_token(absl::StrCat(page.entries.back().revision()));
  for (v1::TimelineEntry& entry : page.entries) *file.add_timeline() = std::move(entry);
  return response;
}

// Who tells the Governing Body (P22).
bool Counts(const kernel::Actor& actor) {
  return actor.HasAny({kernel::Role::kHeadteacher, kernel::Role::kChairOfGovernors});
}

absl::StatusOr<v1::CountCasesResponse> CountFor(const CaseworkParts& parts,
                                                const runtime::Call& call,
                                                const v1::CountCasesRequest& request) {
  if (!Counts(call.caller.actor)) return runtime::Refuse(kernel::Reason::kRoleRequired);
  ReportedWithin reported;
  if (request.has_from_time()) reported.from = kernel::TimeOf(request.from_time());
  if (request.has_until_time()) reported.until = kernel::TimeOf(request.until_time());
  if (reported.from > reported.until) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "until_time");
  }
  std::vector<kernel::Actor> uncounted;
  for (const RegisteredPerson& person : SchoolOf(parts, call)) {
    if (Counts(person.AsActor())) uncounted.push_back(person.AsActor());
  }
  return parts.listing.Counts(call, reported, uncounted);
}

absl::StatusOr<AddNote> ReadAddNote(const v1::AddNoteRequest& request, By by) {
  return AddNote{.by = std::move(by), .text = request.text()};
}

absl::StatusOr<CorrectEntry> ReadCorrectEntry(const v1::CorrectEntryRequest& request, By by) {
  return CorrectEntry{.by = std::move(by),
                      .corrected_revision = request.corrected_revision(),
                      .correction = request.correction(),
                      .reasons = request.reasons()};
}

absl::StatusOr<RecordPoliceDecision> ReadRecordPoliceDecision(
    const v1::RecordPoliceDecisionRequest& request, By by) {
  return RecordPoliceDecision{
      .by = std::move(by),
      .choice = request.choice(),
      .conveyed_how = request.conveyed_how(),
      .statement = request.statement(),
      .childs_view = request.childs_view(),
      .parents_view = request.parents_view(),
      .target = request.target(),
      .decided_at = request.has_decided_at() ? std::optional(request.decided_at()) : std::nullopt};
}

absl::StatusOr<SuspectIndecentImage> ReadSuspectIndecentImage(
    const v1::SuspectIndecentImageRequest& request, By by) {
  return SuspectIndecentImage{
      .by = std::move(by), .answer = request.answer(), .where_found = request.where_found()};
}

absl::StatusOr<RecordPoliceInformed> ReadRecordPoliceInformed(
    const v1::RecordPoliceInformedRequest& request, By by) {
  return RecordPoliceInformed{.by = std::move(by),
                              .informed_at = request.informed_at(),
                              .informed_by = request.informed_by(),
                              .channel = request.channel(),
                              .log_number = request.log_number(),
                              .officer = request.officer()};
}

absl::StatusOr<RecordPreservationStep> ReadRecordPreservationStep(
    const v1::RecordPreservationStepRequest& request, By by) {
  return RecordPreservationStep{.by = std::move(by),
                                .step = request.step(),
                                .kept_in = request.kept_in(),
                                .done_by = request.done_by(),
                                .done_at = request.done_at()};
}

absl::StatusOr<RecordPoliceRelease> ReadRecordPoliceRelease(
    const v1::RecordPoliceReleaseRequest& request, By by) {
  return RecordPoliceRelease{.by = std::move(by),
                             .officer = request.officer(),
                             .reference = request.reference(),
                             .scope = request.scope(),
                             .released_at = request.has_released_at()
                                                ? std::optional(request.released_at())
                                                : std::nullopt};
}

absl::StatusOr<CloseCase> ReadCloseCase(const v1::CloseCaseRequest& request, By by) {
  return CloseCase{.by = std::move(by),
                   .conclusion = request.conclusion(),
                   .wishes_followed = request.wishes_followed(),
                   .reasons = request.reasons()};
}

absl::StatusOr<ReopenCase> ReadReopenCase(const v1::ReopenCaseRequest& request, By by) {
  return ReopenCase{.by = std::move(by), .reasons = request.reasons()};
}

}  // namespace

grpc::ServerUnaryReactor* CaseService::GetCase(grpc::CallbackServerContext* context,
                                               const v1::GetCaseRequest* request,
                                               v1::GetCaseResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<SeenCase> seen =
            FindCase(parts_.cases, parts_.vault, call.caller, request->case_ref());
        if (!seen.ok()) return finish(seen.status());
        absl::StatusOr<v1::GetCaseResponse> shown = ReadCase(parts_, call, *seen, *request);
        if (!shown.ok()) return finish(shown.status());
        wardbook::events::v1::AccessEvent viewed;
        viewed.mutable_case_viewed()->set_case_ref(seen->ref.text());
        viewed.mutable_case_viewed()->set_revision(seen->revision());
        parts_.access.RecordReveal(call, seen->ref, std::move(viewed),
                                   [response, shown = *std::move(shown),
                                    finish = std::move(finish)](absl::Status recorded) mutable {
                                     if (recorded.ok()) *response = std::move(shown);
                                     finish(std::move(recorded));
                                   });
      });
}

grpc::ServerUnaryReactor* CaseService::CheckRegisters(grpc::CallbackServerContext* context,
                                                      const v1::CheckRegistersRequest* request,
                                                      v1::CheckRegistersResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<SeenCase> seen =
            FindCase(parts_.cases, parts_.vault, call.caller, request->case_ref());
        if (!seen.ok()) return finish(seen.status());
        absl::StatusOr<v1::CheckRegistersResponse> shown = RegistersOfCase(parts_, call, *seen);
        if (!shown.ok()) return finish(shown.status());
        wardbook::events::v1::AccessEvent checked;
        checked.mutable_registers_checked()->set_case_ref(seen->ref.text());
        checked.mutable_registers_checked()->set_revision(seen->revision());
        parts_.access.RecordReveal(call, seen->ref, std::move(checked),
                                   [response, shown = *std::move(shown),
                                    finish = std::move(finish)](absl::Status recorded) mutable {
                                     if (recorded.ok()) *response = std::move(shown);
                                     finish(std::move(recorded));
                                   });
      });
}

grpc::ServerUnaryReactor* CaseService::ListInbox(grpc::CallbackServerContext* context,
                                                 const v1::ListInboxRequest* request,
                                                 v1::ListInboxResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        absl::StatusOr<v1::ListInboxResponse> page = parts_.listing.Inbox(call, *request);
        if (page.ok()) *response = *std::move(page);
        finish(page.status());
      });
}

grpc::ServerUnaryReactor* CaseService::ListMyReports(grpc::CallbackServerContext* context,
                                                     const v1::ListMyReportsRequest* request,
                                                     v1::ListMyReportsResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        absl::StatusOr<v1::ListMyReportsResponse> page = parts_.listing.MyReports(call, *request);
        if (page.ok()) *response = *std::move(page);
        finish(page.status());
      });
}

grpc::ServerUnaryReactor* CaseService::CountCases(grpc::CallbackServerContext* context,
                                                  const v1::CountCasesRequest* request,
                                                  v1::CountCasesResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        absl::StatusOr<v1::CountCasesResponse> counts = CountFor(parts_, call, *request);
        if (counts.ok()) *response = *std::move(counts);
        finish(counts.status());
      });
}

grpc::ServerWriteReactor<v1::WatchCasesResponse>* CaseService::WatchCases(
    grpc::CallbackServerContext* context, const v1::WatchCasesRequest* request) {
  return parts_.listing.Watch(context, *request);
}

grpc::ServerUnaryReactor* CaseService::AddNote(grpc::CallbackServerContext* context,
                                               const v1::AddNoteRequest* request,
                                               v1::AddNoteResponse* response) {
  return commands_.Take(context, request, response, ReadAddNote);
}

grpc::ServerUnaryReactor* CaseService::CorrectEntry(grpc::CallbackServerContext* context,
                                                    const v1::CorrectEntryRequest* request,
                                                    v1::CorrectEntryResponse* response) {
  return commands_.Take(context, request, response, ReadCorrectEntry);
}

grpc::ServerUnaryReactor* CaseService::RecordPoliceDecision(
    grpc::CallbackServerContext* context, const v1::RecordPoliceDecisionRequest* request,
    v1::RecordPoliceDecisionResponse* response) {
  return commands_.Take(context, request, response, ReadRecordPoliceDecision);
}

grpc::ServerUnaryReactor* CaseService::SuspectIndecentImage(
    grpc::CallbackServerContext* context, const v1::SuspectIndecentImageRequest* request,
    v1::SuspectIndecentImageResponse* response) {
  return commands_.Take(context, request, response, ReadSuspectIndecentImage);
}

grpc::ServerUnaryReactor* CaseService::RecordPoliceInformed(
    grpc::CallbackServerContext* context, const v1::RecordPoliceInformedRequest* request,
    v1::RecordPoliceInformedResponse* response) {
  return commands_.Take(context, request, response, ReadRecordPoliceInformed);
}

grpc::ServerUnaryReactor* CaseService::RecordPreservationStep(
    grpc::CallbackServerContext* context, const v1::RecordPreservationStepRequest* request,
    v1::RecordPreservationStepResponse* response) {
  return commands_.Take(context, request, response, ReadRecordPreservationStep);
}

grpc::ServerUnaryReactor* CaseService::RecordPoliceRelease(
    grpc::CallbackServerContext* context, const v1::RecordPoliceReleaseRequest* request,
    v1::RecordPoliceReleaseResponse* response) {
  return commands_.Take(context, request, response, ReadRecordPoliceRelease);
}

grpc::ServerUnaryReactor* CaseService::CloseCase(grpc::CallbackServerContext* context,
                                                 const v1::CloseCaseRequest* request,
                                                 v1::CloseCaseResponse* response) {
  return commands_.Take(context, request, response, ReadCloseCase);
}

grpc::ServerUnaryReactor* CaseService::ReopenCase(grpc::CallbackServerContext* context,
                                                  const v1::ReopenCaseRequest* request,
                                                  v1::ReopenCaseResponse* response) {
  return commands_.Take(context, request, response, ReadReopenCase);
}

}  // namespace wardbook::casework
