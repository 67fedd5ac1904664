// The clock of the server is set, forwards and backwards, and shows the hour twice that
// the night in October has twice. The order of what is recorded is that of the log. A
// server that runs meanwhile goes on at once.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/sync_stream.h"
#include "gtest/gtest.h"
#include "services/server/health_probe_for_test.h"
#include "storage/base/assert.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/pin_store.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/fault/server/noted_calls.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/due_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

using ::testing::ElementsAre;

constexpr char kSchool[] = "oakfield";
// Between two looks at a clock: what a test takes under load.
constexpr absl::Duration kTestMax = absl::Minutes(5);
// What the server does every second is done within so long, also under load.
constexpr absl::Duration kSoon = absl::Seconds(15);
constexpr absl::Duration kPoll = absl::Milliseconds(20);

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// The moment of the next summer's end at which the clocks on the wall go back.
absl::Time NextEndOfSummerTime() {
  absl::TimeZone school;
  WARDBOOK_ASSERT(absl::LoadTimeZone("Europe/London", &school));
  absl::Time moment = absl::Now();
  absl::TimeZone::CivilTransition transition;
  do {
    WARDBOOK_ASSERT(school.NextTransition(moment, &transition));
    moment = school.At(transition.from).trans;
  } while (school.At(transition.to).kind != absl::TimeZone::TimeInfo::REPEATED);
  return moment;
}

// Whether it becomes true soon.
bool Becomes(const std::function<bool()>& is_true) {
  const absl::Time deadline = absl::Now() + kSoon;
  while (!is_true()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(kPoll);
  }
  return true;
}

// A watch of all that is recorded from now on.
class Watch {
 public:
  explicit Watch(const Person& person)
      : stub_(person.channel()),
        context_(person.NewContext()),
        reader_(stub_.WatchCases(context_.get(), WatchFromNow(person))) {
    // It has begun when the server says that it listens.
    reader_->WaitForInitialMetadata();
  }
  // One that has not ended is given up.
  ~Watch() {
    if (reader_ == nullptr) return;
    context_->TryCancel();
    reader_->Finish();
  }

  // The case of the next change.
  std::string NextCase() {
    for (v1::WatchCasesResponse change; reader_->Read(&change);) {
      if (!change.has_heartbeat()) return change.handled().case_ref();
    }
    return "no more changes";
  }
  // Waits for the end, and gives what it came of.
  grpc::Status End() {
    for (v1::WatchCasesResponse change; reader_->Read(&change);) continue;
    return std::exchange(reader_, nullptr)->Finish();
  }

 private:
  v1::CaseService::Stub stub_;
  const std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchCasesResponse>> reader_;
};

