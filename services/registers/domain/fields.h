// Whether the fields of a proposed event are whole: the checks that the rules of
// all registers share.

#ifndef SERVICES_REGISTERS_DOMAIN_FIELDS_H_
#define SERVICES_REGISTERS_DOMAIN_FIELDS_H_

#include <cstddef>
#include <initializer_list>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/kernel/decision.h"
#include "services/kernel/text.h"

namespace wardbook::registers {

using kernel::AllowText;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using kernel::RequireText;

// A text field holds what a person writes in an hour; a line what fits a form.
inline constexpr size_t kTextCharactersMax = 20000;
inline constexpr size_t kLineCharactersMax = 2000;

// The first of them that refuses.
Refusal FirstOf(std::initializer_list<Refusal> refusals);

Refusal Line(absl::string_view text, absl::string_view field);
Refusal OptionalLine(absl::string_view text, absl::string_view field);
Refusal Text(absl::string_view text, absl::string_view field);

// An id of 16 bytes.
Refusal Id(absl::string_view id, absl::string_view field);

// A moment that a timestamp can have.
Refusal Moment(const google::protobuf::Timestamp& time, absl::string_view field);
// The same, and it has come.
Refusal PastMoment(const google::protobuf::Timestamp& time, absl::string_view field,
                   absl::Time now);

Refusal Word(int number, const google::protobuf::EnumDescriptor& type, absl::string_view field);
// An enumerator that is set and known.
template <class Enum>
Refusal Word(Enum value, absl::string_view field) {
  return Word(static_cast<int>(value), *google::protobuf::GetEnumDescriptor<Enum>(), field);
}

// The beginning of the minute: people give their times in minutes.
absl::Time MinuteOf(absl::Time time);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_FIELDS_H_
