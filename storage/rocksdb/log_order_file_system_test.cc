#include "storage/rocksdb/log_order_file_system.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/file_system.h"
#include "tests/testing/scratch_directory.h"

namespace wardbook::storage {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Notes what is synced, and lets one sync fail when told to.
class NotedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  NotedFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  void FailNextSync() { fails_ = true; }
  const std::vector<std::string>& synced() const { return synced_; }

  const char* Name() const override { return "NotedFileSystem"; }
  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<FSWritableFile>* result,
                           IODebugContext* debug) override {
    IOStatus status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<File>(*this, path, std::move(*result));
    return status;
  }

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(NotedFileSystem& owner, const std::string& path, std::unique_ptr<FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)),
          owner_(owner),
          name_(path.substr(path.rfind('/') + 1)) {}

    IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
      if (std::exchange(owner_.fails_, false)) return IOStatus::IOError("the disk does not answer");
      owner_.synced_.push_back(name_);
      return FSWritableFileOwnerWrapper::Sync(options, debug);
    }

   private:
    NotedFileSystem& owner_;
    const std::string name_;
  };

  bool fails_ = false;
  std::vector<std::string> synced_;
};

class LogOrderFileSystemTest : public ::testing::Test {
 protected:
  IOStatus Begin(const std::string& name, std::unique_ptr<FSWritableFile>* file) {
    return ordered_.NewWritableFile(directory_.At(name), FileOptions(), file, nullptr);
  }
  static IOStatus Sync(FSWritableFile& file) { return file.Sync(IOOptions(), nullptr); }

  const testing::ScratchDirectory directory_;
  const std::shared_ptr<NotedFileSystem> disk_ = std::make_shared<NotedFileSystem>();
  LogOrderFileSystem ordered_{disk_};
  std::unique_ptr<FSWritableFile> first_;
  std::unique_ptr<FSWritableFile> second_;
};

TEST_F(LogOrderFileSystemTest, ALogBeginsWhenThoseBeforeItAreSynced) {
  ASSERT_TRUE(Begin("1.log", &first_).ok());
  std::unique_ptr<FSWritableFile> table;
  ASSERT_TRUE(Begin("2.sst", &table).ok());
  EXPECT_THAT(disk_->synced(), IsEmpty());
  ASSERT_TRUE(Begin("3.log", &second_).ok());
  EXPECT_THAT(disk_->synced(), ElementsAre("1.log"));
  first_.reset();
  std::unique_ptr<FSWritableFile> third;
  ASSERT_TRUE(Begin("4.log", &third).ok());
  EXPECT_THAT(disk_->synced(), ElementsAre("1.log", "3.log"));
}

TEST_F(LogOrderFileSystemTest, NoLogBeginsBehindOneThatCannotBeSynced) {
  ASSERT_TRUE(Begin("1.log", &first_).ok());
  disk_->FailNextSync();
  EXPECT_FALSE(Begin("2.log", &second_).ok());
  EXPECT_FALSE(disk_->FileExists(directory_.At("2.log"), IOOptions(), nullptr).ok());
}

// The kernel tells of a page that it could not write once.
TEST_F(LogOrderFileSystemTest, ASyncThatFailedFailsWhoeverSyncsNext) {
  ASSERT_TRUE(Begin("1.log", &first_).ok());
  disk_->FailNextSync();
  EXPECT_FALSE(Begin("2.log", &second_).ok());
  EXPECT_FALSE(Sync(*first_).ok());
  EXPECT_FALSE(Begin("2.log", &second_).ok());
  EXPECT_THAT(disk_->synced(), IsEmpty());
}

}  // namespace
}  // namespace wardbook::storage
