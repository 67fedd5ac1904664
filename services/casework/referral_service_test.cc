// The door to the life of a referral.

#include "services/casework/referral_service.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/casework_server_for_test.h"
#include "services/runtime/stream_reader.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::Contains;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Stub = v1::ReferralService::Stub;

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

class Referrals : public ::testing::Test {
 protected:
  Referrals() {
    v1::ReportIncidentRequest request;
    request.set_request_id(NewUuid());
    request.set_kind(events::INCIDENT_KIND_SAFEGUARDING_CONCERN);
    request.set_what_happened("A child told me.");
    request.mutable_happened_at()->set_date("2025-05-14");
    request.set_wishes_not_given(true);
    request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
    request.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
    const auto incidents = v1::IncidentService::NewStub(server_.channel());
    grpc::ClientContext context;
    SignIn(context, teacher_);
    v1::ReportIncidentResponse response;
    const grpc::Status status = incidents->ReportIncident(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    case_ref_ = response.case_ref();
  }

  template <class Request, class Response>
  grpc::Status Call(const PersonId& person,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    Request request, Response& response) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(NewUuid());
    request.set_case_ref(case_ref_);
    grpc::ClientContext context;
    SignIn(context, person);
    return (referrals_.get()->*method)(&context, request, &response);
  }

  grpc::Status Prepare(const PersonId& person) {
    v1::PrepareReferralSectionRequest request;
    request.set_section(events::REFERRAL_SECTION_THRESHOLD);
    events::ReferralField& field = *request.add_fields();
    field.set_name("limbs");
    field.set_text("May pose a risk.");
    v1::PrepareReferralSectionResponse response;
    const grpc::Status status = Call(person, &Stub::PrepareReferralSection, request, response);
    EXPECT_THAT(response.missing_items(), Not(IsEmpty()));
    return status;
  }

  CaseworkServerForTest server_;
  const PersonId teacher_ = server_.Enter("Tess Teacher", {kernel::Role::kStaff});
  const PersonId head_ =
      server_.Enter("Hedda Head", {kernel::Role::kStaff, kernel::Role::kHeadteacher});
  const PersonId officer_ = server_.Enter("Olga Officer", {kernel::Role::kSafeguardingOfficer});
  const std::unique_ptr<Stub> referrals_ = v1::ReferralService::NewStub(server_.channel());
  std::string case_ref_;
};

TEST_F(Referrals, TheFormIsShownSectionBySectionAfterItIsRecorded) {
  ASSERT_TRUE(Prepare(head_).ok());
  v1::ShowReferralFormResponse form;
  ASSERT_TRUE(Call(head_, &Stub::ShowReferralForm, v1::ShowReferralFormRequest(), form).ok());
  EXPECT_THAT(form.contact_name(), HasSubstr("LADO"));
  EXPECT_THAT(form.contact_how(), HasSubstr("online form"));
  ASSERT_THAT(form.sections(), SizeIs(7));
  EXPECT_THAT(form.sections(5).text(),
              Eq("Limbs of the harm threshold that are relied on: May pose a risk.\n"));
  EXPECT_THAT(form.sections(5).empty_fields(), ::testing::ElementsAre("reasons"));

  const auto seen = runtime::ReadEvents<events::AccessEvent>(
      server_.log(), server_.vault(), server_.school(),
      kernel::CaseRef::Parse(case_ref_)->AccessStream(), /*from_revision=*/1, /*limit=*/10);
  ASSERT_THAT(seen, wardbook::testing::IsOk());
  ASSERT_THAT(*seen, SizeIs(1));
  EXPECT_THAT((*seen)[0].header.actor, Eq(head_));
  EXPECT_THAT((*seen)[0].event.referral_form_shown().revision(), Eq(2u));
}

TEST_F(Referrals, TheFormIsNotShownToWhoDoesNotSeeTheCaseWhole) {
  v1::ShowReferralFormResponse form;
  EXPECT_THAT(
      RefusalOf(Call(teacher_, &Stub::ShowReferralForm, v1::ShowReferralFormRequest(), form))
          .code(),
      Eq("R-ROLE"));
  EXPECT_THAT(form.sections(), IsEmpty());
}

