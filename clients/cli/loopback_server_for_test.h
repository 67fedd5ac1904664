// A server on the loopback that does what a test says, spoken to over real TLS.
// For the tests of this folder only.

#ifndef CLIENTS_CLI_LOOPBACK_SERVER_FOR_TEST_H_
#define CLIENTS_CLI_LOOPBACK_SERVER_FOR_TEST_H_

#include <grpcpp/grpcpp.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/secret.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/due_service.grpc.pb.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::cli {

// What arrived with one call.
template <class Request>
struct Arrived {
  Request request;
  std::multimap<std::string, std::string> metadata;
};

template <class Request>
Arrived<Request> ArrivedWith(const Request& request, const grpc::ServerContext& context) {
  Arrived<Request> arrived{request, {}};
  for (const auto& [key, value] : context.client_metadata()) {
    arrived.metadata.emplace(std::string(key.data(), key.size()),
                             std::string(value.data(), value.size()));
  }
  return arrived;
}

class AccessForTest final : public v1::AccessService::Service {
 public:
  static constexpr char kPassword[] = "correct horse battery";
  static constexpr char kToken[] = "token-of-the-test";
  static std::string SchoolHex() { return std::string(32, 'a'); }

  grpc::Status SignIn(grpc::ServerContext*, const v1::SignInRequest* request,
                      v1::SignInResponse* response) override {
    absl::MutexLock lock(&mutex_);
    if (request->password() != kPassword) {
      return {grpc::StatusCode::UNAUTHENTICATED, "wrong"};
    }
    asked_ = *request;
    response->set_token(kToken);
    response->mutable_session()->set_school_id(SchoolHex());
    response->mutable_session()->set_school_name("Fernhill Primary");
    response->mutable_session()->set_name("Ada Berry");
    return grpc::Status::OK;
  }
  grpc::Status SignOut(grpc::ServerContext*, const v1::SignOutRequest*,
                       v1::SignOutResponse*) override {
    return grpc::Status::OK;
  }
  // Of the newest sign-in that went well.
  v1::SignInRequest asked() const {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }

 private:
  mutable absl::Mutex mutex_;
  v1::SignInRequest asked_ ABSL_GUARDED_BY(mutex_);
};

// Signs a checkpoint of as many records as the test says; of none it refuses.
class AuditForTest final : public v1::AuditService::Service {
 public:
  grpc::Status GetCheckpoint(grpc::ServerContext*, const v1::GetCheckpointRequest*,
                             v1::GetCheckpointResponse* response) override {
    absl::MutexLock lock(&mutex_);
    if (records_ == 0) return {grpc::StatusCode::DATA_LOSS, "the log stands still"};
    response->set_verifier_key(signer_.verifier().Text());
    response->set_checkpoint(
        *checkpoint::SignCheckpoint(signer_, *SchoolId::FromHex(AccessForTest::SchoolHex()),
                                    records_, *Hash::FromBytes(std::string(32, 'r'))));
    return grpc::Status::OK;
  }
  void SetRecords(uint64_t records) {
    absl::MutexLock lock(&mutex_);
    records_ = records;
  }

 private:
  const checkpoint::NoteSigner signer_ =
      *checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random());
  mutable absl::Mutex mutex_;
  uint64_t records_ ABSL_GUARDED_BY(mutex_) = 0;
};

class IncidentsForTest final : public v1::IncidentService::Service {
 public:
  grpc::Status ReportIncident(grpc::ServerContext*, const v1::ReportIncidentRequest* request,
                              v1::ReportIncidentResponse* response) override {
    absl::MutexLock lock(&mutex_);
    reported_ = *request;
    response->set_case_ref("WB-7K4D-9QX2");
    response->set_route(events::v1::ROUTE_HEADTEACHER);
    response->set_next_step("The Headteacher reads it today.");
    return grpc::Status::OK;
  }
  v1::ReportIncidentRequest reported() const {
    absl::MutexLock lock(&mutex_);
    return reported_;
  }

 private:
  mutable absl::Mutex mutex_;
  v1::ReportIncidentRequest reported_ ABSL_GUARDED_BY(mutex_);
};

