// A log that is behind, or beside, what was pinned: an old backup was restored,
// or somebody has put another history in its place.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/merkle/rfc6962.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/fault/log_of_directory.h"
#include "tests/testing/appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

namespace fs = std::filesystem;
using storage::RocksdbEventLog;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
const SchoolId kSchool = IdOf<SchoolId>(1);
const SchoolId kOtherSchool = IdOf<SchoolId>(2);

class RestoredBackup : public ::testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open() { ASSERT_OK_AND_ASSIGN(log_, OpenLogOf(directory_.path())); }
  void Close() { log_.reset(); }

  void Append(int count, const SchoolId& school = kSchool) {
    for (int i = 0; i < count; ++i) {
      ASSERT_OK(AppendTo(
          *log_, MakeAppend({.school = school, .request_id = IdOf<RequestId>(++requests_)})));
    }
  }

  void Backup() { fs::copy(directory_.At("log"), directory_.At("backup")); }
  void Restore() {
    fs::remove_all(directory_.At("log"));
    fs::rename(directory_.At("backup"), directory_.At("log"));
  }

  absl::Status TryAppend(const SchoolId& school) {
    return AppendTo(*log_,
                    MakeAppend({.school = school, .request_id = IdOf<RequestId>(++requests_)}))
        .status();
  }

  std::string PinOf(const SchoolId& school) {
    return checkpoint::PinStore::Open(directory_.At("checkpoints"))->Read(school)->value();
  }

  const ScratchDirectory directory_;
  std::unique_ptr<RocksdbEventLog> log_;
  uint64_t requests_ = 0;
};

TEST_F(RestoredBackup, TheNewestCheckpointIsPinnedAtTheEnd) {
  Append(7);
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, log_->Head(kSchool));
  Close();
  const auto signer = checkpoint::NoteSigner::Create("log.example", TestKey()).value();
  ASSERT_OK_AND_ASSIGN(const checkpoint::Checkpoint pinned,
                       checkpoint::OpenCheckpoint(signer.verifier(), PinOf(kSchool)));
  EXPECT_EQ(pinned.size, 7);
  EXPECT_EQ(pinned.root, head.root);
  EXPECT_EQ(pinned.origin, checkpoint::Origin("log.example", kSchool));
}

TEST_F(RestoredBackup, AnOldBackupIsReadButNotWrittenOrSignedAndTheMissingRangeIsNamed) {
  Append(5);
  Append(3, kOtherSchool);
  Close();
  Backup();
  Open();
  Append(4);
  Close();
  const std::string pin = PinOf(kSchool);
  Restore();
  Open();

  EXPECT_THAT(log_->WriteStatus(kSchool),
              StatusIs(kDataLoss,
                       AllOf(HasSubstr(kSchool.Hex()), HasSubstr("positions 5 to 8 are missing"))));
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss, HasSubstr("positions 5 to 8")));
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 100), IsOkAndHolds(SizeIs(5)));
  EXPECT_THAT(log_->ReadStream(kSchool, "case-1", 1, 100), IsOkAndHolds(SizeIs(5)));
  EXPECT_OK(log_->InclusionProof(kSchool, 2, 5));
  // Only this school is concerned.
  EXPECT_OK(log_->WriteStatus(kOtherSchool));
  EXPECT_OK(TryAppend(kOtherSchool));
  // The evidence of what is missing stays.
  EXPECT_OK(log_->Tend());
  Close();
  EXPECT_EQ(PinOf(kSchool), pin);
}

TEST_F(RestoredBackup, ALogWhoseVaultHasLostAKeyIsReadButNotWrittenOrSigned) {
  Append(5);
  Append(100, kOtherSchool);
  Close();
  const std::string pin = PinOf(kSchool);
  absl::Status found = absl::NotFoundError("no such key");
  const auto open_with_vault = [&] {
    auto log = RocksdbEventLog::Open(
        directory_.At("log"), *checkpoint::PinStore::Open(directory_.At("checkpoints")),
        *checkpoint::NoteSigner::Create("log.example", TestKey()),
        [&](const KeyId& id) { return id == IdOf<KeyId>(1) ? found : absl::OkStatus(); });
    EXPECT_OK(log);
    log_ = *std::move(log);
  };

  open_with_vault();
  EXPECT_THAT(log_->WriteStatus(kSchool),
              StatusIs(kDataLoss, AllOf(HasSubstr("record 0"), HasSubstr("restore the vault"))));
  EXPECT_THAT(log_->WriteStatus(kOtherSchool), StatusIs(kDataLoss, HasSubstr("record 36")));
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss));
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 100), IsOkAndHolds(SizeIs(5)));
  Close();
  EXPECT_EQ(PinOf(kSchool), pin);

  found = absl::DataLossError("does not open");
  open_with_vault();
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss, HasSubstr("does not open")));
  Close();

  found = absl::OkStatus();
  open_with_vault();
  EXPECT_OK(TryAppend(kSchool));
}

