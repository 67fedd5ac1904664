#include "storage/bundle/examine_case.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/bundled_record.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/crypto/random.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bundle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::wardbook::log::v1::BundledCase;

constexpr absl::string_view kCaseRef = "WB-7K4D-9QX2";

// A log that holds whatever it is given, as that of a dishonest server may.
class AnyLog {
 public:
  AnyLog() {
    claim_.case_ref = std::string(kCaseRef);
    claim_.school = crypto::RandomId<SchoolId>();
  }

  // Adds a record that calls itself (position, revision) of the stream.
  void Add(uint64_t position, uint64_t revision, const std::string& stream,
           const SchoolId& school) {
    events::v1::NoteAdded note;
    note.set_text("a note");
    const record::Header header = {.school = school,
                                   .stream = stream,
                                   .event_id = crypto::NewEventId(absl::UnixEpoch()),
                                   .event_type = "wardbook.events.v1.NoteAdded",
                                   .recorded_time = absl::UnixEpoch(),
                                   .actor = {},
                                   .session = {},
                                   .request_id = crypto::NewRequestId(),
                                   .key_id = crypto::RandomId<KeyId>()};
    const absl::StatusOr<record::SealedEvent> sealed =
        record::SealEvent(header, note.SerializeAsString(), key_);
    ASSERT_OK(sealed);
    stored_.push_back(record::EncodeRecord(position, revision, *sealed));
    std::vector<merkle::Node> nodes;
    tree_.Append(merkle::LeafHash(stored_.back()), &nodes);
    for (const merkle::Node& node : nodes) nodes_[{node.id.level, node.id.index}] = node.hash;
  }
  void Add(uint64_t position, uint64_t revision) {
    Add(position, revision, StreamOfCase(kCaseRef), *claim_.school);
  }

  // What an examination of the records at these places of the log finds.
  ExaminedCase Examine(const std::vector<size_t>& places) {
    claim_.revision = places.size();
    claim_.checkpoint = checkpoint::Checkpoint{"origin", tree_.size(), tree_.Root()};
    const auto read = [this](merkle::NodeId id) -> absl::StatusOr<Hash> {
      return nodes_.at({id.level, id.index});
    };
    BundledCase bundled;
    for (const size_t place : places) {
      const absl::StatusOr<std::vector<Hash>> proof =
          merkle::InclusionProof(place, tree_.size(), read);
      EXPECT_OK(proof);
      absl::StatusOr<log::v1::BundledRecord> record =
          DiscloseRecord(stored_[place], key_, tree_.size(), *proof, DiscloseAll);
      EXPECT_OK(record);
      *bundled.add_records() = *std::move(record);
    }
    return ExamineCase(bundled.SerializeAsString(), claim_);
  }

  CaseClaim& claim() { return claim_; }

 private:
  const crypto::Secret key_ = crypto::Secret::Random();
  CaseClaim claim_;
  std::vector<std::string> stored_;
  merkle::Frontier tree_;
  std::map<std::pair<uint32_t, uint64_t>, Hash> nodes_;
};

TEST(ExamineCase, HonestLogIsWithoutFault) {
  AnyLog log;
  for (uint64_t i = 0; i < 5; ++i) log.Add(i, i + 1);
  const ExaminedCase examined = log.Examine({0, 1, 2, 3, 4});
  EXPECT_THAT(examined.faults, IsEmpty());
  ASSERT_THAT(examined.records, SizeIs(5));
  EXPECT_EQ(examined.records[4].event.event.note_added().text(), "a note");
}

TEST(ExamineCase, LaterRevisionAtAnEarlierPositionIsAFault) {
  AnyLog log;
  log.Add(0, 2);
  log.Add(1, 1);
  EXPECT_THAT(log.Examine({1, 0}).faults,
              ElementsAre(Fault{"records.pb",
                                "record 0 (revision 2) is in the log before the "
                                "record it follows"}));
}

