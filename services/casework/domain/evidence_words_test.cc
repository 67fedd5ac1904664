#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using CaseEvent = events::CaseEvent;

// The case with files 1 and 2 of the reporter's in evidence.
CaseState WithTwoFiles(events::IncidentKind kind = events::INCIDENT_KIND_CYBER_BULLYING) {
  CaseState state = After({Reported(events::ROUTE_HEADTEACHER, kind)});
  state = Then(state, Decide(state, WholeScreenPrint(kTeacher, 1)), kTeacher);
  return Then(state, Decide(state, WholeScreenPrint(kTeacher, 2)), kTeacher);
}

TEST(AnnotateEvidence, AddsToAFileAlsoOnAClosedCase) {
  CaseState state = WithTwoFiles();
  Happen(state, Closed(), kHead);
  CaseEvent expected;
  expected.mutable_evidence_annotated()->set_evidence_id(IdOf<EvidenceId>(1).Bytes());
  expected.mutable_evidence_annotated()->set_annotation(
      "The date at the top is American: 5 December.");
  EXPECT_THAT(Decide(state, WholeAnnotation()), AddsEvent(expected));
  EXPECT_THAT(Decide(state, WholeAnnotation(kHead)), AddsEvent(expected));
}

TEST(AnnotateEvidence, NeedsWordsAndAFileThatIsThere) {
  const CaseState state = WithTwoFiles();
  AnnotateEvidence command = WholeAnnotation();
  command.annotation = " ";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "annotation", "P43"));
  command.annotation = std::string(kTextCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldTooLong, "annotation", "P43"));
  command.evidence_id = IdOf<EvidenceId>(3);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEvidence, "evidence_id"));
}

TEST(AnnotateEvidence, ByWhoDidNotFileItWaitsForAdvice) {
  CaseState state = WithTwoFiles(events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
  EXPECT_THAT(Decide(state, WholeAnnotation(kTeacher)), Adds(CaseEvent::kEvidenceAnnotated));
  EXPECT_THAT(Decide(state, WholeAnnotation(kHead)), Refuses(Reason::kAdviceFirst));
  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(), kHead);
  EXPECT_THAT(Decide(state, WholeAnnotation(kHead)), Adds(CaseEvent::kEvidenceAnnotated));
}

TEST(SupersedeEvidence, KeepsBothFilesAndSaysWhy) {
  CaseState state = WithTwoFiles();
  CaseEvent expected;
  events::EvidenceSuperseded& superseded = *expected.mutable_evidence_superseded();
  superseded.set_superseded_id(IdOf<EvidenceId>(1).Bytes());
  superseded.set_evidence_id(IdOf<EvidenceId>(2).Bytes());
  superseded.set_reasons("The first was cut off.");
  EXPECT_THAT(Decide(state, WholeSuperseding()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeSuperseding()), kTeacher);
  EXPECT_EQ(state.evidence.size(), 2U);
  EXPECT_THAT(Decide(state, WholeSuperseding()), AddsNothing());
}

TEST(SupersedeEvidence, LeavesOneFileStanding) {
  CaseState state = WithTwoFiles();
  state = Then(state, Decide(state, WholeSuperseding()), kTeacher);
  SupersedeEvidence again = WholeSuperseding();
  again.reasons = "Another reason.";
  EXPECT_THAT(Decide(state, again), Refuses(Reason::kEvidenceSuperseded, "superseded_id"));
  SupersedeEvidence back = WholeSuperseding();
  std::swap(back.superseded, back.evidence_id);
  EXPECT_THAT(Decide(state, back), Refuses(Reason::kEvidenceSuperseded, "evidence_id"));
  back.superseded = back.evidence_id;
  EXPECT_THAT(Decide(state, back), Refuses(Reason::kFieldInvalid, "evidence_id", "P43"));
}

TEST(SupersedeEvidence, NeedsReasonsAndFilesThatAreThere) {
  const CaseState state = WithTwoFiles();
  SupersedeEvidence command = WholeSuperseding();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons", "P43"));
  command = WholeSuperseding();
  command.superseded = IdOf<EvidenceId>(3);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEvidence, "superseded_id"));
  command = WholeSuperseding();
  command.evidence_id = IdOf<EvidenceId>(3);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEvidence, "evidence_id"));
}

TEST(AttestOriginal, RecordsOnceWhereItIs) {
  CaseState state = WithTwoFiles();
  CaseEvent expected;
  expected.mutable_original_retained_attested()->set_evidence_id(IdOf<EvidenceId>(1).Bytes());
  expected.mutable_original_retained_attested()->set_kept_where("On my phone, which I have kept.");
  EXPECT_THAT(Decide(state, WholeAttestation()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeAttestation()), kTeacher);
  EXPECT_THAT(Decide(state, WholeAttestation()), AddsNothing());
  AttestOriginal moved = WholeAttestation();
  moved.kept_where = "In the school's safe.";
  EXPECT_THAT(Decide(state, moved), Adds(CaseEvent::kOriginalRetainedAttested));
}

TEST(AttestOriginal, IsForWhoFiledItAndSaysWhere) {
  const CaseState state = WithTwoFiles();
  EXPECT_THAT(Decide(state, WholeAttestation(kHead)), Refuses(Reason::kFilerAttests));
  AttestOriginal command = WholeAttestation();
  command.kept_where = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "kept_where", "P43"));
}

TEST(WordsOfEvidence, AreNotTakenWhereAnIndecentImageIsSuspected) {
  CaseState state = WithTwoFiles();
  Happen(state, Suspected(), kTeacher);
  Happen(state, PoliceCalled(), kHead);
  for (const kernel::Actor& actor : {kTeacher, kHead}) {
    EXPECT_THAT(Decide(state, WholeAnnotation(actor)), Refuses(Reason::kIndecentImageNoStore));
    EXPECT_THAT(Decide(state, WholeSuperseding(actor)), Refuses(Reason::kIndecentImageNoStore));
    EXPECT_THAT(Decide(state, WholeAttestation(actor)), Refuses(Reason::kIndecentImageNoStore));
  }
}

TEST(WordsOfEvidence, AreTakenFromAReporterOnlyOfFilesThatTheyFiled) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeScreenPrint(kHead, 1)), kHead);
  EXPECT_THAT(Decide(state, WholeAnnotation(kTeacher)),
              Refuses(Reason::kNoSuchEvidence, "evidence_id"));
  EXPECT_THAT(Decide(state, WholeAttestation(kTeacher)),
              Refuses(Reason::kNoSuchEvidence, "evidence_id"));
  EXPECT_THAT(Decide(state, WholeSuperseding(kTeacher)),
              Refuses(Reason::kNoSuchEvidence, "superseded_id"));
  EXPECT_THAT(Decide(state, WholeAnnotation(kColleague)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
