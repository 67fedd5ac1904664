// What the vault promises of the disk itself, on the store that it runs on.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "storage/vault/vault.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::vault {
namespace {

using ::wardbook::testing::BorrowedKeyValue;
using ::wardbook::testing::KeyValueControl;
using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::StatusIs;

// Whether any file below `directory` holds `bytes`.
bool AnyFileHolds(const std::string& directory, const std::string& bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
    if (content.find(bytes) != std::string::npos) return true;
  }
  return false;
}

TEST(VaultOnDisk, DestroyedKeyIsInNoFile) {
  const ScratchDirectory scratch;
  const crypto::Secret master_key = crypto::Secret::Random();
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<storage::KeyValue> store,
      storage::RocksdbKeyValue::Open(scratch.At("vault"), storage::Profile::kSmallRows));
  KeyValueControl control;
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<Vault> vault,
      Vault::Open(std::make_unique<BorrowedKeyValue>(*store, control), master_key));
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  ASSERT_OK_AND_ASSIGN(const VaultKey other, vault->NewKey());
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> wrapped,
                       store->Get(absl::StrCat("k", key.id.view())));
  ASSERT_TRUE(wrapped.has_value());
  ASSERT_TRUE(AnyFileHolds(scratch.path(), *wrapped));

  ASSERT_OK(vault->Destroy(key.id));

  EXPECT_FALSE(AnyFileHolds(scratch.path(), *wrapped));
  vault.reset();
  store.reset();
  EXPECT_FALSE(AnyFileHolds(scratch.path(), *wrapped));
  ASSERT_OK_AND_ASSIGN(
      store, storage::RocksdbKeyValue::Open(scratch.At("vault"), storage::Profile::kSmallRows));
  ASSERT_OK_AND_ASSIGN(vault, Vault::Open(std::move(store), master_key));
  EXPECT_THAT(vault->Find(key.id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(vault->Find(other.id));
}

}  // namespace
}  // namespace wardbook::vault
