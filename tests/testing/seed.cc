#include "tests/testing/seed.h"

#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace wardbook::testing {
namespace {

uint64_t ChooseSeed() {
  uint64_t seed = 0;
  const char* given = std::getenv("WARDBOOK_TEST_SEED");
  if (given == nullptr || !absl::SimpleAtoi(given, &seed)) {
    std::random_device device;
    seed = (uint64_t{device()} << 32) | device();
  }
  std::cout << "WARDBOOK_TEST_SEED=" << seed << std::endl;
  setenv("RC_PARAMS", absl::StrCat("seed=", seed).c_str(), /*overwrite=*/0);
  return seed;
}

}  // namespace

uint64_t TestSeed() {
  static const uint64_t seed = ChooseSeed();
  return seed;
}

}  // namespace wardbook::testing
