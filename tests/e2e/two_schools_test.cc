// Two schools on one server never see each other.

#include "tests/e2e/two_schools.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/verify_bundle.h"
#include "storage/crypto/random.h"
#include "storage/merkle/tree.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::wardbook::testing::StatusIs;

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

// What a list showed, as bytes in which a mark is found.
template <class Response>
std::string BytesOf(const Answer<Response>& answer) {
  EXPECT_THAT(answer, IsAnswered());
  return answer.response.SerializeAsString();
}

v1::ListInboxResponse Inbox(const Person& person) {
  v1::ListInboxRequest request;
  request.set_page_size(200);
  request.set_include_closed(true);
  const auto answer =
      person.CallFrom(person.Head().size - 1, &v1::CaseService::Stub::ListInbox, request);
  EXPECT_THAT(answer, IsAnswered());
  return answer.response;
}

// Everything that a school can record, once.
void FileMuch(const School& school) {
  const std::string case_ref = ReportCase(school).case_ref();
  ASSERT_THAT(school.head.Call(&v1::CaseService::Stub::AddNote, Note(school, case_ref, "seen")),
              IsAnswered());
  FileScreenPrint(school.teacher, school, case_ref, Png(school.mark));
  ASSERT_THAT(school.head.Call(&v1::ReferralService::Stub::ReferCase, Referral(school, case_ref)),
              IsAnswered());
  Open(school.officer, case_ref);
}

std::vector<Hash> HashesOf(const google::protobuf::RepeatedPtrField<std::string>& bytes) {
  std::vector<Hash> hashes;
  for (const std::string& hash : bytes) hashes.push_back(Hash::FromBytes(hash).value_or(Hash()));
  return hashes;
}

TEST(TwoSchools, NoListShowsAnythingOfTheOther) {
  for (const School* school : {&Oakfield(), &Elmbridge()}) FileMuch(*school);
  for (const School* school : {&Oakfield(), &Elmbridge()}) {
    const std::string others = school == &Oakfield() ? Elmbridge().mark : Oakfield().mark;
    for (const Person* person : school->Everybody()) {
      SCOPED_TRACE(absl::StrCat(person->user_name, " of ", school->short_name));
      EXPECT_THAT(Inbox(*person).SerializeAsString(), Not(HasSubstr(others)));
      EXPECT_THAT(
          BytesOf(person->CallFrom(person->Head().size - 1, &v1::CaseService::Stub::ListMyReports,
                                   v1::ListMyReportsRequest())),
          Not(HasSubstr(others)));
    }
    v1::ListPeopleRequest all;
    all.set_page_size(200);
    const auto people = school->administrator.Call(&v1::PeopleService::Stub::ListPeople, all);
    EXPECT_THAT(people.response.people(), SizeIs(Ge(school->Everybody().size())));
    EXPECT_THAT(BytesOf(people), Not(HasSubstr(others)));
    // The lists are not merely empty.
    EXPECT_THAT(Inbox(school->head).SerializeAsString(), HasSubstr(school->mark));
    EXPECT_THAT(Inbox(school->officer).SerializeAsString(), HasSubstr(school->mark));
  }
}

TEST(TwoSchools, CountsAndPositionsDoNotMoveWhenTheOtherFiles) {
  FileMuch(Oakfield());
  const checkpoint::Checkpoint head = Oakfield().head.Head();
  const int cases = Inbox(Oakfield().head).cases_size();

  FileMuch(Elmbridge());

  EXPECT_EQ(Oakfield().head.Head(), head);
  EXPECT_EQ(Inbox(Oakfield().head).cases_size(), cases);
  const auto check =
      Oakfield().auditor.Read(&v1::AuditService::Stub::CheckLog, v1::CheckLogRequest());
  ASSERT_THAT(check, IsAnswered());
  EXPECT_EQ(check.response.back().total(), head.size);
  EXPECT_TRUE(check.response.back().verdict().clean());
  const v1::ReportIncidentResponse next = ReportCase(Oakfield());
  EXPECT_EQ(next.receipt().position(), head.size) << "the next position is the one after the last";
}

