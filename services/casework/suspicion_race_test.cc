// Files and the suspicion of an indecent image race each other through the
// services, on threads of their own: whoever wins, no byte is stored and no file
// filed once the suspicion is recorded (P36, P38).

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/stream_reader.h"
#include "storage/crypto/random.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

constexpr int kRounds = 40;
constexpr int kUploaders = 3;
constexpr int kFilesEach = 6;
constexpr char kText[] = "Nobody likes you.";

class SuspicionRace : public ::testing::Test {
 protected:
  template <class Stub, class Request, class Response>
  grpc::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    SignIn(context, teacher_);
    return (stub.*method)(&context, request, &response);
  }

  std::string NewCase() {
    v1::ReportIncidentRequest request;
    request.set_request_id(UuidText(crypto::NewRequestId()));
    request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
    request.set_what_happened("A page mocks a colleague by name.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes_not_given(true);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    v1::ReportIncidentResponse response;
    v1::IncidentService::Stub stub(server_.channel());
    const grpc::Status status =
        Call(stub, &v1::IncidentService::Stub::ReportIncident, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.case_ref();
  }

  // Uploads and files as much as it is let. Nothing that it began after the
  // suspicion was answered may succeed.
  void UploadUntilRefused(const std::string& case_ref, const std::atomic<bool>& suspected) {
    v1::EvidenceService::Stub stub(server_.channel());
    for (int i = 0; i < kFilesEach; ++i) {
      const bool late = suspected;
      v1::OpenUploadRequest open;
      open.set_case_ref(case_ref);
      open.set_file_name("messages.txt");
      open.set_size(sizeof(kText) - 1);
      open.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
      v1::OpenUploadResponse opened;
      if (!Call(stub, &v1::EvidenceService::Stub::OpenUpload, open, opened).ok()) return;
      EXPECT_FALSE(late) << "an upload was opened after the suspicion";

      const bool late_for_chunk = suspected;
      v1::PutChunkRequest put;
      put.set_upload_id(opened.upload_id());
      put.set_data(kText);
      v1::PutChunkResponse kept;
      if (!Call(stub, &v1::EvidenceService::Stub::PutChunk, put, kept).ok()) return;
      EXPECT_FALSE(late_for_chunk) << "a byte was stored after the suspicion";

      const bool late_for_filing = suspected;
      v1::FileEvidenceRequest file;
      file.set_request_id(UuidText(crypto::NewRequestId()));
      file.set_case_ref(case_ref);
      file.set_upload_id(opened.upload_id());
      file.set_kind(events::EVIDENCE_KIND_ORIGINAL);
      v1::FileEvidenceResponse filed;
      if (!Call(stub, &v1::EvidenceService::Stub::FileEvidence, file, filed).ok()) return;
      EXPECT_FALSE(late_for_filing) << "a file was filed after the suspicion";
    }
  }

  void Suspect(const std::string& case_ref, std::atomic<bool>& suspected) {
    v1::SuspectIndecentImageRequest request;
    request.set_request_id(UuidText(crypto::NewRequestId()));
    request.set_case_ref(case_ref);
    request.set_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
    v1::SuspectIndecentImageResponse response;
    v1::CaseService::Stub stub(server_.channel());
    const grpc::Status status =
        Call(stub, &v1::CaseService::Stub::SuspectIndecentImage, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    suspected = true;
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId head_ = server_.Enter("Hilda Head", {kernel::Role::kHeadteacher});
};

TEST_F(SuspicionRace, NoFileIsFiledAndNoByteStoredAfterIt) {
  uint64_t random = wardbook::testing::TestSeed() | 1;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    const std::string case_ref = NewCase();
    std::atomic<bool> suspected = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < kUploaders; ++i) {
      threads.emplace_back([&] { UploadUntilRefused(case_ref, suspected); });
    }
    // Now before the first file, now between two, now after the last.
    random = random * 6364136223846793005u + 1442695040888963407u;
    for (uint64_t yields = random >> 52; yields > 0; --yields) std::this_thread::yield();
    Suspect(case_ref, suspected);
    for (std::thread& thread : threads) thread.join();

    const auto recorded =
        runtime::ReadEvents<events::CaseEvent>(server_.log(), server_.vault(), server_.school(),
                                               kernel::CaseRef::Parse(case_ref)->Stream(), 1, 1000);
    ASSERT_OK(recorded);
    bool seen = false;
    for (const auto& one : *recorded) {
      EXPECT_FALSE(seen && one.event.has_evidence_filed()) << "a file follows the suspicion";
      seen = seen || one.event.has_indecent_image_suspected();
    }
    EXPECT_TRUE(seen);
    // And what had arrived has no way out.
    v1::OpenUploadRequest open;
    open.set_case_ref(case_ref);
    open.set_file_name("messages.txt");
    open.set_size(1);
    open.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    v1::OpenUploadResponse opened;
    v1::EvidenceService::Stub stub(server_.channel());
    EXPECT_EQ(RefusalOf(Call(stub, &v1::EvidenceService::Stub::OpenUpload, open, opened)).code(),
              "R-IIOC-NOSTORE");
  }
}

}  // namespace
}  // namespace wardbook::casework
