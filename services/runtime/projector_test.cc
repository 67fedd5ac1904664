#include "services/runtime/projector.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "services/runtime/refusal.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/secret.h"
#include "tests/testing/appends.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/damaged_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using testing::IdOf;
using testing::IsOkAndHolds;
using ::testing::Optional;
using testing::StatusIs;

const SchoolId kSchool = IdOf<SchoolId>(1);
const SchoolId kOtherSchool = IdOf<SchoolId>(2);

// Far more than anything here needs: a test that meets it has failed.
constexpr std::chrono::seconds kPatience(30);

// For each stream how many events it has, and the last one.
class LastEvents : public View {
 public:
  explicit LastEvents(uint32_t version = 1, std::string name = "last")
      : version_(version), name_(std::move(name)) {}

  absl::string_view name() const override { return name_; }
  uint32_t version() const override { return version_; }
  absl::string_view stream_prefix() const override { return "case-"; }
  std::unique_ptr<ViewFold> NewFold(const SchoolId&, FoldUse use) const override {
    {
      absl::MutexLock lock(&mutex_);
      uses_.push_back(use);
    }
    return std::make_unique<Fold>(*this, use);
  }

  // What its folds were made for, in order.
  std::vector<FoldUse> uses() const {
    absl::MutexLock lock(&mutex_);
    return uses_;
  }
  // How many of its folds there were at the most, at one time, that built.
  int building_most() const {
    absl::MutexLock lock(&mutex_);
    return building_most_;
  }

  // From now on the record at `position` cannot be applied.
  void StumbleAt(uint64_t position) { stumble_ = position; }
  // From now on records from `position` on wait until the notification.
  void PauseAt(uint64_t position, absl::Notification& until) {
    until_ = &until;
    pause_ = position;
  }

 private:
  class Fold : public ViewFold {
   public:
    Fold(const LastEvents& view, FoldUse use) : view_(view), use_(use) {
      if (use_ == FoldUse::kBuilding) view_.CountBuilding(1);
    }
    ~Fold() override {
      if (use_ == FoldUse::kBuilding) view_.CountBuilding(-1);
    }
    absl::Status Apply(const ViewRecord& record, ViewBatch& batch) override {
      const std::string& stream = record.header.stream;
      // What a record has changed before it fails must not be seen either.
      batch.PutClear(absl::StrCat("n", stream), absl::StrCat(record.revision));
      if (record.position == view_.stumble_) return absl::DataLossError("an odd event");
      if (record.position >= view_.pause_) view_.until_.load()->WaitForNotification();
      if (!record.event.has_value()) {
        batch.Delete(stream);
        return absl::OkStatus();
      }
      batch.PutSealed(stream, record.header.key_id,
                      absl::StrCat("v", view_.version_, " ", *record.event));
      return absl::OkStatus();
    }

   private:
    const LastEvents& view_;
    const FoldUse use_;
  };

  void CountBuilding(int more) const {
    absl::MutexLock lock(&mutex_);
    building_ += more;
    building_most_ = std::max(building_most_, building_);
  }

  const uint32_t version_;
  const std::string name_;
  std::atomic<uint64_t> stumble_ = ~uint64_t{0};
  std::atomic<uint64_t> pause_ = ~uint64_t{0};
  std::atomic<absl::Notification*> until_ = nullptr;
  mutable absl::Mutex mutex_;
  mutable std::vector<FoldUse> uses_ ABSL_GUARDED_BY(mutex_);
  mutable int building_ ABSL_GUARDED_BY(mutex_) = 0;
  mutable int building_most_ ABSL_GUARDED_BY(mutex_) = 0;
};

