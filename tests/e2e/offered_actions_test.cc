// A case says what its reader may do to it: all that a call can do, and nothing of it
// is on record because it was listed.

#include "services/casework/domain/offered_actions.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

using ::testing::Contains;
using ::testing::IsSubsetOf;
using ::testing::Not;

namespace v1 = wardbook::v1;

// As it stands in the path of a call.
std::string PathOf(const google::protobuf::MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

// "METHOD" where it is open, "METHOD CODE" where it is refused.
std::vector<std::string> ListedFor(const Person& person, const std::string& case_ref) {
  std::vector<std::string> listed;
  const v1::CaseFile file = Open(person, case_ref);
  for (const v1::CaseAction& action : file.actions()) {
    listed.push_back(
        absl::StrCat(action.method(), action.has_refused() ? " " : "", action.refused().code()));
  }
  return listed;
}

TEST(OfferedActions, AreEveryMutationOfACase) {
  std::set<std::string> served, mutations;
  for (const google::protobuf::MethodDescriptor* method : ServedMethods(Oakfield().teacher)) {
    served.insert(PathOf(*method));
    if (method->input_type()->FindFieldByName("case_ref") != nullptr &&
        method->input_type()->FindFieldByName("request_id") != nullptr) {
      mutations.insert(PathOf(*method));
    }
  }
  std::set<std::string> listed;
  for (const absl::string_view method : casework::MethodsOfActions()) {
    listed.insert(std::string(method));
  }
  EXPECT_THAT(mutations, IsSubsetOf(listed));
  EXPECT_THAT(listed, IsSubsetOf(served));
}

TEST(OfferedActions, AreEachPersonsOwnAndLeaveNoTrace) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  const std::vector<std::string> of_head = ListedFor(school.head, case_ref);
  EXPECT_THAT(of_head, Contains("wardbook.v1.CaseService/CloseCase"));
  EXPECT_THAT(of_head, Contains("wardbook.v1.CaseService/ReopenCase R-CASE-NOT-CLOSED"));
  const std::vector<std::string> of_reporter = ListedFor(school.teacher, case_ref);
  EXPECT_THAT(of_reporter, Contains("wardbook.v1.CaseService/AddNote"));
  EXPECT_THAT(of_reporter, Not(Contains("wardbook.v1.CaseService/CloseCase")));
  // Nothing that was listed as refused is on record as a refusal.
  v1::ListAccessRequest request;
  request.set_case_ref(case_ref);
  const auto access = school.head.Call(&v1::AuditService::Stub::ListAccess, request);
  ASSERT_THAT(access, IsAnswered());
  EXPECT_GT(access.response.entries_size(), 0);
  for (const v1::AccessEntry& entry : access.response.entries()) {
    EXPECT_FALSE(entry.has_refused()) << entry.ShortDebugString();
  }
  EXPECT_EQ(Open(school.head, case_ref).summary().revision(), 1U);
}

}  // namespace
}  // namespace wardbook::e2e
