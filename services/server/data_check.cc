#include "services/server/data_check.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/audit/full_check.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/fsck/fsck.h"
#include "storage/key_value.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "storage/vault/secret_table.h"

namespace wardbook::server {
namespace {

// Often enough to see that it goes on, and rarely enough to read the faults between.
constexpr std::chrono::seconds kTimePerProgress(5);

// All faults that a check keeps, and what else it says.
constexpr size_t kLinesMax = fsck::kFaultsKeptMax + 3;

// Without one of these a start would make an empty store, and then a lost vault would be
// a new one. Each is a database, which this file of RocksDB's begins.
constexpr absl::string_view kDatabases[] = {"log", "vault", "evidence", "credentials"};
constexpr absl::string_view kFirstFile = "CURRENT";

// Thread-compatible.
class DataCheck {
 public:
  DataCheck(const Config& config, const DataCheckTold& told) : config_(config), told_(told) {}

  absl::StatusOr<DataChecked> Run() {
    for (const absl::string_view database : kDatabases) {
      if (std::filesystem::exists(absl::StrCat(PathOf(database), "/", kFirstFile))) continue;
      return Missing(PathOf(database), " holds no database");
    }
    const std::string pins = PathOf("checkpoints");
    if (!std::filesystem::is_directory(pins)) return Missing(pins, " is missing");
    WARDBOOK_ASSIGN_OR_RETURN(const KeyFiles keys, ReadKeyFiles(config_.keys_directory));
    absl::StatusOr<std::unique_ptr<Stores>> stores =
        OpenStoresButViews(config_.data_directory, keys);
    if (absl::IsDataLoss(stores.status())) {
      AddFault(absl::StrCat(stores.status().message(), "; nothing else was checked"));
      return checked_;
    }
    WARDBOOK_RETURN_IF_ERROR(stores.status());
    WARDBOOK_RETURN_IF_ERROR(CheckSchools(**stores, keys));
    WARDBOOK_RETURN_IF_ERROR(CheckCredentials(**stores));
    WARDBOOK_RETURN_IF_ERROR(CheckBlocks(**stores));
    WARDBOOK_RETURN_IF_ERROR(CheckViews());
    return checked_;
  }

 private:
  static absl::Status Missing(absl::string_view path, absl::string_view how) {
    return absl::NotFoundError(
        absl::StrCat(path, how, ": look at --data, or restore it from the backup"));
  }

  std::string PathOf(absl::string_view folder) const {
    return absl::StrCat(config_.data_directory, "/", folder);
  }

  void AddFault(absl::string_view what) {
    ++checked_.faults;
    told_.fault(what);
  }

  // Fails as `status` does, unless that is damage, which is told.
  absl::Status Take(absl::string_view where, const absl::Status& status) {
    if (!absl::IsDataLoss(status)) return status;
    AddFault(absl::StrCat(where, ": ", status.message()));
    return absl::OkStatus();
  }

  absl::Status CheckSchools(const Stores& stores, const KeyFiles& keys) {
    const absl::StatusOr<std::vector<SchoolId>> logged = stores.log->ListSchools();
    WARDBOOK_RETURN_IF_ERROR(Take(PathOf("log"), logged.status()));
    // One that has lost all its records is known by its pin.
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> pinned, stores.pins.Schools());
    std::set<SchoolId> schools(pinned.begin(), pinned.end());
    if (logged.ok()) schools.insert(logged->begin(), logged->end());
    for (const SchoolId& school : schools) {
      const std::string name = absl::StrCat("school ", school.Hex());
      told_.progress(absl::StrCat("Checking ", name));
      const absl::Status writes = stores.log->WriteStatus(school);
      if (absl::IsUnavailable(writes)) {
        told_.progress(absl::StrCat(name, " could not record anything now: ", writes.message()));
      } else {
        WARDBOOK_RETURN_IF_ERROR(Take(name, writes));
      }
      WARDBOOK_RETURN_IF_ERROR(Take(name, CheckSchool(stores, keys, school, name)));
    }
    return absl::OkStatus();
  }

  absl::Status CheckSchool(const Stores& stores, const KeyFiles& keys, const SchoolId& school,
                           absl::string_view name) {
    fsck::CheckOptions options;
    options.threads = static_cast<int>(std::thread::hardware_concurrency());
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> note, stores.pins.Read(school));
    if (!note.has_value()) {
      AddFault(absl::StrCat(name, ": no checkpoint of it is pinned, so that nobody knows whether ",
                            "its end is there: restore checkpoints/, or start the server, which ",
                            "pins what is there"));
    } else {
      // One that cannot be trusted is what the log says of its writes.
      const auto pinned = checkpoint::OpenCheckpoint(keys.signer.verifier(), *note);
      if (pinned.ok()) options.pinned = *pinned;
    }
    Moment told_time = std::chrono::steady_clock::now();
    options.progress = [&](const fsck::Progress& progress) {
      const Moment now = std::chrono::steady_clock::now();
      if (now - told_time >= kTimePerProgress) {
        told_time = now;
        told_.progress(
            absl::StrCat(name, ": ", progress.position, " of ", progress.size, " records"));
      }
      return fsck::Go::kOn;
    };
    WARDBOOK_ASSIGN_OR_RETURN(
        const fsck::CheckReport report,
        audit::FullCheck({*stores.log, *stores.log, *stores.vault, *stores.evidence}, school,
                         std::move(options)));
    checked_.records += report.progress.size;
    checked_.faults += report.fault_count;
    if (report.keys_missing > 0) ++checked_.faults;
    if (report.keys_damaged > 0) ++checked_.faults;
    for (const std::string& line : audit::FaultLines(report, kLinesMax)) {
      told_.fault(absl::StrCat(name, ": ", line));
    }
    return absl::OkStatus();
  }

  absl::Status CheckCredentials(const Stores& stores) {
    for (const vault::SecretTable* table : {&stores.schools, &stores.accounts, &stores.sessions}) {
      WARDBOOK_RETURN_IF_ERROR(
          Take(PathOf("credentials"), table->ForEach([](absl::string_view) { return true; })));
    }
    return absl::OkStatus();
  }

  absl::Status CheckBlocks(const Stores& stores) {
    told_.progress("Checking the blocks of the databases");
    WARDBOOK_RETURN_IF_ERROR(Take("the log", stores.log->CheckBlocks()));
    WARDBOOK_RETURN_IF_ERROR(Take("the vault", stores.vault->CheckBlocks()));
    WARDBOOK_RETURN_IF_ERROR(Take("the evidence", stores.evidence->CheckBlocks()));
    return Take("the credentials", stores.secrets->CheckBlocks());
  }

  // A backup has none.
  absl::Status CheckViews() {
    const std::string path = PathOf("views");
    if (!std::filesystem::is_directory(path)) return absl::OkStatus();
    absl::StatusOr<std::unique_ptr<storage::KeyValue>> views =
        storage::RocksdbKeyValue::Open(path, storage::Profile::kSmallRows);
    absl::Status status = views.status();
    if (views.ok()) status = (*views)->CheckBlocks();
    if (!absl::IsDataLoss(status)) return status;
    AddFault(absl::StrCat("the views: ", status.message(), "; remove ", path,
                          ", and the server makes them anew from the log"));
    return absl::OkStatus();
  }

  const Config& config_;
  const DataCheckTold& told_;
  DataChecked checked_;
};

}  // namespace

absl::StatusOr<DataChecked> CheckData(const Config& config, const DataCheckTold& told) {
  return DataCheck(config, told).Run();
}

}  // namespace wardbook::server
