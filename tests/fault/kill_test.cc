// A writer process is killed at a random moment, again and again, and the log is
// opened on what it left.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/fault/log_of_directory.h"
#include "tests/testing/acknowledged_appends.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

constexpr uint32_t kWriters = 32;
constexpr int kRoundsDefault = 50;
// The full check reads all that the rounds before have written.
constexpr int kRoundsPerFullCheck = 10;
// From the first acknowledgement on, until many batches are through.
constexpr int kLifetimeMaxMs = 200;
// One round in so many ends before, while the log is opened.
constexpr int kRoundsPerEarlyEnd = 5;
// About what opening takes.
constexpr int kOpeningMaxMs = 60;

int Rounds() {
  int rounds = kRoundsDefault;
  const char* given = std::getenv("WARDBOOK_KILL_ROUNDS");
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &rounds));
  return rounds;
}

// A log_writer at work, and what it acknowledges.
class WriterProcess {
 public:
  WriterProcess(const std::string& directory, const AcknowledgedAppends& acknowledged) {
    std::vector<std::string> arguments = {WARDBOOK_LOG_WRITER, directory};
    for (uint32_t writer = 0; writer < kWriters; ++writer) {
      arguments.push_back(absl::StrCat(acknowledged.NextNumber(writer)));
    }
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);

    int pipe_ends[2];
    WARDBOOK_ASSERT(pipe(pipe_ends) == 0);
    process_ = fork();
    WARDBOOK_ASSERT(process_ >= 0);
    if (process_ == 0) {
      dup2(pipe_ends[1], STDOUT_FILENO);
      close(pipe_ends[0]);
      close(pipe_ends[1]);
      execv(argv[0], argv.data());
      _exit(EXIT_FAILURE);
    }
    close(pipe_ends[1]);
    output_ = pipe_ends[0];
    reader_ = std::thread([this] { Read(); });
  }

  // Until it has acknowledged something, or has ended.
  void AwaitFirstLine() { first_line_.WaitForNotification(); }

  // Kills it and returns all that it had said.
  std::vector<Acknowledgement> Kill() {
    kill(process_, SIGKILL);
    int status = 0;
    waitpid(process_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself";
    reader_.join();
    close(output_);
    std::vector<Acknowledgement> acknowledgements;
    size_t begin = 0;
    for (size_t end; (end = text_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const auto line = absl::string_view(text_).substr(begin, end - begin);
      const std::optional<Acknowledgement> acknowledgement = ParseAcknowledgement(line);
      EXPECT_TRUE(acknowledgement.has_value()) << line;
      if (acknowledgement.has_value()) acknowledgements.push_back(*acknowledgement);
    }
    return acknowledgements;
  }

 private:
  void Read() {
    char buffer[1 << 16];
    for (ssize_t size; (size = read(output_, buffer, sizeof(buffer))) > 0;) {
      text_.append(buffer, static_cast<size_t>(size));
      if (!first_line_.HasBeenNotified()) first_line_.Notify();
    }
    if (!first_line_.HasBeenNotified()) first_line_.Notify();
  }

  pid_t process_;
  int output_;
  absl::Notification first_line_;
  std::string text_;  // Of the reader until it ends.
  std::thread reader_;
};

TEST(Kill, NothingAcknowledgedIsLostMovedOrDoubledHoweverOftenTheWriterIsKilled) {
  std::mt19937_64 random(TestSeed());
  const ScratchDirectory directory;
  AcknowledgedAppends acknowledged;
  const int rounds = Rounds();
  // By what was told before the kill, without what RetryLast adds.
  int rounds_at_work = 0;
  std::set<uint32_t> writers_at_work;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    WriterProcess writer(directory.path(), acknowledged);
    const bool ends_early = round % kRoundsPerEarlyEnd == 0;
    if (!ends_early) writer.AwaitFirstLine();
    std::this_thread::sleep_for(
        std::chrono::milliseconds(random() % (ends_early ? kOpeningMaxMs : kLifetimeMaxMs)));
    const std::vector<Acknowledgement> told = writer.Kill();
    if (!told.empty()) ++rounds_at_work;
    for (const Acknowledgement& acknowledgement : told) {
      acknowledged.Add(acknowledgement);
      writers_at_work.insert(acknowledgement.request.writer);
    }

    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<storage::RocksdbEventLog> log,
                         OpenLogOf(directory.path()));
    ASSERT_OK(acknowledged.CheckKept(*log));
    ASSERT_OK(acknowledged.RetryLast(*log));
    if ((round + 1) % kRoundsPerFullCheck != 0 && round + 1 != rounds) continue;
    ASSERT_OK(CheckAllSchools(*log));
  }
  std::cout << acknowledged.count() << " requests acknowledged in " << rounds << " rounds\n";
  EXPECT_GT(rounds_at_work, rounds / 2);
  EXPECT_EQ(writers_at_work.size(), kWriters);
}

}  // namespace
}  // namespace wardbook::testing
