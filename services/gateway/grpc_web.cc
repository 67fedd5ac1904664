#include "services/gateway/grpc_web.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/call_metadata.h"

namespace wardbook::gateway {
namespace {

constexpr char kMessageFlag = '\x00';
constexpr char kTrailersFlag = '\x80';

// What gRPC's protocol allows a timeout to have.
constexpr size_t kTimeoutDigitsMax = 8;

std::string FrameHead(char flag, uint32_t length) {
  std::string head(1, flag);
  for (int shift = 24; shift >= 0; shift -= 8) {
    head += static_cast<char>(static_cast<unsigned char>(length >> shift));
  }
  return head;
}

std::optional<absl::Duration> UnitOf(char unit) {
  switch (unit) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<uint32_t> MessageLength(absl::string_view frame_head) {
  if (frame_head.size() != kFrameHeadBytes || frame_head[0] != kMessageFlag) return std::nullopt;
  uint32_t length = 0;
  for (char c : frame_head.substr(1)) length = length << 8 | static_cast<unsigned char>(c);
  return length;
}

std::string MessageFrameHead(uint32_t length) { return FrameHead(kMessageFlag, length); }

std::string TrailersFrame(int status_code, absl::string_view status_message,
                          absl::Span<const std::pair<std::string, std::string>> metadata) {
  std::string lines = absl::StrCat("grpc-status: ", status_code, "\r\n");
  if (!status_message.empty()) {
    absl::StrAppend(&lines, "grpc-message: ", PercentEncoded(status_message), "\r\n");
  }
  for (const auto& [key, value] : metadata) {
    if (!IsMetadataKey(key)) continue;
    if (absl::EndsWith(key, kBinarySuffix)) {
      absl::StrAppend(&lines, key, ": ", absl::Base64Escape(value), "\r\n");
    } else if (IsMetadataValue(value)) {
      absl::StrAppend(&lines, key, ": ", value, "\r\n");
    }
  }
  return absl::StrCat(FrameHead(kTrailersFlag, static_cast<uint32_t>(lines.size())), lines);
}

std::string PercentEncoded(absl::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= ' ' && c <= '~' && c != '%') {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 0xF]};
    }
  }
  return encoded;
}

std::optional<absl::Duration> ParseTimeout(absl::string_view text) {
  if (text.size() < 2 || text.size() > kTimeoutDigitsMax + 1) return std::nullopt;
  const absl::string_view digits = text.substr(0, text.size() - 1);
  const std::optional<absl::Duration> unit = UnitOf(text.back());
  int64_t count = 0;
  if (!unit ||
      !std::all_of(digits.begin(), digits.end(),
                   [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }) ||
      !absl::SimpleAtoi(digits, &count)) {
    return std::nullopt;
  }
  return count * *unit;
}

}  // namespace wardbook::gateway
