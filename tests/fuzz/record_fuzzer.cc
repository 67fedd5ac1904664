// The bytes of a record and of an event: whatever stands in the log.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/assert.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record.h"

using wardbook::record::OpenRecord;
using wardbook::record::ParseRecord;
using wardbook::record::TopLevelFields;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto record = ParseRecord(bytes); record.ok()) {
    WARDBOOK_ASSERT(record->revision != 0);
    static const auto& key = *new wardbook::crypto::Secret();
    WARDBOOK_ASSERT(!OpenRecord(*record, key).ok());
  }
  if (const auto fields = TopLevelFields(bytes); fields.ok()) {
    std::string together;
    for (const absl::string_view field : *fields) together.append(field.data(), field.size());
    WARDBOOK_ASSERT(together == bytes);
  }
  return 0;
}
