#include "storage/evidence/evidence_store.h"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/big_endian.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::evidence {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::BorrowedKeyValue;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::KeyValueControl;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::StatusIs;
using ::wardbook::testing::TestSeed;

constexpr int64_t kOpenedSeconds = 1'741'000'000;

std::string RandomContent(size_t size) {
  std::mt19937_64 random(TestSeed() + size);
  std::string content(size, '\0');
  for (char& c : content) c = static_cast<char>(random());
  return content;
}

bool Always() { return true; }

absl::StatusOr<bool> NobodyNames(const UploadStatus&, const EvidenceId&) { return false; }

class EvidenceStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<vault::Vault>> vault =
        vault::Vault::Open(std::make_unique<MemoryKeyValue>(), crypto::Secret::Random());
    ASSERT_OK(vault);
    vault_ = *std::move(vault);
    Reopen();
  }

  // As after a restart of the server: nothing of the store is in memory.
  void Reopen() {
    absl::StatusOr<std::unique_ptr<EvidenceStore>> store =
        EvidenceStore::Open(std::make_unique<BorrowedKeyValue>(rows_, control_), *vault_);
    ASSERT_OK(store);
    store_ = *std::move(store);
  }

  static wardbook::log::v1::UploadRecord UploadOf(uint64_t size) {
    wardbook::log::v1::UploadRecord upload;
    upload.set_case_ref("WB-7K4D-9QX2");
    upload.set_actor_id(std::string(16, 'a'));
    upload.set_file_name("screen print of the group chat.png");
    upload.set_size(size);
    upload.mutable_opened_time()->set_seconds(kOpenedSeconds);
    return upload;
  }

  EvidenceId OpenUpload(uint64_t size) {
    absl::StatusOr<EvidenceId> id = store_->OpenUpload(school_, UploadOf(size));
    EXPECT_OK(id);
    return *id;
  }

  // An upload of `content` in chunks of at most `chunk` bytes.
  EvidenceId Upload(absl::string_view content, size_t chunk = kChunkBytesMax) {
    const EvidenceId id = OpenUpload(content.size());
    for (size_t offset = 0; offset < content.size(); offset += chunk) {
      EXPECT_OK(store_->PutChunk(school_, id, offset, content.substr(offset, chunk)));
    }
    return id;
  }

  absl::StatusOr<std::string> ReadAll(const EvidenceId& id) {
    std::string content;
    while (true) {
      absl::StatusOr<std::string> chunk = store_->ReadChunk(school_, id, content.size());
      if (!chunk.ok()) return chunk.status();
      if (chunk->empty()) return content;
      content += *chunk;
    }
  }

  // SHA-256 over the sealed chunks as the store holds them.
  Hash SealedHash(const EvidenceId& id) {
    const std::string prefix = absl::StrCat("c", school_.view(), id.view());
    crypto::Sha256Stream hash;
    EXPECT_OK(rows_.Scan(prefix, storage::PrefixEnd(prefix),
                         [&](absl::string_view, absl::string_view sealed) {
                           hash.Update(sealed);
                           return true;
                         }));
    return hash.Digest();
  }

  std::string ChunkRow(const EvidenceId& id, uint64_t offset) {
    std::string row = absl::StrCat("c", school_.view(), id.view());
    AppendBigEndian64(&row, offset);
    return row;
  }

  std::string Row(const std::string& key) {
    absl::StatusOr<std::optional<std::string>> value = rows_.Get(key);
    EXPECT_OK(value);
    EXPECT_TRUE(value->has_value());
    return value->value_or("");
  }

  void Put(const std::string& key, const std::string& value) {
    storage::WriteSet writes;
    writes.Put(key, value);
    ASSERT_OK(rows_.Write(writes, storage::Durability::kSynced));
  }

  void Delete(const std::string& key) {
    storage::WriteSet writes;
    writes.Delete(key);
    ASSERT_OK(rows_.Write(writes, storage::Durability::kSynced));
  }

  std::map<std::string, std::string> Rows() {
    std::map<std::string, std::string> rows;
    EXPECT_OK(rows_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
      rows.emplace(std::string(key), std::string(value));
      return true;
    }));
    return rows;
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  std::unique_ptr<vault::Vault> vault_;
  MemoryKeyValue rows_;
  KeyValueControl control_;
  std::unique_ptr<EvidenceStore> store_;
};

