#include "services/server/daily_warnings.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/rulepack/day.h"
#include "spdlog/spdlog.h"

namespace wardbook::server {
namespace {

constexpr std::chrono::hours kPeriod(24);

std::string Date(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

}  // namespace

std::optional<std::string> WarningOfCertificate(absl::Time expire_time, absl::Time now) {
  if (expire_time - now > kCertificateWarning) return std::nullopt;
  return absl::StrCat("the certificate ", expire_time > now ? "expires on " : "has expired on ",
                      Date(expire_time),
                      ": `wardbookd renew-certificate`, hand tls.crt to the clients, restart");
}

std::optional<std::string> WarningOfBankHolidays(const rulepack::RulePacks& rules, absl::Time now) {
  if (now < rules.BankHolidaysEndSoonFrom()) return std::nullopt;
  return absl::StrCat("no bank holidays are known after ",
                      rulepack::DayText(rules.bank_holidays_until()),
                      ": working days are counted without them and come too early; install the "
                      "newest rules, restart");
}

DailyWarnings::DailyWarnings(absl::Time certificate_expire_time, const rulepack::RulePacks& rules)
    : certificate_expire_time_(certificate_expire_time),
      rules_(rules),
      thread_([this] { Run(); }) {}

DailyWarnings::~DailyWarnings() {
  stopping_.Notify();
  thread_.join();
}

void DailyWarnings::Run() {
  spdlog::info("certificate expires {}", Date(certificate_expire_time_));
  do {
    const absl::Time now = absl::Now();
    for (const auto& warning : {WarningOfCertificate(certificate_expire_time_, now),
                                WarningOfBankHolidays(rules_, now)}) {
      if (warning.has_value()) spdlog::warn("{}", *warning);
    }
  } while (!stopping_.WaitFor(kPeriod));
}

}  // namespace wardbook::server
