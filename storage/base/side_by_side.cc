#include "storage/base/side_by_side.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace wardbook {
namespace {

// As many reads as a disk answers together without much loss.
constexpr size_t kThreadsMax = 8;
// For fewer calls a thread is not worth it.
constexpr size_t kCallsPerThread = 8;

}  // namespace

void SideBySide(size_t count, absl::FunctionRef<void(size_t)> work) {
  SideBySide(count, work, [](const std::function<void()>& run) { return std::thread(run); });
}

void SideBySide(size_t count, absl::FunctionRef<void(size_t)> work,
                absl::FunctionRef<std::thread(const std::function<void()>&)> begin) {
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  const size_t wanted = std::min(kThreadsMax, count / kCallsPerThread);
  std::vector<std::thread> threads;
  threads.reserve(wanted);
  try {
    while (threads.size() < wanted) threads.push_back(begin(run));
  } catch (const std::system_error&) {
    // What is left to do is this thread's.
  }
  run();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace wardbook