using absl::StatusCode;

TEST_F(EvidenceStoreTest, GivesBackTheBytesOfEverySize) {
  for (size_t size : {size_t{1}, kSniffBytes - 1, kSniffBytes, kChunkBytesMax - 1, kChunkBytesMax,
                      kChunkBytesMax + 1, 3 * kChunkBytesMax + 17}) {
    const std::string content = RandomContent(size);
    const EvidenceId id = Upload(content);
    ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
    EXPECT_EQ(complete.status.committed_offset, size);
    EXPECT_EQ(complete.sha256, crypto::Sha256(content));
    EXPECT_EQ(complete.sealed_sha256, SealedHash(id));
    EXPECT_EQ(complete.head, content.substr(0, kSniffBytes));
    EXPECT_EQ(complete.status.record.file_name(), UploadOf(size).file_name());
    EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq(content)));
  }
}

TEST_F(EvidenceStoreTest, AnyChunkingWithRetriesAndRestartsGivesTheSameFile) {
  TestSeed();
  const bool holds = rc::check("random chunks, some again, some after a restart", [this] {
    const size_t size = *rc::gen::inRange<size_t>(1, 4 << 20);
    const std::string content = RandomContent(size);
    const EvidenceId id = OpenUpload(size);
    uint64_t committed = 0;
    while (committed < size) {
      if (*rc::gen::inRange(0, 8) == 0) Reopen();
      // Up to 64 KiB of what is there already come again.
      const uint64_t back = std::min<uint64_t>(committed, *rc::gen::inRange<uint64_t>(0, 65536));
      const uint64_t offset = committed - back;
      const size_t length = *rc::gen::inRange<size_t>(1, kChunkBytesMax + 1);
      const std::string chunk = content.substr(offset, length);
      absl::StatusOr<uint64_t> answer = store_->PutChunk(school_, id, offset, chunk);
      RC_ASSERT(answer.ok());
      RC_ASSERT(*answer == std::max<uint64_t>(committed, offset + chunk.size()));
      committed = *answer;
    }
    absl::StatusOr<CompleteUpload> complete = store_->Complete(school_, id);
    RC_ASSERT(complete.ok());
    RC_ASSERT(complete->sha256 == crypto::Sha256(content));
    RC_ASSERT(complete->sealed_sha256 == SealedHash(id));
    RC_ASSERT(complete->head == content.substr(0, kSniffBytes));
    absl::StatusOr<std::string> read = ReadAll(id);
    RC_ASSERT(read.ok());
    RC_ASSERT(*read == content);
  });
  EXPECT_TRUE(holds);
}

TEST_F(EvidenceStoreTest, ResumesAtEveryOffset) {
  const std::string content = RandomContent(40);
  for (size_t stop = 1; stop < content.size(); ++stop) {
    const EvidenceId id = OpenUpload(content.size());
    ASSERT_OK(store_->PutChunk(school_, id, 0, content.substr(0, stop)));
    Reopen();
    ASSERT_OK_AND_ASSIGN(const UploadStatus status, store_->GetUpload(school_, id));
    ASSERT_EQ(status.committed_offset, stop);
    ASSERT_THAT(store_->PutChunk(school_, id, stop, content.substr(stop)),
                IsOkAndHolds(Eq(content.size())));
    ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
    EXPECT_EQ(complete.sha256, crypto::Sha256(content));
    EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq(content)));
  }
}

