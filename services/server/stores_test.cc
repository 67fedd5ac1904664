#include "services/server/stores.h"

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::server {
namespace {

using ::wardbook::testing::IsOk;
using ::wardbook::testing::StatusIs;

class StoresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(MakeKeyFiles(scratch_.At("keys"), "wardbook.example", {"localhost"}, absl::Now()));
    ASSERT_OK(Open().status());
  }

  absl::StatusOr<std::unique_ptr<Stores>> Open() const {
    const absl::StatusOr<KeyFiles> keys = ReadKeyFiles(scratch_.At("keys"));
    if (!keys.ok()) return keys.status();
    return OpenStores(scratch_.At("data"), *keys);
  }

  void Damage(const std::string& store) const {
    std::ofstream(scratch_.At("data/" + store + "/CURRENT")) << "no manifest";
  }

  const testing::ScratchDirectory scratch_;
};

TEST_F(StoresTest, DamagedViewsAreMovedAsideAndMadeAnew) {
  for (int damaged = 0; damaged < 2; ++damaged) {
    Damage("views");
    ASSERT_OK(Open().status());
    EXPECT_TRUE(std::filesystem::exists(scratch_.At("data/views.damaged/CURRENT")));
  }
  EXPECT_OK(Open().status());
}

TEST_F(StoresTest, AnyOtherDamagedStoreIsLeftAsItIs) {
  for (const char* store : {"vault", "credentials", "evidence", "log"}) {
    Damage(store);
    EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kDataLoss)) << store;
    EXPECT_FALSE(std::filesystem::exists(scratch_.At(std::string("data/") + store + ".damaged")));
    std::filesystem::remove_all(scratch_.At(std::string("data/") + store));
  }
}

}  // namespace
}  // namespace wardbook::server
