#include "services/access/sign_in_attempts.h"

#include "services/runtime/refusal.h"
#include "storage/crypto/sha256.h"

namespace wardbook::access {
namespace {

// Some ten megabytes. Who has many thousand addresses could fill it; then pairs
// that have not signed in before wait until a window is over.
constexpr size_t kCountsMax = 100'000;

Hash AccountKey(absl::string_view account) { return crypto::Sha256({"account ", account}); }
Hash AddressKey(absl::string_view address) { return crypto::Sha256({"address ", address}); }

// Over hashes, whose length is known, so that no two pairs look alike.
Hash PairKey(const Hash& account, const Hash& address) {
  return crypto::Sha256({"pair ", account.view(), address.view()});
}

}  // namespace

absl::Status SignInAttempts::Begin(absl::string_view account, absl::string_view address,
                                   absl::Time now) {
  const absl::Status refusal = runtime::Refuse(kernel::Reason::kTooManyAttempts);
  const Hash account_key = AccountKey(account);
  const Hash address_key = AddressKey(address);
  const Hash pair_key = PairKey(account_key, address_key);
  absl::MutexLock lock(&mutex_);
  if (const auto known = known_.find(pair_key); known != known_.end()) {
    Count& count = known->second.count;
    Renew(count, now);
    return Admit(count, kAttemptsPerPairMax, now) ? absl::OkStatus() : refusal;
  }
  // The address comes first: one address cannot slow accounts down, or fill the
  // table with made-up names, beyond what it may try itself.
  Count* const of_address = FindCount(address_key, now);
  if (of_address == nullptr || !Admit(*of_address, kAttemptsPerAddressMax, now)) return refusal;
  // A pair that is locked does not count for the account.
  Count* const of_pair = FindCount(pair_key, now);
  if (of_pair == nullptr || of_pair->attempts >= kAttemptsPerPairMax) return refusal;
  ++of_pair->attempts;
  Count* const of_account = FindCount(account_key, now);
  if (of_account == nullptr || !Admit(*of_account, kAttemptsPerAccountMax, now)) return refusal;
  return absl::OkStatus();
}

void SignInAttempts::Succeed(absl::string_view account, absl::string_view address) {
  const Hash account_key = AccountKey(account);
  const Hash address_key = AddressKey(address);
  const Hash pair_key = PairKey(account_key, address_key);
  absl::MutexLock lock(&mutex_);
  // A known pair has been counted for itself alone.
  if (!known_.contains(pair_key)) {
    counts_.erase(pair_key);
    TakeBack(address_key);
    TakeBack(account_key);
  }
  Remember(pair_key);
}

void SignInAttempts::Withdraw(absl::string_view account, absl::string_view address) {
  const Hash account_key = AccountKey(account);
  const Hash address_key = AddressKey(address);
  const Hash pair_key = PairKey(account_key, address_key);
  absl::MutexLock lock(&mutex_);
  if (const auto known = known_.find(pair_key); known != known_.end()) {
    return TakeBack(known->second.count);
  }
  TakeBack(pair_key);
  TakeBack(address_key);
  TakeBack(account_key);
}

bool SignInAttempts::IsOver(const Count& count, absl::Time now) {
  // One that begins in the future is from when the clock stood ahead.
  return now - count.window_start >= kAttemptWindow || now < count.window_start;
}

void SignInAttempts::Renew(Count& count, absl::Time now) {
  if (IsOver(count, now)) count = {now, 0, absl::InfinitePast()};
}

bool SignInAttempts::Admit(Count& count, int attempts_max, absl::Time now) {
  if (count.attempts >= attempts_max && now - count.admitted_time < kSlowedInterval) return false;
  ++count.attempts;
  count.admitted_time = now;
  return true;
}

SignInAttempts::Count* SignInAttempts::FindCount(const Hash& key, absl::Time now) {
  const auto found = counts_.find(key);
  if (found != counts_.end()) {
    Renew(found->second, now);
    return &found->second;
  }
  if (counts_.size() >= kCountsMax) {
    absl::erase_if(counts_, [&](const auto& entry) { return IsOver(entry.second, now); });
    if (counts_.size() >= kCountsMax) return nullptr;
  }
  return &(counts_[key] = {now, 0, absl::InfinitePast()});
}

void SignInAttempts::TakeBack(Count& count) {
  if (count.attempts > 0) --count.attempts;
}

void SignInAttempts::TakeBack(const Hash& key) {
  const auto found = counts_.find(key);
  if (found != counts_.end()) TakeBack(found->second);
}

void SignInAttempts::Remember(const Hash& pair) {
  const auto known = known_.find(pair);
  if (known != known_.end()) {
    known->second.count = {absl::InfinitePast(), 0, absl::InfinitePast()};
    uses_.splice(uses_.begin(), uses_, known->second.use);
    return;
  }
  uses_.push_front(pair);
  known_[pair] = {{absl::InfinitePast(), 0, absl::InfinitePast()}, uses_.begin()};
  if (known_.size() > known_pairs_max_) {
    known_.erase(uses_.back());
    uses_.pop_back();
  }
}

}  // namespace wardbook::access
