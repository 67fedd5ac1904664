#include "services/server/certificate_watch.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "spdlog/spdlog.h"

namespace wardbook::server {
namespace {

constexpr absl::Duration kPeriod = absl::Hours(24);

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

CertificateWatch::CertificateWatch(absl::Time expire_time)
    : expire_time_(expire_time), thread_([this] { Run(); }) {}

CertificateWatch::~CertificateWatch() {
  stopping_.Notify();
  thread_.join();
}

void CertificateWatch::Run() {
  spdlog::info("certificate expires {}", Date(expire_time_));
  do {
    if (const auto warning = WarningOfCertificate(expire_time_, absl::Now())) {
      spdlog::warn("{}", *warning);
    }
  } while (!stopping_.WaitForNotificationWithTimeout(kPeriod));
}

}  // namespace wardbook::server
