// What the registers have of the people of a case, through the door.

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/stream_reader.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using runtime::EntryAtTheTime;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

absl::Time Utc(int year, int month, int day, int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), absl::UTCTimeZone());
}

// A declared contact with the child, in force from `time` on.
EntryAtTheTime Declared(absl::Time time, const PersonId& by, const PersonId& child) {
  EntryAtTheTime entry;
  entry.in_register = v1::REGISTER_SOCIAL_CONTACTS;
  entry.entry_id = crypto::RandomId<PersonId>().Hex();
  entry.event.mutable_social_contact_declared()->set_child_id(child.Bytes());
  entry.recorded_by = by;
  entry.recorded_time = time;
  entry.term = kernel::Period{time, absl::InfiniteFuture()};
  entry.people = {child};
  return entry;
}

class CaseRegisters : public ::testing::Test {
 protected:
  // A colleague is friends with a pupil online, at twenty to eight on 13 May.
  v1::ReportIncidentRequest Report() const {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_CODE_OF_CONDUCT);
    request.set_what_happened("They are friends with a pupil online.");
    request.mutable_happened_at()->set_date("2025-05-13");
    request.mutable_happened_at()->set_time("19:40");
    request.mutable_happened_at()->set_utc_offset_minutes(60);
    request.set_wishes_not_given(true);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    request.add_breached_clauses(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN);
    events::Party& subject = *request.add_parties();
    subject.set_capacity(events::CAPACITY_SUBJECT);
    subject.set_person_id(colleague_.Bytes());
    events::Party& witness = *request.add_parties();
    witness.set_capacity(events::CAPACITY_WITNESS);
    witness.set_person_id(child_.Bytes());
    witness.set_category(events::PERSON_CATEGORY_PUPIL);
    return request;
  }

  std::string Filed(const v1::ReportIncidentRequest& request) {
    v1::ReportIncidentResponse response;
    grpc::ClientContext context;
    SignIn(context, teacher_);
    const grpc::Status status = v1::IncidentService::NewStub(server_.channel())
                                    ->ReportIncident(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.case_ref();
  }

  grpc::Status Check(const PersonId& person, const std::string& case_ref,
                     v1::CheckRegistersResponse& response) {
    v1::CheckRegistersRequest request;
    request.set_case_ref(case_ref);
    grpc::ClientContext context;
    SignIn(context, person);
    return cases_->CheckRegisters(&context, request, &response);
  }

  v1::CaseFile Shown(const PersonId& person, const std::string& case_ref) {
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref);
    grpc::ClientContext context;
    SignIn(context, person);
    v1::GetCaseResponse response;
    const grpc::Status status = cases_->GetCase(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.case_file();
  }

  std::vector<runtime::Recorded<events::AccessEvent>> Accesses(const std::string& case_ref) {
    return runtime::ReadEvents<events::AccessEvent>(
               server_.log(), server_.vault(), server_.school(),
               kernel::CaseRef::Parse(case_ref)->AccessStream(), /*from_revision=*/1,
               /*limit=*/10)
        .value();
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId colleague_ = server_.Enter("Cole Colleague", {kernel::Role::kStaff});
  const PersonId child_ = server_.Enter("Cora Child", {});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const std::unique_ptr<v1::CaseService::Stub> cases_ = v1::CaseService::NewStub(server_.channel());
};

TEST_F(CaseRegisters, ADeclarationStandsBesideTheCaseWithWhatItWasWhenItHappened) {
  server_.registers().Give(colleague_, Declared(Utc(2024, 9, 2, 8, 0), colleague_, child_));
  const std::string ref = Filed(Report());
  v1::CheckRegistersResponse response;
  const grpc::Status status = Check(head_, ref, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(response.happened_at().time(), Eq("19:40"));
  EXPECT_THAT(kernel::TimeOf(response.reported_time()), Eq(server_.now()));
  ASSERT_THAT(response.people(), SizeIs(3));
  const v1::PersonInRegisters& colleague = response.people(0);
  EXPECT_THAT(colleague.name(), Eq("Cole Colleague"));
  EXPECT_THAT(colleague.capacities(), ElementsAre(events::CAPACITY_SUBJECT));
  ASSERT_THAT(colleague.entries(), SizeIs(1));
  const v1::CheckedEntry& declared = colleague.entries(0);
  EXPECT_THAT(declared.in_register(), Eq(v1::REGISTER_SOCIAL_CONTACTS));
  EXPECT_TRUE(declared.event().has_social_contact_declared());
  EXPECT_THAT(declared.recorded_by_name(), Eq("Cole Colleague"));
  EXPECT_THAT(declared.standing(), Eq(v1::ENTRY_STANDING_IN_FORCE));
  EXPECT_THAT(declared.recording(), Eq(v1::ENTRY_RECORDING_BEFORE));
  EXPECT_FALSE(declared.has_until_time());
  ASSERT_THAT(declared.people(), SizeIs(1));
  EXPECT_THAT(declared.people(0).name(), Eq("Cora Child"));
  EXPECT_TRUE(response.people(2).is_reporter());
  EXPECT_THAT(response.people(2).name(), Eq("Tess Teacher"));
}

TEST_F(CaseRegisters, WhatWasRecordedLaterSaysWhen) {
  const absl::Time minute = Utc(2025, 5, 13, 18, 40);
  for (const absl::Time recorded :
       {minute - absl::Seconds(1), minute, minute + absl::Seconds(59), minute + absl::Minutes(1),
        server_.now() - absl::Seconds(1), server_.now()}) {
    server_.registers().Give(colleague_, Declared(recorded, colleague_, child_));
  }
  v1::CheckRegistersResponse response;
  ASSERT_TRUE(Check(head_, Filed(Report()), response).ok());
  std::vector<std::pair<v1::EntryRecording, v1::EntryStanding>> found;
  for (const v1::CheckedEntry& entry : response.people(0).entries()) {
    found.emplace_back(entry.recording(), entry.standing());
  }
  using Pair = std::pair<v1::EntryRecording, v1::EntryStanding>;
  EXPECT_THAT(found,
              ElementsAre(Pair(v1::ENTRY_RECORDING_BEFORE, v1::ENTRY_STANDING_IN_FORCE),
                          Pair(v1::ENTRY_RECORDING_SAME_TIME, v1::ENTRY_STANDING_IN_FORCE),
                          Pair(v1::ENTRY_RECORDING_SAME_TIME, v1::ENTRY_STANDING_IN_FORCE),
                          Pair(v1::ENTRY_RECORDING_AFTER, v1::ENTRY_STANDING_NOT_IN_FORCE),
                          Pair(v1::ENTRY_RECORDING_AFTER, v1::ENTRY_STANDING_NOT_IN_FORCE),
                          Pair(v1::ENTRY_RECORDING_AFTER_REPORT, v1::ENTRY_STANDING_NOT_IN_FORCE)));
}

TEST_F(CaseRegisters, ADateAloneIsTheWholeDayOfTheSchoolsClock) {
  // Ten minutes past midnight in summer time, the day before in UTC.
  server_.registers().Give(colleague_, Declared(Utc(2025, 5, 12, 23, 10), colleague_, child_));
  server_.registers().Give(colleague_, Declared(Utc(2025, 5, 13, 23, 10), colleague_, child_));
  v1::ReportIncidentRequest report = Report();
  report.mutable_happened_at()->clear_time();
  v1::CheckRegistersResponse response;
  ASSERT_TRUE(Check(head_, Filed(report), response).ok());
  ASSERT_THAT(response.people(0).entries(), SizeIs(2));
  EXPECT_THAT(response.people(0).entries(0).standing(), Eq(v1::ENTRY_STANDING_IN_FORCE));
  EXPECT_THAT(response.people(0).entries(0).recording(), Eq(v1::ENTRY_RECORDING_SAME_TIME));
  EXPECT_THAT(response.people(0).entries(1).standing(), Eq(v1::ENTRY_STANDING_NOT_IN_FORCE));
}

TEST_F(CaseRegisters, AChildWithoutAnAnswerAboutPhotographsIsSaidToHaveNone) {
  v1::CheckRegistersResponse response;
  const std::string ref = Filed(Report());
  ASSERT_TRUE(Check(head_, ref, response).ok());
  EXPECT_FALSE(response.people(0).has_no_photo_answer());
  EXPECT_TRUE(response.people(1).has_no_photo_answer());

  EntryAtTheTime refused;
  refused.in_register = v1::REGISTER_PHOTO_CONSENTS;
  refused.entry_id = child_.Hex();
  refused.event.mutable_photo_consent_refused()->set_how("On the form.");
  refused.recorded_by = teacher_;
  refused.recorded_time = Utc(2024, 9, 2, 8, 0);
  server_.registers().Give(child_, refused);
  ASSERT_TRUE(Check(head_, ref, response).ok());
  EXPECT_FALSE(response.people(1).has_no_photo_answer());
  ASSERT_THAT(response.people(1).entries(), SizeIs(1));
  EXPECT_FALSE(response.people(1).entries(0).has_from_time());
}

TEST_F(CaseRegisters, MoreThanFitsIntoAnAnswerIsCounted) {
  EntryAtTheTime justification;
  justification.in_register = v1::REGISTER_JUSTIFICATIONS;
  justification.event.mutable_justification_submitted()->set_reasons(std::string(1 << 20, 'r'));
  for (int i = 0; i < 4; ++i) server_.registers().Give(colleague_, justification);
  v1::CheckRegistersResponse response;
  const grpc::Status status = Check(head_, Filed(Report()), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(response.people(0).entries(), SizeIs(1));
  EXPECT_THAT(response.people(0).left_out(), Eq(3u));
}

TEST_F(CaseRegisters, AreForHandlersAndForNobodyElse) {
  server_.registers().Give(colleague_, Declared(Utc(2024, 9, 2, 8, 0), colleague_, child_));
  const std::string ref = Filed(Report());
  v1::CheckRegistersResponse response;
  EXPECT_THAT(RefusalOf(Check(teacher_, ref, response)).code(), Eq("R-ROLE"));
  // Who may not see the case is told what there is to tell of one that never was.
  const grpc::Status subjects = Check(colleague_, ref, response);
  EXPECT_THAT(RefusalOf(subjects).code(), Eq("R-NO-SUCH-CASE"));
  EXPECT_THAT(subjects.error_details(),
              Eq(Check(colleague_, "WB-0000-0000", response).error_details()));
  EXPECT_THAT(response.people(), IsEmpty());
}

TEST_F(CaseRegisters, AreShownAfterThatIsRecorded) {
  const std::string ref = Filed(Report());
  v1::CheckRegistersResponse response;
  ASSERT_TRUE(Check(head_, ref, response).ok());
  const auto accesses = Accesses(ref);
  ASSERT_THAT(accesses, SizeIs(1));
  EXPECT_THAT(accesses[0].header.actor, Eq(head_));
  EXPECT_THAT(accesses[0].event.registers_checked().case_ref(), Eq(ref));
  EXPECT_THAT(accesses[0].event.registers_checked().revision(), Eq(1u));
}

TEST_F(CaseRegisters, AreWorthALookUnderTheClausesThatTheyAnswerFor) {
  const std::string ref = Filed(Report());
  EXPECT_THAT(Shown(head_, ref).register_clauses(),
              ElementsAre(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN));
  EXPECT_THAT(Shown(teacher_, ref).register_clauses(), IsEmpty());
  v1::ReportIncidentRequest other = Report();
  other.clear_breached_clauses();
  other.add_breached_clauses(events::BREACH_CLAUSE_P08_DAMAGING_POST);
  EXPECT_THAT(Shown(head_, Filed(other)).register_clauses(), IsEmpty());
}

}  // namespace
}  // namespace wardbook::casework
