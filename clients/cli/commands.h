// The commands, by noun. Each file adds its own.

#ifndef CLIENTS_CLI_COMMANDS_H_
#define CLIENTS_CLI_COMMANDS_H_

#include "clients/cli/program.h"

namespace wardbook::cli {

void AddAccessCommands(Program& program);
void AddDueCommand(Program& program);
// What waits for whoever has just signed in; nothing when the server does not say.
void ShowDueAfterSignIn(Program& program);
void AddPersonCommands(Program& program);
void AddAbsenceCommands(Program& program);
void AddProfileReviewCommands(Program& program);
// `person roles` and `person who`, below `person`.
void AddRoleCommands(Program& program, CLI::App& person);
void AddIncidentCommands(Program& program);
void AddEvidenceCommands(Program& program);
void AddCaseCommands(Program& program);
void AddWatchCommand(Program& program, CLI::App& noun);
void AddAdviceCommands(Program& program);
void AddInvestigationCommands(Program& program);
void AddThresholdCommands(Program& program);
void AddConcernCommands(Program& program);
void AddDisciplineCommands(Program& program);
void AddGovernorsCommands(Program& program);
void AddDataBreachCommands(Program& program);
void AddReferralCommands(Program& program);
void AddReferralProgressCommands(Program& program, CLI::App& noun);
void AddPoliceCommands(Program& program);
void AddPoliceGateCommands(Program& program, CLI::App& noun);
void AddPoliceReportCommands(Program& program, CLI::App& noun);
void AddDisagreementCommands(Program& program);
void AddProviderCommands(Program& program);
void AddSupportCommands(Program& program);
void AddOutsideBodyCommands(Program& program);
void AddContactCommands(Program& program);
void AddContactsCommand(Program& program);
void AddPolicyCommands(Program& program);
void AddPermissionCommands(Program& program);
void AddJustificationCommands(Program& program);
void AddPhoneCommands(Program& program);
void AddDeclarationCommands(Program& program);
void AddConsentCommands(Program& program);
void AddDeviceCommands(Program& program);
void AddCaptureCommands(Program& program);
void AddAuditCommands(Program& program);
void AddBundleCommands(Program& program);
void AddVerifyCommand(Program& program);

inline void AddAllCommands(Program& program) {
  AddAccessCommands(program);
  AddDueCommand(program);
  AddPersonCommands(program);
  AddAbsenceCommands(program);
  AddProfileReviewCommands(program);
  AddIncidentCommands(program);
  AddEvidenceCommands(program);
  AddCaseCommands(program);
  AddAdviceCommands(program);
  AddInvestigationCommands(program);
  AddThresholdCommands(program);
  AddConcernCommands(program);
  AddDisciplineCommands(program);
  AddGovernorsCommands(program);
  AddDataBreachCommands(program);
  AddReferralCommands(program);
  AddDisagreementCommands(program);
  AddPoliceCommands(program);
  AddProviderCommands(program);
  AddSupportCommands(program);
  AddOutsideBodyCommands(program);
  AddContactCommands(program);
  AddContactsCommand(program);
  AddPolicyCommands(program);
  AddPermissionCommands(program);
  AddJustificationCommands(program);
  AddPhoneCommands(program);
  AddDeclarationCommands(program);
  AddConsentCommands(program);
  AddDeviceCommands(program);
  AddCaptureCommands(program);
  AddAuditCommands(program);
  AddBundleCommands(program);
  AddVerifyCommand(program);
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_COMMANDS_H_
