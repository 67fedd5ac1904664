#include "clients/cli/case_actions_screen.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "clients/cli/help_page.h"

namespace wardbook::cli {
namespace {

// "wardbook.v1.CaseService/CloseCase" is asked for by "CloseCaseRequest".
std::string RequestOf(absl::string_view method) {
  return absl::StrCat(method.substr(method.find('/') + 1), "Request");
}

// "case close".
std::string NameOf(const CLI::App& command) {
  return absl::StrCat(command.get_parent()->get_name(), " ", command.get_name());
}

struct RefusedTogether {
  const v1::RemainingStep* step;
  std::vector<std::string> what;
};

}  // namespace

void ShowCaseActions(const Program& program, const v1::CaseFile& file, Screen& screen) {
  const std::string& case_ref = file.summary().case_ref();
  std::vector<RefusedTogether> refused;
  screen.Line("Case ", case_ref, ". What you may do now:");
  for (const v1::CaseAction& action : file.actions()) {
    const CLI::App* const command = program.SenderOf(RequestOf(action.method()));
    if (!action.has_refused()) {
      screen.Blank();
      if (command == nullptr) {
        screen.Line("A newer version of this program knows how to send ", action.method(), ".");
        continue;
      }
      screen.Line(command->get_description(), ":");
      screen.Command(TypedCommand(*command, case_ref));
      continue;
    }
    auto together =
        std::find_if(refused.begin(), refused.end(), [&action](const RefusedTogether& others) {
          return others.step->code() == action.refused().code();
        });
    if (together == refused.end()) {
      together = refused.insert(refused.end(), RefusedTogether{&action.refused(), {}});
    }
    together->what.push_back(command == nullptr ? action.method() : NameOf(*command));
  }
  for (const RefusedTogether& one : refused) {
    const std::string clauses = absl::StrJoin(one.step->clauses(), ", ");
    screen.Blank();
    screen.Line("Not now: ", absl::StrJoin(one.what, ", "), ".");
    screen.Line("  ", one.step->message(), clauses.empty() ? "" : absl::StrCat(" (", clauses, ")"));
    screen.Line("  ", one.step->next_step());
  }
}

}  // namespace wardbook::cli
