#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "services/runtime/captured_log_for_test.h"
#include "services/server/health_probe_for_test.h"
#include "services/server/key_files.h"
#include "services/server/school_setup.h"
#include "services/server/server.h"
#include "storage/crypto/random.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::server {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;

constexpr char kPassword[] = "correct horse battery";

std::string NewUuid() { return UuidText(crypto::NewRequestId()); }

// A whole server on disks of its own, with a school and its administrator.
class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.data_directory = scratch_.At("data");
    config_.keys_directory = scratch_.At("keys");
    config_.listen = "127.0.0.1:0";
    ASSERT_OK(MakeKeyFiles(config_.keys_directory, "wardbook.example", {"127.0.0.1"}, absl::Now()));
    ASSERT_OK_AND_ASSIGN(
        const SchoolSetUp school,
        SetUpSchool(config_, {"Fernhill Example School", "fernhill", "Ada Example", "ada"}));
    Start();
    administrator_ = Activate("ada", school.code);
  }

  void Start() {
    ASSERT_OK_AND_ASSIGN(server_, Server::Start(config_));
    std::ifstream file(config_.keys_directory + "/tls.crt");
    std::ostringstream certificate;
    certificate << file.rdbuf();
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = certificate.str();
    channel_ =
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->port()), grpc::SslCredentials(tls));
  }

  void Stop() {
    channel_.reset();
    server_.reset();
  }

  // Sets the password of an account, and gives the token of who signs in.
  std::string Activate(const std::string& user_name, const std::string& code) {
    const auto stub = v1::AccessService::NewStub(channel_);
    v1::ActivateAccountRequest activate;
    activate.set_school("fernhill");
    activate.set_user_name(user_name);
    activate.set_code(code);
    activate.set_new_password(kPassword);
    v1::ActivateAccountResponse activated;
    EXPECT_TRUE(stub->ActivateAccount(Nobody().get(), activate, &activated).ok());
    v1::SignInRequest request;
    request.set_school("fernhill");
    request.set_user_name(user_name);
    request.set_password(kPassword);
    v1::SignInResponse response;
    EXPECT_TRUE(stub->SignIn(Nobody().get(), request, &response).ok());
    return response.token();
  }

  static std::unique_ptr<grpc::ClientContext> Nobody() {
    return std::make_unique<grpc::ClientContext>();
  }
  static std::unique_ptr<grpc::ClientContext> SignedIn(const std::string& token) {
    auto context = Nobody();
    context->AddMetadata("authorization", "Bearer " + token);
    return context;
  }

  // Enters a Headteacher in the register and gives their id.
  std::string RegisterHeadteacher() {
    v1::RegisterPersonRequest request;
    request.set_request_id(NewUuid());
    request.set_name("Bob Example");
    request.set_category(events::PERSON_CATEGORY_EMPLOYEE);
    request.add_roles(events::ROLE_STAFF);
    request.add_roles(events::ROLE_HEADTEACHER);
    v1::RegisterPersonResponse response;
    const grpc::Status status = v1::PeopleService::NewStub(channel_)->RegisterPerson(
        SignedIn(administrator_).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.person_id();
  }

  // The Headteacher's token.
  std::string SignInHeadteacher() {
    v1::IssueAccountRequest request;
    request.set_person_id(RegisterHeadteacher());
    request.set_user_name("bob");
    v1::IssueAccountResponse response;
    const grpc::Status status = v1::PeopleService::NewStub(channel_)->IssueAccount(
        SignedIn(administrator_).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return Activate("bob", response.code());
  }

  const testing::ScratchDirectory scratch_;
  const runtime::CapturedLog log_;
  Config config_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  // The administrator's token.
  std::string administrator_;
};

TEST_F(ServerTest, ShowsTimesInABundleAsTheSchoolsClocksDo) {
  const std::string head = SignInHeadteacher();
  v1::ReportIncidentRequest report;
  report.set_request_id(NewUuid());
  report.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
  report.set_what_happened("A page mocks a colleague by name.");
  report.mutable_happened_at()->set_date("2025-05-14");
  report.set_wishes("The page should go.");
  report.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
  v1::ReportIncidentResponse reported;
  const grpc::Status status = v1::IncidentService::NewStub(channel_)->ReportIncident(
      SignedIn(head).get(), report, &reported);
  ASSERT_TRUE(status.ok()) << status.error_message();

  v1::ExportBundleRequest request;
  request.set_case_ref(reported.case_ref());
  request.set_purpose("To look at the page.");
  const auto context = SignedIn(head);
  const auto stub = v1::AuditService::NewStub(channel_);
  const auto reader = stub->ExportBundle(context.get(), request);
  std::string bundle;
  for (v1::ExportBundleResponse response; reader->Read(&response);) bundle += response.data();
  ASSERT_TRUE(reader->Finish().ok());
  // Summer or winter, but never the clock of the server.
  EXPECT_THAT(bundle, AnyOf(HasSubstr(" GMT<"), HasSubstr(" BST<")));
  EXPECT_THAT(bundle, Not(HasSubstr(" UTC")));
}

TEST_F(ServerTest, IsNotServingWhenTheLogIsNotTheOneThatWasPinned) {
  EXPECT_EQ(ProbeHealth(channel_), ServingStatus::kServing);
  Stop();
  const std::string log = config_.data_directory + "/log";
  const std::string backup = scratch_.At("backup");
  std::filesystem::copy(log, backup, std::filesystem::copy_options::recursive);
  Start();
  RegisterHeadteacher();
  Stop();

  std::filesystem::remove_all(log);
  std::filesystem::copy(backup, log, std::filesystem::copy_options::recursive);
  Start();
  EXPECT_EQ(ProbeHealth(channel_), ServingStatus::kNotServing);
  EXPECT_THAT(log_.lines(), Contains(AllOf(HasSubstr("error log of school"),
                                           HasSubstr("stands still: DATA_LOSS"))));
}

TEST_F(ServerTest, IsNotServingWithAVaultThatIsOlderThanTheLog) {
  Stop();
  const std::string vault = config_.data_directory + "/vault";
  const std::string backup = scratch_.At("backup");
  std::filesystem::copy(vault, backup, std::filesystem::copy_options::recursive);
  Start();
  RegisterHeadteacher();
  Stop();

  std::filesystem::remove_all(vault);
  std::filesystem::copy(backup, vault, std::filesystem::copy_options::recursive);
  Start();
  EXPECT_EQ(ProbeHealth(channel_), ServingStatus::kNotServing);
  EXPECT_THAT(log_.lines(),
              Contains(AllOf(HasSubstr("error log of school"), HasSubstr("restore the vault"))));
}

}  // namespace
}  // namespace wardbook::server
