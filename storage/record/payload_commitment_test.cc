#include "storage/record/payload_commitment.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/wire.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/log/v1/record.pb.h"

namespace wardbook::record {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::wardbook::log::v1::DisclosedField;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

constexpr size_t kFieldsMax = 20;

// The bytes 00 to 1f.
crypto::Secret KnownSalt() {
  crypto::Secret salt;
  for (size_t i = 0; i < crypto::Secret::kSize; ++i) salt.data()[i] = static_cast<uint8_t>(i);
  return salt;
}

// A message of `count` fields, some of them elements of one repeated field.
std::string MessageOfFields(size_t count) {
  std::string message;
  for (size_t i = 0; i < count; ++i) {
    AppendBytesField(BytesTag(static_cast<int>(1 + i / 2)), absl::StrCat("field ", i), &message);
  }
  return message;
}

TEST(TopLevelFields, AreTheFieldsAsTheyStandInTheMessage) {
  wardbook::log::v1::SealedPayload message;
  message.set_salt("salt");
  message.set_event("event");
  const std::string bytes = message.SerializeAsString();
  EXPECT_THAT(TopLevelFields(bytes), IsOkAndHolds(ElementsAre("\x0a\x04salt",
                                                              "\x12\x05"
                                                              "event")));
}

TEST(TopLevelFields, OfAnEmptyMessageAreNone) {
  EXPECT_THAT(TopLevelFields(""), IsOkAndHolds(IsEmpty()));
}

TEST(TopLevelFields, RefusesWhatIsNoMessage) {
  const std::string message = MessageOfFields(2);
  EXPECT_THAT(TopLevelFields(absl::string_view(message).substr(0, message.size() - 1)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(TopLevelFields(absl::HexStringToBytes("0b0c")),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

RC_GTEST_PROP(TopLevelFields, JoinedAreTheMessage, (const std::string& bytes)) {
  const auto fields = TopLevelFields(bytes);
  if (fields.ok()) RC_ASSERT(absl::StrJoin(*fields, "") == bytes);
}

// Worked out with another implementation of HMAC and SHA-256.
TEST(FieldSalt, KnownAnswers) {
  EXPECT_THAT(FieldSalt(KnownSalt(), 0).Hex(),
              Eq("35da6517640defb40cca4464563357562b8958a3181da682db82b008ca6ecef4"));
  EXPECT_THAT(FieldSalt(KnownSalt(), 1).Hex(),
              Eq("a8842fef9c5682abb647bc84a79b09664b0eec9569dd1c913b9afda8c6686927"));
  EXPECT_THAT(FieldSalt(KnownSalt(), 300).Hex(),
              Eq("8606cc7de6dd6ba5cef061f2a88e3e0737e1cb7b6fae2bebf59d09b82c753272"));
}

TEST(PayloadCommitment, KnownAnswer) {
  const std::string event = absl::HexStringToBytes("0a0568656c6c6f10071a00");
  EXPECT_THAT(PayloadCommitment(event, KnownSalt()),
              IsOkAndHolds(*Hash::FromHex(
                  "20a413866599568fdb4d2b7273cc153a195494b40078c0dcb3023ee9c8a9e00d")));
}

TEST(PayloadCommitment, ToNoFieldsIsTheEmptyRoot) {
  EXPECT_THAT(PayloadCommitment("", KnownSalt()), IsOkAndHolds(Eq(merkle::EmptyRoot())));
}

TEST(PayloadCommitment, TellsNothingWithoutTheSalt) {
  const std::string event = MessageOfFields(3);
  EXPECT_THAT(*PayloadCommitment(event, crypto::Secret::Random()),
              Ne(*PayloadCommitment(event, crypto::Secret::Random())));
}

TEST(PayloadCommitment, RefusesWhatIsNoMessage) {
  EXPECT_THAT(PayloadCommitment("\x0a", KnownSalt()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(DiscloseField, OpensEveryFieldOfEveryEvent) {
  const crypto::Secret salt = crypto::Secret::Random();
  for (size_t count = 1; count <= kFieldsMax; ++count) {
    const std::string event = MessageOfFields(count);
    ASSERT_OK_AND_ASSIGN(const Hash commitment, PayloadCommitment(event, salt));
    ASSERT_OK_AND_ASSIGN(const auto fields, TopLevelFields(event));
    for (size_t i = 0; i < count; ++i) {
      ASSERT_OK_AND_ASSIGN(const DisclosedField field, DiscloseField(event, salt, i));
      EXPECT_THAT(field.field(), Eq(std::string(fields[i])));
      EXPECT_OK(VerifyDisclosedField(field, count, commitment));
    }
  }
}

TEST(PayloadCommitment, IsOfABoundedNumberOfFields) {
  std::string event;
  // A field of no bytes each.
  for (size_t i = 0; i < kEventFieldsMax; ++i) event += std::string("\x0a\x00", 2);
  EXPECT_OK(PayloadCommitment(event, KnownSalt()));
  event += std::string("\x0a\x00", 2);
  EXPECT_THAT(PayloadCommitment(event, KnownSalt()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(DiscloseField, OfAFieldThatIsNotThereIsOutOfRange) {
  EXPECT_THAT(DiscloseField(MessageOfFields(3), KnownSalt(), 3),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(DiscloseField("", KnownSalt(), 0), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(DiscloseField, RefusesWhatIsNoMessage) {
  EXPECT_THAT(DiscloseField("\x0a", KnownSalt(), 0), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(VerifyDisclosedField, RefusesAnotherNumberOfFields) {
  for (size_t count = 1; count <= kFieldsMax; ++count) {
    const std::string event = MessageOfFields(count);
    ASSERT_OK_AND_ASSIGN(const Hash commitment, PayloadCommitment(event, KnownSalt()));
    for (size_t i = 0; i < count; ++i) {
      ASSERT_OK_AND_ASSIGN(const DisclosedField field, DiscloseField(event, KnownSalt(), i));
      for (size_t other = 0; other <= 2 * kFieldsMax; ++other) {
        if (other == count) continue;
        EXPECT_THAT(VerifyDisclosedField(field, other, commitment),
                    StatusIs(absl::StatusCode::kDataLoss))
            << i << " of " << count << " as one of " << other;
      }
    }
  }
}

TEST(VerifyDisclosedField, RefusesWhateverIsChanged) {
  constexpr size_t kCount = 5;
  const std::string event = MessageOfFields(kCount);
  ASSERT_OK_AND_ASSIGN(const Hash commitment, PayloadCommitment(event, KnownSalt()));
  ASSERT_OK_AND_ASSIGN(const DisclosedField field, DiscloseField(event, KnownSalt(), 1));
  const auto refused = [&](const DisclosedField& changed) {
    EXPECT_THAT(VerifyDisclosedField(changed, kCount, commitment),
                StatusIs(absl::StatusCode::kDataLoss))
        << changed.ShortDebugString();
  };

  for (uint64_t index = 0; index <= kCount; ++index) {
    DisclosedField changed = field;
    changed.set_index(index);
    if (index != field.index()) refused(changed);
  }
  for (size_t i = 0; i < field.salt().size(); ++i) {
    DisclosedField changed = field;
    (*changed.mutable_salt())[i] ^= 1;
    refused(changed);
  }
  for (size_t i = 0; i < field.field().size(); ++i) {
    DisclosedField changed = field;
    (*changed.mutable_field())[i] ^= 1;
    refused(changed);
  }
  for (int i = 0; i < field.hashes_size(); ++i) {
    DisclosedField changed = field;
    (*changed.mutable_hashes(i))[0] ^= 1;
    refused(changed);
    changed = field;
    changed.mutable_hashes(i)->push_back('x');
    refused(changed);
  }
  DisclosedField shorter = field;
  shorter.mutable_hashes()->RemoveLast();
  refused(shorter);
  DisclosedField longer = field;
  longer.add_hashes(commitment.Bytes());
  refused(longer);
}

TEST(VerifyDisclosedField, RefusesBytesThatAreNotExactlyOneField) {
  const std::string event = MessageOfFields(1);
  ASSERT_OK_AND_ASSIGN(const Hash commitment, PayloadCommitment(event, KnownSalt()));
  ASSERT_OK_AND_ASSIGN(DisclosedField field, DiscloseField(event, KnownSalt(), 0));
  field.set_field(absl::StrCat(event, event));
  EXPECT_THAT(VerifyDisclosedField(field, 1, commitment), StatusIs(absl::StatusCode::kDataLoss));
  field.set_field("");
  EXPECT_THAT(VerifyDisclosedField(field, 1, commitment), StatusIs(absl::StatusCode::kDataLoss));
  field.set_field(event);
  field.mutable_salt()->pop_back();
  EXPECT_THAT(VerifyDisclosedField(field, 1, commitment), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::record
