// Cases and reports in a list, without names.

#ifndef CLIENTS_CLI_CASE_SUMMARY_H_
#define CLIENTS_CLI_CASE_SUMMARY_H_

#include <google/protobuf/repeated_field.h>

#include "clients/cli/screen.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::cli {

void ShowSummary(const v1::CaseSummary& summary, Screen& screen);
void ShowReport(const v1::ReportSummary& report, Screen& screen);

// What the policy still asks for; nothing when that is nothing.
void ShowRemainingSteps(const google::protobuf::RepeatedPtrField<v1::RemainingStep>& steps,
                        Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_CASE_SUMMARY_H_
