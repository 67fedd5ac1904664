#include "services/casework/domain/web_address.h"

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::CaseEvent;

TEST(WithoutAddresses, LeavesOutAddressesAndKeepsTheRestAsItIs) {
  const std::string left_out(kAddressLeftOut);
  EXPECT_EQ(WithoutAddresses("see  https://a.example/x?y\nand (www.b) then"),
            absl::StrCat("see  ", left_out, "\nand (", left_out, ") then"));
  const char kWords[] = "e.g. at 3.30pm, and/or \"later\" ";
  EXPECT_EQ(WithoutAddresses(kWords), kWords);
  EXPECT_EQ(WithoutAddresses(""), "");
}

TEST(IsWebAddress, IsWhatWorksWhenItIsCopied) {
  for (const char* word :
       {"https://a.example/x", "WWW.a.example", "a.example/x", "10.0.0.1/x", "hxxp://a.example",
        "a1b2.onion", "ftp://a", "Example.COM", "Example.Com/x", "example.org."}) {
    EXPECT_TRUE(IsWebAddress(word)) << word;
  }
}

TEST(IsWebAddress, IsNoNameFileWordNumberOrMailbox) {
  for (const char* word :
       {"and/or", "e.g./i.e.", "12.05.2026/3", "office@example.com", "left.Then", "3.5/10", "s.46/",
        "image/png", "J.Smith", "jane.doe", "print.png", "3.30pm", "Mr.Green", "left.He/she",
        "J.Smith/A.Green", "DC.Marsh/4471", ""}) {
    EXPECT_FALSE(IsWebAddress(word)) << word;
  }
}

TEST(HasAddress, LooksIntoMessagesAndLists) {
  CaseEvent event;
  event.mutable_incident_reported()->add_parties()->set_name("x");
  EXPECT_FALSE(HasAddress(event));
  event.mutable_incident_reported()->add_parties()->set_name("http://a.example");
  EXPECT_TRUE(HasAddress(event));
  LeaveOutAddresses(event);
  EXPECT_FALSE(HasAddress(event));
  EXPECT_EQ(event.incident_reported().parties(0).name(), "x");
}

AddNote NoteOf(const std::string& text) {
  AddNote note;
  note.by = By{kHead, kNow};
  note.text = text;
  return note;
}

TEST(DecideWithoutLinks, RefusesALinkWhereAnIndecentImageIsSuspected) {
  const CaseState state = After({Reported(), Suspected(), PoliceCalled()});
  EXPECT_THAT(DecideWithoutLinks(state, NoteOf("it is at http://a.example/x")),
              Refuses(kernel::Reason::kIndecentImageNoLink));
  EXPECT_THAT(DecideWithoutLinks(state, NoteOf("the police have it")), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(DecideWithoutLinks(After({Reported()}), NoteOf("it is at http://a.example/x")),
              Adds(CaseEvent::kNoteAdded));
}

TEST(DecideWithoutLinks, LeavesItOutOfAReportAndAReferral) {
  const std::string said = "it is at a.example/x I think";
  const std::string kept = absl::StrCat("it is at ", kAddressLeftOut, " I think");
  ReportIncident report = WholeReport();
  report.what_happened = said;
  report.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_NOT_SURE;
  CaseDecision decision = DecideWithoutLinks(CaseState(), report);
  ASSERT_THAT(decision, Adds(CaseEvent::kIncidentReported));
  EXPECT_EQ(std::get<0>(decision)[0].incident_reported().what_happened(), kept);

  ReferCase referral = WholeReferral();
  referral.reasons = said;
  decision = DecideWithoutLinks(After({Reported(), Suspected()}), referral);
  ASSERT_THAT(decision, Adds(CaseEvent::kCaseReferred));
  EXPECT_EQ(std::get<0>(decision)[0].case_referred().reasons(), kept);
}

TEST(DecideWithoutLinks, KeepsNobodyFromRecordingThatThePoliceWereTold) {
  RecordPoliceInformed call = WholePoliceCall();
  call.log_number = "See www.police.example/4471 now";
  const CaseDecision decision = DecideWithoutLinks(After({Reported(), Suspected()}), call);
  ASSERT_THAT(decision, Adds(CaseEvent::kPoliceInformed));
  EXPECT_EQ(std::get<0>(decision)[0].police_informed().log_number(),
            absl::StrCat("See ", kAddressLeftOut, " now"));
}

TEST(DecideWithoutLinks, RecordsASubmittedFormWithALinkOnce) {
  CaseState state = After({Reported(), Suspected(), Referred()});
  RecordReferralSubmitted submitted = WholeSubmission();
  submitted.form_reference = "https://forms.example/7";
  state = Then(state, DecideWithoutLinks(state, submitted), kHead);
  EXPECT_THAT(DecideWithoutLinks(state, submitted), AddsNothing());
}

TEST(DecideWithoutLinks, ReasonsFullOfLinksFitAnEntry) {
  ReferCase referral = WholeReferral();
  for (int i = 0; i < 100'000; ++i) referral.reasons.append("a://b ");
  const CaseDecision decision = DecideWithoutLinks(After({Reported(), Suspected()}), referral);
  ASSERT_THAT(decision, Adds(CaseEvent::kCaseReferred));
  EXPECT_LE(std::get<0>(decision)[0].case_referred().reasons().size(), kReferralReasonsBytesMax);
}

TEST(DecideWithoutLinks, KeepsTheAddressInOtherReports) {
  ReportIncident report = WholeReport();
  report.place.emplace().set_address("https://a.example/x");
  report.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_NO;
  const CaseDecision decision = DecideWithoutLinks(CaseState(), report);
  ASSERT_THAT(decision, Adds(CaseEvent::kIncidentReported));
  EXPECT_EQ(std::get<0>(decision)[0].incident_reported().place().address(), "https://a.example/x");
}

}  // namespace
}  // namespace wardbook::casework
