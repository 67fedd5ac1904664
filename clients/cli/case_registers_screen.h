// What the registers have of the people of a case, in words.

#ifndef CLIENTS_CLI_CASE_REGISTERS_SCREEN_H_
#define CLIENTS_CLI_CASE_REGISTERS_SCREEN_H_

#include "clients/cli/screen.h"
#include "wardbook/v1/case.pb.h"
#include "wardbook/v1/case_service.pb.h"

namespace wardbook::cli {

void ShowCaseRegisters(const v1::CheckRegistersRequest& request,
                       const v1::CheckRegistersResponse& response, Screen& screen);

// How to ask the registers, for a case in which they may matter; nothing for
// others.
void ShowRegisterHint(const v1::CaseFile& file, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_CASE_REGISTERS_SCREEN_H_
