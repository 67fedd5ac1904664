// Removes uploads that nobody filed, once an hour.

#ifndef SERVICES_SERVER_EVIDENCE_SWEEPER_H_
#define SERVICES_SERVER_EVIDENCE_SWEEPER_H_

#include <thread>

#include "absl/synchronization/notification.h"
#include "services/casework/case_aggregate.h"
#include "storage/evidence/evidence_store.h"

namespace wardbook::server {

// Safe for concurrent use.
class EvidenceSweeper {
 public:
  // Both outlive the sweeper.
  EvidenceSweeper(evidence::EvidenceStore& evidence, casework::CaseTransactor& cases);
  ~EvidenceSweeper();

 private:
  void Run();

  evidence::EvidenceStore& evidence_;
  casework::CaseTransactor& cases_;
  absl::Notification stopping_;
  std::thread thread_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_EVIDENCE_SWEEPER_H_