class CasesForTest final : public v1::CaseService::Service {
 public:
  grpc::Status AddNote(grpc::ServerContext* context, const v1::AddNoteRequest* request,
                       v1::AddNoteResponse* response) override {
    absl::MutexLock lock(&mutex_);
    notes_.push_back(ArrivedWith(*request, *context));
    if (!answers_.empty()) {
      const grpc::Status answer = answers_.front();
      answers_.pop_front();
      if (!answer.ok()) return answer;
    }
    response->set_revision(5);
    response->mutable_receipt()->set_school_id(AccessForTest::SchoolHex());
    response->mutable_receipt()->set_position(40);
    response->mutable_receipt()->add_leaf_hashes(std::string(32, 'x'));
    response->mutable_receipt()->add_leaf_hashes(std::string(32, 'y'));
    return grpc::Status::OK;
  }
  // One entry of as many bytes as the test says.
  grpc::Status GetCase(grpc::ServerContext*, const v1::GetCaseRequest*,
                       v1::GetCaseResponse* response) override {
    absl::MutexLock lock(&mutex_);
    v1::TimelineEntry& entry = *response->mutable_case_file()->add_timeline();
    entry.mutable_event()->mutable_note_added()->set_text(std::string(case_bytes_, 'n'));
    return grpc::Status::OK;
  }
  // Three cases, one a page.
  grpc::Status ListInbox(grpc::ServerContext* context, const v1::ListInboxRequest* request,
                         v1::ListInboxResponse* response) override {
    absl::MutexLock lock(&mutex_);
    lists_.push_back(ArrivedWith(*request, *context));
    const size_t page = request->page_token().size();
    v1::CaseSummary& summary = *response->add_cases();
    summary.set_case_ref(absl::StrCat("WB-PAGE-", page));
    summary.add_target_names("Cleo Dale");
    if (page < 2) response->set_next_page_token(std::string(page + 1, 'n'));
    return grpc::Status::OK;
  }

  void SetCaseBytes(size_t bytes) {
    absl::MutexLock lock(&mutex_);
    case_bytes_ = bytes;
  }
  // Answers as it was told to, else breaks twice without having shown anything, and then refuses.
  grpc::Status WatchCases(grpc::ServerContext*, const v1::WatchCasesRequest* request,
                          grpc::ServerWriter<v1::WatchCasesResponse>*) override {
    absl::MutexLock lock(&mutex_);
    watches_.push_back(*request);
    if (!watch_answers_.empty()) {
      const grpc::Status answer = watch_answers_.front();
      watch_answers_.pop_front();
      return answer;
    }
    return watches_.size() < 3 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting")
                               : grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "over");
  }
  std::vector<v1::WatchCasesRequest> watches() const {
    absl::MutexLock lock(&mutex_);
    return watches_;
  }
  // What the next watches end with, in order.
  void AnswerWatchesWith(std::deque<grpc::Status> answers) {
    absl::MutexLock lock(&mutex_);
    watch_answers_ = std::move(answers);
  }
  // What AddNote answers next, in order; afterwards it succeeds.
  void AnswerNotesWith(std::deque<grpc::Status> answers) {
    absl::MutexLock lock(&mutex_);
    answers_ = std::move(answers);
  }
  std::vector<Arrived<v1::AddNoteRequest>> notes() const {
    absl::MutexLock lock(&mutex_);
    return notes_;
  }
  std::vector<Arrived<v1::ListInboxRequest>> lists() const {
    absl::MutexLock lock(&mutex_);
    return lists_;
  }

 private:
  mutable absl::Mutex mutex_;
  size_t case_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<grpc::Status> answers_ ABSL_GUARDED_BY(mutex_);
  std::vector<Arrived<v1::AddNoteRequest>> notes_ ABSL_GUARDED_BY(mutex_);
  std::vector<Arrived<v1::ListInboxRequest>> lists_ ABSL_GUARDED_BY(mutex_);
  std::vector<v1::WatchCasesRequest> watches_ ABSL_GUARDED_BY(mutex_);
  std::deque<grpc::Status> watch_answers_ ABSL_GUARDED_BY(mutex_);
};

// Says that two things are due, one a page.
class DueForTest final : public v1::DueService::Service {
 public:
  static v1::DueItem Item(bool overdue) {
    v1::DueItem item;
    item.set_kind(overdue ? v1::DUE_KIND_HAND_ON : v1::DUE_KIND_ACKNOWLEDGE_POLICY);
    if (overdue) item.set_case_ref("WB-7K4D-9QX2");
    // Years from now, and years ago.
    item.mutable_due_time()->set_seconds(overdue ? 1'500'000'000 : 7'000'000'000);
    item.set_overdue(overdue);
    item.set_what(overdue ? "A report is not handed on." : "The policy is to be acknowledged.");
    item.set_clause(overdue ? "P45" : "P03");
    item.set_next_step(overdue ? "Hand it on." : "Read it.");
    return item;
  }
  static v1::DueCount Count() {
    v1::DueCount count;
    count.set_due(2);
    count.set_overdue(1);
    return count;
  }

