#include "services/access/account_code.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "storage/crypto/random.h"

namespace wardbook::access {
namespace {

constexpr absl::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kCodeDigits = 12;
constexpr size_t kGroupDigits = 4;

std::string Grouped(absl::string_view digits) {
  std::string code;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % kGroupDigits == 0) code.push_back('-');
    code.push_back(digits[i]);
  }
  return code;
}

}  // namespace

std::string NewAccountCode() {
  std::string digits = crypto::RandomBytes(kCodeDigits);
  for (char& c : digits) c = kDigits[static_cast<uint8_t>(c) % kDigits.size()];
  return Grouped(digits);
}

std::string NormaliseAccountCode(absl::string_view typed) {
  std::string digits;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    c = absl::ascii_toupper(static_cast<unsigned char>(c));
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'O') c = '0';
    digits.push_back(c);
  }
  return Grouped(digits);
}

}  // namespace wardbook::access
