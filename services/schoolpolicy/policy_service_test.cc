#include "services/schoolpolicy/policy_service.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/schoolpolicy/policies_for_test.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/memory_register.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::schoolpolicy {
namespace {

using kernel::Reason;
using kernel::Role;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace v1 = wardbook::v1;
namespace events = wardbook::events::v1;

MATCHER(IsAnswered, "is answered") {
  *result_listener << arg.error_message();
  return arg.ok();
}

// A call refused for `reason`, with its clause and in words that say what to do.
MATCHER_P(Refuses, reason, "") {
  const kernel::ReasonText& text = kernel::Describe(reason);
  v1::Status details;
  v1::Refusal refusal;
  return details.ParseFromString(arg.error_details()) && details.details_size() == 1 &&
         details.details(0).UnpackTo(&refusal) && refusal.code() == std::string(text.code) &&
         refusal.next_step() == std::string(text.next_step);
}

std::string NewRequestId() { return UuidText(crypto::NewRequestId()); }

class PolicyServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Enter(1, "Harriet Example", {Role::kStaff, Role::kHeadteacher});
    Enter(2, "Clement Example", {Role::kStaff, Role::kChairOfGovernors});
    Enter(3, "Tess Example", {Role::kStaff});
    Enter(4, "Leo Example", {Role::kStaff, Role::kSeniorLeadership});
    Enter(6, "Olive Example", {Role::kSafeguardingOfficer});
    ASSERT_OK_AND_ASSIGN(policies_,
                         PolicyRegister::Open(test_.log, *test_.vault, test_.rules->calendar()));
    rpc_ = std::make_unique<runtime::Rpc>(
        people_, [this] { return now_; }, test_.vault->fingerprint_key(), test_.workers);
    service_ = std::make_unique<PolicyService>(
        PolicyParts{*rpc_, test_.transactor, *policies_, people_, *test_.rules});
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ = v1::PolicyService::NewStub(server_->InProcessChannel(grpc::ChannelArguments()));
  }

  void TearDown() override { server_->Shutdown(); }

  void Enter(uint8_t digit, const std::string& name, std::set<Role> roles) {
    runtime::PersonEntry person;
    person.id = PersonOf(digit);
    person.name = name;
    person.roles = std::move(roles);
    people_.Enter(std::move(person));
  }

  std::unique_ptr<grpc::ClientContext> As(uint8_t digit) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization",
                         "Bearer " + ::wardbook::testing::MemoryRegister::TokenOf(PersonOf(digit)));
    return context;
  }

  std::string Draft(const std::string& content) {
    v1::DraftPolicyVersionRequest request;
    request.set_request_id(NewRequestId());
    request.set_title("Social Networking Policy");
    request.set_content(content);
    v1::DraftPolicyVersionResponse response;
    EXPECT_THAT(stub_->DraftPolicyVersion(As(4).get(), request, &response), IsAnswered());
    return response.version_id();
  }

  grpc::Status Sign(uint8_t digit, const std::string& version, events::PolicyOffice office,
                    const std::string& content) {
    v1::SignPolicyVersionRequest request;
    request.set_request_id(NewRequestId());
    request.set_version_id(version);
    request.set_office(office);
    request.set_content_sha256(crypto::Sha256(content).Hex());
    v1::SignPolicyVersionResponse response;
    return stub_->SignPolicyVersion(As(digit).get(), request, &response);
  }

  grpc::Status Approve(const std::string& version, const std::string& approved_on,
                       const std::string& review_on) {
    v1::ApprovePolicyVersionRequest request;
    request.set_request_id(NewRequestId());
    request.set_version_id(version);
    request.set_approved_on(approved_on);
    request.set_review_on(review_on);
    v1::ApprovePolicyVersionResponse response;
    return stub_->ApprovePolicyVersion(As(2).get(), request, &response);
  }

  std::string PutInForce(const std::string& content, const std::string& approved_on,
                         const std::string& review_on) {
    const std::string version = Draft(content);
    EXPECT_THAT(Sign(1, version, events::POLICY_OFFICE_HEADTEACHER, content), IsAnswered());
    EXPECT_THAT(Sign(2, version, events::POLICY_OFFICE_CHAIR_OF_GOVERNORS, content), IsAnswered());
    EXPECT_THAT(Approve(version, approved_on, review_on), IsAnswered());
    return version;
  }

  grpc::Status Acknowledge(uint8_t digit, const std::string& version,
                           const std::string& person_id = "") {
    v1::AcknowledgePolicyRequest request;
    request.set_request_id(NewRequestId());
    request.set_version_id(version);
    request.set_person_id(person_id);
    request.add_ticks(events::SAFER_ONLINE_POINT_PRIVACY_HIGH);
    v1::AcknowledgePolicyResponse response;
    return stub_->AcknowledgePolicy(As(digit).get(), request, &response);
  }

  v1::GetPolicyStatusResponse Status(uint8_t digit) {
    v1::GetPolicyStatusResponse response;
    EXPECT_THAT(stub_->GetPolicyStatus(As(digit).get(), {}, &response), IsAnswered());
    return response;
  }

  std::vector<std::string> Names(uint8_t digit, v1::AcknowledgementFilter filter,
                                 int page_size = 0) {
    std::vector<std::string> names;
    v1::ListPolicyAcknowledgementsRequest request;
    request.set_filter(filter);
    request.set_page_size(page_size);
    do {
      v1::ListPolicyAcknowledgementsResponse response;
      EXPECT_THAT(stub_->ListPolicyAcknowledgements(As(digit).get(), request, &response),
                  IsAnswered());
      for (const auto& one : response.acknowledgements()) names.push_back(one.name());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  // Read by the calls under way, so it moves only between them.
  absl::Time now_ = absl::FromCivil(absl::CivilHour(2026, 9, 14, 9), absl::UTCTimeZone());
  PoliciesForTest test_;
  const SchoolId school_ = crypto::RandomId<SchoolId>();
  ::wardbook::testing::MemoryRegister people_{school_};
  std::unique_ptr<PolicyRegister> policies_;
  std::unique_ptr<runtime::Rpc> rpc_;
  std::unique_ptr<PolicyService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::PolicyService::Stub> stub_;
};

TEST_F(PolicyServiceTest, AVersionComesInForceAndIsShownAtOnce) {
  EXPECT_EQ(Status(3).banner(), "The school has no approved policy on record.");
  const std::string version = PutInForce("The text.", "2026-09-14", "2027-07-01");
  const v1::GetPolicyStatusResponse status = Status(3);
  EXPECT_EQ(status.in_force().version_id(), version);
  EXPECT_EQ(status.in_force().content(), "");
  EXPECT_EQ(status.in_force().approved_on(), "2026-09-14");
  ASSERT_THAT(status.in_force().signatures(), SizeIs(2));
  EXPECT_EQ(status.in_force().signatures(0).name(), "Harriet Example");
  EXPECT_EQ(status.review_stage(), v1::POLICY_REVIEW_STAGE_LATER);
  EXPECT_EQ(status.banner(), "");
  EXPECT_EQ(status.revision(), 4u);
  EXPECT_EQ(policies_->VersionAt(school_, now_), version);
  v1::GetPolicyVersionResponse read;
  ASSERT_THAT(stub_->GetPolicyVersion(As(6).get(), {}, &read), IsAnswered());
  EXPECT_EQ(read.version().content(), "The text.");
  EXPECT_EQ(read.version().content_sha256(), crypto::Sha256("The text.").Hex());
}

TEST_F(PolicyServiceTest, AVersionIsShownAtOnceThoughTheLogCannotBeRead) {
  test_.log.deaf = true;
  const std::string version = PutInForce("The text.", "2026-09-14", "2027-07-01");
  EXPECT_EQ(Status(3).in_force().version_id(), version);
  EXPECT_EQ(policies_->VersionAt(school_, now_), version);
}

TEST_F(PolicyServiceTest, TheSameRequestIsTheSameDraft) {
  v1::DraftPolicyVersionRequest request;
  request.set_request_id(NewRequestId());
  request.set_title("Policy");
  request.set_content("The text.");
  v1::DraftPolicyVersionResponse first;
  v1::DraftPolicyVersionResponse second;
  ASSERT_THAT(stub_->DraftPolicyVersion(As(1).get(), request, &first), IsAnswered());
  ASSERT_THAT(stub_->DraftPolicyVersion(As(1).get(), request, &second), IsAnswered());
  EXPECT_EQ(first.version_id(), second.version_id());
  EXPECT_EQ(second.revision(), 1u);
}

TEST_F(PolicyServiceTest, RefusalsCiteTheirClause) {
  const std::string version = Draft("The text.");
  EXPECT_THAT(Approve(version, "2026-09-14", "2027-07-01"),
              Refuses(Reason::kPolicySignatureMissing));
  EXPECT_THAT(Sign(4, version, events::POLICY_OFFICE_HEADTEACHER, "The text."),
              Refuses(Reason::kPolicySignatory));
  EXPECT_THAT(Sign(1, version, events::POLICY_OFFICE_HEADTEACHER, "Another text."),
              Refuses(Reason::kPolicyTextChanged));
  EXPECT_THAT(Sign(1, "nothing", events::POLICY_OFFICE_HEADTEACHER, "The text."),
              Refuses(Reason::kNoSuchPolicyVersion));
  EXPECT_THAT(Acknowledge(3, version), Refuses(Reason::kPolicyNotInForce));
}

TEST_F(PolicyServiceTest, AnOverdueReviewIsShownAndBlocksNothing) {
  const std::string version = PutInForce("The text.", "2022-09-05", "2023-07-05");
  const v1::GetPolicyStatusResponse status = Status(3);
  EXPECT_EQ(status.review_stage(), v1::POLICY_REVIEW_STAGE_OVERDUE);
  EXPECT_LT(status.review_days_left(), -1000);
  EXPECT_THAT(status.banner(),
              AllOf(HasSubstr("was due for review on 5 July 2023"), HasSubstr("all work goes on")));
  EXPECT_THAT(Acknowledge(3, version), IsAnswered());
  EXPECT_EQ(policies_->VersionAt(school_, now_), version);
}

TEST_F(PolicyServiceTest, AReminderIsShownBeforeTheReview) {
  PutInForce("The text.", "2025-10-14", "2026-10-14");
  const v1::GetPolicyStatusResponse status = Status(3);
  EXPECT_EQ(status.review_stage(), v1::POLICY_REVIEW_STAGE_REMINDED);
  EXPECT_EQ(status.review_days_left(), 30);
  EXPECT_EQ(status.review_reminder_days(), 30u);
  EXPECT_THAT(status.banner(), HasSubstr("is due for review on 14 October 2026"));
}

TEST_F(PolicyServiceTest, AReviewWithoutChangeEndsTheBanner) {
  PutInForce("The text.", "2022-09-05", "2023-07-05");
  v1::RecordPolicyReviewRequest review;
  review.set_request_id(NewRequestId());
  review.set_outcome(events::POLICY_REVIEW_OUTCOME_NO_CHANGE);
  review.set_reviewed_on("2026-09-14");
  review.set_next_review_on("2027-09-14");
  v1::RecordPolicyReviewResponse recorded;
  ASSERT_THAT(stub_->RecordPolicyReview(As(1).get(), review, &recorded), IsAnswered());
  EXPECT_EQ(Status(3).banner(), "");
  EXPECT_EQ(Status(3).in_force().review_on(), "2027-09-14");
}

TEST_F(PolicyServiceTest, TheStatusOfAnEarlierMomentIsThatOfItsVersion) {
  const std::string old = PutInForce("The text.", "2025-09-01", "2026-08-31");
  PutInForce("The new text.", "2026-09-14", "2027-07-01");
  v1::GetPolicyStatusRequest request;
  request.mutable_at_time()->set_seconds(absl::ToUnixSeconds(now_ - absl::Hours(24)));
  v1::GetPolicyStatusResponse response;
  ASSERT_THAT(stub_->GetPolicyStatus(As(3).get(), request, &response), IsAnswered());
  EXPECT_EQ(response.in_force().version_id(), old);
  EXPECT_EQ(response.review_stage(), v1::POLICY_REVIEW_STAGE_OVERDUE);
}

TEST_F(PolicyServiceTest, OverseersSeeWhoIsOutstandingAndOthersThemselves) {
  const std::string version = PutInForce("The text.", "2026-09-14", "2027-07-01");
  EXPECT_TRUE(Status(3).acknowledgement_outstanding());
  EXPECT_EQ(Status(1).outstanding_count(), 4u);
  EXPECT_EQ(Status(3).outstanding_count(), 0u) << "not theirs to know";
  ASSERT_THAT(Acknowledge(3, version), IsAnswered());
  EXPECT_FALSE(Status(3).acknowledgement_outstanding());
  EXPECT_THAT(Status(3).own_acknowledgement().ticks(),
              ElementsAre(events::SAFER_ONLINE_POINT_PRIVACY_HIGH));
  for (const uint8_t overseer : {uint8_t{1}, uint8_t{2}, uint8_t{4}}) {
    EXPECT_THAT(Names(overseer, v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING),
                ElementsAre("Clement Example", "Harriet Example", "Leo Example"));
    EXPECT_THAT(Names(overseer, v1::ACKNOWLEDGEMENT_FILTER_GIVEN), ElementsAre("Tess Example"));
  }
  EXPECT_THAT(Names(1, v1::ACKNOWLEDGEMENT_FILTER_UNSPECIFIED, 1), SizeIs(4));
  EXPECT_THAT(Names(3, v1::ACKNOWLEDGEMENT_FILTER_UNSPECIFIED), ElementsAre("Tess Example"));
  EXPECT_THAT(Names(3, v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING), IsEmpty());
  EXPECT_THAT(Names(6, v1::ACKNOWLEDGEMENT_FILTER_UNSPECIFIED), IsEmpty());
  EXPECT_FALSE(Status(6).acknowledgement_outstanding());
}

TEST_F(PolicyServiceTest, WhomThePolicyBindsWithoutARoleIsOutstandingAsSomebodyWithoutAnAccount) {
  PutInForce("The text.", "2026-09-14", "2027-07-01");
  const auto enter = [this](uint8_t digit, const std::string& name,
                            events::PersonCategory category) {
    runtime::PersonEntry person{PersonOf(digit), name, {}, std::nullopt, category};
    people_.Enter(person);
    return person;
  };
  enter(21, "Gita Example", events::PERSON_CATEGORY_GOVERNOR);
  enter(22, "Vic Example", events::PERSON_CATEGORY_VOLUNTEER);
  enter(23, "Fay Example", events::PERSON_CATEGORY_FRIEND);
  enter(24, "Sam Example", events::PERSON_CATEGORY_SUPPLY);
  enter(25, "Pat Example", events::PERSON_CATEGORY_PARENT);
  enter(26, "Cora Example", events::PERSON_CATEGORY_PUPIL);
  runtime::PersonEntry gone = enter(27, "Gus Example", events::PERSON_CATEGORY_EMPLOYEE);
  gone.has_left = true;
  people_.Enter(gone);
  EXPECT_THAT(Names(1, v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING),
              ElementsAre("Clement Example", "Fay Example", "Gita Example", "Harriet Example",
                          "Leo Example", "Sam Example", "Tess Example", "Vic Example"));
  v1::ListPolicyAcknowledgementsResponse response;
  ASSERT_THAT(stub_->ListPolicyAcknowledgements(As(1).get(),
                                                v1::ListPolicyAcknowledgementsRequest(), &response),
              IsAnswered());
  EXPECT_EQ(response.acknowledgements(1).name(), "Fay Example");
  EXPECT_TRUE(response.acknowledgements(1).has_no_account());
}

TEST_F(PolicyServiceTest, OnlyTheVersionInForceIsSaidToBeInForce) {
  const std::string first = PutInForce("The old text.", "2026-09-01", "2027-07-01");
  const std::string second = PutInForce("The new text.", "2026-09-14", "2027-07-01");
  v1::ListPolicyVersionsResponse response;
  ASSERT_THAT(stub_->ListPolicyVersions(As(3).get(), v1::ListPolicyVersionsRequest(), &response),
              IsAnswered());
  ASSERT_EQ(response.versions_size(), 2);
  EXPECT_EQ(response.versions(0).version_id(), first);
  EXPECT_FALSE(response.versions(0).is_in_force());
  EXPECT_EQ(response.versions(1).version_id(), second);
  EXPECT_TRUE(response.versions(1).is_in_force());
}

TEST_F(PolicyServiceTest, NobodyAcknowledgesForSomebodyElse) {
  const std::string version = PutInForce("The text.", "2026-09-14", "2027-07-01");
  EXPECT_THAT(Acknowledge(1, version, PersonOf(3).Hex()), Refuses(Reason::kAcknowledgeOwn));
  EXPECT_THAT(Acknowledge(1, version, "nobody"), Refuses(Reason::kAcknowledgeOwn));
  EXPECT_THAT(Acknowledge(3, version, PersonOf(3).Hex()), IsAnswered());
}

TEST_F(PolicyServiceTest, ANewVersionAsksEverybodyAgain) {
  ASSERT_THAT(Acknowledge(3, PutInForce("The text.", "2025-09-01", "2026-08-31")), IsAnswered());
  PutInForce("The new text.", "2026-09-14", "2027-07-01");
  EXPECT_TRUE(Status(3).acknowledgement_outstanding());
  EXPECT_EQ(Status(1).outstanding_count(), 4u);
}

TEST_F(PolicyServiceTest, DraftsAreForThoseWhoOverseeThePolicy) {
  const std::string draft = Draft("The text.");
  v1::GetPolicyVersionRequest request;
  request.set_version_id(draft);
  v1::GetPolicyVersionResponse read;
  EXPECT_THAT(stub_->GetPolicyVersion(As(3).get(), request, &read),
              Refuses(Reason::kNoSuchPolicyVersion));
  EXPECT_THAT(stub_->GetPolicyVersion(As(2).get(), request, &read), IsAnswered());
  v1::ListPolicyVersionsResponse list;
  ASSERT_THAT(stub_->ListPolicyVersions(As(3).get(), {}, &list), IsAnswered());
  EXPECT_THAT(list.versions(), IsEmpty());
  ASSERT_THAT(stub_->ListPolicyVersions(As(2).get(), {}, &list), IsAnswered());
  EXPECT_THAT(list.versions(), SizeIs(1));
}

TEST_F(PolicyServiceTest, ARevisedDraftIsSignedAnew) {
  const std::string version = Draft("The text.");
  ASSERT_THAT(Sign(1, version, events::POLICY_OFFICE_HEADTEACHER, "The text."), IsAnswered());
  v1::RevisePolicyDraftRequest revise;
  revise.set_request_id(NewRequestId());
  revise.set_version_id(version);
  revise.set_title("Social Networking Policy");
  revise.set_content("Another text.");
  v1::RevisePolicyDraftResponse revised;
  ASSERT_THAT(stub_->RevisePolicyDraft(As(4).get(), revise, &revised), IsAnswered());
  v1::GetPolicyVersionRequest request;
  request.set_version_id(version);
  v1::GetPolicyVersionResponse read;
  ASSERT_THAT(stub_->GetPolicyVersion(As(1).get(), request, &read), IsAnswered());
  EXPECT_EQ(read.version().content(), "Another text.");
  EXPECT_THAT(read.version().signatures(), IsEmpty());
}

TEST_F(PolicyServiceTest, PreventionRemindersAreDueOnceAYearAndForEveryVersion) {
  EXPECT_TRUE(Status(1).prevention_reminder_due());
  EXPECT_FALSE(Status(3).prevention_reminder_due()) << "it is the leadership's to issue";
  v1::IssuePreventionReminderRequest issue;
  issue.set_request_id(NewRequestId());
  issue.set_message("Check who can see your pages.");
  v1::IssuePreventionReminderResponse issued;
  ASSERT_THAT(stub_->IssuePreventionReminder(As(1).get(), issue, &issued), IsAnswered());
  EXPECT_FALSE(Status(1).prevention_reminder_due());
  ASSERT_THAT(Status(3).reminders(), SizeIs(1));
  EXPECT_FALSE(Status(3).reminders(0).has_acknowledge_time());

  v1::AcknowledgePreventionReminderRequest acknowledge;
  acknowledge.set_request_id(NewRequestId());
  acknowledge.set_reminder_id(issued.reminder_id());
  v1::AcknowledgePreventionReminderResponse acknowledged;
  ASSERT_THAT(stub_->AcknowledgePreventionReminder(As(3).get(), acknowledge, &acknowledged),
              IsAnswered());
  EXPECT_TRUE(Status(3).reminders(0).has_acknowledge_time());
  EXPECT_EQ(Status(1).reminders(0).acknowledgements(), 1u);

  now_ += absl::Hours(24 * 20);
  PutInForce("The text.", "2026-10-01", "2027-07-01");
  EXPECT_TRUE(Status(1).prevention_reminder_due());
  issue.set_request_id(NewRequestId());
  ASSERT_THAT(stub_->IssuePreventionReminder(As(1).get(), issue, &issued), IsAnswered());
  EXPECT_FALSE(Status(1).prevention_reminder_due());
  now_ += absl::Hours(24 * 367);
  EXPECT_TRUE(Status(1).prevention_reminder_due());
}

TEST_F(PolicyServiceTest, ClausesAreForEverybodySignedIn) {
  v1::GetClauseRequest request;
  request.set_number("P41");
  v1::GetClauseResponse response;
  ASSERT_THAT(stub_->GetClause(As(6).get(), request, &response), IsAnswered());
  EXPECT_EQ(response.clause().number(), "P41");
  EXPECT_THAT(response.clause().words(), HasSubstr("until such advice is received"));
  std::vector<std::string> codes;
  for (const auto& refusal : response.clause().refusals()) codes.push_back(refusal.code());
  EXPECT_THAT(codes, ::testing::Contains("R-ADVICE-FIRST"));
  request.set_number("P49");
  EXPECT_THAT(stub_->GetClause(As(6).get(), request, &response), Refuses(Reason::kNoSuchClause));
  v1::ListClausesResponse list;
  ASSERT_THAT(stub_->ListClauses(As(3).get(), {}, &list), IsAnswered());
  EXPECT_THAT(list.clauses(), SizeIs(48));
  EXPECT_EQ(list.next_page_token(), "");
  v1::ListClausesRequest bad;
  bad.set_page_token("P99");
  EXPECT_THAT(stub_->ListClauses(As(3).get(), bad, &list), Refuses(Reason::kFieldInvalid));
  grpc::ClientContext nobody;
  EXPECT_EQ(stub_->ListClauses(&nobody, {}, &list).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

}  // namespace
}  // namespace wardbook::schoolpolicy
