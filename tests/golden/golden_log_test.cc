// The formats around an event: record, payload commitment, checkpoint. What is
// expected was worked out with another implementation of HMAC, SHA-256 and
// Ed25519.

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/secret.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record.h"
#include "tests/golden/golden_files.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::golden {
namespace {

using ::testing::Eq;
using ::wardbook::testing::IsOkAndHolds;

std::string Path(absl::string_view name) { return absl::StrCat(WARDBOOK_GOLDEN_DIR, "/", name); }

// The bytes 00 to 1f: the key, the salt and the seed of every file here.
crypto::Secret KnownSecret() {
  return *crypto::Secret::FromBytes(
      absl::HexStringToBytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
}

TEST(GoldenRecord, IsReadAsItWasWritten) {
  ASSERT_OK_AND_ASSIGN(const std::string stored, ReadHexFile(Path("log/record.hex")));
  ASSERT_OK_AND_ASSIGN(const record::RecordView record, record::ParseRecord(stored));
  EXPECT_THAT(record.position, Eq(5));
  EXPECT_THAT(record.revision, Eq(2));
  EXPECT_THAT(record.header.school.Hex(), Eq("00112233445566778899aabbccddeeff"));
  EXPECT_THAT(record.header.stream, Eq("case-WB7K4D9QX2"));
  EXPECT_THAT(record.header.event_id.Hex(), Eq("019b76da3e800000800000000000000a"));
  EXPECT_THAT(record.header.event_type, Eq("wardbook.events.v1.NoteAdded"));
  EXPECT_THAT(record.header.recorded_time, Eq(absl::FromUnixSeconds(1'767'258'000)));
  EXPECT_THAT(record.header.actor.Hex(), Eq("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
  EXPECT_THAT(record.header.session.Hex(), Eq("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf"));
  EXPECT_THAT(record.header.request_id.Hex(), Eq("c0c1c2c3c4c54c6c88c9cacbcccdcecf"));
  EXPECT_THAT(record.header.key_id.Hex(), Eq("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"));
  EXPECT_THAT(record.payload_commitment.Hex(),
              Eq("43adfa9d6b48db66d7ed011a6eb270cb2caa2fb54a417508c50b2a821a42aea0"));
}

TEST(GoldenRecord, HashesToTheSameLeaf) {
  ASSERT_OK_AND_ASSIGN(const std::string stored, ReadHexFile(Path("log/record.hex")));
  EXPECT_THAT(merkle::LeafHash(stored).Hex(),
              Eq("af0db469b630f7b41e190b5284f2eefa9cddfcae38c1982831ad265cf325c4b1"));
}

TEST(GoldenRecord, OpensToTheEventItSealed) {
  ASSERT_OK_AND_ASSIGN(const std::string stored, ReadHexFile(Path("log/record.hex")));
  ASSERT_OK_AND_ASSIGN(const record::RecordView record, record::ParseRecord(stored));
  ASSERT_OK_AND_ASSIGN(const record::OpenedEvent opened, record::OpenRecord(record, KnownSecret()));
  events::v1::NoteAdded note;
  ASSERT_TRUE(note.ParseFromString(std::string(opened.event)));
  EXPECT_THAT(note.text(), Eq("Hello there"));
}

TEST(GoldenCommitment, IsThatOfTheGoldenIncident) {
  ASSERT_OK_AND_ASSIGN(const std::string event, ReadHexFile(Path("events/IncidentReported.1.hex")));
  EXPECT_THAT(record::PayloadCommitment(event, KnownSecret()),
              IsOkAndHolds(*Hash::FromHex(
                  "ee04be1cf0ad0e83f0bfc771305c557449bc31d32afef2ac98fbcbdfe885734c")));
}

class GoldenCheckpoint : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(note_, ReadFile(Path("log/checkpoint.note"))); }

  // A tree of 20,852,163 records whose root is the golden record's leaf hash.
  const SchoolId school_ = *SchoolId::FromHex("00112233445566778899aabbccddeeff");
  const Hash root_ =
      *Hash::FromHex("af0db469b630f7b41e190b5284f2eefa9cddfcae38c1982831ad265cf325c4b1");
  std::string note_;
};

TEST_F(GoldenCheckpoint, IsVerifiedByItsKey) {
  ASSERT_OK_AND_ASSIGN(const std::string key, ReadFile(Path("log/checkpoint.key")));
  ASSERT_OK_AND_ASSIGN(const auto verifier,
                       checkpoint::NoteVerifier::Parse(key.substr(0, key.find('\n'))));
  ASSERT_OK_AND_ASSIGN(const auto opened, checkpoint::OpenCheckpoint(verifier, note_));
  EXPECT_THAT(opened, Eq(checkpoint::Checkpoint{checkpoint::Origin("wardbook.example", school_),
                                                20'852'163, root_}));
}

TEST_F(GoldenCheckpoint, IsSignedToTheSameBytes) {
  ASSERT_OK_AND_ASSIGN(const auto signer,
                       checkpoint::NoteSigner::Create("wardbook.example", KnownSecret()));
  EXPECT_THAT(checkpoint::SignCheckpoint(signer, school_, 20'852'163, root_),
              IsOkAndHolds(Eq(note_)));
}

}  // namespace
}  // namespace wardbook::golden