  grpc::Status ListDue(grpc::ServerContext*, const v1::ListDueRequest* request,
                       v1::ListDueResponse* response) override {
    *response->mutable_count() = Count();
    if (request->page_token().empty()) {
      response->mutable_count()->add_banners("The policy's review is overdue.");
      *response->add_items() = Item(true);
      if (!request->only_overdue()) response->set_next_page_token("next");
    } else {
      *response->add_items() = Item(false);
    }
    return grpc::Status::OK;
  }
  grpc::Status CountDue(grpc::ServerContext*, const v1::CountDueRequest*,
                        v1::CountDueResponse* response) override {
    *response->mutable_count() = Count();
    return grpc::Status::OK;
  }
  // Shows one list, and refuses to go on.
  grpc::Status WatchDue(grpc::ServerContext*, const v1::WatchDueRequest*,
                        grpc::ServerWriter<v1::WatchDueResponse>* writer) override {
    v1::WatchDueResponse response;
    response.mutable_heartbeat();
    writer->Write(response);
    *response.mutable_list()->mutable_count() = Count();
    *response.mutable_list()->add_items() = Item(true);
    writer->Write(response);
    return {grpc::StatusCode::UNAUTHENTICATED, "over"};
  }
};

// Keeps one file, whose hash it names as it is told to.
class EvidenceForTest final : public v1::EvidenceService::Service {
 public:
  static constexpr uint32_t kChunkBytes = 1000;
  // A stream breaks after so many chunks.
  static constexpr int kChunksBeforeBreak = 3;

  grpc::Status OpenUpload(grpc::ServerContext*, const v1::OpenUploadRequest* request,
                          v1::OpenUploadResponse* response) override {
    absl::MutexLock lock(&mutex_);
    size_ = request->size();
    response->set_upload_id(std::string(32, 'b'));
    response->set_chunk_size_max(kChunkBytes);
    return grpc::Status::OK;
  }
  grpc::Status GetUpload(grpc::ServerContext*, const v1::GetUploadRequest*,
                         v1::GetUploadResponse* response) override {
    absl::MutexLock lock(&mutex_);
    response->set_committed_offset(bytes_.size());
    response->set_size(size_);
    return grpc::Status::OK;
  }
  grpc::Status UploadChunks(grpc::ServerContext*,
                            grpc::ServerReader<v1::UploadChunksRequest>* reader,
                            v1::UploadChunksResponse* response) override {
    v1::UploadChunksRequest chunk;
    for (int chunks = 0; reader->Read(&chunk); ++chunks) {
      absl::MutexLock lock(&mutex_);
      if (chunks == kChunksBeforeBreak) {
        ++breaks_;
        return {grpc::StatusCode::UNAVAILABLE, "the line broke"};
      }
      if (chunk.offset() != bytes_.size()) return {grpc::StatusCode::OUT_OF_RANGE, "a gap"};
      bytes_ += chunk.data();
      response->set_committed_offset(bytes_.size());
    }
    return grpc::Status::OK;
  }
  grpc::Status FileEvidence(grpc::ServerContext*, const v1::FileEvidenceRequest* request,
                            v1::FileEvidenceResponse* response) override {
    absl::MutexLock lock(&mutex_);
    if (!refusal_.ok()) return refusal_;
    filed_ = *request;
    response->set_sha256(sha256_);
    return grpc::Status::OK;
  }
  grpc::Status DownloadEvidence(grpc::ServerContext*, const v1::DownloadEvidenceRequest*,
                                grpc::ServerWriter<v1::DownloadEvidenceResponse>* writer) override {
    absl::MutexLock lock(&mutex_);
    v1::DownloadEvidenceResponse description;
    description.mutable_description()->set_size(bytes_.size());
    description.mutable_description()->set_sha256(sha256_);
    writer->Write(description);
    v1::DownloadEvidenceResponse data;
    data.set_data(bytes_);
    writer->Write(data);
    return grpc::Status::OK;
  }

  // What FileEvidence answers.
  void RefuseToFile(const grpc::Status& refusal) {
    absl::MutexLock lock(&mutex_);
    refusal_ = refusal;
  }
  void SetBytes(const std::string& bytes) {
    absl::MutexLock lock(&mutex_);
    bytes_ = bytes;
  }
  void SetSha256(const std::string& sha256) {
    absl::MutexLock lock(&mutex_);
    sha256_ = sha256;
  }
  std::string bytes() const {
    absl::MutexLock lock(&mutex_);
    return bytes_;
  }
  int breaks() const {
    absl::MutexLock lock(&mutex_);
    return breaks_;
  }
  v1::FileEvidenceRequest filed() const {
    absl::MutexLock lock(&mutex_);
    return filed_;
  }

 private:
  mutable absl::Mutex mutex_;
  uint64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string bytes_ ABSL_GUARDED_BY(mutex_);
  std::string sha256_ ABSL_GUARDED_BY(mutex_);
  int breaks_ ABSL_GUARDED_BY(mutex_) = 0;
  grpc::Status refusal_ ABSL_GUARDED_BY(mutex_);
  v1::FileEvidenceRequest filed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_LOOPBACK_SERVER_FOR_TEST_H_
