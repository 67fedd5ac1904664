#include "clients/cli/timeline.h"

#include <sstream>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// 14 May 2026, 7:40 pm UTC.
constexpr int64_t kRecorded = 1778787600;

class TimelineTest : public ::testing::Test {
 protected:
  events::v1::CaseEvent& Add() {
    v1::TimelineEntry& entry = *file_.add_timeline();
    entry.set_revision(static_cast<uint64_t>(file_.timeline_size()));
    entry.mutable_recorded_time()->set_seconds(kRecorded);
    entry.set_actor_id(std::string(32, 'a'));
    entry.set_actor_name("Ada Berry");
    return *entry.mutable_event();
  }

  std::string Shown() const {
    std::ostringstream out;
    Screen screen(out);
    ShowTimeline(file_, screen);
    return out.str();
  }

  v1::CaseFile file_;
};

TEST_F(TimelineTest, ReportIsShownInWordsAndWithoutIds) {
  events::v1::IncidentReported& report = *Add().mutable_incident_reported();
  report.set_kind(events::v1::INCIDENT_KIND_CYBER_BULLYING);
  report.set_what_happened("They mock me.\nEvery day.");
  report.mutable_happened_at()->set_date("2026-05-14");
  report.mutable_happened_at()->set_time("20:40");
  report.mutable_happened_at()->set_utc_offset_minutes(60);
  events::v1::Party& target = *report.add_parties();
  target.set_capacity(events::v1::CAPACITY_TARGET);
  target.set_person_id(std::string(16, '\xaa'));
  events::v1::Party& subject = *report.add_parties();
  subject.set_capacity(events::v1::CAPACITY_SUBJECT);
  subject.set_name("Coach");
  subject.set_category(events::v1::PERSON_CATEGORY_NOT_KNOWN);
  report.set_route(events::v1::ROUTE_LINE_MANAGER);
  report.set_line_manager_id(std::string(16, '\xbb'));
  EXPECT_EQ(Shown(),
            "1. 14 May 2026, 8:40 pm  Incident reported, by Ada Berry\n"
            "   Kind: cyber-bullying\n"
            "   What happened: They mock me.\n"
            "     Every day.\n"
            "   When it happened: 14 May 2026, 8:40 pm\n"
            "   Target: Ada Berry (in the school's register)\n"
            "   Subject: Coach, not known\n"
            "   Reported to: the line manager\n");
}

TEST_F(TimelineTest, FileIsShownWithTheCommandThatSavesIt) {
  file_.mutable_summary()->set_case_ref("WB-7K4D-9QX2");
  events::v1::EvidenceFiled& filed = *Add().mutable_evidence_filed();
  filed.set_evidence_id(std::string(16, '\xcc'));
  filed.set_file_name("group chat.png");
  filed.set_size(11452004);
  filed.set_key_id(std::string(16, '\xdd'));
  filed.set_sealed_sha256(std::string(32, '\xee'));
  filed.mutable_sighting()->set_date("2026-05-14");
  filed.mutable_sighting()->set_time("20:40");
  filed.mutable_sighting()->set_utc_offset_minutes(60);
  EXPECT_THAT(Shown(), AllOf(HasSubstr("Size: 11.5 MB\n"), HasSubstr("Date: 14 May 2026\n"),
                             HasSubstr("Time: 8:40 pm\n"), Not(HasSubstr("60")),
                             Not(HasSubstr("dddd")), Not(HasSubstr("eeee")),
                             HasSubstr("wardbook evidence download WB-7K4D-9QX2 " +
                                       std::string(32, 'c') + " --out './group chat.png'\n")));
}

