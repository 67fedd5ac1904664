#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

struct WrongFile {
  const char* what;
  void (*spoil)(FileEvidence& file);
  Reason reason;
  const char* field;
};

class WrongFileTest : public ::testing::TestWithParam<WrongFile> {};

TEST_P(WrongFileTest, IsRefusedNamingTheField) {
  FileEvidence file = WholeScreenPrint();
  GetParam().spoil(file);
  EXPECT_THAT(Decide(After({Reported()}), file), Refuses(GetParam().reason, GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Evidence, WrongFileTest,
    ::testing::ValuesIn(std::vector<WrongFile>{
        {"NoKind", [](FileEvidence& f) { f.kind = events::EVIDENCE_KIND_UNSPECIFIED; },
         Reason::kFieldMissing, "kind"},
        {"Empty", [](FileEvidence& f) { f.size = 0; }, Reason::kFileEmpty, ""},
        {"NoName", [](FileEvidence& f) { f.file_name = ""; }, Reason::kFieldMissing, "file_name"},
        {"NoSighting", [](FileEvidence& f) { f.sighting.reset(); }, Reason::kSightingIncomplete,
         "sighting.date"},
        {"NoDate", [](FileEvidence& f) { f.sighting->clear_date(); }, Reason::kSightingIncomplete,
         "sighting.date"},
        {"NoTime", [](FileEvidence& f) { f.sighting->clear_time(); }, Reason::kSightingIncomplete,
         "sighting.time"},
        {"NoPlace", [](FileEvidence& f) { f.sighting->clear_place(); }, Reason::kSightingIncomplete,
         "sighting.place"},
        {"BlankPlace", [](FileEvidence& f) { f.sighting->mutable_place()->set_platform(" "); },
         Reason::kSightingIncomplete, "sighting.place"},
        {"BlankReason",
         [](FileEvidence& f) {
           f.sighting->clear_time();
           f.sighting->set_time_not_known_because(" ");
         },
         Reason::kSightingIncomplete, "sighting.time"},
        {"GivenAndNotKnown", [](FileEvidence& f) { f.sighting->set_time_not_known_because("?"); },
         Reason::kFieldInvalid, "sighting.time_not_known_because"},
        {"NoSuchDate", [](FileEvidence& f) { f.sighting->set_date("14/05/2025"); },
         Reason::kFieldInvalid, "sighting.date"},
        {"Tomorrow", [](FileEvidence& f) { f.sighting->set_date("2025-05-15"); },
         Reason::kFutureTime, "sighting.date"},
        {"InAMinute", [](FileEvidence& f) { f.sighting->set_time("10:31"); }, Reason::kFutureTime,
         "sighting.time"},
        {"LongDescription",
         [](FileEvidence& f) { f.description = std::string(kTextCharactersMax + 1, 'x'); },
         Reason::kFieldTooLong, "description"},
    }),
    [](const auto& test) { return std::string(test.param.what); });

TEST(FileEvidence, RecordsTheFileAndItsSighting) {
  const FileEvidence file = WholeScreenPrint();
  CaseEvent expected;
  events::EvidenceFiled& filed = *expected.mutable_evidence_filed();
  filed.set_evidence_id(file.evidence_id.Bytes());
  filed.set_kind(file.kind);
  filed.set_file_name(file.file_name);
  filed.set_media_type(file.media_type);
  filed.set_size(file.size);
  filed.set_sha256(file.sha256.Bytes());
  filed.set_sealed_sha256(file.sealed_sha256.Bytes());
  filed.set_key_id(file.key_id.Bytes());
  *filed.mutable_sighting() = *file.sighting;
  EXPECT_THAT(Decide(After({Reported()}), file), AddsEvent(expected));
}

TEST(FileEvidence, TakesAReasonForEachPartThatIsNotKnown) {
  FileEvidence file = WholeScreenPrint();
  file.sighting.emplace();
  file.sighting->set_date_not_known_because("Sent on by a parent.");
  file.sighting->set_time_not_known_because("Sent on by a parent.");
  file.sighting->set_place_not_known_because("The print shows no address.");
  EXPECT_THAT(Decide(After({Reported()}), file), Adds(CaseEvent::kEvidenceFiled));
}

TEST(FileEvidence, TakesAnOriginalWithoutASighting) {
  FileEvidence file = WholeScreenPrint();
  file.kind = events::EVIDENCE_KIND_ORIGINAL;
  file.sighting.reset();
  EXPECT_THAT(Decide(After({Reported()}), file), Adds(CaseEvent::kEvidenceFiled));
}

TEST(FileEvidence, IsTakenFromHandlersAndTheReporterOnly) {
  const CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeScreenPrint(kTeacher)), Adds(CaseEvent::kEvidenceFiled));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kLead)), Adds(CaseEvent::kEvidenceFiled));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kOfficer)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(FileEvidence, AddsAFileThatIsFiledAlreadyNoSecondTime) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeScreenPrint()), kTeacher);
  ASSERT_THAT(state.evidence.size(), Eq(1u));
  EXPECT_THAT(state.evidence[0].filed_by, Eq(kTeacher.person));
  EXPECT_THAT(state.evidence[0].revision, Eq(2u));
  EXPECT_THAT(Decide(state, WholeScreenPrint()), AddsNothing());
  FileEvidence other = WholeScreenPrint();
  other.description = "It shows more than that.";
  EXPECT_THAT(Decide(state, other), Refuses(Reason::kEvidenceFiledAlready, "upload_id"));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kTeacher, 2)), Adds(CaseEvent::kEvidenceFiled));
}

