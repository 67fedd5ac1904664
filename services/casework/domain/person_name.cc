#include "services/casework/domain/person_name.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/kernel/text.h"

namespace wardbook::casework {
namespace {

constexpr absl::string_view kTitles[] = {"mr",  "mrs",    "ms",     "miss", "mx", "dr", "sir",
                                         "rev", "father", "sister", "prof", "fr", "sr"};

// What a reporter writes where they know no name.
constexpr absl::string_view kDescriptions[] = {
    "adult",   "and",    "boy",     "child",   "children",  "class",    "colleague", "employee",
    "family",  "former", "from",    "girl",    "governor",  "group",    "member",    "mother",
    "parent",  "person", "pupil",   "pupils",  "school",    "somebody", "someone",   "staff",
    "teacher", "the",    "unknown", "visitor", "volunteer", "who",      "with",      "year"};

// A shorter word is an initial or a particle, and stands in every other text.
constexpr size_t kNamingCharactersMin = 3;

constexpr absl::string_view kBetweenWords = " \t\r\n.,;:!?()[]\"/";

template <size_t kCount>
bool IsAmong(const absl::string_view (&words)[kCount], absl::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Lower case of ASCII and of the accented letters of Western Europe, which is
// what people leave out or put in differently when they type a name.
std::string LowerCase(absl::string_view text) {
  std::string lower = absl::AsciiStrToLower(text);
  for (size_t i = 1; i < lower.size(); ++i) {
    const auto lead = static_cast<unsigned char>(lower[i - 1]);
    const auto trail = static_cast<unsigned char>(lower[i]);
    // U+00C0 to U+00DE but for the multiplication sign.
    if (lead == 0xC3 && trail >= 0x80 && trail <= 0x9E && trail != 0x97) {
      lower[i] = static_cast<char>(trail + 0x20);
    }
  }
  return lower;
}

std::vector<std::string> WordsOf(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(kBetweenWords), absl::SkipEmpty());
}

// The words of a name in lower case, without titles.
std::vector<std::string> NameIn(absl::string_view text) {
  std::vector<std::string> name;
  for (std::string& word : WordsOf(LowerCase(text))) {
    if (!IsAmong(kTitles, word)) name.push_back(std::move(word));
  }
  return name;
}

// Whether a first name is the other one or its initial.
bool IsShortFor(absl::string_view word, absl::string_view name) {
  return word == name || (kernel::CountCharacters(word) == 1 && absl::StartsWith(name, word));
}

std::string WithoutBrackets(absl::string_view text) {
  std::string outside;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) outside.push_back(c);
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return outside;
}

bool MayName(absl::string_view lower_word) {
  return kernel::CountCharacters(lower_word).value_or(0) >= kNamingCharactersMin &&
         !IsAmong(kTitles, lower_word) && !IsAmong(kDescriptions, lower_word);
}

// The words of a name by which somebody is known, in lower case: those with a
// capital, and all of them where somebody types without.
std::vector<std::string> NamingWordsOf(absl::string_view name) {
  std::vector<std::string> with_capital;
  std::vector<std::string> all;
  for (const std::string& word : WordsOf(WithoutBrackets(name))) {
    std::string lower = LowerCase(word);
    if (!MayName(lower)) continue;
    if (lower != word) with_capital.push_back(lower);
    all.push_back(std::move(lower));
  }
  return with_capital.empty() ? all : with_capital;
}

// "larkspur's" is of Larkspur.
absl::string_view WithoutGenitive(absl::string_view lower_word) {
  if (!absl::ConsumeSuffix(&lower_word, "'s")) absl::ConsumeSuffix(&lower_word, "\u2019s");
  return lower_word;
}

}  // namespace

bool IsSameName(absl::string_view given, absl::string_view registered) {
  const std::vector<std::string> name = NameIn(given);
  return !name.empty() && name == NameIn(registered);
}

bool MayMean(absl::string_view given, absl::string_view registered) {
  std::vector<std::string> name = NameIn(given);
  std::vector<std::string> person = NameIn(registered);
  if (name.empty() || person.empty() || name.back() != person.back()) return false;
  name.pop_back();
  person.pop_back();
  return std::all_of(name.begin(), name.end(), [&person](const std::string& word) {
    return std::any_of(person.begin(), person.end(),
                       [&word](const std::string& other) { return IsShortFor(word, other); });
  });
}

bool IsNamedIn(absl::string_view text, absl::string_view name) {
  const std::vector<std::string> naming = NamingWordsOf(name);
  for (const std::string& word : WordsOf(LowerCase(text))) {
    const absl::string_view plain = WithoutGenitive(word);
    if (std::find(naming.begin(), naming.end(), plain) != naming.end()) return true;
  }
  return false;
}

}  // namespace wardbook::casework