class ProjectorTest : public ::testing::Test {
 protected:
  ProjectorTest()
      : vault_(vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(),
                                  crypto::Secret::Random())
                   .value()),
        key_(vault_->NewKey().value()),
        store_(std::make_unique<testing::BorrowedKeyValue>(rows_, control_), *vault_) {}

  void Append(absl::string_view stream, absl::string_view text, const SchoolId& school = kSchool) {
    ++recorded_;
    const record::Header header{.school = school,
                                .stream = std::string(stream),
                                .event_id = IdOf<EventId>(recorded_),
                                .event_type = "wardbook.events.v1.NoteAdded",
                                .recorded_time = absl::FromUnixSeconds(1'700'000'000),
                                .actor = IdOf<PersonId>(1),
                                .session = IdOf<SessionId>(1),
                                .request_id = IdOf<RequestId>(recorded_),
                                .key_id = key_.id};
    storage::AppendRequest request;
    request.school = school;
    request.stream = header.stream;
    request.request_id = header.request_id;
    request.events.push_back(record::SealEvent(header, testing::EventOf(text), key_.key).value());
    ASSERT_OK(testing::AppendTo(log_, std::move(request)));
  }

  std::unique_ptr<Projector> StartProjector(const View& view) {
    return Projector::Start(log_, *vault_, store_, {&view}).value();
  }

  absl::StatusOr<std::optional<std::string>> Read(Projector& projector, uint64_t position,
                                                  absl::string_view key,
                                                  const SchoolId& school = kSchool) {
    WARDBOOK_ASSIGN_OR_RETURN(const ViewReading reading,
                              projector.WaitFor(school, "last", position, MomentIn(kPatience)));
    return store_.Get(*reading.generation, key);
  }

  static std::string Row(uint32_t version, absl::string_view text) {
    return absl::StrCat("v", version, " ", testing::EventOf(text));
  }

  testing::DamagedLog log_;
  testing::MemoryKeyValue rows_;
  testing::KeyValueControl control_;
  const std::unique_ptr<vault::Vault> vault_;
  const vault::VaultKey key_;
  ViewStore store_;
  uint64_t recorded_ = 0;
};

TEST_F(ProjectorTest, AppliesWhatWasThereAndWhatComes) {
  const LastEvents view;
  Append("case-1", "first");
  const auto projector = StartProjector(view);
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "first")))));
  Append("case-1", "second");
  EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "second")))));
}

TEST_F(ProjectorTest, WhatNobodyWaitsForIsTakenInAndToldToo) {
  const LastEvents view;
  absl::Notification all;
  Append("case-1", "before");
  const auto projector = StartProjector(view);
  ASSERT_OK(projector->WaitFor(kSchool, "last", 0, MomentIn(kPatience)));
  constexpr uint64_t kRecords = 50;
  projector->Listen([&all](const SchoolId&, absl::string_view, uint64_t applied) {
    if (applied == kRecords) all.Notify();
  });
  for (uint64_t i = 1; i < kRecords; ++i) Append("case-1", absl::StrCat("event ", i));
  ASSERT_TRUE(all.WaitForNotificationWithTimeout(absl::FromChrono(kPatience)));
  ASSERT_OK_AND_ASSIGN(const ViewReading reading,
                       projector->WaitFor(kSchool, "last", std::nullopt, Moment::min()));
  EXPECT_EQ(reading.applied, kRecords);
  EXPECT_THAT(store_.Get(*reading.generation, "case-1"),
              IsOkAndHolds(Optional(Eq(Row(1, "event 49")))));
}

TEST_F(ProjectorTest, PassesOverTheStreamsOfOthersWithoutOpeningThem) {
  const LastEvents view;
  Append("person-1", "not ours");
  Append("case-1", "ours");
  const auto projector = StartProjector(view);
  EXPECT_THAT(Read(*projector, 1, "person-1"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "ours")))));
}

