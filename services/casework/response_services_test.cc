// The doors to what is done with people outside the case, and to disagreement.

#include <memory>
#include <string>

#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/kernel/timestamp.h"
#include "storage/crypto/random.h"
#include "wardbook/v1/disagreement_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::Eq;
using ::testing::SizeIs;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

class ResponseServices : public ::testing::Test {
 protected:
  ResponseServices() {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
    request.set_what_happened("A page mocks a colleague by name.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes("The page should go.");
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    const auto incidents = v1::IncidentService::NewStub(server_.channel());
    v1::ReportIncidentResponse response;
    const grpc::Status status =
        Call(teacher_, *incidents, &v1::IncidentService::Stub::ReportIncident, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    case_ref_ = response.case_ref();
  }

  template <class Stub, class Request, class Response>
  grpc::Status Call(const PersonId& person, Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response) {
    grpc::ClientContext context;
    SignIn(context, person);
    return (stub.*method)(&context, request, &response);
  }

  // A request on the case.
  template <class Request>
  Request On() const {
    Request request;
    request.set_request_id(NewUuid());
    request.set_case_ref(case_ref_);
    return request;
  }

  static events::LocalDateTime Yesterday() {
    events::LocalDateTime when;
    when.set_date("2025-06-14");
    return when;
  }

  // What is recorded last in the case.
  events::CaseEvent Newest() {
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref_);
    v1::GetCaseResponse response;
    EXPECT_TRUE(Call(head_, *cases_, &v1::CaseService::Stub::GetCase, request, response).ok());
    return response.case_file().timeline().rbegin()->event();
  }

  v1::RecordPoliceReportRequest PoliceReport(events::PoliceGround ground) const {
    auto request = On<v1::RecordPoliceReportRequest>();
    request.set_ground(ground);
    *request.mutable_reported_at() = Yesterday();
    request.set_how("By 101");
    request.set_reasons("Threats.");
    return request;
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const std::unique_ptr<v1::CaseService::Stub> cases_ = v1::CaseService::NewStub(server_.channel());
  const std::unique_ptr<v1::ResponseService::Stub> responses_ =
      v1::ResponseService::NewStub(server_.channel());
  const std::unique_ptr<v1::DisagreementService::Stub> disagreements_ =
      v1::DisagreementService::NewStub(server_.channel());
  std::string case_ref_;
};

TEST_F(ResponseServices, CyberBullyingGoesToThePoliceOnceTheTargetHasDecided) {
  const v1::RecordPoliceReportRequest report = PoliceReport(events::POLICE_GROUND_CYBER_BULLYING);
  v1::RecordPoliceReportResponse response;
  const auto method = &v1::ResponseService::Stub::RecordPoliceReport;
  const v1::Refusal refusal = RefusalOf(Call(head_, *responses_, method, report, response));
  EXPECT_THAT(refusal.code(), Eq("R-TARGET-DECIDES"));
  EXPECT_THAT(refusal.clauses(), ::testing::ElementsAre("P47"));

  auto decision = On<v1::RecordPoliceDecisionRequest>();
  decision.set_choice(events::POLICE_CHOICE_REPORT);
  decision.set_conveyed_how("She told me.");
  v1::RecordPoliceDecisionResponse decided;
  ASSERT_TRUE(
      Call(head_, *cases_, &v1::CaseService::Stub::RecordPoliceDecision, decision, decided).ok());
  ASSERT_TRUE(Call(head_, *responses_, method, report, response).ok());
  EXPECT_THAT(response.receipt().leaf_hashes(), SizeIs(1));
  EXPECT_THAT(Newest().police_reported().reported_by(), Eq("Hedda Head"));
}

TEST_F(ResponseServices, AReporterRecordsTheirOwnNoticeUnderTheDuty) {
  auto request = On<v1::RecordDutyNotificationRequest>();
  request.set_recipient(events::DUTY_RECIPIENT_LOCAL_AUTHORITY);
  *request.mutable_notified_at() = Yesterday();
  request.set_how("In writing");
  request.set_reference("LA-5");
  v1::RecordDutyNotificationResponse response;
  ASSERT_TRUE(Call(teacher_, *responses_, &v1::ResponseService::Stub::RecordDutyNotification,
                   request, response)
                  .ok());
  EXPECT_THAT(Newest().duty_to_report_notified().reference(), Eq("LA-5"));
}

TEST_F(ResponseServices, AProvidersAnswerBelongsToTheReport) {
  auto report = On<v1::RecordProviderReportRequest>();
  report.set_platform("Facebook");
  *report.mutable_reported_at() = Yesterday();
  report.set_details("To take it down.");
  v1::RecordProviderReportResponse reported;
  ASSERT_TRUE(Call(teacher_, *responses_, &v1::ResponseService::Stub::RecordProviderReport, report,
                   reported)
                  .ok());
  auto outcome = On<v1::RecordProviderOutcomeRequest>();
  outcome.set_outcome(events::PROVIDER_OUTCOME_CONTENT_REMOVED);
  *outcome.mutable_known_at() = Yesterday();
  v1::RecordProviderOutcomeResponse answered;
  ASSERT_TRUE(
      Call(head_, *responses_, &v1::ResponseService::Stub::RecordProviderOutcome, outcome, answered)
          .ok());
  EXPECT_THAT(Newest().provider_outcome_recorded().report_revision(), Eq(reported.revision()));
  auto removed = On<v1::RecordContentRemovedRequest>();
  removed.set_platform("Facebook");
  *removed.mutable_removed_at() = Yesterday();
  v1::RecordContentRemovedResponse gone;
  ASSERT_TRUE(
      Call(head_, *responses_, &v1::ResponseService::Stub::RecordContentRemoved, removed, gone)
          .ok());
  EXPECT_THAT(Newest().content_removed().platform(), Eq("Facebook"));
}

TEST_F(ResponseServices, SupportAndWordToABodyAreRecorded) {
  auto offer = On<v1::OfferSupportRequest>();
  offer.set_to_whom("Tess Teacher");
  offer.set_support("Counselling.");
  offer.set_answer(events::SUPPORT_ANSWER_DECLINED);
  v1::OfferSupportResponse offered;
  ASSERT_TRUE(
      Call(head_, *responses_, &v1::ResponseService::Stub::OfferSupport, offer, offered).ok());
  EXPECT_THAT(Newest().support_offered().answer(), Eq(events::SUPPORT_ANSWER_DECLINED));
  auto inform = On<v1::RecordExternalBodyInformedRequest>();
  inform.set_body(events::EXTERNAL_BODY_DIOCESE);
  inform.set_name("The diocese");
  *inform.mutable_informed_at() = Yesterday();
  inform.set_how("By letter");
  inform.set_summary("A post names it.");
  v1::RecordExternalBodyInformedResponse informed;
  ASSERT_TRUE(Call(head_, *responses_, &v1::ResponseService::Stub::RecordExternalBodyInformed,
                   inform, informed)
                  .ok());
  EXPECT_THAT(Newest().external_body_informed().name(), Eq("The diocese"));
}

TEST_F(ResponseServices, AContactIsByAWayOfTheSchools) {
  auto contact = On<v1::LogContactRequest>();
  contact.set_whom(events::CONTACT_WITH_PARENT);
  contact.set_name("A parent");
  contact.set_channel(events::CONTACT_CHANNEL_PERSONAL_TELEPHONE);
  *contact.mutable_contacted_at() = Yesterday();
  contact.set_summary("They will come.");
  v1::LogContactResponse response;
  const auto method = &v1::ResponseService::Stub::LogContact;
  const v1::Refusal refusal = RefusalOf(Call(head_, *responses_, method, contact, response));
  EXPECT_THAT(refusal.code(), Eq("R-PERSONAL-CHANNEL"));
  EXPECT_THAT(refusal.clauses(), ::testing::ElementsAre("P19"));
  contact.set_channel(events::CONTACT_CHANNEL_SCHOOL_EMAIL);
  ASSERT_TRUE(Call(head_, *responses_, method, contact, response).ok());
  EXPECT_THAT(Newest().contact_logged().summary(), Eq("They will come."));
}

TEST_F(ResponseServices, ContactsAreThoseOfTheRulesInForce) {
  v1::ListContactsResponse contacts;
  ASSERT_TRUE(Call(teacher_, *responses_, &v1::ResponseService::Stub::ListContacts,
                   v1::ListContactsRequest(), contacts)
                  .ok());
  const auto rules = rulepack::RulePacks::Shipped();
  ASSERT_TRUE(rules.ok());
  const rulepack::RulePack& pack = (*rules)->At(server_.now());
  EXPECT_THAT(contacts.rule_pack_id(), Eq(pack.pack_id()));
  ASSERT_THAT(contacts.contacts(), SizeIs(pack.contacts_size()));
  for (int i = 0; i < pack.contacts_size(); ++i) {
    EXPECT_THAT(contacts.contacts(i).name(), Eq(pack.contacts(i).name()));
    EXPECT_THAT(contacts.contacts(i).purpose(), ::testing::Not(::testing::IsEmpty()));
  }
}

TEST_F(ResponseServices, AdviceIsAskedOfTheRulesContactUnlessAnotherIsNamed) {
  auto seek = On<v1::SeekAdviceRequest>();
  seek.set_channel("The online form");
  seek.set_question("May we speak to the parents?");
  v1::SeekAdviceResponse response;
  const auto escalations = v1::EscalationService::NewStub(server_.channel());
  ASSERT_TRUE(
      Call(head_, *escalations, &v1::EscalationService::Stub::SeekAdvice, seek, response).ok());
  EXPECT_THAT(Newest().advice_sought().asked_of(), ::testing::HasSubstr("LADO"));
}

// The clock of the test stands at 15 June 2025, a Sunday.
TEST_F(ResponseServices, ADisagreementHasTheTimesOfTheRules) {
  auto raise = On<v1::RaiseDisagreementRequest>();
  raise.set_disputed_revision(1);
  raise.set_reasons("The child is not safe.");
  v1::RaiseDisagreementResponse raised;
  ASSERT_TRUE(
      Call(head_, *disagreements_, &v1::DisagreementService::Stub::RaiseDisagreement, raise, raised)
          .ok());
  const auto rules = rulepack::RulePacks::Shipped();
  ASSERT_TRUE(rules.ok());
  const rulepack::WorkingCalendar& calendar = (*rules)->calendar();
  EXPECT_THAT(kernel::TimeOf(raised.due_time()), Eq(calendar.StartOf(absl::CivilDay(2025, 6, 18))));

  auto escalate = On<v1::EscalateDisagreementRequest>();
  escalate.set_stage(2);
  escalate.set_to_whom("The service manager");
  v1::EscalateDisagreementResponse escalated;
  ASSERT_TRUE(Call(head_, *disagreements_, &v1::DisagreementService::Stub::EscalateDisagreement,
                   escalate, escalated)
                  .ok());
  EXPECT_THAT(kernel::TimeOf(escalated.due_time()),
              Eq(calendar.StartOf(absl::CivilDay(2025, 6, 23))));
  EXPECT_THAT(Newest().disagreement_escalated().disagreement_revision(), Eq(raised.revision()));

  auto resolve = On<v1::ResolveDisagreementRequest>();
  resolve.set_how("They will visit.");
  v1::ResolveDisagreementResponse resolved;
  ASSERT_TRUE(Call(head_, *disagreements_, &v1::DisagreementService::Stub::ResolveDisagreement,
                   resolve, resolved)
                  .ok());
  EXPECT_THAT(Newest().disagreement_resolved().how(), Eq("They will visit."));
}

TEST_F(ResponseServices, FearOfHarmIsSettledWithTheWorkingDay) {
  auto raise = On<v1::RaiseDisagreementRequest>();
  raise.set_disputed_revision(1);
  raise.set_reasons("The child is not safe.");
  raise.set_immediate_significant_harm(true);
  v1::RaiseDisagreementResponse raised;
  ASSERT_TRUE(
      Call(head_, *disagreements_, &v1::DisagreementService::Stub::RaiseDisagreement, raise, raised)
          .ok());
  const auto rules = rulepack::RulePacks::Shipped();
  ASSERT_TRUE(rules.ok());
  // On a Sunday it is the Monday that ends.
  EXPECT_THAT(kernel::TimeOf(raised.due_time()),
              Eq((*rules)->calendar().StartOf(absl::CivilDay(2025, 6, 17))));
}

}  // namespace
}  // namespace wardbook::casework
