// Setting up a school on a server that is not running.

#ifndef SERVICES_SERVER_SCHOOL_SETUP_H_
#define SERVICES_SERVER_SCHOOL_SETUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/server/config.h"

namespace wardbook::server {

struct NewSchool {
  std::string name;
  // What people sign in with: lower-case letters, digits and hyphens.
  std::string short_name;
  std::string administrator_name;
  std::string administrator_user;
};

struct SchoolSetUp {
  std::string school_id;
  // The administrator's code for `wardbook account activate`.
  std::string code;
};

// Looks at everything before it records anything, and goes on where an earlier
// call was cut short: until somebody of the school has an account, the same names
// give the same school and administrator, and another code. Fails as the stores
// do, or with a refusal that names the field; ALREADY_EXISTS: the short name is
// another school's, or that of this one and somebody has an account.
absl::StatusOr<SchoolSetUp> SetUpSchool(const Config& config, const NewSchool& school);

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_SCHOOL_SETUP_H_
