// A case that the caller may not see is answered as one that there never was, to
// the byte, by every method that takes a reference.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "services/kernel/case_ref.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/disagreement_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/investigation_service.pb.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using google::protobuf::Message;

// A reference that was never given out.
std::string NeverGivenOut() {
  uint64_t bits = 0;
  crypto::FillRandom(&bits, sizeof(bits));
  return kernel::CaseRef::FromBits(bits).text();
}

// The reference with its check digit replaced.
std::string WithASlip(std::string case_ref) {
  case_ref.back() = case_ref.back() == '0' ? '1' : '0';
  return case_ref;
}

// Requests that would succeed but for the reference, by the method's name. Every
// method of the server that takes a reference must be here.
class RequestsOnACase {
 public:
  // `upload_id` is the caller's own; `evidence_id` is a file of the hidden case.
  RequestsOnACase(const School& school, const std::string& upload_id,
                  const std::string& evidence_id) {
    v1::AcknowledgeReceiptRequest acknowledge;
    acknowledge.set_message_to_reporter(school.Typed("thank you"));
    Add("IncidentService.AcknowledgeReceipt", acknowledge);
    Add("CaseService.GetCase", v1::GetCaseRequest());
    Add("CaseService.CheckRegisters", v1::CheckRegistersRequest());
    Add("CaseService.AddNote", Note(school, "", "a note"));
    v1::CorrectEntryRequest correct;
    correct.set_corrected_revision(1);
    correct.set_correction(school.Typed("it was a Thursday"));
    correct.set_reasons(school.Typed("a slip"));
    Add("CaseService.CorrectEntry", correct);
    v1::RecordPoliceDecisionRequest police;
    police.set_choice(events::POLICE_CHOICE_NOT_YET);
    police.set_conveyed_how(school.Typed("by telephone"));
    Add("CaseService.RecordPoliceDecision", police);
    v1::SuspectIndecentImageRequest suspect;
    suspect.set_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
    Add("CaseService.SuspectIndecentImage", suspect);
    v1::RecordPoliceInformedRequest informed;
    informed.mutable_informed_at()->set_date("2025-03-14");
    informed.set_channel(events::POLICE_CHANNEL_101);
    Add("CaseService.RecordPoliceInformed", informed);
    v1::RecordPreservationStepRequest preserved;
    preserved.set_step(school.Typed("switched off"));
    preserved.mutable_done_at()->set_date("2025-03-14");
    Add("CaseService.RecordPreservationStep", preserved);
    v1::RecordPoliceReleaseRequest released;
    released.set_officer(school.Typed("an officer"));
    released.set_reference("LC-1");
    released.set_scope(school.Typed("all of it"));
    Add("CaseService.RecordPoliceRelease", released);
    v1::CloseCaseRequest close;
    close.set_conclusion(school.Typed("settled"));
    close.set_wishes_followed(true);
    Add("CaseService.CloseCase", close);
    v1::ReopenCaseRequest reopen;
    reopen.set_reasons(school.Typed("not settled"));
    Add("CaseService.ReopenCase", reopen);
    v1::EscalateCaseRequest escalate;
    escalate.set_reasons(school.Typed("threats"));
    Add("EscalationService.EscalateCase", escalate);
    v1::SeekAdviceRequest seek;
    seek.set_asked_of(school.Typed("Lancashire Safeguarding"));
    seek.set_channel("telephone");
    seek.set_question(school.Typed("may we proceed"));
    Add("EscalationService.SeekAdvice", seek);
    v1::RecordAdviceRequest advice;
    advice.set_adviser_name(school.Typed("the duty officer"));
    advice.set_adviser_role("duty officer");
    advice.set_advice(school.Typed("not yet"));
    advice.set_may_proceed(events::MAY_PROCEED_NO);
    Add("EscalationService.RecordAdvice", advice);
    AddDecisions(school);
    v1::HandOverRecipientRequest hand_over;
    hand_over.set_to_person_id(school.deputy.id);
    hand_over.set_reasons(school.Typed("away from tomorrow"));
    Add("EscalationService.HandOverRecipient", hand_over);
    v1::DeclareConflictRequest conflict;
    conflict.set_reasons(school.Typed("a cousin"));
    Add("EscalationService.DeclareConflict", conflict);
    v1::SettleNameRequest settle;
    settle.set_open_name("Ms Newcomer");
    settle.set_reasons(school.Typed("somebody else"));
    Add("EscalationService.SettleName", settle);
    Add("ReferralService.ReferCase", Referral(school, ""));
    v1::AcknowledgeReferralRequest taken;
    taken.set_reference("LS-2291");
    Add("ReferralService.AcknowledgeReferral", taken);
    v1::RecordReferralOutcomeRequest outcome;
    outcome.set_outcome(events::REFERRAL_OUTCOME_UNFOUNDED);
    outcome.set_reasons(school.Typed("no basis"));
    Add("ReferralService.RecordReferralOutcome", outcome);
    AddReferralProgress(school);
    AddResponses(school);
    AddDisagreement(school);
    Add("EvidenceService.OpenUpload", Upload(school, "", Png("")));
    Add("EvidenceService.FileEvidence", ScreenPrint(school, "", upload_id));
    v1::DownloadEvidenceRequest download;
    download.set_evidence_id(evidence_id);
    Add("EvidenceService.DownloadEvidence", download);
    v1::AnnotateEvidenceRequest annotate;
    annotate.set_evidence_id(evidence_id);
    annotate.set_annotation(school.Typed("the date is American"));
    Add("EvidenceService.AnnotateEvidence", annotate);
    v1::SupersedeEvidenceRequest supersede;
    supersede.set_superseded_id(evidence_id);
    supersede.set_evidence_id(upload_id);
    supersede.set_reasons(school.Typed("the first was cut off"));
    Add("EvidenceService.SupersedeEvidence", supersede);
    v1::AttestOriginalRequest attest;
    attest.set_evidence_id(evidence_id);
    attest.set_kept_where(school.Typed("on my phone"));
    Add("EvidenceService.AttestOriginal", attest);
    Add("AuditService.GetHistory", v1::GetHistoryRequest());
    Add("AuditService.ListAccess", v1::ListAccessRequest());
    v1::ExportBundleRequest bundle;
    bundle.set_purpose(school.Typed("curiosity"));
    Add("AuditService.ExportBundle", bundle);
  }

