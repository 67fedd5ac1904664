#include "tests/architecture/layers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wardbook::architecture {
namespace {

constexpr absl::string_view kTestsOf = "tests of ";

bool Matches(absl::string_view pattern, absl::string_view include) {
  return absl::EndsWith(pattern, "/") ? absl::StartsWith(include, pattern) : include == pattern;
}

bool AnyMatches(const std::vector<std::string>& patterns, absl::string_view include) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [include](const std::string& pattern) { return Matches(pattern, include); });
}

// <vector>, <cstdint>: headers of C++ have neither folder nor extension.
bool IsStandard(absl::string_view include) {
  return include.find_first_of("./") == absl::string_view::npos;
}

absl::Status BadLine(size_t number, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", why));
}

}  // namespace

absl::StatusOr<Layers> Layers::Parse(absl::string_view table) {
  Layers layers;
  absl::flat_hash_map<std::string, Patterns> groups;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(table, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;

    const std::pair<absl::string_view, absl::string_view> sides =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    absl::string_view name = absl::StripAsciiWhitespace(sides.first);
    if (name.empty() || line.find(':') == absl::string_view::npos) {
      return BadLine(number, "not of the form NAME: PATTERN...");
    }

    Patterns patterns;
    for (absl::string_view word :
         absl::StrSplit(sides.second, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
      if (!absl::StartsWith(word, "@")) {
        patterns.emplace_back(word);
        continue;
      }
      const auto group = groups.find(word);
      if (group == groups.end()) return BadLine(number, absl::StrCat("unknown group ", word));
      patterns.insert(patterns.end(), group->second.begin(), group->second.end());
    }

    absl::flat_hash_map<std::string, Patterns>* part = &layers.allowed_;
    if (absl::StartsWith(name, "@")) {
      part = &groups;
    } else if (absl::ConsumePrefix(&name, kTestsOf)) {
      part = &layers.allowed_in_tests_;
    }
    if (!part->try_emplace(name, std::move(patterns)).second) {
      return BadLine(number, absl::StrCat(name, " stands twice"));
    }
  }
  return layers;
}

bool Layers::Allows(absl::string_view file, absl::string_view include) const {
  const absl::string_view folder = FolderOf(file);
  if (IsStandard(include) || FolderOf(include) == folder) return true;
  for (absl::string_view key : {folder, file}) {
    const auto found = allowed_.find(key);
    if (found != allowed_.end() && AnyMatches(found->second, include)) return true;
  }
  if (!IsTestCode(file)) return false;
  return std::any_of(allowed_in_tests_.begin(), allowed_in_tests_.end(), [&](const auto& entry) {
    return absl::StartsWith(file, entry.first) && AnyMatches(entry.second, include);
  });
}

std::vector<Violation> Layers::Check(const std::vector<SourceFile>& files) const {
  std::vector<Violation> violations;
  for (const SourceFile& file : files) {
    if (!IsCpp(file.path)) continue;
    const absl::string_view folder = FolderOf(file.path);
    if (!allowed_.contains(folder)) {
      violations.push_back(
          {file.path, 0, absl::StrCat("tests/architecture/layers.txt does not know ", folder)});
      continue;
    }
    for (const Include& include : IncludesOf(file)) {
      if (Allows(file.path, include.path)) continue;
      violations.push_back(
          {file.path, include.line, absl::StrCat(folder, " may not include ", include.path)});
    }
  }
  return violations;
}

}  // namespace wardbook::architecture
