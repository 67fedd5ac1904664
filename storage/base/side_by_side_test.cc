#include "storage/base/side_by_side.h"

#include <atomic>
#include <functional>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook {
namespace {

using ::testing::Each;
using ::testing::Eq;

TEST(SideBySide, CallsOnceForEachNumberAndReturnsWhenAllCallsHave) {
  for (const size_t count : {0u, 1u, 7u, 8u, 1000u}) {
    std::vector<std::atomic<int>> calls(count);
    SideBySide(count, [&](size_t i) { ++calls[i]; });
    EXPECT_THAT(std::vector<int>(calls.begin(), calls.end()), Each(Eq(1))) << count;
  }
}

TEST(SideBySide, ManyCallsAreUnderWayAtTheSameTime) {
  // Nobody passes who is alone.
  auto* const barrier = new absl::Barrier(2);
  std::atomic<int> arrived = 0;
  SideBySide(64, [&](size_t) {
    if (arrived++ < 2 && barrier->Block()) delete barrier;
  });
  EXPECT_THAT(arrived, Eq(64));
}

TEST(SideBySide, CallsOnceForEachNumberWhereThereAreNoMoreThreads) {
  for (const int threads_max : {0, 1, 3}) {
    std::vector<std::atomic<int>> calls(1000);
    int threads = 0;
    SideBySide(
        calls.size(), [&](size_t i) { ++calls[i]; },
        [&](const std::function<void()>& run) {
          if (threads == threads_max) {
            throw std::system_error(
                std::make_error_code(std::errc::resource_unavailable_try_again));
          }
          ++threads;
          return std::thread(run);
        });
    EXPECT_THAT(std::vector<int>(calls.begin(), calls.end()), Each(Eq(1))) << threads_max;
  }
}

TEST(SideBySide, FewCallsTakeNoThread) {
  std::set<std::thread::id> threads;
  SideBySide(7, [&](size_t) { threads.insert(std::this_thread::get_id()); });
  EXPECT_THAT(threads, ::testing::ElementsAre(std::this_thread::get_id()));
}

}  // namespace
}  // namespace wardbook