  const std::map<std::string, std::unique_ptr<Message>>& all() const { return requests_; }

 private:
  void AddReferralProgress(const School& school) {
    v1::PrepareReferralSectionRequest section;
    section.set_section(events::REFERRAL_SECTION_THRESHOLD);
    events::ReferralField& field = *section.add_fields();
    field.set_name("limbs");
    field.set_text(school.Typed("a risk"));
    Add("ReferralService.PrepareReferralSection", section);
    Add("ReferralService.ShowReferralForm", v1::ShowReferralFormRequest());
    v1::RecordReferralSubmittedRequest submitted;
    submitted.set_form_reference("LCC-5501");
    Add("ReferralService.RecordReferralSubmitted", submitted);
    v1::RecordReferralAdviceRequest advice;
    advice.set_advice(school.Typed("handle it"));
    Add("ReferralService.RecordReferralAdvice", advice);
    v1::RequestMoreInformationRequest asked;
    asked.set_question(school.Typed("who else"));
    Add("ReferralService.RequestMoreInformation", asked);
    v1::GiveMoreInformationRequest given;
    given.set_information(school.Typed("nobody"));
    Add("ReferralService.GiveMoreInformation", given);
    v1::RecordThresholdMetRequest met;
    met.set_reasons(school.Typed("a risk"));
    Add("ReferralService.RecordThresholdMet", met);
    v1::RecordReferralMeetingRequest meeting;
    meeting.set_meeting(events::REFERRAL_MEETING_STRATEGY_DISCUSSION);
    meeting.set_number(1);
    meeting.mutable_held_at()->set_date("2025-03-14");
    meeting.set_attendees("the school");
    meeting.set_actions(school.Typed("the police look into it"));
    Add("ReferralService.RecordReferralMeeting", meeting);
    v1::OpenReferralStrandRequest strand;
    strand.set_strand(events::REFERRAL_STRAND_EMPLOYER);
    Add("ReferralService.OpenReferralStrand", strand);
    v1::RecordStrandOutcomeRequest outcome;
    outcome.set_strand(events::REFERRAL_STRAND_EMPLOYER);
    outcome.set_outcome(events::REFERRAL_OUTCOME_UNFOUNDED);
    outcome.set_reasons(school.Typed("no basis"));
    Add("ReferralService.RecordStrandOutcome", outcome);
    v1::RecordClosingActionRequest action;
    action.set_action(events::CLOSING_ACTION_LESSONS);
    action.set_decision(events::CLOSING_DECISION_TAKEN);
    action.set_details(school.Typed("look at accounts"));
    Add("ReferralService.RecordClosingAction", action);
    v1::CloseReferralRequest closed;
    closed.set_summary(school.Typed("unfounded"));
    Add("ReferralService.CloseReferral", closed);
    v1::WithdrawReferralRequest withdrawn;
    withdrawn.set_reasons(school.Typed("the wrong child"));
    Add("ReferralService.WithdrawReferral", withdrawn);
  }

