// The views of the registers, one each: what lists are read from.

#ifndef SERVICES_REGISTERS_REGISTER_VIEW_H_
#define SERVICES_REGISTERS_REGISTER_VIEW_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/registers/streams.h"
#include "services/runtime/view.h"

namespace wardbook::registers {

// A row is the history of an entry, which the rules read with the same Evolve as
// every command does; an entry has a handful of events. Safe for concurrent use.
class RegisterView : public runtime::View {
 public:
  explicit RegisterView(Register reg) : reg_(reg) {}

  absl::string_view name() const override { return NamesOf(reg_).view; }
  uint32_t version() const override { return 2; }
  absl::string_view stream_prefix() const override { return NamesOf(reg_).stream_prefix; }
  std::unique_ptr<runtime::ViewFold> NewFold(const SchoolId& school,
                                             runtime::FoldUse use) const override;

 private:
  const Register reg_;
};

// One view for each register.
std::vector<RegisterView> ViewsOfAllRegisters();

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_REGISTER_VIEW_H_
