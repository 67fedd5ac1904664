#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Not;

class Investigations : public ::testing::Test {
 protected:
  // Calls a method of a service as a person. The code of the refusal; empty when
  // it is recorded.
  template <class Stub, class Request, class Response>
  std::string Try(const PersonId& person, Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Request request, Response& response) {
    grpc::ClientContext context;
    SignIn(context, person);
    if constexpr (requires { request.set_request_id(std::string()); }) {
      request.set_request_id(UuidText(crypto::NewRequestId()));
    }
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (status.ok()) return "";
    return RefusalOf(status).code();
  }
  template <class Stub, class Request, class Response>
  std::string Try(const PersonId& person, Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request) {
    Response response;
    return Try(person, stub, method, request, response);
  }

  // The reference of a new case: a breach by a colleague, reported by the teacher.
  std::string Filed() {
    v1::ReportIncidentRequest request;
    request.set_kind(events::INCIDENT_KIND_CODE_OF_CONDUCT);
    request.set_what_happened("A post names a pupil.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes("That it is taken down.");
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    request.add_breached_clauses(events::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL);
    events::Party& subject = *request.add_parties();
    subject.set_capacity(events::CAPACITY_SUBJECT);
    subject.set_person_id(colleague_.Bytes());
    v1::ReportIncidentResponse response;
    EXPECT_THAT(
        Try(teacher_, *incidents_, &v1::IncidentService::Stub::ReportIncident, request, response),
        IsEmpty());
    return response.case_ref();
  }

  v1::CaseFile Shown(const std::string& case_ref) {
    v1::GetCaseRequest request;
    request.set_case_ref(case_ref);
    v1::GetCaseResponse response;
    EXPECT_THAT(Try(head_, *cases_, &v1::CaseService::Stub::GetCase, request, response), IsEmpty());
    return response.case_file();
  }

  std::vector<std::string> RemainingCodes(const std::string& case_ref) {
    std::vector<std::string> codes;
    const v1::CaseFile file = Shown(case_ref);
    for (const v1::RemainingStep& step : file.remaining_steps()) {
      EXPECT_THAT(step.message(), Not(IsEmpty()));
      EXPECT_THAT(step.next_step(), Not(IsEmpty()));
      EXPECT_THAT(step.clauses(), Not(IsEmpty()));
      codes.push_back(step.code());
    }
    return codes;
  }

  std::string Close(const std::string& case_ref) {
    v1::CloseCaseRequest request;
    request.set_case_ref(case_ref);
    request.set_conclusion("Dealt with.");
    request.set_wishes_followed(true);
    return Try(head_, *cases_, &v1::CaseService::Stub::CloseCase, request);
  }

  std::string Start(const PersonId& person, const std::string& case_ref,
                    const std::string& investigator) {
    v1::StartInvestigationRequest request;
    request.set_case_ref(case_ref);
    request.set_scope("Who wrote it.");
    request.set_investigator_id(investigator);
    return Try(person, *investigations_, &v1::InvestigationService::Stub::StartInvestigation,
               request);
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId colleague_ = server_.Enter("Cole League", {kernel::Role::kStaff});
  const PersonId governor_ = server_.Enter("Gus Governor", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const std::unique_ptr<v1::IncidentService::Stub> incidents_ =
      v1::IncidentService::NewStub(server_.channel());
  const std::unique_ptr<v1::CaseService::Stub> cases_ = v1::CaseService::NewStub(server_.channel());
  const std::unique_ptr<v1::InvestigationService::Stub> investigations_ =
      v1::InvestigationService::NewStub(server_.channel());
};

TEST_F(Investigations, ABreachGoesThroughEveryStepToItsClosing) {
  using Stub = v1::InvestigationService::Stub;
  const std::string case_ref = Filed();
  EXPECT_THAT(RemainingCodes(case_ref), ElementsAre("R-THRESHOLD", "R-FINDING"));
  EXPECT_THAT(Close(case_ref), Eq("R-THRESHOLD"));

  v1::ClassifyCaseRequest classify;
  classify.set_case_ref(case_ref);
  classify.set_cyber_bullying(events::CYBER_BULLYING_ANSWER_NO);
  classify.add_breached_clauses(events::BREACH_CLAUSE_P09_DISCLOSURE);
  classify.set_reasons("It gives away who is in the class.");
  v1::ClassifyCaseResponse classified;
  ASSERT_THAT(Try(head_, *investigations_, &Stub::ClassifyCase, classify, classified), IsEmpty());
  EXPECT_THAT(classified.remaining_steps_size(), Eq(3));

  v1::AssessDataBreachRequest assess;
  assess.set_case_ref(case_ref);
  assess.set_assessment(events::DATA_BREACH_ASSESSMENT_NOT_REPORTABLE);
  assess.set_reasons("One first name.");
  ASSERT_THAT(Try(head_, *investigations_, &Stub::AssessDataBreach, assess), IsEmpty());

  v1::DecideHarmThresholdRequest decide;
  decide.set_case_ref(case_ref);
  decide.set_threshold(events::HARM_THRESHOLD_LOW_LEVEL_CONCERN);
  decide.set_reasons("No contact with a child.");
  decide.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
  ASSERT_THAT(Try(head_, *investigations_, &Stub::DecideHarmThreshold, decide), IsEmpty());

  ASSERT_THAT(Start(head_, case_ref, ""), IsEmpty());
  v1::RecordInvestigationStepRequest step;
  step.set_case_ref(case_ref);
  step.set_kind(events::INVESTIGATION_STEP_KIND_STATEMENT);
  step.set_what("They say that they wrote it.");
  step.mutable_done_at()->set_date("2025-05-15");
  ASSERT_THAT(Try(head_, *investigations_, &Stub::RecordInvestigationStep, step), IsEmpty());

  v1::RecordFindingRequest finding;
  finding.set_case_ref(case_ref);
  finding.set_finding(events::FINDING_BREACH);
  finding.set_reasons("They wrote it.");
  finding.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
  ASSERT_THAT(Try(head_, *investigations_, &Stub::RecordFinding, finding), IsEmpty());
  EXPECT_THAT(Close(case_ref), Eq("R-DISCIPLINE"));

  v1::RecordDisciplinaryDecisionRequest discipline;
  discipline.set_case_ref(case_ref);
  discipline.set_decision(events::DISCIPLINARY_DECISION_REFER);
  discipline.set_reasons("It is serious.");
  discipline.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
  ASSERT_THAT(Try(head_, *investigations_, &Stub::RecordDisciplinaryDecision, discipline),
              IsEmpty());
  v1::RecordDisciplinaryReferenceRequest reference;
  reference.set_case_ref(case_ref);
  reference.set_procedure("Disciplinary Procedure");
  reference.set_stage("Hearing");
  reference.set_reference("HR-4");
  ASSERT_THAT(Try(head_, *investigations_, &Stub::RecordDisciplinaryReference, reference),
              IsEmpty());

  v1::InformGoverningBodyRequest inform;
  inform.set_case_ref(case_ref);
  inform.set_summary("A post of Cole League.");
  EXPECT_THAT(Try(head_, *investigations_, &Stub::InformGoverningBody, inform),
              Eq("R-GOVERNORS-NAMES"));
  inform.set_summary("A breach of the policy is dealt with.");
  ASSERT_THAT(Try(head_, *investigations_, &Stub::InformGoverningBody, inform), IsEmpty());
  v1::RecordGoverningBodyActionRequest action;
  action.set_case_ref(case_ref);
  action.set_minute_reference("3 June, item 7");
  ASSERT_THAT(Try(head_, *investigations_, &Stub::RecordGoverningBodyAction, action), IsEmpty());

  EXPECT_THAT(RemainingCodes(case_ref), IsEmpty());
  EXPECT_THAT(Close(case_ref), IsEmpty());
}

TEST_F(Investigations, PinWhatWasInForceWhenItHappenedAndWhenItWasDecided) {
  const std::string case_ref = Filed();
  ASSERT_THAT(Start(head_, case_ref, ""), IsEmpty());
  const v1::CaseFile file = Shown(case_ref);
  const auto& happened = file.timeline(0).event().incident_reported().in_force_when_happened();
  EXPECT_THAT(happened.policy_version(), Eq(std::string(OnePolicy::kVersion)));
  EXPECT_THAT(happened.rule_pack(), Not(IsEmpty()));
  const auto& decided = file.timeline(1).event().investigation_started().decided_under();
  EXPECT_THAT(decided.policy_version(), Eq(std::string(OnePolicy::kVersion)));
  EXPECT_THAT(decided.rule_pack(), Not(IsEmpty()));
}

TEST_F(Investigations, NameAnInvestigatorOfTheRegisterWhoIsNotPartOfTheCase) {
  const std::string case_ref = Filed();
  EXPECT_THAT(Start(head_, case_ref, colleague_.Hex()), Eq("R-INVOLVED"));
  EXPECT_THAT(Start(head_, case_ref, crypto::RandomId<PersonId>().Hex()), Eq("R-NO-SUCH-PERSON"));
  EXPECT_THAT(Start(head_, case_ref, "nobody"), Eq("R-NO-SUCH-PERSON"));
  EXPECT_THAT(Start(head_, case_ref, governor_.Hex()), IsEmpty());
  EXPECT_THAT(Shown(case_ref).timeline(1).event().investigation_started().investigator_name(),
              Eq("Gus Governor"));
}

TEST_F(Investigations, AreHiddenFromTheSubjectAndFromTheGoverningBody) {
  const std::string case_ref = Filed();
  for (const PersonId& person : {colleague_, governor_}) {
    EXPECT_THAT(Start(person, case_ref, head_.Hex()), Eq("R-NO-SUCH-CASE"));
  }
  EXPECT_THAT(Start(teacher_, case_ref, head_.Hex()), Eq("R-ROLE"));
}

TEST_F(Investigations, TakeTheReportersWishesAnew) {
  const std::string case_ref = Filed();
  v1::UpdateWishesRequest request;
  request.set_case_ref(case_ref);
  request.set_wishes_not_given(true);
  v1::UpdateWishesResponse response;
  EXPECT_THAT(Try(head_, *incidents_, &v1::IncidentService::Stub::UpdateWishes, request, response),
              Eq("R-FIELD-MISSING"));
  ASSERT_THAT(
      Try(teacher_, *incidents_, &v1::IncidentService::Stub::UpdateWishes, request, response),
      IsEmpty());
  EXPECT_THAT(response.wishes_version(), Eq(2u));
  request.set_wishes_not_given(false);
  request.set_wishes("That they say sorry.");
  request.set_conveyed_how("On the telephone.");
  ASSERT_THAT(Try(head_, *incidents_, &v1::IncidentService::Stub::UpdateWishes, request, response),
              IsEmpty());
  EXPECT_THAT(response.wishes_version(), Eq(3u));
}

}  // namespace
}  // namespace wardbook::casework