TEST(TwoSchools, AWatchShowsNothingOfTheOther) {
  v1::CaseService::Stub stub(Server().channel());
  const std::unique_ptr<grpc::ClientContext> context = Oakfield().head.NewContext();
  const auto watch = stub.WatchCases(context.get(), WatchFromNow(Oakfield().head));
  watch->WaitForInitialMetadata();

  FileMuch(Elmbridge());
  const std::string case_ref = ReportCase(Oakfield()).case_ref();

  v1::WatchCasesResponse change;
  ASSERT_TRUE(watch->Read(&change));
  EXPECT_EQ(change.handled().case_ref(), case_ref);
  EXPECT_EQ(change.position(), Oakfield().head.Head().size - 1);
  ReportCase(Elmbridge());
  ASSERT_THAT(
      Oakfield().lead.Call(&v1::CaseService::Stub::AddNote, Note(Oakfield(), case_ref, "read")),
      IsAnswered());
  ASSERT_TRUE(watch->Read(&change));
  EXPECT_EQ(change.handled().case_ref(), case_ref);
  EXPECT_EQ(change.handled().revision(), 2U);
  context->TryCancel();
  EXPECT_FALSE(watch->Read(&change)) << change.ShortDebugString();
  EXPECT_EQ(watch->Finish().error_code(), grpc::CANCELLED);
}

TEST(TwoSchools, TheSameUserNameIsAnotherPersonWithAnotherPassword) {
  ASSERT_EQ(Oakfield().head.user_name, Elmbridge().head.user_name);
  EXPECT_NE(Oakfield().head.id, Elmbridge().head.id);
  v1::SignInRequest request;
  request.set_school(Elmbridge().short_name);
  request.set_user_name(Oakfield().head.user_name);
  request.set_password(Oakfield().head.password);
  const NothingIsRecorded nothing;
  Person nobody = Oakfield().head;
  nobody.token.clear();
  const WireAnswer at_the_other =
      CallAny(nobody, "wardbook.v1.AccessService.SignIn", request.SerializeAsString());
  EXPECT_THAT(at_the_other, IsRefused(grpc::UNAUTHENTICATED, "R-SIGN-IN-FAILED", "P15"));
  request.set_school("nowhere");
  const WireAnswer at_none =
      CallAny(nobody, "wardbook.v1.AccessService.SignIn", request.SerializeAsString());
  EXPECT_EQ(at_none.Text(), at_the_other.Text()) << "it tells which schools there are";
}