TEST_F(EvidenceStoreTest, ChunkThatCameBeforeChangesNothing) {
  const EvidenceId id = OpenUpload(10);
  ASSERT_OK(store_->PutChunk(school_, id, 0, "01234"));
  EXPECT_THAT(store_->PutChunk(school_, id, 0, "01234"), IsOkAndHolds(Eq(5u)));
  EXPECT_THAT(store_->PutChunk(school_, id, 2, "xy"), IsOkAndHolds(Eq(5u)));
  EXPECT_THAT(store_->PutChunk(school_, id, 3, "xy567"), IsOkAndHolds(Eq(8u)));
  EXPECT_THAT(store_->PutChunk(school_, id, 0, "xxxxxxxx89"), IsOkAndHolds(Eq(10u)));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("0123456789")));
  // Once complete, a retry is still answered.
  EXPECT_THAT(store_->PutChunk(school_, id, 9, "9"), IsOkAndHolds(Eq(10u)));
}

TEST_F(EvidenceStoreTest, GapIsOutOfRange) {
  const EvidenceId id = OpenUpload(10);
  EXPECT_THAT(store_->PutChunk(school_, id, 1, "1"), StatusIs(StatusCode::kOutOfRange));
  ASSERT_OK(store_->PutChunk(school_, id, 0, "01"));
  EXPECT_THAT(store_->PutChunk(school_, id, 3, "3"), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(store_->PutChunk(school_, id, UINT64_MAX, "3"), StatusIs(StatusCode::kOutOfRange));
}

TEST_F(EvidenceStoreTest, BytesBeyondTheSizeAreOutOfRange) {
  const EvidenceId id = OpenUpload(3);
  EXPECT_THAT(store_->PutChunk(school_, id, 0, "0123"), StatusIs(StatusCode::kOutOfRange));
  ASSERT_OK(store_->PutChunk(school_, id, 0, "012"));
  EXPECT_THAT(store_->PutChunk(school_, id, 3, "3"), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(store_->PutChunk(school_, id, 2, "23"), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("012")));
}

TEST_F(EvidenceStoreTest, EmptyAndTooLargeAreInvalid) {
  const EvidenceId id = OpenUpload(kFileBytesMax);
  EXPECT_THAT(store_->PutChunk(school_, id, 0, ""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(store_->PutChunk(school_, id, 0, std::string(kChunkBytesMax + 1, 'x')),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(store_->OpenUpload(school_, UploadOf(0)), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(store_->OpenUpload(school_, UploadOf(kFileBytesMax + 1)),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(EvidenceStoreTest, UnknownAndOtherSchoolsUploadsAreNotFound) {
  const EvidenceId id = Upload("0123");
  const SchoolId other = crypto::RandomId<SchoolId>();
  const std::vector<std::pair<SchoolId, EvidenceId>> wrong = {
      {school_, crypto::RandomId<EvidenceId>()}, {other, id}};
  for (const auto& [wrong_school, wrong_id] : wrong) {
    EXPECT_THAT(store_->GetUpload(wrong_school, wrong_id), StatusIs(StatusCode::kNotFound));
    EXPECT_THAT(store_->PutChunk(wrong_school, wrong_id, 0, "x"), StatusIs(StatusCode::kNotFound));
    EXPECT_THAT(store_->Complete(wrong_school, wrong_id), StatusIs(StatusCode::kNotFound));
    EXPECT_THAT(store_->Keep(wrong_school, wrong_id), StatusIs(StatusCode::kNotFound));
    EXPECT_THAT(store_->ReadChunk(wrong_school, wrong_id, 0), StatusIs(StatusCode::kNotFound));
  }
  EXPECT_OK(store_->Complete(school_, id));
}

TEST_F(EvidenceStoreTest, IncompleteUploadDoesNotComplete) {
  const EvidenceId id = OpenUpload(4);
  EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kFailedPrecondition));
  ASSERT_OK(store_->PutChunk(school_, id, 0, "012"));
  EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(EvidenceStoreTest, CompleteSyncsAndMayBeCalledAgain) {
  const EvidenceId id = Upload("0123", 2);
  const int before = control_.synced_writes();
  ASSERT_OK_AND_ASSIGN(const CompleteUpload first, store_->Complete(school_, id));
  EXPECT_EQ(control_.synced_writes(), before + 1);
  Reopen();
  ASSERT_OK_AND_ASSIGN(const CompleteUpload second, store_->Complete(school_, id));
  EXPECT_EQ(second.sha256, first.sha256);
  EXPECT_EQ(second.sealed_sha256, first.sealed_sha256);
  EXPECT_EQ(second.key_id, first.key_id);
}

TEST_F(EvidenceStoreTest, ChunkThatTheDiskRefusedMayComeAgain) {
  const EvidenceId id = OpenUpload(6);
  ASSERT_OK(store_->PutChunk(school_, id, 0, "012"));
  control_.FailWrites();
  EXPECT_THAT(store_->PutChunk(school_, id, 3, "345"), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kFailedPrecondition));
  control_.HealWrites();
  EXPECT_THAT(store_->PutChunk(school_, id, 3, "345"), IsOkAndHolds(Eq(6u)));
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
  EXPECT_EQ(complete.sha256, crypto::Sha256("012345"));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("012345")));
}

TEST_F(EvidenceStoreTest, CompleteThatCannotSyncIsUnavailable) {
  const EvidenceId id = Upload("0123");
  control_.FailWrites();
  EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(store_->Keep(school_, id), StatusIs(StatusCode::kUnavailable));
  control_.HealWrites();
  EXPECT_OK(store_->Complete(school_, id));
}

TEST_F(EvidenceStoreTest, FileInEvidenceTakesNoMoreChunks) {
  const EvidenceId id = Upload("0123");
  ASSERT_OK(store_->Keep(school_, id));
  EXPECT_THAT(store_->PutChunk(school_, id, 0, "0123"), StatusIs(StatusCode::kFailedPrecondition));
  Reopen();
  EXPECT_THAT(store_->PutChunk(school_, id, 0, "0123"), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_OK(store_->Keep(school_, id));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("0123")));
}

TEST_F(EvidenceStoreTest, ReadsWhereAChunkBeginsAndNowhereElse) {
  const EvidenceId id = Upload("012345", 2);
  EXPECT_THAT(store_->ReadChunk(school_, id, 2), IsOkAndHolds(Eq("23")));
  EXPECT_THAT(store_->ReadChunk(school_, id, 6), IsOkAndHolds(Eq("")));
  EXPECT_THAT(store_->ReadChunk(school_, id, 7), StatusIs(StatusCode::kOutOfRange));
  EXPECT_THAT(store_->ReadChunk(school_, id, 3), StatusIs(StatusCode::kDataLoss));
}

TEST_F(EvidenceStoreTest, ChangedByteOfAChunkIsDataLoss) {
  const EvidenceId id = Upload("012345", 3);
  const std::string row = ChunkRow(id, 3);
  const std::string good = Row(row);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    Put(row, bad);
    EXPECT_OK(store_->ReadChunk(school_, id, 0));
    EXPECT_THAT(store_->ReadChunk(school_, id, 3),
                StatusIs(StatusCode::kDataLoss, HasSubstr(id.Hex())));
    Reopen();
    EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kDataLoss));
  }
}

