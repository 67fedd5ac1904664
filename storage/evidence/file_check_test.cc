#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/big_endian.h"
#include "storage/crypto/random.h"
#include "storage/evidence/evidence_store.h"
#include "storage/key_value.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::evidence {
namespace {

using ::absl::StatusCode;
using ::testing::Eq;
using ::wardbook::testing::BorrowedKeyValue;
using ::wardbook::testing::KeyValueControl;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::StatusIs;

bool Always() { return true; }

// Rows of which one cannot be read, as on a disk with a damaged block.
class DamagedRows : public BorrowedKeyValue {
 public:
  DamagedRows(storage::KeyValue& rows, KeyValueControl& control, const std::string& unreadable,
              const absl::Status& failure)
      : BorrowedKeyValue(rows, control), unreadable_(unreadable), failure_(failure) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    if (key == unreadable_) return failure_;
    return BorrowedKeyValue::Get(key);
  }

 private:
  const std::string& unreadable_;
  const absl::Status& failure_;
};

class FileCheck : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<vault::Vault>> vault =
        vault::Vault::Open(std::make_unique<BorrowedKeyValue>(vault_rows_, control_), master_key_);
    ASSERT_OK(vault);
    vault_ = *std::move(vault);
    absl::StatusOr<std::unique_ptr<EvidenceStore>> store = EvidenceStore::Open(
        std::make_unique<DamagedRows>(rows_, control_, unreadable_, failure_), *vault_);
    ASSERT_OK(store);
    store_ = *std::move(store);
  }

  // A complete upload in chunks of at most `chunk` bytes, as its event names it.
  FiledFile File(absl::string_view content, size_t chunk) {
    wardbook::log::v1::UploadRecord upload;
    upload.set_case_ref("WB-7K4D-9QX2");
    upload.set_size(content.size());
    const EvidenceId id = store_->OpenUpload(school_, upload).value();
    for (size_t offset = 0; offset < content.size(); offset += chunk) {
      EXPECT_OK(store_->PutChunk(school_, id, offset, content.substr(offset, chunk)));
    }
    const CompleteUpload complete = store_->Complete(school_, id).value();
    EXPECT_OK(store_->Keep(school_, id));
    return {id, content.size(), complete.key_id, complete.sealed_sha256};
  }

  std::string RowOf(char kind, const FiledFile& file) const {
    return absl::StrCat(absl::string_view(&kind, 1), school_.view(), file.id.view());
  }

  std::string ChunkRow(const FiledFile& file, uint64_t offset) const {
    std::string row = RowOf('c', file);
    AppendBigEndian64(&row, offset);
    return row;
  }

  std::string Get(const std::string& row) const {
    const std::optional<std::string> value = rows_.Get(row).value();
    EXPECT_TRUE(value.has_value());
    return value.value_or("");
  }

  // What the check says with the row changed, or missing; puts it back.
  absl::Status CheckedWith(const FiledFile& file, const std::string& row,
                           const std::optional<std::string>& changed) {
    const std::string whole = Get(row);
    storage::WriteSet writes;
    if (changed.has_value()) {
      writes.Put(row, *changed);
    } else {
      writes.Delete(row);
    }
    EXPECT_OK(rows_.Write(writes, storage::Durability::kSynced));
    absl::Status status = store_->CheckFile(school_, file, Always);
    storage::WriteSet back;
    back.Put(row, whole);
    EXPECT_OK(rows_.Write(back, storage::Durability::kSynced));
    return status;
  }

  static auto SaysOf(const FiledFile& file, absl::string_view what) {
    return StatusIs(StatusCode::kDataLoss, Eq(absl::StrCat("file ", file.id.Hex(), ": ", what)));
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const crypto::Secret master_key_ = crypto::Secret::Random();
  MemoryKeyValue vault_rows_;
  MemoryKeyValue rows_;
  KeyValueControl control_;
  // No row has this key.
  std::string unreadable_;
  absl::Status failure_;
  std::unique_ptr<vault::Vault> vault_;
  std::unique_ptr<EvidenceStore> store_;
};

TEST_F(FileCheck, AFileThatIsAsItWasFiledPassesInWhateverChunksItCame) {
  for (const size_t chunk : {size_t{1}, size_t{3}, size_t{9}, size_t{10}}) {
    EXPECT_OK(store_->CheckFile(school_, File("0123456789", chunk), Always));
  }
}

TEST_F(FileCheck, AnyByteOfAnyChunkThatChangedIsFound) {
  const FiledFile file = File("012345", 3);
  for (const uint64_t offset : {0u, 3u}) {
    const std::string row = ChunkRow(file, offset);
    const std::string whole = Get(row);
    for (size_t i = 0; i < whole.size(); ++i) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ 0x20);
      EXPECT_THAT(CheckedWith(file, row, changed),
                  SaysOf(file, "its sealed chunks are not those that were filed"));
    }
  }
  EXPECT_OK(store_->CheckFile(school_, file, Always));
}

