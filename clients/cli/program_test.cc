#include "clients/cli/program.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/commands.h"
#include "clients/cli/kept_receipts.h"
#include "clients/cli/loopback_server_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/certificate.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

// What a run of the program gave.
struct Outcome {
  ExitCode code;
  std::string out;
  std::string err;
};

grpc::Status RefusedAs(grpc::StatusCode code, const v1::Refusal& refusal) {
  v1::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(refusal);
  return {code, "refused", details.SerializeAsString()};
}

v1::Refusal AdviceFirst() {
  v1::Refusal refusal;
  refusal.set_code("R-ADVICE-FIRST");
  refusal.add_clauses("P41");
  refusal.set_message("Advice has to come first.");
  refusal.set_next_step("Seek advice.");
  return refusal;
}

// A variable of the environment while it lives.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~ScopedVariable() { ::unsetenv(name_); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* const name_;
};

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    ::setenv("WARDBOOK_CONFIG_DIR", scratch_.At("config").c_str(), 1);
    ::unsetenv("grpc_proxy");
    const crypto::Certificate certificate =
        *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({certificate.private_key_pem, certificate.certificate_pem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
    builder.RegisterService(&access_);
    builder.RegisterService(&incidents_);
    builder.RegisterService(&cases_);
    builder.RegisterService(&evidence_);
    server_ = builder.BuildAndStart();
    EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), certificate.certificate_pem));
  }

  static Outcome Run(const std::vector<std::string>& arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Program program({.in = in, .out = out, .err = err});
    AddAllCommands(program);
    std::vector<const char*> argv = {"wardbook"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    const ExitCode code = program.Run(static_cast<int>(argv.size()), argv.data());
    return {code, out.str(), err.str()};
  }

  Outcome SignIn(const std::string& password = AccessForTest::kPassword) {
    return Run({"sign-in", "--server", absl::StrCat("127.0.0.1:", port_), "--ca",
                scratch_.At("ca.pem"), "--school", "fernhill", "--user", "ada", "--password-stdin"},
               password + "\n");
  }

  const testing::ScratchDirectory scratch_;
  AccessForTest access_;
  IncidentsForTest incidents_;
  CasesForTest cases_;
  EvidenceForTest evidence_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ProgramTest, SignInKeepsTheTokenForTheCallsThatFollow) {
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("Signed in to Fernhill Primary as Ada Berry."));
  EXPECT_THAT(outcome.out, Not(HasSubstr(AccessForTest::kToken)));
  EXPECT_EQ(Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).code, ExitCode::kOk);
  EXPECT_THAT(cases_.notes().at(0).metadata,
              Contains(Pair("authorization", "Bearer token-of-the-test")));
}

TEST_F(ProgramTest, WrongPasswordIsNotSignedIn) {
  const Outcome outcome = SignIn("wrong");
  EXPECT_EQ(outcome.code, ExitCode::kNotSignedIn);
  EXPECT_FALSE(std::filesystem::exists(scratch_.At("config/session")));
}

TEST_F(ProgramTest, CommandOfNobodySaysHowToSignIn) {
  const Outcome outcome = Run({"case", "list"});
  EXPECT_EQ(outcome.code, ExitCode::kNotSignedIn);
  EXPECT_THAT(outcome.err, HasSubstr("sign-in"));
}

TEST_F(ProgramTest, NoteThatWasNotAnsweredIsSentAgainUnderTheSameRequestId) {
  SignIn();
  cases_.AnswerNotesWith({grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting")});
  EXPECT_EQ(Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).code, ExitCode::kOk);
  const auto notes = cases_.notes();
  ASSERT_THAT(notes, SizeIs(2));
  EXPECT_THAT(notes[0].request.request_id(), SizeIs(36));
  EXPECT_EQ(notes[0].request.request_id(), notes[1].request.request_id());
}

TEST_F(ProgramTest, RefusalIsNotSentAgainEvenWhenUnavailable) {
  SignIn();
  cases_.AnswerNotesWith({RefusedAs(grpc::StatusCode::UNAVAILABLE, AdviceFirst())});
  EXPECT_EQ(Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).code, ExitCode::kUnreachable);
  EXPECT_THAT(cases_.notes(), SizeIs(1));
}

