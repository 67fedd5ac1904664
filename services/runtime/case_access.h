// What a slice that is not the case's own needs of a case: whether the caller
// sees it whole, and a record of what is about to be revealed of it.

#ifndef SERVICES_RUNTIME_CASE_ACCESS_H_
#define SERVICES_RUNTIME_CASE_ACCESS_H_

#include <cstdint>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/rpc.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::runtime {

struct VisibleCase {
  kernel::CaseRef ref;
  // The newest revision of the case.
  uint64_t revision = 0;
};

// Safe for concurrent use.
class CaseAccess {
 public:
  virtual ~CaseAccess() = default;

  // The case, when the caller sees all of it. A refusal for kNoSuchCase when
  // it does not exist and when the caller may not see it: the same answer. May
  // read the log.
  virtual absl::StatusOr<VisibleCase> FindWhole(const Call& call, absl::string_view case_ref) = 0;

  // The same, when the caller may take the case away with its files now. Besides,
  // a refusal that says why the files are not shown. Asked again before each
  // piece of a file, because that may change meanwhile.
  virtual absl::StatusOr<VisibleCase> FindForExport(const Call& call,
                                                    absl::string_view case_ref) = 0;

  // Appends `event` to the record of who saw what of the case. Calls `done`
  // once, on the caller's thread or on one of the log's; when it is given OK,
  // the record is durable and what it names may be revealed.
  virtual void RecordReveal(const Call& call, const kernel::CaseRef& ref,
                            wardbook::events::v1::AccessEvent event,
                            absl::AnyInvocable<void(absl::Status)> done) = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CASE_ACCESS_H_
