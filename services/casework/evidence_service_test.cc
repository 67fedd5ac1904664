#include "services/casework/evidence_service.h"

#include <memory>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/casework/uploads.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/refusal_log.h"
#include "services/runtime/stream_reader.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::Eq;
using ::testing::Lt;
using ::testing::SizeIs;
using wardbook::testing::IsOkAndHolds;
using wardbook::testing::StatusIs;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

// Plain text of two chunks and a half.
std::string LongText() {
  std::string text;
  while (text.size() < evidence::kChunkBytesMax * 5 / 2) text += "Nobody likes you. ";
  return text;
}

class Evidence : public ::testing::Test {
 protected:
  std::string NewCase(events::IndecentImageAnswer answer) {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
    request.set_what_happened("A page mocks a colleague by name.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes_not_given(true);
    request.set_indecent_image_answer(answer);
    v1::ReportIncidentResponse response;
    grpc::ClientContext context;
    SignIn(context, teacher_);
    const grpc::Status status = incidents_->ReportIncident(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.case_ref();
  }

  v1::OpenUploadRequest FileOf(const std::string& case_ref, uint64_t size) const {
    v1::OpenUploadRequest request;
    request.set_case_ref(case_ref);
    request.set_file_name("messages.txt");
    request.set_size(size);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    return request;
  }

  grpc::Status Open(const v1::OpenUploadRequest& request, v1::OpenUploadResponse& response) {
    grpc::ClientContext context;
    SignIn(context, teacher_);
    return evidence_->OpenUpload(&context, request, &response);
  }

  std::string Opened(const std::string& case_ref, uint64_t size) {
    v1::OpenUploadResponse response;
    const grpc::Status status = Open(FileOf(case_ref, size), response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.upload_id();
  }

  grpc::Status Put(const PersonId& person, const std::string& upload_id, uint64_t offset,
                   const std::string& data) {
    v1::PutChunkRequest request;
    request.set_upload_id(upload_id);
    request.set_offset(offset);
    request.set_data(data);
    v1::PutChunkResponse response;
    grpc::ClientContext context;
    SignIn(context, person);
    return evidence_->PutChunk(&context, request, &response);
  }

  grpc::Status Stream(const std::string& upload_id, const std::string& content,
                      v1::UploadChunksResponse& response) {
    grpc::ClientContext context;
    SignIn(context, teacher_);
    const auto writer = evidence_->UploadChunks(&context, &response);
    for (size_t offset = 0; offset < content.size(); offset += evidence::kChunkBytesMax) {
      v1::UploadChunksRequest request;
      request.set_upload_id(upload_id);
      request.set_offset(offset);
      request.set_data(content.substr(offset, evidence::kChunkBytesMax));
      if (!writer->Write(request)) break;
    }
    writer->WritesDone();
    return writer->Finish();
  }

  v1::FileEvidenceRequest Filing(const std::string& case_ref, const std::string& upload_id) const {
    v1::FileEvidenceRequest request;
    request.set_request_id(NewUuid());
    request.set_case_ref(case_ref);
    request.set_upload_id(upload_id);
    request.set_kind(events::EVIDENCE_KIND_ORIGINAL);
    return request;
  }

  grpc::Status File(const PersonId& person, const v1::FileEvidenceRequest& request,
                    v1::FileEvidenceResponse& response) {
    grpc::ClientContext context;
    SignIn(context, person);
    return evidence_->FileEvidence(&context, request, &response);
  }

  grpc::Status Download(const PersonId& person, const std::string& case_ref,
                        const std::string& evidence_id, v1::EvidenceDescription& description,
                        std::string& content) {
    v1::DownloadEvidenceRequest request;
    request.set_case_ref(case_ref);
    request.set_evidence_id(evidence_id);
    grpc::ClientContext context;
    SignIn(context, person);
    const auto reader = evidence_->DownloadEvidence(&context, request);
    v1::DownloadEvidenceResponse response;
    while (reader->Read(&response)) {
      if (response.has_description()) description = response.description();
      content += response.data();
    }
    return reader->Finish();
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId stranger_ = server_.Enter("Sam Stranger", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const std::unique_ptr<v1::IncidentService::Stub> incidents_ =
      v1::IncidentService::NewStub(server_.channel());
  const std::unique_ptr<v1::EvidenceService::Stub> evidence_ =
      v1::EvidenceService::NewStub(server_.channel());
};

TEST_F(Evidence, TheBytesDownloadedAreThoseUploaded) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string content = LongText();
  const std::string upload_id = Opened(ref, content.size());
  v1::UploadChunksResponse uploaded;
  const grpc::Status streamed = Stream(upload_id, content, uploaded);
  ASSERT_TRUE(streamed.ok()) << streamed.error_message();
  EXPECT_THAT(uploaded.committed_offset(), Eq(content.size()));

  v1::FileEvidenceResponse filed;
  const grpc::Status status = File(teacher_, Filing(ref, upload_id), filed);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(filed.evidence_id(), Eq(upload_id));
  EXPECT_THAT(filed.media_type(), Eq("text/plain"));
  EXPECT_THAT(filed.sha256(), Eq(crypto::Sha256(content).Bytes()));
  EXPECT_THAT(filed.revision(), Eq(2u));

  for (const PersonId& person : {teacher_, head_}) {
    v1::EvidenceDescription description;
    std::string downloaded;
    ASSERT_TRUE(Download(person, ref, upload_id, description, downloaded).ok());
    EXPECT_THAT(description.file_name(), Eq("messages.txt"));
    EXPECT_THAT(description.size(), Eq(content.size()));
    EXPECT_TRUE(downloaded == content);
  }
}

TEST_F(Evidence, OpeningAFileIsRecorded) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, upload_id), filed).ok());
  v1::EvidenceDescription description;
  std::string content;
  EXPECT_THAT(Download(stranger_, ref, upload_id, description, content).error_code(),
              Eq(grpc::StatusCode::NOT_FOUND));
  ASSERT_TRUE(Download(head_, ref, upload_id, description, content).ok());

