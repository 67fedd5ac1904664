#include "storage/rocksdb/info_log.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"

namespace wardbook::storage {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::ScratchDirectory;

std::string Content(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

TEST(InfoLog, HasWarningsAndErrorsAlone) {
  const ScratchDirectory directory;
  InfoLog log(directory.path());
  rocksdb::Info(&log, "flushed %d tables", 3);
  rocksdb::Warn(&log, "stalling for %s", "a compaction");
  rocksdb::Error(&log, "no room");
  EXPECT_THAT(Content(directory.At("LOG")),
              AllOf(HasSubstr("stalling for a compaction\n"), HasSubstr("no room\n"),
                    Not(HasSubstr("flushed"))));
}

TEST(InfoLog, KeepsThatOfTheRunBefore) {
  const ScratchDirectory directory;
  for (const char* run : {"first", "second", "third"}) {
    InfoLog log(directory.path());
    rocksdb::Warn(&log, "%s run", run);
  }
  EXPECT_THAT(Content(directory.At("LOG")), HasSubstr("third run"));
  EXPECT_THAT(Content(directory.At("LOG.old")), HasSubstr("second run"));
}

TEST(InfoLog, DoesNotGrowWithoutEnd) {
  const ScratchDirectory directory;
  InfoLog log(directory.path());
  const std::string message(1000, 'm');
  for (uint64_t i = 0; i < 3 * InfoLog::kFileBytesMax / message.size(); ++i) {
    rocksdb::Warn(&log, "%s", message.c_str());
  }
  for (const char* name : {"LOG", "LOG.old"}) {
    EXPECT_LE(std::filesystem::file_size(directory.At(name)), InfoLog::kFileBytesMax) << name;
  }
}

TEST(InfoLog, AMessageThatCannotBeWrittenIsLeftOut) {
  const ScratchDirectory directory;
  InfoLog log(directory.At("a directory that is not there"));
  rocksdb::Warn(&log, "first");
  rocksdb::Error(&log, "second");
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(InfoLog, WhoSaysNothingTakesNoFileAway) {
  const ScratchDirectory directory;
  InfoLog running(directory.path());
  rocksdb::Warn(&running, "before");
  { const InfoLog silent(directory.path()); }
  rocksdb::Warn(&running, "after");
  EXPECT_THAT(Content(directory.At("LOG")), AllOf(HasSubstr("before"), HasSubstr("after")));
}

TEST(InfoLog, GoesOnWhenTheDiskTakesFilesAgain) {
  const ScratchDirectory directory;
  InfoLog log(directory.At("later"));
  rocksdb::Warn(&log, "lost");
  std::filesystem::create_directory(directory.At("later"));
  rocksdb::Warn(&log, "kept");
  EXPECT_THAT(Content(directory.At("later/LOG")), AllOf(HasSubstr("kept"), Not(HasSubstr("lost"))));
}

}  // namespace
}  // namespace wardbook::storage