TEST_F(EvidenceStoreTest, ShortenedOrMissingChunkIsDataLoss) {
  const EvidenceId id = Upload("012345678", 3);
  Put(ChunkRow(id, 3), Row(ChunkRow(id, 3)).substr(0, 20));
  EXPECT_THAT(store_->ReadChunk(school_, id, 3), StatusIs(StatusCode::kDataLoss));
  for (uint64_t lost : {uint64_t{0}, uint64_t{3}, uint64_t{6}}) {
    const EvidenceId other = Upload("012345678", 3);
    Delete(ChunkRow(other, lost));
    EXPECT_THAT(ReadAll(other), StatusIs(StatusCode::kDataLoss));
    Reopen();
    EXPECT_THAT(store_->Complete(school_, other), StatusIs(StatusCode::kDataLoss));
  }
}

TEST_F(EvidenceStoreTest, SwappedChunksAreDataLoss) {
  const EvidenceId id = Upload("012345", 3);
  const std::string first = Row(ChunkRow(id, 0));
  Put(ChunkRow(id, 0), Row(ChunkRow(id, 3)));
  Put(ChunkRow(id, 3), first);
  EXPECT_THAT(store_->ReadChunk(school_, id, 0), StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(store_->ReadChunk(school_, id, 3), StatusIs(StatusCode::kDataLoss));
}

TEST_F(EvidenceStoreTest, UploadRowsOfTwoFilesDoNotStandInForEachOther) {
  const EvidenceId a = Upload("0123");
  const EvidenceId b = Upload("4567");
  Put(absl::StrCat("u", school_.view(), a.view()),
      Row(absl::StrCat("u", school_.view(), b.view())));
  EXPECT_THAT(store_->GetUpload(school_, a), StatusIs(StatusCode::kDataLoss));
}

TEST_F(EvidenceStoreTest, DestroyedKeyMakesTheFileNotFound) {
  const EvidenceId id = Upload("0123");
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
  ASSERT_OK(store_->Keep(school_, id));
  ASSERT_OK(vault_->Destroy(complete.key_id));
  EXPECT_THAT(store_->ReadChunk(school_, id, 0), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(store_->GetUpload(school_, id), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(store_->Complete(school_, id), StatusIs(StatusCode::kNotFound));
}

TEST_F(EvidenceStoreTest, StoreHoldsNothingOfTheFileInClear) {
  const std::string content(5000, 'S');
  const EvidenceId id = Upload(content, 1000);
  ASSERT_OK(store_->Complete(school_, id));
  ASSERT_OK(store_->Keep(school_, id));
  for (const auto& [key, value] : Rows()) {
    for (const std::string& row : {key, value}) {
      EXPECT_THAT(row, Not(HasSubstr("SSSSSSSS")));
      EXPECT_THAT(row, Not(HasSubstr("screen print")));
      EXPECT_THAT(row, Not(HasSubstr("7K4D")));
      EXPECT_THAT(row, Not(HasSubstr("aaaaaaaa")));
    }
  }
}

TEST_F(EvidenceStoreTest, SweepTakesOldUploadsThatNobodyNames) {
  const EvidenceId complete = Upload("0123", 1);
  const EvidenceId begun = OpenUpload(10);
  const EvidenceId kept = Upload("4567");
  const EvidenceId named = Upload("89");
  ASSERT_OK(store_->Keep(school_, kept));
  ASSERT_OK_AND_ASSIGN(const KeyId key_of_swept, [&]() -> absl::StatusOr<KeyId> {
    absl::StatusOr<CompleteUpload> upload = store_->Complete(school_, complete);
    if (!upload.ok()) return upload.status();
    return upload->key_id;
  }());
  const auto is_named = [&](const UploadStatus& status,
                            const EvidenceId& id) -> absl::StatusOr<bool> {
    EXPECT_EQ(status.school, school_);
    EXPECT_EQ(status.record.case_ref(), "WB-7K4D-9QX2");
    return id == named;
  };

  EXPECT_THAT(store_->Sweep(absl::FromUnixSeconds(kOpenedSeconds), is_named, Always),
              IsOkAndHolds(0));
  EXPECT_THAT(store_->Sweep(absl::FromUnixSeconds(kOpenedSeconds + 1), is_named, Always),
              IsOkAndHolds(2));

  EXPECT_THAT(store_->GetUpload(school_, complete), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(store_->PutChunk(school_, begun, 0, "x"), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(vault_->Find(key_of_swept), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(ReadAll(kept), IsOkAndHolds(Eq("4567")));
  EXPECT_THAT(ReadAll(named), IsOkAndHolds(Eq("89")));
  for (const auto& [key, value] : Rows()) {
    EXPECT_THAT(key, Not(HasSubstr(complete.Bytes())));
    EXPECT_THAT(key, Not(HasSubstr(begun.Bytes())));
  }
}

TEST_F(EvidenceStoreTest, SweepLeavesWhatSomebodyIsAboutToName) {
  const EvidenceId id = Upload("0123");
  absl::StatusOr<CompleteUpload> complete = store_->Complete(school_, id);
  ASSERT_OK(complete);
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(0));
  complete->hold.reset();
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(1));
  EXPECT_THAT(store_->Keep(school_, id), StatusIs(StatusCode::kNotFound));
}

TEST_F(EvidenceStoreTest, HeldUploadStaysHeldHoweverManyComeAfterIt) {
  const EvidenceId id = Upload("0123");
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
  constexpr int kOthers = 1100;
  for (int i = 0; i < kOthers; ++i) Upload("x");
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(kOthers));
  EXPECT_OK(store_->Keep(school_, id));
}

TEST_F(EvidenceStoreTest, SweepGoesOnAfterAnUploadThatItCannotJudge) {
  const EvidenceId corrupt = Upload("0123");
  const std::string row = absl::StrCat("u", school_.view(), corrupt.view());
  Put(row, Row(row).substr(0, 20));
  std::vector<EvidenceId> others;
  for (int i = 0; i < 20; ++i) others.push_back(Upload("4567"));

  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always),
              StatusIs(StatusCode::kDataLoss, HasSubstr(corrupt.Hex())));

  for (const EvidenceId& id : others) {
    EXPECT_THAT(store_->GetUpload(school_, id), StatusIs(StatusCode::kNotFound));
  }
}

TEST_F(EvidenceStoreTest, SweepRemovesTheOthersWhereTheRowOfARemovalIsDamaged) {
  Put(absl::StrCat("r", school_.view(), EvidenceId().view()), "cut");
  std::vector<EvidenceId> others;
  for (int i = 0; i < 20; ++i) others.push_back(Upload("4567"));
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always),
              StatusIs(StatusCode::kDataLoss));
  for (const EvidenceId& id : others) {
    EXPECT_THAT(rows_.Get(absl::StrCat("r", school_.view(), id.view())),
                IsOkAndHolds(Eq(std::nullopt)));
    EXPECT_THAT(store_->GetUpload(school_, id), StatusIs(StatusCode::kNotFound));
  }
}

