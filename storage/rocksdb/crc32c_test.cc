#include "storage/rocksdb/crc32c.h"

#include <dlfcn.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::storage {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Function = uint32_t (*)(uint32_t, const char*, size_t);

constexpr char kName[] = "_ZN7rocksdb6crc32c6ExtendEjPKcm";

TEST(Crc32c, GivesTheKnownAnswers) {
  EXPECT_TRUE(Crc32cIsRight());
  // RFC 3720, B.4.
  const std::string zeros(32, '\0');
  const std::string ones(32, '\xff');
  EXPECT_EQ(rocksdb::crc32c::Extend(0, zeros.data(), zeros.size()), 0x8a9136aa);
  EXPECT_EQ(rocksdb::crc32c::Extend(0, ones.data(), ones.size()), 0x62a8ab43);
}

TEST(Crc32c, IsWhatRocksdbWorksOutWhereverTheBytesBeginAndEnd) {
  // That of librocksdb.so, which comes behind this program.
  void* const of_rocksdb = dlsym(RTLD_NEXT, kName);
  ASSERT_NE(of_rocksdb, nullptr);
  const auto extend = reinterpret_cast<Function>(of_rocksdb);
  std::string bytes;
  for (size_t i = 0; i < 300; ++i) bytes.push_back(static_cast<char>(i * i));
  for (size_t first = 0; first < 17; ++first) {
    for (size_t size = 0; first + size <= bytes.size(); ++size) {
      const uint32_t sum = static_cast<uint32_t>(0x9e3779b9 * (first + size));
      ASSERT_EQ(rocksdb::crc32c::Extend(sum, &bytes[first], size), extend(sum, &bytes[first], size))
          << size << " bytes from " << first;
    }
  }
}

// What the dynamic linker says where librocksdb.so calls the function.
TEST(Crc32c, IsTheOneThatRocksdbCalls) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  const std::string command =
      absl::StrCat("LD_BIND_NOW=1 LD_DEBUG=bindings '", program,
                   "' --gtest_list_tests 2>&1 >/dev/null | grep -F ", kName);
  std::FILE* const output = popen(command.c_str(), "r");
  ASSERT_NE(output, nullptr);
  std::vector<std::string> of_rocksdb;
  char line[4096];
  while (std::fgets(line, sizeof(line), output) != nullptr) {
    if (absl::StrContains(line, "binding file") &&
        absl::StrContains(absl::string_view(line).substr(0, absl::string_view(line).find(" to ")),
                          "librocksdb")) {
      of_rocksdb.emplace_back(line);
    }
  }
  ASSERT_EQ(pclose(output), 0);
  EXPECT_THAT(of_rocksdb, Not(IsEmpty()));
  EXPECT_THAT(of_rocksdb, Each(HasSubstr(absl::StrCat(" to ", program, " "))));
}

}  // namespace
}  // namespace wardbook::storage
