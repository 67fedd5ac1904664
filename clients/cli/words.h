// Values of the API as people write and read them: enumerators as words such as
// "screen-print" on the command line and as phrases on the screen, times as on
// the wall of a school in England.

#ifndef CLIENTS_CLI_WORDS_H_
#define CLIENTS_CLI_WORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/bundle/event_words.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::cli {

// "EVIDENCE_KIND_SCREEN_PRINT" as "screen-print".
std::string Word(const google::protobuf::EnumValueDescriptor& value);

// Every word of the enumeration but that for "not set".
std::vector<std::string> Words(const google::protobuf::EnumDescriptor& type);

std::optional<int> NumberOfWord(const google::protobuf::EnumDescriptor& type,
                                absl::string_view word);

// The enumerator as it stands in a sentence, such as "screen print" or "the line
// manager".
template <class Enum>
std::string Phrase(Enum value) {
  return bundle::EnumPhrase(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// "14 May 2026, 2:30 pm", of the clock on the wall of an English school, whatever
// the computer is set to. Names the clock where the time could be another: in the
// hour that October has twice, and on a computer that only knows UTC.
std::string TimeInWords(absl::Time time);
std::string TimeInWords(const google::protobuf::Timestamp& time);
absl::Time TimeOf(const google::protobuf::Timestamp& time);

// What the help says of a date and of a time of day.
inline constexpr char kDateForm[] = "such as 14/05/2026";
inline constexpr char kTimeForm[] = "such as 20:40 or 8:40pm";

// A date and a time of day in the school's clock. The date as DD/MM/YYYY,
// YYYY-MM-DD or "14 May 2026", the time as HH:MM, with am or pm, or empty. In the
// hour that October has twice it is the first. INVALID_ARGUMENT: no such date or
// time. FAILED_PRECONDITION: this computer does not know the school's clock.
absl::StatusOr<events::v1::LocalDateTime> ParseLocalDateTime(absl::string_view date,
                                                             absl::string_view time);

// An instant of the school's clock, written as a date and, if it is not midnight,
// a time. Fails as ParseLocalDateTime does.
absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view text);

// The same for the end of something: of a day alone it is the end.
absl::StatusOr<google::protobuf::Timestamp> ParseEnd(absl::string_view text);

// The same for the beginning of something that is not to begin before `now`: of today
// alone it is the next full minute.
absl::StatusOr<google::protobuf::Timestamp> ParseBeginning(absl::string_view text, absl::Time now);

// A moment, or the whole day where a date alone is written.
struct MomentOrDay {
  google::protobuf::Timestamp from;
  std::optional<google::protobuf::Timestamp> until;
};
absl::StatusOr<MomentOrDay> ParseMomentOrDay(absl::string_view text);

// A moment up to which something holds. What ends when a day begins ends with the day
// before, which is how people say it: "the end of 13 May 2026".
std::string EndInWords(absl::Time end);

// The reference of a case as it is printed, for one typed in another way, such as
// "wb7k4d 9qx2"; what is no reference stays as it is.
std::string CaseRefOf(absl::string_view text);

// "11.5 MB" for a size in bytes.
std::string SizeInWords(uint64_t bytes);

// `text` as one word of a command line, to be copied.
std::string Quoted(absl::string_view text);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_WORDS_H_
