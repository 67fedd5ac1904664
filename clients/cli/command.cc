#include "clients/cli/command.h"

#include "clients/cli/kept_receipts.h"

namespace wardbook::cli {
namespace {

absl::Status SaveReceipt(const Program& program, const v1::Receipt& receipt) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  return KeptReceipts(directory).Keep(receipt);
}

}  // namespace

void ShowReceipt(Recorded recorded, uint64_t revision, const v1::Receipt& receipt, Screen& screen) {
  if (receipt.leaf_hashes().empty()) {
    screen.Line("Nothing changed: it was so already.");
    return;
  }
  const std::string when = absl::StrCat("ecorded ", TimeInWords(receipt.recorded_time()),
                                        " as record ", receipt.position(), " of the log.");
  if (recorded == Recorded::kEntryOfACase) {
    screen.Line("Entry ", revision, " of the case, r", when);
  } else {
    screen.Line("R", when);
  }
}

void KeepReceipt(Program& program, const v1::Receipt& receipt) {
  if (receipt.leaf_hashes().empty()) return;
  const auto records = static_cast<uint64_t>(receipt.leaf_hashes_size());
  absl::Status kept = program.Remember(receipt.position() + records - 1);
  kept.Update(SaveReceipt(program, receipt));
  if (kept.ok()) return;
  program.error_screen().Line("It is recorded, but this computer could not keep the receipt: ",
                              std::string(kept.message()));
}

}  // namespace wardbook::cli
