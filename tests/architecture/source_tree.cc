#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wardbook::architecture {

std::string Describe(const Violation& violation) {
  if (violation.line == 0) return absl::StrCat(violation.path, ": ", violation.what);
  return absl::StrCat(violation.path, ":", violation.line, ": ", violation.what);
}

absl::string_view FolderOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? absl::string_view() : path.substr(0, slash);
}

absl::string_view NameOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

bool IsCpp(absl::string_view path) {
  return absl::EndsWith(path, ".cc") || absl::EndsWith(path, ".h");
}

bool IsTestCode(absl::string_view path) {
  return absl::EndsWith(path, "_test.cc") || absl::EndsWith(path, "_for_test.cc") ||
         absl::EndsWith(path, "_for_test.h");
}

std::vector<Include> IncludesOf(const SourceFile& file) {
  std::vector<Include> includes;
  size_t line_number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++line_number;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, "#")) continue;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, "include")) continue;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (line.empty() || (line.front() != '"' && line.front() != '<')) continue;
    const size_t end = line.find(line.front() == '"' ? '"' : '>', 1);
    if (end == absl::string_view::npos) continue;
    includes.push_back({line_number, std::string(line.substr(1, end - 1))});
  }
  return includes;
}

absl::StatusOr<std::vector<SourceFile>> ReadTree(absl::string_view root,
                                                 const std::vector<std::string>& folders) {
  namespace fs = std::filesystem;
  const fs::path root_path{std::string(root)};
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    std::error_code error;
    fs::recursive_directory_iterator entry(root_path / folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      if (entry->is_directory() && entry->path().filename() == "node_modules") {
        entry.disable_recursion_pending();
      }
      if (!entry->is_regular_file()) continue;
      std::ifstream in(entry->path(), std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      const std::string path = entry->path().lexically_relative(root_path).generic_string();
      if (!in) return absl::UnavailableError(absl::StrCat("cannot read ", path));
      files.push_back({path, std::move(text)});
    }
    if (error) return absl::UnavailableError(absl::StrCat(folder, ": ", error.message()));
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace wardbook::architecture
