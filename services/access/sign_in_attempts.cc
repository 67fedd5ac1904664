#include "services/access/sign_in_attempts.h"

#include "services/runtime/refusal.h"
#include "storage/crypto/sha256.h"

namespace wardbook::access {
namespace {

// Some ten megabytes. Who has a thousand addresses could fill it; then new
// accounts and addresses wait until a window is over.
constexpr size_t kCountsMax = 100'000;

Hash AccountKey(absl::string_view account) { return crypto::Sha256({"account ", account}); }
Hash PeerKey(absl::string_view peer) { return crypto::Sha256({"peer ", peer}); }

}  // namespace

absl::Status SignInAttempts::Begin(absl::string_view account, absl::string_view peer,
                                   absl::Time now) {
  const absl::Status refusal = runtime::Refuse(kernel::Reason::kTooManyAttempts);
  absl::MutexLock lock(&mutex_);
  // The peer comes first: one address cannot lock accounts, or fill the table
  // with made-up names, beyond what it may try itself.
  Count* const of_peer = FindCount(PeerKey(peer), now);
  if (of_peer == nullptr || of_peer->attempts >= kAttemptsPerPeerMax) return refusal;
  ++of_peer->attempts;
  Count* const of_account = FindCount(AccountKey(account), now);
  if (of_account == nullptr || of_account->attempts >= kAttemptsPerAccountMax) return refusal;
  ++of_account->attempts;
  return absl::OkStatus();
}

void SignInAttempts::Succeed(absl::string_view account, absl::string_view peer) {
  absl::MutexLock lock(&mutex_);
  counts_.erase(AccountKey(account));
  const auto found = counts_.find(PeerKey(peer));
  if (found != counts_.end() && found->second.attempts > 0) --found->second.attempts;
}

SignInAttempts::Count* SignInAttempts::FindCount(const Hash& key, absl::Time now) {
  const auto is_over = [now](const Count& count) {
    return now - count.window_start >= kAttemptWindow;
  };
  const auto found = counts_.find(key);
  if (found != counts_.end()) {
    if (is_over(found->second)) found->second = {now, 0};
    return &found->second;
  }
  if (counts_.size() >= kCountsMax) {
    absl::erase_if(counts_, [&](const auto& entry) { return is_over(entry.second); });
    if (counts_.size() >= kCountsMax) return nullptr;
  }
  return &(counts_[key] = {now, 0});
}

}  // namespace wardbook::access
