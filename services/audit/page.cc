#include "services/audit/page.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/runtime/refusal.h"

namespace wardbook::audit {
namespace {

// As the API says.
constexpr int32_t kPageSizeDefault = 50;
constexpr int32_t kPageSizeMax = 200;

}  // namespace

absl::StatusOr<Page> ReadPage(int32_t page_size, absl::string_view page_token) {
  if (page_size < 0) return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_size");
  Page page;
  page.limit =
      static_cast<size_t>(page_size == 0 ? kPageSizeDefault : std::min(page_size, kPageSizeMax));
  if (page_token.empty()) return page;
  // The conversion takes other spellings too, such as signs and blanks.
  if (!absl::SimpleAtoi(page_token, &page.from) || page.from == 0 ||
      absl::StrCat(page.from) != page_token) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_token");
  }
  return page;
}

}  // namespace wardbook::audit