  const auto seen = runtime::ReadEvents<events::AccessEvent>(
      server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->AccessStream(),
      /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(seen, wardbook::testing::IsOk());
  ASSERT_THAT(*seen, SizeIs(1));
  EXPECT_THAT((*seen)[0].header.actor, Eq(head_));
  EXPECT_THAT((*seen)[0].event.evidence_revealed().evidence_id(),
              Eq(EvidenceId::FromHex(upload_id)->Bytes()));
}

TEST_F(Evidence, AFileHasANameAndNoPath) {
  v1::OpenUploadRequest request = FileOf(NewCase(events::INDECENT_IMAGE_ANSWER_NO), 1);
  v1::OpenUploadResponse response;
  for (const char* name : {"../../.bashrc", "C:\\chat.png", "chat\n.png", "chat\x7f.png"}) {
    request.set_file_name(name);
    const v1::Refusal refusal = RefusalOf(Open(request, response));
    EXPECT_THAT(refusal.code(), Eq("R-FIELD-INVALID")) << name;
    EXPECT_THAT(refusal.field(), Eq("file_name")) << name;
  }
  request.set_file_name("-Ärger: 14. Mai, \"Gruppe\".png");
  EXPECT_TRUE(Open(request, response).ok());
}

TEST_F(Evidence, NoUploadIsOpenedForAScreenPrintThatCouldNotBeFiled) {
  v1::OpenUploadRequest request = FileOf(NewCase(events::INDECENT_IMAGE_ANSWER_NO), 1);
  request.set_kind(events::EVIDENCE_KIND_SCREEN_PRINT);
  request.mutable_sighting()->set_date("2025-06-10");
  request.mutable_sighting()->set_time("20:40");
  v1::OpenUploadResponse response;
  const v1::Refusal refusal = RefusalOf(Open(request, response));
  EXPECT_THAT(refusal.code(), Eq("R-SIGHTING"));
  EXPECT_THAT(refusal.field(), Eq("sighting.place"));
  EXPECT_THAT(response.upload_id(), Eq(""));
  request.mutable_sighting()->mutable_place()->set_platform("A photo app");
  EXPECT_TRUE(Open(request, response).ok());
}

TEST_F(Evidence, NoUploadIsOpenedWhereAnIndecentImageIsSuspected) {
  v1::OpenUploadResponse response;
  const std::string suspected = NewCase(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
  EXPECT_THAT(RefusalOf(Open(FileOf(suspected, 5), response)).code(), Eq("R-IIOC-NOSTORE"));

  v1::OpenUploadRequest unsure = FileOf(NewCase(events::INDECENT_IMAGE_ANSWER_NO), 5);
  unsure.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
  EXPECT_THAT(RefusalOf(Open(unsure, response)).code(), Eq("R-IIOC-NOSTORE"));
}

// An upload that stands open on such a case, however it came to be: the case is
// asked again before each chunk.
TEST_F(Evidence, NoChunkIsStoredWhereAnIndecentImageIsSuspected) {
  wardbook::log::v1::UploadRecord record;
  record.set_case_ref(NewCase(events::INDECENT_IMAGE_ANSWER_YES));
  record.set_actor_id(teacher_.Bytes());
  record.set_file_name("messages.txt");
  record.set_size(5);
  const absl::StatusOr<EvidenceId> id = server_.evidence().OpenUpload(server_.school(), record);
  ASSERT_THAT(id, wardbook::testing::IsOk());

  EXPECT_THAT(RefusalOf(Put(teacher_, id->Hex(), 0, "text.")).code(), Eq("R-IIOC-NOSTORE"));
  v1::UploadChunksResponse response;
  EXPECT_THAT(RefusalOf(Stream(id->Hex(), "text.", response)).code(), Eq("R-IIOC-NOSTORE"));
  EXPECT_THAT(server_.evidence().GetUpload(server_.school(), *id)->committed_offset, Eq(0u));
}

TEST_F(Evidence, AnUploadOfSomebodyElseDoesNotExist) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  const std::string none = crypto::RandomId<EvidenceId>().Hex();
  // The Headteacher handles the case and still has no part in the upload.
  EXPECT_THAT(Put(head_, upload_id, 0, "text.").error_details(),
              Eq(Put(head_, none, 0, "text.").error_details()));
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  EXPECT_THAT(RefusalOf(File(head_, Filing(ref, upload_id), filed)).code(), Eq("R-NO-SUCH-UPLOAD"));
}

TEST_F(Evidence, AnUploadBelongsToOneCase) {
  const std::string upload_id = Opened(NewCase(events::INDECENT_IMAGE_ANSWER_NO), 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  const std::string other = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  v1::FileEvidenceResponse filed;
  EXPECT_THAT(RefusalOf(File(teacher_, Filing(other, upload_id), filed)).code(),
              Eq("R-NO-SUCH-UPLOAD"));
}

TEST_F(Evidence, AGapIsOutOfRangeAndAnIncompleteFileIsNotFiled) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 10);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  EXPECT_THAT(Put(teacher_, upload_id, 7, "end").error_code(), Eq(grpc::StatusCode::OUT_OF_RANGE));
  v1::FileEvidenceResponse filed;
  EXPECT_THAT(RefusalOf(File(teacher_, Filing(ref, upload_id), filed)).code(),
              Eq("R-UPLOAD-INCOMPLETE"));
}

