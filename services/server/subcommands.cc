#include "services/server/subcommands.h"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/runtime/refusal.h"
#include "services/server/data_check.h"
#include "services/server/key_files.h"
#include "services/server/server.h"

namespace wardbook::server {
namespace {

// Debian's Abseil looks at every lock for an order that could deadlock, under one lock of
// its own. Tests keep it on (tests/e2e/kept_deadlock_detection.cc).
void IgnoreDeadlocks() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

}  // namespace

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "wardbookd: %s\n", std::string(status.message()).c_str());
  if (const auto refusal = runtime::RefusalOf(status)) {
    if (!refusal->field().empty()) {
      std::fprintf(stderr, "Look at: --%s\n",
                   absl::StrReplaceAll(refusal->field(), {{"_", "-"}}).c_str());
    }
    std::fprintf(stderr, "Next: %s\n", refusal->next_step().c_str());
  }
  return 1;
}

absl::Status Initialise(const Config& config, absl::string_view name,
                        const std::vector<std::string>& hosts) {
  return MakeKeyFiles(config.keys_directory, name, hosts, absl::Now());
}

absl::Status RunUntilStopped(const Config& config) {
  // Taken by sigwait below, so every thread must have them blocked.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  IgnoreDeadlocks();
  // A connection is a descriptor, and the limit that a login shell gives is that of a
  // person's programs.
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
  }
  const auto server = Server::Start(config);
  if (!server.ok()) return server.status();
  std::printf("wardbookd is ready on port %d\n", (*server)->port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  return absl::OkStatus();
}

absl::Status Check(const Config& config) {
  IgnoreDeadlocks();
  const auto print = [](absl::string_view line) {
    std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
    std::fflush(stdout);
  };
  const auto checked = CheckData(
      config, {.fault = [&](absl::string_view what) { print(absl::StrCat("Fault: ", what)); },
               .progress = print});
  if (!checked.ok()) return checked.status();
  if (checked->faults > 0) {
    return absl::DataLossError(absl::StrCat(checked->faults,
                                            checked->faults == 1 ? " fault was" : " faults were",
                                            " found; deploy/README.md says how to restore"));
  }
  print(absl::StrCat("Everything is as it should be, also each of the ", checked->records,
                     " records."));
  return absl::OkStatus();
}

absl::Status RenewCertificate(const Config& config) {
  const auto expire_time = RenewCertificateFile(config.keys_directory, absl::Now());
  if (!expire_time.ok()) return expire_time.status();
  std::printf("The new certificate expires %s. Hand tls.crt to the clients, then restart.\n",
              absl::FormatTime("%Y-%m-%d", *expire_time, absl::UTCTimeZone()).c_str());
  return absl::OkStatus();
}

absl::Status AddSchool(const Config& config, const NewSchool& school) {
  const auto made = SetUpSchool(config, school);
  if (!made.ok()) return made.status();
  std::printf("school  %s\ncode    %s\n", made->school_id.c_str(), made->code.c_str());
  std::printf("The administrator activates the account with this code within seven days.\n");
  return absl::OkStatus();
}

}  // namespace wardbook::server
