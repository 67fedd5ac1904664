// Who sees a case, as far as that is known without the case itself.

#ifndef SERVICES_CASEWORK_CASE_SIGHTS_H_
#define SERVICES_CASEWORK_CASE_SIGHTS_H_

#include "services/casework/domain/case_state.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/caller.h"

namespace wardbook::casework {

// Safe for concurrent use.
class CaseSights {
 public:
  virtual ~CaseSights() = default;

  // What the caller saw of the case when this was last brought up to it. kNone when
  // there is no such case, and when it cannot be told. May read the disk.
  virtual Sight LastSightOf(const runtime::Caller& caller, const kernel::CaseRef& ref) const = 0;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_SIGHTS_H_
