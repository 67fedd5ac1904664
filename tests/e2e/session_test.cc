// Who is not signed in is told so by every method, and learns nothing else.

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "storage/crypto/random.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

constexpr char kGetSession[] = "wardbook.v1.AccessService.GetSession";

WireAnswer GetSession(const Person& person) { return CallAny(person, kGetSession, ""); }

Person WithToken(Person person, absl::string_view token) {
  person.token = std::string(token);
  return person;
}

// A token that somebody made up who knows how long they are.
std::string MadeUpToken() { return absl::WebSafeBase64Escape(crypto::RandomBytes(48)); }

TEST(Session, WithoutOneNoMethodDoesAnything) {
  // These two are how somebody comes to a session.
  const std::set<std::string> open = {"wardbook.v1.AccessService.SignIn",
                                      "wardbook.v1.AccessService.ActivateAccount"};
  const Person stranger = WithToken(Oakfield().head, MadeUpToken());
  const NothingIsRecorded nothing;
  size_t found = 0;
  for (const auto* method : ServedMethods(Oakfield().head)) {
    SCOPED_TRACE(method->full_name());
    found += open.count(method->full_name());
    if (open.contains(method->full_name())) continue;
    const WireAnswer answer = CallAny(stranger, method->full_name(), "");
    EXPECT_THAT(answer, IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
    EXPECT_EQ(CallAny(WithToken(stranger, ""), method->full_name(), "").Text(), answer.Text());
  }
  EXPECT_EQ(found, open.size());
}

TEST(Session, AMalformedTokenIsNone) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(Oakfield().head.token, &bytes));
  std::string others;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(Oakfield().lead.token, &others));
  ASSERT_EQ(bytes.size(), 48U);
  const auto changed = [&](size_t at) {
    std::string copy = bytes;
    copy[at] = static_cast<char>(copy[at] ^ 1);
    return absl::WebSafeBase64Escape(copy);
  };
  const std::vector<std::string> tokens = {
      "x",
      "not base64 at all!",
      Oakfield().head.token + "A",
      Oakfield().head.token.substr(1),
      absl::WebSafeBase64Escape(bytes.substr(0, 16)),
      absl::WebSafeBase64Escape(std::string(48, '\0')),
      std::string(4000, 'A'),
      // One bit of the session's id, and one of its secret.
      changed(0),
      changed(47),
      // The id of one session and the secret of another.
      absl::WebSafeBase64Escape(bytes.substr(0, 16) + others.substr(16)),
  };
  const std::string refusal = GetSession(WithToken(Oakfield().head, MadeUpToken())).Text();
  const NothingIsRecorded nothing;
  for (const std::string& token : tokens) {
    const WireAnswer answer = GetSession(WithToken(Oakfield().head, token));
    EXPECT_THAT(answer, IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN")) << token;
    EXPECT_EQ(answer.Text(), refusal);
  }
  ASSERT_THAT(GetSession(Oakfield().head), IsAnswered());
}

