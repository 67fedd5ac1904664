#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using CommandLineTest = ProgramTest;

TEST_F(CommandLineTest, ReportBecomesTheRequestThatItsArgumentsSay) {
  SignIn();
  const std::string target_id(32, 'c');
  const Outcome outcome = Run({"incident",
                               "report",
                               "--kind",
                               "cyber-bullying",
                               "--what-file",
                               "-",
                               "--date",
                               "2026-05-14",
                               "--time",
                               "14:30",
                               "--approximate",
                               "--platform",
                               "Facebook",
                               "--target",
                               absl::StrCat("Cleo Dale=", target_id),
                               "--subject",
                               "Sam Ash,pupil",
                               "--subject",
                               "Berry, Ada",
                               "--wishes-not-given",
                               "--indecent-image",
                               "no",
                               "--request-id",
                               "01234567-89ab-4def-8123-456789abcdef"},
                              "They posted\nit twice.\n");
  ASSERT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("Case WB-7K4D-9QX2: your report is recorded.\n"
                                      "Told: the Headteacher and the safeguarding lead.\n"
                                      "Next: The Headteacher reads it today.\n"));
  const v1::ReportIncidentRequest reported = incidents_.reported();
  EXPECT_EQ(reported.request_id(), "01234567-89ab-4def-8123-456789abcdef");
  EXPECT_EQ(reported.kind(), events::v1::INCIDENT_KIND_CYBER_BULLYING);
  EXPECT_EQ(reported.what_happened(), "They posted\nit twice.");
  EXPECT_EQ(reported.happened_at().utc_offset_minutes(), 60);
  EXPECT_TRUE(reported.happened_at().approximate());
  EXPECT_EQ(reported.place().platform(), "Facebook");
  ASSERT_EQ(reported.parties_size(), 3);
  EXPECT_EQ(reported.parties(0).capacity(), events::v1::CAPACITY_TARGET);
  EXPECT_EQ(reported.parties(0).person_id(), std::string(16, '\xcc'));
  EXPECT_EQ(reported.parties(1).name(), "Sam Ash");
  EXPECT_EQ(reported.parties(1).category(), events::v1::PERSON_CATEGORY_PUPIL);
  EXPECT_EQ(reported.parties(2).name(), "Berry, Ada");
  EXPECT_TRUE(reported.wishes_not_given());
  EXPECT_EQ(reported.indecent_image_answer(), events::v1::INDECENT_IMAGE_ANSWER_NO);
}

TEST_F(CommandLineTest, NoFileIsAskedForWhereAnIndecentImageIsSuspected) {
  SignIn();
  for (const char* answer : {"no", "not-sure", "yes"}) {
    const Outcome outcome =
        Run({"incident", "report", "--kind", "self-report", "--what", "I sent it.", "--date",
             "14/05/2026", "--wishes", "None.", "--indecent-image", answer});
    const bool asked = absl::StrContains(outcome.out, "evidence file");
    EXPECT_EQ(asked, absl::string_view(answer) == "no") << outcome.out;
  }
}

TEST_F(CommandLineTest, PlaceThatWasNotSaidIsNotSent) {
  SignIn();
  ASSERT_EQ(Run({"incident", "report", "--kind", "self-report", "--what", "I sent it.", "--date",
                 "14/05/2026", "--wishes", "None.", "--indecent-image", "no"})
                .code,
            ExitCode::kOk);
  EXPECT_FALSE(incidents_.reported().has_place());
  EXPECT_EQ(incidents_.reported().happened_at().date(), "2026-05-14");
}

TEST_F(CommandLineTest, WrongArgumentsAreUsageAndReachNoServer) {
  SignIn();
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"case"},
      {"case", "note", "WB-7K4D-9QX2"},
      {"case", "note", "WB-7K4D-9QX2", "Seen.", "--request-id", "7"},
      {"police", "decide", "WB-7K4D-9QX2", "--choice", "perhaps"},
      {"incident", "report", "--kind", "self-report", "--what", "a", "--what-file", "-", "--date",
       "2026-05-14", "--wishes", "b", "--indecent-image", "no"},
      {"incident", "report", "--kind", "self-report", "--what", "a", "--date", "14 May", "--wishes",
       "b", "--indecent-image", "no"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const Outcome outcome = Run(arguments);
    EXPECT_EQ(outcome.code, ExitCode::kUsage) << ::testing::PrintToString(arguments);
    EXPECT_THAT(outcome.err, Not(HasSubstr("..\n")));
  }
  EXPECT_THAT(cases_.notes(), IsEmpty());
}

TEST_F(CommandLineTest, TextThatIsNotUtf8IsUsageAndReachesNoServer) {
  SignIn();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "na\xefve"});
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("Look at the text of the note."));
  EXPECT_THAT(cases_.notes(), IsEmpty());
}

TEST_F(CommandLineTest, ReferenceIsSentAsItIsPrintedHoweverItWasTyped) {
  SignIn();
  const Outcome outcome = Run({"case", "note", "wb 7k4d9qx2", "Seen."});
  EXPECT_EQ(cases_.notes().at(0).request.case_ref(), "WB-7K4D-9QX2");
  EXPECT_THAT(outcome.out, StartsWith("Case WB-7K4D-9QX2: the note is added.\n"
                                      "Entry 5 of the case, recorded "));
}

