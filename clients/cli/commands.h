// The commands, by noun. Each file adds its own.

#ifndef CLIENTS_CLI_COMMANDS_H_
#define CLIENTS_CLI_COMMANDS_H_

#include "clients/cli/program.h"

namespace wardbook::cli {

void AddAccessCommands(Program& program);
void AddPersonCommands(Program& program);
void AddIncidentCommands(Program& program);
void AddEvidenceCommands(Program& program);
void AddCaseCommands(Program& program);
void AddWatchCommand(Program& program, CLI::App& noun);
void AddAdviceCommands(Program& program);
void AddReferralCommands(Program& program);
void AddPoliceCommands(Program& program);
void AddAuditCommands(Program& program);
void AddBundleCommands(Program& program);
void AddVerifyCommand(Program& program);

inline void AddAllCommands(Program& program) {
  AddAccessCommands(program);
  AddPersonCommands(program);
  AddIncidentCommands(program);
  AddEvidenceCommands(program);
  AddCaseCommands(program);
  AddAdviceCommands(program);
  AddReferralCommands(program);
  AddPoliceCommands(program);
  AddAuditCommands(program);
  AddBundleCommands(program);
  AddVerifyCommand(program);
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_COMMANDS_H_
