// What tests of the people's services call with: sessions, an issuer of accounts
// and a matcher of refusals.

#ifndef SERVICES_PEOPLE_PEOPLE_CALLS_FOR_TEST_H_
#define SERVICES_PEOPLE_PEOPLE_CALLS_FOR_TEST_H_

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "services/kernel/reason.h"
#include "services/runtime/accounts.h"
#include "services/runtime/caller.h"
#include "services/runtime/refusal.h"
#include "storage/base/ids.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::people {

// A call refused for `reason`, in words that say what to do next.
MATCHER_P(Refuses, reason, "") {
  const kernel::ReasonText& text = kernel::Describe(reason);
  wardbook::v1::Status details;
  wardbook::v1::Refusal refusal;
  return details.ParseFromString(arg.error_details()) && details.details_size() == 1 &&
         details.details(0).UnpackTo(&refusal) && refusal.code() == std::string(text.code) &&
         refusal.next_step() == std::string(text.next_step);
}

// A token is the hexadecimal id of a person of the one school.
class TokenIsPerson : public runtime::Authenticator {
 public:
  TokenIsPerson(const SchoolId& school, const runtime::Directory& directory)
      : school_(school), directory_(directory) {}
  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time now) override {
    const auto person = PersonId::FromHex(token);
    const auto entry = person ? directory_.Find(school_, *person, now) : std::nullopt;
    if (!entry) return runtime::Refuse(kernel::Reason::kNotSignedIn);
    return runtime::Caller{school_, SessionId(), {*person, entry->roles}};
  }

 private:
  const SchoolId school_;
  const runtime::Directory& directory_;
};

// Issues the user name itself as the code, which takes the password that they
// have. Filled while nobody calls.
class EchoIssuer : public runtime::AccountIssuer {
 public:
  absl::StatusOr<runtime::AccountCode> Issue(const SchoolId&, const PersonId& person,
                                             absl::string_view user_name, absl::Time now) override {
    with_password.erase(person);
    return runtime::AccountCode{std::string(user_name), now + absl::Hours(1)};
  }
  absl::StatusOr<absl::Time> CheckIssue(const SchoolId&, const PersonId&,
                                        absl::string_view user_name,
                                        absl::Time now) const override {
    if (user_name == "taken") return runtime::Refuse(kernel::Reason::kUserNameTaken, "user_name");
    return now + absl::Hours(1);
  }
  absl::StatusOr<bool> CanSignIn(const SchoolId&, const PersonId& person) const override {
    return with_password.contains(person);
  }

  std::set<PersonId> with_password;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_CALLS_FOR_TEST_H_
