// What people write: references of cases, and addresses that must not be kept.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/casework/domain/web_address.h"
#include "services/kernel/case_ref.h"
#include "storage/base/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto ref = wardbook::kernel::CaseRef::Parse(text)) {
    WARDBOOK_ASSERT(wardbook::kernel::CaseRef::Parse(ref->text()) == ref);
    WARDBOOK_ASSERT(wardbook::kernel::CaseRef::OfStream(ref->Stream()) == ref);
  }
  const std::string once = wardbook::casework::WithoutAddresses(text);
  WARDBOOK_ASSERT(wardbook::casework::WithoutAddresses(once) == once);
  return 0;
}
