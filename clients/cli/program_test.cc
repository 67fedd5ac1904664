#include "clients/cli/program.h"

#include <optional>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/kept_receipts.h"
#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(ProgramTest, NoteThatWasNotAnsweredIsSentAgainUnderTheSameRequestId) {
  SignIn();
  cases_.AnswerNotesWith({grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting")});
  EXPECT_EQ(Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).code, ExitCode::kOk);
  const auto notes = cases_.notes();
  ASSERT_THAT(notes, SizeIs(2));
  EXPECT_THAT(notes[0].request.request_id(), SizeIs(36));
  EXPECT_EQ(notes[0].request.request_id(), notes[1].request.request_id());
}

TEST_F(ProgramTest, ServerThatComesBackWhileItIsTriedGetsTheNote) {
  SignIn();
  server_->Shutdown();
  server_.reset();
  std::thread restart([this] {
    // The first try has found nobody by then, and the last is far away.
    absl::SleepFor(absl::Milliseconds(800));
    StartServer();
  });
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  restart.join();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(cases_.notes(), SizeIs(1));
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
            "  wardbook advice --help\n"
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

}  // namespace
}  // namespace wardbook::cli