TEST_F(TimelineTest, CommandToSaveAFileNamesNoneOfTheReadersOwn) {
  for (const auto& [last, name] :
       {std::pair('\x01', "../../.bashrc"), std::pair('\x02', "-x"), std::pair('\x03', "image.png"),
        std::pair('\x04', "Image.png"), std::pair('\x05', "/home/ada/image.png")}) {
    events::v1::EvidenceFiled& filed = *Add().mutable_evidence_filed();
    filed.set_file_name(name);
    filed.set_evidence_id(absl::StrCat(std::string(15, '\xab'), std::string(1, last)));
  }
  EXPECT_THAT(Shown(), AllOf(HasSubstr(" --out ./bashrc\n"), HasSubstr(" --out ./x\n"),
                             HasSubstr(" --out ./image-ababab03.png\n"),
                             HasSubstr(" --out ./Image-ababab04.png\n"),
                             HasSubstr(" --out ./image-ababab05.png\n")));
}

TEST_F(TimelineTest, WhatIsSaidOfAFileNamesIt) {
  const std::string cut_off(16, '\x01');
  const std::string whole(16, '\x02');
  for (const auto& [id, name] : {std::pair(cut_off, "first.png"), std::pair(whole, "second.png")}) {
    events::v1::EvidenceFiled& filed = *Add().mutable_evidence_filed();
    filed.set_evidence_id(id);
    filed.set_file_name(name);
  }
  events::v1::EvidenceAnnotated& annotated = *Add().mutable_evidence_annotated();
  annotated.set_evidence_id(cut_off);
  annotated.set_annotation("The date is American.");
  events::v1::EvidenceSuperseded& superseded = *Add().mutable_evidence_superseded();
  superseded.set_superseded_id(cut_off);
  superseded.set_evidence_id(whole);
  superseded.set_reasons("The first was cut off.");
  events::v1::OriginalRetainedAttested& attested = *Add().mutable_original_retained_attested();
  attested.set_evidence_id(whole);
  attested.set_kept_where("On my phone.");
  EXPECT_THAT(Shown(), AllOf(HasSubstr("Added to a file in evidence, by Ada Berry\n"
                                       "   File: first.png\n"
                                       "   What was added: The date is American.\n"),
                             HasSubstr("Another file stands in the place of one, by Ada Berry\n"
                                       "   No longer stands: first.png\n"
                                       "   Stands in its place: second.png\n"
                                       "   Reasons: The first was cut off.\n"),
                             HasSubstr("The original still exists, by Ada Berry\n"
                                       "   File: second.png\n"
                                       "   Where it is: On my phone.\n")));
}

TEST_F(TimelineTest, DecisionAboutThePoliceSaysWhoseItIs) {
  events::v1::PoliceDecisionRecorded& decided = *Add().mutable_police_decision_recorded();
  decided.set_choice(events::v1::POLICE_CHOICE_NOT_YET);
  decided.set_chooser_id(std::string(16, '\x03'));
  decided.set_chooser_name("Robin Larkspur");
  decided.mutable_decided_at()->set_date("2026-05-13");
  EXPECT_THAT(Shown(), AllOf(HasSubstr("   Whose decision: Robin Larkspur\n"
                                       "   When: 13 May 2026\n"),
                             Not(HasSubstr("register"))));
}

TEST_F(TimelineTest, WishesThatWereNotFollowedAreSaidAlsoThoughAFalseIsNotStored) {
  Add().mutable_case_closed()->set_conclusion("Settled.");
  EXPECT_THAT(Shown(), HasSubstr("Reporter's wishes followed: no\n"));
}

TEST_F(TimelineTest, EntryOfANewerServerIsNotLeftOut) {
  Add();
  EXPECT_THAT(Shown(), HasSubstr("1. 14 May 2026, 8:40 pm  An entry that this program is too old"));
}

TEST_F(TimelineTest, HeadingNamesNobody) {
  Add().mutable_note_added()->set_text("Secret.");
  std::ostringstream out;
  Screen screen(out);
  ShowHeading(file_.timeline(0), "  ", screen);
  EXPECT_EQ(out.str(), "  1. 14 May 2026, 8:40 pm  Note added\n");
}

}  // namespace
}  // namespace wardbook::cli