TEST_F(EvidenceStoreTest, SweepLeavesAnUploadWhoseKeyIsLost) {
  const EvidenceId lost = Upload("0123");
  const EvidenceId other = Upload("4567");
  ASSERT_OK_AND_ASSIGN(const KeyId key, [&]() -> absl::StatusOr<KeyId> {
    absl::StatusOr<CompleteUpload> upload = store_->Complete(school_, lost);
    if (!upload.ok()) return upload.status();
    return upload->key_id;
  }());
  const std::string row = Row(absl::StrCat("u", school_.view(), lost.view()));
  ASSERT_OK(vault_->Destroy(key));

  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always),
              StatusIs(StatusCode::kDataLoss,
                       AllOf(HasSubstr(lost.Hex()), HasSubstr("restore the vault"))));

  EXPECT_THAT(Row(absl::StrCat("u", school_.view(), lost.view())), Eq(row));
  EXPECT_THAT(store_->GetUpload(school_, other), StatusIs(StatusCode::kNotFound));
}

TEST_F(EvidenceStoreTest, SweepThatWasCutShortIsEndedByTheNext) {
  const EvidenceId first = Upload("0123");
  const EvidenceId second = Upload("4567");
  // So many questions as there are uploads, and then no more.
  int asked = 0;
  const auto for_a_while = [&] { return ++asked <= 2; };
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, for_a_while),
              StatusIs(StatusCode::kCancelled));
  EXPECT_THAT(store_->GetUpload(school_, first), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(store_->PutChunk(school_, second, 0, "4"), StatusIs(StatusCode::kNotFound));
  EXPECT_FALSE(Rows().empty());

  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(0));
  EXPECT_TRUE(Rows().empty());
}