TEST_F(ProgramTest, RefusalShowsRuleClauseAndNextStep) {
  SignIn();
  cases_.AnswerNotesWith({RefusedAs(grpc::StatusCode::FAILED_PRECONDITION, AdviceFirst())});
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_EQ(outcome.err,
            "Refused: Advice has to come first.\n"
            "Next: Seek advice.\n"
            "  wardbook advice record --help\n"
            "Rule: R-ADVICE-FIRST, clause P41 of the policy\n");
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST_F(ProgramTest, RefusalInJsonIsTheStatusWithItsDetails) {
  SignIn();
  cases_.AnswerNotesWith({RefusedAs(grpc::StatusCode::INVALID_ARGUMENT, AdviceFirst())});
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen.", "--json"});
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_THAT(outcome.err, StartsWith(R"({"code":3,"message":"refused","details":[{"@type":)"));
  EXPECT_THAT(outcome.err, HasSubstr(R"("code":"R-ADVICE-FIRST")"));
}

TEST_F(ProgramTest, ConflictShowsWhatCameInBetweenAndTheRevisionToGoOnWith) {
  SignIn();
  v1::Refusal refusal = AdviceFirst();
  refusal.mutable_conflict()->set_current_revision(7);
  v1::TimelineEntry& entry = *refusal.mutable_conflict()->add_entries();
  entry.set_revision(7);
  entry.set_actor_name("Cleo Dale");
  entry.mutable_event()->mutable_case_closed()->set_conclusion("Settled.");
  cases_.AnswerNotesWith({RefusedAs(grpc::StatusCode::ABORTED, refusal)});
  const Outcome outcome =
      Run({"case", "note", "WB-7K4D-9QX2", "Seen.", "--expected-revision", "6"});
  EXPECT_EQ(outcome.code, ExitCode::kConflict);
  EXPECT_EQ(cases_.notes().at(0).request.expected_revision(), 6u);
  EXPECT_THAT(outcome.err, HasSubstr("--expected-revision 7"));
  EXPECT_THAT(outcome.err, HasSubstr("7. 1 January 1970, 1:00 am  Case closed"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("Cleo Dale")));
}

TEST_F(ProgramTest, ReadCarriesTheLastPositionOfTheNewestReceipt) {
  SignIn();
  Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(Run({"case", "list"}).code, ExitCode::kOk);
  EXPECT_THAT(cases_.lists().at(0).metadata, Contains(Pair("wardbook-seen-position", "41")));
}

TEST_F(ProgramTest, ListFollowsEveryPageAndNamesNobody) {
  SignIn();
  const Outcome outcome = Run({"case", "list", "--closed"});
  EXPECT_THAT(cases_.lists(), SizeIs(3));
  EXPECT_TRUE(cases_.lists().at(2).request.include_closed());
  for (const char* ref : {"WB-PAGE-0", "WB-PAGE-1", "WB-PAGE-2"}) {
    EXPECT_THAT(outcome.out, HasSubstr(ref));
  }
  EXPECT_THAT(outcome.out, Not(HasSubstr("Cleo Dale")));
}

TEST_F(ProgramTest, ReportBecomesTheRequestThatItsArgumentsSay) {
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

TEST_F(ProgramTest, PlaceThatWasNotSaidIsNotSent) {
  SignIn();
  ASSERT_EQ(Run({"incident", "report", "--kind", "self-report", "--what", "I sent it.", "--date",
                 "14/05/2026", "--wishes", "None.", "--indecent-image", "no"})
                .code,
            ExitCode::kOk);
  EXPECT_FALSE(incidents_.reported().has_place());
  EXPECT_EQ(incidents_.reported().happened_at().date(), "2026-05-14");
}

TEST_F(ProgramTest, WrongArgumentsAreUsageAndReachNoServer) {
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

TEST_F(ProgramTest, ServerThatIsAwayIsUnreachable) {
  SignIn();
  server_->Shutdown();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(outcome.code, ExitCode::kUnreachable);
  EXPECT_THAT(outcome.err,
              StartsWith(absl::StrCat("The server at 127.0.0.1:", port_, " cannot be reached.\n")));
}

TEST_F(ProgramTest, ServerWithAnotherCertificateIsNotSpokenTo) {
  const crypto::Certificate other =
      *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
  EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), other.certificate_pem));
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kUnreachable);
  EXPECT_THAT(outcome.err, HasSubstr("Nothing was sent to it."));
}

