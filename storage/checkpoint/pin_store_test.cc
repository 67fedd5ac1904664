#include "storage/checkpoint/pin_store.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::checkpoint {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

class PinStoreTest : public ::testing::Test {
 protected:
  PinStore OpenStore() { return *PinStore::Open(directory_.string()); }

  std::vector<std::string> FileNames() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory_)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  void WriteFile(const std::string& name, const std::string& content) const {
    std::ofstream(directory_ / name) << content;
  }

  const ::wardbook::testing::ScratchDirectory scratch_;
  const fs::path directory_ = scratch_.At("data/checkpoints");
  const SchoolId school_ = *SchoolId::FromHex("00112233445566778899aabbccddeeff");
  const SchoolId other_ = *SchoolId::FromHex("ffeeddccbbaa99887766554433221100");
};

TEST_F(PinStoreTest, ASchoolWithoutAPinHasNone) {
  const PinStore pins = OpenStore();
  EXPECT_THAT(pins.Read(school_), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(pins.Schools(), IsOkAndHolds(IsEmpty()));
}

TEST_F(PinStoreTest, TheNewestPinStandsAfterReopening) {
  ASSERT_OK(OpenStore().Write(school_, "first, and longer than the second"));
  ASSERT_OK(OpenStore().Write(school_, "second"));
  EXPECT_THAT(OpenStore().Read(school_), IsOkAndHolds(Optional(Eq("second"))));
}

TEST_F(PinStoreTest, KeepsEverySchoolApart) {
  const PinStore pins = OpenStore();
  ASSERT_OK(pins.Write(other_, "other"));
  ASSERT_OK(pins.Write(school_, "school"));
  EXPECT_THAT(pins.Read(school_), IsOkAndHolds(Optional(Eq("school"))));
  EXPECT_THAT(pins.Read(other_), IsOkAndHolds(Optional(Eq("other"))));
  EXPECT_THAT(pins.Schools(), IsOkAndHolds(ElementsAre(school_, other_)));
}

TEST_F(PinStoreTest, IsOneFileASchoolNamedByItsId) {
  ASSERT_OK(OpenStore().Write(school_, "pin"));
  EXPECT_THAT(FileNames(), UnorderedElementsAre("00112233445566778899aabbccddeeff.checkpoint"));
}

TEST_F(PinStoreTest, IsForItsOwnerOnly) {
  ASSERT_OK(OpenStore().Write(school_, "pin"));
  EXPECT_THAT(fs::status(directory_).permissions(), Eq(fs::perms::owner_all));
  EXPECT_THAT(fs::status(directory_ / "00112233445566778899aabbccddeeff.checkpoint").permissions(),
              Eq(fs::perms::owner_read | fs::perms::owner_write));
}

TEST_F(PinStoreTest, KeepsLongNotesWhole) {
  const std::string note(100'000, 'n');
  ASSERT_OK(OpenStore().Write(school_, note));
  EXPECT_THAT(OpenStore().Read(school_), IsOkAndHolds(Optional(Eq(note))));
}

TEST_F(PinStoreTest, WhatACrashLeftAsideIsNoPinAndNotInTheWay) {
  const PinStore pins = OpenStore();
  ASSERT_OK(pins.Write(school_, "before"));
  WriteFile("00112233445566778899aabbccddeeff.checkpoint.new", "cut sho");
  WriteFile("ffeeddccbbaa99887766554433221100.checkpoint.new", "cut sho");

  EXPECT_THAT(OpenStore().Read(school_), IsOkAndHolds(Optional(Eq("before"))));
  EXPECT_THAT(OpenStore().Read(other_), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(OpenStore().Schools(), IsOkAndHolds(ElementsAre(school_)));

  ASSERT_OK(pins.Write(school_, "after"));
  EXPECT_THAT(OpenStore().Read(school_), IsOkAndHolds(Optional(Eq("after"))));
  EXPECT_THAT(FileNames(), UnorderedElementsAre("00112233445566778899aabbccddeeff.checkpoint",
                                                "ffeeddccbbaa99887766554433221100.checkpoint.new"));
}

TEST_F(PinStoreTest, FilesOfOtherNamesAreNoPins) {
  const PinStore pins = OpenStore();
  WriteFile("README", "");
  WriteFile("0011.checkpoint", "");
  WriteFile("00112233445566778899aabbccddeeff.txt", "");
  EXPECT_THAT(pins.Schools(), IsOkAndHolds(IsEmpty()));
}

TEST_F(PinStoreTest, ThePinBeforeStandsWhenTheNewOneCannotBeWritten) {
  const PinStore pins = OpenStore();
  ASSERT_OK(pins.Write(school_, "before"));
  // A directory stands where the new pin is written aside.
  fs::create_directory(directory_ / "00112233445566778899aabbccddeeff.checkpoint.new");
  EXPECT_THAT(pins.Write(school_, "after"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(pins.Read(school_), IsOkAndHolds(Optional(Eq("before"))));
}

TEST_F(PinStoreTest, APinThatCannotBeReplacedLeavesNothingAside) {
  const PinStore pins = OpenStore();
  fs::create_directory(directory_ / "00112233445566778899aabbccddeeff.checkpoint");
  EXPECT_THAT(pins.Write(school_, "pin"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(pins.Read(school_), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(FileNames(), UnorderedElementsAre("00112233445566778899aabbccddeeff.checkpoint"));
}

TEST_F(PinStoreTest, AFileInPlaceOfTheDirectoryIsUnavailable) {
  fs::create_directories(directory_.parent_path());
  std::ofstream(directory_) << "in the way";
  EXPECT_THAT(PinStore::Open(directory_.string()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(PinStoreTest, ADirectoryThatVanishedIsUnavailable) {
  const PinStore pins = OpenStore();
  fs::remove_all(directory_);
  EXPECT_THAT(pins.Schools(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(pins.Write(school_, "pin"), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace wardbook::checkpoint