  void AddResponses(const School& school) {
    v1::RecordPoliceReportRequest reported;
    reported.set_ground(events::POLICE_GROUND_IMMEDIATE_DANGER);
    reported.mutable_reported_at()->set_date("2025-03-14");
    reported.set_how("by 999");
    reported.set_reasons(school.Typed("threats"));
    Add("ResponseService.RecordPoliceReport", reported);
    v1::RecordDutyNotificationRequest notified;
    notified.set_recipient(events::DUTY_RECIPIENT_POLICE);
    notified.mutable_notified_at()->set_date("2025-03-14");
    notified.set_how("orally");
    Add("ResponseService.RecordDutyNotification", notified);
    v1::RecordProviderReportRequest provider;
    provider.set_platform("a network");
    provider.mutable_reported_at()->set_date("2025-03-14");
    Add("ResponseService.RecordProviderReport", provider);
    v1::RecordProviderOutcomeRequest outcome;
    outcome.set_outcome(events::PROVIDER_OUTCOME_NO_ANSWER);
    outcome.mutable_known_at()->set_date("2025-03-14");
    Add("ResponseService.RecordProviderOutcome", outcome);
    v1::RecordContentRemovedRequest removed;
    removed.set_platform("a network");
    removed.mutable_removed_at()->set_date("2025-03-14");
    Add("ResponseService.RecordContentRemoved", removed);
    v1::OfferSupportRequest support;
    support.set_to_whom(school.Typed("the teacher"));
    support.set_support(school.Typed("a talk"));
    support.set_answer(events::SUPPORT_ANSWER_ACCEPTED);
    Add("ResponseService.OfferSupport", support);
    v1::RecordExternalBodyInformedRequest informed;
    informed.set_body(events::EXTERNAL_BODY_DIOCESE);
    informed.set_name("the diocese");
    informed.mutable_informed_at()->set_date("2025-03-14");
    informed.set_how("by letter");
    informed.set_summary(school.Typed("a post names it"));
    Add("ResponseService.RecordExternalBodyInformed", informed);
    v1::LogContactRequest contact;
    contact.set_whom(events::CONTACT_WITH_PARENT);
    contact.set_name(school.Typed("a parent"));
    contact.set_channel(events::CONTACT_CHANNEL_LETTER);
    contact.mutable_contacted_at()->set_date("2025-03-14");
    contact.set_summary(school.Typed("they will come"));
    Add("ResponseService.LogContact", contact);
  }

  void AddDisagreement(const School& school) {
    v1::RaiseDisagreementRequest raise;
    raise.set_disputed_revision(1);
    raise.set_reasons(school.Typed("not safe"));
    Add("DisagreementService.RaiseDisagreement", raise);
    v1::EscalateDisagreementRequest escalate;
    escalate.set_stage(2);
    escalate.set_to_whom("the service manager");
    Add("DisagreementService.EscalateDisagreement", escalate);
    v1::ResolveDisagreementRequest resolve;
    resolve.set_how(school.Typed("settled"));
    Add("DisagreementService.ResolveDisagreement", resolve);
  }

