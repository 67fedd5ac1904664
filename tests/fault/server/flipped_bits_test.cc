// One bit of a file of a stopped server is flipped. Whatever the file, the stores say
// so when they are opened, checked and read. If they do not, no record and no file in
// evidence has changed, and it is known why: nobody reads the file; or the bit is in a
// block of a table that none of this has read, whose checksum tells whoever reads it.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/options.h"
#include "rocksdb/sst_file_reader.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/assert.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/fsck/fsck.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace fs = std::filesystem;
namespace v1 = wardbook::v1;

using ::testing::IsEmpty;
using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::TestSeed;

constexpr char kSchool[] = "oakfield";
constexpr size_t kFileBytes = 50'000;
constexpr int kFlipsDefault = 1;
// Of a table of RocksDB's format 5: its version, where two blocks are, and padding.
constexpr uint64_t kFooterBytes = 53;

// In each file.
int Flips() {
  int flips = kFlipsDefault;
  const char* given = std::getenv("WARDBOOK_BIT_FLIPS");
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &flips));
  return flips;
}

// Why a flip in a file of this name may go unnoticed: nobody reads it.
std::optional<std::string> WhyUnread(absl::string_view name) {
  if (name == "LOG" || name == "LOG.old") return "messages for a technician";
  if (name == "IDENTITY") return "a name that RocksDB gives a database, and that nothing asks for";
  if (absl::StartsWith(name, "OPTIONS-")) return "settings, which every opening brings with it";
  return std::nullopt;
}

// Whether the checksum of a block of the table has found the flip.
bool IsFoundByTheTable(const fs::path& file) {
  rocksdb::SstFileReader table{rocksdb::Options()};
  rocksdb::Status status = table.Open(file.string());
  if (status.ok()) status = table.VerifyChecksum();
  return status.IsCorruption();
}

// What the stores of a data directory hold, and what they say is wrong.
struct Examined {
  std::vector<std::string> told;
  uint64_t records = 0;
  std::optional<Hash> root;
  std::string file;
  std::map<std::string, int> secrets;
  int view_rows = 0;

  bool SameAs(const Examined& other) const {
    return records == other.records && root == other.root && file == other.file &&
           secrets == other.secrets && view_rows == other.view_rows;
  }
};

