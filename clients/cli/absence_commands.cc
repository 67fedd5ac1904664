// The absences of the Headteacher, and who acts meanwhile (P39).

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "storage/base/ids.h"
#include "wardbook/v1/absence_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::AbsenceService;

std::string Span(const v1::HeadAbsence& absence) {
  return absl::StrCat("from ", TimeInWords(absence.from_time()),
                      absence.has_until_time()
                          ? absl::StrCat(" until ", EndInWords(TimeOf(absence.until_time())))
                          : std::string(", no end known"));
}

void ShowAbsence(const v1::HeadAbsence& absence, Screen& screen) {
  screen.Line(absence.headteacher_name(), " is absent ", Span(absence), ".");
  screen.Line("  ", absence.deputy_name(), " acts for them.");
  if (!absence.reason().empty()) screen.Line("  Reason: ", absence.reason());
  screen.Line("  Recorded ", TimeInWords(absence.recorded_time()), " by ",
              absence.recorded_by_name(), ".");
  screen.Command("Id: ", absence.absence_id());
}

void ShowAbsences(const v1::ListHeadAbsencesRequest&, const v1::ListHeadAbsencesResponse& response,
                  Screen& screen) {
  if (response.absences().empty()) screen.Line("No absence of the Headteacher is recorded.");
  for (const v1::HeadAbsence& absence : response.absences()) ShowAbsence(absence, screen);
}

void ShowCover(const v1::GetHeadCoverRequest& request, const v1::GetHeadCoverResponse& response,
               Screen& screen) {
  const bool now = !request.has_at_time();
  if (response.has_absence()) return ShowAbsence(response.absence(), screen);
  if (response.headteacher_names().empty()) {
    screen.Line(now ? "The school has no Headteacher." : "The school had no Headteacher then.");
    return;
  }
  for (const std::string& name : response.headteacher_names()) {
    screen.Line("No absence is recorded: ", name, now ? " is" : " was",
                " the Headteacher and present.");
  }
}

void AddRecord(Program& program, CLI::App& noun) {
  const auto record = AddMutation(
      program, noun, "record", "Record that the Headteacher is absent, and who acts",
      &AbsenceService::Stub::RecordHeadAbsence,
      [](const v1::RecordHeadAbsenceRequest& request, const v1::RecordHeadAbsenceResponse& response,
         Screen& screen) {
        screen.Line("The absence is recorded, ",
                    request.has_from_time()
                        ? absl::StrCat("from ", TimeInWords(request.from_time()))
                        : std::string("from now on"),
                    request.has_until_time()
                        ? absl::StrCat(" until ", EndInWords(TimeOf(request.until_time())))
                        : std::string(", no end known"),
                    ".");
        screen.Line("When the Headteacher is back earlier or later:");
        screen.Command("wardbook absence end ", response.absence_id());
      });
  v1::RecordHeadAbsenceRequest& request = record.request();
  record.Person("--deputy", "The member of the leadership team who acts", Need::kRequired,
                [&request](const PersonId& person) { request.set_deputy_id(person.Hex()); });
  record.Instant(
      "--from", [&request](const auto& time) { *request.mutable_from_time() = time; },
      "From when; now if not given");
  record.End(
      "--until", [&request](const auto& time) { *request.mutable_until_time() = time; },
      "Until when; not known if not given", Need::kOptional);
  record.Person("--headteacher", "The Headteacher, where the school has several", Need::kOptional,
                [&request](const PersonId& person) { request.set_headteacher_id(person.Hex()); });
  record.Line("--reason", request.mutable_reason(), "Why, in a few words", Need::kOptional);
}

}  // namespace

void AddAbsenceCommands(Program& program) {
  CLI::App& noun = program.Noun("absence", "The Headteacher's absences, and who acts (P39)");
  AddRecord(program, noun);

  const auto end = AddMutation(program, noun, "end", "End an absence, or bring its end forward",
                               &AbsenceService::Stub::EndHeadAbsence, "The absence is ended.");
  end.Line("ABSENCE", end.request().mutable_absence_id(), "The absence's id", Need::kRequired);
  end.Instant(
      "--at", [&end = end.request()](const auto& time) { *end.mutable_end_time() = time; },
      "From when the Headteacher is back; now if not given");

  AddCall(program, *noun.add_subcommand("list", "List the absences"),
          &AbsenceService::Stub::ListHeadAbsences, Repeat::kSafe, ShowAbsences);

  const auto cover =
      AddCall(program, *noun.add_subcommand("who-acts", "Say who acts, or acted at a moment"),
              &AbsenceService::Stub::GetHeadCover, Repeat::kSafe, ShowCover);
  cover.Instant(
      "--at", [&cover = cover.request()](const auto& time) { *cover.mutable_at_time() = time; },
      "The moment; now if not given");
}

}  // namespace wardbook::cli
