// What was refused is recorded: on a case beside the case, all else for the
// auditor.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/case_ref.h"
#include "storage/crypto/random.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/register_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace v1 = wardbook::v1;

// What was refused to the person, as far as the entries say.
std::vector<v1::AccessEntry> RefusedTo(
    const Person& person, const google::protobuf::RepeatedPtrField<v1::AccessEntry>& entries) {
  std::vector<v1::AccessEntry> refused;
  for (const v1::AccessEntry& entry : entries) {
    if (entry.has_refused() && entry.actor_id() == person.id) refused.push_back(entry);
  }
  return refused;
}

std::vector<v1::AccessEntry> OnCase(const School& school, const std::string& case_ref,
                                    const Person& person) {
  v1::ListAccessRequest request;
  request.set_case_ref(case_ref);
  const auto answer = school.head.Call(&v1::AuditService::Stub::ListAccess, request);
  EXPECT_THAT(answer, IsAnswered());
  return RefusedTo(person, answer.response.entries());
}

std::vector<v1::AccessEntry> InSchool(const School& school, const Person& person) {
  v1::ListRefusalsRequest request;
  request.set_page_size(200);
  std::vector<v1::AccessEntry> refused;
  do {
    const auto answer = school.auditor.Call(&v1::AuditService::Stub::ListRefusals, request);
    EXPECT_THAT(answer, IsAnswered());
    for (const auto& entry : RefusedTo(person, answer.response.entries())) {
      refused.push_back(entry);
    }
    request.set_page_token(answer.response.next_page_token());
  } while (!request.page_token().empty());
  return refused;
}

v1::EscalateCaseRequest HandOn(const std::string& case_ref) {
  v1::EscalateCaseRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(case_ref);
  request.set_reasons("threats");
  return request;
}

TEST(RecordedRefusals, StandBesideTheCaseWithTheirClauseAndNothingThatWasTyped) {
  const School& school = Elmbridge();
  const std::string case_ref = ReportCase(school).case_ref();
  v1::CloseCaseRequest close;
  close.set_request_id(NewRequestId());
  close.set_case_ref(case_ref);
  close.set_conclusion(school.Typed("settled"));
  // Sent twice, recorded once.
  for (int i = 0; i < 2; ++i) {
    ASSERT_THAT(school.lead.Call(&v1::CaseService::Stub::CloseCase, close),
                IsRefused(grpc::INVALID_ARGUMENT, "R-WISHES", "P46"));
  }
  const std::vector<v1::AccessEntry> refused = OnCase(school, case_ref, school.lead);
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].refused().command(), "CaseService.CloseCase");
  EXPECT_EQ(refused[0].refused().reason(), "R-WISHES");
  EXPECT_THAT(refused[0].refused().clauses(), ElementsAre("P46"));
  EXPECT_THAT(refused[0].what(), AllOf(HasSubstr("Close case"), HasSubstr("P46")));
  EXPECT_THAT(refused[0].ShortDebugString(), Not(HasSubstr("settled")));
  EXPECT_EQ(Open(school.head, case_ref).summary().revision(), 1U);
}

TEST(RecordedRefusals, StandBesideTheCaseAlsoWhereAGateIsNoCommand) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  v1::OpenUploadRequest upload = Upload(school, case_ref, Png(""));
  upload.set_indecent_image_answer(wardbook::events::v1::INDECENT_IMAGE_ANSWER_YES);
  ASSERT_THAT(school.teacher.Call(&v1::EvidenceService::Stub::OpenUpload, upload),
              IsRefused(grpc::FAILED_PRECONDITION, "R-IIOC-NOSTORE", "P36 P38"));
  v1::DownloadEvidenceRequest download;
  download.set_case_ref(case_ref);
  ASSERT_THAT(school.teacher.Read(&v1::EvidenceService::Stub::DownloadEvidence, download),
              IsRefused(grpc::FAILED_PRECONDITION, "R-IIOC-NOSTORE", "P36 P38"));
  const std::vector<v1::AccessEntry> refused = OnCase(school, case_ref, school.teacher);
  ASSERT_THAT(refused, SizeIs(2));
  EXPECT_EQ(refused[0].refused().command(), "EvidenceService.OpenUpload");
  EXPECT_EQ(refused[1].refused().command(), "EvidenceService.DownloadEvidence");
}