TEST_F(Evidence, FilesOfNoSizeOfTooMuchAndOfOtherTypesAreNotTaken) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  v1::OpenUploadResponse response;
  EXPECT_THAT(RefusalOf(Open(FileOf(ref, 0), response)).code(), Eq("R-FILE-EMPTY"));
  EXPECT_THAT(RefusalOf(Open(FileOf(ref, evidence::kFileBytesMax + 1), response)).code(),
              Eq("R-FILE-TOO-LARGE"));

  const std::string program(
      "\x7f"
      "ELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00",
      16);
  const std::string upload_id = Opened(ref, program.size());
  ASSERT_TRUE(Put(teacher_, upload_id, 0, program).ok());
  v1::FileEvidenceResponse filed;
  EXPECT_THAT(RefusalOf(File(teacher_, Filing(ref, upload_id), filed)).code(), Eq("R-FILE-TYPE"));
}

TEST_F(Evidence, AFilingSentTwiceIsAnsweredAlike) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  const v1::FileEvidenceRequest request = Filing(ref, upload_id);
  v1::FileEvidenceResponse first, second;
  ASSERT_TRUE(File(teacher_, request, first).ok());
  ASSERT_TRUE(File(teacher_, request, second).ok());
  EXPECT_THAT(second.revision(), Eq(first.revision()));
  EXPECT_THAT(second.receipt().position(), Eq(first.receipt().position()));
  EXPECT_THAT(RefusalOf(Put(teacher_, upload_id, 5, "more")).code(), Eq("R-EVIDENCE-FILED"));
}

