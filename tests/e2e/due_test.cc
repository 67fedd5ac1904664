// What is due, asked of a running server: everybody's own, and no trace of a case
// to whom it is about.

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/person.h"
#include "tests/e2e/school.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/due_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

// All that is due to the person once everything up to `position` is in the lists.
v1::ListDueResponse DueTo(const Person& person, uint64_t position) {
  v1::ListDueRequest request;
  request.set_page_size(200);
  const auto answer = person.CallFrom(position, &v1::DueService::Stub::ListDue, request);
  EXPECT_THAT(answer, IsAnswered());
  return answer.response;
}

bool Names(const v1::ListDueResponse& list, const std::string& case_ref) {
  for (const v1::DueItem& item : list.items()) {
    if (item.case_ref() == case_ref) return true;
  }
  return false;
}

TEST(Due, AReportIsDueToThoseWhoHandleItAndToNobodyElse) {
  const School& school = Oakfield();
  const v1::ReportIncidentResponse report = ReportCase(school);
  const uint64_t position = report.receipt().position();
  EXPECT_TRUE(Names(DueTo(school.head, position), report.case_ref()));
  EXPECT_TRUE(Names(DueTo(school.lead, position), report.case_ref()));
  for (const Person* person : {&school.teacher, &school.colleague, &school.chair, &school.officer,
                               &school.auditor, &school.administrator}) {
    EXPECT_FALSE(Names(DueTo(*person, position), report.case_ref())) << person->user_name;
  }
}

TEST(Due, ACaseAboutTheHeadteacherChangesNothingThatTheyAreTold) {
  const School& school = Oakfield();
  const uint64_t before = school.head.Head().size - 1;
  const v1::ListDueResponse told = DueTo(school.head, before);

  v1::ReportIncidentRequest request = Report(school);
  request.mutable_parties(1)->set_person_id(absl::HexStringToBytes(school.head.id));
  const auto report = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, request);
  ASSERT_THAT(report, IsAnswered());
  const uint64_t after = report.response.receipt().position();

  EXPECT_TRUE(Names(DueTo(school.chair, after), report.response.case_ref()));
  EXPECT_EQ(DueTo(school.head, after).SerializeAsString(), told.SerializeAsString());
}

TEST(Due, TheirWatchShowsTheHeadteacherTheNextCaseAndNotTheOneAboutThem) {
  const School& school = Oakfield();
  v1::DueService::Stub stub(school.head.server->channel());
  const auto context = school.head.NewContext();
  const auto watch = stub.WatchDue(context.get(), v1::WatchDueRequest());
  v1::WatchDueResponse change;
  ASSERT_TRUE(watch->Read(&change));
  const uint32_t due = change.list().count().due();

  v1::ReportIncidentRequest request = Report(school);
  request.mutable_parties(1)->set_person_id(absl::HexStringToBytes(school.head.id));
  const auto hidden = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, request);
  ASSERT_THAT(hidden, IsAnswered());
  const v1::ReportIncidentResponse shown = ReportCase(school);
  do {
    ASSERT_TRUE(watch->Read(&change));
    for (const v1::DueItem& item : change.list().items()) {
      EXPECT_NE(item.case_ref(), hidden.response.case_ref());
    }
  } while (!change.has_list());
  const v1::ListDueResponse now = DueTo(school.head, shown.receipt().position());
  EXPECT_EQ(change.list().count().due(), now.count().due());
  EXPECT_GT(now.count().due(), due);
  context->TryCancel();
  EXPECT_EQ(watch->Finish().error_code(), grpc::CANCELLED);
}

}  // namespace
}  // namespace wardbook::e2e