TEST_F(Referrals, SubmittingTheFormRefersACaseThatWasNot) {
  ASSERT_TRUE(Prepare(head_).ok());
  v1::RecordReferralSubmittedRequest request;
  request.set_form_reference("LCC-5501");
  request.set_referral_id("not an id");
  v1::RecordReferralSubmittedResponse response;
  ASSERT_TRUE(Call(teacher_, &Stub::RecordReferralSubmitted, request, response).ok());
  EXPECT_THAT(response.revision(), Eq(4u));
  EXPECT_THAT(response.referral_id(), SizeIs(32));
  EXPECT_THAT(response.missing_items(), Not(Contains(HasSubstr("Harm threshold"))))
      << "what the school has prepared is not the reporter's to know";
  request.set_form_reference("LCC-5502");
  ASSERT_TRUE(Call(head_, &Stub::RecordReferralSubmitted, request, response).ok());
  EXPECT_THAT(response.missing_items(),
              Contains("In \"Harm threshold\": Why, or why you are unsure."));
}

TEST_F(Referrals, GoesFromReferralToItsEnd) {
  v1::ReferCaseResponse referred;
  ASSERT_TRUE(Call(head_, &Stub::ReferCase, v1::ReferCaseRequest(), referred).ok());
  v1::RecordThresholdMetRequest met;
  met.set_reasons("A risk to children.");
  v1::RecordThresholdMetResponse threshold;
  EXPECT_THAT(RefusalOf(Call(head_, &Stub::RecordThresholdMet, met, threshold)).code(),
              Eq("R-CONVEYED-BY"));
  met.set_conveyed_by("The duty officer, by telephone");
  ASSERT_TRUE(Call(head_, &Stub::RecordThresholdMet, met, threshold).ok());

  v1::OpenReferralStrandRequest open;
  open.set_strand(events::REFERRAL_STRAND_POLICE);
  v1::OpenReferralStrandResponse opened;
  ASSERT_TRUE(Call(officer_, &Stub::OpenReferralStrand, open, opened).ok());
  v1::CloseReferralRequest close;
  close.set_summary("Unfounded.");
  v1::CloseReferralResponse closed;
  EXPECT_THAT(RefusalOf(Call(officer_, &Stub::CloseReferral, close, closed)).code(),
              Eq("R-REFERRAL-UNSETTLED"));
  v1::RecordStrandOutcomeRequest outcome;
  outcome.set_strand(events::REFERRAL_STRAND_POLICE);
  outcome.set_outcome(events::REFERRAL_OUTCOME_ADVICE_ONLY);
  outcome.set_reasons("No basis.");
  v1::RecordStrandOutcomeResponse recorded;
  EXPECT_THAT(RefusalOf(Call(officer_, &Stub::RecordStrandOutcome, outcome, recorded)).field(),
              Eq("outcome"));
  outcome.set_outcome(events::REFERRAL_OUTCOME_UNFOUNDED);
  ASSERT_TRUE(Call(officer_, &Stub::RecordStrandOutcome, outcome, recorded).ok());
  ASSERT_TRUE(Call(officer_, &Stub::CloseReferral, close, closed).ok());
  EXPECT_THAT(closed.missing_items(), SizeIs(4));
}

TEST_F(Referrals, IsTakenBackByWhoMadeIt) {
  v1::ReferCaseResponse referred;
  ASSERT_TRUE(Call(teacher_, &Stub::ReferCase, v1::ReferCaseRequest(), referred).ok());
  v1::WithdrawReferralRequest request;
  request.set_reasons("The wrong child.");
  v1::WithdrawReferralResponse response;
  EXPECT_THAT(RefusalOf(Call(head_, &Stub::WithdrawReferral, request, response)).code(),
              Eq("R-OTHERS-REFERRAL"));
  request.set_superseded_by_id("not an id");
  EXPECT_THAT(RefusalOf(Call(teacher_, &Stub::WithdrawReferral, request, response)).field(),
              Eq("superseded_by_id"));
  request.clear_superseded_by_id();
  ASSERT_TRUE(Call(teacher_, &Stub::WithdrawReferral, request, response).ok());
}

}  // namespace
}  // namespace wardbook::casework