  // Each whole but for the case, and by which nobody would learn of one.
  void AddDecisions(const School& school) {
    v1::UpdateWishesRequest wishes;
    wishes.set_wishes(school.Typed("that they say sorry"));
    wishes.set_conveyed_how(school.Typed("by telephone"));
    Add("IncidentService.UpdateWishes", wishes);
    v1::ClassifyCaseRequest classify;
    classify.set_cyber_bullying(events::CYBER_BULLYING_ANSWER_NO);
    classify.set_reasons(school.Typed("no breach"));
    Add("InvestigationService.ClassifyCase", classify);
    v1::AssessDataBreachRequest assess;
    assess.set_assessment(events::DATA_BREACH_ASSESSMENT_NOT_REPORTABLE);
    assess.set_reasons(school.Typed("one first name"));
    Add("InvestigationService.AssessDataBreach", assess);
    v1::RecordBarringOutcomeRequest barring;
    barring.set_outcome(events::BARRING_OUTCOME_NOT_BARRED);
    barring.set_person_name(school.Typed("the colleague"));
    barring.mutable_decided_at()->set_date("2025-03-14");
    Add("InvestigationService.RecordBarringOutcome", barring);
    v1::RaiseSuitabilityQuestionRequest question;
    question.set_reasons(school.Typed("the third time"));
    Add("InvestigationService.RaiseSuitabilityQuestion", question);
    v1::DecideHarmThresholdRequest threshold;
    threshold.set_threshold(events::HARM_THRESHOLD_CONDUCT_ONLY);
    threshold.set_reasons(school.Typed("no child was part of it"));
    threshold.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Add("InvestigationService.DecideHarmThreshold", threshold);
    v1::BarInvestigationRequest bar;
    bar.set_barred_by(events::INVESTIGATION_BAR_POLICE);
    bar.set_officer(school.Typed("an officer"));
    bar.set_reference("LC-2");
    bar.set_instruction(school.Typed("speak to nobody"));
    Add("InvestigationService.BarInvestigation", bar);
    v1::StartInvestigationRequest start;
    start.set_scope(school.Typed("who wrote it"));
    Add("InvestigationService.StartInvestigation", start);
    v1::RecordInvestigationStepRequest step;
    step.set_kind(events::INVESTIGATION_STEP_KIND_INTERVIEW);
    step.mutable_done_at()->set_date("2025-03-14");
    step.set_what(school.Typed("they wrote it"));
    Add("InvestigationService.RecordInvestigationStep", step);
    v1::RecordFindingRequest finding;
    finding.set_finding(events::FINDING_BREACH);
    finding.set_reasons(school.Typed("they wrote it"));
    finding.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Add("InvestigationService.RecordFinding", finding);
    v1::RecordDisciplinaryDecisionRequest discipline;
    discipline.set_decision(events::DISCIPLINARY_DECISION_REFER);
    discipline.set_reasons(school.Typed("it is serious"));
    discipline.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Add("InvestigationService.RecordDisciplinaryDecision", discipline);
    v1::RecordDisciplinaryReferenceRequest reference;
    reference.set_procedure("Disciplinary Procedure");
    reference.set_stage("Hearing");
    reference.set_reference("HR-4");
    Add("InvestigationService.RecordDisciplinaryReference", reference);
    v1::InformGoverningBodyRequest inform;
    inform.set_summary(school.Typed("a breach is being dealt with"));
    Add("InvestigationService.InformGoverningBody", inform);
    v1::RecordGoverningBodyActionRequest action;
    action.set_minute_reference("3 June, item 7");
    Add("InvestigationService.RecordGoverningBodyAction", action);
  }

  template <class Request>
  void Add(const std::string& method, Request request) {
    if constexpr (requires { request.set_request_id(""); }) {
      // The same in both of two answers that are compared.
      request.set_request_id(NewRequestId());
    }
    requests_["wardbook.v1." + method] = std::make_unique<Request>(request);
  }

  std::map<std::string, std::unique_ptr<Message>> requests_;
};

std::string On(const std::string& case_ref, const Message& request) {
  std::unique_ptr<Message> on(request.New());
  on->CopyFrom(request);
  on->GetReflection()->SetString(on.get(), on->GetDescriptor()->FindFieldByName("case_ref"),
                                 case_ref);
  return on->SerializeAsString();
}

// Somebody, and a case that is not for them.
struct Stranger {
  std::string why;
  const School* school;
  const Person* person;
  std::string hidden_ref;
  std::string hidden_evidence_id;
};

