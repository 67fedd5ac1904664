#include "storage/rocksdb/school_list.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "rocksdb/iterator.h"
#include "storage/base/side_by_side.h"
#include "storage/base/status_macros.h"
#include "storage/key_value.h"
#include "storage/rocksdb/log_keys.h"
#include "storage/rocksdb/rocksdb_status.h"

namespace wardbook::storage {
namespace {

// Finding the next school waits for the disk some ten times. So they are listed in
// parts, side by side, by the first byte of their ids, which are random.
constexpr size_t kParts = 64;

// Nothing is no bound.
std::string BoundOfPart(size_t part) {
  if (part == 0 || part == kParts) return "";
  return std::string(1, static_cast<char>(part * (256 / kParts)));
}

// Goes from school to school below a bound.
class SchoolFinder {
 public:
  SchoolFinder(const Database::Lease& lease, std::string upper)
      : upper_(std::move(upper)), upper_slice_(upper_) {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
    // Every record has a row in each of these families, so that one tells of a school
    // where a damaged block hides it in another.
    for (const LogFamily family : {kRecords, kStreams, kRequests}) {
      families_.emplace_back(lease.db().NewIterator(options, lease.family(family)));
    }
  }

  // The school of the first row from `from` on; nothing when there is none.
  absl::StatusOr<std::optional<SchoolId>> Find(absl::string_view from) {
    absl::Status failure;
    for (const std::unique_ptr<rocksdb::Iterator>& rows : families_) {
      absl::StatusOr<std::optional<SchoolId>> school = FindIn(*rows, from);
      if (!absl::IsDataLoss(school.status())) return school;
      failure.Update(school.status());
    }
    return failure;
  }

 private:
  static absl::StatusOr<std::optional<SchoolId>> FindIn(rocksdb::Iterator& rows,
                                                        absl::string_view from) {
    rows.Seek(ToSlice(from));
    if (!rows.Valid()) {
      WARDBOOK_RETURN_IF_ERROR(FromRocksdb(rows.status(), "listing schools"));
      return std::nullopt;
    }
    const std::optional<SchoolId> school =
        SchoolId::FromBytes(FromSlice(rows.key()).substr(0, SchoolId::kSize));
    if (!school.has_value()) return absl::DataLossError("listing schools: a key has a wrong size");
    return school;
  }

  const std::string upper_;
  const rocksdb::Slice upper_slice_;
  std::vector<std::unique_ptr<rocksdb::Iterator>> families_;
};

absl::StatusOr<std::vector<SchoolId>> ListPart(const Database& database, size_t part) {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database.Acquire());
  SchoolFinder finder(lease, BoundOfPart(part + 1));
  std::vector<SchoolId> schools;
  std::string from = BoundOfPart(part);
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<SchoolId> school, finder.Find(from));
    if (!school.has_value()) return schools;
    schools.push_back(*school);
    from = PrefixEnd(school->view());
    if (from.empty()) return schools;
  }
}

}  // namespace

absl::StatusOr<std::vector<SchoolId>> ListSchools(const Database& database) {
  std::vector<absl::StatusOr<std::vector<SchoolId>>> parts(kParts);
  SideBySide(kParts, [&](size_t part) { parts[part] = ListPart(database, part); });
  std::vector<SchoolId> schools;
  for (const absl::StatusOr<std::vector<SchoolId>>& part : parts) {
    WARDBOOK_RETURN_IF_ERROR(part.status());
    schools.insert(schools.end(), part->begin(), part->end());
  }
  return schools;
}

}  // namespace wardbook::storage
