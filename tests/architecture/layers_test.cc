#include "tests/architecture/layers.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/architecture/source_tree.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::architecture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::wardbook::testing::StatusIs;

constexpr absl::string_view kTable = R"(
# A comment.
@protos: wardbook/events/v1/ wardbook/log/v1/
storage/base: absl/
storage/vault: absl/ storage/base/ storage/key_value.h
storage/evidence: absl/
storage/evidence/file_type.cc: magic.h     # one file only
services/people: @protos services/people/
services/people/domain: wardbook/events/v1/
tests of storage/: gtest/ storage/
)";

std::vector<Violation> CheckOne(absl::string_view path, absl::string_view text) {
  const absl::StatusOr<Layers> layers = Layers::Parse(kTable);
  if (!layers.ok()) return {{"", 0, layers.status().ToString()}};
  return layers->Check({{std::string(path), std::string(text)}});
}

TEST(Layers, AllowTheStandardLibraryAndTheOwnFolderToEverybody) {
  EXPECT_THAT(CheckOne("storage/base/ids.cc", "#include \"storage/base/ids.h\"\n#include <vector>"),
              IsEmpty());
}

TEST(Layers, AllowByBeginningAndByWholePath) {
  EXPECT_THAT(CheckOne("storage/vault/vault.cc",
                       "#include \"absl/status/status.h\"\n#include \"storage/key_value.h\""),
              IsEmpty());
}

TEST(Layers, NameTheLineThatReachesTooFar) {
  EXPECT_THAT(CheckOne("storage/vault/vault.cc",
                       "// Comment.\n#include <string>\n#include \"storage/event_log.h\"\n"),
              ElementsAre(Violation{"storage/vault/vault.cc", 3,
                                    "storage/vault may not include storage/event_log.h"}));
}

TEST(Layers, SeeIncludesHoweverTheyAreWritten) {
  for (absl::string_view include :
       {"#include <rocksdb/db.h>", "#include \"rocksdb/db.h\"",
        "  #  include\t<rocksdb/db.h>  // why", "#if 0\n#include <rocksdb/db.h>\n#endif"}) {
    EXPECT_THAT(CheckOne("storage/vault/vault.cc", include).size(), 1) << include;
  }
}

TEST(Layers, DoNotTakeProseForAnInclude) {
  EXPECT_THAT(CheckOne("storage/vault/vault.cc", "// #include <rocksdb/db.h>\n#define X y\n"),
              IsEmpty());
}

TEST(Layers, DoNotTakeAFolderForOneWhoseNameItBegins) {
  EXPECT_THAT(CheckOne("storage/vault/vault.cc", "#include \"storage/basement/x.h\"").size(), 1);
}

TEST(Layers, HeadersOfTheSystemAreNotOfTheLanguage) {
  EXPECT_THAT(CheckOne("storage/base/ids.cc", "#include <unistd.h>").size(), 1);
  EXPECT_THAT(CheckOne("storage/base/ids.cc", "#include <sys/stat>").size(), 1);
}

TEST(Layers, AllowAFileWhatItsFolderMayNot) {
  EXPECT_THAT(CheckOne("storage/evidence/file_type.cc", "#include <magic.h>"), IsEmpty());
  EXPECT_THAT(CheckOne("storage/evidence/sweep.cc", "#include <magic.h>").size(), 1);
}

TEST(Layers, AllowTestsMoreThanTheFolderTheyTest) {
  constexpr absl::string_view kIncludes =
      "#include \"gtest/gtest.h\"\n#include \"storage/rocksdb/store.h\"\n";
  EXPECT_THAT(CheckOne("storage/vault/vault_test.cc", kIncludes), IsEmpty());
  EXPECT_THAT(CheckOne("storage/vault/sample_for_test.h", kIncludes), IsEmpty());
  EXPECT_THAT(CheckOne("storage/vault/vault.cc", kIncludes).size(), 2);
  EXPECT_THAT(CheckOne("services/people/people_test.cc", kIncludes).size(), 2);
}

TEST(Layers, GroupsStandForTheirPatterns) {
  EXPECT_THAT(CheckOne("services/people/people.cc",
                       "#include \"wardbook/log/v1/record.pb.h\"\n"
                       "#include \"services/people/domain/person.h\"\n"),
              IsEmpty());
}

TEST(Layers, AFolderMayLessThanTheOneItLiesIn) {
  EXPECT_THAT(CheckOne("services/people/domain/person.cc",
                       "#include \"services/people/people_service.h\"\n")
                  .size(),
              1);
}

TEST(Layers, RefuseFoldersThatDoNotStandInTheTable) {
  EXPECT_THAT(CheckOne("services/catering/menu.cc", ""),
              ElementsAre(Violation{"services/catering/menu.cc", 0,
                                    "tests/architecture/layers.txt does not know "
                                    "services/catering"}));
}

TEST(Layers, LeaveFilesThatAreNotCppAlone) {
  EXPECT_THAT(CheckOne("services/catering/README.md", "#include <rocksdb/db.h>"), IsEmpty());
}

TEST(LayersTable, RefusesWhatItDoesNotUnderstand) {
  EXPECT_THAT(Layers::Parse("storage/base absl/"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
  EXPECT_THAT(Layers::Parse("\n: absl/"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 2")));
  EXPECT_THAT(Layers::Parse("storage/base: @nothing"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unknown group @nothing")));
  EXPECT_THAT(Layers::Parse("storage/base: absl/\nstorage/base: openssl/"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("stands twice")));
}

}  // namespace
}  // namespace wardbook::architecture
