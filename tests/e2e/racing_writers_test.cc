// Writers that race on one case: one wins, the others are told what came in
// between, and nothing is lost or recorded twice.

#include <barrier>
#include <cstdint>
#include <functional>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

using ::testing::SizeIs;

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

// Enough that each wins many times; one takes a millisecond or two.
constexpr int kRounds = 60;

// Runs all at the same moment, each on a thread of its own, to their end.
void AtOnce(const std::vector<std::function<void()>>& writers) {
  std::barrier ready(static_cast<std::ptrdiff_t>(writers.size()));
  std::vector<std::thread> threads;
  for (const std::function<void()>& writer : writers) {
    threads.emplace_back([&ready, &writer] {
      ready.arrive_and_wait();
      writer();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

Answer<v1::AddNoteResponse> AddNote(const Person& person, const v1::AddNoteRequest& note) {
  return person.Call(&v1::CaseService::Stub::AddNote, note);
}

// The texts of the case's notes, in order.
std::vector<std::string> NotesOf(const v1::CaseFile& file) {
  std::vector<std::string> notes;
  for (const v1::TimelineEntry& entry : file.timeline()) {
    if (entry.event().has_note_added()) notes.push_back(entry.event().note_added().text());
  }
  return notes;
}

v1::Conflict ConflictOf(const grpc::Status& status) {
  return RefusalOf(status).value_or(v1::Refusal()).conflict();
}

TEST(RacingWriters, OneWinsAndTheOtherGetsTheEventInBetween) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  const Person* const writers[] = {&school.head, &school.lead};
  uint64_t revision = 1;
  std::vector<std::string> in_order;
  int won[] = {0, 0};
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    v1::AddNoteRequest notes[2];
    Answer<v1::AddNoteResponse> answers[2];
    for (int i = 0; i < 2; ++i) {
      notes[i] = Note(school, case_ref, absl::StrCat(writers[i]->user_name, " ", round));
      notes[i].set_expected_revision(revision);
    }
    AtOnce({[&] { answers[0] = AddNote(*writers[0], notes[0]); },
            [&] { answers[1] = AddNote(*writers[1], notes[1]); }});

    const int winner = answers[0].ok() ? 0 : 1;
    const int loser = 1 - winner;
    ++won[winner];
    ASSERT_THAT(answers[winner], IsAnswered());
    ASSERT_THAT(answers[loser], IsRefused(grpc::ABORTED, "R-CONFLICT"));
    EXPECT_EQ(answers[winner].response.revision(), revision + 1);
    const v1::Conflict conflict = ConflictOf(answers[loser].status);
    EXPECT_EQ(conflict.current_revision(), revision + 1);
    ASSERT_THAT(conflict.entries(), SizeIs(1));
    const v1::TimelineEntry& entry = conflict.entries(0);
    EXPECT_EQ(entry.revision(), revision + 1);
    EXPECT_EQ(entry.position(), answers[winner].response.receipt().position());
    EXPECT_EQ(entry.actor_id(), writers[winner]->id);
    EXPECT_EQ(entry.event().note_added().text(), notes[winner].text());

    // What was refused was not recorded, so that its request id is still free.
    notes[loser].set_expected_revision(conflict.current_revision());
    const auto again = AddNote(*writers[loser], notes[loser]);
    ASSERT_THAT(again, IsAnswered());
    EXPECT_EQ(again.response.revision(), revision + 2);
    in_order.push_back(notes[winner].text());
    in_order.push_back(notes[loser].text());
    revision += 2;
  }
  EXPECT_EQ(NotesOf(Open(school.head, case_ref)), in_order);
  std::cout << "won " << won[0] << " to " << won[1] << "\n";
}

TEST(RacingWriters, DifferentCommandsRaceForTheSameRevision) {
  const School& school = Oakfield();
  for (int round = 0; round < kRounds / 2; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    const std::string case_ref = ReportCase(school).case_ref();
    v1::CloseCaseRequest close;
    close.set_request_id(NewRequestId());
    close.set_case_ref(case_ref);
    close.set_expected_revision(1);
    close.set_conclusion(school.Typed("settled"));
    close.set_wishes_followed(true);
    v1::EscalateCaseRequest escalate;
    escalate.set_request_id(NewRequestId());
    escalate.set_case_ref(case_ref);
    escalate.set_expected_revision(1);
    escalate.set_reasons(school.Typed("threats"));
    Answer<v1::CloseCaseResponse> closed;
    Answer<v1::EscalateCaseResponse> escalated;
    AtOnce({[&] { closed = school.head.Call(&v1::CaseService::Stub::CloseCase, close); },
            [&] {
              escalated = school.lead.Call(&v1::EscalationService::Stub::EscalateCase, escalate);
            }});

    ASSERT_NE(closed.ok(), escalated.ok()) << "one of them must win, and one only";
    const grpc::Status& lost = closed.ok() ? escalated.status : closed.status;
    ASSERT_THAT(lost, IsRefused(grpc::ABORTED, "R-CONFLICT"));
    const v1::Conflict conflict = ConflictOf(lost);
    ASSERT_THAT(conflict.entries(), SizeIs(1));
    const events::CaseEvent& event = conflict.entries(0).event();
    EXPECT_EQ(event.has_case_closed(), closed.ok());
    EXPECT_EQ(event.has_case_escalated(), escalated.ok());
    EXPECT_EQ(Open(school.head, case_ref).summary().revision(), 2U);
  }
}

TEST(RacingWriters, WhoNamesNoRevisionIsRecordedAfterTheOther) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  const std::vector<const Person*> writers = {&school.teacher, &school.head, &school.lead};
  std::vector<std::vector<uint64_t>> revisions(writers.size());
  std::vector<std::vector<uint64_t>> positions(writers.size());
  std::vector<std::function<void()>> all;
  for (size_t i = 0; i < writers.size(); ++i) {
    all.push_back([&, i] {
      for (int round = 0; round < kRounds / 2; ++round) {
        const auto answer =
            AddNote(*writers[i], Note(school, case_ref, absl::StrCat(i, " ", round)));
        EXPECT_THAT(answer, IsAnswered());
        revisions[i].push_back(answer.response.revision());
        positions[i].push_back(answer.response.receipt().position());
      }
    });
  }
  const uint64_t before = school.head.Head().size;
  AtOnce(all);

  const size_t count = writers.size() * (kRounds / 2);
  EXPECT_EQ(school.head.Head().size, before + count);
  const v1::CaseFile file = Open(school.head, case_ref);
  const std::vector<std::string> notes = NotesOf(file);
  EXPECT_THAT(std::set<std::string>(notes.begin(), notes.end()), SizeIs(count));
  EXPECT_THAT(notes, SizeIs(count));
  // What each was told is where their note stands.
  for (size_t i = 0; i < writers.size(); ++i) {
    for (size_t round = 0; round < revisions[i].size(); ++round) {
      const v1::TimelineEntry& entry = file.timeline(static_cast<int>(revisions[i][round]) - 1);
      EXPECT_EQ(entry.position(), positions[i][round]);
      EXPECT_EQ(entry.actor_id(), writers[i]->id);
      EXPECT_EQ(entry.event().note_added().text(), school.Typed(absl::StrCat(i, " ", round)));
    }
  }
}

TEST(RacingWriters, TheSameRequestSentTwiceAtOnceIsRecordedOnce) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  for (int round = 0; round < kRounds / 2; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    const v1::AddNoteRequest note = Note(school, case_ref, absl::StrCat("once ", round));
    const v1::ReportIncidentRequest report = Report(school);
    const v1::FileEvidenceRequest print = ScreenPrint(
        school, case_ref, UploadWhole(school.teacher, school, case_ref, Png("at once")));
    Answer<v1::AddNoteResponse> noted[2];
    Answer<v1::ReportIncidentResponse> reported[2];
    Answer<v1::FileEvidenceResponse> filed[2];
    const uint64_t before = school.head.Head().size;
    std::vector<std::function<void()>> all;
    for (int i = 0; i < 2; ++i) {
      all.push_back([&, i] { noted[i] = AddNote(school.teacher, note); });
      all.push_back([&, i] {
        reported[i] = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, report);
      });
      all.push_back([&, i] {
        filed[i] = school.teacher.Call(&v1::EvidenceService::Stub::FileEvidence, print);
      });
    }
    AtOnce(all);

    EXPECT_EQ(school.head.Head().size, before + 3);
    const auto expect_the_same = [](auto& answers) {
      ASSERT_THAT(answers[0], IsAnswered());
      ASSERT_THAT(answers[1], IsAnswered());
      // Each may have been given when the log had grown further.
      for (auto& answer : {&answers[0], &answers[1]}) {
        answer->response.mutable_receipt()->clear_checkpoint();
      }
      EXPECT_EQ(answers[0].response.SerializeAsString(), answers[1].response.SerializeAsString());
    };
    expect_the_same(noted);
    expect_the_same(reported);
    expect_the_same(filed);
  }
}

