#include "services/access/accounts.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/access/account_code.h"
#include "services/kernel/shared_name.h"
#include "services/kernel/text.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/password_hash.h"
#include "storage/crypto/random.h"

namespace wardbook::access {
namespace {

using kernel::Reason;

constexpr size_t kUserNameMin = 3;
constexpr size_t kUserNameMax = 64;

// No password is longer in UTF-8; more is not worth hashing.
constexpr size_t kPasswordBytesMax = 4 * kPasswordCharactersMax;

// Whether `now` is before the moment and not by more than `lifetime`, which it can
// only be when the clock stood ahead: what was given out then has ended.
bool IsWithin(absl::Duration lifetime, absl::Time now, int64_t end_seconds) {
  const absl::Duration left = absl::FromUnixSeconds(end_seconds) - now;
  return left > absl::ZeroDuration() && left <= lifetime + kClockStepMax;
}

bool IsUserName(absl::string_view name) {
  return name.size() >= kUserNameMin && name.size() <= kUserNameMax &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

std::string RowName(const SchoolId& school, absl::string_view user_name) {
  return absl::StrCat(school.view(), user_name);
}

absl::Status CheckNewPassword(absl::string_view password) {
  const std::optional<size_t> characters = kernel::CountCharacters(password);
  if (!characters || *characters < kPasswordCharactersMin || *characters > kPasswordCharactersMax) {
    return runtime::Refuse(Reason::kPasswordTooWeak, "new_password");
  }
  return absl::OkStatus();
}

// Takes as long when there is no hash to match as when there is one.
bool Matches(const std::string& hash, const std::string& dummy_hash, absl::string_view typed) {
  const bool matches =
      crypto::PasswordMatches(hash.empty() ? dummy_hash : hash, typed.substr(0, kPasswordBytesMax));
  return matches && !hash.empty() && typed.size() <= kPasswordBytesMax;
}

}  // namespace

absl::Status CheckUserName(absl::string_view user_name) {
  if (!IsUserName(user_name)) return runtime::Refuse(Reason::kFieldInvalid, "user_name");
  if (kernel::IsSharedName(user_name)) {
    return runtime::Refuse(Reason::kSharedAccount, "user_name");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Accounts>> Accounts::Open(vault::SecretTable& table,
                                                         Sessions& sessions) {
  WARDBOOK_ASSIGN_OR_RETURN(std::string dummy_hash,
                            crypto::HashPassword(crypto::RandomBytes(crypto::Secret::kSize)));
  auto accounts = std::unique_ptr<Accounts>(new Accounts(table, sessions, std::move(dummy_hash)));
  WARDBOOK_RETURN_IF_ERROR(accounts->Load());
  return accounts;
}

absl::Status Accounts::Load() {
  absl::MutexLock lock(&mutex_);
  absl::flat_hash_map<PersonKey, std::string> user_names;
  absl::Status status;
  WARDBOOK_RETURN_IF_ERROR(table_.ForEach([&](absl::string_view value) {
    Account account;
    const bool parsed = account.ParseFromArray(value.data(), static_cast<int>(value.size()));
    const auto school = SchoolId::FromBytes(account.school_id());
    const auto person = PersonId::FromBytes(account.person_id());
    if (!parsed || !school || !person) {
      status = absl::DataLossError("a row of the table of accounts is no account");
      return false;
    }
    user_names[{*school, *person}] = account.user_name();
    return true;
  }));
  WARDBOOK_RETURN_IF_ERROR(status);
  user_names_ = std::move(user_names);
  return absl::OkStatus();
}

absl::StatusOr<absl::Time> Accounts::CheckIssue(const SchoolId& school, const PersonId& person,
                                                absl::string_view user_name, absl::Time now) const {
  WARDBOOK_RETURN_IF_ERROR(CheckUserName(user_name));
  WARDBOOK_RETURN_IF_ERROR(CheckFree(school, person, user_name));
  return now + kCodeLifetime;
}

absl::Status Accounts::CheckFree(const SchoolId& school, const PersonId& person,
                                 absl::string_view user_name) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<Account> there,
                            Find({school, std::string(user_name)}));
  if (there && there->person_id() != person.view()) {
    return runtime::Refuse(Reason::kUserNameTaken, "user_name");
  }
  return absl::OkStatus();
}

absl::StatusOr<runtime::AccountCode> Accounts::Issue(const SchoolId& school, const PersonId& person,
                                                     absl::string_view user_name, absl::Time now) {
  WARDBOOK_RETURN_IF_ERROR(CheckUserName(user_name));
  runtime::AccountCode issued{NewAccountCode(), now + kCodeLifetime};
  WARDBOOK_ASSIGN_OR_RETURN(std::string code_hash, crypto::HashPassword(issued.code));

  absl::MutexLock lock(&mutex_);
  WARDBOOK_RETURN_IF_ERROR(CheckFree(school, person, user_name));
  // The sessions go first. Whoever hears that one could not be ended has the account as
  // it was and asks again; afterwards there would be a code that nobody was shown.
  WARDBOOK_RETURN_IF_ERROR(sessions_.EndAll(school, person, std::nullopt));
  Account account;
  account.set_school_id(school.Bytes());
  account.set_person_id(person.Bytes());
  account.set_user_name(std::string(user_name));
  account.set_code_hash(std::move(code_hash));
  account.set_code_expire_seconds(absl::ToUnixSeconds(issued.expire_time));
  const auto before = user_names_.find({school, person});
  // In one write, so that a person has one account whatever comes in between.
  WARDBOOK_RETURN_IF_ERROR(
      table_.PutInPlaceOf(RowName(school, before == user_names_.end() ? user_name : before->second),
                          RowName(school, user_name), account.SerializeAsString()));
  user_names_[{school, person}] = std::string(user_name);
  return issued;
}

absl::StatusOr<OpenedSession> Accounts::SignIn(const AccountName& name, absl::string_view password,
                                               absl::Time now) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<Account> account, Find(name));
  if (!Matches(account ? account->password_hash() : "", dummy_hash_, password)) {
    return runtime::Refuse(Reason::kSignInFailed);
  }
  // Nobody else waits for this.
  sessions_.SweepNowAndThen(now);
  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSIGN_OR_RETURN(const bool unchanged, IsUnchanged(name, *account));
  if (!unchanged) return runtime::Refuse(Reason::kSignInFailed);
  return sessions_.Begin(*name.school, *PersonId::FromBytes(account->person_id()), now);
}