TEST_F(ProjectorTest, KeepsSchoolsApart) {
  const LastEvents view;
  Append("case-1", "here");
  const auto projector = StartProjector(view);
  Append("case-1", "there", kOtherSchool);
  Append("case-2", "only there", kOtherSchool);
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "here")))));
  EXPECT_THAT(Read(*projector, 1, "case-1", kOtherSchool),
              IsOkAndHolds(Optional(Eq(Row(1, "there")))));
  EXPECT_THAT(Read(*projector, 0, "case-2"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(ProjectorTest, GoesOnAfterARestartWhereItWas) {
  LastEvents view;
  Append("case-1", "first");
  Append("case-1", "second");
  {
    const auto projector = StartProjector(view);
    ASSERT_OK(Read(*projector, 1, "case-1"));
  }
  Append("case-1", "third");
  // Would stop a fold that began anew.
  view.StumbleAt(0);
  const auto projector = StartProjector(view);
  EXPECT_THAT(Read(*projector, 2, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "third")))));
}

TEST_F(ProjectorTest, StoppingAnywhereComesToTheSameState) {
  const LastEvents view;
  constexpr int kRecords = 40;
  testing::MemoryKeyValue whole_rows;
  testing::KeyValueControl whole_control;
  ViewStore whole_store(std::make_unique<testing::BorrowedKeyValue>(whole_rows, whole_control),
                        *vault_);
  for (int i = 0; i < kRecords; ++i) {
    Append(absl::StrCat("case-", i % 7), absl::StrCat("text ", i));
    const auto projector = StartProjector(view);
    ASSERT_OK(Read(*projector, static_cast<uint64_t>(i), "case-1"));
  }
  const auto stopped_often = StartProjector(view);
  const auto whole = Projector::Start(log_, *vault_, whole_store, {&view}).value();
  ASSERT_OK(whole->WaitFor(kSchool, "last", kRecords - 1, MomentIn(kPatience)));
  ASSERT_OK_AND_ASSIGN(const ViewHash a, stopped_often->StateHash(kSchool, "last"));
  ASSERT_OK_AND_ASSIGN(const ViewHash b, whole->StateHash(kSchool, "last"));
  EXPECT_EQ(a.applied, kRecords);
  EXPECT_EQ(b.applied, kRecords);
  EXPECT_EQ(a.hash, b.hash);
}

TEST_F(ProjectorTest, RebuildingTwiceGivesTheSameState) {
  const LastEvents view;
  for (int i = 0; i < 20; ++i) Append(absl::StrCat("case-", i % 3), absl::StrCat("text ", i));
  const auto projector = StartProjector(view);
  ASSERT_OK(Read(*projector, 19, "case-1"));
  ASSERT_OK_AND_ASSIGN(const ViewHash built, projector->StateHash(kSchool, "last"));
  for (int i = 0; i < 2; ++i) {
    const ViewReading before = projector->WaitFor(kSchool, "last", 19, MomentIn(kPatience)).value();
    ASSERT_OK(projector->Rebuild(kSchool, "last"));
    ASSERT_OK(projector->WaitForRebuild(kSchool, "last", MomentIn(kPatience)));
    const ViewReading after = projector->WaitFor(kSchool, "last", 19, MomentIn(kPatience)).value();
    EXPECT_NE(before.generation->number, after.generation->number);
    // Whoever has begun to read the old rows may go on.
    EXPECT_THAT(store_.Get(*before.generation, "case-1"),
                IsOkAndHolds(Optional(Eq(Row(1, "text 19")))));
    ASSERT_OK_AND_ASSIGN(const ViewHash rebuilt, projector->StateHash(kSchool, "last"));
    EXPECT_EQ(rebuilt.hash, built.hash);
  }
}

TEST_F(ProjectorTest, ARebuildRepairsRows) {
  const LastEvents view;
  Append("case-1", "text");
  const auto projector = StartProjector(view);
  const ViewReading reading = projector->WaitFor(kSchool, "last", 0, MomentIn(kPatience)).value();
  ViewBatch damage(store_, *reading.generation);
  damage.PutClear("case-1", "something else");
  ASSERT_OK(store_.Commit(damage, {1, 1}));
  ASSERT_OK(projector->Rebuild(kSchool, "last"));
  ASSERT_OK(projector->WaitForRebuild(kSchool, "last", MomentIn(kPatience)));
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "text")))));
}

