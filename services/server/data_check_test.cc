#include "services/server/data_check.h"

#include <filesystem>
#include <fstream>
#include <ios>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/server/key_files.h"
#include "services/server/school_setup.h"
#include "services/server/stores.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::server {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::wardbook::testing::StatusIs;

class DataCheckTest : public ::testing::Test {
 protected:
  DataCheckTest() {
    config_.data_directory = scratch_.At("data");
    config_.keys_directory = scratch_.At("keys");
  }

  void SetUp() override {
    ASSERT_OK(MakeKeyFiles(config_.keys_directory, "wardbook.example", {"localhost"}, absl::Now()));
    ASSERT_OK(
        SetUpSchool(config_, {"Fernhill Example School", "fernhill", "Petra Example", "petra"}));
    // What is written so far is in tables then.
    ASSERT_OK(Open().status());
  }

  absl::StatusOr<std::unique_ptr<Stores>> Open() const {
    const absl::StatusOr<KeyFiles> keys = ReadKeyFiles(config_.keys_directory);
    if (!keys.ok()) return keys.status();
    return OpenStores(config_.data_directory, *keys);
  }

  absl::StatusOr<DataChecked> Check() {
    faults_.clear();
    return CheckData(config_, {.fault = [&](absl::string_view line) { faults_.emplace_back(line); },
                               .progress = [](absl::string_view) {}});
  }

  // A table of the database, whose first block has one bit flipped.
  std::string DamagedTable(const std::string& database) const {
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::path(config_.data_directory) / database)) {
      if (entry.path().extension() != ".sst") continue;
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      const int first = file.get();
      file.seekp(0);
      file.put(static_cast<char>(first ^ 1));
      return entry.path().filename().string();
    }
    ADD_FAILURE() << database << " has no table";
    return "";
  }

  const testing::ScratchDirectory scratch_;
  Config config_;
  std::vector<std::string> faults_;
};

TEST_F(DataCheckTest, SaysNothingOfDataThatIsWhole) {
  ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
  EXPECT_EQ(checked.faults, 0);
  EXPECT_EQ(checked.records, 5) << "the school, the administrator with two roles, and the account";
  EXPECT_THAT(faults_, IsEmpty());
}

class DataCheckOfDatabaseTest : public DataCheckTest,
                                public ::testing::WithParamInterface<const char*> {};

TEST_P(DataCheckOfDatabaseTest, NamesTheTableOfADamagedBlock) {
  const std::string table = DamagedTable(GetParam());
  ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
  EXPECT_GT(checked.faults, 0);
  EXPECT_EQ(checked.faults, faults_.size());
  EXPECT_THAT(faults_, ::testing::Contains(HasSubstr(absl::StrCat(GetParam(), "/", table))));
}

INSTANTIATE_TEST_SUITE_P(Databases, DataCheckOfDatabaseTest,
                         ::testing::Values("vault", "credentials"),
                         [](const auto& database) { return std::string(database.param); });

TEST_F(DataCheckTest, NamesTheRecordsOfADamagedLogAndItsTable) {
  const std::string table = DamagedTable("log");
  ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
  EXPECT_GT(checked.faults, 0);
  EXPECT_THAT(faults_, ::testing::Contains(
                           AllOf(HasSubstr("the log: "), HasSubstr(absl::StrCat("log/", table)))));
}

TEST_F(DataCheckTest, LeavesDamagedViewsWhereTheyAreAndSaysThatTheyMayGo) {
  const fs::path views = fs::path(config_.data_directory) / "views";
  std::ofstream(views / "CURRENT") << "no manifest";
  ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
  EXPECT_EQ(checked.faults, 1);
  EXPECT_THAT(faults_, ElementsAre(AllOf(HasSubstr("the views: "),
                                         HasSubstr(absl::StrCat("remove ", views.string())))));
  EXPECT_FALSE(fs::exists(views.string() + ".damaged"));
  fs::remove_all(views);
  ASSERT_OK_AND_ASSIGN(const DataChecked without, Check());
  EXPECT_EQ(without.faults, 0);
  EXPECT_FALSE(fs::exists(views)) << "which a check has no use for";
}

TEST_F(DataCheckTest, AStoreThatDoesNotOpenIsAFault) {
  std::ofstream(fs::path(config_.data_directory) / "evidence" / "CURRENT") << "no manifest";
  ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
  EXPECT_EQ(checked.faults, 1);
  EXPECT_THAT(faults_,
              ElementsAre(AllOf(HasSubstr("/evidence"), HasSubstr("nothing else was checked"))));
}

TEST_F(DataCheckTest, MakesNoStoreThatIsMissing) {
  for (const char* folder : {"vault", "checkpoints"}) {
    const fs::path path = fs::path(config_.data_directory) / folder;
    fs::rename(path, scratch_.At("aside"));
    EXPECT_THAT(Check().status(), StatusIs(absl::StatusCode::kNotFound, HasSubstr(path.string())));
    EXPECT_FALSE(fs::exists(path));
    fs::create_directory(path);
    if (folder == std::string("vault")) {
      EXPECT_THAT(Check().status(),
                  StatusIs(absl::StatusCode::kNotFound, HasSubstr(path.string())));
      EXPECT_TRUE(fs::is_empty(path));
    } else {
      ASSERT_OK_AND_ASSIGN(const DataChecked checked, Check());
      EXPECT_EQ(checked.faults, 1);
      EXPECT_THAT(faults_, ElementsAre(HasSubstr("no checkpoint of it is pinned")));
    }
    fs::remove_all(path);
    fs::rename(scratch_.At("aside"), path);
  }
  config_.data_directory = scratch_.At("elsewhere");
  EXPECT_THAT(Check().status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(fs::exists(config_.data_directory));
}

TEST_F(DataCheckTest, IsRefusedWhereAServerRuns) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Stores> open, Open());
  EXPECT_THAT(Check().status(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("it is open already")));
}

}  // namespace
}  // namespace wardbook::server