TEST_F(ProgramTest, SignInKnowsWhereToFromTheLastTimeAlsoAfterSigningOut) {
  SignIn();
  EXPECT_EQ(Run({"sign-out"}).out, "Signed out.\n");
  EXPECT_EQ(Run({"case", "list"}).code, ExitCode::kNotSignedIn);
  const Outcome outcome = Run({"sign-in", "--user", "ben", "--password-stdin"},
                              absl::StrCat(AccessForTest::kPassword, "\n"));
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_EQ(access_.asked().school(), "fernhill");
  EXPECT_EQ(access_.asked().user_name(), "ben");
}

TEST_F(ProgramTest, FirstSignInSaysWhatItNeeds) {
  const Outcome outcome = Run({"sign-in", "--user", "ada", "--password-stdin"}, "unread\n");
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("--server HOST:PORT --ca FILE --school NAME --user NAME"));
}

TEST_F(ProgramTest, SignOutWithoutTheServerForgetsTheTokenAllTheSame) {
  SignIn();
  server_->Shutdown();
  const Outcome outcome = Run({"sign-out"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The server could not be told"));
  EXPECT_THAT(*ReadWholeFile(scratch_.At("config/session")), Not(HasSubstr(AccessForTest::kToken)));
}

TEST_F(ProgramTest, WhatIsNoCertificateOrAddressIsUsage) {
  EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), "tls.key"));
  EXPECT_EQ(SignIn().code, ExitCode::kUsage);
  EXPECT_EQ(Run({"sign-in", "--server", "wardbook.example", "--ca", scratch_.At("ca.pem"),
                 "--school", "fernhill", "--user", "ada", "--password-stdin"},
                "unread\n")
                .code,
            ExitCode::kUsage);
}

TEST_F(ProgramTest, ProxyForBrowsingIsNotUsed) {
  // Nobody listens on the discard port.
  const ScopedVariable http("http_proxy", "http://127.0.0.1:9");
  const ScopedVariable https("https_proxy", "http://127.0.0.1:9");
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
}

TEST_F(ProgramTest, ProxyThatIsMeantForItIsUsed) {
  const ScopedVariable proxy("grpc_proxy", "http://127.0.0.1:9");
  EXPECT_EQ(SignIn().code, ExitCode::kUnreachable);
}

TEST_F(ProgramTest, CaseLongerThanTheUsualMessageIsShown) {
  SignIn();
  cases_.SetCaseBytes(5 << 20);
  const Outcome outcome = Run({"case", "show", "WB-7K4D-9QX2"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_GT(outcome.out.size(), 5u << 20);
}

TEST_F(ProgramTest, CaseLongerThanAnyMessageSaysHowToReadIt) {
  SignIn();
  cases_.SetCaseBytes(65 << 20);
  const Outcome outcome = Run({"case", "show", "WB-7K4D-9QX2"});
  EXPECT_EQ(outcome.code, ExitCode::kFailed);
  EXPECT_THAT(outcome.err, HasSubstr("bundle export"));
}

TEST_F(ProgramTest, TextLongerThanTheServerTakesIsUsage) {
  SignIn();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "-"}, std::string(5 << 20, 'x'));
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("Shorten it"));
}

