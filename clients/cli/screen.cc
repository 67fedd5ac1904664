#include "clients/cli/screen.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "absl/strings/str_split.h"
#include "clients/cli/wrapping.h"

namespace wardbook::cli {
namespace {

// How much further right than its line what does not fit stands.
constexpr size_t kHang = 2;

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

// The bytes at the front of `text` that are a C1 control (U+0080 to U+009F) or
// one that turns the reading direction (U+202A to U+202E, U+2066 to U+2069); 0
// when there is none.
size_t HarmfulSequence(absl::string_view text) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.size() >= 2 && at(0) == 0xc2 && at(1) >= 0x80 && at(1) <= 0x9f) return 2;
  if (text.size() < 3 || at(0) != 0xe2) return 0;
  const bool embedding = at(1) == 0x80 && at(2) >= 0xaa && at(2) <= 0xae;
  const bool isolate = at(1) == 0x81 && at(2) >= 0xa6 && at(2) <= 0xa9;
  return embedding || isolate ? 3 : 0;
}

}  // namespace

std::string Harmless(absl::string_view text) {
  std::string harmless;
  harmless.reserve(text.size());
  while (!text.empty()) {
    const size_t sequence = HarmfulSequence(text);
    const bool harmful = sequence > 0 || IsControl(text[0]);
    harmless.push_back(harmful ? '?' : text[0]);
    text.remove_prefix(sequence > 0 ? sequence : 1);
  }
  return harmless;
}

void Screen::WriteText(absl::string_view text) {
  if (!columns_.has_value()) {
    WriteLine(text);
    return;
  }
  size_t hang = kHang;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const size_t margin = std::min(line.find_first_not_of(' '), line.size());
    WriteLine(Wrapped(line, *columns_, margin + hang));
    // The later lines of a text have been indented below its first.
    hang = 0;
  }
}

void Screen::WriteLine(absl::string_view text) { out_ << Harmless(text) << '\n' << std::flush; }

void Screen::Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for an Any of an unknown type, which is then left out with the
  // rest: half an answer would be worse than an empty one.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "{}";
  WriteLine(json);
}

}  // namespace wardbook::cli
