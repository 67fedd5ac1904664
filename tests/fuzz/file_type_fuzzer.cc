// Types of files by their first bytes, e-mail among them: only those of the list are
// answered, and the same way each time.

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <string>

#include "storage/base/assert.h"
#include "storage/evidence/file_type.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  const std::string name = input.ConsumeRandomLengthString(64);
  const std::string head = input.ConsumeRemainingBytesAsString();
  const auto type = wardbook::evidence::DetectFileType(head, name);
  if (!type.ok()) {
    WARDBOOK_ASSERT(absl::IsInvalidArgument(type.status()));
    return 0;
  }
  WARDBOOK_ASSERT(type->media_type != "text/html" && type->media_type != "image/svg+xml");
  WARDBOOK_ASSERT(wardbook::evidence::DetectFileType(head, name).value() == *type);
  return 0;
}
