#include "services/kernel/shared_name.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"

namespace wardbook::kernel {
namespace {

// In the order of the alphabet, for the search. An office that one person holds,
// such as the Headteacher's, is none of them, and no word that is a common first
// or last name stands here.
constexpr absl::string_view kSharedWords[] = {
    "account",   "all",        "anybody", "anyone",    "class",    "classroom",  "common",
    "computer",  "department", "desk",    "everybody", "everyone", "front",      "general",
    "generic",   "governors",  "group",   "guest",     "ict",      "ipad",       "laptop",
    "login",     "main",       "nursery", "office",    "parents",  "public",     "pupils",
    "reception", "room",       "school",  "shared",    "staff",    "staffroom",  "students",
    "suite",     "supply",     "tablet",  "teachers",  "team",     "temp",       "temporary",
    "the",       "user",       "users",   "visitor",   "visitors", "volunteers", "year"};

static_assert(std::is_sorted(std::begin(kSharedWords), std::end(kSharedWords)));

bool IsSharedWord(const std::string& word) {
  return std::binary_search(std::begin(kSharedWords), std::end(kSharedWords), word);
}

}  // namespace

bool IsSharedName(absl::string_view name) {
  // What is no letter parts words, so that "class3" and "class-3" are one.
  std::vector<std::string> words(1);
  for (const char c : name) {
    // A letter beyond ASCII is of somebody's name.
    if (!absl::ascii_isascii(static_cast<unsigned char>(c))) return false;
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      words.back() += absl::ascii_tolower(static_cast<unsigned char>(c));
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return !words.empty() && std::all_of(words.begin(), words.end(), IsSharedWord);
}

}  // namespace wardbook::kernel
