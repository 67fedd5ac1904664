// When something was done, as the commands ask for it.

#ifndef CLIENTS_CLI_WHEN_H_
#define CLIENTS_CLI_WHEN_H_

#include <memory>

#include "clients/cli/command.h"
#include "clients/cli/words.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::cli {

// --date and --time, into the field of the request that `to` gives.
template <class Request>
void AddWhen(const Command<Request>& command, events::v1::LocalDateTime* (Request::*to)(),
             Need time) {
  auto written = std::make_shared<events::v1::LocalDateTime>();
  command.Date("--date", written->mutable_date(), "When", Need::kRequired);
  command.TimeOfDay("--time", written->mutable_time(), "The time", time);
  command.Before([written, to](Request& request) -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(*(request.*to)(),
                              ParseLocalDateTime(written->date(), written->time()));
    return absl::OkStatus();
  });
}

// The same for what was done now, unless --date says otherwise.
template <class Request>
void AddWhenIfNotNow(const Command<Request>& command, events::v1::LocalDateTime* (Request::*to)()) {
  auto written = std::make_shared<events::v1::LocalDateTime>();
  command.Date("--date", written->mutable_date(), "When, if it was not now", Need::kOptional);
  command.TimeOfDay("--time", written->mutable_time(), "The time", Need::kOptional);
  command.Before([written, to](Request& request) -> absl::Status {
    if (written->date().empty() && written->time().empty()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(*(request.*to)(),
                              ParseLocalDateTime(written->date(), written->time()));
    return absl::OkStatus();
  });
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_WHEN_H_
