// The entries of a case in words.

#ifndef CLIENTS_CLI_TIMELINE_H_
#define CLIENTS_CLI_TIMELINE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::cli {

// Names of people are shown only where somebody asked to see the case.
enum class Names { kShow, kLeaveOut };

// What happened, such as "Advice received".
std::string Headline(const events::v1::CaseEvent& event);

// The entry: when, what happened and, with names, who and what was written.
void ShowEntry(const v1::TimelineEntry& entry, Names names, Screen& screen);

// The fields of `message`, one a line. What is not set is left out.
void ShowFields(const google::protobuf::Message& message, absl::string_view indent, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_TIMELINE_H_
