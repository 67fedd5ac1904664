// Removes uploads that nobody filed, once an hour.

#ifndef SERVICES_SERVER_EVIDENCE_SWEEPER_H_
#define SERVICES_SERVER_EVIDENCE_SWEEPER_H_

#include <thread>

#include "services/casework/case_aggregate.h"
#include "services/runtime/receipts.h"
#include "storage/base/steady_notification.h"
#include "storage/evidence/evidence_store.h"

namespace wardbook::server {

// Safe for concurrent use.
class EvidenceSweeper {
 public:
  // All outlive the sweeper.
  EvidenceSweeper(evidence::EvidenceStore& evidence, casework::CaseTransactor& cases,
                  runtime::WriteStatus write_status);
  ~EvidenceSweeper();

 private:
  void Run();

  evidence::EvidenceStore& evidence_;
  casework::CaseTransactor& cases_;
  const runtime::WriteStatus write_status_;
  SteadyNotification stopping_;
  std::thread thread_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_EVIDENCE_SWEEPER_H_