TEST(ExamineCase, TwoRecordsOfOneRevisionAreAFault) {
  AnyLog log;
  log.Add(0, 1);
  log.Add(1, 2);
  log.Add(2, 2);
  EXPECT_THAT(log.Examine({0, 1, 2}).faults,
              ElementsAre(Fault{"records.pb", "record 2 (revision 2) stands out of order or twice"},
                          Fault{"records.pb", "revision 3 is missing"}));
}

TEST(ExamineCase, RecordThatNamesAnotherPositionThanItsOwnIsAFault) {
  AnyLog log;
  log.Add(0, 1);
  log.Add(7, 2);
  log.claim().case_ref = std::string(kCaseRef);
  const ExaminedCase examined = log.Examine({0, 1});
  ASSERT_THAT(examined.faults, SizeIs(1));
  EXPECT_THAT(examined.faults[0].what, HasSubstr("record 7 (revision 2)"));
}

TEST(ExamineCase, RecordOfAnotherSchoolOrCaseIsAFault) {
  AnyLog log;
  log.Add(0, 1);
  log.Add(1, 2, StreamOfCase(kCaseRef), crypto::RandomId<SchoolId>());
  log.Add(2, 3, "case-WB7K4D9QX3", *log.claim().school);
  EXPECT_THAT(log.Examine({0, 1, 2}).faults,
              ElementsAre(Fault{"records.pb", "record 1 (revision 2) belongs to another school"},
                          Fault{"records.pb", "record 2 (revision 3) belongs to another case"}));
}

TEST(ExamineCase, RevisionsThatTheClaimDoesNotNameAreAFault) {
  AnyLog log;
  log.Add(0, 1);
  log.Add(1, UINT64_MAX);
  EXPECT_THAT(log.Examine({0}).faults, IsEmpty());
  EXPECT_THAT(log.Examine({0, 1}).faults, ::testing::Not(IsEmpty()));
}

TEST(ExamineCase, WhatIsNotACaseIsAFault) {
  AnyLog log;
  log.claim().revision = 0;
  const std::string tag = "\x0a";
  for (const std::string& bytes :
       {std::string("x"), tag, tag + "\x05" + "abc", std::string("\x12\x00", 2),
        tag + "\x03" + "abc", tag + "\xff\xff\xff\xff\x0f" + "abc"}) {
    EXPECT_THAT(ExamineCase(bytes, log.claim()).faults,
                ElementsAre(Fault{"records.pb", "it cannot be read as the records of a case"}));
  }
}

TEST(ExamineCase, RecordThatIsTooLargeIsNotTakenIn) {
  AnyLog log;
  log.claim().revision = 0;
  BundledCase bundled;
  bundled.add_records()->set_record(std::string(kBundledRecordSizeMax, 'x'));
  EXPECT_THAT(ExamineCase(bundled.SerializeAsString(), log.claim()).faults,
              ElementsAre(Fault{"records.pb", "it cannot be read as the records of a case"}));
}

// A number of fields costs a record some bytes; it must not cost a verifier
// memory for each.
TEST(AssembleEvent, HoldsNoMoreThanTheFieldsThatAreShown) {
  log::v1::BundledRecord bundled;
  bundled.set_field_count(record::kEventFieldsMax);
  log::v1::DisclosedField* const field = bundled.add_fields();
  field->set_index(7);
  events::v1::NoteAdded note;
  note.set_text("a note");
  field->set_field(note.SerializeAsString());
  const absl::StatusOr<BundledEvent> event =
      AssembleEvent("wardbook.events.v1.NoteAdded", Hash(), bundled);
  ASSERT_OK(event);
  EXPECT_THAT(event->fields, SizeIs(1));
  EXPECT_EQ(event->withheld_count(), record::kEventFieldsMax - 1);
  EXPECT_FALSE(event->IsWhole());
  bundled.clear_fields();
  EXPECT_THAT(AssembleEvent("wardbook.events.v1.NoteAdded", Hash(), bundled),
              testing::StatusIs(absl::StatusCode::kDataLoss, HasSubstr("shows none")));
}

TEST(ExamineCase, StreamIsTheReferenceWithoutHyphens) {
  EXPECT_EQ(StreamOfCase("WB-7K4D-9QX2"), "case-WB7K4D9QX2");
}

}  // namespace
}  // namespace wardbook::bundle