TEST_F(CommandLineTest, NounAloneShowsItsCommands) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{}, std::vector<std::string>{"case"}}) {
    const Outcome outcome = Run(arguments);
    EXPECT_EQ(outcome.code, ExitCode::kUsage);
    EXPECT_THAT(outcome.err, HasSubstr("\nCommands:\n"));
    EXPECT_THAT(outcome.err,
                HasSubstr(absl::StrCat("\n  wardbook ", absl::StrJoin(arguments, " "),
                                       arguments.empty() ? "COMMAND\n" : " COMMAND\n")));
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

TEST_F(CommandLineTest, CommandThatThereIsNotIsNamed) {
  EXPECT_THAT(Run({"nonsense"}).err, StartsWith("\"nonsense\" is no command of wardbook.\n"));
  EXPECT_THAT(Run({"case", "shwo", "WB-7K4D-9QX2"}).err,
              StartsWith("\"shwo\" is no command of wardbook case.\n"));
}

TEST_F(CommandLineTest, HelpHasWhatIsNeededFirstAndFitsTheTerminal) {
  const Outcome outcome = Run({"case", "close", "--help"});
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, StartsWith("Close a case.\n\n  wardbook case close CASE OPTIONS\n"));
  const size_t needed = outcome.out.find("\nNeeded:\n");
  const size_t optional = outcome.out.find("\nIf you wish:\n");
  ASSERT_NE(needed, std::string::npos);
  EXPECT_LT(needed, outcome.out.find("\n  --conclusion TEXT"));
  EXPECT_LT(outcome.out.find("or --conclusion-file FILE"), optional);
  EXPECT_LT(outcome.out.find("or --wishes-not-followed"), optional);
  EXPECT_GT(outcome.out.find("--reasons TEXT"), optional);
  for (const absl::string_view line : absl::StrSplit(outcome.out, '\n'))
    EXPECT_LE(line.size(), 80u);
}

// Whether the help of a command has the row before what may be left out.
bool IsUnderNeeded(const std::string& help, const std::string& row) {
  const size_t found = help.find(absl::StrCat("\n  ", row));
  EXPECT_NE(found, std::string::npos) << row << " in " << help;
  return found < help.find("\nIf you wish:\n");
}

TEST_F(CommandLineTest, HelpSaysAsNeededWhatIsRefusedWithoutAndNothingElse) {
  const std::string text = Run({"policy", "text", "--help"}).out;
  EXPECT_THAT(text, HasSubstr("\n  wardbook policy text [VERSION] OPTIONS\n"));
  EXPECT_FALSE(IsUnderNeeded(text, "VERSION"));
  EXPECT_TRUE(IsUnderNeeded(Run({"policy", "sign", "--help"}).out, "--sha256 TEXT"));
  const std::string request = Run({"permission", "request", "--help"}).out;
  EXPECT_TRUE(IsUnderNeeded(request, "--until WHEN"));
  EXPECT_THAT(request, Not(HasSubstr("photo")));
  EXPECT_TRUE(IsUnderNeeded(Run({"consent", "give", "--help"}).out, "--scope WORD"));
  EXPECT_TRUE(IsUnderNeeded(Run({"phone", "visit-use", "--help"}).out, "--emergency TEXT"));
  EXPECT_THAT(Run({"permission", "request", "--kind", "photo"}).err,
              HasSubstr("not one of work-social-media, name-and-logo, phone-kept-on"));
}

TEST_F(CommandLineTest, NothingIsSignedUnread) {
  EXPECT_THAT(Run({"policy", "sign", std::string(32, 'a'), "--office", "headteacher"}).err,
              StartsWith("--sha256 is required.\n"));
}

TEST_F(CommandLineTest, CommandThatARefusalNamesIsThere) {
  SignIn();
  for (const char* rule :
       {"R-ADVICE-FIRST", "R-ADVICE-NOT-SOUGHT", "R-IIOC-NOSTORE", "R-IIOC-POLICE-FIRST",
        "R-NO-SUCH-EVIDENCE", "R-NO-SUCH-PERSON", "R-NOT-REFERRED", "R-NOT-SIGNED-IN", "R-ROLE"}) {
    v1::Refusal refusal;
    refusal.set_code(rule);
    cases_.AnswerNotesWith({RefusedAs(grpc::StatusCode::FAILED_PRECONDITION, refusal)});
    const std::string screen = Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).err;
    const std::vector<std::string> lines = absl::StrSplit(screen, '\n');
    const auto command = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
      return absl::StartsWith(line, "  wardbook ");
    });
    ASSERT_NE(command, lines.end()) << screen;
    std::vector<std::string> words = absl::StrSplit(*command, ' ', absl::SkipEmpty());
    words.erase(words.begin());
    words.push_back("--help");
    EXPECT_EQ(Run(words).code, ExitCode::kOk) << *command;
  }
}

TEST_F(CommandLineTest, WrongArgumentsNameTheCommandWhoseHelpToRead) {
  EXPECT_EQ(Run({"police", "decide", "WB-7K4D-9QX2"}).err,
            "--choice is required.\nNext: See what the command takes.\n"
            "  wardbook police decide --help\n");
  EXPECT_THAT(Run({"police", "decide", "WB-7K4D-9QX2", "--json"}).err,
              StartsWith(R"({"code":3,"message":"--choice is required. )"));
}

TEST_F(CommandLineTest, VersionIsSaid) {
  const Outcome outcome = Run({"--version"});
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, ::testing::MatchesRegex("wardbook [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace wardbook::cli