TEST(RacingWriters, AConflictTellsTheOldestTwentyOfManyEntries) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  constexpr int kMany = 25;
  constexpr int kToldMax = 20;
  for (int i = 0; i < kMany; ++i) {
    ASSERT_THAT(AddNote(school.lead, Note(school, case_ref, absl::StrCat("note ", i))),
                IsAnswered());
  }
  v1::AddNoteRequest late = Note(school, case_ref, "late");
  late.set_expected_revision(1);
  const auto answer = AddNote(school.head, late);
  ASSERT_THAT(answer, IsRefused(grpc::ABORTED, "R-CONFLICT"));
  const v1::Conflict conflict = ConflictOf(answer.status);
  EXPECT_EQ(conflict.current_revision(), 1U + kMany);
  ASSERT_THAT(conflict.entries(), SizeIs(kToldMax));
  for (int i = 0; i < kToldMax; ++i) {
    EXPECT_EQ(conflict.entries(i).event().note_added().text(),
              school.Typed(absl::StrCat("note ", i)));
  }
}

// The reporter does not see what the handlers write, and so is told only how far
// the case has come.
TEST(RacingWriters, AConflictShowsAReporterNoEntryOfOthers) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  ASSERT_THAT(AddNote(school.head, Note(school, case_ref, "for handlers")), IsAnswered());
  ASSERT_THAT(AddNote(school.teacher, Note(school, case_ref, "my own")), IsAnswered());
  v1::AddNoteRequest late = Note(school, case_ref, "late");
  late.set_expected_revision(1);
  const auto answer = AddNote(school.teacher, late);
  ASSERT_THAT(answer, IsRefused(grpc::ABORTED, "R-CONFLICT"));
  const v1::Conflict conflict = ConflictOf(answer.status);
  EXPECT_EQ(conflict.current_revision(), 3U);
  ASSERT_THAT(conflict.entries(), SizeIs(1));
  EXPECT_EQ(conflict.entries(0).event().note_added().text(), school.Typed("my own"));
}

}  // namespace
}  // namespace wardbook::e2e
