// Low-level concerns about people.

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/concern_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::ConcernService;

void ShowConcerns(const v1::ListConcernsRequest&, const v1::ListConcernsResponse& response,
                  Screen& screen) {
  if (response.people().empty()) screen.Line("There are no low-level concerns that you may see.");
  for (const v1::PersonConcerns& person : response.people()) {
    screen.Line(person.name());
    for (const std::string& pattern : person.patterns()) {
      screen.Line("  Look at them together: ", pattern, ".");
    }
    for (const v1::Concern& concern : person.concerns()) {
      std::string line =
          absl::StrCat(concern.case_ref(), ", reported ", TimeInWords(concern.reported_time()));
      for (const int clause : concern.breached_clauses()) {
        absl::StrAppend(&line, "; ", Phrase(static_cast<events::v1::BreachClause>(clause)));
      }
      screen.Line("  - ", line);
    }
  }
}

}  // namespace

void AddConcernCommands(Program& program) {
  CLI::App& noun = program.Noun("concern", "Low-level concerns about people");
  AddList(program, noun, "list", "List low-level concerns by person, with the patterns they form",
          &ConcernService::Stub::ListConcerns, ShowConcerns);
}

}  // namespace wardbook::cli