TEST_F(ProjectorTest, TheOldVersionAnswersUntilTheNewOneHasCaughtUp) {
  Append("case-1", "text");
  {
    const LastEvents old;
    const auto projector = StartProjector(old);
    ASSERT_OK(Read(*projector, 0, "case-1"));
  }
  LastEvents changed(2);
  absl::Notification go_on;
  changed.PauseAt(0, go_on);
  const auto projector = StartProjector(changed);
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "text")))));
  go_on.Notify();
  ASSERT_OK(projector->WaitForRebuild(kSchool, "last", MomentIn(kPatience)));
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(2, "text")))));
}

TEST_F(ProjectorTest, ARecordThatCannotBeAppliedStopsTheViewRightThere) {
  LastEvents view;
  Append("case-1", "first");
  const auto projector = StartProjector(view);
  ASSERT_OK(Read(*projector, 0, "case-1"));
  view.StumbleAt(2);
  Append("case-1", "second");
  Append("case-1", "third");
  Append("case-1", "fourth");
  EXPECT_THAT(Read(*projector, 2, "case-1"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("stopped")));
  EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "second")))));
  EXPECT_THAT(Read(*projector, 1, "ncase-1"), IsOkAndHolds(Optional(Eq("2"))));
  const std::vector<ViewStatus> statuses = projector->Statuses();
  ASSERT_EQ(statuses.size(), 1);
  EXPECT_EQ(statuses[0].applied, 2);
  EXPECT_EQ(statuses[0].log_size, 4);
  EXPECT_THAT(statuses[0].failure,
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("view last at record 2")));
}

TEST_F(ProjectorTest, AViewThatStopsTakesNoOtherOfItsSchoolWithIt) {
  LastEvents stumbling;
  const LastEvents other(1, "other");
  stumbling.StumbleAt(700);
  for (int i = 0; i < 1000; ++i) Append(absl::StrCat("case-", i % 7), absl::StrCat("text ", i));
  const auto projector = Projector::Start(log_, *vault_, store_, {&stumbling, &other}).value();
  ASSERT_OK_AND_ASSIGN(const ViewReading reading,
                       projector->WaitFor(kSchool, "other", 999, MomentIn(kPatience)));
  EXPECT_THAT(store_.Get(*reading.generation, absl::StrCat("case-", 999 % 7)),
              IsOkAndHolds(Optional(Eq(Row(1, "text 999")))));
  // The one stands right before the record that it cannot apply.
  EXPECT_THAT(projector->WaitFor(kSchool, "last", std::nullopt, MomentIn(kPatience)).status(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("stopped")));
  for (const ViewStatus& status : projector->Statuses()) {
    EXPECT_EQ(status.applied, status.view == "last" ? 700 : 1000);
  }
}

TEST_F(ProjectorTest, ManySchoolsWithSeveralViewsAreAllBuiltAndFollowed) {
  const LastEvents last;
  const LastEvents other(1, "other");
  constexpr uint64_t kSchools = 40;
  for (uint64_t i = 1; i <= kSchools; ++i) Append("case-1", "before", IdOf<SchoolId>(i));
  const auto projector = Projector::Start(log_, *vault_, store_, {&last, &other}).value();
  for (uint64_t i = 1; i <= kSchools; ++i) Append("case-1", "after", IdOf<SchoolId>(i));
  for (uint64_t i = 1; i <= kSchools; ++i) {
    for (const char* const view : {"last", "other"}) {
      ASSERT_OK_AND_ASSIGN(const ViewReading reading,
                           projector->WaitFor(IdOf<SchoolId>(i), view, 1, MomentIn(kPatience)));
      EXPECT_THAT(store_.Get(*reading.generation, "case-1"),
                  IsOkAndHolds(Optional(Eq(Row(1, "after")))));
    }
  }
}