TEST(FileEvidence, IsRefusedOnAClosedCase) {
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeScreenPrint()),
              Refuses(Reason::kCaseClosed));
}

TEST(IndecentImageGate, TakesNoFileWhateverElseIsWrongWithTheRequest) {
  for (const events::IndecentImageAnswer answer :
       {events::INDECENT_IMAGE_ANSWER_YES, events::INDECENT_IMAGE_ANSWER_NOT_SURE,
        events::INDECENT_IMAGE_ANSWER_UNSPECIFIED}) {
    CaseState state = After({ReportedWithAnswer(answer)});
    EXPECT_THAT(Decide(state, WholeScreenPrint()), Refuses(Reason::kIndecentImageNoStore));
    FileEvidence empty;
    empty.by = {kHead, kNow};
    EXPECT_THAT(Decide(state, empty), Refuses(Reason::kIndecentImageNoStore));
    EXPECT_THAT(Refuses(state, WholeTakeFile()), RefusesFile(Reason::kIndecentImageNoStore, ""));
    Happen(state, Closed(), kHead);
    EXPECT_THAT(Decide(state, WholeScreenPrint()), Refuses(Reason::kIndecentImageNoStore));
  }
}

TEST(TakeFile, IsAllowedToHandlersAndTheReporterWhoSaidNo) {
  const CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Refuses(state, WholeTakeFile(kTeacher)), Eq(std::nullopt));
  EXPECT_THAT(Refuses(state, WholeTakeFile(kHead)), Eq(std::nullopt));
  EXPECT_THAT(Refuses(state, WholeTakeFile(kOfficer)), RefusesFile(Reason::kRoleRequired, ""));
  EXPECT_THAT(Refuses(state, WholeTakeFile(kColleague)), RefusesFile(Reason::kNoSuchCase, ""));
}

TEST(TakeFile, IsRefusedForEveryAnswerButNo) {
  const CaseState state = After({Reported()});
  TakeFile command = WholeTakeFile();
  command.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
  EXPECT_THAT(Refuses(state, command),
              RefusesFile(Reason::kIndecentImageNotAsked, "indecent_image_answer"));
  for (int answer :
       {int{events::INDECENT_IMAGE_ANSWER_YES}, int{events::INDECENT_IMAGE_ANSWER_NOT_SURE}, 99}) {
    command.indecent_image_answer = static_cast<events::IndecentImageAnswer>(answer);
    EXPECT_THAT(Refuses(state, command), RefusesFile(Reason::kIndecentImageNoStore, ""));
  }
}

TEST(TakeFile, IsRefusedOnAClosedCase) {
  EXPECT_THAT(Refuses(After({Reported(), Closed()}), WholeTakeFile()),
              RefusesFile(Reason::kCaseClosed, ""));
}

TEST(TakeFile, AsksForTimeDateAndPlaceBeforeAScreenPrintIsSent) {
  const CaseState state = After({Reported()});
  TakeFile command = WholeTakeFile();
  command.kind = events::EVIDENCE_KIND_SCREEN_PRINT;
  command.sighting = WholeSighting();
  EXPECT_THAT(Refuses(state, command), Eq(std::nullopt));
  command.sighting.clear_time();
  EXPECT_THAT(Refuses(state, command), RefusesFile(Reason::kSightingIncomplete, "sighting.time"));
  command.kind = events::EVIDENCE_KIND_ORIGINAL;
  EXPECT_THAT(Refuses(state, command), Eq(std::nullopt));
  command.kind = static_cast<events::EvidenceKind>(99);
  EXPECT_THAT(Refuses(state, command), RefusesFile(Reason::kFieldInvalid, "kind"));
}