absl::Status Accounts::Activate(const AccountName& name, absl::string_view code,
                                absl::string_view new_password, absl::Time now,
                                const std::optional<runtime::Caller>& signed_in) {
  WARDBOOK_RETURN_IF_ERROR(CheckNewPassword(new_password));
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<Account> account, Find(name));
  const bool matches = Matches(account ? account->code_hash() : "", dummy_hash_,
                               NormaliseAccountCode(code.substr(0, kPasswordBytesMax)));
  if (!matches || !IsWithin(kCodeLifetime, now, account->code_expire_seconds())) {
    return runtime::Refuse(Reason::kAccountCodeInvalid, "code");
  }
  if (signed_in && (signed_in->school != *name.school ||
                    signed_in->actor.person.view() != account->person_id())) {
    return runtime::Refuse(Reason::kPasswordByProxy);
  }
  WARDBOOK_ASSIGN_OR_RETURN(std::string password_hash, crypto::HashPassword(new_password));

  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSIGN_OR_RETURN(const bool unchanged, IsUnchanged(name, *account));
  if (!unchanged) return runtime::Refuse(Reason::kAccountCodeInvalid, "code");
  account->set_password_hash(std::move(password_hash));
  account->clear_code_hash();
  account->clear_code_expire_seconds();
  return Put(*account);
}

absl::Status Accounts::ChangePassword(const runtime::Caller& caller, absl::string_view old_password,
                                      absl::string_view new_password) {
  WARDBOOK_RETURN_IF_ERROR(CheckNewPassword(new_password));
  const AccountName name = NameOf(caller.school, caller.actor.person);
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<Account> account, Find(name));
  if (!Matches(account ? account->password_hash() : "", dummy_hash_, old_password)) {
    return runtime::Refuse(Reason::kOldPasswordWrong, "old_password");
  }
  WARDBOOK_ASSIGN_OR_RETURN(std::string password_hash, crypto::HashPassword(new_password));

  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSIGN_OR_RETURN(const bool unchanged, IsUnchanged(name, *account));
  if (!unchanged) return runtime::Refuse(Reason::kOldPasswordWrong, "old_password");
  account->set_password_hash(std::move(password_hash));
  // First, so that whoever is told of a failure still has the password that they know.
  WARDBOOK_RETURN_IF_ERROR(sessions_.EndAll(caller.school, caller.actor.person, caller.session));
  return Put(*account);
}

bool Accounts::HasAny(const SchoolId& school) const {
  absl::MutexLock lock(&mutex_);
  return std::any_of(user_names_.begin(), user_names_.end(),
                     [&](const auto& entry) { return entry.first.first == school; });
}

absl::StatusOr<bool> Accounts::CanSignIn(const SchoolId& school, const PersonId& person) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<Account> account, Find(NameOf(school, person)));
  return account.has_value() && !account->password_hash().empty();
}

AccountName Accounts::NameOf(const SchoolId& school, const PersonId& person) const {
  absl::MutexLock lock(&mutex_);
  const auto found = user_names_.find({school, person});
  return {school, found == user_names_.end() ? "" : found->second};
}

absl::StatusOr<std::optional<Accounts::Account>> Accounts::Find(const AccountName& name) const {
  if (!name.school || !IsUserName(name.user_name)) return std::nullopt;
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                            table_.Get(RowName(*name.school, name.user_name)));
  if (!row) return std::nullopt;
  Account account;
  if (!account.ParseFromString(*row) || !PersonId::FromBytes(account.person_id())) {
    return absl::DataLossError("a row of the table of accounts is no account");
  }
  return account;
}

absl::Status Accounts::Put(const Account& account) {
  const std::optional<SchoolId> school = SchoolId::FromBytes(account.school_id());
  if (!school) return absl::InternalError("an account without a school");
  return table_.Put(RowName(*school, account.user_name()), account.SerializeAsString());
}

absl::StatusOr<bool> Accounts::IsUnchanged(const AccountName& name, const Account& account) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<Account> there, Find(name));
  return there && there->person_id() == account.person_id() &&
         there->password_hash() == account.password_hash() &&
         there->code_hash() == account.code_hash();
}

}  // namespace wardbook::access