TEST_F(EvidenceStoreTest, RoomThatASweepDidNotGiveBackIsGivenBackByTheNext) {
  Upload("0123");
  // Until nothing of the upload is left.
  const auto while_there_is_something = [&] {
    for (const auto& [row, value] : Rows()) {
      if (row.size() > 1) return true;
    }
    return false;
  };
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, while_there_is_something),
              StatusIs(StatusCode::kCancelled));
  EXPECT_EQ(control_.reclaimed(), 0);

  Reopen();
  control_.FailReclaiming();
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always),
              StatusIs(StatusCode::kUnavailable));
  control_.HealReclaiming();
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(0));
  EXPECT_EQ(control_.reclaimed(), 1);
  EXPECT_TRUE(Rows().empty());

  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(0));
  EXPECT_EQ(control_.reclaimed(), 1) << "though nothing was removed since";
}

TEST_F(EvidenceStoreTest, SweepThatIsToldToStopTakesNothing) {
  const EvidenceId id = Upload("0123");
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, [] { return false; }),
              StatusIs(StatusCode::kCancelled));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("0123")));
}

TEST_F(EvidenceStoreTest, SweepAsksAgainWhenTheLogDidNotAnswer) {
  const EvidenceId id = Upload("0123");
  const auto no_answer = [](const UploadStatus&, const EvidenceId&) -> absl::StatusOr<bool> {
    return absl::UnavailableError("the log does not answer");
  };
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), no_answer, Always),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("0123")));
}

