#include "services/casework/case_service.h"

#include <limits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/casework/case_summary.h"
#include "services/casework/on_worker.h"
#include "services/casework/seen_case.h"
#include "services/casework/timeline.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

// The case as the caller may see it.
absl::StatusOr<v1::CaseFile> ReadCaseFile(const CaseworkParts& parts, const runtime::Call& call,
                                          const SeenCase& seen) {
  v1::CaseFile file;
  *file.mutable_summary() = SummaryOf(seen.ref, seen.card());
  if (!seen.IsWhole()) {
    file.mutable_summary()->set_evidence_count(
        ReportOf(seen.ref, seen.card(), call.caller.actor.person).evidence_count());
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      std::vector<v1::TimelineEntry> entries,
      ReadTimeline(parts, call.caller, seen,
                   {.after_revision = 0, .entries_max = std::numeric_limits<size_t>::max()},
                   call.now));
  for (v1::TimelineEntry& entry : entries) *file.add_timeline() = std::move(entry);
  return file;
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
  return RecordPoliceDecision{.by = std::move(by),
                              .choice = request.choice(),
                              .conveyed_how = request.conveyed_how(),
                              .statement = request.statement()};
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
  return TakeOnWorker(parts_.rpc, context,
                      [this, request, response](const runtime::Call& call, runtime::Finish finish) {
                        const absl::StatusOr<SeenCase> seen =
                            FindCase(parts_.cases, call.caller, request->case_ref());
                        if (!seen.ok()) return finish(seen.status());
                        absl::StatusOr<v1::CaseFile> file = ReadCaseFile(parts_, call, *seen);
                        if (!file.ok()) return finish(file.status());
                        wardbook::events::v1::AccessEvent viewed;
                        viewed.mutable_case_viewed()->set_case_ref(seen->ref.text());
                        viewed.mutable_case_viewed()->set_revision(seen->revision());
                        parts_.access.RecordReveal(
                            call, seen->ref, std::move(viewed),
                            [response, file = *std::move(file),
                             finish = std::move(finish)](absl::Status recorded) mutable {
                              if (recorded.ok()) {
                                *response->mutable_case_file() = std::move(file);
                              }
                              finish(std::move(recorded));
                            });
                      });
}

grpc::ServerUnaryReactor* CaseService::ListInbox(grpc::CallbackServerContext* context,
                                                 const v1::ListInboxRequest* request,
                                                 v1::ListInboxResponse* response) {
  return TakeOnWorker(parts_.rpc, context,
                      [this, request, response](const runtime::Call& call, runtime::Finish finish) {
                        absl::StatusOr<v1::ListInboxResponse> page =
                            parts_.listing.Inbox(call, *request);
                        if (page.ok()) *response = *std::move(page);
                        finish(page.status());
                      });
}

grpc::ServerUnaryReactor* CaseService::ListMyReports(grpc::CallbackServerContext* context,
                                                     const v1::ListMyReportsRequest* request,
                                                     v1::ListMyReportsResponse* response) {
  return TakeOnWorker(parts_.rpc, context,
                      [this, request, response](const runtime::Call& call, runtime::Finish finish) {
                        absl::StatusOr<v1::ListMyReportsResponse> page =
                            parts_.listing.MyReports(call, *request);
                        if (page.ok()) *response = *std::move(page);
                        finish(page.status());
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
