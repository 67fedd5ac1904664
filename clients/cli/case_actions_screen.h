// What somebody may do to a case, in words, with the commands to type.

#ifndef CLIENTS_CLI_CASE_ACTIONS_SCREEN_H_
#define CLIENTS_CLI_CASE_ACTIONS_SCREEN_H_

#include "clients/cli/program.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::cli {

// What is refused now stands below, each reason once.
void ShowCaseActions(const Program& program, const v1::CaseFile& file, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_CASE_ACTIONS_SCREEN_H_
