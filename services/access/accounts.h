// Accounts: one a person, found by school and user name. Passwords and codes are
// kept as Argon2id hashes in rows that nobody can read from the disk.
//
// An account is opened with a code that the administrator hands over; the person
// sets the password with it, so that the administrator never learns it (P15).

#ifndef SERVICES_ACCESS_ACCOUNTS_H_
#define SERVICES_ACCESS_ACCOUNTS_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/access/sessions.h"
#include "services/runtime/accounts.h"
#include "services/runtime/caller.h"
#include "storage/base/ids.h"
#include "storage/vault/secret_table.h"
#include "wardbook/access/v1/account.pb.h"

namespace wardbook::access {

// Long enough for a code that was handed over on a Friday to be used after a
// week's illness begins, short enough that a forgotten slip of paper is void.
inline constexpr absl::Duration kCodeLifetime = absl::Hours(7 * 24);

// The length of a password in characters, as OWASP recommends for services
// without a second factor; the upper end bounds the work of a hash.
inline constexpr size_t kPasswordCharactersMin = 12;
inline constexpr size_t kPasswordCharactersMax = 200;

// A refusal for kFieldInvalid: people could not type it, or not tell it from
// another.
absl::Status CheckUserName(absl::string_view user_name);

// What names an account. School is nothing when nobody has the short name that
// was given: such an attempt takes as long as any other.
struct AccountName {
  std::optional<SchoolId> school;
  std::string user_name;
};

// Safe for concurrent use. All calls hash and wait for the disk, so call them on
// a thread that may wait.
class Accounts : public runtime::AccountIssuer {
 public:
  // Reads who has which account. `table` is the table "accounts"; all outlive
  // the accounts. DATA_LOSS: a row is no account.
  static absl::StatusOr<std::unique_ptr<Accounts>> Open(vault::SecretTable& table,
                                                        Sessions& sessions);

  absl::StatusOr<absl::Time> CheckIssue(const SchoolId& school, const PersonId& person,
                                        absl::string_view user_name, absl::Time now) const override;

  absl::StatusOr<runtime::AccountCode> Issue(const SchoolId& school, const PersonId& person,
                                             absl::string_view user_name, absl::Time now) override;

  absl::StatusOr<bool> CanSignIn(const SchoolId& school, const PersonId& person) const override;

  // Whether anybody of the school has an account, with a password or without.
  bool HasAny(const SchoolId& school) const;

  // A refusal for kSignInFailed, which is the same in every case and takes as
  // long: no such school or account, no password yet, another password, no role.
  absl::StatusOr<OpenedSession> SignIn(const AccountName& name, absl::string_view password,
                                       absl::Time now);

  // Sets the password and voids the code. Refusals for kPasswordTooWeak,
  // kAccountCodeInvalid and, where somebody else is signed in who calls,
  // kPasswordByProxy; the code is good then still.
  absl::Status Activate(const AccountName& name, absl::string_view code,
                        absl::string_view new_password, absl::Time now,
                        const std::optional<runtime::Caller>& signed_in = std::nullopt);

  // Changes the caller's password and ends their other sessions. Refusals for
  // kPasswordTooWeak and kOldPasswordWrong.
  absl::Status ChangePassword(const runtime::Caller& caller, absl::string_view old_password,
                              absl::string_view new_password);

 private:
  using Account = wardbook::access::v1::Account;
  using PersonKey = std::pair<SchoolId, PersonId>;

  Accounts(vault::SecretTable& table, Sessions& sessions, std::string dummy_hash)
      : table_(table), sessions_(sessions), dummy_hash_(std::move(dummy_hash)) {}

  absl::Status Load();
  // The name of the person's account; empty when they have none.
  AccountName NameOf(const SchoolId& school, const PersonId& person) const
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::optional<Account>> Find(const AccountName& name) const;
  // A refusal for kUserNameTaken.
  absl::Status CheckFree(const SchoolId& school, const PersonId& person,
                         absl::string_view user_name) const;
  absl::Status Put(const Account& account);
  // Whether the account is still as it was when its hash was checked.
  absl::StatusOr<bool> IsUnchanged(const AccountName& name, const Account& account) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  vault::SecretTable& table_;
  Sessions& sessions_;
  // Of a password that nobody knows: what an attempt is checked against that has
  // no account.
  const std::string dummy_hash_;

  // Held over every read and write that belong together, disk included; never
  // while a password is hashed.
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<PersonKey, std::string> user_names_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_ACCOUNTS_H_
