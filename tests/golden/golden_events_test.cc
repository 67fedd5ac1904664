// What was stored once is read for ever. A failure here means that a change
// would make records unreadable that are in somebody's log: undo the change.

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/golden/event_types.h"
#include "tests/golden/golden_files.h"
#include "tests/golden/sample_event.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::golden {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::Message;
using ::google::protobuf::TextFormat;
using ::google::protobuf::util::MessageDifferencer;
using ::testing::Contains;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

std::string SerialiseDeterministically(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

class GoldenEvents : public ::testing::TestWithParam<const Descriptor*> {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(golden_, ReadGoldenEvents(WARDBOOK_GOLDEN_DIR, *GetParam()));
    ASSERT_THAT(golden_, Not(IsEmpty())) << "an event without golden bytes";
  }

  std::vector<GoldenEvent> golden_;
};

TEST_P(GoldenEvents, SayWhatTheySaid) {
  for (const GoldenEvent& event : golden_) {
    const auto read = NewEvent(*GetParam());
    ASSERT_TRUE(read->ParseFromString(event.bytes)) << event.name;
    const auto said = NewEvent(*GetParam());
    ASSERT_TRUE(TextFormat::ParseFromString(event.textproto, said.get())) << event.name;
    MessageDifferencer differencer;
    std::string differences;
    differencer.ReportDifferencesToString(&differences);
    EXPECT_TRUE(differencer.Compare(*said, *read)) << event.name << "\n" << differences;
  }
}

TEST_P(GoldenEvents, AreWrittenAsTheyWere) {
  for (const GoldenEvent& event : golden_) {
    const auto message = NewEvent(*GetParam());
    ASSERT_TRUE(TextFormat::ParseFromString(event.textproto, message.get())) << event.name;
    EXPECT_THAT(HexLines(SerialiseDeterministically(*message)), Eq(HexLines(event.bytes)))
        << event.name;
  }
}

TEST_P(GoldenEvents, SetEveryField) {
  absl::btree_set<std::string> set;
  for (const GoldenEvent& event : golden_) {
    const auto message = NewEvent(*GetParam());
    ASSERT_TRUE(message->ParseFromString(event.bytes)) << event.name;
    AddFieldsSet(*message, &set);
  }
  const auto sample = NewEvent(*GetParam());
  FillEveryField(sample.get());
  absl::btree_set<std::string> every;
  AddFieldsSet(*sample, &every);
  EXPECT_THAT(set, IsSupersetOf(every)) << "write_golden makes the file that is missing";
}

INSTANTIATE_TEST_SUITE_P(OfEveryType, GoldenEvents, ::testing::ValuesIn(EventTypes()),
                         [](const auto& type) { return type.param->name(); });

TEST(GoldenFiles, AreOfEventsThatStillExist) {
  std::vector<std::string> known = {"enumerators.txt"};
  for (const Descriptor* type : EventTypes()) {
    ASSERT_OK_AND_ASSIGN(const auto golden, ReadGoldenEvents(WARDBOOK_GOLDEN_DIR, *type));
    for (const GoldenEvent& event : golden) {
      known.push_back(event.name + ".hex");
      known.push_back(event.name + ".textproto");
    }
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(absl::StrCat(WARDBOOK_GOLDEN_DIR, "/events"))) {
    EXPECT_THAT(known, Contains(entry.path().filename().string()));
  }
}

TEST(GoldenEnumerators, KeepTheirNumbersAndAreAllWrittenDown) {
  ASSERT_OK_AND_ASSIGN(const std::string text, ReadFile(EnumeratorsPath(WARDBOOK_GOLDEN_DIR)));
  const std::vector<std::string> golden = absl::StrSplit(text, '\n', absl::SkipEmpty());
  EXPECT_THAT(EnumeratorLines(), UnorderedElementsAreArray(golden));
}

}  // namespace
}  // namespace wardbook::golden
