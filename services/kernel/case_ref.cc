#include "services/kernel/case_ref.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wardbook::kernel {
namespace {

constexpr absl::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr absl::string_view kCasePrefix = "case-";
constexpr absl::string_view kAccessPrefix = "access-";
constexpr size_t kRandomDigits = 7;
constexpr size_t kAllDigits = kRandomDigits + 1;

// A weighted sum with odd weights modulo 32: any single wrong digit changes it,
// and so does any swap of neighbours whose values differ by other than 16.
size_t CheckDigit(absl::string_view digits) {
  size_t sum = 0;
  for (size_t i = 0; i < kRandomDigits; ++i) sum += (2 * i + 1) * kDigits.find(digits[i]);
  return sum % kDigits.size();
}

std::string TextOf(absl::string_view digits) {
  return absl::StrCat("WB-", digits.substr(0, 4), "-", digits.substr(4));
}

char Canonical(char c) {
  const char upper = absl::ascii_toupper(static_cast<unsigned char>(c));
  if (upper == 'I' || upper == 'L') return '1';
  return upper == 'O' ? '0' : upper;
}

}  // namespace

CaseRef CaseRef::FromBits(uint64_t bits) {
  std::string digits;
  for (size_t i = 0; i < kRandomDigits; ++i) {
    digits.push_back(kDigits[bits % kDigits.size()]);
    bits /= kDigits.size();
  }
  digits.push_back(kDigits[CheckDigit(digits)]);
  return CaseRef(TextOf(digits));
}

std::optional<CaseRef> CaseRef::Parse(absl::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    digits.push_back(Canonical(c));
  }
  if (absl::StartsWith(digits, "WB") && digits.size() == kAllDigits + 2) digits.erase(0, 2);
  if (digits.size() != kAllDigits) return std::nullopt;
  for (char c : digits) {
    if (kDigits.find(c) == absl::string_view::npos) return std::nullopt;
  }
  if (kDigits[CheckDigit(digits)] != digits.back()) return std::nullopt;
  return CaseRef(TextOf(digits));
}

std::string CaseRef::Stream() const {
  return absl::StrCat(kCasePrefix, "WB", text_.substr(3, 4), text_.substr(8));
}

std::string CaseRef::AccessStream() const {
  return absl::StrCat(kAccessPrefix, "WB", text_.substr(3, 4), text_.substr(8));
}

std::optional<CaseRef> CaseRef::OfStream(absl::string_view stream) {
  if (!absl::ConsumePrefix(&stream, kCasePrefix) && !absl::ConsumePrefix(&stream, kAccessPrefix)) {
    return std::nullopt;
  }
  return Parse(stream);
}

}  // namespace wardbook::kernel
