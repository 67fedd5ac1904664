// Warns in the server's log, once a day, of what ends on a day that is known: a
// school whose clients are turned away on a Monday morning cannot report anything.

#ifndef SERVICES_SERVER_DAILY_WARNINGS_H_
#define SERVICES_SERVER_DAILY_WARNINGS_H_

#include <optional>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "services/rulepack/rule_packs.h"
#include "storage/base/steady_notification.h"

namespace wardbook::server {

// The summer holidays and time to hand the new certificate to every laptop.
inline constexpr absl::Duration kCertificateWarning = absl::Hours(24 * 60);

// What is to be said about a certificate that ends then; nothing while that is far.
std::optional<std::string> WarningOfCertificate(absl::Time expire_time, absl::Time now);

// What is to be said about bank holidays that are known for a few months only, or
// no more; nothing while that is far.
std::optional<std::string> WarningOfBankHolidays(const rulepack::RulePacks& rules, absl::Time now);

// Safe for concurrent use.
class DailyWarnings {
 public:
  // `rules` outlive it.
  DailyWarnings(absl::Time certificate_expire_time, const rulepack::RulePacks& rules);
  ~DailyWarnings();

  DailyWarnings(const DailyWarnings&) = delete;
  DailyWarnings& operator=(const DailyWarnings&) = delete;

 private:
  void Run();

  const absl::Time certificate_expire_time_;
  const rulepack::RulePacks& rules_;
  SteadyNotification stopping_;
  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_DAILY_WARNINGS_H_
