// Reading cases, and what is done to a case as a whole.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/case_actions_screen.h"
#include "clients/cli/case_registers_screen.h"
#include "clients/cli/case_summary.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/timeline.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::CaseService;

void ShowOpenNames(const v1::CaseFile& file, Screen& screen) {
  const std::string& case_ref = file.summary().case_ref();
  for (const std::string& name : file.open_names()) {
    screen.Blank();
    screen.Line("The report names ", name,
                " and does not say who in the register that is. Somebody who joined later may be "
                "meant, and does not see this case.");
    screen.Line("If somebody else is meant:");
    screen.Command("wardbook case settle-name ", case_ref, " ", Quoted(name),
                   " --reasons \"HOW YOU KNOW\"");
    screen.Line(
        "If they are meant, the Headteacher or the Chair says so, and of the Headteacher anybody "
        "who handles the case:");
    screen.Command("wardbook case declare-conflict ", case_ref,
                   " --person \"NAME\" --reasons \"The report is about them\"");
  }
}

void ShowCase(const v1::GetCaseRequest&, const v1::GetCaseResponse& response, Screen& screen) {
  const v1::CaseFile& file = response.case_file();
  ShowSummary(file.summary(), screen);
  if (!file.summary().platform().empty()) screen.Line("  On ", file.summary().platform(), ".");
  for (const std::string& name : file.summary().target_names()) screen.Line("  Target: ", name);
  screen.Blank();
  ShowTimeline(file, screen);
  if (!file.remaining_steps().empty()) screen.Blank();
  ShowRemainingSteps(file.remaining_steps(), screen);
  ShowRegisterHint(file, screen);
  ShowOpenNames(file, screen);
  if (!file.actions().empty()) {
    screen.Blank();
    screen.Line("What you may do now, and what has to wait:");
    screen.Command("wardbook case actions ", file.summary().case_ref());
  }
  if (static_cast<uint64_t>(file.timeline_size()) < file.summary().revision()) {
    screen.Blank();
    screen.Line(
        "You see what you recorded yourself and what you were told. The other entries are "
        "for those who handle the case.");
  }
}

void ShowInbox(const v1::ListInboxRequest& request, const v1::ListInboxResponse& response,
               Screen& screen) {
  if (response.cases().empty()) {
    screen.Line(request.include_closed() ? "You handle no cases."
                                         : "You handle no open cases. Closed ones: --closed");
  }
  // One that changed while the pages were read comes once more, as it is then.
  std::map<std::string, const v1::CaseSummary*> last;
  for (const v1::CaseSummary& summary : response.cases()) last[summary.case_ref()] = &summary;
  for (const v1::CaseSummary& summary : response.cases()) {
    if (last[summary.case_ref()] == &summary) ShowSummary(summary, screen);
  }
}

void ShowReports(const v1::ListMyReportsRequest&, const v1::ListMyReportsResponse& response,
                 Screen& screen) {
  if (response.reports().empty()) screen.Line("You have reported nothing.");
  for (const v1::ReportSummary& report : response.reports()) ShowReport(report, screen);
}

void ShowCounts(const v1::CountCasesRequest&, const v1::CountCasesResponse& response,
                Screen& screen) {
  if (response.counts().empty()) screen.Line("There are no cases.");
  for (const v1::CaseCount& count : response.counts()) {
    screen.Line(bundle::Capitalised(Phrase(count.kind())), ": ", count.open(), " open, ",
                count.closed(), " closed; ", count.referred(),
                " referred to Lancashire Safeguarding.");
  }
  screen.Blank();
  screen.Line(
      "Give governors these numbers and no more: not who, not what, and not whose case it is.");
}

void AddReads(Program& program, CLI::App& noun) {
  const auto list = AddList(program, noun, "list", "List the cases that you handle",
                            &CaseService::Stub::ListInbox, ShowInbox);
  list.app().add_flag_callback(
      "--closed", [&request = list.request()] { request.set_include_closed(true); },
      "Closed cases as well");
  AddList(program, noun, "show", "Show a case; that you did is recorded",
          &CaseService::Stub::GetCase, ShowCase)
      .Case();
  const auto actions = AddCall(
      program,
      *noun.add_subcommand("actions",
                           "Say what you may do to a case now, and why not the rest; that you "
                           "looked is recorded"),
      &CaseService::Stub::GetCase, Repeat::kSafe,
      [&program](const v1::GetCaseRequest&, const v1::GetCaseResponse& response, Screen& screen) {
        ShowCaseActions(program, response.case_file(), screen);
      });
  actions.Case();
  // The timeline is for `show`.
  actions.request().set_page_size(1);
  AddCall(program,
          *noun.add_subcommand("registers",
                               "Show what the registers have of the people of a case, and how it "
                               "stood when it happened; that you looked is recorded"),
          &CaseService::Stub::CheckRegisters, Repeat::kSafe, ShowCaseRegisters)
      .Case();
  const auto counts = AddCall(
      program,
      *noun.add_subcommand("counts", "Count the cases by kind, for the Governing Body (P22)"),
      &CaseService::Stub::CountCases, Repeat::kSafe, ShowCounts);
  counts.Instant(
      "--from",
      [&request = counts.request()](const auto& time) { *request.mutable_from_time() = time; },
      "Reported on this day or later");
  counts.Instant(
      "--before",
      [&request = counts.request()](const auto& time) { *request.mutable_until_time() = time; },
      "Reported before this day");
  AddList(program, noun, "mine", "List the reports that you filed",
          &CaseService::Stub::ListMyReports, ShowReports);
}