TEST_F(EvidenceStoreTest, SweepGoesThroughManyPages) {
  constexpr int kUploads = 3000;
  for (int i = 0; i < kUploads; ++i) OpenUpload(1);
  EXPECT_THAT(store_->Sweep(absl::InfiniteFuture(), NobodyNames, Always), IsOkAndHolds(kUploads));
  EXPECT_TRUE(Rows().empty());
}

TEST_F(EvidenceStoreTest, UploadThatLeftMemoryIsHashedAgain) {
  const EvidenceId id = OpenUpload(6);
  ASSERT_OK(store_->PutChunk(school_, id, 0, "012"));
  for (int i = 0; i < 1100; ++i) Upload("x");
  ASSERT_OK(store_->PutChunk(school_, id, 3, "345"));
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
  EXPECT_EQ(complete.sha256, crypto::Sha256("012345"));
}

TEST_F(EvidenceStoreTest, ManyThreadsSendingTheSameChunksMakeOneFile) {
  const std::string content = RandomContent(1 << 20);
  constexpr size_t kChunk = 16384;
  const EvidenceId id = OpenUpload(content.size());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (size_t offset = 0; offset < content.size(); offset += kChunk) {
        absl::StatusOr<uint64_t> committed =
            store_->PutChunk(school_, id, offset, content.substr(offset, kChunk));
        ASSERT_OK(committed);
        ASSERT_GE(*committed, offset + kChunk);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store_->Complete(school_, id));
  EXPECT_EQ(complete.sha256, crypto::Sha256(content));
  EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq(content)));
}

TEST_F(EvidenceStoreTest, SweepsAndFilersNeverLoseANamedFile) {
  // Filers complete, name and keep; a sweeper takes whatever it may meanwhile.
  absl::Mutex mutex;
  std::vector<EvidenceId> named;
  const auto is_named = [&](const UploadStatus&, const EvidenceId& id) -> absl::StatusOr<bool> {
    absl::MutexLock lock(&mutex);
    return std::find(named.begin(), named.end(), id) != named.end();
  };
  std::atomic<int> filing = 4;
  std::vector<std::thread> filers;
  for (int i = 0; i < 4; ++i) {
    filers.emplace_back([&] {
      for (int j = 0; j < 100; ++j) {
        absl::StatusOr<EvidenceId> id = store_->OpenUpload(school_, UploadOf(4));
        ASSERT_OK(id);
        if (!store_->PutChunk(school_, *id, 0, "0123").ok()) continue;  // It was swept.
        absl::StatusOr<CompleteUpload> complete = store_->Complete(school_, *id);
        if (!complete.ok()) continue;
        {
          absl::MutexLock lock(&mutex);
          named.push_back(*id);
        }
        EXPECT_OK(store_->Keep(school_, *id));
      }
      --filing;
    });
  }
  while (filing > 0) EXPECT_OK(store_->Sweep(absl::InfiniteFuture(), is_named, Always));
  for (std::thread& filer : filers) filer.join();
  for (const EvidenceId& id : named) EXPECT_THAT(ReadAll(id), IsOkAndHolds(Eq("0123")));
}

}  // namespace
}  // namespace wardbook::evidence
