// One bit of a file of a stopped server is flipped. Whatever the file, `wardbookd check`
// says so and names what is damaged. If it does not, no record and no file in evidence has
// changed, and it is known why: nobody reads the file.

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

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/event_log.h"
#include "storage/vault/secret_table.h"
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

// What the stores of a data directory hold.
struct Examined {
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
    fs::copy(server->keys_directory(), whole_.At("keys"));
    ASSERT_OK_AND_ASSIGN(keys_, server::ReadKeyFiles(whole_.At("keys")));
    fs::copy(server->data_directory(), whole_.At("data"), fs::copy_options::recursive);
  }

  absl::StatusOr<Examined> Examine(const std::string& data) const {
    Examined examined;
    WARDBOOK_ASSIGN_OR_RETURN(const auto open, server::OpenStores(data, *keys_));
    WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, open->log->Head(school_));
    examined.records = head.size;
    examined.root = head.root;
    while (examined.file.size() < content_.size()) {
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::string chunk,
          open->evidence->ReadChunk(school_, evidence_, examined.file.size()));
      if (chunk.empty()) break;
      examined.file += chunk;
    }
    const std::pair<const char*, const vault::SecretTable*> tables[] = {
        {"schools", &open->schools}, {"accounts", &open->accounts}, {"sessions", &open->sessions}};
    for (const auto& [name, table] : tables) {
      WARDBOOK_RETURN_IF_ERROR(table->ForEach([&, name = name](absl::string_view) {
        ++examined.secrets[name];
        return true;
      }));
    }
    WARDBOOK_RETURN_IF_ERROR(open->views->Scan("", "", [&](absl::string_view, absl::string_view) {
      ++examined.view_rows;
      return true;
    }));
    return examined;
  }

  // Whether what the check says names the damage: a record, the folder of a file, or the
  // school whose pin it is.
  bool NamesTheDamage(absl::string_view output, const std::string& data,
                      const std::string& folder) const {
    if (folder == "checkpoints") {
      return absl::StrContains(output, absl::StrCat("checkpoint of school ", school_.Hex()));
    }
    return absl::StrContains(output, absl::StrCat(data, "/", folder)) ||
           absl::StrContains(output, absl::StrCat("school ", school_.Hex(), ": record "));
  }

  // A copy of the data with one bit of a file flipped.
  void ExpectFound(const fs::path& file, std::mt19937_64& random) {
    const uint64_t size = fs::file_size(fs::path(whole_.At("data")) / file);
    const uint64_t bit = random() % (8 * size);
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
    ASSERT_OK_AND_ASSIGN(const CheckedData checked, CheckData(copy.At("data"), whole_.At("keys")));
    const std::string folder = file.parent_path().string();
    if (!checked.clean) {
      EXPECT_TRUE(NamesTheDamage(checked.output, copy.At("data"), folder)) << checked.output;
      ++found_[folder];
      return;
    }
    ASSERT_OK_AND_ASSIGN(const Examined examined, Examine(copy.At("data")));
    EXPECT_TRUE(examined.SameAs(intact_)) << "something has changed, and nobody says so";
    if (file.extension() == ".sst") {
      EXPECT_GE(bit / 8 + kFooterBytes, size) << "nobody has noticed";
      ++unread_["padding in the footer of a table"];
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
    ASSERT_OK_AND_ASSIGN(const CheckedData checked, CheckData(copy.At("data"), whole_.At("keys")));
    ASSERT_TRUE(checked.clean) << checked.output;
    ASSERT_OK_AND_ASSIGN(intact_, Examine(copy.At("data")));
  }
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
