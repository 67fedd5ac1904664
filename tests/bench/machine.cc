#include "tests/bench/machine.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace wardbook::bench {
namespace {

namespace fs = std::filesystem;

absl::Duration CpuTime(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return absl::DurationFromTimespec(time);
}

void ForEachFile(const std::string& path, const std::function<void(const std::string&)>& visit) {
  std::error_code error;
  fs::recursive_directory_iterator entry(path, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    std::error_code gone;  // Compactions delete files meanwhile.
    if (entry->is_regular_file(gone)) visit(entry->path().string());
    entry.increment(error);
  }
}

// The number behind `name` in a file of /proc, in bytes.
uint64_t KilobytesIn(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  std::string word;
  while (file >> word) {
    uint64_t kilobytes = 0;
    if (word == name && file >> kilobytes) return kilobytes << 10;
  }
  return 0;
}

}  // namespace

absl::Duration ProcessCpuTime() { return CpuTime(CLOCK_PROCESS_CPUTIME_ID); }
absl::Duration ThreadCpuTime() { return CpuTime(CLOCK_THREAD_CPUTIME_ID); }

uint64_t FolderBytes(const std::string& path) {
  uint64_t bytes = 0;
  ForEachFile(path, [&bytes](const std::string& file) {
    struct stat status {};
    // Files are allocated ahead of what is written to them; the blocks are what they take.
    if (stat(file.c_str(), &status) == 0) bytes += static_cast<uint64_t>(status.st_blocks) * 512;
  });
  return bytes;
}

void ForgetCached(const std::string& path) {
  ForEachFile(path, [](const std::string& name) {
    const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    fdatasync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
  });
}

Resident ResidentOf(pid_t process) {
  const std::string status = absl::StrCat("/proc/", process, "/status");
  return {KilobytesIn(status, "RssAnon:"), KilobytesIn(status, "VmRSS:")};
}

}  // namespace wardbook::bench
