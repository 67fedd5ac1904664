// The contract by which the register of people opens accounts without seeing the
// slice that keeps them.

#ifndef SERVICES_RUNTIME_ACCOUNTS_H_
#define SERVICES_RUNTIME_ACCOUNTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// What an administrator hands to a person, who sets a password with it.
struct AccountCode {
  std::string code;
  absl::Time expire_time;
};

// Safe for concurrent use.
class AccountIssuer {
 public:
  virtual ~AccountIssuer() = default;

  // Until when a code works that is issued at `now`. Refuses as Issue does, so
  // that the issue can be recorded before it happens.
  virtual absl::StatusOr<absl::Time> CheckIssue(const SchoolId& school, const PersonId& person,
                                                absl::string_view user_name,
                                                absl::Time now) const = 0;

  // Opens an account for the person, or takes the password of the one they have
  // and ends their sessions; either way a code sets the next password. Waits
  // for the disk. A refusal for kFieldInvalid (the user name) or kUserNameTaken.
  virtual absl::StatusOr<AccountCode> Issue(const SchoolId& school, const PersonId& person,
                                            absl::string_view user_name, absl::Time now) = 0;

  // Whether the person has an account with a password. Reads the disk.
  virtual absl::StatusOr<bool> CanSignIn(const SchoolId& school, const PersonId& person) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_ACCOUNTS_H_