class ClockJump : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(
        server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}, ServerClock::kAdvanced));
    school_ = Populate(*server_, kSchool, kMarks[0]);
  }

  // The server reads its clock at once when it starts, and not to the moment before.
  void SetClock(absl::Duration by) {
    ASSERT_OK(server_->Stop());
    server_->AdvanceClock(by);
    ahead_ += by;
    ASSERT_OK(server_->Restart());
  }

  // The server runs on, and has seen it when this returns: it looks every two seconds or
  // so, and counts on by itself in between.
  void SetClockOfRunning(absl::Duration by) {
    const absl::Time before = ExpireTimeOfANewSession();
    server_->AdvanceClock(by);
    ahead_ += by;
    ASSERT_TRUE(Becomes([&] {
      return absl::AbsDuration(ExpireTimeOfANewSession() - before - by) < absl::Minutes(1);
    }));
  }

  void SignInAgain() {
    for (Person* person : {&school_.teacher, &school_.head, &school_.auditor}) {
      *person = person->SignedInAgain();
    }
  }

  // Of the epoch when the clock is set between its beginning and the question.
  absl::Time ExpireTimeOfANewSession() const {
    const auto session = school_.auditor.SignedInAgain().Call(&v1::AccessService::Stub::GetSession,
                                                              v1::GetSessionRequest());
    return TimeOf(session.response.session().expire_time());
  }

  // What the server's clock shows, or will very soon.
  absl::Time ServerNow() const { return absl::Now() + ahead_; }

  void AddNote(const std::string& case_ref, absl::string_view text) {
    ASSERT_THAT(school_.head.Call(&v1::CaseService::Stub::AddNote, Note(school_, case_ref, text)),
                IsAnswered());
  }

  // The size of the log as it is pinned.
  uint64_t PinnedSize() const {
    const auto pins = checkpoint::PinStore::Open(CheckpointsDirectory());
    const std::optional<std::string> note =
        pins->Read(*SchoolId::FromHex(school_.id)).value_or(std::nullopt);
    if (!note.has_value()) return 0;
    return checkpoint::OpenCheckpoint(server_->verifier(), *note)->size;
  }
  bool IsPinnedSoon() const {
    const uint64_t size = school_.head.Head().size;
    return Becomes([&] { return PinnedSize() >= size; });
  }
  std::string CheckpointsDirectory() const {
    return std::filesystem::path(server_->data_directory()) / "checkpoints";
  }
  bool IsHealthSoon(server::ServingStatus status) const {
    return Becomes([&] { return server::ProbeHealth(server_->channel()) == status; });
  }

  // Everything due to the head in a case.
  std::vector<v1::DueItem> DueIn(const v1::ReportIncidentResponse& report) {
    v1::ListDueRequest request;
    request.set_page_size(200);
    const auto list =
        school_.head.CallFrom(report.receipt().position(), &v1::DueService::Stub::ListDue, request);
    EXPECT_THAT(list, IsAnswered());
    std::vector<v1::DueItem> due;
    for (const v1::DueItem& item : list.response.items()) {
      if (item.case_ref() == report.case_ref()) due.push_back(item);
    }
    return due;
  }

  std::unique_ptr<RunningServer> server_;
  School school_;
  absl::Duration ahead_;
};

TEST_F(ClockJump, TheOrderStaysAndSessionsEnd) {
  const std::string case_ref = ReportCase(school_).case_ref();
  std::vector<absl::Time> told;
  // Never to before the people joined: nobody had a role then.
  for (const absl::Duration jump :
       {absl::Hours(240), absl::Hours(72), -absl::Hours(120), absl::Hours(1)}) {
    SCOPED_TRACE(jump);
    const std::string content = Png(absl::FormatDuration(jump));
    const auto upload = school_.teacher.Call(&v1::EvidenceService::Stub::OpenUpload,
                                             Upload(school_, case_ref, content));
    ASSERT_THAT(upload, IsAnswered());
    const Person before = school_.head;
    SetClock(jump);
    // A session from the future would last for days.
    if (absl::AbsDuration(jump) > absl::Hours(12)) {
      EXPECT_THAT(before.Call(&v1::AccessService::Stub::GetSession, v1::GetSessionRequest()),
                  IsRefused(grpc::UNAUTHENTICATED, "R-NOT-SIGNED-IN"));
    }
    SignInAgain();
    AddNote(case_ref, absl::FormatDuration(jump));
    told.push_back(ServerNow());
    // An upload that was opened by the other clock is not forgotten within its day, and
    // one from the future not at all.
    if (jump < absl::Hours(24)) {
      ASSERT_THAT(PutChunk(school_.teacher, upload.response.upload_id(), 0, content), IsAnswered());
    }
    ExpectCleanLog(school_);
  }

  const v1::CaseFile file = Open(school_.head, case_ref);
  std::vector<std::string> notes;
  uint64_t position = 0;
  for (const v1::TimelineEntry& entry : file.timeline()) {
    EXPECT_GT(entry.position() + 1, position) << "the order is not that of the log";
    position = entry.position() + 1;
    if (!entry.event().has_note_added()) continue;
    notes.push_back(entry.event().note_added().text());
    // The clock's word is kept as it was, and does not set the order.
    EXPECT_LT(absl::AbsDuration(TimeOf(entry.recorded_time()) - told[notes.size() - 1]), kTestMax);
  }
  EXPECT_THAT(notes, ElementsAre(school_.Typed("240h"), school_.Typed("72h"),
                                 school_.Typed("-120h"), school_.Typed("1h")));
}

