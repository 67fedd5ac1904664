#include "clients/cli/saved_name.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wardbook::cli {
namespace {

// A directory takes 255; the rest is for a mark and for the name that a file has until it
// is whole.
constexpr size_t kBytesMax = 200;

// Where the extension begins, at the end if there is none.
size_t ExtensionOf(absl::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == absl::string_view::npos || dot == 0 ? name.size() : dot;
}

bool ContinuesACharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

std::string SavedName(absl::string_view given) {
  const size_t separator = given.find_last_of("/\\");
  if (separator != absl::string_view::npos) given.remove_prefix(separator + 1);
  std::string name(given);
  name.erase(std::remove_if(name.begin(), name.end(),
                            [](unsigned char c) { return absl::ascii_iscntrl(c); }),
             name.end());
  name.erase(0, std::min(name.find_first_not_of(".- "), name.size()));
  if (name.size() > kBytesMax) {
    // The extension is kept where it can be: programs go by it.
    const size_t extension = ExtensionOf(name);
    const size_t kept =
        name.size() - extension < kBytesMax ? kBytesMax - (name.size() - extension) : kBytesMax;
    size_t end = kept;
    while (end > 0 && ContinuesACharacter(name[end])) --end;
    name = kept == kBytesMax ? name.substr(0, end)
                             : absl::StrCat(name.substr(0, end), name.substr(extension));
  }
  return name.empty() ? "file" : name;
}

std::string WithMark(absl::string_view saved_name, absl::string_view mark) {
  const size_t extension = ExtensionOf(saved_name);
  return absl::StrCat(saved_name.substr(0, extension), "-", mark, saved_name.substr(extension));
}

}  // namespace wardbook::cli