void ExpectNothingIsThere(const Stranger& stranger) {
  SCOPED_TRACE(stranger.why);
  const RequestsOnACase requests(*stranger.school, crypto::RandomId<EvidenceId>().Hex(),
                                 stranger.hidden_evidence_id);
  for (const auto& [method, request] : requests.all()) {
    SCOPED_TRACE(method);
    const auto on = [&](const std::string& case_ref, const Message& message) {
      return CallAny(*stranger.person, method, On(case_ref, message));
    };
    const WireAnswer hidden = on(stranger.hidden_ref, *request);
    EXPECT_THAT(hidden, IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-CASE"));
    EXPECT_EQ(hidden.Text(), on(NeverGivenOut(), *request).Text());
    EXPECT_EQ(hidden.Text(), on(WithASlip(stranger.hidden_ref), *request).Text());
    EXPECT_EQ(hidden.Text(), on("", *request).Text());
    // Neither does a request tell that is wrong in itself.
    const std::unique_ptr<Message> bare(request->New());
    const std::string answer = on(stranger.hidden_ref, *bare).Text();
    EXPECT_EQ(answer, on(NeverGivenOut(), *bare).Text());
    EXPECT_EQ(answer, on(WithASlip(stranger.hidden_ref), *bare).Text());
    // Nor one that was made against a revision.
    const auto* const expected = request->GetDescriptor()->FindFieldByName("expected_revision");
    if (expected == nullptr) continue;
    const std::unique_ptr<Message> stale(request->New());
    stale->CopyFrom(*request);
    stale->GetReflection()->SetUInt64(stale.get(), expected, 1000);
    EXPECT_EQ(hidden.Text(), on(stranger.hidden_ref, *stale).Text());
  }
}

TEST(HiddenCase, EveryMethodThatTakesAReferenceIsTestedHere) {
  const RequestsOnACase requests(Oakfield(), "", "");
  std::set<std::string> tested;
  for (const auto& [method, request] : requests.all()) tested.insert(method);
  std::set<std::string> served;
  for (const auto* method : ServedMethods(Oakfield().head)) {
    if (method->input_type()->FindFieldByName("case_ref") != nullptr) {
      served.insert(method->full_name());
    }
  }
  EXPECT_EQ(tested, served);
}

TEST(HiddenCase, IsAnsweredAsOneThatThereNeverWas) {
  const School& school = Oakfield();
  const std::string ref = ReportCase(school).case_ref();
  const std::string file =
      FileScreenPrint(school.teacher, school, ref, Png("hidden")).evidence_id();

  v1::ReportIncidentRequest about_the_head = Report(school);
  about_the_head.mutable_parties(1)->set_person_id(absl::HexStringToBytes(school.head.id));
  const auto heads =
      school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, about_the_head);
  ASSERT_THAT(heads, IsAnswered());
  v1::ReportIncidentRequest about_the_lead = Report(school);
  about_the_lead.mutable_parties(1)->set_person_id(absl::HexStringToBytes(school.lead.id));
  const auto leads =
      school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, about_the_lead);
  ASSERT_THAT(leads, IsAnswered());
  const std::string heads_ref = heads.response.case_ref();
  const std::string heads_file =
      FileScreenPrint(school.teacher, school, heads_ref, Png("hidden")).evidence_id();
  const std::string leads_ref = leads.response.case_ref();
  // Closed, referred and long: none of it may show.
  ASSERT_THAT(school.chair.Call(&v1::ReferralService::Stub::ReferCase, Referral(school, heads_ref)),
              IsAnswered());

  // The deputy declares a conflict in a case, and the Headteacher in another, which
  // is the Chair's from then on.
  const std::string deputys_ref = ReportCase(school).case_ref();
  const std::string passed_ref = ReportCase(school).case_ref();
  v1::DeclareConflictRequest conflict;
  conflict.set_reasons(school.Typed("a cousin"));
  for (const auto& [person, case_ref] :
       {std::pair(&school.deputy, deputys_ref), std::pair(&school.head, passed_ref)}) {
    conflict.set_request_id(NewRequestId());
    conflict.set_case_ref(case_ref);
    ASSERT_THAT(person->Call(&v1::EscalationService::Stub::DeclareConflict, conflict),
                IsAnswered());
  }
  ASSERT_THAT(
      school.chair.Call(&v1::ReferralService::Stub::ReferCase, Referral(school, passed_ref)),
      IsAnswered());

  const std::vector<Stranger> strangers = {
      {"the deputy, who has a conflict", &school, &school.deputy, deputys_ref, file},
      {"the Headteacher, who has a conflict", &school, &school.head, passed_ref, file},
      {"the lead, where the Headteacher has one", &school, &school.lead, passed_ref, file},
      {"a colleague of the reporter", &school, &school.colleague, ref, file},
      {"a manager of the reporter who was not told", &school, &school.manager, ref, file},
      {"the Chair, of a case that is not about the Headteacher", &school, &school.chair, ref, file},
      {"an officer before the referral", &school, &school.officer, ref, file},
      {"an auditor", &school, &school.auditor, ref, file},
      {"an administrator", &school, &school.administrator, ref, file},
      {"the Headteacher, who is the subject", &school, &school.head, heads_ref, heads_file},
      {"the lead, of a case about the Headteacher", &school, &school.lead, heads_ref, heads_file},
      {"the lead, who is the subject", &school, &school.lead, leads_ref, file},
      {"the Headteacher of another school", &Elmbridge(), &Elmbridge().head, ref, file},
      {"the teacher of another school", &Elmbridge(), &Elmbridge().teacher, ref, file},
      {"an officer at another school", &Elmbridge(), &Elmbridge().officer, heads_ref, heads_file},
  };
  const NothingIsRecorded nothing;
  for (const Stranger& stranger : strangers) ExpectNothingIsThere(stranger);
}

