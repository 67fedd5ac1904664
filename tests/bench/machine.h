// What the machine says of this program, of another one, and of a folder.

#ifndef TESTS_BENCH_MACHINE_H_
#define TESTS_BENCH_MACHINE_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace wardbook::bench {

// Processor time of all threads of this program so far.
absl::Duration ProcessCpuTime();
// Of the calling thread.
absl::Duration ThreadCpuTime();

// Bytes on the disk of all files below `path`; 0 if there are none.
uint64_t FolderBytes(const std::string& path);

// Writes the files below `path` to the disk and takes them out of the page cache, as
// after the machine was started.
void ForgetCached(const std::string& path);

// The resident memory of a process, without the pages of files that the machine can
// drop at any time, and with them.
struct Resident {
  uint64_t own_bytes = 0;
  uint64_t bytes = 0;
};
Resident ResidentOf(pid_t process);

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_MACHINE_H_