TEST_F(ClockJump, TheHourThatOctoberHasTwiceIsTwoHours) {
  // Half an hour before the clocks go back, which show that half hour again afterwards.
  SetClock(NextEndOfSummerTime() - absl::Minutes(30) - absl::Now());
  SignInAgain();
  const v1::ReportIncidentResponse first = ReportCase(school_);
  AddNote(first.case_ref(), "before");
  SetClock(absl::Hours(1));
  const v1::ReportIncidentResponse second = ReportCase(school_);
  AddNote(first.case_ref(), "after");

  EXPECT_GT(second.receipt().position(), first.receipt().position());
  const absl::Duration apart =
      TimeOf(second.receipt().recorded_time()) - TimeOf(first.receipt().recorded_time());
  EXPECT_GE(apart, absl::Hours(1));
  EXPECT_LT(apart, absl::Hours(1) + kTestMax);
  const v1::CaseFile file = Open(school_.head, first.case_ref());
  absl::Time before = absl::InfinitePast();
  for (const v1::TimelineEntry& entry : file.timeline()) {
    EXPECT_LE(before, TimeOf(entry.recorded_time()));
    before = TimeOf(entry.recorded_time());
  }
  // Working days begin with the next one, whichever of the two hours it was.
  const std::vector<v1::DueItem> due = DueIn(first);
  const std::vector<v1::DueItem> due_after = DueIn(second);
  ASSERT_FALSE(due.empty());
  ASSERT_EQ(due.size(), due_after.size());
  for (size_t i = 0; i < due.size(); ++i) {
    EXPECT_EQ(due[i].due_time().seconds(), due_after[i].due_time().seconds());
  }
  ExpectCleanLog(school_);
}

TEST_F(ClockJump, WhatRunsGoesOnAtOnceWhenTheClockIsSet) {
  // Ahead, as it is found to have stood when it is set back.
  SetClock(absl::Hours(24));
  SignInAgain();
  const std::string case_ref = ReportCase(school_).case_ref();
  for (const absl::Duration step : {-absl::Hours(3), absl::Hours(3)}) {
    SCOPED_TRACE(step);
    // Nothing is left to do, so that all that waits has begun to wait.
    ASSERT_TRUE(IsPinnedSoon());
    Watch before(school_.head);
    ASSERT_NO_FATAL_FAILURE(SetClockOfRunning(step));
    SignInAgain();

    // By the clock as it is now the session of those who watch has ended, and a watch is
    // looked at with its next heartbeat, though nothing else happens.
    EXPECT_EQ(before.End().error_code(), grpc::UNAUTHENTICATED);

    Watch watch(school_.head);
    AddNote(case_ref, absl::FormatDuration(step));
    EXPECT_EQ(watch.NextCase(), case_ref);
    EXPECT_TRUE(IsPinnedSoon()) << "the newest checkpoint is not pinned";
    // A list that waits for its view.
    EXPECT_FALSE(DueIn(ReportCase(school_)).empty());

    // What stands still is seen, and that it goes on.
    const std::string elsewhere = CheckpointsDirectory() + " elsewhere";
    std::filesystem::rename(CheckpointsDirectory(), elsewhere);
    AddNote(case_ref, "not pinned");
    EXPECT_TRUE(IsHealthSoon(server::ServingStatus::kNotServing));
    std::filesystem::rename(elsewhere, CheckpointsDirectory());
    EXPECT_TRUE(IsHealthSoon(server::ServingStatus::kServing));
    EXPECT_TRUE(IsPinnedSoon());
  }
  ExpectCleanLog(school_);
}

}  // namespace
}  // namespace wardbook::e2e
