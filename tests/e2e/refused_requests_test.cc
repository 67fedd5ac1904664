// Bad requests are answered clearly and change nothing.

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/random.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

constexpr grpc::StatusCode kBad = grpc::INVALID_ARGUMENT;
// The longest message that the server takes.
constexpr size_t kMessageBytesMax = 1310720;

std::string FieldOf(const grpc::Status& status) {
  return RefusalOf(status).value_or(v1::Refusal()).field();
}

TEST(RefusedRequests, AReportMustBeWhole) {
  const School& school = Oakfield();
  struct Case {
    const char* reason;
    const char* clauses;
    const char* field;
    std::function<void(v1::ReportIncidentRequest&)> spoil;
  };
  const std::vector<Case> cases = {
      {"R-REQUEST-ID-MISSING", "", "request_id", [](auto& r) { r.clear_request_id(); }},
      {"R-REQUEST-ID-MISSING", "", "request_id", [](auto& r) { r.set_request_id("1"); }},
      {"R-FIELD-MISSING", "", "kind", [](auto& r) { r.clear_kind(); }},
      {"R-FIELD-INVALID", "", "kind",
       [](auto& r) { r.set_kind(static_cast<events::IncidentKind>(99)); }},
      {"R-FIELD-MISSING", "", "what_happened", [](auto& r) { r.set_what_happened(" \n"); }},
      {"R-FIELD-TOO-LONG", "", "what_happened",
       [](auto& r) { r.set_what_happened(std::string(20001, 'x')); }},
      {"R-FIELD-MISSING", "", "happened_at.date", [](auto& r) { r.clear_happened_at(); }},
      {"R-FIELD-INVALID", "", "happened_at.date",
       [](auto& r) { r.mutable_happened_at()->set_date("2025-02-30"); }},
      {"R-FUTURE-TIME", "", "happened_at.date",
       [](auto& r) { r.mutable_happened_at()->set_date("2999-01-01"); }},
      {"R-FIELD-MISSING", "P46", "wishes", [](auto& r) { r.clear_wishes(); }},
      {"R-FIELD-INVALID", "", "wishes_not_given", [](auto& r) { r.set_wishes_not_given(true); }},
      {"R-IIOC-ASK", "P36 P38", "indecent_image_answer",
       [](auto& r) { r.clear_indecent_image_answer(); }},
      {"R-FIELD-MISSING", "", "parties[0].capacity",
       [](auto& r) { r.mutable_parties(0)->clear_capacity(); }},
      {"R-FIELD-TOO-LONG", "", "parties",
       [](auto& r) {
         for (int i = 0; i < 50; ++i) *r.add_parties() = r.parties(1);
       }},
  };
  const NothingIsRecorded nothing;
  for (const Case& one : cases) {
    SCOPED_TRACE(absl::StrCat(one.reason, " ", one.field));
    v1::ReportIncidentRequest request = Report(school);
    one.spoil(request);
    const auto answer = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, request);
    EXPECT_THAT(answer, IsRefused(kBad, one.reason, one.clauses));
    EXPECT_EQ(FieldOf(answer.status), one.field);
  }
  v1::ReportIncidentRequest request = Report(school);
  request.mutable_parties(1)->set_person_id(crypto::RandomBytes(16));
  EXPECT_THAT(school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, request),
              IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-PERSON"));
}

TEST(RefusedRequests, ATextOverItsLimitIsNotRecorded) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  const NothingIsRecorded nothing;
  v1::AddNoteRequest note = Note(school, case_ref, "");
  note.set_text(std::string(20001, 'x'));
  const auto answer = school.head.Call(&v1::CaseService::Stub::AddNote, note);
  EXPECT_THAT(answer, IsRefused(kBad, "R-FIELD-TOO-LONG"));
  EXPECT_EQ(FieldOf(answer.status), "text");
}

// gRPC itself turns it away before anybody reads it, so that its words are
// gRPC's.
TEST(RefusedRequests, AMessageOverTheLimitIsNotRead) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  const NothingIsRecorded nothing;
  v1::AddNoteRequest note = Note(school, case_ref, "");
  note.set_text(std::string(kMessageBytesMax, 'x'));
  const auto answer = school.head.Call(&v1::CaseService::Stub::AddNote, note);
  EXPECT_EQ(answer.status.error_code(), grpc::RESOURCE_EXHAUSTED);
  EXPECT_THAT(answer.status.error_message(), HasSubstr("larger than max"));
}

