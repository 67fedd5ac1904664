// The receipts of what was recorded from this computer: with one, whoever filed
// something can prove later that it is in the log, unchanged.
//
// One file a record, named after the school and the record's position. It holds
// hashes and a time, and nothing of what was written.

#ifndef CLIENTS_CLI_KEPT_RECEIPTS_H_
#define CLIENTS_CLI_KEPT_RECEIPTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "wardbook/v1/receipt.pb.h"

namespace wardbook::cli {

// What a receipt says of one record.
struct KeptReceipt {
  Hash leaf;
  absl::Time recorded_time;

  friend bool operator==(const KeptReceipt&, const KeptReceipt&) = default;
};

// Thread-compatible; a value.
class KeptReceipts {
 public:
  explicit KeptReceipts(const std::string& config_directory);

  absl::Status Keep(const v1::Receipt& receipt) const;
  // Nothing when none is kept. DATA_LOSS: the file is not what was kept.
  absl::StatusOr<std::optional<KeptReceipt>> Find(const SchoolId& school, uint64_t position) const;

 private:
  std::string DirectoryOf(absl::string_view school) const;
  std::string PathOf(absl::string_view school, uint64_t position) const;

  std::string directory_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_KEPT_RECEIPTS_H_