TEST_F(Evidence, WhoseFileIsRecordedIsToldSoThoughItCannotBeKeptYet) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  const v1::FileEvidenceRequest request = Filing(ref, upload_id);
  // The disk is full right after the append.
  server_.log().Listen(
      [this](const SchoolId&, uint64_t) { server_.evidence_control().FailWrites(); });
  v1::FileEvidenceResponse filed;
  const grpc::Status failed = File(teacher_, request, filed);
  EXPECT_THAT(failed.error_code(), Eq(grpc::StatusCode::UNAVAILABLE));
  EXPECT_THAT(failed.error_message(), ::testing::HasSubstr("is recorded"));
  server_.evidence_control().HealWrites();
  EXPECT_TRUE(File(teacher_, request, filed).ok());
}

TEST_F(Evidence, WhatIsRefusedOfAnUploadIsRecordedBesideItsCase) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, upload_id), filed).ok());
  ASSERT_THAT(RefusalOf(Put(teacher_, upload_id, 5, "more")).code(), Eq("R-EVIDENCE-FILED"));
  v1::UploadChunksResponse streamed;
  ASSERT_THAT(RefusalOf(Stream(upload_id, "text.", streamed)).code(), Eq("R-EVIDENCE-FILED"));

  const auto recorded = runtime::ReadEvents<events::AccessEvent>(
      server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->AccessStream(),
      /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(recorded, wardbook::testing::IsOk());
  ASSERT_THAT(*recorded, SizeIs(2));
  for (const auto& one : *recorded) {
    EXPECT_THAT(one.event.command_refused().reason(), Eq("R-EVIDENCE-FILED"));
    EXPECT_THAT(one.event.command_refused().case_ref(), Eq(ref));
  }
  EXPECT_THAT(server_.log().StreamHead(server_.school(), runtime::kRefusalsStream),
              IsOkAndHolds(0u));
}

TEST_F(Evidence, UploadsThatWereNeverFiledAreSwept) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string filed_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, filed_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, filed_id), filed).ok());
  const std::string stale_id = Opened(ref, 5);

  const absl::Time before = server_.now() + absl::Hours(24);
  const auto stopped = [](const SchoolId&) { return absl::UnavailableError("the disk is full"); };
  const auto always = [] { return true; };
  EXPECT_THAT(SweepUploads(server_.evidence(), server_.cases(), stopped, before, always),
              StatusIs(absl::StatusCode::kUnavailable));
  const auto writing = [](const SchoolId&) { return absl::OkStatus(); };
  EXPECT_THAT(SweepUploads(server_.evidence(), server_.cases(), writing, before, always),
              IsOkAndHolds(1));
  EXPECT_THAT(RefusalOf(Put(teacher_, stale_id, 0, "text.")).code(), Eq("R-NO-SUCH-UPLOAD"));
  v1::EvidenceDescription description;
  std::string content;
  ASSERT_TRUE(Download(head_, ref, filed_id, description, content).ok());
  EXPECT_THAT(content, Eq("text."));
}

TEST_F(Evidence, AnUploadThatIsOneTooManyLeavesNothingBehind) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  for (int i = 0; i < kOpenUploadsOfPersonMax; ++i) Opened(ref, 5);
  v1::OpenUploadResponse response;
  EXPECT_THAT(RefusalOf(Open(FileOf(ref, 5), response)).code(), Eq("R-UPLOADS-OPEN"));
  const auto writing = [](const SchoolId&) { return absl::OkStatus(); };
  EXPECT_THAT(SweepUploads(server_.evidence(), server_.cases(), writing, absl::InfiniteFuture(),
                           [] { return true; }),
              IsOkAndHolds(kOpenUploadsOfPersonMax));
}

