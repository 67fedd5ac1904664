#include "services/casework/case_view.h"

#include <chrono>
#include <optional>
#include <string>

#include "google/protobuf/util/message_differencer.h"
#include "services/casework/case_summary.h"
#include "services/casework/case_view_rows.h"
#include "services/casework/sample_cases_for_test.h"
#include "storage/base/moment.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {
namespace {

using google::protobuf::util::MessageDifferencer;
using kernel::CaseRef;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROUTE_HEADTEACHER;
using wardbook::events::v1::ROUTE_LINE_MANAGER;
using wardbook::views::v1::CaseRow;

constexpr std::chrono::seconds kPatience(30);

// Cases of several kinds, at different stages.
void RecordSomeCases(SampleCases& cases, const SchoolId& school = kSchool) {
  const CaseRef first = cases.Report(1, ROUTE_HEADTEACHER, std::nullopt, school);
  const CaseRef second = cases.Report(2, ROUTE_LINE_MANAGER, kCaretaker, school);
  const CaseRef third = cases.Report(3, ROUTE_CHAIR_OF_GOVERNORS, kHead, school);
  cases.Note(first, school);
  cases.Refer(third, school);
  cases.Note(second, school);
  cases.Close(first, school);
}

TEST(CaseView, ARowSaysWhatTheFoldOfTheCaseSays) {
  SampleCases cases;
  RecordSomeCases(cases);
  const auto projector = cases.StartProjector();
  const runtime::ViewReading reading = cases.CatchUp(*projector);
  for (const CaseRef& ref : cases.RefsOf(kSchool)) {
    ASSERT_OK_AND_ASSIGN(const std::optional<CaseRow> row,
                         FindCaseRow(cases.store(), *reading.generation, ref.Stream()));
    ASSERT_TRUE(row.has_value());
    const CaseCard& card = cases.CardOf(ref);
    EXPECT_TRUE(MessageDifferencer::Equals(row->summary(), SummaryOf(ref, card)));
    EXPECT_TRUE(MessageDifferencer::Equals(row->report(), ReportOf(ref, card, kTeacher)));
    for (const PersonId& person : {kTeacher, kHead, kDeputy, kSafeguardingLead, kChair, kOfficer,
                                   kLineManager, kCaretaker}) {
      EXPECT_EQ(SightOfRow(*row, ActorOf(person)), SightOf(card.state, ActorOf(person)));
    }
  }
}

TEST(CaseView, EachCaseStandsOnceAmongTheChangesUnderItsLast) {
  SampleCases cases;
  RecordSomeCases(cases);
  const auto projector = cases.StartProjector();
  const runtime::ViewReading reading = cases.CatchUp(*projector);
  ASSERT_OK_AND_ASSIGN(const std::vector<IndexEntry> changes,
                       ScanChanges(cases.store(), *reading.generation, 0, 100));
  std::vector<std::pair<uint64_t, std::string>> found;
  for (const IndexEntry& change : changes) found.emplace_back(change.position, change.stream);
  EXPECT_THAT(found, ::testing::ElementsAre(::testing::Pair(4, SampleCases::Ref(3).Stream()),
                                            ::testing::Pair(5, SampleCases::Ref(2).Stream()),
                                            ::testing::Pair(6, SampleCases::Ref(1).Stream())));
}

void ExpectABuildComesToThisState(runtime::Projector& projector) {
  ASSERT_OK_AND_ASSIGN(const runtime::ViewHash followed,
                       projector.StateHash(kSchool, kCaseViewName));
  ASSERT_OK(projector.Rebuild(kSchool, kCaseViewName));
  ASSERT_OK(projector.WaitForRebuild(kSchool, kCaseViewName, MomentIn(kPatience)));
  ASSERT_OK_AND_ASSIGN(const runtime::ViewHash rebuilt,
                       projector.StateHash(kSchool, kCaseViewName));
  EXPECT_EQ(rebuilt.applied, followed.applied);
  EXPECT_EQ(rebuilt.hash, followed.hash);
}

TEST(CaseView, StoppingAfterEveryRecordComesToTheStateOfOneBuild) {
  SampleCases cases;
  const CaseRef ref = cases.Report(1, ROUTE_LINE_MANAGER);
  const CaseRef other = cases.Report(2, ROUTE_HEADTEACHER);
  for (int i = 0; i < 5; ++i) {
    // Its fold starts without a card each time.
    const auto projector = cases.StartProjector();
    cases.Note(i % 2 == 0 ? ref : other);
    cases.CatchUp(*projector);
  }
  cases.Refer(ref);
  const auto projector = cases.StartProjector();
  cases.CatchUp(*projector);
  for (int i = 0; i < 2; ++i) ExpectABuildComesToThisState(*projector);
}

TEST(CaseView, ABuildOfManyCasesComesToTheStateOfFollowingThem) {
  SampleCases cases;
  const CaseRef rested = cases.Report(1, ROUTE_HEADTEACHER);
  const auto projector = cases.StartProjector();
  // More than a fold keeps in memory, each followed by a batch of its own or two.
  std::vector<CaseRef> busy = {rested};
  for (uint64_t number = 2; number <= 400; ++number) {
    const CaseRef ref =
        cases.Report(number, number % 3 == 0 ? ROUTE_LINE_MANAGER : ROUTE_HEADTEACHER);
    if (number % 40 == 0) busy.push_back(ref);
    cases.Note(busy[number % busy.size()]);
    if (number % 5 == 0) cases.Close(ref);
    cases.CatchUp(*projector);
  }
  cases.Refer(rested);
  cases.CatchUp(*projector);
  ExpectABuildComesToThisState(*projector);
}

TEST(CaseView, ABuildOfMoreCasesThanItKeepsComesToTheStateOfFollowingThem) {
  SampleCases cases;
  std::vector<CaseRef> refs = {cases.Report(1, ROUTE_HEADTEACHER)};
  const auto projector = cases.StartProjector();
  cases.CatchUp(*projector);
  for (uint64_t number = 2; number <= 2'100; ++number) {
    refs.push_back(cases.Report(number, ROUTE_HEADTEACHER));
  }
  for (const CaseRef& ref : refs) cases.Note(ref);
  cases.CatchUp(*projector);
  ExpectABuildComesToThisState(*projector);
}

TEST(CaseView, ACaseOfOneSchoolIsNotInTheViewOfAnother) {
  SampleCases cases;
  const CaseRef here = cases.Report(1, ROUTE_HEADTEACHER);
  const CaseRef there = cases.Report(2, ROUTE_HEADTEACHER, std::nullopt, kOtherSchool);
  const auto projector = cases.StartProjector();
  const runtime::ViewReading reading = cases.CatchUp(*projector);
  const runtime::ViewReading other = cases.CatchUp(*projector, kOtherSchool);
  EXPECT_THAT(ScanChanges(cases.store(), *reading.generation, 0, 10).value().size(), Eq(1));
  EXPECT_FALSE(FindCaseRow(cases.store(), *reading.generation, there.Stream()).value());
  EXPECT_FALSE(FindCaseRow(cases.store(), *other.generation, here.Stream()).value());
  EXPECT_TRUE(FindCaseRow(cases.store(), *other.generation, there.Stream()).value());
}

TEST(CaseView, ACaseWhoseKeyIsGoneLeavesNoRowBehind) {
  SampleCases cases;
  const CaseRef ref = cases.Report(1, ROUTE_HEADTEACHER);
  const CaseRef other = cases.Report(2, ROUTE_HEADTEACHER);
  {
    const auto projector = cases.StartProjector();
    cases.CatchUp(*projector);
  }
  cases.Note(ref);
  ASSERT_OK(cases.vault().Destroy(cases.KeyOf(ref)));
  const auto projector = cases.StartProjector();
  const runtime::ViewReading reading = cases.CatchUp(*projector);
  ASSERT_OK_AND_ASSIGN(const std::vector<runtime::ViewRow> rows,
                       cases.store().Scan(*reading.generation, "", "", 100));
  for (const runtime::ViewRow& row : rows) {
    EXPECT_THAT(row.key, Not(HasSubstr(ref.Stream())));
    EXPECT_THAT(row.value, Not(HasSubstr(ref.Stream())));
  }
  EXPECT_TRUE(FindCaseRow(cases.store(), *reading.generation, other.Stream()).value());
  ASSERT_OK_AND_ASSIGN(const runtime::ViewHash resumed,
                       projector->StateHash(kSchool, kCaseViewName));
  ASSERT_OK(projector->Rebuild(kSchool, kCaseViewName));
  ASSERT_OK(projector->WaitForRebuild(kSchool, kCaseViewName, MomentIn(kPatience)));
  EXPECT_EQ(projector->StateHash(kSchool, kCaseViewName)->hash, resumed.hash);
}

TEST(CaseView, NoNameStandsInTheRowsInClear) {
  SampleCases cases;
  cases.Report(1, ROUTE_HEADTEACHER);
  testing::MemoryKeyValue rows;
  testing::KeyValueControl control;
  runtime::ViewStore store(std::make_unique<testing::BorrowedKeyValue>(rows, control),
                           cases.vault());
  const auto projector = cases.StartProjector(store);
  cases.CatchUp(*projector);
  std::string bytes;
  ASSERT_OK(rows.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    bytes.append(key.data(), key.size()).append(value.data(), value.size());
    return true;
  }));
  EXPECT_THAT(bytes, Not(IsEmpty()));
  EXPECT_THAT(bytes, Not(HasSubstr("Morgan")));
}

}  // namespace
}  // namespace wardbook::casework
