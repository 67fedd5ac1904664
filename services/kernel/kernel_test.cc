#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"

namespace wardbook::kernel {
namespace {

using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;

TEST(CaseRef, ReadsWhatItWrites) {
  for (uint64_t bits : {uint64_t{0}, uint64_t{1}, uint64_t{0x123456789}, ~uint64_t{0}}) {
    const CaseRef ref = CaseRef::FromBits(bits);
    EXPECT_THAT(CaseRef::Parse(ref.text()), Optional(Eq(ref)));
    EXPECT_THAT(CaseRef::OfStream(ref.Stream()), Optional(Eq(ref)));
    EXPECT_THAT(CaseRef::OfStream(ref.AccessStream()), Optional(Eq(ref)));
  }
}

TEST(CaseRef, ForgivesHyphensBlanksAndCase) {
  const CaseRef ref = CaseRef::FromBits(0x2aaaaaaaa);
  std::string typed;
  for (char c : ref.text()) {
    if (c != '-') typed.push_back(static_cast<char>(std::tolower(c)));
  }
  EXPECT_THAT(CaseRef::Parse(typed), Optional(Eq(ref)));
  EXPECT_THAT(CaseRef::Parse(typed.substr(2)), Optional(Eq(ref)));
}

TEST(CaseRef, FindsEveryWrongDigit) {
  const std::string text = CaseRef::FromBits(0x5a5a5a5a5).text();
  for (size_t i = 3; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    for (char digit : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
      if (digit == text[i]) continue;
      std::string wrong = text;
      wrong[i] = digit;
      EXPECT_THAT(CaseRef::Parse(wrong), Eq(std::nullopt)) << wrong;
    }
  }
}

TEST(Reason, EveryReasonHasACodeOfItsOwnAndANextStep) {
  std::set<std::string> codes;
  for (int i = 0; i <= static_cast<int>(Reason::kUploadIncomplete); ++i) {
    const ReasonText& text = Describe(static_cast<Reason>(i));
    EXPECT_TRUE(codes.insert(std::string(text.code)).second) << text.code;
    EXPECT_THAT(std::string(text.message), Not(IsEmpty()));
    EXPECT_THAT(std::string(text.next_step), Not(IsEmpty()));
  }
}

}  // namespace
}  // namespace wardbook::kernel
