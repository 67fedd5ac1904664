#include "clients/cli/help_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "clients/cli/wrapping.h"

namespace wardbook::cli {
namespace {

constexpr size_t kUsualColumns = 80;
// Where descriptions begin, beside the names.
constexpr size_t kDescriptionColumn = 24;

std::vector<const CLI::Option*> OptionsOf(const CLI::App& app) {
  return app.get_options([&app](const CLI::Option* option) {
    // Whoever reads the help has found out how to ask for it.
    return option->nonpositional() && option != app.get_help_ptr();
  });
}

std::vector<const CLI::Option*> ArgumentsOf(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

// The groups of options of which one excludes the others.
std::vector<const CLI::App*> ChoicesOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* group) { return group->get_name().empty(); });
}

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_name().empty(); });
}

std::string NameOf(const CLI::Option& option) {
  const std::string name = option.get_name(option.get_positional(), true);
  // "-h,--help" takes nothing and neither does a flag.
  if (option.get_positional() || option.get_type_size() == 0) return name;
  return absl::StrCat(name, " ", option.get_type_name());
}

// Collects the lines of a page.
class Page {
 public:
  explicit Page(size_t columns) : columns_(columns) {}

  void Text(absl::string_view text) { absl::StrAppend(&text_, Wrapped(text, columns_, 0), "\n"); }
  void Blank() { absl::StrAppend(&text_, "\n"); }
  // Printed before the next row.
  void Heading(absl::string_view heading) { heading_ = absl::StrCat("\n", heading, ":\n"); }
  void Row(absl::string_view name, absl::string_view description) {
    absl::StrAppend(&text_, heading_);
    heading_.clear();
    std::string row = absl::StrCat("  ", name);
    if (row.size() + 2 > kDescriptionColumn) {
      absl::StrAppend(&text_, row, "\n");
      row.clear();
    }
    row.resize(kDescriptionColumn, ' ');
    absl::StrAppend(&text_, Wrapped(absl::StrCat(row, description), columns_, kDescriptionColumn),
                    "\n");
  }
  void Option(const CLI::Option& option) { Row(NameOf(option), option.get_description()); }
  // Of each group one option is used: the second and later ones say so.
  void Choice(const CLI::App& group) {
    const char* before = "";
    for (const CLI::Option* option : OptionsOf(group)) {
      Row(absl::StrCat(before, NameOf(*option)), option->get_description());
      before = "or ";
    }
  }

  std::string Take() && { return std::move(text_); }

 private:
  const size_t columns_;
  std::string heading_;
  std::string text_;
};

bool IsNeeded(const CLI::App& choice) { return choice.get_require_option_min() > 0; }

void AddOptions(const CLI::App& app, Page& page) {
  page.Heading("Needed");
  for (const CLI::Option* option : ArgumentsOf(app)) {
    if (option->get_required()) page.Option(*option);
  }
  for (const CLI::Option* option : OptionsOf(app)) {
    if (option->get_required()) page.Option(*option);
  }
  for (const CLI::App* choice : ChoicesOf(app)) {
    if (IsNeeded(*choice)) page.Choice(*choice);
  }
  page.Heading("If you wish");
  for (const CLI::Option* option : ArgumentsOf(app)) {
    if (!option->get_required()) page.Option(*option);
  }
  for (const CLI::App* choice : ChoicesOf(app)) {
    if (!IsNeeded(*choice)) page.Choice(*choice);
  }
  for (const CLI::Option* option : OptionsOf(app)) {
    if (!option->get_required()) page.Option(*option);
  }
}

}  // namespace

HelpPage::HelpPage(std::optional<size_t> columns) : columns_(columns.value_or(kUsualColumns)) {}

std::string HelpPage::make_help(const CLI::App* app, std::string name,
                                CLI::AppFormatMode /*mode*/) const {
  Page page(columns_);
  page.Text(
      absl::StrCat(app->get_description(), absl::EndsWith(app->get_description(), ".") ? "" : "."));
  page.Blank();
  std::string usage = absl::StrCat("  ", name);
  for (const CLI::Option* option : ArgumentsOf(*app)) {
    const std::string argument = option->get_name(true);
    absl::StrAppend(&usage, " ",
                    option->get_required() ? argument : absl::StrCat("[", argument, "]"));
  }
  absl::StrAppend(&usage, CommandsOf(*app).empty() ? " OPTIONS" : " COMMAND");
  page.Text(usage);
  page.Heading("Commands");
  for (const CLI::App* command : CommandsOf(*app)) {
    page.Row(command->get_name(), command->get_description());
  }
  AddOptions(*app, page);
  page.Blank();
  if (!app->get_footer().empty()) page.Text(app->get_footer());
  page.Text(CommandsOf(*app).empty()
                ? "Every command also takes --json, --expected-revision and --request-id; "
                  "wardbook --help says what they do."
                : absl::StrCat("Each command has its own help: ", name, " COMMAND --help"));
  return std::move(page).Take();
}

const CLI::App& AppReached(const CLI::App& program) {
  const CLI::App* reached = &program;
  for (;;) {
    const std::vector<CLI::App*> parsed = reached->get_subcommands();
    const auto command = std::find_if(parsed.begin(), parsed.end(),
                                      [](const CLI::App* app) { return !app->get_name().empty(); });
    if (command == parsed.end()) return *reached;
    reached = *command;
  }
}

std::string TypedCommand(const CLI::App& command, absl::string_view case_ref) {
  std::string typed =
      absl::StrCat("wardbook ", command.get_parent()->get_name(), " ", command.get_name());
  for (const CLI::Option* argument : ArgumentsOf(command)) {
    if (!argument->get_required()) continue;
    const std::string name = argument->get_name(/*positional=*/true);
    absl::StrAppend(&typed, " ", name == "CASE" ? case_ref : absl::string_view(name));
  }
  for (const CLI::Option* option : OptionsOf(command)) {
    if (option->get_required()) absl::StrAppend(&typed, " ", option->get_name(), " ...");
  }
  for (const CLI::App* choice : ChoicesOf(command)) {
    if (!IsNeeded(*choice)) continue;
    const std::vector<const CLI::Option*> options = OptionsOf(*choice);
    if (options.front()->get_expected_max() > 0) {
      absl::StrAppend(&typed, " ", options.front()->get_name(), " ...");
      continue;
    }
    // None of them is the usual one.
    const auto append_name = [](std::string* out, const CLI::Option* option) {
      absl::StrAppend(out, option->get_name());
    };
    absl::StrAppend(&typed, " [", absl::StrJoin(options, " or ", append_name), "]");
  }
  return typed;
}

std::string CommandReached(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* app = &AppReached(program); app != nullptr; app = app->get_parent()) {
    names.insert(names.begin(), app->get_name());
  }
  return absl::StrJoin(names, " ");
}

}  // namespace wardbook::cli
