#include "services/people/people_service.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/people/people_calls_for_test.h"
#include "services/people/people_for_test.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::people {
namespace {

using ::testing::ElementsAre;
using wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE;
using wardbook::events::v1::ROLE_ADMINISTRATOR;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_STAFF;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class PeopleServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(school_, test_.AddSchool("fernhill", kNow));
    ASSERT_OK_AND_ASSIGN(administrator_,
                         RegisterFirstAdministrator(test_.people, school_, "Adam Example", kNow));
    issuer_.with_password = {administrator_};
    ASSERT_OK_AND_ASSIGN(register_, Register::Open(test_.log, *test_.vault));
    authenticator_ = std::make_unique<TokenIsPerson>(school_, *register_);
    rpc_ = std::make_unique<runtime::Rpc>(
        *authenticator_, [] { return kNow; }, test_.vault->fingerprint_key(), test_.workers);
    service_ = std::make_unique<PeopleService>(*rpc_, test_.people, *register_, issuer_);
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ =
        wardbook::v1::PeopleService::NewStub(server_->InProcessChannel(grpc::ChannelArguments()));
  }

  std::unique_ptr<grpc::ClientContext> As(const PersonId& person) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization", "Bearer " + person.Hex());
    return context;
  }

  wardbook::v1::RegisterPersonRequest NewPerson(const std::string& name) {
    wardbook::v1::RegisterPersonRequest request;
    request.set_request_id(UuidText(crypto::NewRequestId()));
    request.set_name(name);
    request.set_category(PERSON_CATEGORY_EMPLOYEE);
    request.add_roles(ROLE_STAFF);
    return request;
  }

  PersonId Add(const std::string& name) {
    wardbook::v1::RegisterPersonResponse response;
    const grpc::Status status =
        stub_->RegisterPerson(As(administrator_).get(), NewPerson(name), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return PersonId::FromHex(response.person_id()).value_or(PersonId());
  }

  PersonId AddAdministrator(const std::string& name) {
    auto request = NewPerson(name);
    request.add_roles(ROLE_ADMINISTRATOR);
    wardbook::v1::RegisterPersonResponse response;
    EXPECT_TRUE(stub_->RegisterPerson(As(administrator_).get(), request, &response).ok());
    return PersonId::FromHex(response.person_id()).value_or(PersonId());
  }

  grpc::Status EndAdministration(const PersonId& caller, const PersonId& of,
                                 absl::Time until = kNow) {
    wardbook::v1::EndRoleRequest request;
    request.set_request_id(UuidText(crypto::NewRequestId()));
    request.set_person_id(of.Hex());
    request.set_role(ROLE_ADMINISTRATOR);
    *request.mutable_until_time() = kernel::TimestampOf(until);
    wardbook::v1::EndRoleResponse response;
    return stub_->EndRole(As(caller).get(), request, &response);
  }

  grpc::Status IssueAccount(const PersonId& of, const std::string& user_name = "user") {
    wardbook::v1::IssueAccountRequest request;
    request.set_person_id(of.Hex());
    request.set_user_name(user_name);
    wardbook::v1::IssueAccountResponse response;
    return stub_->IssueAccount(As(administrator_).get(), request, &response);
  }

  PeopleForTest test_;
  SchoolId school_;
  PersonId administrator_;
  EchoIssuer issuer_;
  std::unique_ptr<Register> register_;
  std::unique_ptr<TokenIsPerson> authenticator_;
  std::unique_ptr<runtime::Rpc> rpc_;
  std::unique_ptr<PeopleService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<wardbook::v1::PeopleService::Stub> stub_;
};

TEST_F(PeopleServiceTest, WhoWasRegisteredIsListedAtOnce) {
  const PersonId bob = Add("Bob Example");
  wardbook::v1::ListPeopleResponse people;
  ASSERT_TRUE(stub_->ListPeople(As(bob).get(), {}, &people).ok());
  ASSERT_EQ(people.people_size(), 2);
  EXPECT_EQ(people.people(0).name(), "Adam Example");
  EXPECT_EQ(people.people(1).person_id(), bob.Hex());
  EXPECT_THAT(people.people(1).roles(), ElementsAre(ROLE_STAFF));
  EXPECT_EQ(people.people(1).revision(), 2u);
}

