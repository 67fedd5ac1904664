// Whether the fields of a request are whole: the checks that every noun's rules
// share. Each answers with the refusal, or with nothing when all is well.

#ifndef SERVICES_CASEWORK_DOMAIN_FIELDS_H_
#define SERVICES_CASEWORK_DOMAIN_FIELDS_H_

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/kernel/decision.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

using Refusal = std::optional<kernel::Rejected>;

// The first of them that refuses.
Refusal FirstOf(std::initializer_list<Refusal> refusals);

// Whether there is nothing to read in `text`.
bool IsBlank(absl::string_view text);

// The number of characters (Unicode code points), because people count these
// and not bytes. Nothing when `text` is not UTF-8.
std::optional<size_t> CountCharacters(absl::string_view text);

// `text` with each byte that is not UTF-8 replaced by U+FFFD.
std::string ReplaceInvalidUtf8(absl::string_view text);

// A text of at most `characters_max` characters that must not be blank.
Refusal RequireText(absl::string_view text, absl::string_view field, size_t characters_max);
// The same, but it may be blank.
Refusal AllowText(absl::string_view text, absl::string_view field, size_t characters_max);

// A date that must be there, a time that may be; not in the future.
Refusal RequirePast(const wardbook::events::v1::LocalDateTime& when, absl::string_view field,
                    absl::Time now);

// The lengths of a place; all of it may be blank.
Refusal AllowPlace(const wardbook::events::v1::OnlinePlace& place, absl::string_view field);

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