TEST_F(RestoredBackup, AnEmptyDirectoryInTheLogsPlaceIsMissingEverything) {
  Append(5);
  Close();
  fs::remove_all(directory_.At("log"));
  Open();
  EXPECT_THAT(log_->WriteStatus(kSchool),
              StatusIs(kDataLoss, HasSubstr("positions 0 to 4 are missing")));
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss));
  EXPECT_OK(TryAppend(kOtherSchool));
}

TEST_F(RestoredBackup, AnotherHistoryOfTheSameLengthIsNotTheOnePinned) {
  Append(5);
  Close();
  fs::remove_all(directory_.At("log"));
  fs::rename(directory_.At("checkpoints"), directory_.At("pins-of-the-first"));
  Open();
  requests_ = 100;
  Append(6);
  Close();
  fs::remove_all(directory_.At("checkpoints"));
  fs::rename(directory_.At("pins-of-the-first"), directory_.At("checkpoints"));
  Open();
  EXPECT_THAT(log_->WriteStatus(kSchool),
              StatusIs(kDataLoss, HasSubstr("positions 0 to 4 have another root")));
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss));
  EXPECT_THAT(log_->ReadLog(kSchool, 0, 100), IsOkAndHolds(SizeIs(6)));
}

TEST_F(RestoredBackup, APinThatIsNotOursIsNotTrusted) {
  Append(5);
  Close();
  const auto forger = checkpoint::NoteSigner::Create(
                          "log.example", *crypto::Secret::FromBytes(std::string(32, 'f')))
                          .value();
  const std::string forged =
      checkpoint::SignCheckpoint(forger, kSchool, 0, merkle::EmptyRoot()).value();
  ASSERT_OK(checkpoint::PinStore::Open(directory_.At("checkpoints"))->Write(kSchool, forged));
  Open();
  EXPECT_THAT(log_->WriteStatus(kSchool), StatusIs(kDataLoss, HasSubstr("cannot be trusted")));
  EXPECT_THAT(TryAppend(kSchool), StatusIs(kDataLoss));
  Close();

  const auto signer = checkpoint::NoteSigner::Create("log.example", TestKey()).value();
  const std::string other =
      checkpoint::SignCheckpoint(signer, kOtherSchool, 0, merkle::EmptyRoot()).value();
  ASSERT_OK(checkpoint::PinStore::Open(directory_.At("checkpoints"))->Write(kSchool, other));
  Open();
  EXPECT_THAT(log_->WriteStatus(kSchool), StatusIs(kDataLoss, HasSubstr("of another log")));
}

TEST_F(RestoredBackup, APinThatSaysWhatIsThereIsNotWrittenAgain) {
  Append(5);
  Close();
  // A pin is replaced by a new file.
  const std::string pin = directory_.At(absl::StrCat("checkpoints/", kSchool.Hex(), ".checkpoint"));
  const std::string link = directory_.At("the file of the pin");
  fs::create_hard_link(pin, link);
  Open();
  EXPECT_OK(log_->Tend());
  EXPECT_TRUE(fs::equivalent(pin, link));
  Append(1);
  EXPECT_OK(log_->Tend());
  EXPECT_FALSE(fs::equivalent(pin, link));
}

TEST_F(RestoredBackup, APinBehindTheLogIsFineAndMovesForward) {
  Append(5);
  Close();
  const std::string old_pin = PinOf(kSchool);
  Open();
  Append(4);
  Close();
  ASSERT_OK(checkpoint::PinStore::Open(directory_.At("checkpoints"))->Write(kSchool, old_pin));
  Open();
  EXPECT_OK(log_->WriteStatus(kSchool));
  EXPECT_OK(log_->Tend());
  EXPECT_OK(log_->PinStatus());
  EXPECT_NE(PinOf(kSchool), old_pin);
}

}  // namespace
}  // namespace wardbook::testing
