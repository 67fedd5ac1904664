#include "clients/cli/case_actions_screen.h"

#include <sstream>
#include <string>

#include "clients/cli/commands.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CaseActionsScreen : public ::testing::Test {
 protected:
  CaseActionsScreen() {
    AddAllCommands(program_);
    file_.mutable_summary()->set_case_ref("WB-7K4D-9QX2");
  }

  v1::CaseAction& Add(const std::string& method) {
    v1::CaseAction& action = *file_.add_actions();
    action.set_method(method);
    return action;
  }

  void AddRefused(const std::string& method) {
    v1::RemainingStep& refused = *Add(method).mutable_refused();
    refused.set_code("R-ADVICE-FIRST");
    refused.add_clauses("P41");
    refused.set_message("You must wait for advice.");
    refused.set_next_step("Ask for it.");
  }

  std::string Shown() {
    std::ostringstream out;
    Screen screen(out);
    ShowCaseActions(program_, file_, screen);
    return out.str();
  }

  std::istringstream in_;
  std::ostringstream out_;
  Program program_{Console{.in = in_, .out = out_, .err = out_}};
  v1::CaseFile file_;
};

TEST_F(CaseActionsScreen, GivesTheWordsOfTheHelpAndTheCommandToType) {
  Add("wardbook.v1.CaseService/CloseCase");
  Add("wardbook.v1.EvidenceService/FileEvidence");
  EXPECT_THAT(Shown(),
              AllOf(HasSubstr("Close a case:\n  wardbook case close WB-7K4D-9QX2 --conclusion ... "
                              "[--wishes-followed or --wishes-not-followed]\n"),
                    HasSubstr("wardbook evidence file WB-7K4D-9QX2 FILE --indecent-image ..."),
                    Not(HasSubstr("Not now"))));
}

TEST_F(CaseActionsScreen, GivesAReasonOnceForAllThatItRefuses) {
  AddRefused("wardbook.v1.InvestigationService/ClassifyCase");
  AddRefused("wardbook.v1.CaseService/CloseCase");
  EXPECT_THAT(Shown(), HasSubstr("Not now: investigation classify, case close.\n"
                                 "  You must wait for advice. (P41)\n  Ask for it.\n"));
}

TEST_F(CaseActionsScreen, NamesWhatANewerServerOffers) {
  Add("wardbook.v1.CaseService/FoldCase");
  EXPECT_THAT(Shown(), HasSubstr("wardbook.v1.CaseService/FoldCase"));
}

}  // namespace
}  // namespace wardbook::cli
