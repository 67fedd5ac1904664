// A school whose register answers on a channel inside the process, with a clock
// that the test sets.

#ifndef SERVICES_PEOPLE_PEOPLE_SERVER_FOR_TEST_H_
#define SERVICES_PEOPLE_PEOPLE_SERVER_FOR_TEST_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/people/absence_service.h"
#include "services/people/people_calls_for_test.h"
#include "services/people/people_for_test.h"
#include "services/people/people_service.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/absence_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::people {

class PeopleServerTest : public ::testing::Test {
 protected:
  static inline const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(school_, test_.AddSchool("fernhill", kStart));
    ASSERT_OK_AND_ASSIGN(administrator_,
                         RegisterFirstAdministrator(test_.people, school_, "Adam Example", kStart));
    issuer_.with_password = {administrator_};
    ASSERT_OK_AND_ASSIGN(register_, Register::Open(test_.log, *test_.vault));
    authenticator_ = std::make_unique<TokenIsPerson>(school_, *register_);
    rpc_ = std::make_unique<runtime::Rpc>(
        *authenticator_, [this] { return now(); }, test_.vault->fingerprint_key(), test_.workers);
    service_ = std::make_unique<PeopleService>(*rpc_, test_.people, *register_, issuer_);
    absences_ = std::make_unique<AbsenceService>(*rpc_, test_.people, *register_);
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    builder.RegisterService(absences_.get());
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel(grpc::ChannelArguments());
  }

  absl::Time now() const {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void SetNow(absl::Time now) {
    absl::MutexLock lock(&mutex_);
    now_ = now;
  }

  template <class Stub, class Request, class Response>
  grpc::Status Call(const PersonId& as,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    Request request, Response* response) {
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id(UuidText(crypto::NewRequestId()));
    }
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + as.Hex());
    Stub stub(channel_);
    return (stub.*method)(&context, request, response);
  }

  PersonId Add(const std::string& name, const std::vector<wardbook::events::v1::Role>& roles,
               wardbook::events::v1::PersonCategory category =
                   wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE) {
    wardbook::v1::RegisterPersonRequest request;
    request.set_name(name);
    request.set_category(category);
    for (const auto role : roles) request.add_roles(role);
    wardbook::v1::RegisterPersonResponse response;
    EXPECT_TRUE(
        Call(administrator_, &wardbook::v1::PeopleService::Stub::RegisterPerson, request, &response)
            .ok());
    return PersonId::FromHex(response.person_id()).value_or(PersonId());
  }

  PeopleForTest test_;
  SchoolId school_;
  PersonId administrator_;
  EchoIssuer issuer_;
  std::unique_ptr<Register> register_;
  std::unique_ptr<TokenIsPerson> authenticator_;
  std::unique_ptr<runtime::Rpc> rpc_;
  std::unique_ptr<PeopleService> service_;
  std::unique_ptr<AbsenceService> absences_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_) = kStart;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_SERVER_FOR_TEST_H_
