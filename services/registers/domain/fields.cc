#include "services/registers/domain/fields.h"

#include <cstdint>
#include <string>

#include "services/kernel/timestamp.h"
#include "storage/base/ids.h"

namespace wardbook::registers {
namespace {

// The years that a timestamp can have.
constexpr int64_t kSecondsMin = -62135596800;
constexpr int64_t kSecondsEnd = 253402300800;
constexpr int32_t kNanosEnd = 1'000'000'000;

}  // namespace

Refusal FirstOf(std::initializer_list<Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    if (refusal) return refusal;
  }
  return std::nullopt;
}

Refusal Line(absl::string_view text, absl::string_view field) {
  return RequireText(text, field, kLineCharactersMax);
}

Refusal OptionalLine(absl::string_view text, absl::string_view field) {
  return AllowText(text, field, kLineCharactersMax);
}

Refusal Text(absl::string_view text, absl::string_view field) {
  return RequireText(text, field, kTextCharactersMax);
}

Refusal Id(absl::string_view id, absl::string_view field) {
  if (id.empty()) return Rejected{Reason::kFieldMissing, std::string(field)};
  if (id.size() != PersonId::kSize) return Rejected{Reason::kFieldInvalid, std::string(field)};
  return std::nullopt;
}

Refusal Moment(const google::protobuf::Timestamp& time, absl::string_view field) {
  if (time.seconds() >= kSecondsMin && time.seconds() < kSecondsEnd && time.nanos() >= 0 &&
      time.nanos() < kNanosEnd) {
    return std::nullopt;
  }
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

Refusal PastMoment(const google::protobuf::Timestamp& time, absl::string_view field,
                   absl::Time now) {
  if (Refusal refusal = Moment(time, field)) return refusal;
  if (kernel::TimeOf(time) <= now) return std::nullopt;
  return Rejected{Reason::kFutureTime, std::string(field)};
}

Refusal Word(int number, const google::protobuf::EnumDescriptor& type, absl::string_view field) {
  if (number == 0) return Rejected{Reason::kFieldMissing, std::string(field)};
  if (type.FindValueByNumber(number) != nullptr) return std::nullopt;
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

absl::Time MinuteOf(absl::Time time) {
  return absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), absl::Minutes(1));
}

}  // namespace wardbook::registers
