// The view of cases: what lists and the stream of changes are read from.

#ifndef SERVICES_CASEWORK_CASE_VIEW_H_
#define SERVICES_CASEWORK_CASE_VIEW_H_

#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "services/runtime/view.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"

namespace wardbook::casework {

inline constexpr absl::string_view kCaseViewName = "cases";

// A row is made of the case's card, folded by the same Evolve as that of every
// command. The cards of the cases that changed last are kept in memory; that of
// another case is folded from its stream up to the record being applied. The
// alternative, a card kept in the row, would need a second form of every field
// that the rules read.
//
// Safe for concurrent use.
class CaseView : public runtime::View {
 public:
  // Both outlive the view.
  CaseView(const storage::EventLog& log, const vault::Vault& vault) : log_(log), vault_(vault) {}

  absl::string_view name() const override { return kCaseViewName; }
  uint32_t version() const override { return 10; }
  absl::string_view stream_prefix() const override { return "case-"; }
  std::unique_ptr<runtime::ViewFold> NewFold(const SchoolId& school,
                                             runtime::FoldUse use) const override;

 private:
  const storage::EventLog& log_;
  const vault::Vault& vault_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_VIEW_H_
