#include "tests/e2e/person.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/base/assert.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

// Nothing in a test takes so long; a test that hangs ends all the same.
constexpr absl::Duration kCallMax = absl::Seconds(30);

}  // namespace

std::unique_ptr<grpc::ClientContext> Person::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + kCallMax));
  if (!token.empty()) context->AddMetadata("authorization", absl::StrCat("Bearer ", token));
  return context;
}

void Person::Activate(absl::string_view code) {
  v1::ActivateAccountRequest request;
  request.set_school(school);
  request.set_user_name(user_name);
  request.set_code(std::string(code));
  request.set_new_password(password);
  WARDBOOK_ASSERT(Call(&v1::AccessService::Stub::ActivateAccount, request).ok());
  *this = SignedInAgain();
}

Person Person::SignedInAgain() const {
  v1::SignInRequest request;
  request.set_school(school);
  request.set_user_name(user_name);
  request.set_password(password);
  Answer<v1::SignInResponse> answer = Call(&v1::AccessService::Stub::SignIn, request);
  WARDBOOK_ASSERT(answer.ok());
  Person again = *this;
  again.id = answer.response.session().person_id();
  again.token = std::move(*answer.response.mutable_token());
  return again;
}

Person Person::WithOwnConnection() const {
  Person connected = *this;
  connected.own_connection = server->NewConnection();
  WARDBOOK_ASSERT(connected.own_connection != nullptr);
  return connected;
}

checkpoint::Checkpoint Person::Head() const {
  const Answer<v1::GetCheckpointResponse> answer =
      Call(&v1::AuditService::Stub::GetCheckpoint, v1::GetCheckpointRequest());
  WARDBOOK_ASSERT(answer.ok());
  absl::StatusOr<checkpoint::Checkpoint> head =
      checkpoint::OpenCheckpoint(server->verifier(), answer.response.checkpoint());
  WARDBOOK_ASSERT(head.ok());
  return *std::move(head);
}

}  // namespace wardbook::e2e
