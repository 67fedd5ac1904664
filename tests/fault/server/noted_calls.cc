#include "tests/fault/server/noted_calls.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/ids.h"
#include "storage/merkle/tree.h"
#include "tests/e2e/cases.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

// So many pieces a file comes in, so that a kill finds some of them.
constexpr size_t kChunks = 4;
// The most that a list takes.
constexpr int kPageSize = 200;

std::vector<Hash> HashesOf(const google::protobuf::RepeatedPtrField<std::string>& bytes) {
  std::vector<Hash> hashes;
  for (const std::string& hash : bytes) hashes.push_back(Hash::FromBytes(hash).value_or(Hash()));
  return hashes;
}

}  // namespace

grpc::Status NotedCalls::SendFile(const Person& person, const School& school,
                                  absl::string_view case_ref, std::string content) {
  const auto opened =
      person.Call(&v1::EvidenceService::Stub::OpenUpload, Upload(school, case_ref, content));
  if (!opened.ok()) return opened.status;
  NotedFile& file = files_.emplace_back();
  file.case_ref = std::string(case_ref);
  file.upload_id = opened.response.upload_id();
  file.content = std::move(content);
  const size_t chunk_bytes = file.content.size() / kChunks + 1;
  while (file.committed < file.content.size()) {
    const auto put = PutChunk(person, file.upload_id, file.committed,
                              absl::string_view(file.content).substr(file.committed, chunk_bytes));
    if (!put.ok()) return put.status;
    file.committed = put.response.committed_offset();
  }
  file.filing = ScreenPrint(school, case_ref, file.upload_id);
  return Send(person, &v1::EvidenceService::Stub::FileEvidence, *file.filing).status;
}

void NotedCalls::NoteCheckpoint(const Person& person, absl::string_view note) {
  const absl::StatusOr<checkpoint::Checkpoint> seen =
      checkpoint::OpenCheckpoint(person.server->verifier(), note);
  ASSERT_OK(seen);
  if (!newest_.has_value() || newest_->size < seen->size) newest_ = *seen;
}

void NotedCalls::Merge(NotedCalls other) {
  std::move(other.mutations_.begin(), other.mutations_.end(), std::back_inserter(mutations_));
  std::move(other.files_.begin(), other.files_.end(), std::back_inserter(files_));
  for (auto& [case_ref, texts] : other.notes_) {
    std::vector<std::string>& notes = notes_[case_ref];
    std::move(texts.begin(), texts.end(), std::back_inserter(notes));
  }
  if (!other.newest_.has_value()) return;
  if (!newest_.has_value() || newest_->size < other.newest_->size) newest_ = other.newest_;
}

int NotedCalls::answered(absl::string_view name) const {
  return static_cast<int>(
      std::count_if(mutations_.begin(), mutations_.end(), [&](const Mutation& mutation) {
        return mutation.name == name && mutation.answered.has_value();
      }));
}

void NotedCalls::ExpectKept(const School& school) {
  ExpectGrownFromNewest(school);
  ExpectMutationsKept(school);
  ExpectFilesKept(school);
  ExpectCasesKept(school);
  ExpectCasesListed(school);
}

void NotedCalls::ExpectGrownFromNewest(const School& school) const {
  if (!newest_.has_value()) return;
  const checkpoint::Checkpoint head = school.head.Head();
  ASSERT_GE(head.size, newest_->size) << "records that a checkpoint was signed over are lost";
  v1::GetConsistencyProofRequest request;
  request.set_old_size(newest_->size);
  request.set_new_size(head.size);
  const auto proof = school.auditor.Call(&v1::AuditService::Stub::GetConsistencyProof, request);
  ASSERT_THAT(proof, IsAnswered());
  EXPECT_OK(merkle::VerifyConsistency(newest_->size, newest_->root, head.size, head.root,
                                      HashesOf(proof.response.proof().hashes())));
}

void NotedCalls::ExpectIncluded(const School& school, const v1::Receipt& receipt) const {
  const checkpoint::Checkpoint head = school.head.Head();
  v1::GetInclusionProofRequest request;
  request.set_position(receipt.position());
  request.set_tree_size(head.size);
  const auto proof = school.auditor.Call(&v1::AuditService::Stub::GetInclusionProof, request);
  ASSERT_THAT(proof, IsAnswered());
  EXPECT_OK(merkle::VerifyInclusion(HashesOf(receipt.leaf_hashes()).at(0), receipt.position(),
                                    head.size, HashesOf(proof.response.proof().hashes()),
                                    head.root));
}

