#include "tests/architecture/tidy.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/architecture/source_tree.h"

namespace wardbook::architecture {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto IsAt(size_t line, absl::string_view what) {
  return AllOf(Field(&Violation::line, line),
               Field(&Violation::what, HasSubstr(std::string(what))));
}

std::vector<Violation> TidySource(absl::string_view text) {
  return TidyFile({"storage/x.cc", std::string(text)});
}

// Apart from the names it qualifies, or this file would break the rule itself.
constexpr absl::string_view kStd = "std::";

constexpr absl::string_view kHeader =
    "// A noun.\n\n#ifndef STORAGE_BASE_X_H_\n#define STORAGE_BASE_X_H_\n\n"
    "#endif  // STORAGE_BASE_X_H_\n";

TEST(TidyFile, HasNothingToSayOfATidyFile) {
  EXPECT_THAT(TidySource("#include <string>\n\nint x = 1;  // The first.\n"), IsEmpty());
  EXPECT_THAT(TidyFile({"storage/base/x.h", std::string(kHeader)}), IsEmpty());
}

TEST(TidyFile, CountsColumnsNotBytes) {
  EXPECT_THAT(TidySource(absl::StrCat(std::string(100, 'x'), "\n")), IsEmpty());
  EXPECT_THAT(TidySource(absl::StrCat("\n", std::string(101, 'x'), "\n")),
              ElementsAre(IsAt(2, "100 columns")));
  EXPECT_THAT(TidySource(absl::StrCat(std::string(99, 'x'), "\u00e9\n")), IsEmpty());
}

TEST(TidyFile, LetsAnIncludeBeAsLongAsItsPath) {
  EXPECT_THAT(TidySource(absl::StrCat("#include \"", std::string(100, 'x'), ".h\"\n")), IsEmpty());
}

TEST(TidyFile, FindsWhiteSpaceAtTheEnd) {
  EXPECT_THAT(TidySource("int x;\n \nint y; \r\n"),
              ElementsAre(IsAt(2, "white space"), IsAt(3, "white space")));
}

TEST(TidyFile, FindsTabsAndALastLineWithoutEnd) {
  EXPECT_THAT(TidySource("\tint x;"), ElementsAre(IsAt(1, "tab"), IsAt(1, "no end")));
}

TEST(TidyFile, FindsWordsThatPostponeWork) {
  for (const char* word : {"TO"
                           "DO",
                           "FIX"
                           "ME",
                           "XX"
                           "X",
                           "HA"
                           "CK"}) {
    EXPECT_THAT(TidySource(absl::StrCat("// ", word, ": later.\n")),
                ElementsAre(IsAt(1, "open work")));
    EXPECT_THAT(TidySource(absl::StrCat("// ", word, "S and A", word, ".\n")), IsEmpty());
    EXPECT_THAT(TidyFile({"proto/x.proto", absl::StrCat("// (", word, ")\n")}),
                ElementsAre(IsAt(1, "open work")));
  }
}

TEST(TidyFile, FindsLocksThatNoCompilerChecks) {
  EXPECT_THAT(
      TidySource(
          absl::StrCat(kStd, "mutex mutex;\n", kStd, "lock_guard<", kStd, "mutex> lock(mutex);\n")),
      ElementsAre(IsAt(1, "mutex of std"), IsAt(2, "mutex of std"), IsAt(2, "lock_guard of std")));
  EXPECT_THAT(TidySource(absl::StrCat("absl::Mutex mutex;  // Not ", kStd, "mutex.\n")), IsEmpty());
}

TEST(TidyFile, FindsWaitsThatLastLongerWhenTheClockIsSetBack) {
  for (const char* wait :
       {"mutex_.AwaitWithTimeout(absl::Condition(&x), kSecond);\n",
        "changed_.WaitWithDeadline(&mutex_, deadline);\n",
        "while (!stopping_.WaitForNotificationWithTimeout(kPeriod)) Look();\n"}) {
    EXPECT_THAT(TidySource(wait), ElementsAre(IsAt(1, "when the clock is set back"))) << wait;
    for (const char* path : {"services/x_test.cc", "clients/x.cc", "tests/testing/x.cc"}) {
      EXPECT_THAT(TidyFile({path, wait}), IsEmpty()) << path;
    }
  }
  EXPECT_THAT(TidySource("// Not AwaitWithTimeout().\n"), IsEmpty());
}

TEST(TidyFile, WantsGuardsNamedAfterTheFile) {
  for (absl::string_view path : {"storage/base/y.h", "storage/x.h"}) {
    EXPECT_THAT(TidyFile({std::string(path), std::string(kHeader)}),
                ElementsAre(IsAt(0, "no include guard")))
        << path;
  }
  EXPECT_THAT(
      TidyFile({"storage/base/x.h", absl::StrCat("#pragma ", "once\n")}),
      ElementsAre(IsAt(1, "have include guards"), IsAt(0, "no include guard STORAGE_BASE_X_H_")));
}

TEST(TidyFile, LeavesOtherFilesAlone) {
  EXPECT_THAT(TidyFile({"tests/golden/x.hex", "\t \n00"}), IsEmpty());
}

TEST(TestsThatNeverRun, AreThoseNoCMakeListsNames) {
  const std::vector<SourceFile> files = {
      {"storage/CMakeLists.txt", "wardbook_test(x SRCS far_test.cc)\n"},
      {"storage/base/CMakeLists.txt",
       "wardbook_test(base_test SRCS ids_test.cc\n  assert_test.cc)\n# off_test.cc\n"},
      {"storage/base/assert_test.cc", ""},
      {"storage/base/far_test.cc", ""},
      {"storage/base/ids_test.cc", ""},
      {"storage/base/off_test.cc", ""},
      {"storage/base/s_test.cc", ""},
      {"storage/nowhere/x_test.cc", ""},
  };
  EXPECT_THAT(TestsThatNeverRun(files),
              ElementsAre(Field(&Violation::path, "storage/base/far_test.cc"),
                          Field(&Violation::path, "storage/base/off_test.cc"),
                          Field(&Violation::path, "storage/base/s_test.cc"),
                          Field(&Violation::path, "storage/nowhere/x_test.cc")));
}

TEST(FoldersWithoutReadme, AreThoseWithCodeOnly) {
  const std::vector<SourceFile> files = {
      {"services/people/people.cc", ""},    {"storage/base/ids.h", ""},
      {"storage/empty/CMakeLists.txt", ""}, {"storage/record/README.md", ""},
      {"storage/record/record.h", ""},      {"storage/vault/vault.cc", ""},
      {"storage/vault/vault.h", ""},        {"tests/architecture/source_tree.h", ""},
  };
  EXPECT_THAT(FoldersWithoutReadme(files),
              ElementsAre(Violation{"services", 0, "no README.md"},
                          Violation{"storage/vault", 0, "no README.md"}));
}

}  // namespace
}  // namespace wardbook::architecture
