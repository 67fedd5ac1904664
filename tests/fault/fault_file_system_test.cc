#include "tests/fault/fault_file_system.h"

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"

namespace wardbook::testing {
namespace {

constexpr uint64_t kRoom = 1000;
constexpr uint64_t kBytes = 400;

class FaultFileSystemTest : public ::testing::Test {
 protected:
  void SetUp() override { disk_.SetRoom(kRoom); }

  rocksdb::IOStatus Write(absl::string_view name, uint64_t bytes) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    rocksdb::IOStatus status = disk_.NewWritableFile(At(name), {}, &file, nullptr);
    if (status.ok()) status = file->Append(std::string(bytes, 'x'), {}, nullptr);
    return status;
  }
  std::string At(absl::string_view name) const { return directory_.At(std::string(name)); }
  uint64_t Free() {
    uint64_t bytes = 0;
    EXPECT_TRUE(disk_.GetFreeSpace(directory_.path(), {}, &bytes, nullptr).ok());
    return bytes;
  }

  const ScratchDirectory directory_;
  FaultFileSystem disk_;
};

TEST_F(FaultFileSystemTest, TakesWhatFits) {
  EXPECT_TRUE(Write("a", kBytes).ok());
  EXPECT_EQ(Free(), kRoom - kBytes);
  EXPECT_TRUE(Write("b", kRoom).IsNoSpace());
  EXPECT_EQ(Free(), 0u);
  EXPECT_EQ(disk_.faults(), 1u);
}

TEST_F(FaultFileSystemTest, WhatIsDeletedGivesItsRoomBack) {
  ASSERT_TRUE(Write("a", kBytes).ok());
  ASSERT_TRUE(Write("b", kRoom).IsNoSpace());
  ASSERT_TRUE(disk_.DeleteFile(At("a"), {}, nullptr).ok());
  EXPECT_EQ(Free(), kBytes);
  // What was taken of a file that did not fit as well.
  ASSERT_TRUE(disk_.DeleteFile(At("b"), {}, nullptr).ok());
  EXPECT_EQ(Free(), kRoom);
  EXPECT_FALSE(disk_.DeleteFile(At("b"), {}, nullptr).ok());
  EXPECT_EQ(Free(), kRoom);
}

TEST_F(FaultFileSystemTest, WhatIsReplacedOrCutShortGivesItsRoomBack) {
  ASSERT_TRUE(Write("a", kBytes).ok());
  ASSERT_TRUE(Write("b", kBytes).ok());
  ASSERT_TRUE(disk_.RenameFile(At("a"), At("b"), {}, nullptr).ok());
  EXPECT_EQ(Free(), kRoom - kBytes);
  ASSERT_TRUE(Write("b", 10).ok());
  EXPECT_EQ(Free(), kRoom - 10);
  std::unique_ptr<rocksdb::FSWritableFile> file;
  ASSERT_TRUE(disk_.ReopenWritableFile(At("b"), {}, &file, nullptr).ok());
  ASSERT_TRUE(file->Truncate(4, {}, nullptr).ok());
  EXPECT_EQ(Free(), kRoom - 4);
}

TEST_F(FaultFileSystemTest, AHealedDiskHasRoomWhateverIsDeleted) {
  ASSERT_TRUE(Write("a", kBytes).ok());
  disk_.Heal();
  ASSERT_TRUE(disk_.DeleteFile(At("a"), {}, nullptr).ok());
  EXPECT_TRUE(Write("b", 10 * kRoom).ok());
}

}  // namespace
}  // namespace wardbook::testing
