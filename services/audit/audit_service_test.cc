#include "services/audit/audit_service.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/audit/audit_server_for_test.h"
#include "services/runtime/refusal_log.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::wardbook::events::v1::AccessEvent;

std::vector<Hash> HashesOf(const google::protobuf::RepeatedPtrField<std::string>& bytes) {
  std::vector<Hash> hashes;
  for (const std::string& one : bytes) hashes.push_back(Hash::FromBytes(one).value());
  return hashes;
}

grpc::StatusCode HistoryCode(AuditServerForTest& server, const char* token,
                             const wardbook::v1::GetHistoryRequest& request,
                             wardbook::v1::GetHistoryResponse* response) {
  return server.stub().GetHistory(server.SignedIn(token).get(), request, response).error_code();
}

wardbook::v1::GetCheckpointResponse CheckpointOf(AuditServerForTest& server) {
  wardbook::v1::GetCheckpointResponse response;
  EXPECT_TRUE(server.stub()
                  .GetCheckpoint(server.SignedIn(AuditServerForTest::kTeacher).get(), {}, &response)
                  .ok());
  return response;
}

TEST(GetHistory, GivesTheStoredBytesPageByPageAndRecordsThatTheyWereRead) {
  AuditServerForTest server;
  server.File("chat.txt", "01/03/2025, 23:10 - Someone: hello\n");
  ASSERT_OK_AND_ASSIGN(const std::vector<storage::StoredRecord> stored,
                       server.log().ReadStream(server.school(), server.ref().Stream(), 1, 100));
  ASSERT_THAT(stored, SizeIs(3));

  wardbook::v1::GetHistoryRequest request;
  request.set_case_ref(server.ref().text());
  request.set_page_size(2);
  std::vector<wardbook::v1::HistoryEntry> entries;
  std::vector<int> page_sizes;
  do {
    wardbook::v1::GetHistoryResponse response;
    ASSERT_EQ(HistoryCode(server, AuditServerForTest::kHead, request, &response), grpc::OK);
    page_sizes.push_back(response.entries_size());
    entries.insert(entries.end(), response.entries().begin(), response.entries().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());

  EXPECT_THAT(page_sizes, ElementsAre(2, 1));
  ASSERT_THAT(entries, SizeIs(3));
  for (size_t i = 0; i < stored.size(); ++i) {
    EXPECT_EQ(entries[i].record(), stored[i].bytes);
    EXPECT_EQ(entries[i].position(), stored[i].position);
    EXPECT_EQ(entries[i].revision(), i + 1);
  }
  const std::vector<AccessEvent> access = server.AccessEvents();
  ASSERT_THAT(access, SizeIs(2));
  EXPECT_EQ(access[0].history_read().revision(), 2u);
  EXPECT_EQ(access[1].history_read().revision(), 3u);
}

TEST(GetHistory, PageOfLargeRecordsStaysWithinOneMessage) {
  AuditServerForTest server;
  wardbook::events::v1::CaseEvent event;
  event.mutable_note_added()->set_text(std::string(900'000, 'n'));
  for (int i = 0; i < 6; ++i) server.Record(server.ref().Stream(), event);
  wardbook::v1::GetHistoryRequest request;
  request.set_case_ref(server.ref().text());
  int entries = 0;
  int pages = 0;
  do {
    wardbook::v1::GetHistoryResponse response;
    ASSERT_EQ(HistoryCode(server, AuditServerForTest::kHead, request, &response), grpc::OK);
    EXPECT_LE(response.ByteSizeLong(), 4u << 20);
    entries += response.entries_size();
    ++pages;
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(entries, 8);
  EXPECT_EQ(pages, 2);
}

TEST(GetHistory, WhatCannotBeRecordedIsNotShown) {
  AuditServerForTest server;
  server.reveal_status = absl::UnavailableError("the disk is full");
  wardbook::v1::GetHistoryRequest request;
  request.set_case_ref(server.ref().text());
  wardbook::v1::GetHistoryResponse response;
  EXPECT_EQ(HistoryCode(server, AuditServerForTest::kHead, request, &response), grpc::UNAVAILABLE);
  EXPECT_THAT(response.entries(), IsEmpty());
}

TEST(GetHistory, CaseThatTheCallerMayNotSeeDoesNotExist) {
  AuditServerForTest server;
  wardbook::v1::GetHistoryRequest request;
  request.set_case_ref(server.ref().text());
  wardbook::v1::GetHistoryResponse response;
  EXPECT_EQ(HistoryCode(server, AuditServerForTest::kTeacher, request, &response), grpc::NOT_FOUND);
  EXPECT_EQ(HistoryCode(server, "nobody", request, &response), grpc::UNAUTHENTICATED);
  EXPECT_THAT(server.AccessEvents(), IsEmpty());
}

TEST(GetHistory, PageThatTheCaseDoesNotHaveIsInvalid) {
  AuditServerForTest server;
  wardbook::v1::GetHistoryRequest request;
  request.set_case_ref(server.ref().text());
  wardbook::v1::GetHistoryResponse response;
  for (const char* token : {"3", "0", "-1", "+1", " 1", "one", "18446744073709551616"}) {
    request.set_page_token(token);
    EXPECT_EQ(HistoryCode(server, AuditServerForTest::kHead, request, &response),
              grpc::INVALID_ARGUMENT)
        << token;
  }
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_EQ(HistoryCode(server, AuditServerForTest::kHead, request, &response),
            grpc::INVALID_ARGUMENT);
}

TEST(ListAccess, SaysInPlainWordsWhatWasShownToWhom) {
  AuditServerForTest server;
  const EvidenceId file = server.File("chat.txt", "01/03/2025, 23:10 - Someone: hello\n");
  const std::string stream = server.ref().AccessStream();
  AccessEvent event;
  event.mutable_case_viewed()->set_revision(3);
  server.Record(stream, event);
  event.mutable_evidence_revealed()->set_evidence_id(file.Bytes());
  server.Record(stream, event);
  event.mutable_history_read()->set_revision(2);
  server.Record(stream, event);
  event.mutable_bundle_exported()->set_revision(3);
  event.mutable_bundle_exported()->set_purpose("For the governors.");
  server.Record(stream, event);

  wardbook::v1::ListAccessRequest request;
  request.set_case_ref(server.ref().text());
  request.set_page_size(3);
  std::vector<std::string> what;
  do {
    wardbook::v1::ListAccessResponse response;
    ASSERT_TRUE(
        server.stub()
            .ListAccess(server.SignedIn(AuditServerForTest::kHead).get(), request, &response)
            .ok());
    for (const wardbook::v1::AccessEntry& entry : response.entries()) {
      EXPECT_EQ(entry.actor_id(), server.head().Hex());
      EXPECT_EQ(entry.actor_name(), "Ada Quill");
      EXPECT_EQ(entry.recorded_time().seconds(), 1'740'996'000);
      what.push_back(entry.what());
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(what, ElementsAre("The case, up to entry 3", "The file \"chat.txt\" in evidence",
                                "The stored records of the case, up to entry 2",
                                "A bundle of the whole case, up to entry 3, exported for this "
                                "purpose: For the governors."));
}

TEST(ListAccess, IsNotForThoseWhoDoNotSeeTheCaseWhole) {
  AuditServerForTest server;
  wardbook::v1::ListAccessRequest request;
  request.set_case_ref(server.ref().text());
  wardbook::v1::ListAccessResponse response;
  EXPECT_EQ(server.stub()
                .ListAccess(server.SignedIn(AuditServerForTest::kTeacher).get(), request, &response)
                .error_code(),
            grpc::NOT_FOUND);
}

TEST(ListRefusals, NamesNoCaseAlsoWhereTheLogDoes) {
  AuditServerForTest server;
  AccessEvent event;
  event.mutable_command_refused()->set_command("CaseService.CloseCase");
  event.mutable_command_refused()->set_reason("R-NO-SUCH-CASE");
  event.mutable_command_refused()->set_case_ref(server.ref().text());
  server.Record(runtime::kRefusalsStream, event);
  wardbook::v1::ListRefusalsResponse response;
  ASSERT_TRUE(server.stub()
                  .ListRefusals(server.SignedIn(AuditServerForTest::kAuditor).get(),
                                wardbook::v1::ListRefusalsRequest(), &response)
                  .ok());
  ASSERT_THAT(response.entries(), SizeIs(1));
  EXPECT_EQ(response.entries(0).refused().command(), "CaseService.CloseCase");
  EXPECT_THAT(response.ShortDebugString(), Not(HasSubstr(server.ref().text())));
}

TEST(GetCheckpoint, IsTheHeadOfTheLogUnderTheKeyThatItNames) {
  AuditServerForTest server;
  const wardbook::v1::GetCheckpointResponse response = CheckpointOf(server);
  EXPECT_EQ(response.verifier_key(), server.verifier().Text());
  ASSERT_OK_AND_ASSIGN(const checkpoint::Checkpoint signed_head,
                       checkpoint::OpenCheckpoint(server.verifier(), response.checkpoint()));
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, server.log().Head(server.school()));
  EXPECT_EQ(signed_head.size, head.size);
  EXPECT_EQ(signed_head.root, head.root);
}

TEST(GetCheckpoint, IsNotSignedForASchoolThatTakesNoRecords) {
  AuditServerForTest server;
  server.write_status = absl::DataLossError("records 3 to 7 are missing");
  wardbook::v1::GetCheckpointResponse response;
  EXPECT_EQ(server.stub()
                .GetCheckpoint(server.SignedIn(AuditServerForTest::kHead).get(), {}, &response)
                .error_code(),
            grpc::DATA_LOSS);
  EXPECT_EQ(response.checkpoint(), "");
}

TEST(GetInclusionProof, VerifiesAgainstTheCheckpoint) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(
      const checkpoint::Checkpoint head,
      checkpoint::OpenCheckpoint(server.verifier(), CheckpointOf(server).checkpoint()));
  ASSERT_OK_AND_ASSIGN(const std::vector<storage::StoredRecord> records,
                       server.log().ReadLog(server.school(), 0, 100));
  ASSERT_EQ(records.size(), head.size);
  for (const storage::StoredRecord& record : records) {
    wardbook::v1::GetInclusionProofRequest request;
    request.set_position(record.position);
    request.set_tree_size(head.size);
    wardbook::v1::GetInclusionProofResponse response;
    ASSERT_TRUE(server.stub()
                    .GetInclusionProof(server.SignedIn(AuditServerForTest::kTeacher).get(), request,
                                       &response)
                    .ok());
    EXPECT_EQ(response.proof().leaf_index(), record.position);
    EXPECT_EQ(response.proof().tree_size(), head.size);
    EXPECT_OK(merkle::VerifyInclusion(merkle::LeafHash(record.bytes), record.position, head.size,
                                      HashesOf(response.proof().hashes()), head.root));
  }
  wardbook::v1::GetInclusionProofRequest beyond;
  beyond.set_position(head.size);
  beyond.set_tree_size(head.size);
  wardbook::v1::GetInclusionProofResponse response;
  EXPECT_EQ(
      server.stub()
          .GetInclusionProof(server.SignedIn(AuditServerForTest::kTeacher).get(), beyond, &response)
          .error_code(),
      grpc::OUT_OF_RANGE);
}

TEST(GetConsistencyProof, VerifiesBetweenTwoCheckpoints) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(
      const checkpoint::Checkpoint old_head,
      checkpoint::OpenCheckpoint(server.verifier(), CheckpointOf(server).checkpoint()));
  server.File("chat.txt", "01/03/2025, 23:10 - Someone: hello\n");
  server.File("more.txt", "02/03/2025, 08:15 - Someone: hello again\n");
  ASSERT_OK_AND_ASSIGN(
      const checkpoint::Checkpoint new_head,
      checkpoint::OpenCheckpoint(server.verifier(), CheckpointOf(server).checkpoint()));

  wardbook::v1::GetConsistencyProofRequest request;
  request.set_old_size(old_head.size);
  request.set_new_size(new_head.size);
  wardbook::v1::GetConsistencyProofResponse response;
  ASSERT_TRUE(server.stub()
                  .GetConsistencyProof(server.SignedIn(AuditServerForTest::kTeacher).get(), request,
                                       &response)
                  .ok());
  EXPECT_OK(merkle::VerifyConsistency(old_head.size, old_head.root, new_head.size, new_head.root,
                                      HashesOf(response.proof().hashes())));

  request.set_new_size(new_head.size + 1);
  EXPECT_EQ(server.stub()
                .GetConsistencyProof(server.SignedIn(AuditServerForTest::kTeacher).get(), request,
                                     &response)
                .error_code(),
            grpc::OUT_OF_RANGE);
}

}  // namespace
}  // namespace wardbook::audit