TEST_F(ProgramTest, TextThatIsNotUtf8IsUsageAndReachesNoServer) {
  SignIn();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "na\xefve"});
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("Look at the text of the note."));
  EXPECT_THAT(cases_.notes(), IsEmpty());
}

TEST_F(ProgramTest, ReferenceIsSentAsItIsPrintedHoweverItWasTyped) {
  SignIn();
  const Outcome outcome = Run({"case", "note", "wb 7k4d9qx2", "Seen."});
  EXPECT_EQ(cases_.notes().at(0).request.case_ref(), "WB-7K4D-9QX2");
  EXPECT_THAT(outcome.out, StartsWith("Case WB-7K4D-9QX2: the note is added.\n"
                                      "Entry 5 of the case, recorded "));
}

TEST_F(ProgramTest, ReceiptIsKept) {
  SignIn();
  Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  const KeptReceipts receipts(scratch_.At("config"));
  ASSERT_OK_AND_ASSIGN(const std::optional<KeptReceipt> receipt,
                       receipts.Find(*SchoolId::FromHex(AccessForTest::SchoolHex()), 41));
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->leaf, *Hash::FromBytes(std::string(32, 'y')));
}

TEST_F(ProgramTest, WhatIsRecordedIsNoFailureWhenTheReceiptCannotBeKept) {
  SignIn();
  EXPECT_OK(ReplaceFile(scratch_.At("config/receipts"), "a file in the way"));
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.err, StartsWith("It is recorded, but this computer could not keep"));
}

