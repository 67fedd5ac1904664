#include "tests/architecture/tidy.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace wardbook::architecture {
namespace {

// The width that clang-format keeps; it leaves strings and comments alone.
constexpr size_t kColumnsMax = 100;

// Written in halves, or this file would break its own rule.
constexpr absl::string_view kPostponed[] = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X",
    "HA"
    "CK"};

// Keeps no bytes that a README would have to explain.
constexpr absl::string_view kVocabulary = "storage/base";

// In namespace std; Clang checks the annotations of absl::Mutex only.
constexpr absl::string_view kUncheckedLocks[] = {
    "mutex",       "shared_mutex", "recursive_mutex", "lock_guard",
    "unique_lock", "scoped_lock",  "shared_lock",     "condition_variable"};

// Where Debian's Abseil waits by the clock on the wall. What runs for months waits for a
// moment of a clock that nobody sets; tests and clients may wait as they like.
constexpr absl::string_view kWaitsByTheWall[] = {"WithTimeout", "WithDeadline"};

bool RunsForMonths(absl::string_view path) {
  return (absl::StartsWith(path, "storage/") || absl::StartsWith(path, "services/")) &&
         !IsTestCode(path);
}

bool IsText(absl::string_view path) {
  return IsCpp(path) || absl::EndsWith(path, ".proto") || absl::EndsWith(path, ".ts") ||
         absl::EndsWith(path, ".css") || NameOf(path) == "CMakeLists.txt";
}

// Code points, which are columns in every script this project writes.
size_t Columns(absl::string_view line) {
  return static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool IsWordCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool HasWord(absl::string_view line, absl::string_view word) {
  for (size_t at = line.find(word); at != absl::string_view::npos; at = line.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || !IsWordCharacter(line[at - 1])) &&
        (end == line.size() || !IsWordCharacter(line[end]))) {
      return true;
    }
  }
  return false;
}

bool IsInclude(absl::string_view line) {
  return absl::StartsWith(line, "#include") || absl::StartsWith(line, "import ");
}

// STORAGE_BASE_IDS_H_ of storage/base/ids.h.
std::string GuardOf(absl::string_view path) {
  return absl::StrCat(
      absl::AsciiStrToUpper(absl::StrReplaceAll(path, {{"/", "_"}, {".", "_"}, {"-", "_"}})), "_");
}

void TidyLine(absl::string_view line, size_t number, const SourceFile& file,
              std::vector<Violation>* violations) {
  const auto report = [&](absl::string_view what) {
    violations->push_back({file.path, number, std::string(what)});
  };
  if (Columns(line) > kColumnsMax && !IsInclude(line) && NameOf(file.path) != "CMakeLists.txt") {
    report(absl::StrCat("more than ", kColumnsMax, " columns"));
  }
  if (!line.empty() && absl::ascii_isspace(static_cast<unsigned char>(line.back()))) {
    report("white space at the end");
  }
  for (absl::string_view word : kPostponed) {
    if (HasWord(line, word)) report(absl::StrCat(word, ": open work is an issue"));
  }
  if (!IsCpp(file.path)) return;
  if (absl::StrContains(line, '\t')) report("a tab");
  const absl::string_view code = line.substr(0, line.find("//"));
  for (absl::string_view lock : kUncheckedLocks) {
    if (HasWord(code, absl::StrCat("std::", lock))) {
      report(absl::StrCat(lock, " of std: use absl::Mutex, which is checked"));
    }
  }
  for (absl::string_view wait : kWaitsByTheWall) {
    if (RunsForMonths(file.path) && absl::StrContains(code, absl::StrCat(wait, "("))) {
      report(absl::StrCat(wait, ": lasts longer when the clock is set back; use SteadyCondVar"));
    }
  }
  if (absl::StrContains(code,
                        "#pragma "
                        "once"))
    report("headers here have include guards");
}

bool HasGuard(const SourceFile& file) {
  const std::string guard = GuardOf(file.path);
  return absl::StrContains(file.text,
                           absl::StrCat("\n#ifndef ", guard, "\n#define ", guard, "\n")) &&
         absl::EndsWith(file.text, absl::StrCat("\n#endif  // ", guard, "\n"));
}

}  // namespace

std::vector<Violation> TidyFile(const SourceFile& file) {
  std::vector<Violation> violations;
  if (!IsText(file.path)) return violations;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    TidyLine(line, ++number, file, &violations);
  }
  if (!file.text.empty() && !absl::EndsWith(file.text, "\n")) {
    violations.push_back({file.path, number, "the last line has no end"});
  }
  if (absl::EndsWith(file.path, ".h") && !HasGuard(file)) {
    violations.push_back({file.path, 0, absl::StrCat("no include guard ", GuardOf(file.path))});
  }
  return violations;
}

std::vector<Violation> TestsThatNeverRun(const std::vector<SourceFile>& files) {
  // The words of every CMakeLists.txt by folder, without comments.
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> named;
  for (const SourceFile& file : files) {
    if (NameOf(file.path) != "CMakeLists.txt") continue;
    auto& words = named[FolderOf(file.path)];
    for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
      line = line.substr(0, line.find('#'));
      for (absl::string_view word : absl::StrSplit(line, absl::ByAnyChar(" \t()"))) {
        words.emplace(word);
      }
    }
  }
  std::vector<Violation> violations;
  for (const SourceFile& file : files) {
    if (!absl::EndsWith(file.path, "_test.cc")) continue;
    const auto words = named.find(FolderOf(file.path));
    if (words == named.end() || !words->second.contains(NameOf(file.path))) {
      violations.push_back({file.path, 0, "no CMakeLists.txt names it, so it never runs"});
    }
  }
  return violations;
}

std::vector<Violation> FoldersWithoutReadme(const std::vector<SourceFile>& files) {
  absl::flat_hash_set<std::string> with_readme;
  std::vector<std::string> need_one;
  for (const SourceFile& file : files) {
    const absl::string_view folder = FolderOf(file.path);
    if (NameOf(file.path) == "README.md") with_readme.emplace(folder);
    if (!IsCpp(file.path)) continue;
    if (absl::StartsWith(file.path, "storage/") && folder != kVocabulary) {
      need_one.emplace_back(folder);
    }
    if (absl::StartsWith(file.path, "services/")) need_one.emplace_back("services");
  }
  std::sort(need_one.begin(), need_one.end());
  need_one.erase(std::unique(need_one.begin(), need_one.end()), need_one.end());
  std::vector<Violation> violations;
  for (std::string& folder : need_one) {
    if (!with_readme.contains(folder)) {
      violations.push_back({std::move(folder), 0, "no README.md"});
    }
  }
  return violations;
}

}  // namespace wardbook::architecture
