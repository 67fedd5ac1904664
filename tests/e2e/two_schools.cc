#include "tests/e2e/two_schools.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/answer.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

constexpr char kOakfield[] = "oakfield";
constexpr char kElmbridge[] = "elmbridge";

class TwoSchools : public ::testing::Environment {
 public:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start({NewSchoolOf(kOakfield, kMarks[0]),
                                                        NewSchoolOf(kElmbridge, kMarks[1])}));
    oakfield_ = Populate(*server_, kOakfield, kMarks[0]);
    elmbridge_ = Populate(*server_, kElmbridge, kMarks[1]);
  }

  void TearDown() override {
    if (server_ == nullptr) return;
    EXPECT_OK(server_->Stop());
    const std::string log = server_->Log();
    for (absl::string_view mark : kMarks) {
      EXPECT_FALSE(absl::StrContains(log, mark)) << "the server's log tells what was typed";
    }
    for (const School* school : {&oakfield_, &elmbridge_}) {
      for (const Person* person : school->Everybody()) {
        EXPECT_FALSE(absl::StrContains(log, person->token)) << "the server's log has a token";
      }
    }
    EXPECT_THAT(log, ::testing::Not(::testing::HasSubstr("[error]")))
        << "a refusal is no failure of the server";
  }

  RunningServer& server() { return *server_; }
  const School& oakfield() const { return oakfield_; }
  const School& elmbridge() const { return elmbridge_; }

 private:
  std::unique_ptr<RunningServer> server_;
  School oakfield_;
  School elmbridge_;
};

// GoogleTest owns it.
TwoSchools& Schools() {
  static TwoSchools& schools = *new TwoSchools;
  return schools;
}

const ::testing::Environment* const registered = ::testing::AddGlobalTestEnvironment(&Schools());

}  // namespace

RunningServer& Server() { return Schools().server(); }
const School& Oakfield() { return Schools().oakfield(); }
const School& Elmbridge() { return Schools().elmbridge(); }

NothingIsRecorded::Recorded::Recorded(const School& school) : head(school.head.Head()) {
  const auto answer = school.auditor.Call(&wardbook::v1::AuditService::Stub::ListRefusals,
                                          wardbook::v1::ListRefusalsRequest());
  EXPECT_THAT(answer, IsAnswered());
  refusals = answer.response.recorded_count();
}

void NothingIsRecorded::ExpectOnlyRefusals(const Recorded& before, const School& school) {
  const Recorded after(school);
  EXPECT_EQ(after.head.size - before.head.size, after.refusals - before.refusals)
      << "something was recorded in " << school.short_name;
}

NothingIsRecorded::NothingIsRecorded() : oakfield_(Oakfield()), elmbridge_(Elmbridge()) {}

NothingIsRecorded::~NothingIsRecorded() {
  ExpectOnlyRefusals(oakfield_, Oakfield());
  ExpectOnlyRefusals(elmbridge_, Elmbridge());
}

}  // namespace wardbook::e2e