TEST_F(ProgramTest, NounAloneShowsItsCommands) {
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

TEST_F(ProgramTest, CommandThatThereIsNotIsNamed) {
  EXPECT_THAT(Run({"nonsense"}).err, StartsWith("\"nonsense\" is no command of wardbook.\n"));
  EXPECT_THAT(Run({"case", "shwo", "WB-7K4D-9QX2"}).err,
              StartsWith("\"shwo\" is no command of wardbook case.\n"));
}

TEST_F(ProgramTest, HelpHasWhatIsNeededFirstAndFitsTheTerminal) {
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

TEST_F(ProgramTest, CommandThatARefusalNamesIsThere) {
  SignIn();
  for (const char* rule :
       {"R-ADVICE-FIRST", "R-ADVICE-NOT-SOUGHT", "R-CASE-CLOSED", "R-IIOC-NOSTORE",
        "R-IIOC-POLICE-FIRST", "R-NO-SUCH-EVIDENCE", "R-NO-SUCH-PERSON", "R-NOT-REFERRED",
        "R-NOT-SIGNED-IN", "R-REFERRAL-NOT-ACKNOWLEDGED"}) {
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

TEST_F(ProgramTest, WrongArgumentsNameTheCommandWhoseHelpToRead) {
  EXPECT_EQ(Run({"police", "decide", "WB-7K4D-9QX2"}).err,
            "--choice is required.\nNext: See what the command takes.\n"
            "  wardbook police decide --help\n");
  EXPECT_THAT(Run({"police", "decide", "WB-7K4D-9QX2", "--json"}).err,
              StartsWith(R"({"code":3,"message":"--choice is required. )"));
}

TEST_F(ProgramTest, VersionIsSaid) {
  const Outcome outcome = Run({"--version"});
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, ::testing::MatchesRegex("wardbook [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

class EvidenceTest : public ProgramTest {
 protected:
  EvidenceTest() {
    SignIn();
    EXPECT_OK(ReplaceFile(scratch_.At("print.png"), content_));
  }

  Outcome FileIt() {
    return Run({"evidence", "file", "WB-7K4D-9QX2", scratch_.At("print.png"), "--indecent-image",
                "no", "--kind", "screen-print", "--seen-date", "2026-01-14", "--time-not-known",
                "It shows none.", "--platform", "Facebook"});
  }

  // More than two streams' worth of chunks, the last one short.
  const std::string content_ = std::string(
      EvidenceForTest::kChunkBytes * EvidenceForTest::kChunksBeforeBreak * 2 + 500, 'p');
};

TEST_F(EvidenceTest, UploadGoesOnAfterEveryBreakFromWhatArrived) {
  evidence_.SetSha256(crypto::Sha256(content_).Bytes());
  const Outcome outcome = FileIt();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_GE(evidence_.breaks(), 2);
  EXPECT_EQ(evidence_.bytes(), content_);
  EXPECT_EQ(evidence_.filed().case_ref(), "WB-7K4D-9QX2");
  EXPECT_EQ(evidence_.filed().sighting().date(), "2026-01-14");
  EXPECT_EQ(evidence_.filed().sighting().utc_offset_minutes(), 0);
  EXPECT_EQ(evidence_.filed().sighting().time_not_known_because(), "It shows none.");
}

TEST_F(EvidenceTest, FilingThatWasRefusedForWhatWasSaidOfItSaysHowToGoOn) {
  v1::Refusal refusal;
  refusal.set_code("R-SIGHTING");
  refusal.set_field("sighting.time");
  evidence_.RefuseToFile(RefusedAs(grpc::StatusCode::INVALID_ARGUMENT, refusal));
  const Outcome outcome = FileIt();
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_THAT(outcome.err, HasSubstr("Look at: --seen-time, or --time-not-known\n"));
  EXPECT_THAT(outcome.err,
              HasSubstr(absl::StrCat("\n  wardbook evidence resume ", std::string(32, 'b'), " ")));
}

TEST_F(EvidenceTest, FileThatCanNeverBeFiledIsNotToBeSentAgain) {
  v1::Refusal refusal;
  refusal.set_code("R-FILE-TYPE");
  evidence_.RefuseToFile(RefusedAs(grpc::StatusCode::INVALID_ARGUMENT, refusal));
  EXPECT_THAT(FileIt().err, Not(HasSubstr("evidence resume")));
}

TEST_F(EvidenceTest, WhatIsNoFileIsSaidToBeNone) {
  const auto file = [](const std::string& path) {
    return Run(
        {"evidence", "file", "WB-7K4D-9QX2", path, "--indecent-image", "no", "--kind", "original"});
  };
  const Outcome directory = file(scratch_.path());
  EXPECT_EQ(directory.code, ExitCode::kUsage);
  EXPECT_THAT(directory.err, HasSubstr("is not a file."));
  EXPECT_EQ(file(scratch_.At("missing.png")).code, ExitCode::kNotFound);
}

TEST_F(EvidenceTest, ServerThatFiledOtherBytesIsFoundOut) {
  evidence_.SetSha256(crypto::Sha256("other").Bytes());
  EXPECT_EQ(FileIt().code, ExitCode::kNotVerified);
}

TEST_F(EvidenceTest, DownloadIsSavedOnlyWhenItsHashIsThatOfTheFile) {
  evidence_.SetBytes(content_);
  const std::string path = scratch_.At("saved.png");
  const std::vector<std::string> download = {"evidence",           "download", "WB-7K4D-9QX2",
                                             std::string(32, 'b'), "--out",    path};
  evidence_.SetSha256(crypto::Sha256("other").Bytes());
  EXPECT_EQ(Run(download).code, ExitCode::kNotVerified);
  EXPECT_FALSE(std::filesystem::exists(path));
  evidence_.SetSha256(crypto::Sha256(content_).Bytes());
  EXPECT_EQ(Run(download).code, ExitCode::kOk);
  EXPECT_THAT(ReadWholeFile(path), testing::IsOkAndHolds(content_));
}

}  // namespace
}  // namespace wardbook::cli
