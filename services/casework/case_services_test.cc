#include <cstdint>
#include <string>
#include <vector>

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

using ::testing::ElementsAre;
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

TEST_F(CaseServices, WhoReportedTheirOwnActIsShownNothingOfWhatOthersFoundOut) {
  v1::ReportIncidentRequest report = Report();
  report.set_kind(events::INCIDENT_KIND_SELF_REPORT);
  report.set_what_happened("I wrote http://a.example/post, and a parent misread it.");
  const std::string ref = Filed(report).case_ref();
  v1::GetCaseResponse before;
  ASSERT_TRUE(Get(teacher_, ref, before).ok());

  v1::SuspectIndecentImageRequest suspect;
  suspect.set_request_id(NewUuid());
  suspect.set_case_ref(ref);
  suspect.set_answer(events::INDECENT_IMAGE_ANSWER_YES);
  suspect.set_where_found("Their own phone");
  v1::SuspectIndecentImageResponse suspected;
  ASSERT_TRUE(
      Call(head_, *cases_, &v1::CaseService::Stub::SuspectIndecentImage, suspect, suspected).ok());
  v1::ReferCaseRequest refer;
  refer.set_request_id(NewUuid());
  refer.set_case_ref(ref);
  v1::ReferCaseResponse referred;
  const auto referrals = v1::ReferralService::NewStub(server_.channel());
  ASSERT_TRUE(Call(head_, *referrals, &v1::ReferralService::Stub::ReferCase, refer, referred).ok());

  v1::EscalateCaseRequest escalate;
  escalate.set_request_id(NewUuid());
  escalate.set_case_ref(ref);
  escalate.set_reasons("It is for the Headteacher.");
  v1::EscalateCaseResponse escalated;
  const auto escalations = v1::EscalationService::NewStub(server_.channel());
  ASSERT_TRUE(
      Call(head_, *escalations, &v1::EscalationService::Stub::EscalateCase, escalate, escalated)
          .ok());

  v1::GetCaseResponse after;
  ASSERT_TRUE(Get(teacher_, ref, after).ok());
  EXPECT_THAT(after.case_file().summary().revision(), Eq(4u));
  after.mutable_case_file()->mutable_summary()->set_revision(
      before.case_file().summary().revision());
  EXPECT_THAT(after.ShortDebugString(), Eq(before.ShortDebugString()));
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

TEST_F(CaseServices, WhatAConflictShowsIsRecordedAsSeen) {
  const std::string ref = Filed(Report()).case_ref();
  v1::AddNoteRequest blind = Note(ref, "Let me read it.");
  blind.set_expected_revision(0);
  v1::AddNoteResponse response;
  const grpc::Status status = Add(head_, blind, response);
  EXPECT_THAT(status.error_code(), Eq(grpc::StatusCode::ABORTED));
  EXPECT_THAT(RefusalOf(status).conflict().entries(), SizeIs(1));

  const auto seen = runtime::ReadEvents<events::AccessEvent>(
      server_.log(), server_.vault(), server_.school(), kernel::CaseRef::Parse(ref)->AccessStream(),
      /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(seen, wardbook::testing::IsOk());
  ASSERT_THAT(*seen, SizeIs(1));
  EXPECT_THAT((*seen)[0].header.actor, Eq(head_));
  EXPECT_THAT((*seen)[0].event.case_viewed().revision(), Eq(1u));
}

TEST_F(CaseServices, AReportAboutTheHeadteacherByNameAloneHidesFromThem) {
  v1::ReportIncidentRequest report = Report();
  report.set_kind(events::INCIDENT_KIND_CODE_OF_CONDUCT);
  events::Party& subject = *report.add_parties();
  subject.set_capacity(events::CAPACITY_SUBJECT);
  subject.set_name("  hedda   HEAD ");
  v1::ReportIncidentResponse response;
  const grpc::Status unasked =
      Call(teacher_, *incidents_, &v1::IncidentService::Stub::ReportIncident, report, response);
  EXPECT_THAT(RefusalOf(unasked).code(), Eq("R-ABOUT-HEADTEACHER"));

  report.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
  const v1::ReportIncidentResponse filed = Filed(report);
  EXPECT_THAT(filed.route(), Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  v1::GetCaseResponse shown;
  EXPECT_THAT(Get(head_, filed.case_ref(), shown).error_code(), Eq(grpc::StatusCode::NOT_FOUND));
  EXPECT_TRUE(Get(chair_, filed.case_ref(), shown).ok());
}

TEST_F(CaseServices, AReportThatNobodyInTheSchoolMaySeeGoesToTheOfficers) {
  const PersonId officer = server_.Enter("Olga Officer", {kernel::Role::kSafeguardingOfficer});
  v1::ReportIncidentRequest report = Report();
  for (const PersonId& person : {head_, chair_}) {
    events::Party& subject = *report.add_parties();
    subject.set_capacity(events::CAPACITY_SUBJECT);
    subject.set_person_id(person.Bytes());
  }
  const v1::ReportIncidentResponse filed = Filed(report);
  EXPECT_THAT(filed.route(), Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_THAT(filed.next_step(), ::testing::HasSubstr("Nobody in the school has been told"));
  v1::GetCaseResponse shown;
  EXPECT_TRUE(Get(officer, filed.case_ref(), shown).ok());
  EXPECT_THAT(Get(chair_, filed.case_ref(), shown).error_code(), Eq(grpc::StatusCode::NOT_FOUND));
}

TEST_F(CaseServices, UnsuitableMaterialIsReceivedAndAdviceSoughtByOnePerson) {
  const PersonId deputy =
      server_.Enter("Dora Deputy", {kernel::Role::kStaff, kernel::Role::kSeniorLeadership});
  const auto escalations = v1::EscalationService::NewStub(server_.channel());
  v1::ReportIncidentRequest report = Report();
  report.set_kind(events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
  report.set_to_senior_leadership(true);
  v1::ReportIncidentResponse filed;
  EXPECT_THAT(RefusalOf(Call(teacher_, *incidents_, &v1::IncidentService::Stub::ReportIncident,
                             report, filed))
                  .clauses(),
              ElementsAre("P39"));
  const AbsenceId absence = crypto::RandomId<AbsenceId>();
  server_.SetHeadAbsence(runtime::HeadAbsence{absence, head_, deputy, absl::InfinitePast()});
  filed = Filed(report);
  EXPECT_THAT(filed.route(), Eq(events::ROUTE_SENIOR_LEADERSHIP));
  server_.SetHeadAbsence(std::nullopt);

  v1::GetCaseResponse shown;
  ASSERT_TRUE(Get(deputy, filed.case_ref(), shown).ok());
  const auto& reported = shown.case_file().timeline(0).event().incident_reported();
  EXPECT_THAT(reported.recipient_name(), Eq("Dora Deputy"));
  EXPECT_THAT(reported.head_absence_id(), Eq(absence.Bytes()));

  v1::SeekAdviceRequest seek;
  seek.set_request_id(NewUuid());
  seek.set_case_ref(filed.case_ref());
  seek.set_asked_of("Duty desk");
  seek.set_channel("Telephone");
  seek.set_question("May we speak to the person?");
  v1::SeekAdviceResponse sought;
  EXPECT_THAT(
      RefusalOf(Call(head_, *escalations, &v1::EscalationService::Stub::SeekAdvice, seek, sought))
          .clauses(),
      ElementsAre("P40"));
  v1::HandOverRecipientRequest hand_over;
  hand_over.set_request_id(NewUuid());
  hand_over.set_case_ref(filed.case_ref());
  hand_over.set_to_person_id(head_.Hex());
  hand_over.set_reasons("The Headteacher is back.");
  v1::HandOverRecipientResponse handed_over;
  ASSERT_TRUE(Call(deputy, *escalations, &v1::EscalationService::Stub::HandOverRecipient, hand_over,
                   handed_over)
                  .ok());
  EXPECT_TRUE(
      Call(head_, *escalations, &v1::EscalationService::Stub::SeekAdvice, seek, sought).ok());
}

TEST_F(CaseServices, ADeclaredConflictHidesTheCaseAndIsAnsweredAlikeWhenSentAgain) {
  const std::string ref = Filed(Report()).case_ref();
  const auto escalations = v1::EscalationService::NewStub(server_.channel());
  v1::DeclareConflictRequest declare;
  declare.set_request_id(NewUuid());
  declare.set_case_ref(ref);
  declare.set_reasons("The colleague is my cousin.");
  v1::DeclareConflictResponse first;
  ASSERT_TRUE(
      Call(head_, *escalations, &v1::EscalationService::Stub::DeclareConflict, declare, first)
          .ok());
  EXPECT_THAT(first.route(), Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  v1::DeclareConflictResponse second;
  ASSERT_TRUE(
      Call(head_, *escalations, &v1::EscalationService::Stub::DeclareConflict, declare, second)
          .ok());
  EXPECT_THAT(second.receipt().position(), Eq(first.receipt().position()));

  v1::GetCaseResponse shown;
  EXPECT_THAT(RefusalOf(Get(head_, ref, shown)).code(), Eq("R-NO-SUCH-CASE"));
  EXPECT_TRUE(Get(chair_, ref, shown).ok());
  v1::AddNoteResponse noted;
  const grpc::Status mine = Add(head_, Note(ref, "Mine."), noted);
  const grpc::Status none = Add(head_, Note("WB-0000-0000", "Mine."), noted);
  EXPECT_THAT(mine.error_details(), Eq(none.error_details()));
}

TEST_F(CaseServices, ALongCaseIsShownPageByPage) {
  const std::string ref = Filed(Report()).case_ref();
  for (int i = 0; i < 4; ++i) {
    v1::AddNoteResponse response;
    ASSERT_TRUE(Add(head_, Note(ref, "A note."), response).ok());
  }
  v1::GetCaseRequest request;
  request.set_case_ref(ref);
  request.set_page_size(2);
  std::vector<uint64_t> revisions;
  int pages = 0;
  do {
    v1::GetCaseResponse page;
    ASSERT_TRUE(Call(head_, *cases_, &v1::CaseService::Stub::GetCase, request, page).ok());
    EXPECT_THAT(page.case_file().has_summary(), Eq(pages == 0));
    for (const v1::TimelineEntry& entry : page.case_file().timeline()) {
      revisions.push_back(entry.revision());
    }
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_THAT(pages, Eq(3));
  EXPECT_THAT(revisions, ::testing::ElementsAre(1u, 2u, 3u, 4u, 5u));

  request.set_page_token("6");
  v1::GetCaseResponse page;
  EXPECT_THAT(
      RefusalOf(Call(head_, *cases_, &v1::CaseService::Stub::GetCase, request, page)).field(),
      Eq("page_token"));
}

TEST_F(CaseServices, ACaseWhoseKeyIsGoneIsAnsweredLikeNone) {
  const std::string ref = Filed(Report()).case_ref();
  const auto snapshot =
      server_.cases().Load(server_.school(), kernel::CaseRef::Parse(ref)->Stream());
  ASSERT_THAT(snapshot, wardbook::testing::IsOk());
  ASSERT_THAT(server_.vault().Destroy(*(*snapshot)->key_id), wardbook::testing::IsOk());
  v1::GetCaseResponse shown;
  EXPECT_THAT(RefusalOf(Get(head_, ref, shown)).code(), Eq("R-NO-SUCH-CASE"));
  v1::AddNoteResponse response;
  EXPECT_THAT(RefusalOf(Add(head_, Note(ref, "Gone."), response)).code(), Eq("R-NO-SUCH-CASE"));
}

TEST_F(CaseServices, NoReferralIsRefusedForHowItIsSent) {
  const std::string ref = Filed(Report()).case_ref();
  const auto referrals = v1::ReferralService::NewStub(server_.channel());
  v1::AddNoteRequest note = Note(ref, "Something else.");
  v1::AddNoteResponse noted;
  ASSERT_TRUE(Add(teacher_, note, noted).ok());

  std::vector<v1::ReferCaseRequest> requests(5);
  requests[0].set_request_id("not a UUID");
  requests[1].set_request_id(note.request_id());
  requests[2].set_request_id(NewUuid());
  requests[2].set_expected_revision(77);
  requests[3].set_request_id(NewUuid());
  requests[3].set_reasons(std::string(1'280'000, 'x'));
  requests[3].set_intent(static_cast<events::ReferralIntent>(99));
  for (v1::ReferCaseRequest& request : requests) {
    request.set_case_ref(ref);
    v1::ReferCaseResponse response;
    const grpc::Status status =
        Call(teacher_, *referrals, &v1::ReferralService::Stub::ReferCase, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_THAT(response.referral_id(), SizeIs(32));
    if (!request.reasons().empty()) {
      EXPECT_THAT(response.missing_items(), ::testing::Contains(::testing::HasSubstr("cut off")));
    }
  }
}

TEST_F(CaseServices, OnceAnImageIsSuspectedThePoliceComeFirst) {
  const std::string ref = Filed(Report()).case_ref();
  v1::SuspectIndecentImageRequest suspect;
  suspect.set_request_id(NewUuid());
  suspect.set_case_ref(ref);
  suspect.set_answer(events::INDECENT_IMAGE_ANSWER_YES);
  suspect.set_where_found("A shared tablet");
  v1::SuspectIndecentImageResponse suspected;
  ASSERT_TRUE(
      Call(teacher_, *cases_, &v1::CaseService::Stub::SuspectIndecentImage, suspect, suspected)
          .ok());

  v1::CloseCaseRequest close;
  close.set_request_id(NewUuid());
  close.set_case_ref(ref);
  close.set_conclusion("Done.");
  close.set_wishes_followed(true);
  v1::CloseCaseResponse closed;
  const auto closing = [&] {
    return RefusalOf(Call(head_, *cases_, &v1::CaseService::Stub::CloseCase, close, closed)).code();
  };
  EXPECT_THAT(closing(), Eq("R-IIOC-POLICE-FIRST"));

  v1::RecordPoliceInformedRequest inform;
  inform.set_request_id(NewUuid());
  inform.set_case_ref(ref);
  inform.mutable_informed_at()->set_date("2025-06-01");
  inform.set_channel(events::POLICE_CHANNEL_999);
  v1::RecordPoliceInformedResponse informed;
  ASSERT_TRUE(
      Call(teacher_, *cases_, &v1::CaseService::Stub::RecordPoliceInformed, inform, informed).ok());
  EXPECT_THAT(closing(), Eq("R-IIOC-NO-INVESTIGATION"));

  v1::RecordPreservationStepRequest preserve;
  preserve.set_request_id(NewUuid());
  preserve.set_case_ref(ref);
  preserve.set_step("Switched off.");
  preserve.mutable_done_at()->set_date("2025-06-01");
  v1::RecordPreservationStepResponse preserved;
  ASSERT_TRUE(
      Call(head_, *cases_, &v1::CaseService::Stub::RecordPreservationStep, preserve, preserved)
          .ok());

  v1::RecordPoliceReleaseRequest release;
  release.set_request_id(NewUuid());
  release.set_case_ref(ref);
  release.set_officer("DC 1");
  release.set_reference("LC-1");
  release.set_scope("All.");
  v1::RecordPoliceReleaseResponse released;
  ASSERT_TRUE(
      Call(head_, *cases_, &v1::CaseService::Stub::RecordPoliceRelease, release, released).ok());
  EXPECT_THAT(closing(), Eq(""));

  v1::GetCaseResponse shown;
  ASSERT_TRUE(Get(head_, ref, shown).ok());
  EXPECT_THAT(shown.case_file().timeline(2).event().police_informed().informed_by(),
              Eq("Tess Teacher"));
}

}  // namespace
}  // namespace wardbook::casework