TEST_F(FileCheck, AChunkThatIsMissingIsNamed) {
  const FiledFile file = File("012345678", 3);
  for (const uint64_t offset : {0u, 3u, 6u}) {
    EXPECT_THAT(CheckedWith(file, ChunkRow(file, offset), std::nullopt),
                SaysOf(file, absl::StrCat("the chunk at ", offset, " is missing")));
  }
}

TEST_F(FileCheck, AChunkOfAnotherSizeIsNamed) {
  const FiledFile file = File("012345", 3);
  const std::string whole = Get(ChunkRow(file, 3));
  for (const std::string& changed :
       {std::string(), whole.substr(0, 40), absl::StrCat(whole, "x")}) {
    EXPECT_THAT(CheckedWith(file, ChunkRow(file, 3), changed),
                SaysOf(file, "the chunk at 3 has another size than was sealed"));
  }
  // Where the file seems to go on behind it.
  EXPECT_THAT(CheckedWith(file, ChunkRow(file, 3), whole.substr(0, 41)),
              SaysOf(file, "the chunk at 4 is missing"));
}

TEST_F(FileCheck, AnUploadThatIsMissingOrChangedIsFound) {
  const FiledFile file = File("012345", 3);
  const std::string row = RowOf('u', file);
  EXPECT_THAT(CheckedWith(file, row, std::nullopt), SaysOf(file, "its upload is missing"));
  const std::string whole = Get(row);
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(CheckedWith(file, row, changed),
                SaysOf(file, i < KeyId::kSize ? "its upload names another key than its event"
                                              : "its upload is not what was sealed"));
  }
  EXPECT_THAT(CheckedWith(file, row, whole.substr(0, 5)),
              SaysOf(file, "its upload names another key than its event"));
  EXPECT_THAT(CheckedWith(file, RowOf('o', file), std::nullopt),
              SaysOf(file, "its committed offset is missing"));
  EXPECT_THAT(CheckedWith(file, RowOf('o', file), "12345678"),
              SaysOf(file, "its committed offset is not its end"));
}

TEST_F(FileCheck, WhatAnotherEventSaysIsFound) {
  const FiledFile file = File("012345", 3);
  FiledFile other = file;
  other.size = 5;
  EXPECT_THAT(store_->CheckFile(school_, other, Always),
              SaysOf(file, "its upload has another size than its event"));
  other = file;
  other.sealed_sha256 = Hash();
  EXPECT_THAT(store_->CheckFile(school_, other, Always),
              SaysOf(file, "its sealed chunks are not those that were filed"));
  other = file;
  other.key_id = File("345678", 3).key_id;
  EXPECT_THAT(store_->CheckFile(school_, other, Always),
              SaysOf(file, "its upload names another key than its event"));
  EXPECT_THAT(store_->CheckFile(crypto::RandomId<SchoolId>(), file, Always),
              SaysOf(file, "its upload is missing"));
}

TEST_F(FileCheck, AKeyThatIsMissingOrDamagedIsALoss) {
  const FiledFile missing = File("012345", 3);
  ASSERT_OK(vault_->Destroy(missing.key_id));
  EXPECT_THAT(store_->CheckFile(school_, missing, Always),
              SaysOf(missing, "its key is missing: restore the vault"));

  const FiledFile damaged = File("012345", 3);
  storage::WriteSet writes;
  writes.Put(absl::StrCat("k", damaged.key_id.view()), "not what was sealed");
  ASSERT_OK(vault_rows_.Write(writes, storage::Durability::kSynced));
  // The vault that has made the key remembers it.
  store_.reset();
  vault_.reset();
  SetUp();
  EXPECT_THAT(store_->CheckFile(school_, damaged, Always),
              SaysOf(damaged, absl::StrCat("its key is damaged (key ", damaged.key_id.Hex(),
                                           " in the vault does not open): restore the vault")));
}

TEST_F(FileCheck, ARowThatCannotBeReadIsADamageOfTheFileAndADiskThatFailsIsNot) {
  const FiledFile file = File("012345", 3);
  failure_ = absl::DataLossError("block checksum mismatch");
  unreadable_ = ChunkRow(file, 3);
  EXPECT_THAT(store_->CheckFile(school_, file, Always),
              SaysOf(file, "the chunk at 3 cannot be read: block checksum mismatch"));
  unreadable_ = RowOf('u', file);
  EXPECT_THAT(store_->CheckFile(school_, file, Always),
              SaysOf(file, "its upload cannot be read: block checksum mismatch"));
  for (const std::string& row : {ChunkRow(file, 3), RowOf('u', file), RowOf('o', file)}) {
    unreadable_ = row;
    failure_ = absl::UnavailableError("the disk does not answer");
    EXPECT_THAT(store_->CheckFile(school_, file, Always), StatusIs(StatusCode::kUnavailable));
  }
}

TEST_F(FileCheck, EndsBetweenTwoChunksWhenItIsToldTo) {
  const FiledFile file = File("012345678", 3);
  int asked = 0;
  EXPECT_THAT(store_->CheckFile(school_, file, [&] { return ++asked < 3; }),
              StatusIs(StatusCode::kCancelled));
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace wardbook::evidence
