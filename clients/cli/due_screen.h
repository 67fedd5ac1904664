// What is due, as people read it.

#ifndef CLIENTS_CLI_DUE_SCREEN_H_
#define CLIENTS_CLI_DUE_SCREEN_H_

#include <string>

#include "absl/time/time.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/due.pb.h"
#include "wardbook/v1/due_service.pb.h"

namespace wardbook::cli {

// "43 minutes", "3 hours", "2 days": as much as matters. Of nothing and less it is
// "less than a minute".
std::string DurationInWords(absl::Duration duration);

// The command that does what the item asks for.
std::string CommandFor(const v1::DueItem& item);

// The banners, and how much there is: "3 things wait for you, 1 of them overdue."
void ShowDueCount(const v1::DueCount& count, Screen& screen);

// The count, and then what is overdue and what is due: how long, what to do, and
// with which command.
void ShowDueList(const google::protobuf::RepeatedPtrField<v1::DueItem>& items,
                 const v1::DueCount& count, absl::Time now, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_DUE_SCREEN_H_
