#include "services/access/access_service.h"

#include <memory>
#include <string>

#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/access/directory_for_test.h"
#include "services/runtime/worker_pool.h"
#include "storage/crypto/random.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::access {
namespace {

using testing::IsOk;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kPassword[] = "correct horse battery";

// One school, "fernhill".
class OneSchool : public runtime::SchoolDirectory {
 public:
  explicit OneSchool(const SchoolId& school) : school_(school) {}
  std::optional<std::string> NameOf(const SchoolId& school) const override {
    if (school != school_) return std::nullopt;
    return "Fernhill Example School";
  }
  absl::StatusOr<std::optional<SchoolId>> FindByShortName(
      absl::string_view short_name) const override {
    if (short_name != "fernhill") return std::nullopt;
    return school_;
  }

 private:
  const SchoolId school_;
};

class AccessServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_.Add(school_, ada_, "Ada Example", {kernel::Role::kStaff});
    ASSERT_OK_AND_ASSIGN(sessions_, Sessions::Open(session_table_, directory_, kNow));
    ASSERT_OK_AND_ASSIGN(accounts_, Accounts::Open(table_, *sessions_));
    ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada", kNow));
    code_ = issued.code;
    rpc_ = std::make_unique<runtime::Rpc>(
        *sessions_, [] { return kNow; }, key_, workers_);
    service_ = std::make_unique<AccessService>(*rpc_, *accounts_, *sessions_, schools_, directory_);
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ =
        wardbook::v1::AccessService::NewStub(server_->InProcessChannel(grpc::ChannelArguments()));
  }

  grpc::Status SignIn(const std::string& school, const std::string& name,
                      const std::string& password,
                      wardbook::v1::SignInResponse* response = nullptr) {
    wardbook::v1::SignInResponse ignored;
    wardbook::v1::SignInRequest request;
    request.set_school(school);
    request.set_user_name(name);
    request.set_password(password);
    grpc::ClientContext context;
    return stub_->SignIn(&context, request, response == nullptr ? &ignored : response);
  }

  grpc::Status Activate(const std::string& code) {
    wardbook::v1::ActivateAccountResponse response;
    wardbook::v1::ActivateAccountRequest request;
    request.set_school("fernhill");
    request.set_user_name("ada");
    request.set_code(code);
    request.set_new_password(kPassword);
    grpc::ClientContext context;
    return stub_->ActivateAccount(&context, request, &response);
  }

  grpc::Status GetSession(const std::string& token, wardbook::v1::GetSessionResponse* response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    return stub_->GetSession(&context, {}, response);
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const PersonId ada_ = crypto::RandomId<PersonId>();
  const crypto::Secret key_ = crypto::Secret::Random();
  testing::MemoryKeyValue store_;
  testing::KeyValueControl disk_;
  testing::BorrowedKeyValue rows_{store_, disk_};
  vault::SecretTable table_{rows_, key_, "accounts"};
  vault::SecretTable session_table_{rows_, key_, "sessions"};
  DirectoryForTest directory_;
  OneSchool schools_{school_};
  std::string code_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Accounts> accounts_;
  runtime::WorkerPool workers_{2};
  std::unique_ptr<runtime::Rpc> rpc_;
  std::unique_ptr<AccessService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<wardbook::v1::AccessService::Stub> stub_;
};

TEST_F(AccessServiceTest, NobodySetsThePasswordOfSomebodyElseWhileSignedIn) {
  ASSERT_TRUE(Activate(code_).ok());
  wardbook::v1::SignInResponse signed_in;
  ASSERT_TRUE(SignIn("fernhill", "ada", kPassword, &signed_in).ok());
  const PersonId bob = crypto::RandomId<PersonId>();
  directory_.Add(school_, bob, "Bob Example", {kernel::Role::kStaff});
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, bob, "bob", kNow));
  wardbook::v1::ActivateAccountRequest request;
  request.set_school("fernhill");
  request.set_user_name("bob");
  request.set_code(issued.code);
  request.set_new_password(kPassword);
  wardbook::v1::ActivateAccountResponse response;
  grpc::ClientContext as_ada;
  as_ada.AddMetadata("authorization", "Bearer " + signed_in.token());
  const grpc::Status refused = stub_->ActivateAccount(&as_ada, request, &response);
  wardbook::v1::Status details;
  wardbook::v1::Refusal refusal;
  ASSERT_TRUE(details.ParseFromString(refused.error_details()) &&
              details.details(0).UnpackTo(&refusal));
  EXPECT_EQ(refusal.code(), "R-PASSWORD-BY-PROXY");
  ASSERT_EQ(refusal.clauses_size(), 1);
  EXPECT_EQ(refusal.clauses(0), "P15");
  grpc::ClientContext as_nobody;
  EXPECT_TRUE(stub_->ActivateAccount(&as_nobody, request, &response).ok()) << "the code is good";
}

