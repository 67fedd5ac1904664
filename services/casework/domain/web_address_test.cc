#include "services/casework/domain/web_address.h"

#include <string>
#include <variant>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"

namespace wardbook::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using wardbook::events::v1::CaseEvent;

CaseEvent Note(const std::string& text) {
  CaseEvent event;
  event.mutable_note_added()->set_text(text);
  return event;
}

CaseState Suspected() {
  CaseState state;
  state.revision = 1;
  state.indecent_image_suspected = true;
  return state;
}

TEST(WithoutAddresses, LeavesOutAddressesAndKeepsTheRestAsItIs) {
  EXPECT_EQ(WithoutAddresses("see  https://a.example/x?y\nand www.b then"),
            std::string("see  ") + std::string(kAddressLeftOut) + "\nand " +
                std::string(kAddressLeftOut) + " then");
  EXPECT_EQ(WithoutAddresses("e.g. at 3.30pm, and/or later "), "e.g. at 3.30pm, and/or later ");
  EXPECT_EQ(WithoutAddresses(""), "");
}

TEST(HasLink, FindsWhatWorksWhenItIsCopied) {
  for (const char* text : {"https://a.example/x", "it was (WWW.a.example)", "go to a.example/x",
                           "10.0.0.1/x", "hxxp://a.example", "a1b2.onion", "ftp://a"}) {
    EXPECT_TRUE(HasLink(Note(text))) << text;
  }
}

TEST(HasLink, IsNotFoundInWordsAndDates) {
  for (const char* text : {"and/or", "e.g./i.e.", "12.05.2026/3", "office@school.example",
                           "He left.Then she came.", "3.5/10", "s.46/", "image/png", ""}) {
    EXPECT_FALSE(HasLink(Note(text))) << text;
  }
}

TEST(HasLink, LooksIntoMessagesAndLists) {
  CaseEvent event;
  event.mutable_incident_reported()->add_parties()->set_name("x");
  EXPECT_FALSE(HasLink(event));
  event.mutable_incident_reported()->add_parties()->set_name("http://a.example");
  EXPECT_TRUE(HasLink(event));
  LeaveOutAddresses(event);
  EXPECT_FALSE(HasLink(event));
  EXPECT_EQ(event.incident_reported().parties(0).name(), "x");
}

TEST(WithoutLinks, RefusesALinkWhereAnIndecentImageIsSuspected) {
  const CaseDecision note = std::vector<CaseEvent>{Note("it is at http://a.example/x")};
  EXPECT_THAT(WithoutLinks(Suspected(), note), Refuses(kernel::Reason::kIndecentImageNoLink));
  EXPECT_THAT(WithoutLinks(CaseState(), note), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(WithoutLinks(Suspected(), std::vector<CaseEvent>{Note("the police have it")}),
              Adds(CaseEvent::kNoteAdded));
}

TEST(WithoutLinks, NeverRefusesAReportOrAReferral) {
  CaseEvent reported;
  reported.mutable_incident_reported()->set_what_happened("it is at a.example/x I think");
  reported.mutable_incident_reported()->set_indecent_image_answer(
      wardbook::events::v1::INDECENT_IMAGE_ANSWER_NOT_SURE);
  CaseEvent referred;
  referred.mutable_case_referred()->set_reasons("it is at a.example/x I think");
  const std::string left_out = "it is at " + std::string(kAddressLeftOut) + " I think";

  CaseDecision decision = WithoutLinks(CaseState(), std::vector<CaseEvent>{reported});
  EXPECT_EQ(std::get<0>(decision)[0].incident_reported().what_happened(), left_out);
  decision = WithoutLinks(Suspected(), std::vector<CaseEvent>{referred});
  EXPECT_EQ(std::get<0>(decision)[0].case_referred().reasons(), left_out);
}

TEST(WithoutLinks, KeepsTheAddressInOtherReports) {
  CaseEvent reported;
  reported.mutable_incident_reported()->mutable_place()->set_address("https://a.example/x");
  reported.mutable_incident_reported()->set_indecent_image_answer(
      wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO);
  const CaseDecision decision = WithoutLinks(CaseState(), std::vector<CaseEvent>{reported});
  EXPECT_EQ(std::get<0>(decision)[0].incident_reported().place().address(), "https://a.example/x");
}

}  // namespace
}  // namespace wardbook::casework
