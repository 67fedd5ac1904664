// Who calls, and the two contracts by which slices learn of people without
// seeing the slice that keeps them.

#ifndef SERVICES_RUNTIME_CALLER_H_
#define SERVICES_RUNTIME_CALLER_H_

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/values.pb.h"

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

  // The same, but no use of the session: what a server asks on its own while a
  // stream goes on must not keep the session of somebody who has left. The same
  // where sessions do not go idle.
  virtual absl::StatusOr<Caller> Check(absl::string_view token, absl::Time now) {
    return Authenticate(token, now);
  }
};

// Somebody had a code issued for a person's account.
struct AccountIssue {
  // Zero: the server, when the school was set up.
  PersonId by;
  absl::Time time;
};

// A person of a school's register.
struct PersonEntry {
  PersonId id;
  std::string name;
  std::set<kernel::Role> roles;
  std::optional<PersonId> line_manager;
  // How they are connected with the school; unspecified if the register does not say.
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  // The last one.
  std::optional<AccountIssue> account_issue = std::nullopt;
  // Every name that the register has had for them, from the oldest on; `name` is the
  // last one.
  std::vector<kernel::KnownName> names = {};
  // Since when the school can have asked something of them: since they were entered in
  // the register, came back or work there, whichever is latest.
  absl::Time of_school_since = absl::InfinitePast();
  // Whether they have left the school.
  bool has_left = false;
};

// Safe for concurrent use. Answers from memory.
class Directory {
 public:
  virtual ~Directory() = default;

  // The person with the roles they hold at `now`; nothing when the school has
  // no such person.
  virtual std::optional<PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                          absl::Time now) const = 0;

  // Everybody in the school's register, with the roles they hold at `now`, in
  // the order of their ids.
  virtual std::vector<PersonEntry> PeopleOf(const SchoolId& school, absl::Time now) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CALLER_H_