TEST(TwoSchools, ASessionIsOfOneSchool) {
  const auto session =
      Oakfield().head.Call(&v1::AccessService::Stub::GetSession, v1::GetSessionRequest());
  ASSERT_THAT(session, IsAnswered());
  EXPECT_EQ(session.response.session().school_id(), Oakfield().id);
  EXPECT_EQ(session.response.session().person_id(), Oakfield().head.id);
  EXPECT_THAT(session.response.session().school_name(), HasSubstr(Oakfield().mark));
  // No call names a school: what it finds and what it writes is the session's.
  const std::string case_ref = ReportCase(Elmbridge()).case_ref();
  const NothingIsRecorded nothing;
  EXPECT_THAT(
      Oakfield().head.Call(&v1::CaseService::Stub::AddNote, Note(Oakfield(), case_ref, "mine?")),
      IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-CASE"));
}

TEST(TwoSchools, AnIdOfTheOtherIsAnIdOfNothing) {
  const std::string elms_ref = ReportCase(Elmbridge()).case_ref();
  const std::string elms_upload = UploadWhole(Elmbridge().teacher, Elmbridge(), elms_ref, Png("a"));
  const std::string elms_file =
      FileScreenPrint(Elmbridge().teacher, Elmbridge(), elms_ref, Png("b")).evidence_id();
  const auto elms_referral =
      Elmbridge().head.Call(&v1::ReferralService::Stub::ReferCase, Referral(Elmbridge(), elms_ref));
  const std::string ref = ReportCase(Oakfield()).case_ref();
  FileScreenPrint(Oakfield().teacher, Oakfield(), ref, Png("c"));
  ASSERT_THAT(
      Oakfield().head.Call(&v1::ReferralService::Stub::ReferCase, Referral(Oakfield(), ref)),
      IsAnswered());

  const School& oakfield = Oakfield();
  const auto on_upload = [](const std::string& id) {
    v1::PutChunkRequest request;
    request.set_upload_id(id);
    request.set_data("x");
    return request.SerializeAsString();
  };
  const auto with_person = [](auto request) {
    request.set_request_id(NewRequestId());
    return [request](const std::string& id) mutable {
      request.set_person_id(id);
      return request.SerializeAsString();
    };
  };
  v1::GrantRoleRequest grant;
  grant.set_role(events::ROLE_HEADTEACHER);
  v1::EndRoleRequest end;
  end.set_role(events::ROLE_HEADTEACHER);
  v1::AssignLineManagerRequest managed;
  managed.set_line_manager_id(oakfield.head.id);
  v1::AssignLineManagerRequest manages;
  manages.set_request_id(NewRequestId());
  manages.set_person_id(oakfield.colleague.id);
  v1::DownloadEvidenceRequest download;
  download.set_case_ref(ref);
  v1::FileEvidenceRequest file = ScreenPrint(oakfield, ref, "");
  v1::AcknowledgeReferralRequest acknowledge;
  acknowledge.set_request_id(NewRequestId());
  acknowledge.set_case_ref(ref);
  acknowledge.set_reference("LS-1");
  const v1::ReportIncidentRequest report = Report(oakfield);

  const std::string evidence = "wardbook.v1.EvidenceService.";
  const std::string people = "wardbook.v1.PeopleService.";
  struct Case {
    std::string method;
    const Person* caller;
    std::string id;
    std::function<std::string(const std::string& id)> request;
  };
  const std::vector<Case> cases = {
      {evidence + "PutChunk", &oakfield.teacher, elms_upload, on_upload},
      {evidence + "UploadChunks", &oakfield.teacher, elms_upload, on_upload},
      {evidence + "GetUpload", &oakfield.teacher, elms_upload, on_upload},
      {evidence + "FileEvidence", &oakfield.teacher, elms_upload,
       [&](const std::string& id) {
         file.set_upload_id(id);
         return file.SerializeAsString();
       }},
      {evidence + "DownloadEvidence", &oakfield.head, elms_file,
       [&](const std::string& id) {
         download.set_evidence_id(id);
         return download.SerializeAsString();
       }},
      {"wardbook.v1.ReferralService.AcknowledgeReferral", &oakfield.officer,
       elms_referral.response.referral_id(),
       [&](const std::string& id) {
         acknowledge.set_referral_id(id);
         return acknowledge.SerializeAsString();
       }},
      {"wardbook.v1.IncidentService.ReportIncident", &oakfield.teacher, Elmbridge().head.id,
       [&](const std::string& id) {
         v1::ReportIncidentRequest request = report;
         request.mutable_parties(1)->set_person_id(absl::HexStringToBytes(id));
         return request.SerializeAsString();
       }},
      {people + "GrantRole", &oakfield.administrator, Elmbridge().head.id, with_person(grant)},
      {people + "EndRole", &oakfield.administrator, Elmbridge().head.id, with_person(end)},
      {people + "AssignLineManager", &oakfield.administrator, Elmbridge().head.id,
       with_person(managed)},
      {people + "AssignLineManager", &oakfield.administrator, Elmbridge().head.id,
       [&](const std::string& id) {
         manages.set_line_manager_id(id);
         return manages.SerializeAsString();
       }},
      {people + "IssueAccount", &oakfield.administrator, Elmbridge().head.id,
       [&](const std::string& id) {
         v1::IssueAccountRequest request;
         request.set_person_id(id);
         request.set_user_name("somebody");
         return request.SerializeAsString();
       }},
  };
  const NothingIsRecorded nothing;
  for (const Case& one : cases) {
    SCOPED_TRACE(one.method);
    const std::string of_nothing = crypto::RandomId<EvidenceId>().Hex();
    const WireAnswer others = CallAny(*one.caller, one.method, one.request(one.id));
    const WireAnswer nothings = CallAny(*one.caller, one.method, one.request(of_nothing));
    EXPECT_FALSE(others.status.ok());
    EXPECT_TRUE(RefusalOf(others.status).has_value()) << others.Text();
    EXPECT_EQ(others.Text(), nothings.Text());
  }
}

TEST(TwoSchools, APageTokenOfTheOtherOpensNothing) {
  for (int i = 0; i < 2; ++i) ReportCase(Elmbridge());
  v1::ListInboxRequest request;
  request.set_page_size(1);
  const auto page = Elmbridge().head.CallFrom(Elmbridge().head.Head().size - 1,
                                              &v1::CaseService::Stub::ListInbox, request);
  ASSERT_THAT(page, IsAnswered());
  ASSERT_NE(page.response.next_page_token(), "");
  request.set_page_token(page.response.next_page_token());
  EXPECT_THAT(Oakfield().head.Call(&v1::CaseService::Stub::ListInbox, request),
              IsRefused(grpc::INVALID_ARGUMENT, "R-FIELD-INVALID"));
}

TEST(TwoSchools, ARequestIdUsedInOneIsFreeInTheOther) {
  v1::ReportIncidentRequest oaks = Report(Oakfield());
  v1::ReportIncidentRequest elms = Report(Elmbridge());
  elms.set_request_id(oaks.request_id());
  const checkpoint::Checkpoint before = Elmbridge().head.Head();
  const auto at_oakfield =
      Oakfield().teacher.Call(&v1::IncidentService::Stub::ReportIncident, oaks);
  const auto at_elmbridge =
      Elmbridge().teacher.Call(&v1::IncidentService::Stub::ReportIncident, elms);
  ASSERT_THAT(at_oakfield, IsAnswered());
  ASSERT_THAT(at_elmbridge, IsAnswered());
  EXPECT_NE(at_oakfield.response.case_ref(), at_elmbridge.response.case_ref());
  EXPECT_EQ(at_elmbridge.response.receipt().school_id(), Elmbridge().id);
  EXPECT_EQ(at_elmbridge.response.receipt().position(), before.size);
}

TEST(TwoSchools, AReceiptIsProvenByTheOwnLogAlone) {
  const v1::Receipt receipt = ReportCase(Oakfield()).receipt();
  const v1::Receipt others = ReportCase(Elmbridge()).receipt();
  EXPECT_EQ(receipt.school_id(), Oakfield().id);
  const auto& verifier = Server().verifier();
  ASSERT_OK_AND_ASSIGN(const checkpoint::Checkpoint signed_head,
                       checkpoint::OpenCheckpoint(verifier, receipt.checkpoint()));
  ASSERT_OK_AND_ASSIGN(const SchoolId school,
                       checkpoint::SchoolOfOrigin(verifier.name(), signed_head.origin));
  EXPECT_EQ(school.Hex(), Oakfield().id);

  v1::GetInclusionProofRequest request;
  request.set_position(receipt.position());
  request.set_tree_size(signed_head.size);
  const auto proof = Oakfield().teacher.Call(&v1::AuditService::Stub::GetInclusionProof, request);
  ASSERT_THAT(proof, IsAnswered());
  const std::vector<Hash> hashes = HashesOf(proof.response.proof().hashes());
  EXPECT_OK(merkle::VerifyInclusion(HashesOf(receipt.leaf_hashes()).at(0), receipt.position(),
                                    signed_head.size, hashes, signed_head.root));
  EXPECT_THAT(merkle::VerifyInclusion(HashesOf(others.leaf_hashes()).at(0), receipt.position(),
                                      signed_head.size, hashes, signed_head.root),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(TwoSchools, ABundleHoldsTheOwnSchoolAlone) {
  FileMuch(Elmbridge());
  const std::string case_ref = ReportCase(Oakfield()).case_ref();
  FileScreenPrint(Oakfield().teacher, Oakfield(), case_ref, Png(Oakfield().mark));
  v1::ExportBundleRequest request;
  request.set_case_ref(case_ref);
  request.set_purpose(Oakfield().Typed("for the file"));
  const auto answer = Oakfield().head.Read(&v1::AuditService::Stub::ExportBundle, request);
  ASSERT_THAT(answer, IsAnswered());
  std::string bytes;
  for (const v1::ExportBundleResponse& piece : answer.response) bytes += piece.data();
  ASSERT_OK_AND_ASSIGN(const bundle::BundleReport report,
                       bundle::VerifyBundle(bundle::BundleInMemory(bytes), Server().verifier()));
  EXPECT_EQ(report.verdict, bundle::Verdict::kIntact) << report.summary;
  EXPECT_EQ(report.records, 2U);
  EXPECT_THAT(bytes, HasSubstr(Oakfield().mark));
  EXPECT_THAT(bytes, Not(HasSubstr(Elmbridge().mark)));
  EXPECT_THAT(bytes, Not(HasSubstr(Elmbridge().id)));
}

}  // namespace
}  // namespace wardbook::e2e