void NotedCalls::ExpectMutationsKept(const School& school) {
  const uint64_t size = school.head.Head().size;
  const Mutation* last_answered = nullptr;
  for (const Mutation& mutation : mutations_) {
    if (!mutation.answered.has_value()) continue;
    const Answer<Said> again = mutation.repeat();
    ASSERT_THAT(again, IsAnswered()) << mutation.name;
    EXPECT_EQ(again.response.lasting, mutation.answered->lasting) << mutation.name;
    last_answered = &mutation;
  }
  EXPECT_EQ(school.head.Head().size, size) << "what was recorded already was recorded again";
  if (last_answered != nullptr) ExpectIncluded(school, last_answered->answered->receipt);
  // What was not answered may have been recorded or not: now it is, and once.
  for (Mutation& mutation : mutations_) {
    if (mutation.answered.has_value()) continue;
    const Answer<Said> first = mutation.repeat();
    ASSERT_THAT(first, IsAnswered()) << mutation.name;
    const Answer<Said> second = mutation.repeat();
    ASSERT_THAT(second, IsAnswered()) << mutation.name;
    EXPECT_EQ(first.response.lasting, second.response.lasting) << mutation.name;
    mutation.answered = first.response;
  }
}

void NotedCalls::ExpectFilesKept(const School& school) {
  for (NotedFile& file : files_) {
    if (!file.filing.has_value()) {
      v1::GetUploadRequest request;
      request.set_upload_id(file.upload_id);
      const auto upload = school.teacher.Call(&v1::EvidenceService::Stub::GetUpload, request);
      ASSERT_THAT(upload, IsAnswered());
      const uint64_t committed = upload.response.committed_offset();
      ASSERT_GE(committed, file.committed) << "a chunk that was committed is gone";
      ASSERT_LE(committed, file.content.size());
      if (committed < file.content.size()) {
        ASSERT_THAT(
            PutChunk(school.teacher, file.upload_id, committed, file.content.substr(committed)),
            IsAnswered());
      }
      file.filing = ScreenPrint(school, file.case_ref, file.upload_id);
      ASSERT_THAT(Send(school.teacher, &v1::EvidenceService::Stub::FileEvidence, *file.filing),
                  IsAnswered());
    }
    const Answer<std::string> bytes = DownloadWhole(school.teacher, file.case_ref, file.upload_id);
    ASSERT_THAT(bytes, IsAnswered());
    EXPECT_TRUE(bytes.response == file.content) << "a file is not what was filed";
  }
}

void NotedCalls::ExpectCasesKept(const School& school) const {
  std::map<std::string, uint32_t> files;
  for (const NotedFile& file : files_) ++files[file.case_ref];
  for (const auto& [case_ref, notes] : notes_) {
    const v1::CaseFile file = Open(school.head, case_ref);
    EXPECT_EQ(file.summary().evidence_count(), files[case_ref]) << "a file that nobody filed";
    std::vector<std::string> recorded;
    uint64_t revision = 0;
    for (const v1::TimelineEntry& entry : file.timeline()) {
      EXPECT_EQ(entry.revision(), ++revision);
      if (entry.event().has_note_added()) recorded.push_back(entry.event().note_added().text());
    }
    EXPECT_EQ(file.summary().revision(), revision);
    EXPECT_THAT(recorded, UnorderedElementsAreArray(notes));
  }
}

void NotedCalls::ExpectCasesListed(const School& school) const {
  std::set<std::string> unlisted;
  for (const auto& [case_ref, notes] : notes_) unlisted.insert(case_ref);
  v1::ListInboxRequest request;
  request.set_page_size(kPageSize);
  do {
    const auto page = school.head.CallFrom(school.head.Head().size - 1,
                                           &v1::CaseService::Stub::ListInbox, request);
    ASSERT_THAT(page, IsAnswered());
    for (const v1::CaseSummary& listed : page.response.cases()) unlisted.erase(listed.case_ref());
    request.set_page_token(page.response.next_page_token());
  } while (!request.page_token().empty() && !unlisted.empty());
  EXPECT_THAT(unlisted, IsEmpty());
}

Answer<std::string> DownloadWhole(const Person& person, absl::string_view case_ref,
                                  absl::string_view evidence_id) {
  v1::DownloadEvidenceRequest request;
  request.set_case_ref(std::string(case_ref));
  request.set_evidence_id(std::string(evidence_id));
  const auto parts = person.Read(&v1::EvidenceService::Stub::DownloadEvidence, request);
  Answer<std::string> whole;
  whole.status = parts.status;
  for (const v1::DownloadEvidenceResponse& part : parts.response) whole.response += part.data();
  return whole;
}

void ExpectCleanLog(const School& school) {
  const checkpoint::Checkpoint head = school.head.Head();
  const auto check = school.auditor.Read(&v1::AuditService::Stub::CheckLog, v1::CheckLogRequest());
  ASSERT_THAT(check, IsAnswered());
  const v1::CheckLogResponse& last = check.response.back();
  EXPECT_EQ(last.total(), head.size);
  EXPECT_EQ(last.checked(), head.size);
  EXPECT_TRUE(last.verdict().clean()) << last.verdict().ShortDebugString();
}

}  // namespace wardbook::e2e