// They are no message, so that no rule has seen them: the words are gRPC's.
TEST(RefusedRequests, BytesThatAreNoRequestAreNotCarriedOut) {
  constexpr absl::string_view kNotEvenAField = "\x0a\xff\xff\xff\xff\x0f";
  // The text of a note, which is its fourth field, with a byte that no UTF-8 has.
  constexpr absl::string_view kNotUtf8 = "\x22\x01\xff";
  const NothingIsRecorded nothing;
  for (const auto* method : ServedMethods(Oakfield().head)) {
    SCOPED_TRACE(method->full_name());
    const WireAnswer answer = CallAny(Oakfield().head, method->full_name(), kNotEvenAField);
    if (method->client_streaming()) {
      // To the server it is the end of what the client sends.
      EXPECT_THAT(answer.messages, ElementsAre(""));
    } else {
      EXPECT_FALSE(answer.status.ok());
      EXPECT_THAT(answer.messages, IsEmpty());
    }
  }
  EXPECT_FALSE(CallAny(Oakfield().head, "wardbook.v1.CaseService.AddNote", kNotUtf8).status.ok());
}

// Nothing ever refuses a referral, and so not the length of its reasons.
TEST(RefusedRequests, AReferralOfAnyLengthThatArrivesIsTaken) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  v1::ReferCaseRequest refer = Referral(school, case_ref);
  const size_t frame = refer.ByteSizeLong() + 8;
  refer.set_reasons(std::string(kMessageBytesMax - frame, 'x'));
  ASSERT_LE(refer.ByteSizeLong(), kMessageBytesMax);
  const auto answer = school.head.Call(&v1::ReferralService::Stub::ReferCase, refer);
  ASSERT_THAT(answer, IsAnswered());
  const v1::CaseFile file = Open(school.officer, case_ref);
  EXPECT_THAT(file.timeline(1).event().case_referred().reasons(), StartsWith("xxxx"));
}

// Who sees the case, and may not do this to it.
TEST(RefusedRequests, AWrongRoleMayNot) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  ASSERT_THAT(school.head.Call(&v1::ReferralService::Stub::ReferCase, Referral(school, case_ref)),
              IsAnswered());
  const auto on = [&](auto request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(NewRequestId());
    if constexpr (requires { request.set_case_ref(""); }) request.set_case_ref(case_ref);
    return request.SerializeAsString();
  };
  struct Case {
    std::string method;
    const Person* person;
    std::string request;
  };
  const std::vector<Case> cases = {
      {"IncidentService.ReportIncident", &school.auditor, Report(school).SerializeAsString()},
      {"IncidentService.ReportIncident", &school.officer, Report(school).SerializeAsString()},
      {"IncidentService.AcknowledgeReceipt", &school.teacher, on(v1::AcknowledgeReceiptRequest())},
      {"IncidentService.AcknowledgeReceipt", &school.officer, on(v1::AcknowledgeReceiptRequest())},
      {"EscalationService.EscalateCase", &school.teacher, on(v1::EscalateCaseRequest())},
      {"EscalationService.SeekAdvice", &school.teacher, on(v1::SeekAdviceRequest())},
      {"EscalationService.RecordAdvice", &school.teacher, on(v1::RecordAdviceRequest())},
      {"EscalationService.SeekAdvice", &school.officer, on(v1::SeekAdviceRequest())},
      {"ReferralService.AcknowledgeReferral", &school.teacher,
       on(v1::AcknowledgeReferralRequest())},
      {"ReferralService.RecordReferralOutcome", &school.teacher,
       on(v1::RecordReferralOutcomeRequest())},
      {"CaseService.RecordPoliceDecision", &school.officer, on(v1::RecordPoliceDecisionRequest())},
      {"CaseService.CountCases", &school.lead, on(v1::CountCasesRequest())},
      {"CaseService.CloseCase", &school.teacher, on(v1::CloseCaseRequest())},
      {"CaseService.CloseCase", &school.officer, on(v1::CloseCaseRequest())},
      {"CaseService.ReopenCase", &school.teacher, on(v1::ReopenCaseRequest())},
      {"EvidenceService.OpenUpload", &school.officer,
       Upload(school, case_ref, Png("")).SerializeAsString()},
      {"AuditService.CheckLog", &school.head, on(v1::CheckLogRequest())},
      {"PeopleService.RegisterPerson", &school.head, on(v1::RegisterPersonRequest())},
      {"PeopleService.CorrectPerson", &school.head, on(v1::CorrectPersonRequest())},
      {"PeopleService.GrantRole", &school.head, on(v1::GrantRoleRequest())},
      {"PeopleService.EndRole", &school.lead, on(v1::EndRoleRequest())},
      {"PeopleService.AssignLineManager", &school.manager, on(v1::AssignLineManagerRequest())},
      {"PeopleService.RecordLeaving", &school.head, on(v1::RecordLeavingRequest())},
      {"PeopleService.ListRoles", &school.officer, on(v1::ListRolesRequest())},
      {"PeopleService.IssueAccount", &school.chair, on(v1::IssueAccountRequest())},
      {"PeopleService.ListPeople", &school.officer, on(v1::ListPeopleRequest())},
      {"PeopleService.ListPeople", &school.auditor, on(v1::ListPeopleRequest())},
  };
  const NothingIsRecorded nothing;
  for (const Case& one : cases) {
    SCOPED_TRACE(absl::StrCat(one.person->user_name, " ", one.method));
    EXPECT_THAT(CallAny(*one.person, "wardbook.v1." + one.method, one.request),
                IsRefused(grpc::PERMISSION_DENIED, "R-ROLE"));
  }
}

