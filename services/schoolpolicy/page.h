// Pages of lists that are kept in memory. A token is the key of the last entry
// shown, which is an id or a number and says nothing about anybody.

#ifndef SERVICES_SCHOOLPOLICY_PAGE_H_
#define SERVICES_SCHOOLPOLICY_PAGE_H_

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "services/runtime/refusal.h"

namespace wardbook::schoolpolicy {

// Pages as the requests promise.
inline constexpr int kPageSizeDefault = 50;
inline constexpr int kPageSizeMax = 200;

// The half-open range of the entries on a page.
struct PageRange {
  size_t begin = 0;
  size_t end = 0;
};

// The page that `request` asks for of `count` entries, whose keys are
// `key_of(index)`. Sets the token of the next page in `response`. A refusal for
// kFieldInvalid: the size is negative, or the token is no entry's key.
template <class Request, class Response, class KeyOf>
absl::StatusOr<PageRange> TakePage(const Request& request, size_t count, const KeyOf& key_of,
                                   Response* response) {
  if (request.page_size() < 0) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_size");
  }
  const int size = request.page_size() == 0 ? kPageSizeDefault : request.page_size();
  PageRange range;
  if (!request.page_token().empty()) {
    while (range.begin < count && key_of(range.begin) != request.page_token()) ++range.begin;
    if (range.begin == count) return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_token");
    ++range.begin;
  }
  range.end = std::min(count, range.begin + static_cast<size_t>(std::min(size, kPageSizeMax)));
  if (range.end < count) response->set_next_page_token(std::string(key_of(range.end - 1)));
  return range;
}

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_PAGE_H_
