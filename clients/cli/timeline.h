// The entries of a case in words.

#ifndef CLIENTS_CLI_TIMELINE_H_
#define CLIENTS_CLI_TIMELINE_H_

#include "absl/strings/string_view.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::cli {

// When and what happened, without who and what was written: for where nobody
// asked to see the case.
void ShowHeading(const v1::TimelineEntry& entry, absl::string_view indent, Screen& screen);

// Every entry: when, what happened, who and what was written. Ids and what only
// the proofs need are left to --json.
void ShowTimeline(const v1::CaseFile& file, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_TIMELINE_H_