class FlippedBits : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RunningServer> server,
                         RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
    const School school = Populate(*server, kSchool, kMarks[0]);
    school_ = SchoolId::FromHex(school.id).value();
    const std::string case_ref = ReportCase(school).case_ref();
    for (const char* text : {"first", "second"}) {
      ASSERT_THAT(school.head.Call(&v1::CaseService::Stub::AddNote, Note(school, case_ref, text)),
                  IsAnswered());
    }
    content_ = Png(std::string(kFileBytes, 'f'));
    evidence_ = EvidenceId::FromHex(
                    FileScreenPrint(school.teacher, school, case_ref, content_).evidence_id())
                    .value();
    ASSERT_OK(server->Stop());
    ASSERT_OK_AND_ASSIGN(keys_, server::ReadKeyFiles(server->keys_directory()));
    fs::copy(server->data_directory(), whole_.At("data"), fs::copy_options::recursive);
  }

  Examined Examine(const std::string& data) const {
    Examined examined;
    const auto told = [&examined](absl::string_view where, const absl::Status& status) {
      if (!status.ok()) examined.told.push_back(absl::StrCat(where, ": ", status.ToString()));
      return !status.ok();
    };
    const auto stores = server::OpenStores(data, *keys_);
    if (told("start", stores.status())) return examined;
    const server::Stores& open = **stores;
    if (fs::exists(absl::StrCat(data, "/views.damaged"))) {
      examined.told.push_back("start: the views are damaged");
    }

    told("status", open.log->WriteStatus(school_));
    const absl::StatusOr<storage::TreeHead> head = open.log->Head(school_);
    if (!told("head", head.status())) {
      examined.records = head->size;
      examined.root = head->root;
    }
    fsck::CheckOptions options;
    options.find_key = [&](const SchoolId&,
                           const KeyId& id) -> absl::StatusOr<std::optional<crypto::Secret>> {
      absl::StatusOr<crypto::Secret> key = open.vault->Find(id);
      if (absl::IsNotFound(key.status())) return std::nullopt;
      if (!key.ok()) return key.status();
      return *std::move(key);
    };
    const absl::StatusOr<std::optional<std::string>> note = open.pins.Read(school_);
    if (!told("pin", note.status())) {
      // A stopped server has pinned every record.
      const auto pinned = checkpoint::OpenCheckpoint(keys_->signer.verifier(), note->value_or(""));
      if (!told("pin", pinned.status())) options.pinned = *pinned;
    }
    const auto report = fsck::Check(*open.log, *open.log, school_, options);
    if (!told("check", report.status()) && !report->clean()) {
      for (const fsck::Fault& fault : report->faults) {
        examined.told.push_back(absl::StrCat("record ", fault.position, ": ", fault.what));
      }
      if (report->keys_missing > 0) examined.told.push_back("check: keys are missing");
    }

    while (examined.file.size() < content_.size()) {
      const absl::StatusOr<std::string> chunk =
          open.evidence->ReadChunk(school_, evidence_, examined.file.size());
      if (told("file", chunk.status()) || chunk->empty()) break;
      examined.file += *chunk;
    }
    const std::pair<const char*, const vault::SecretTable*> tables[] = {
        {"schools", &open.schools}, {"accounts", &open.accounts}, {"sessions", &open.sessions}};
    for (const auto& [name, table] : tables) {
      told(name, table->ForEach([&](absl::string_view) {
        ++examined.secrets[name];
        return true;
      }));
    }
    told("views", open.views->Scan("", "", [&](absl::string_view, absl::string_view) {
      ++examined.view_rows;
      return true;
    }));
    return examined;
  }

  // A copy of the data with one bit of a file flipped.
  void ExpectFound(const fs::path& file, std::mt19937_64& random) {
    const uint64_t bit = random() % (8 * fs::file_size(fs::path(whole_.At("data")) / file));
    SCOPED_TRACE(absl::StrCat("bit ", bit, " of ", file.string()));
    const ScratchDirectory copy;
    fs::copy(whole_.At("data"), copy.At("data"), fs::copy_options::recursive);
    {
      std::fstream bytes(fs::path(copy.At("data")) / file,
                         std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekg(static_cast<std::streamoff>(bit / 8));
      const int byte = bytes.get() ^ (1 << (bit % 8));
      bytes.seekp(static_cast<std::streamoff>(bit / 8));
      bytes.put(static_cast<char>(byte));
    }
    // Opening may remove a table that is obsolete.
    const ScratchDirectory aside;
    const fs::path flipped = aside.At("flipped");
    fs::copy(fs::path(copy.At("data")) / file, flipped);
    const Examined examined = Examine(copy.At("data"));
    const std::string kind = file.parent_path().string();
    if (!examined.told.empty()) {
      ++found_[kind];
      return;
    }
    EXPECT_TRUE(examined.SameAs(intact_)) << "something has changed, and nobody says so";
    if (file.extension() == ".sst") {
      const bool is_in_footer = bit / 8 + kFooterBytes >= fs::file_size(flipped);
      EXPECT_TRUE(is_in_footer || IsFoundByTheTable(flipped)) << "nobody would notice";
      ++unread_[is_in_footer ? "padding in the footer of a table" : "blocks of tables"];
      return;
    }
    const std::optional<std::string> why = WhyUnread(file.filename().string());
    ASSERT_TRUE(why.has_value()) << "nobody has noticed";
    ++unread_[*why];
  }

  const ScratchDirectory whole_;
  SchoolId school_;
  EvidenceId evidence_;
  std::string content_;
  std::optional<server::KeyFiles> keys_;
  Examined intact_;
  std::map<std::string, int> found_;
  std::map<std::string, int> unread_;
};

TEST_F(FlippedBits, AreFoundWhereverTheyAre) {
  std::mt19937_64 random(TestSeed());
  {
    // Opening writes.
    const ScratchDirectory copy;
    fs::copy(whole_.At("data"), copy.At("data"), fs::copy_options::recursive);
    intact_ = Examine(copy.At("data"));
  }
  ASSERT_THAT(intact_.told, IsEmpty());
  ASSERT_EQ(intact_.file, content_);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(whole_.At("data"))) {
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    const fs::path file = fs::relative(entry.path(), whole_.At("data"));
    for (int i = 0; i < Flips(); ++i) ExpectFound(file, random);
  }
  for (const auto& [folder, count] : found_) std::cout << count << " found in " << folder << "\n";
  for (const auto& [name, count] : unread_) std::cout << count << " unread: " << name << "\n";
  for (const char* folder : {"log", "vault", "credentials", "evidence", "views", "checkpoints"}) {
    EXPECT_GT(found_[folder], 0) << folder;
  }
}

}  // namespace
}  // namespace wardbook::e2e
