#include "clients/cli/command.h"

namespace wardbook::cli {

std::optional<uint64_t> LastPosition(const v1::Receipt& receipt) {
  if (receipt.leaf_hashes().empty()) return std::nullopt;
  return receipt.position() + static_cast<uint64_t>(receipt.leaf_hashes_size()) - 1;
}

void ShowReceipt(uint64_t revision, const v1::Receipt& receipt, Screen& screen) {
  if (receipt.leaf_hashes().empty()) {
    screen.Line("Nothing changed. Revision ", revision, ".");
    return;
  }
  screen.Line("Revision ", revision, ", recorded ", TimeInWords(receipt.recorded_time()),
              " as record ", receipt.position(), " of the log.");
}

}  // namespace wardbook::cli
