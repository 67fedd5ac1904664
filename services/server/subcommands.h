// What `wardbookd` does, one function for each of its subcommands. They print what came
// of it, as a technician reads it.

#ifndef SERVICES_SERVER_SUBCOMMANDS_H_
#define SERVICES_SERVER_SUBCOMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/server/config.h"
#include "services/server/school_setup.h"

namespace wardbook::server {

// Fails as MakeKeyFiles does.
absl::Status Initialise(const Config& config, absl::string_view name,
                        const std::vector<std::string>& hosts);

// Fails as RenewCertificateFile does.
absl::Status RenewCertificate(const Config& config);

// Fails as SetUpSchool does.
absl::Status AddSchool(const Config& config, const NewSchool& school);

// Prints a line for each fault, and now and then how far it has come. DATA_LOSS: there are
// faults. Otherwise fails as CheckData does.
absl::Status Check(const Config& config);

// Serves until SIGINT or SIGTERM. Called before there is another thread. Fails as
// Server::Start does.
absl::Status RunUntilStopped(const Config& config);

// Prints why it failed and what to do next, if it did; gives the exit code.
int Report(const absl::Status& status);

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_SUBCOMMANDS_H_
