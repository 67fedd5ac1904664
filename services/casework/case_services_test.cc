#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/stream_reader.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

class CaseServices : public ::testing::Test {
 protected:
  v1::ReportIncidentRequest Report() const {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
    request.set_what_happened("A page mocks a colleague by name.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.mutable_place()->set_platform("a social network");
    request.set_wishes("The page should go.");
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    return request;
  }

  // Calls a method of a service as a person.
  template <class Stub, class Request, class Response>
  grpc::Status Call(const PersonId& person, Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    SignIn(context, person);
    return (stub.*method)(&context, request, &response);
  }

  v1::ReportIncidentResponse Filed(const v1::ReportIncidentRequest& request) {
    v1::ReportIncidentResponse response;
    const grpc::Status status =
        Call(teacher_, *incidents_, &v1::IncidentService::Stub::ReportIncident, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  grpc::Status Get(const PersonId& person, const std::string& case_ref,
                   v1::GetCaseResponse& response) {
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref);
    return Call(person, *cases_, &v1::CaseService::Stub::GetCase, request, response);
  }

  v1::AddNoteRequest Note(const std::string& case_ref, const std::string& text) const {
    v1::AddNoteRequest request;
    request.set_request_id(NewUuid());
    request.set_case_ref(case_ref);
    request.set_text(text);
    return request;
  }

  grpc::Status Add(const PersonId& person, const v1::AddNoteRequest& request,
                   v1::AddNoteResponse& response) {
    return Call(person, *cases_, &v1::CaseService::Stub::AddNote, request, response);
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId stranger_ = server_.Enter("Sam Stranger", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const PersonId chair_ = server_.Enter("Cher Chair", {kernel::Role::kChairOfGovernors});
  const std::unique_ptr<v1::IncidentService::Stub> incidents_ =
      v1::IncidentService::NewStub(server_.channel());
  const std::unique_ptr<v1::CaseService::Stub> cases_ = v1::CaseService::NewStub(server_.channel());
};

TEST_F(CaseServices, ACaseGoesFromReportToClosing) {
  const v1::ReportIncidentResponse filed = Filed(Report());
  EXPECT_THAT(filed.revision(), Eq(1u));
  EXPECT_THAT(filed.route(), Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(filed.next_step(), Not(IsEmpty()));
  EXPECT_THAT(filed.receipt().leaf_hashes(), SizeIs(1));

  v1::AddNoteResponse noted;
  ASSERT_TRUE(Add(head_, Note(filed.case_ref(), "Spoke to both."), noted).ok());
  EXPECT_THAT(noted.revision(), Eq(2u));

  v1::CloseCaseRequest close;
  close.set_request_id(NewUuid());
  close.set_case_ref(filed.case_ref());
  close.set_expected_revision(2);
  close.set_conclusion("The page was taken down.");
  close.set_wishes_followed(true);
  v1::CloseCaseResponse closed;
  const grpc::Status status =
      Call(head_, *cases_, &v1::CaseService::Stub::CloseCase, close, closed);
  ASSERT_TRUE(status.ok()) << status.error_message();

  v1::GetCaseResponse shown;
  ASSERT_TRUE(Get(head_, filed.case_ref(), shown).ok());
  EXPECT_THAT(shown.case_file().summary().stage(), Eq(v1::CASE_STAGE_CLOSED));
  EXPECT_THAT(shown.case_file().summary().platform(), Eq("a social network"));
  ASSERT_THAT(shown.case_file().timeline(), SizeIs(3));
  EXPECT_THAT(shown.case_file().timeline(1).actor_name(), Eq("Hedda Head"));
  EXPECT_THAT(shown.case_file().timeline(1).event().note_added().text(), Eq("Spoke to both."));
}

TEST_F(CaseServices, AReportSentTwiceIsOneCase) {
  const v1::ReportIncidentRequest report = Report();
  const v1::ReportIncidentResponse first = Filed(report);
  const v1::ReportIncidentResponse second = Filed(report);
  EXPECT_THAT(second.case_ref(), Eq(first.case_ref()));
  EXPECT_THAT(second.next_step(), Eq(first.next_step()));
  EXPECT_THAT(server_.log().Head(server_.school())->size, Eq(1u));
}

TEST_F(CaseServices, AConflictCarriesWhatCameInBetween) {
  const std::string ref = Filed(Report()).case_ref();
  v1::AddNoteResponse response;
  ASSERT_TRUE(Add(head_, Note(ref, "The first note."), response).ok());

  v1::AddNoteRequest late = Note(ref, "The second note.");
  late.set_expected_revision(1);
  const grpc::Status status = Add(head_, late, response);
  EXPECT_THAT(status.error_code(), Eq(grpc::StatusCode::ABORTED));
  const v1::Conflict conflict = RefusalOf(status).conflict();
  EXPECT_THAT(conflict.current_revision(), Eq(2u));
  ASSERT_THAT(conflict.entries(), SizeIs(1));
  EXPECT_THAT(conflict.entries(0).event().note_added().text(), Eq("The first note."));
}

TEST_F(CaseServices, AConflictShowsAReporterOnlyWhatTheyMaySee) {
  const std::string ref = Filed(Report()).case_ref();
  v1::AddNoteResponse response;
  ASSERT_TRUE(Add(head_, Note(ref, "For the leadership's eyes."), response).ok());

  v1::AddNoteRequest late = Note(ref, "One thing more.");
  late.set_expected_revision(1);
  const grpc::Status status = Add(teacher_, late, response);
  EXPECT_THAT(status.error_code(), Eq(grpc::StatusCode::ABORTED));
  EXPECT_THAT(RefusalOf(status).conflict().current_revision(), Eq(2u));
  EXPECT_THAT(RefusalOf(status).conflict().entries(), IsEmpty());
}

TEST_F(CaseServices, AStrangerIsAnsweredAsIfThereWereNoCase) {
  const std::string ref = Filed(Report()).case_ref();
  const std::string unknown = kernel::CaseRef::FromBits(7).text();
  v1::GetCaseResponse shown;
  const grpc::Status of_case = Get(stranger_, ref, shown);
  const grpc::Status of_none = Get(stranger_, unknown, shown);
  EXPECT_THAT(of_case.error_code(), Eq(grpc::StatusCode::NOT_FOUND));
  EXPECT_THAT(of_case.error_details(), Eq(of_none.error_details()));

  v1::AddNoteRequest note = Note(ref, "Let me in.");
  note.set_expected_revision(17);
  v1::AddNoteRequest note_of_none = Note(unknown, "Let me in.");
  note_of_none.set_expected_revision(17);
  v1::AddNoteResponse response;
  const grpc::Status add = Add(stranger_, note, response);
  EXPECT_THAT(add.error_details(), Eq(of_none.error_details()));
  EXPECT_THAT(Add(stranger_, note_of_none, response).error_details(), Eq(add.error_details()));
}

TEST_F(CaseServices, AReporterSeesTheirOwnEntriesAndThatTheReportWasSeen) {
  const std::string ref = Filed(Report()).case_ref();
  v1::AcknowledgeReceiptRequest acknowledge;
  acknowledge.set_request_id(NewUuid());
  acknowledge.set_case_ref(ref);
  acknowledge.set_message_to_reporter("Thank you. I have read it.");
  v1::AcknowledgeReceiptResponse acknowledged;
  ASSERT_TRUE(Call(head_, *incidents_, &v1::IncidentService::Stub::AcknowledgeReceipt, acknowledge,
                   acknowledged)
                  .ok());
  v1::AddNoteResponse response;
  ASSERT_TRUE(Add(head_, Note(ref, "For the leadership's eyes."), response).ok());

  v1::GetCaseResponse shown;
  ASSERT_TRUE(Get(teacher_, ref, shown).ok());
  ASSERT_THAT(shown.case_file().timeline(), SizeIs(2));
  EXPECT_TRUE(shown.case_file().timeline(0).event().has_incident_reported());
  EXPECT_TRUE(shown.case_file().timeline(1).event().has_receipt_acknowledged());
}

TEST_F(CaseServices, OpeningACaseIsRecordedAndLookingInVainIsNot) {
  const std::string ref = Filed(Report()).case_ref();
  v1::GetCaseResponse shown;
  ASSERT_FALSE(Get(stranger_, ref, shown).ok());
  ASSERT_TRUE(Get(head_, ref, shown).ok());
  ASSERT_TRUE(Get(teacher_, ref, shown).ok());

  const auto seen = runtime::ReadEvents<events::AccessEvent>(
      server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->AccessStream(),
      /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(seen, wardbook::testing::IsOk());
  ASSERT_THAT(*seen, SizeIs(2));
  EXPECT_THAT((*seen)[0].header.actor, Eq(head_));
  EXPECT_THAT((*seen)[0].event.case_viewed().case_ref(), Eq(ref));
  EXPECT_THAT((*seen)[0].event.case_viewed().revision(), Eq(1u));
  EXPECT_THAT((*seen)[1].header.actor, Eq(teacher_));
}

TEST_F(CaseServices, AReportAboutTheHeadteacherGoesToTheChairAndHidesFromThem) {
  v1::ReportIncidentRequest report = Report();
  events::Party& subject = *report.add_parties();
  subject.set_capacity(events::CAPACITY_SUBJECT);
  subject.set_person_id(head_.Bytes());
  const v1::ReportIncidentResponse filed = Filed(report);
  EXPECT_THAT(filed.route(), Eq(events::ROUTE_CHAIR_OF_GOVERNORS));

  v1::GetCaseResponse shown;
  EXPECT_THAT(Get(head_, filed.case_ref(), shown).error_code(), Eq(grpc::StatusCode::NOT_FOUND));
  ASSERT_TRUE(Get(chair_, filed.case_ref(), shown).ok());
  EXPECT_THAT(shown.case_file().timeline(0).event().incident_reported().parties(0).name(),
              Eq("Hedda Head"));
}

TEST_F(CaseServices, AReportNamesOnlyPeopleOfTheRegister) {
  v1::ReportIncidentRequest report = Report();
  events::Party& witness = *report.add_parties();
  witness.set_capacity(events::CAPACITY_WITNESS);
  witness.set_person_id(crypto::RandomId<PersonId>().Bytes());
  v1::ReportIncidentResponse response;
  const grpc::Status status =
      Call(teacher_, *incidents_, &v1::IncidentService::Stub::ReportIncident, report, response);
  EXPECT_THAT(RefusalOf(status).code(), Eq("R-NO-SUCH-PERSON"));
  EXPECT_THAT(RefusalOf(status).field(), Eq("parties"));
}

TEST_F(CaseServices, ACaseHandedOnAgainIsAnsweredWithItsRoute) {
  const std::string ref = Filed(Report()).case_ref();
  const auto escalations = v1::EscalationService::NewStub(server_.channel());
  for (int i = 0; i < 2; ++i) {
    v1::EscalateCaseRequest request;
    request.set_request_id(NewUuid());
    request.set_case_ref(ref);
    request.set_reasons("It is more than a quarrel.");
    v1::EscalateCaseResponse response;
    ASSERT_TRUE(
        Call(head_, *escalations, &v1::EscalationService::Stub::EscalateCase, request, response)
            .ok());
    EXPECT_THAT(response.route(), Eq(events::ROUTE_HEADTEACHER));
    EXPECT_THAT(response.revision(), Eq(2u));
  }
}

TEST_F(CaseServices, AReferralIsTakenWithWhatItLacksAndRecordedOnce) {
  const std::string ref = Filed(Report()).case_ref();
  const auto referrals = v1::ReferralService::NewStub(server_.channel());
  v1::ReferCaseRequest request;
  request.set_request_id(NewUuid());
  request.set_case_ref(ref);
  v1::ReferCaseResponse first;
  ASSERT_TRUE(
      Call(teacher_, *referrals, &v1::ReferralService::Stub::ReferCase, request, first).ok());
  EXPECT_THAT(first.missing_items(), Not(IsEmpty()));
  v1::ReferCaseResponse second;
  ASSERT_TRUE(
      Call(teacher_, *referrals, &v1::ReferralService::Stub::ReferCase, request, second).ok());
  EXPECT_THAT(second.referral_id(), Eq(first.referral_id()));
  EXPECT_THAT(second.revision(), Eq(first.revision()));
}

}  // namespace
}  // namespace wardbook::casework