TEST_F(AccessServiceTest, ActivatesSignsInAndOutAgain) {
  ASSERT_TRUE(Activate(code_).ok());
  wardbook::v1::SignInResponse signed_in;
  ASSERT_TRUE(SignIn(" Fernhill", "ADA ", kPassword, &signed_in).ok());
  EXPECT_EQ(signed_in.session().name(), "Ada Example");
  EXPECT_EQ(signed_in.session().school_name(), "Fernhill Example School");

  wardbook::v1::GetSessionResponse shown;
  ASSERT_TRUE(GetSession(signed_in.token(), &shown).ok());
  EXPECT_EQ(absl::Seconds(shown.session().idle_time().seconds()), kSessionIdleMax);
  EXPECT_EQ(shown.session().person_id(), ada_.Hex());
  EXPECT_EQ(shown.session().expire_time().seconds(), absl::ToUnixSeconds(kNow + kSessionLength));

  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + signed_in.token());
  wardbook::v1::SignOutResponse signed_out;
  ASSERT_TRUE(stub_->SignOut(&context, {}, &signed_out).ok());
  EXPECT_EQ(GetSession(signed_in.token(), &shown).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessServiceTest, AWrongPasswordAndAnUnknownUserAreAnsweredAlike) {
  ASSERT_TRUE(Activate(code_).ok());
  const grpc::Status wrong = SignIn("fernhill", "ada", "another password");
  EXPECT_EQ(wrong.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  for (const grpc::Status& unknown :
       {SignIn("fernhill", "nobody", kPassword), SignIn("nowhere", "ada", kPassword)}) {
    EXPECT_EQ(unknown.error_code(), wrong.error_code());
    EXPECT_EQ(unknown.error_message(), wrong.error_message());
    EXPECT_EQ(unknown.error_details(), wrong.error_details());
  }
}

TEST_F(AccessServiceTest, GuessingIsStoppedAlsoForUsersThatDoNotExist) {
  ASSERT_TRUE(Activate(code_).ok());
  for (const char* name : {"ada", "nobody"}) {
    for (int i = 0; i < kAttemptsPerPairMax; ++i) {
      ASSERT_EQ(SignIn("fernhill", name, "another password").error_code(),
                grpc::StatusCode::UNAUTHENTICATED);
    }
    EXPECT_EQ(SignIn("fernhill", name, kPassword).error_code(),
              grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
}

TEST_F(AccessServiceTest, ADiskThatFailsLocksNobodyOut) {
  ASSERT_TRUE(Activate(code_).ok());
  disk_.FailWrites();
  for (int i = 0; i < kAttemptsPerPairMax; ++i) {
    ASSERT_EQ(SignIn("fernhill", "ada", kPassword).error_code(), grpc::StatusCode::UNAVAILABLE);
  }
  disk_.HealWrites();
  EXPECT_TRUE(SignIn("fernhill", "ada", kPassword).ok());
}

TEST_F(AccessServiceTest, WhoIsSignedInStaysSoWithAWrongOldPassword) {
  ASSERT_TRUE(Activate(code_).ok());
  wardbook::v1::SignInResponse signed_in;
  ASSERT_TRUE(SignIn("fernhill", "ada", kPassword, &signed_in).ok());
  wardbook::v1::ChangePasswordRequest request;
  request.set_old_password("another password");
  request.set_new_password("a new one of some length");
  const auto change = [&] {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + signed_in.token());
    wardbook::v1::ChangePasswordResponse response;
    return stub_->ChangePassword(&context, request, &response).error_code();
  };
  for (int i = 0; i < kAttemptsPerPairMax; ++i) {
    ASSERT_EQ(change(), grpc::StatusCode::INVALID_ARGUMENT);
  }
  request.set_old_password(kPassword);
  EXPECT_EQ(change(), grpc::StatusCode::RESOURCE_EXHAUSTED) << "nor is it guessed at a laptop";
  EXPECT_TRUE(SignIn("fernhill", "ada", kPassword).ok());
}

TEST_F(AccessServiceTest, WhoSignsInLearnsWhenACodeForTheirAccountWasIssuedAndByWhom) {
  ASSERT_TRUE(Activate(code_).ok());
  wardbook::v1::SignInResponse signed_in;
  ASSERT_TRUE(SignIn("fernhill", "ada", kPassword, &signed_in).ok());
  EXPECT_FALSE(signed_in.session().has_account_issued_time());

  const PersonId bob = crypto::RandomId<PersonId>();
  directory_.Add(school_, bob, "Bob Example", {kernel::Role::kAdministrator});
  directory_.SetAccountIssue(school_, ada_, {bob, kNow - absl::Hours(3)});
  ASSERT_TRUE(SignIn("fernhill", "ada", kPassword, &signed_in).ok());
  EXPECT_EQ(signed_in.session().account_issued_time().seconds(),
            absl::ToUnixSeconds(kNow - absl::Hours(3)));
  EXPECT_EQ(signed_in.session().account_issued_by(), "Bob Example");
  wardbook::v1::GetSessionResponse shown;
  ASSERT_TRUE(GetSession(signed_in.token(), &shown).ok());
  EXPECT_EQ(shown.session().account_issued_by(), "Bob Example");
}

TEST_F(AccessServiceTest, NobodyHasASessionWithoutAToken) {
  wardbook::v1::GetSessionResponse response;
  grpc::ClientContext context;
  EXPECT_EQ(stub_->GetSession(&context, {}, &response).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

}  // namespace
}  // namespace wardbook::access