TEST(RecordedRefusals, TellOfAHiddenCaseWhatTheyTellOfNone) {
  const School& school = Elmbridge();
  const std::string hidden = ReportCase(school).case_ref();
  uint64_t bits = 0;
  crypto::FillRandom(&bits, sizeof(bits));
  const std::string never = kernel::CaseRef::FromBits(bits).text();
  const size_t before = InSchool(school, school.chair).size();
  for (const std::string& ref : {hidden, never}) {
    ASSERT_THAT(school.chair.Call(&v1::EscalationService::Stub::EscalateCase, HandOn(ref)),
                IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-CASE"));
  }
  std::vector<v1::AccessEntry> refused = InSchool(school, school.chair);
  ASSERT_THAT(refused, SizeIs(before + 2));
  const auto& of_hidden = refused[before].refused();
  const auto& of_none = refused[before + 1].refused();
  EXPECT_EQ(of_hidden.SerializeAsString(), of_none.SerializeAsString());
  EXPECT_EQ(refused[before].what(), refused[before + 1].what());
  // Nor does one that is wrong in itself, before there is a look for the case.
  for (const std::string& ref : {hidden, never}) {
    v1::HandOverRecipientRequest nobody;
    nobody.set_request_id(NewRequestId());
    nobody.set_case_ref(ref);
    nobody.set_reasons("away");
    ASSERT_THAT(school.chair.Call(&v1::EscalationService::Stub::HandOverRecipient, nobody),
                IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-PERSON"));
  }
  ASSERT_THAT(InSchool(school, school.chair), SizeIs(before + 4));
  // A reference that is named there would be that of a real case nearly always.
  EXPECT_EQ(of_hidden.case_ref(), "");
  EXPECT_THAT(refused[before].ShortDebugString(), Not(HasSubstr(hidden)));
  // The case itself has no trace of it.
  EXPECT_THAT(OnCase(school, hidden, school.chair), IsEmpty());
}

TEST(RecordedRefusals, OfTheRegistersAreTheAuditorsToRead) {
  const School& school = Elmbridge();
  v1::LogVisitPhoneUseRequest request;
  request.set_request_id(NewRequestId());
  request.mutable_use()->set_visit(school.Typed("the museum"));
  request.mutable_use()->set_use(wardbook::events::v1::VISIT_USE_OTHER);
  const size_t before = InSchool(school, school.colleague).size();
  ASSERT_THAT(school.colleague.Call(&v1::RegisterService::Stub::LogVisitPhoneUse, request),
              IsRefused(grpc::INVALID_ARGUMENT, "R-VISIT-EMERGENCY", "P30"));
  const std::vector<v1::AccessEntry> refused = InSchool(school, school.colleague);
  ASSERT_THAT(refused, SizeIs(before + 1));
  EXPECT_EQ(refused.back().refused().command(), "RegisterService.LogVisitPhoneUse");
  EXPECT_EQ(refused.back().refused().field(), "use");
}

TEST(RecordedRefusals, AreListedForTheAuditorAlone) {
  const School& school = Elmbridge();
  for (const Person* person : school.Everybody()) {
    if (person == &school.auditor) continue;
    SCOPED_TRACE(person->user_name);
    EXPECT_THAT(person->Call(&v1::AuditService::Stub::ListRefusals, v1::ListRefusalsRequest()),
                IsRefused(grpc::PERMISSION_DENIED, "R-ROLE"));
  }
}

}  // namespace
}  // namespace wardbook::e2e
