// What the evidence store promises of the disk itself, on the store that it runs
// on.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "storage/evidence/evidence_store.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::evidence {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::ScratchDirectory;

std::unique_ptr<EvidenceStore> OpenStore(const std::string& path, vault::Vault& vault) {
  absl::StatusOr<std::unique_ptr<storage::KeyValue>> rows =
      storage::RocksdbKeyValue::Open(path, storage::Profile::kBlobs);
  EXPECT_OK(rows);
  absl::StatusOr<std::unique_ptr<EvidenceStore>> store =
      EvidenceStore::Open(*std::move(rows), vault);
  EXPECT_OK(store);
  return *std::move(store);
}

TEST(EvidenceOnDisk, UploadGoesOnAfterARestartAndIsNowhereInClear) {
  const ScratchDirectory scratch;
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<vault::Vault> vault,
      vault::Vault::Open(std::make_unique<MemoryKeyValue>(), crypto::Secret::Random()));
  const SchoolId school = crypto::RandomId<SchoolId>();
  std::string content;
  while (content.size() < (5 << 20)) content += "what they wrote about each other; ";
  log::v1::UploadRecord upload;
  upload.set_size(content.size());
  upload.set_file_name("the name of the file.txt");

  std::unique_ptr<EvidenceStore> store = OpenStore(scratch.At("evidence"), *vault);
  ASSERT_OK_AND_ASSIGN(const EvidenceId id, store->OpenUpload(school, upload));
  for (size_t offset = 0; offset < content.size(); offset += kChunkBytesMax) {
    ASSERT_OK(store->PutChunk(school, id, offset,
                              absl::string_view(content).substr(offset, kChunkBytesMax)));
    if (offset == 2 * kChunkBytesMax) {
      store.reset();
      store = OpenStore(scratch.At("evidence"), *vault);
    }
  }
  ASSERT_OK_AND_ASSIGN(const CompleteUpload complete, store->Complete(school, id));
  EXPECT_EQ(complete.sha256, crypto::Sha256(content));
  ASSERT_OK(store->Keep(school, id));
  store.reset();

  store = OpenStore(scratch.At("evidence"), *vault);
  std::string read;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const std::string chunk, store->ReadChunk(school, id, read.size()));
    if (chunk.empty()) break;
    read += chunk;
  }
  EXPECT_EQ(read, content);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_THAT(bytes, Not(HasSubstr("what they wrote"))) << entry.path();
    EXPECT_THAT(bytes, Not(HasSubstr("the name of the file"))) << entry.path();
  }
}

}  // namespace
}  // namespace wardbook::evidence
