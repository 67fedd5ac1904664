#include "storage/key_value.h"

#include <cstdint>

namespace wardbook::storage {

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    const auto last = static_cast<uint8_t>(end.back());
    end.pop_back();
    if (last != 0xff) {
      end.push_back(static_cast<char>(last + 1));
      break;
    }
  }
  return end;
}

}  // namespace wardbook::storage
