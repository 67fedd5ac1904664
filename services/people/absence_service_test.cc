#include "services/people/absence_service.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/people/people_server_for_test.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::TimestampOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_SENIOR_LEADERSHIP;
using wardbook::events::v1::ROLE_STAFF;
using Stub = wardbook::v1::AbsenceService::Stub;

class AbsenceServiceTest : public PeopleServerTest {
 protected:
  void SetUp() override {
    PeopleServerTest::SetUp();
    head_ = Add("Helen Example", {ROLE_STAFF, ROLE_HEADTEACHER});
    deputy_ = Add("Dora Example", {ROLE_STAFF, ROLE_SENIOR_LEADERSHIP});
    teacher_ = Add("Tom Example", {ROLE_STAFF});
    chair_ = Add("Chris Example", {ROLE_CHAIR_OF_GOVERNORS});
  }

  // From now on for a day.
  wardbook::v1::RecordHeadAbsenceRequest ADay() const {
    wardbook::v1::RecordHeadAbsenceRequest request;
    request.set_deputy_id(deputy_.Hex());
    *request.mutable_until_time() = TimestampOf(now() + absl::Hours(24));
    request.set_reason("A hospital appointment");
    return request;
  }

  grpc::Status Record(const PersonId& as, const wardbook::v1::RecordHeadAbsenceRequest& request,
                      wardbook::v1::RecordHeadAbsenceResponse* response) {
    return Call(as, &Stub::RecordHeadAbsence, request, response);
  }

  wardbook::v1::GetHeadCoverResponse CoverAt(absl::Time at) {
    wardbook::v1::GetHeadCoverRequest request;
    *request.mutable_at_time() = TimestampOf(at);
    wardbook::v1::GetHeadCoverResponse response;
    EXPECT_TRUE(Call(teacher_, &Stub::GetHeadCover, request, &response).ok());
    return response;
  }

  PersonId head_;
  PersonId deputy_;
  PersonId teacher_;
  PersonId chair_;
};

TEST_F(AbsenceServiceTest, SaysWhoActedAtAnyPastMoment) {
  wardbook::v1::RecordHeadAbsenceResponse response;
  ASSERT_TRUE(Record(deputy_, ADay(), &response).ok());
  SetNow(kStart + absl::Hours(1000));
  EXPECT_FALSE(CoverAt(kStart - absl::Seconds(1)).has_absence());
  const wardbook::v1::GetHeadCoverResponse cover = CoverAt(kStart + absl::Hours(23));
  EXPECT_EQ(cover.absence().deputy_name(), "Dora Example");
  EXPECT_EQ(cover.absence().headteacher_name(), "Helen Example");
  EXPECT_EQ(cover.absence().absence_id(), response.absence_id());
  EXPECT_EQ(cover.absence().recorded_by_name(), "Dora Example");
  EXPECT_FALSE(CoverAt(kStart + absl::Hours(24)).has_absence());
  EXPECT_THAT(CoverAt(kStart + absl::Hours(24)).headteacher_names(), ElementsAre("Helen Example"));
  EXPECT_THAT(CoverAt(kStart - absl::Hours(1)).headteacher_names(), IsEmpty());
}

TEST_F(AbsenceServiceTest, AnswersTheSameRequestWithTheSameAbsence) {
  wardbook::v1::RecordHeadAbsenceRequest request = ADay();
  request.set_request_id(UuidText(crypto::NewRequestId()));
  wardbook::v1::RecordHeadAbsenceResponse first;
  wardbook::v1::RecordHeadAbsenceResponse second;
  ASSERT_TRUE(Record(head_, request, &first).ok());
  ASSERT_TRUE(Record(head_, request, &second).ok());
  EXPECT_EQ(first.absence_id(), second.absence_id());
  EXPECT_EQ(first.revision(), second.revision());
  wardbook::v1::RecordHeadAbsenceResponse once_more;
  ASSERT_TRUE(Record(head_, ADay(), &once_more).ok()) << "the same in another request";
  EXPECT_EQ(once_more.absence_id(), first.absence_id());
}

TEST_F(AbsenceServiceTest, IsForWhoLeadsTheSchool) {
  wardbook::v1::RecordHeadAbsenceResponse response;
  EXPECT_THAT(Record(administrator_, ADay(), &response), Refuses(Reason::kAbsenceNotYours));
  EXPECT_THAT(Record(teacher_, ADay(), &response), Refuses(Reason::kAbsenceNotYours));
  ASSERT_TRUE(Record(chair_, ADay(), &response).ok());
  wardbook::v1::EndHeadAbsenceRequest end;
  end.set_absence_id(response.absence_id());
  wardbook::v1::EndHeadAbsenceResponse ended;
  EXPECT_THAT(Call(teacher_, &Stub::EndHeadAbsence, end, &ended),
              Refuses(Reason::kAbsenceNotYours));
  SetNow(kStart + absl::Hours(2));
  EXPECT_TRUE(Call(head_, &Stub::EndHeadAbsence, end, &ended).ok());
  EXPECT_TRUE(CoverAt(kStart + absl::Hours(1)).has_absence());
  EXPECT_FALSE(CoverAt(kStart + absl::Hours(2)).has_absence());
}

TEST_F(AbsenceServiceTest, KeepsTheReasonFromThoseWhoDoNotLead) {
  wardbook::v1::RecordHeadAbsenceResponse response;
  ASSERT_TRUE(Record(head_, ADay(), &response).ok());
  wardbook::v1::ListHeadAbsencesResponse list;
  ASSERT_TRUE(
      Call(deputy_, &Stub::ListHeadAbsences, wardbook::v1::ListHeadAbsencesRequest(), &list).ok());
  ASSERT_EQ(list.absences_size(), 1);
  EXPECT_EQ(list.absences(0).reason(), "A hospital appointment");
  ASSERT_TRUE(
      Call(teacher_, &Stub::ListHeadAbsences, wardbook::v1::ListHeadAbsencesRequest(), &list).ok());
  EXPECT_EQ(list.absences(0).reason(), "");
  EXPECT_EQ(list.absences(0).deputy_name(), "Dora Example");
}

TEST_F(AbsenceServiceTest, AsksWhichOfSeveralHeadteachersAndKnowsWhenOneIsPresent) {
  const PersonId other = Add("Olga Example", {ROLE_STAFF, ROLE_HEADTEACHER});
  wardbook::v1::RecordHeadAbsenceRequest request = ADay();
  wardbook::v1::RecordHeadAbsenceResponse response;
  EXPECT_THAT(Record(chair_, request, &response), Refuses(Reason::kFieldMissing));
  request.set_headteacher_id(head_.Hex());
  ASSERT_TRUE(Record(chair_, request, &response).ok());
  EXPECT_FALSE(CoverAt(kStart + absl::Hours(1)).has_absence()) << "the other one is present";
  request.set_headteacher_id(other.Hex());
  ASSERT_TRUE(Record(chair_, request, &response).ok());
  EXPECT_TRUE(CoverAt(kStart + absl::Hours(1)).has_absence());
}

TEST_F(AbsenceServiceTest, TakesNobodyAsDeputyWhoDoesNotLead) {
  wardbook::v1::RecordHeadAbsenceRequest request = ADay();
  wardbook::v1::RecordHeadAbsenceResponse response;
  request.set_deputy_id(teacher_.Hex());
  EXPECT_THAT(Record(head_, request, &response), Refuses(Reason::kDeputyNotLeadership));
  request.set_deputy_id("nobody");
  EXPECT_THAT(Record(head_, request, &response), Refuses(Reason::kNoSuchPerson));
}

}  // namespace
}  // namespace wardbook::people
