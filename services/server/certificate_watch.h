// Says in the server's log when its certificate ends, and warns once a day when
// that is near: a school whose clients are turned away on a Monday morning cannot
// report anything.

#ifndef SERVICES_SERVER_CERTIFICATE_WATCH_H_
#define SERVICES_SERVER_CERTIFICATE_WATCH_H_

#include <optional>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

namespace wardbook::server {

// The summer holidays and time to hand the new certificate to every laptop.
inline constexpr absl::Duration kCertificateWarning = absl::Hours(24 * 60);

// What is to be said about a certificate that ends then; nothing while that is far.
std::optional<std::string> WarningOfCertificate(absl::Time expire_time, absl::Time now);

// Safe for concurrent use.
class CertificateWatch {
 public:
  explicit CertificateWatch(absl::Time expire_time);
  ~CertificateWatch();

  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;

 private:
  void Run();

  const absl::Time expire_time_;
  absl::Notification stopping_;
  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_CERTIFICATE_WATCH_H_