TEST_F(ProjectorTest, ABuildThatHasBegunGoesOnBeforeAnotherBegins) {
  const LastEvents view;
  // As many threads as build, and the one that only follows, may each have a school.
  constexpr uint64_t kSchools = 9;
  // Two batches, by their bytes.
  const std::string text(900'000, 'x');
  for (uint64_t i = 1; i <= kSchools; ++i) {
    for (int event = 0; event < 12; ++event) Append("case-1", text, IdOf<SchoolId>(i));
  }
  const auto projector = StartProjector(view);
  for (uint64_t i = 1; i <= kSchools; ++i) {
    ASSERT_OK(projector->WaitFor(IdOf<SchoolId>(i), "last", 11, MomentIn(kPatience)));
  }
  EXPECT_LE(view.building_most(), static_cast<int>(BuildingThreads()) + 1);
}

TEST_F(ProjectorTest, AFoldIsToldWhatItIsFor) {
  const LastEvents view;
  Append("case-1", "first");
  const auto projector = StartProjector(view);
  ASSERT_OK(Read(*projector, 0, "case-1"));
  EXPECT_THAT(view.uses(), ::testing::ElementsAre(FoldUse::kBuilding));
  Append("case-1", "second");
  ASSERT_OK(Read(*projector, 1, "case-1"));
  EXPECT_THAT(view.uses(), ::testing::ElementsAre(FoldUse::kBuilding, FoldUse::kAnswering));
  ASSERT_OK(projector->Rebuild(kSchool, "last"));
  ASSERT_OK(projector->WaitForRebuild(kSchool, "last", MomentIn(kPatience)));
  EXPECT_THAT(view.uses(),
              ::testing::ElementsAre(FoldUse::kBuilding, FoldUse::kAnswering, FoldUse::kBuilding));
}

TEST_F(ProjectorTest, AFullDiskDelaysAViewAndLosesNothing) {
  const LastEvents view;
  Append("case-1", "first");
  const auto projector = StartProjector(view);
  ASSERT_OK(Read(*projector, 0, "case-1"));
  control_.FailWrites();
  Append("case-1", "second");
  EXPECT_THAT(projector->WaitFor(kSchool, "last", 1, Moment::min()),
              StatusIs(absl::StatusCode::kUnavailable));
  control_.HealWrites();
  EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "second")))));
}

TEST_F(ProjectorTest, WhatFailedIsTriedAgainHoweverMuchOthersRecord) {
  const LastEvents view;
  Append("case-1", "first");
  Append("case-1", "there", kOtherSchool);
  const auto projector = StartProjector(view);
  ASSERT_OK(Read(*projector, 0, "case-1"));
  control_.FailWrites();
  Append("case-1", "second");
  EXPECT_THAT(projector->WaitFor(kSchool, "last", 1, Moment::min()),
              StatusIs(absl::StatusCode::kUnavailable));
  control_.HealWrites();
  std::atomic<bool> busy = true;
  std::thread others([&] {
    while (busy) {
      Append("case-2", "more", kOtherSchool);
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "second")))));
  busy = false;
  others.join();
}

TEST_F(ProjectorTest, TellsAViewThatAPayloadIsGone) {
  const LastEvents view;
  Append("case-1", "first");
  ASSERT_OK(vault_->Destroy(key_.id));
  const auto projector = StartProjector(view);
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(Read(*projector, 0, "ncase-1"), IsOkAndHolds(Optional(Eq("1"))));
  const std::vector<ViewStatus> statuses = projector->Statuses();
  ASSERT_EQ(statuses.size(), 1u);
  EXPECT_EQ(statuses[0].key_missing, 0u);
}

