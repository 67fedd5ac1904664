// References of cases: "WB-7K4D-9QX2". Random, because a running number would
// betray a case that somebody may not see; the last of the eight digits checks
// the others, so that a slip of the pen is found out before it names another
// case. Digits are Crockford's base 32 (no I, L, O, U).

#ifndef SERVICES_KERNEL_CASE_REF_H_
#define SERVICES_KERNEL_CASE_REF_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace wardbook::kernel {

// Immutable.
class CaseRef {
 public:
  // From 35 random bits; higher bits are ignored.
  static CaseRef FromBits(uint64_t bits);

  // As people type it: hyphens, blanks and case do not matter, I and L are read
  // as 1 and O as 0. Nothing when it is not a reference or its check digit is
  // wrong.
  static std::optional<CaseRef> Parse(absl::string_view text);

  // "WB-7K4D-9QX2".
  const std::string& text() const { return text_; }
  // The stream of the case's events: "case-WB7K4D9QX2".
  std::string Stream() const;
  // The stream of who was shown the case: "access-WB7K4D9QX2".
  std::string AccessStream() const;
  // The case of such a stream; nothing for other streams.
  static std::optional<CaseRef> OfStream(absl::string_view stream);

  friend bool operator==(const CaseRef&, const CaseRef&) = default;
  friend auto operator<=>(const CaseRef&, const CaseRef&) = default;
  template <class H>
  friend H AbslHashValue(H state, const CaseRef& ref) {
    return H::combine(std::move(state), ref.text_);
  }

 private:
  explicit CaseRef(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_CASE_REF_H_