TEST_F(PeopleServiceTest, TheSameRequestIsTheSamePerson) {
  const auto request = NewPerson("Bob Example");
  wardbook::v1::RegisterPersonResponse first;
  wardbook::v1::RegisterPersonResponse second;
  ASSERT_TRUE(stub_->RegisterPerson(As(administrator_).get(), request, &first).ok());
  ASSERT_TRUE(stub_->RegisterPerson(As(administrator_).get(), request, &second).ok());
  EXPECT_EQ(first.person_id(), second.person_id());
  EXPECT_EQ(second.revision(), 2u);
}

TEST_F(PeopleServiceTest, RolesAndLineManagersAreGivenAndShown) {
  const PersonId bob = Add("Bob Example");
  wardbook::v1::GrantRoleRequest grant;
  grant.set_request_id(UuidText(crypto::NewRequestId()));
  grant.set_person_id(bob.Hex());
  grant.set_role(ROLE_HEADTEACHER);
  wardbook::v1::GrantRoleResponse granted;
  ASSERT_TRUE(stub_->GrantRole(As(administrator_).get(), grant, &granted).ok());
  EXPECT_EQ(granted.revision(), 3u);

  wardbook::v1::EndRoleRequest end;
  end.set_request_id(UuidText(crypto::NewRequestId()));
  end.set_person_id(bob.Hex());
  end.set_role(ROLE_STAFF);
  wardbook::v1::EndRoleResponse ended;
  ASSERT_TRUE(stub_->EndRole(As(administrator_).get(), end, &ended).ok());

  const PersonId carol = Add("Carol Example");
  wardbook::v1::AssignLineManagerRequest assign;
  assign.set_request_id(UuidText(crypto::NewRequestId()));
  assign.set_person_id(bob.Hex());
  assign.set_line_manager_id(carol.Hex());
  wardbook::v1::AssignLineManagerResponse assigned;
  ASSERT_TRUE(stub_->AssignLineManager(As(administrator_).get(), assign, &assigned).ok());

  wardbook::v1::ListPeopleResponse people;
  ASSERT_TRUE(stub_->ListPeople(As(administrator_).get(), {}, &people).ok());
  ASSERT_EQ(people.people_size(), 3);
  EXPECT_THAT(people.people(1).roles(), ElementsAre(ROLE_HEADTEACHER));
  EXPECT_EQ(people.people(1).line_manager_id(), carol.Hex());
}

