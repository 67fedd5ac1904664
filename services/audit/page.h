// Pages of a list that only grows at its end: a page's token is the place of the
// next page's first entry.

#ifndef SERVICES_AUDIT_PAGE_H_
#define SERVICES_AUDIT_PAGE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::audit {

struct Page {
  // The first entry's place, from 1 on.
  uint64_t from = 1;
  size_t limit = 0;
};

// A refusal for kFieldInvalid: a negative size, or a token that this service
// did not give. Pure.
absl::StatusOr<Page> ReadPage(int32_t page_size, absl::string_view page_token);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_PAGE_H_
