#include "clients/cli/program.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/commands.h"
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

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    ::setenv("WARDBOOK_CONFIG_DIR", scratch_.At("config").c_str(), 1);
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
            "Refused (R-ADVICE-FIRST, clause P41): Advice has to come first.\n"
            "Next: Seek advice.\n");
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
  EXPECT_THAT(outcome.err, HasSubstr("7. 1 January 1970, 01:00  Case closed"));
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
    EXPECT_EQ(Run(arguments).code, ExitCode::kUsage) << ::testing::PrintToString(arguments);
  }
  EXPECT_THAT(cases_.notes(), IsEmpty());
}

TEST_F(ProgramTest, ServerThatIsAwayIsUnreachable) {
  SignIn();
  server_->Shutdown();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(outcome.code, ExitCode::kUnreachable);
  EXPECT_THAT(outcome.err, StartsWith("The server did not answer"));
}

TEST_F(ProgramTest, ServerWithAnotherCertificateIsNotSpokenTo) {
  const crypto::Certificate other =
      *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
  EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), other.certificate_pem));
  EXPECT_EQ(SignIn().code, ExitCode::kUnreachable);
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