TEST(FileEvidence, IsTakenAsCapturedByWhoeverFilesItUnlessTheySayOtherwise) {
  const auto captured_by = [](const FileEvidence& file) {
    return std::get<0>(Decide(After({Reported()}), file)).at(0).evidence_filed().captured_by();
  };
  FileEvidence file = WholeScreenPrint();
  file.by.name = "Person One";
  EXPECT_THAT(captured_by(file), Eq("Person One"));
  file.captured_by = "A parent.";
  EXPECT_THAT(captured_by(file), Eq("A parent."));
}

// A case of unsuitable material with a file of the teacher's, who reported it,
// and one of the Headteacher's.
CaseState WithFiles(events::IncidentKind kind) {
  CaseState state = After({Reported(events::ROUTE_HEADTEACHER, kind), Referred()});
  state = Then(state, Decide(state, WholeScreenPrint(kTeacher, 1)), kTeacher);
  return Then(state, Decide(state, WholeScreenPrint(kHead, 2)), kHead);
}

RevealFile Revealing(const kernel::Actor& actor, uint64_t number) {
  return {{actor, kNow}, IdOf<EvidenceId>(number)};
}

TEST(RevealFile, OfUnsuitableMaterialWaitsForAdvice) {
  CaseState state = WithFiles(events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
  EXPECT_THAT(Refuses(state, Revealing(kHead, 1)), RefusesFile(Reason::kAdviceFirst, ""));
  EXPECT_THAT(Refuses(state, ExportCase{{kHead, kNow}}), RefusesFile(Reason::kAdviceFirst, ""));
  EXPECT_THAT(Refuses(state, Revealing(kTeacher, 1)), RefusesFile(Reason::kAdviceFirst, ""))
      << "also what they filed themselves";
  // Those who give the advice.
  EXPECT_THAT(Refuses(state, Revealing(kOfficer, 2)), Eq(std::nullopt));
  EXPECT_THAT(Refuses(state, ExportCase{{kOfficer, kNow}}), Eq(std::nullopt));

  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Refuses(state, Revealing(kHead, 1)), RefusesFile(Reason::kAdviceFirst, ""));
  Happen(state, AdviceGiven(events::MAY_PROCEED_LIMITED), kHead);
  EXPECT_THAT(Refuses(state, Revealing(kHead, 1)), Eq(std::nullopt));
  EXPECT_THAT(Refuses(state, ExportCase{{kHead, kNow}}), Eq(std::nullopt));
  // A new question waits for its own answer.
  Happen(state, AdviceAsked(), kHead);
  EXPECT_THAT(Refuses(state, Revealing(kHead, 1)), RefusesFile(Reason::kAdviceFirst, ""));
}

TEST(RevealFile, OfAnotherCaseAsksForNoAdvice) {
  const CaseState state = WithFiles(events::INCIDENT_KIND_CYBER_BULLYING);
  EXPECT_THAT(Refuses(state, Revealing(kHead, 1)), Eq(std::nullopt));
  EXPECT_THAT(Refuses(state, Revealing(kHead, 3)),
              RefusesFile(Reason::kNoSuchEvidence, "evidence_id"));
  EXPECT_THAT(Refuses(state, Revealing(kTeacher, 2)),
              RefusesFile(Reason::kNoSuchEvidence, "evidence_id"));
  EXPECT_THAT(Refuses(state, Revealing(kColleague, 1)), RefusesFile(Reason::kNoSuchCase, ""));
}

TEST(IndecentImageGate, ShowsNoFileToAnybodyOnceOneIsSuspected) {
  CaseState state = WithFiles(events::INCIDENT_KIND_CYBER_BULLYING);
  Happen(state, Suspected(), kTeacher);
  for (const kernel::Actor& actor : {kTeacher, kHead, kOfficer}) {
    EXPECT_THAT(Refuses(state, Revealing(actor, 1)),
                RefusesFile(Reason::kIndecentImageNoStore, ""));
  }
  for (const kernel::Actor& actor : {kHead, kOfficer}) {
    EXPECT_THAT(Refuses(state, ExportCase{{actor, kNow}}),
                RefusesFile(Reason::kIndecentImageNoStore, ""));
  }
  // An address may have been written down before.
  EXPECT_THAT(Refuses(After({Reported(), Suspected()}), ExportCase{{kHead, kNow}}),
              RefusesFile(Reason::kIndecentImageNoStore, ""));
  EXPECT_THAT(Refuses(After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES)}),
                      ExportCase{{kHead, kNow}}),
              Eq(std::nullopt));
}

}  // namespace
}  // namespace wardbook::casework
