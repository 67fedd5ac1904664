#include "storage/base/side_by_side.h"

#include <algorithm>
#include <atomic>
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
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> threads(std::min(kThreadsMax, count / kCallsPerThread));
  for (std::thread& thread : threads) thread = std::thread(run);
  run();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace wardbook
