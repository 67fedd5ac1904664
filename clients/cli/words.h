// Values of the API as people write and read them: enumerators as words such as
// "screen-print", times as on the wall of a school in England.

#ifndef CLIENTS_CLI_WORDS_H_
#define CLIENTS_CLI_WORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::cli {

// "EVIDENCE_KIND_SCREEN_PRINT" as "screen-print".
std::string Word(const google::protobuf::EnumValueDescriptor& value);

// Every word of the enumeration but that for "not set".
std::vector<std::string> Words(const google::protobuf::EnumDescriptor& type);

std::optional<int> NumberOfWord(const google::protobuf::EnumDescriptor& type,
                                absl::string_view word);

template <class Enum>
std::string Word(Enum value) {
  const google::protobuf::EnumValueDescriptor* descriptor =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
  // A newer server may know more than this client.
  return descriptor == nullptr ? "unknown" : Word(*descriptor);
}

// The clock on the wall of an English school, whatever the computer is set to.
absl::TimeZone SchoolTimeZone();

// "14 May 2026, 14:30".
std::string TimeInWords(absl::Time time);
std::string TimeInWords(const google::protobuf::Timestamp& time);
absl::Time TimeOf(const google::protobuf::Timestamp& time);

// A date and a time of day in the school's clock. The date as YYYY-MM-DD or
// DD/MM/YYYY, the time as HH:MM or empty. In the hour that October has twice it
// is the first. INVALID_ARGUMENT: no such date or time.
absl::StatusOr<events::v1::LocalDateTime> ParseLocalDateTime(absl::string_view date,
                                                             absl::string_view time);

// An instant written as "YYYY-MM-DD HH:MM" in the school's clock.
// INVALID_ARGUMENT: no such date or time.
absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view text);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_WORDS_H_
