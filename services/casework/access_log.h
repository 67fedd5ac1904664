// The record of who was shown what of a case, and of what was refused to those who
// may see it, kept in a stream beside the case's own, so that looking at a case
// does not change it.

#ifndef SERVICES_CASEWORK_ACCESS_LOG_H_
#define SERVICES_CASEWORK_ACCESS_LOG_H_

#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/casework/case_aggregate.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/access_streams.h"
#include "services/runtime/caller.h"
#include "services/runtime/case_access.h"
#include "services/runtime/rpc.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class AccessLog final : public runtime::CaseAccess {
 public:
  // All outlive it.
  AccessLog(storage::EventLog& log, vault::Vault& vault, CaseTransactor& cases)
      : vault_(vault), cases_(cases), streams_(log, vault) {}

  absl::StatusOr<runtime::VisibleCase> FindWhole(const runtime::Call& call,
                                                 absl::string_view case_ref) override;
  absl::StatusOr<runtime::VisibleCase> FindForExport(const runtime::Call& call,
                                                     absl::string_view case_ref) override;
  void RecordReveal(const runtime::Call& call, const kernel::CaseRef& ref,
                    wardbook::events::v1::AccessEvent event,
                    absl::AnyInvocable<void(absl::Status)> done) override;

  // The access stream of a case that the caller may see; nothing for every other
  // text. May read the log.
  std::optional<std::string> StreamOf(const runtime::Caller& caller,
                                      absl::string_view case_ref) const;
  // Of any case of the school.
  std::optional<std::string> StreamOf(const SchoolId& school, absl::string_view case_ref) const;

 private:
  vault::Vault& vault_;
  CaseTransactor& cases_;
  runtime::AccessStreams streams_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_ACCESS_LOG_H_