// The reporter sees their report; what is for those who see the case whole is
// hidden from them like the case of somebody else.
TEST(HiddenCase, AReporterIsNotToldThatTheCaseHasAHistory) {
  const School& school = Oakfield();
  const std::string ref = ReportCase(school).case_ref();
  const RequestsOnACase requests(school, "", "");
  const NothingIsRecorded nothing;
  for (const auto& [method, request] : requests.all()) {
    if (!absl::StrContains(method, "AuditService")) continue;
    SCOPED_TRACE(method);
    const WireAnswer hidden = CallAny(school.teacher, method, On(ref, *request));
    EXPECT_THAT(hidden, IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-CASE"));
    EXPECT_EQ(hidden.Text(), CallAny(school.teacher, method, On(NeverGivenOut(), *request)).Text());
  }
}

TEST(HiddenCase, AnUploadOfSomebodyElseIsAnsweredAsNone) {
  const School& school = Oakfield();
  const std::string ref = ReportCase(school).case_ref();
  const std::string upload_id = UploadWhole(school.teacher, school, ref, Png("theirs"));
  v1::PutChunkRequest request;
  request.set_data("x");
  const NothingIsRecorded nothing;
  // The head sees the case, and still has no business with the upload.
  for (const Person* person : {&school.head, &school.colleague, &Elmbridge().teacher}) {
    for (const char* method : {"PutChunk", "UploadChunks", "GetUpload"}) {
      SCOPED_TRACE(absl::StrCat(person->user_name, " ", method));
      const auto call = [&](const std::string& id) {
        request.set_upload_id(id);
        return CallAny(*person, absl::StrCat("wardbook.v1.EvidenceService.", method),
                       request.SerializeAsString());
      };
      const WireAnswer hidden = call(upload_id);
      EXPECT_THAT(hidden, IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-UPLOAD"));
      EXPECT_EQ(hidden.Text(), call(crypto::RandomId<EvidenceId>().Hex()).Text());
    }
  }
}

// What somebody is shown who asks every list there is, by the method's name. New
// lists are asked too.
std::map<std::string, std::string> AllListsOf(const Person& person) {
  std::map<std::string, std::string> lists;
  for (const auto* method : ServedMethods(person)) {
    const auto* const request = method->input_type();
    const bool lists_or_counts = request->FindFieldByName("page_size") != nullptr ||
                                 absl::StartsWith(method->name(), "Count");
    if (!lists_or_counts || method->server_streaming() ||
        request->FindFieldByName("case_ref") != nullptr) {
      continue;
    }
    lists[method->full_name()] = CallAny(person, method->full_name(), "").Text();
  }
  return lists;
}

// A long case about somebody, handled by `handler`: everything that a list, a count
// or a watch could show of it.
std::string LongCaseAbout(const School& school, const Person& subject, const Person& handler) {
  v1::ReportIncidentRequest report = Report(school);
  report.mutable_parties(1)->set_person_id(absl::HexStringToBytes(subject.id));
  const auto answer = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, report);
  EXPECT_THAT(answer, IsAnswered());
  const std::string ref = answer.response.case_ref();
  FileScreenPrint(school.teacher, school, ref, Png("about them"));
  EXPECT_THAT(handler.Call(&v1::CaseService::Stub::AddNote, Note(school, ref, "a note")),
              IsAnswered());
  EXPECT_THAT(handler.Call(&v1::ReferralService::Stub::ReferCase, Referral(school, ref)),
              IsAnswered());
  // From here on the view that the lists are read from has it.
  v1::ListInboxRequest inbox;
  EXPECT_THAT(handler.CallFrom(handler.Head().size - 1, &v1::CaseService::Stub::ListInbox, inbox),
              IsAnswered());
  return ref;
}

TEST(HiddenCase, IsInNoListOfThePersonThatItIsAbout) {
  const School& school = Elmbridge();
  struct About {
    const Person* subject;
    const Person* handler;
  };
  for (const About& about :
       {About{&school.head, &school.chair}, About{&school.lead, &school.head},
        About{&school.deputy, &school.head}, About{&school.colleague, &school.head}}) {
    SCOPED_TRACE(about.subject->user_name);
    const std::map<std::string, std::string> before = AllListsOf(*about.subject);
    EXPECT_TRUE(before.contains("wardbook.v1.CaseService.ListInbox"));
    const std::string ref = LongCaseAbout(school, *about.subject, *about.handler);
    for (const auto& [method, shown] : AllListsOf(*about.subject)) {
      SCOPED_TRACE(method);
      EXPECT_EQ(shown, before.at(method));
      EXPECT_FALSE(absl::StrContains(shown, ref));
    }
  }
}

// Whom a report names before they are in the register.
TEST(HiddenCase, IsHiddenFromWhoeverComesUnderANameThatItGives) {
  const School& school = Oakfield();
  v1::ReportIncidentRequest about_a_name = Report(school);
  about_a_name.mutable_parties(1)->clear_person_id();
  about_a_name.mutable_parties(1)->set_name(school.NameOf("newcomer"));
  about_a_name.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
  const auto named = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, about_a_name);
  ASSERT_THAT(named, IsAnswered());
  const std::string newcomers_ref = named.response.case_ref();
  const Person newcomer =
      Join(Server(), school, "newcomer", events::PERSON_CATEGORY_EMPLOYEE,
           {events::ROLE_STAFF, events::ROLE_SAFEGUARDING_LEAD, events::ROLE_SENIOR_LEADERSHIP});
  const std::string file =
      FileScreenPrint(school.teacher, school, newcomers_ref, Png("hidden")).evidence_id();
  {
    const NothingIsRecorded nothing;
    ExpectNothingIsThere({"a newcomer", &school, &newcomer, newcomers_ref, file});
  }
  for (const auto& [method, shown] : AllListsOf(newcomer)) {
    EXPECT_FALSE(absl::StrContains(shown, newcomers_ref)) << method;
  }
  v1::SettleNameRequest settle;
  settle.set_request_id(NewRequestId());
  settle.set_case_ref(newcomers_ref);
  settle.set_open_name(school.NameOf("newcomer"));
  settle.set_reasons(school.Typed("it is a driver of the bus company"));
  ASSERT_THAT(school.head.Call(&v1::EscalationService::Stub::SettleName, settle), IsAnswered());
  v1::GetCaseRequest get;
  get.set_case_ref(newcomers_ref);
  EXPECT_THAT(newcomer.Call(&v1::CaseService::Stub::GetCase, get), IsAnswered());
}

TEST(HiddenCase, IsNotTheFirstThingThatTheirWatchShows) {
  const School& school = Elmbridge();
  v1::CaseService::Stub stub(Server().channel());
  const auto context = school.head.NewContext();
  const auto watch = stub.WatchCases(context.get(), WatchFromNow(school.head));
  LongCaseAbout(school, school.head, school.chair);
  const std::string visible = ReportCase(school).case_ref();
  v1::WatchCasesResponse change;
  do {
    ASSERT_TRUE(watch->Read(&change));
  } while (change.has_heartbeat());
  EXPECT_EQ(change.handled().case_ref(), visible);
  context->TryCancel();
  watch->Finish();
}

}  // namespace
}  // namespace wardbook::e2e