TEST_F(Evidence, TheAnswerToTheQuestionAtAnUploadIsRecordedAndShutsTheCase) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string filed_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, filed_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, filed_id), filed).ok());
  const std::string open_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, open_id, 0, "te").ok());

  // Whatever else is wrong with the request.
  v1::OpenUploadRequest unsure = FileOf(ref, 0);
  unsure.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
  unsure.set_where_found("A phone, https://a.example/x");
  v1::OpenUploadResponse response;
  const v1::Refusal refusal = RefusalOf(Open(unsure, response));
  EXPECT_THAT(refusal.code(), Eq("R-IIOC-NOSTORE"));
  EXPECT_THAT(refusal.next_step(), ::testing::HasSubstr("call them now: 999"));

  const auto history = runtime::ReadEvents<events::CaseEvent>(
      server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->Stream(),
      /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(history, wardbook::testing::IsOk());
  ASSERT_THAT(*history, SizeIs(3));
  const events::IndecentImageSuspected& suspected =
      history->back().event.indecent_image_suspected();
  EXPECT_THAT(history->back().header.actor, Eq(teacher_));
  EXPECT_THAT(suspected.answer(), Eq(events::INDECENT_IMAGE_ANSWER_NOT_SURE));
  EXPECT_THAT(suspected.where_found(), ::testing::Not(::testing::HasSubstr("a.example")));

  EXPECT_THAT(RefusalOf(Put(teacher_, open_id, 2, "xt.")).code(), Eq("R-IIOC-NOSTORE"));
  EXPECT_THAT(RefusalOf(Open(FileOf(ref, 5), response)).code(), Eq("R-IIOC-NOSTORE"));
  v1::EvidenceDescription description;
  std::string content;
  EXPECT_THAT(RefusalOf(Download(head_, ref, filed_id, description, content)).code(),
              Eq("R-IIOC-NOSTORE"));
  EXPECT_THAT(content, Eq(""));
}

// Each round the suspicion races with the filing of a whole upload: whichever is
// first, no file is named after the suspicion.
TEST_F(Evidence, NoFileIsNamedAfterASuspicionThatRacesWithIt) {
  for (int round = 0; round < 20; ++round) {
    const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
    const std::string upload_id = Opened(ref, 5);
    ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
    const v1::FileEvidenceRequest filing = Filing(ref, upload_id);
    std::thread filer([&] {
      v1::FileEvidenceResponse filed;
      (void)File(teacher_, filing, filed);
    });
    v1::OpenUploadRequest yes = FileOf(ref, 5);
    yes.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_YES);
    v1::OpenUploadResponse response;
    EXPECT_THAT(RefusalOf(Open(yes, response)).code(), Eq("R-IIOC-NOSTORE"));
    filer.join();

    const auto history = runtime::ReadEvents<events::CaseEvent>(
        server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->Stream(),
        /*from_revision=*/1, /*limit=*/10);
    ASSERT_THAT(history, wardbook::testing::IsOk());
    EXPECT_TRUE(history->back().event.has_indecent_image_suspected());
    v1::EvidenceDescription description;
    std::string content;
    EXPECT_FALSE(Download(head_, ref, upload_id, description, content).ok());
    EXPECT_THAT(content, Eq(""));
  }
}

TEST_F(Evidence, AFileFiledAgainIsAnsweredAsBeforeOrRefusedIfItIsDescribedOtherwise) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string upload_id = Opened(ref, 5);
  ASSERT_TRUE(Put(teacher_, upload_id, 0, "text.").ok());
  v1::FileEvidenceResponse first, second;
  ASSERT_TRUE(File(teacher_, Filing(ref, upload_id), first).ok());
  // Another request with the same content.
  ASSERT_TRUE(File(teacher_, Filing(ref, upload_id), second).ok());
  EXPECT_THAT(second.revision(), Eq(first.revision()));
  ASSERT_THAT(second.receipt().leaf_hashes(), SizeIs(1));
  EXPECT_THAT(second.receipt().leaf_hashes(0), Eq(first.receipt().leaf_hashes(0)));
  EXPECT_THAT(second.receipt().position(), Eq(first.receipt().position()));

  v1::FileEvidenceRequest other = Filing(ref, upload_id);
  other.set_description("It is worse than I said.");
  const v1::Refusal refusal = RefusalOf(File(teacher_, other, second));
  EXPECT_THAT(refusal.code(), Eq("R-EVIDENCE-FILED"));
  EXPECT_THAT(refusal.next_step(), ::testing::HasSubstr("Correct the entry"));

  const auto snapshot =
      server_.cases().Load(server_.school(), kernel::CaseRef::Parse(ref)->Stream());
  ASSERT_THAT(snapshot, wardbook::testing::IsOk());
  EXPECT_THAT((*snapshot)->state.state.evidence.at(0).filed.captured_by(), Eq("Tess Teacher"));
}