void AddCorrect(Program& program, CLI::App& noun) {
  const auto correct = AddMutation(program, noun, "correct", "Correct an entry; the original stays",
                                   &CaseService::Stub::CorrectEntry, "the correction is recorded.");
  v1::CorrectEntryRequest& request = correct.request();
  correct.Case().Number(
      "ENTRY", [&request](uint64_t revision) { request.set_corrected_revision(revision); },
      "The number of the entry that is wrong", Need::kRequired);
  correct.Text("correction", request.mutable_correction(), "What is right", Need::kRequired);
  correct.Text("reasons", request.mutable_reasons(), "Why it was wrong", Need::kRequired);
}

void AddClose(Program& program, CLI::App& noun) {
  const auto close =
      AddMutation(program, noun, "close", "Close a case", &CaseService::Stub::CloseCase, "closed.");
  v1::CloseCaseRequest& request = close.request();
  close.Case().Text("conclusion", request.mutable_conclusion(), "What was concluded",
                    Need::kRequired);
  CLI::Option_group& wishes = *close.app().add_option_group("Wishes");
  wishes.require_option(1);
  wishes.add_flag_callback(
      "--wishes-followed", [&request] { request.set_wishes_followed(true); },
      "The reporter's wishes were followed");
  wishes.add_flag_callback(
      "--wishes-not-followed", [&request] { request.set_wishes_followed(false); },
      "They were not; say why with --reasons");
  close.Text("reasons", request.mutable_reasons(), "Why the wishes were not followed",
             Need::kOptional);
}

void AddDeclareConflict(Program& program, CLI::App& noun) {
  const auto declare = AddMutation(
      program, noun, "declare-conflict", "Declare a conflict of interest in a case (P45)",
      &v1::EscalationService::Stub::DeclareConflict,
      [](const v1::DeclareConflictRequest& request, const v1::DeclareConflictResponse& response,
         Screen& screen) {
        screen.Line("Case ", request.case_ref(), ": now with ", Phrase(response.route()), ".");
        screen.Line(request.person_id().empty()
                        ? "It is kept from you from now on, but for what you reported yourself."
                        : "It is kept from that person from now on.");
      });
  v1::DeclareConflictRequest& request = declare.request();
  declare.Case().Person(
      "--person",
      "Whose conflict it is; your own if not given. That of the Headteacher or of the reporter is "
      "declared by anybody who handles the case, that of others by the Headteacher or the Chair",
      Need::kOptional, [&request](const PersonId& person) { request.set_person_id(person.Hex()); });
  declare.Text("reasons", request.mutable_reasons(), "What the conflict is", Need::kRequired);
}

void AddSettleName(Program& program, CLI::App& noun) {
  const auto settle =
      AddMutation(program, noun, "settle-name",
                  "Say that a name in the report means somebody else than who joined later",
                  &v1::EscalationService::Stub::SettleName,
                  "the name is settled. It no longer keeps the case from anybody.");
  v1::SettleNameRequest& request = settle.request();
  settle.Case().TextInPlace("NAME", request.mutable_open_name(), "The name, as the report has it");
  settle.Text("reasons", request.mutable_reasons(), "How it is known whom the name means",
              Need::kRequired);
}

}  // namespace

void AddCaseCommands(Program& program) {
  CLI::App& noun = program.Noun("case", "Read and handle cases");
  AddReads(program, noun);
  AddWatchCommand(program, noun);

  const auto note = AddMutation(program, noun, "note", "Add a note", &CaseService::Stub::AddNote,
                                "the note is added.");
  note.Case().TextInPlace("TEXT", note.request().mutable_text(),
                          "The note; - for the standard input");
  AddCorrect(program, noun);

  const auto escalate = AddMutation(
      program, noun, "escalate", "Hand a case on", &v1::EscalationService::Stub::EscalateCase,
      [](const v1::EscalateCaseRequest& request, const v1::EscalateCaseResponse& response,
         Screen& screen) {
        screen.Line("Case ", request.case_ref(), ": now with ", Phrase(response.route()), ".");
      });
  escalate.Case().Text("reasons", escalate.request().mutable_reasons(), "Why", Need::kRequired);

  AddDeclareConflict(program, noun);
  AddSettleName(program, noun);
  AddClose(program, noun);
  const auto reopen = AddMutation(program, noun, "reopen", "Open a closed case again",
                                  &CaseService::Stub::ReopenCase, "open again.");
  reopen.Case().Text("reasons", reopen.request().mutable_reasons(), "Why", Need::kRequired);
}

}  // namespace wardbook::cli