TEST_F(PeopleServiceTest, WhatIsRecordedHoldsAtOnceThoughTheLogCannotBeRead) {
  const PersonId bob = AddAdministrator("Bob Example");
  issuer_.with_password.insert(bob);
  test_.log.deaf = true;
  ASSERT_TRUE(EndAdministration(administrator_, bob).ok());
  EXPECT_FALSE(register_->Find(school_, bob, kNow)->roles.contains(kernel::Role::kAdministrator));
  wardbook::v1::RegisterPersonResponse registered;
  EXPECT_EQ(stub_->RegisterPerson(As(bob).get(), NewPerson("Carol"), &registered).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(PeopleServiceTest, WhatWasRecordedIsNotSaidToHoldWhereTheRegisterCannotReadIt) {
  // As after a start: nobody is in memory of the one, and the other reads nothing.
  runtime::Transactor<PersonAggregate> started{test_.log, *test_.vault, test_.receipts,
                                               test_.workers};
  ASSERT_OK_AND_ASSIGN(const auto behind, Register::Open(test_.log, *test_.vault));
  PeopleService service(*rpc_, started, *behind, issuer_);
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  const auto stub =
      wardbook::v1::PeopleService::NewStub(server->InProcessChannel(grpc::ChannelArguments()));

  test_.log.deaf = true;
  const wardbook::v1::RegisterPersonRequest request = NewPerson("Bob Example");
  wardbook::v1::RegisterPersonResponse first;
  ASSERT_TRUE(stub_->RegisterPerson(As(administrator_).get(), request, &first).ok());
  wardbook::v1::RegisterPersonResponse again;
  const grpc::Status unread = stub->RegisterPerson(As(administrator_).get(), request, &again);
  EXPECT_EQ(unread.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(unread.error_message(), ::testing::HasSubstr("is recorded"));
  test_.log.deaf = false;
  const grpc::Status answered = stub->RegisterPerson(As(administrator_).get(), request, &again);
  EXPECT_TRUE(answered.ok()) << answered.error_message();
  EXPECT_EQ(again.person_id(), first.person_id());
  EXPECT_TRUE(behind->Find(school_, *PersonId::FromHex(first.person_id()), kNow).has_value());
}

TEST_F(PeopleServiceTest, NothingIsRecordedOfWhoHasARoleThatThisVersionDoesNotKnow) {
  const PersonId bob = AddAdministrator("Bob Example");
  issuer_.with_password.insert(bob);
  // As a later version has recorded it.
  wardbook::events::v1::PersonEvent later;
  later.mutable_role_granted()->set_role(static_cast<wardbook::events::v1::Role>(99));
  runtime::CommandFrame frame;
  frame.caller.school = school_;
  frame.stream = PersonStream(bob);
  frame.request_id = crypto::NewRequestId();
  frame.now = kNow;
  absl::Notification recorded;
  test_.people.Run(
      frame, [&](const PersonState&) { return std::vector{later}; },
      [&](auto outcome) {
        EXPECT_OK(outcome);
        recorded.Notify();
      });
  recorded.WaitForNotification();

  // As after a start.
  runtime::Transactor<PersonAggregate> started{test_.log, *test_.vault, test_.receipts,
                                               test_.workers};
  ASSERT_OK_AND_ASSIGN(const auto people, Register::Open(test_.log, *test_.vault));
  PeopleService service(*rpc_, started, *people, issuer_);
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  const auto stub =
      wardbook::v1::PeopleService::NewStub(server->InProcessChannel(grpc::ChannelArguments()));
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead before, test_.log.Head(school_));
  wardbook::v1::EndRoleRequest request;
  request.set_request_id(UuidText(crypto::NewRequestId()));
  request.set_person_id(bob.Hex());
  request.set_role(ROLE_STAFF);
  wardbook::v1::EndRoleResponse response;
  EXPECT_EQ(stub->EndRole(As(administrator_).get(), request, &response).error_code(),
            grpc::StatusCode::DATA_LOSS);
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead after, test_.log.Head(school_));
  EXPECT_EQ(after.size, before.size);
}

TEST_F(PeopleServiceTest, OnlyTheAdministratorManagesPeople) {
  const PersonId bob = Add("Bob Example");
  wardbook::v1::RegisterPersonResponse registered;
  EXPECT_EQ(stub_->RegisterPerson(As(bob).get(), NewPerson("Carol"), &registered).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  wardbook::v1::IssueAccountRequest issue;
  issue.set_person_id(bob.Hex());
  issue.set_user_name("bob");
  wardbook::v1::IssueAccountResponse issued;
  EXPECT_EQ(stub_->IssueAccount(As(bob).get(), issue, &issued).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  ASSERT_TRUE(stub_->IssueAccount(As(administrator_).get(), issue, &issued).ok());
  EXPECT_EQ(issued.code(), "bob");
  issue.set_person_id(PersonId().Hex());
  EXPECT_EQ(stub_->IssueAccount(As(administrator_).get(), issue, &issued).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(PeopleServiceTest, TheLastAdministratorWhoCanSignInStays) {
  EXPECT_THAT(EndAdministration(administrator_, administrator_),
              Refuses(kernel::Reason::kLastAdministrator));
  // One who cannot sign in is of no help.
  const PersonId bob = AddAdministrator("Bob Example");
  EXPECT_THAT(EndAdministration(administrator_, administrator_),
              Refuses(kernel::Reason::kLastAdministrator));

  issuer_.with_password.insert(bob);
  EXPECT_TRUE(EndAdministration(administrator_, administrator_).ok());
  EXPECT_THAT(EndAdministration(bob, bob), Refuses(kernel::Reason::kLastAdministrator));
}

TEST_F(PeopleServiceTest, AnAdministratorWhoseRoleEndsLaterDoesNotStandInForOthers) {
  const PersonId bob = AddAdministrator("Bob Example");
  issuer_.with_password.insert(bob);
  ASSERT_TRUE(EndAdministration(administrator_, bob, kNow + absl::Hours(24)).ok());
  EXPECT_THAT(EndAdministration(administrator_, administrator_),
              Refuses(kernel::Reason::kLastAdministrator));
}

TEST_F(PeopleServiceTest, AdministratorsWhoEndEachOtherAtTheSameTimeLeaveOne) {
  const PersonId bob = AddAdministrator("Bob Example");
  issuer_.with_password.insert(bob);
  grpc::Status by_bob;
  std::thread other([&] { by_bob = EndAdministration(bob, administrator_); });
  const grpc::Status by_administrator = EndAdministration(administrator_, bob);
  other.join();
  EXPECT_NE(by_bob.ok(), by_administrator.ok());
  EXPECT_EQ(register_->HoldersForGood(school_, ROLE_ADMINISTRATOR, kNow).size(), 1u);
}

TEST_F(PeopleServiceTest, TheLastAdministratorKeepsTheirPassword) {
  EXPECT_THAT(IssueAccount(administrator_), Refuses(kernel::Reason::kLastAdministrator));
  const PersonId bob = AddAdministrator("Bob Example");
  EXPECT_TRUE(IssueAccount(bob).ok()) << "who has no password yet loses nothing";
  issuer_.with_password.insert(bob);
  EXPECT_TRUE(IssueAccount(administrator_).ok());
}

TEST_F(PeopleServiceTest, EveryCodeIsRecordedBeforeItIsIssued) {
  const PersonId bob = Add("Bob Example");
  ASSERT_FALSE(register_->Find(school_, bob, kNow)->account_issue.has_value());
  EXPECT_THAT(IssueAccount(bob, "taken"), Refuses(kernel::Reason::kUserNameTaken));
  EXPECT_FALSE(register_->Find(school_, bob, kNow)->account_issue.has_value())
      << "what is refused is not recorded";

  ASSERT_TRUE(IssueAccount(bob).ok());
  const std::optional<runtime::PersonEntry> entry = register_->Find(school_, bob, kNow);
  ASSERT_TRUE(entry->account_issue.has_value());
  EXPECT_EQ(entry->account_issue->by, administrator_);
  EXPECT_EQ(entry->account_issue->time, kNow);
  ASSERT_OK_AND_ASSIGN(const auto events,
                       runtime::ReadEvents<wardbook::events::v1::PersonEvent>(
                           test_.log, *test_.vault, school_, PersonStream(bob), 1, 9));
  ASSERT_TRUE(events.back().event.has_account_issued());
  EXPECT_EQ(events.back().event.account_issued().code_expire_time().seconds(),
            absl::ToUnixSeconds(kNow + absl::Hours(1)));
}

TEST_F(PeopleServiceTest, AnAdministratorCannotMakeThemselfHeadteacher) {
  wardbook::v1::GrantRoleRequest grant;
  grant.set_request_id(UuidText(crypto::NewRequestId()));
  grant.set_person_id(administrator_.Hex());
  grant.set_role(ROLE_HEADTEACHER);
  wardbook::v1::GrantRoleResponse granted;
  EXPECT_THAT(stub_->GrantRole(As(administrator_).get(), grant, &granted),
              Refuses(kernel::Reason::kOwnSight));
}

TEST_F(PeopleServiceTest, OfficersOfTheAuthorityDoNotSeeTheList) {
  auto request = NewPerson("Olga Example");
  request.clear_roles();
  request.add_roles(wardbook::events::v1::ROLE_SAFEGUARDING_OFFICER);
  wardbook::v1::RegisterPersonResponse officer;
  ASSERT_TRUE(stub_->RegisterPerson(As(administrator_).get(), request, &officer).ok());
  wardbook::v1::ListPeopleResponse people;
  EXPECT_EQ(stub_->ListPeople(As(*PersonId::FromHex(officer.person_id())).get(), {}, &people)
                .error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(PeopleServiceTest, PagesContinueWhereTheLastOneEnded) {
  for (const char* name : {"Carol", "Bob", "Dave"}) Add(name);
  wardbook::v1::ListPeopleRequest request;
  request.set_page_size(3);
  wardbook::v1::ListPeopleResponse first;
  ASSERT_TRUE(stub_->ListPeople(As(administrator_).get(), request, &first).ok());
  EXPECT_EQ(first.people_size(), 3);
  request.set_page_token(first.next_page_token());
  wardbook::v1::ListPeopleResponse second;
  ASSERT_TRUE(stub_->ListPeople(As(administrator_).get(), request, &second).ok());
  ASSERT_EQ(second.people_size(), 1);
  EXPECT_EQ(second.people(0).name(), "Dave");
  EXPECT_EQ(second.next_page_token(), "");
}

}  // namespace
}  // namespace wardbook::people