TEST(RefusedRequests, TheStateOfTheCaseStandsInTheWay) {
  const School& school = Oakfield();
  const std::string case_ref = ReportCase(school).case_ref();
  v1::SeekAdviceRequest seek;
  seek.set_request_id(NewRequestId());
  seek.set_case_ref(case_ref);
  seek.set_asked_of(school.Typed("Lancashire Safeguarding"));
  seek.set_channel("telephone");
  seek.set_question(school.Typed("may we"));
  v1::RecordAdviceRequest advice;
  advice.set_request_id(NewRequestId());
  advice.set_case_ref(case_ref);
  advice.set_adviser_name(school.Typed("the duty officer"));
  advice.set_adviser_role("duty officer");
  advice.set_advice(school.Typed("yes"));
  advice.set_may_proceed(events::MAY_PROCEED_YES);
  v1::CloseCaseRequest close;
  close.set_request_id(NewRequestId());
  close.set_case_ref(case_ref);
  close.set_conclusion(school.Typed("settled"));
  v1::ReopenCaseRequest reopen;
  reopen.set_request_id(NewRequestId());
  reopen.set_case_ref(case_ref);
  reopen.set_reasons(school.Typed("not settled"));
  {
    const NothingIsRecorded nothing;
    EXPECT_THAT(school.head.Call(&v1::EscalationService::Stub::RecordAdvice, advice),
                IsRefused(grpc::FAILED_PRECONDITION, "R-ADVICE-NOT-SOUGHT", "P40"));
    EXPECT_THAT(school.head.Call(&v1::CaseService::Stub::ReopenCase, reopen),
                IsRefused(grpc::FAILED_PRECONDITION, "R-CASE-NOT-CLOSED"));
    EXPECT_THAT(school.head.Call(&v1::CaseService::Stub::CloseCase, close),
                IsRefused(kBad, "R-WISHES", "P46"));
  }
  close.set_wishes_followed(true);
  ASSERT_THAT(school.head.Call(&v1::EscalationService::Stub::SeekAdvice, seek), IsAnswered());
  {
    const NothingIsRecorded nothing;
    EXPECT_THAT(school.head.Call(&v1::CaseService::Stub::CloseCase, close),
                IsRefused(grpc::FAILED_PRECONDITION, "R-ADVICE-FIRST", "P41"));
  }
  // What was refused kept no request id.
  ASSERT_THAT(school.head.Call(&v1::EscalationService::Stub::RecordAdvice, advice), IsAnswered());
  ASSERT_THAT(school.head.Call(&v1::CaseService::Stub::CloseCase, close), IsAnswered());
  const NothingIsRecorded nothing;
  seek.set_request_id(NewRequestId());
  EXPECT_THAT(school.head.Call(&v1::EscalationService::Stub::SeekAdvice, seek),
              IsRefused(grpc::FAILED_PRECONDITION, "R-CASE-CLOSED"));
}

TEST(RefusedRequests, ProofsBeyondTheLogAreRefused) {
  const School& school = Oakfield();
  const uint64_t size = school.head.Head().size;
  v1::GetInclusionProofRequest inclusion;
  inclusion.set_position(size);
  inclusion.set_tree_size(size);
  EXPECT_THAT(school.head.Call(&v1::AuditService::Stub::GetInclusionProof, inclusion),
              IsRefused(grpc::OUT_OF_RANGE, "R-BEYOND-THE-LOG"));
  inclusion.set_tree_size(size + 1);
  EXPECT_THAT(school.head.Call(&v1::AuditService::Stub::GetInclusionProof, inclusion),
              IsRefused(grpc::OUT_OF_RANGE, "R-BEYOND-THE-LOG"));
  v1::GetConsistencyProofRequest consistency;
  consistency.set_old_size(size);
  consistency.set_new_size(size + 1);
  EXPECT_THAT(school.head.Call(&v1::AuditService::Stub::GetConsistencyProof, consistency),
              IsRefused(grpc::OUT_OF_RANGE, "R-BEYOND-THE-LOG"));
  v1::CheckLogRequest check;
  check.set_from_position(size + 1);
  EXPECT_THAT(school.auditor.Read(&v1::AuditService::Stub::CheckLog, check),
              IsRefused(grpc::OUT_OF_RANGE, "R-BEYOND-THE-LOG"));
}

}  // namespace
}  // namespace wardbook::e2e