TEST(Session, ATokenInAnotherFormIsNone) {
  const std::string& token = Oakfield().head.token;
  for (const std::string& header :
       {token, "bearer" + token, "Basic " + token, std::string("Bearer ")}) {
    v1::AccessService::Stub stub(Server().channel());
    const auto context = WithToken(Oakfield().head, "").NewContext();
    context->AddMetadata("authorization", header);
    v1::GetSessionResponse response;
    EXPECT_THAT(stub.GetSession(context.get(), v1::GetSessionRequest(), &response),
                IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  }
}

TEST(Session, WhoSignsOutIsOutAndTheirOtherSessionIsNot) {
  const Person here = Oakfield().colleague.SignedInAgain();
  const NothingIsRecorded nothing;
  ASSERT_THAT(here.Call(&v1::AccessService::Stub::SignOut, v1::SignOutRequest()), IsAnswered());
  EXPECT_THAT(GetSession(here), IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  EXPECT_THAT(here.Call(&v1::IncidentService::Stub::ReportIncident, Report(Oakfield())),
              IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  EXPECT_THAT(GetSession(Oakfield().colleague), IsAnswered());
}

TEST(Session, AWatchEndsWithItWithoutShowingWhatComesAfter) {
  const Person here = Oakfield().head.SignedInAgain();
  v1::CaseService::Stub stub(Server().channel());
  const auto context = here.NewContext();
  const auto watch = stub.WatchCases(context.get(), WatchFromNow(here));
  watch->WaitForInitialMetadata();
  ASSERT_THAT(here.Call(&v1::AccessService::Stub::SignOut, v1::SignOutRequest()), IsAnswered());
  ReportCase(Oakfield());
  v1::WatchCasesResponse change;
  EXPECT_FALSE(watch->Read(&change)) << change.ShortDebugString();
  EXPECT_THAT(watch->Finish(), IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
}

// A server of its own, because its clock moves.
class SessionInTime : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(
        server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}, ServerClock::kAdvanced));
    administrator_.server = server_.get();
    administrator_.school = kSchool;
    administrator_.user_name = "administrator";
    administrator_.password = absl::StrCat(kMarks[0], " and so on");
  }

  void Activate() { administrator_.Activate(server_->AdministratorCode(kSchool)); }

  // Returns when the server has seen that its clock is ahead: it looks every two
  // seconds or so, and counts on by itself in between.
  void AdvanceClock(absl::Duration by) {
    const absl::Time before = ExpireTimeOfANewSession();
    server_->AdvanceClock(by);
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (ExpireTimeOfANewSession() < before + by) ASSERT_LT(absl::Now(), deadline);
  }

  // The same at once, by way of a restart.
  void AdvanceClockAndRestart(absl::Duration by) {
    server_->Kill();
    server_->AdvanceClock(by);
    ASSERT_OK(server_->Restart());
  }

  static constexpr char kSchool[] = "oakfield";

  std::unique_ptr<RunningServer> server_;
  Person administrator_;

 private:
  absl::Time ExpireTimeOfANewSession() const {
    const auto session = administrator_.SignedInAgain().Call(&v1::AccessService::Stub::GetSession,
                                                             v1::GetSessionRequest());
    return absl::FromUnixSeconds(session.response.session().expire_time().seconds());
  }
};

TEST_F(SessionInTime, EndsAfterAnHourWithoutACall) {
  Activate();
  const Person busy = administrator_.SignedInAgain();
  const Person idle = administrator_.SignedInAgain();
  AdvanceClock(absl::Minutes(55));
  EXPECT_THAT(GetSession(busy), IsAnswered());
  AdvanceClock(absl::Minutes(6));
  const WireAnswer ended = GetSession(idle);
  EXPECT_THAT(ended, IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  EXPECT_EQ(ended.Text(), GetSession(WithToken(idle, MadeUpToken())).Text());
  EXPECT_THAT(GetSession(busy), IsAnswered());
}

TEST_F(SessionInTime, EndsAfterTwelveHoursHoweverBusyItIs) {
  Activate();
  const Person busy = administrator_.SignedInAgain();
  // A restart counts as a call.
  AdvanceClockAndRestart(absl::Minutes(11 * 60 + 30));
  EXPECT_THAT(GetSession(busy), IsAnswered());
  const checkpoint::Checkpoint before = busy.Head();
  AdvanceClock(absl::Minutes(31));
  v1::RegisterPersonRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(absl::StrCat("somebody ", kMarks[0]));
  request.set_category(wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE);
  EXPECT_THAT(busy.Call(&v1::PeopleService::Stub::RegisterPerson, request),
              IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  server_->Kill();
  ASSERT_OK(server_->Restart());
  EXPECT_THAT(GetSession(busy), IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
  EXPECT_EQ(administrator_.SignedInAgain().Head(), before);
}

TEST_F(SessionInTime, ACodeForAnAccountIsGoodForSevenDays) {
  AdvanceClockAndRestart(absl::Hours(7 * 24 + 1));
  v1::ActivateAccountRequest request;
  request.set_school(kSchool);
  request.set_user_name(administrator_.user_name);
  request.set_code(server_->AdministratorCode(kSchool));
  request.set_new_password(administrator_.password);
  EXPECT_THAT(administrator_.Call(&v1::AccessService::Stub::ActivateAccount, request),
              IsRefused(grpc::UNAUTHENTICATED, "R-ACCOUNT-CODE", "P15"));
}

}  // namespace
}  // namespace wardbook::e2e