TEST_F(Evidence, AStreamEndsWithTheSessionOfWhoSendsIt) {
  const std::string content = LongText();
  const std::string upload_id = Opened(NewCase(events::INDECENT_IMAGE_ANSWER_NO), content.size());
  grpc::ClientContext context;
  SignIn(context, teacher_);
  v1::UploadChunksResponse response;
  const auto writer = evidence_->UploadChunks(&context, &response);
  v1::UploadChunksRequest request;
  request.set_upload_id(upload_id);
  request.set_data(content.substr(0, evidence::kChunkBytesMax));
  ASSERT_TRUE(writer->Write(request));
  const EvidenceId id = *EvidenceId::FromHex(upload_id);
  while (server_.evidence().GetUpload(server_.school(), id)->committed_offset == 0) {
    std::this_thread::yield();
  }
  server_.Leave(teacher_);
  request.set_offset(evidence::kChunkBytesMax);
  writer->Write(request);
  writer->WritesDone();
  EXPECT_THAT(RefusalOf(writer->Finish()).code(), Eq("R-NOT-SIGNED-IN"));
  EXPECT_THAT(server_.evidence().GetUpload(server_.school(), id)->committed_offset,
              Eq(evidence::kChunkBytesMax));
}

TEST_F(Evidence, ADownloadEndsWithTheSessionAndTheRolesOfWhoTakesIt) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string content = LongText();
  v1::DownloadEvidenceRequest request;
  request.set_case_ref(ref);
  request.set_evidence_id(Opened(ref, content.size()));
  v1::UploadChunksResponse uploaded;
  ASSERT_TRUE(Stream(request.evidence_id(), content, uploaded).ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, request.evidence_id()), filed).ok());
  const auto broken_off_by = [&](const PersonId& person, auto change) {
    grpc::ClientContext context;
    SignIn(context, person);
    const auto reader = evidence_->DownloadEvidence(&context, request);
    v1::DownloadEvidenceResponse response;
    // The description; a chunk at the most is on its way besides.
    EXPECT_TRUE(reader->Read(&response));
    change();
    size_t size = 0;
    while (reader->Read(&response)) size += response.data().size();
    EXPECT_THAT(size, Lt(content.size()));
    return RefusalOf(reader->Finish()).code();
  };
  EXPECT_THAT(broken_off_by(head_, [&] { server_.SetRoles(head_, {kernel::Role::kStaff}); }),
              Eq("R-NO-SUCH-CASE"));
  EXPECT_THAT(broken_off_by(teacher_, [&] { server_.Leave(teacher_); }), Eq("R-NOT-SIGNED-IN"));
}

TEST_F(Evidence, OnePersonHasOnlySoMuchUnderWay) {
  const std::string ref = NewCase(events::INDECENT_IMAGE_ANSWER_NO);
  const std::string small_id = Opened(ref, 5);
  Opened(ref, evidence::kFileBytesMax);
  v1::OpenUploadResponse response;
  EXPECT_THAT(RefusalOf(Open(FileOf(ref, evidence::kFileBytesMax), response)).code(),
              Eq("R-UPLOADS-OPEN"));
  // What is filed makes room.
  ASSERT_TRUE(Put(teacher_, small_id, 0, "text.").ok());
  v1::FileEvidenceResponse filed;
  ASSERT_TRUE(File(teacher_, Filing(ref, small_id), filed).ok());
  EXPECT_TRUE(Open(FileOf(ref, evidence::kFileBytesMax), response).ok());
}

}  // namespace
}  // namespace wardbook::casework
