// Who calls, and the two contracts by which slices learn of people without
// seeing the slice that keeps them.

#ifndef SERVICES_RUNTIME_CALLER_H_
#define SERVICES_RUNTIME_CALLER_H_

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

using Clock = std::function<absl::Time()>;

// Somebody signed in.
struct Caller {
  SchoolId school;
  SessionId session;
  kernel::Actor actor;
};

// Safe for concurrent use.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // The caller behind a bearer token, with the roles they hold at `now`.
  // A refusal for kNotSignedIn: no such session, or it has ended.
  virtual absl::StatusOr<Caller> Authenticate(absl::string_view token, absl::Time now) = 0;
};

// A person of a school's register.
struct PersonEntry {
  PersonId id;
  std::string name;
  std::set<kernel::Role> roles;
  std::optional<PersonId> line_manager;
};

// Safe for concurrent use. Answers from memory.
class Directory {
 public:
  virtual ~Directory() = default;

  // The person with the roles they hold at `now`; nothing when the school has
  // no such person.
  virtual std::optional<PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                          absl::Time now) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CALLER_H_
