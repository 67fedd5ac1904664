// Whether the fields of a request are whole: the checks that every noun's rules
// share. Each answers with the refusal, or with nothing when all is well.

#ifndef SERVICES_CASEWORK_DOMAIN_FIELDS_H_
#define SERVICES_CASEWORK_DOMAIN_FIELDS_H_

#include <google/protobuf/generated_enum_reflection.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/casework/domain/commands.h"
#include "services/kernel/decision.h"
#include "services/kernel/text.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

using kernel::AllowText;
using kernel::DemandedBy;
using kernel::IsBlank;
using kernel::Refusal;
using kernel::RequireText;

// What was said, or the name of whoever says it when that is blank.
std::string OrOwnName(const std::string& said, const By& by);

// The first of them that refuses.
Refusal FirstOf(std::initializer_list<Refusal> refusals);

// A date that must be there, a time that may be; not in the future.
Refusal RequirePast(const wardbook::events::v1::LocalDateTime& when, absl::string_view field,
                    absl::Time now);

// The same where it may be left out: what is said of when something happened, if
// that is not when it is recorded.
Refusal AllowPastTime(const std::optional<wardbook::events::v1::LocalDateTime>& when,
                      absl::string_view field, absl::Time now);

// An enumerator of a request: there, and one that this version knows.
template <class Enum>
Refusal RequireChoice(Enum choice, absl::string_view field) {
  if (static_cast<int>(choice) == 0) {
    return kernel::Rejected{kernel::Reason::kFieldMissing, std::string(field)};
  }
  if (google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(choice) == nullptr) {
    return kernel::Rejected{kernel::Reason::kFieldInvalid, std::string(field)};
  }
  return std::nullopt;
}

// Enumerators of which there may be none.
template <class Enum>
Refusal CheckEnums(const std::vector<Enum>& values, absl::string_view field) {
  for (const Enum value : values) {
    if (RequireChoice(value, field)) {
      return kernel::Rejected{kernel::Reason::kFieldInvalid, std::string(field)};
    }
  }
  return std::nullopt;
}

// Each enumerator once, in the order of their numbers.
template <class Enum>
std::vector<Enum> Ascending(std::vector<Enum> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// The lengths of a place; all of it may be blank.
Refusal AllowPlace(const wardbook::events::v1::OnlinePlace& place, absl::string_view field);

// What an entry about a suspected indecent image keeps of a place: words, in
// UTF-8 and within a line. What looks like an address of the web is replaced,
// because a link to such an image must not be kept (P36).
std::string PlaceInWords(absl::string_view text);

// As much of `text`, which is UTF-8, as has so many characters.
std::string FirstCharacters(std::string text, size_t characters_max);

// What is given of a date and a time must be real and not in the future. A time
// without a date cannot be.
struct LocalMoment {
  absl::string_view date;  // YYYY-MM-DD, or empty.
  absl::string_view time;  // HH:MM, or empty.
  int utc_offset_minutes = 0;
};
Refusal AllowPast(const LocalMoment& moment, absl::string_view field, absl::Time now);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_FIELDS_H_
