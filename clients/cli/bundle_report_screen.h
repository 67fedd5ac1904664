// What the examination of a bundle found, for people and for scripts.

#ifndef CLIENTS_CLI_BUNDLE_REPORT_SCREEN_H_
#define CLIENTS_CLI_BUNDLE_REPORT_SCREEN_H_

#include <google/protobuf/struct.pb.h>

#include "clients/cli/screen.h"
#include "storage/bundle/bundle_report.h"

namespace wardbook::cli {

// The verdict first, then what was proved, then what cannot be proved.
void ShowReport(const bundle::BundleReport& report, Screen& screen);

// The same as one JSON object: verdict, summary, faults, proved, notProved,
// notes, records, and where known caseRef, revision, key and fingerprint.
google::protobuf::Struct ReportStruct(const bundle::BundleReport& report);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_BUNDLE_REPORT_SCREEN_H_
