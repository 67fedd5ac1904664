#include "storage/base/ids.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace wardbook {
namespace {

constexpr size_t kHyphens[] = {8, 13, 18, 23};
constexpr size_t kUuidTextSize = 36;

}  // namespace

std::optional<RequestId> RequestIdFromUuid(absl::string_view text) {
  if (text.size() != kUuidTextSize) return std::nullopt;
  for (size_t at : kHyphens) {
    if (text[at] != '-') return std::nullopt;
  }
  return RequestId::FromHex(absl::StrReplaceAll(text, {{"-", ""}}));
}

std::string UuidText(const RequestId& id) {
  const std::string hex = id.Hex();
  const absl::string_view h = hex;
  return absl::StrCat(h.substr(0, 8), "-", h.substr(8, 4), "-", h.substr(12, 4), "-",
                      h.substr(16, 4), "-", h.substr(20));
}

}  // namespace wardbook