TEST_F(ProjectorTest, RowsOfALongerLogAreBuiltAnew) {
  const LastEvents view;
  Append("case-1", "first");
  {
    ViewBatch ahead(store_, {kSchool, "last", 1});
    ahead.PutClear("case-9", "of a log that is no more");
    ASSERT_OK(store_.Commit(ahead, {1, 9}));
    ASSERT_OK(store_.Activate(ahead.generation()));
  }
  const auto projector = StartProjector(view);
  EXPECT_THAT(Read(*projector, 0, "case-9"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "first")))));
}

TEST_F(ProjectorTest, AViewWhoseRowsAreDamagedIsBuiltAnew) {
  const LastEvents view;
  Append("case-1", "first");
  {
    const auto projector = StartProjector(view);
    EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "first")))));
  }
  // Which generation answers, cut short: the only rows of eight bytes.
  storage::WriteSet damage;
  ASSERT_OK(rows_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    if (value.size() == sizeof(uint64_t)) damage.Put(std::string(key), "x");
    return true;
  }));
  ASSERT_FALSE(damage.empty());
  ASSERT_OK(rows_.Write(damage, storage::Durability::kSynced));
  Append("case-1", "second");

  for (int start = 0; start < 2; ++start) {
    const auto projector = StartProjector(view);
    EXPECT_THAT(Read(*projector, 1, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "second")))));
  }
}

TEST_F(ProjectorTest, AGenerationWhoseProgressIsDamagedIsRetiredOnce) {
  const LastEvents view;
  Append("case-1", "first");
  {
    const auto projector = StartProjector(view);
    EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "first")))));
  }
  // How far a generation has come: the only rows of twelve bytes.
  const auto progress_rows = [this] {
    std::vector<std::string> keys;
    EXPECT_OK(rows_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
      if (value.size() == 12 || value == "x") keys.emplace_back(key);
      return true;
    }));
    return keys;
  };
  ASSERT_THAT(progress_rows(), ::testing::SizeIs(1));
  storage::WriteSet damage;
  damage.Put(progress_rows()[0], "x");
  ASSERT_OK(rows_.Write(damage, storage::Durability::kSynced));
  for (int start = 0; start < 3; ++start) {
    const auto projector = StartProjector(view);
    EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "first")))));
  }
  // The one that was retired last may still wait to be removed.
  EXPECT_THAT(progress_rows(), ::testing::SizeIs(::testing::Le(2u)));
}

TEST_F(ProjectorTest, ADamagedSchoolStandsStillByItself) {
  const LastEvents view;
  Append("case-1", "here");
  Append("case-1", "there", kOtherSchool);
  StartProjector(view)->WaitFor(kOtherSchool, "last", 0, Moment::max()).IgnoreError();
  log_.damaged = kOtherSchool;
  {
    const auto projector = StartProjector(view);
    EXPECT_THAT(Read(*projector, 0, "case-1"), IsOkAndHolds(Optional(Eq(Row(1, "here")))));
    EXPECT_THAT(projector->WaitFor(kOtherSchool, "last", 0, Moment::min()).status(),
                StatusIs(absl::StatusCode::kUnavailable));
  }
  // Its rows are still there when the log can be read again.
  log_.damaged = SchoolId();
  EXPECT_THAT(Read(*StartProjector(view), 0, "case-1", kOtherSchool),
              IsOkAndHolds(Optional(Eq(Row(1, "there")))));
}

TEST_F(ProjectorTest, NobodyWaitsForARecordThatTheLogDoesNotHave) {
  const LastEvents view;
  Append("case-1", "first");
  const auto projector = StartProjector(view);
  // With this deadline whoever waits does not come back.
  const absl::Status status = projector->WaitFor(kSchool, "last", 1, Moment::max()).status();
  EXPECT_TRUE(IsRefusal(status, kernel::Reason::kSeenPositionUnknown));
  EXPECT_OK(projector->WaitFor(kSchool, "last", 0, Moment::max()));
}

}  // namespace
}  // namespace wardbook::runtime
