// Reviewing what can be seen of oneself online, on joining the school (P13).

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::PeopleService;

std::string Standing(const v1::ProfileReview& review) {
  if (review.has_reviewed_time()) {
    return absl::StrCat("reviewed ", TimeInWords(review.reviewed_time()));
  }
  return absl::StrCat(review.overdue() ? "overdue since " : "due by ",
                      TimeInWords(review.due_time()));
}

void ShowReviews(const v1::ListProfileReviewsRequest&,
                 const v1::ListProfileReviewsResponse& response, Screen& screen) {
  if (response.reviews().empty()) screen.Line("No profile review is outstanding.");
  for (const v1::ProfileReview& review : response.reviews()) {
    screen.Line(review.name(), ": ", Standing(review), ".");
  }
}

}  // namespace

void AddProfileReviewCommands(Program& program) {
  CLI::App& noun = program.Noun("profile-review", "Reviewing what can be seen of you online (P13)");
  const auto confirm =
      AddMutation(program, noun, "confirm", "Confirm that you have reviewed your own profiles",
                  &PeopleService::Stub::ConfirmProfileReview, "Your review is confirmed.");
  confirm.Instant(
      "--on",
      [&confirm = confirm.request()](const auto& time) { *confirm.mutable_reviewed_time() = time; },
      "When you reviewed them; now if not given");

  const auto list =
      AddCall(program, *noun.add_subcommand("list", "List the reviews that are outstanding"),
              &PeopleService::Stub::ListProfileReviews, Repeat::kSafe, ShowReviews);
  list.app().add_flag_callback(
      "--confirmed", [&list = list.request()] { list.set_include_confirmed(true); },
      "Those that are confirmed as well");
}

}  // namespace wardbook::cli
