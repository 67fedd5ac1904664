// A request id stands for one request: sent again it gets the same answer, with
// other content it is refused, also after the server was killed.

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "gtest/gtest.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/absence_service.grpc.pb.h"
#include "wardbook/v1/disagreement_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/investigation_service.pb.h"
#include "wardbook/v1/people_service.grpc.pb.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

// One mutation that was carried out.
struct Step {
  const MethodDescriptor* method;
  const Person* caller;
  std::unique_ptr<Message> request;
  std::unique_ptr<Message> response;
};

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

// The request with its last text or choice changed, and the same request id.
std::unique_ptr<Message> WithOtherContent(const Message& request) {
  std::unique_ptr<Message> other(request.New());
  other->CopyFrom(request);
  const google::protobuf::Reflection& reflection = *other->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*other, &fields);
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if ((*field)->is_repeated()) continue;
    if ((*field)->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      auto* const time = dynamic_cast<google::protobuf::Timestamp*>(
          reflection.MutableMessage(other.get(), *field));
      if (time == nullptr) continue;
      time->set_seconds(time->seconds() - 1);
      return other;
    }
    if ((*field)->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection.SetString(other.get(), *field, reflection.GetString(*other, *field) + " again");
      return other;
    }
    if ((*field)->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const int value = reflection.GetEnumValue(*other, *field);
      reflection.SetEnumValue(other.get(), *field, value == 1 ? 2 : 1);
      return other;
    }
  }
  ADD_FAILURE() << "nothing to change in " << request.ShortDebugString();
  return other;
}

class RequestId : public ::testing::Test {
 protected:
  // Every kind of mutation, once, in the order of a case's life.
  static void SetUpTestSuite() {
    steps_ = new std::vector<Step>;
    const School& school = Oakfield();
    v1::RegisterPersonRequest person;
    person.set_name(school.Typed("somebody new"));
    person.set_category(events::PERSON_CATEGORY_VOLUNTEER);
    v1::RegisterPersonResponse registered;
    Take(school.administrator, "PeopleService.RegisterPerson", person, &registered);
    const std::string person_id = registered.person_id();
    v1::CorrectPersonRequest person_corrected;
    person_corrected.set_person_id(person_id);
    person_corrected.set_name(school.Typed("somebody known better"));
    Take(school.administrator, "PeopleService.CorrectPerson", person_corrected);
    v1::GrantRoleRequest grant;
    grant.set_person_id(person_id);
    grant.set_role(events::ROLE_SENIOR_LEADERSHIP);
    Take(school.administrator, "PeopleService.GrantRole", grant);
    v1::EndRoleRequest end;
    end.set_person_id(person_id);
    end.set_role(events::ROLE_SENIOR_LEADERSHIP);
    Take(school.administrator, "PeopleService.EndRole", end);
    v1::AssignLineManagerRequest managed;
    managed.set_person_id(person_id);
    managed.set_line_manager_id(school.manager.id);
    Take(school.administrator, "PeopleService.AssignLineManager", managed);
    v1::RecordLeavingRequest leaving;
    leaving.set_person_id(person_id);
    leaving.set_reason(school.Typed("moves away"));
    Take(school.administrator, "PeopleService.RecordLeaving", leaving);
    v1::ConfirmProfileReviewRequest reviewed;
    reviewed.mutable_reviewed_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) - 3600);
    Take(school.colleague, "PeopleService.ConfirmProfileReview", reviewed);

    // Far ahead, so that nothing else of this school is touched.
    const int64_t ahead = absl::ToUnixSeconds(absl::Now() + absl::Hours(1000));
    v1::RecordHeadAbsenceRequest absence;
    absence.mutable_from_time()->set_seconds(ahead);
    absence.set_deputy_id(school.deputy.id);
    absence.set_reason(school.Typed("training"));
    v1::RecordHeadAbsenceResponse absent;
    Take(school.head, "AbsenceService.RecordHeadAbsence", absence, &absent);
    v1::EndHeadAbsenceRequest back;
    back.set_absence_id(absent.absence_id());
    back.mutable_end_time()->set_seconds(ahead + 7200);
    Take(school.deputy, "AbsenceService.EndHeadAbsence", back);

    v1::ReportIncidentRequest report = Report(school);
    report.set_to_line_manager(true);
    v1::ReportIncidentResponse reported;
    Take(school.teacher, "IncidentService.ReportIncident", report, &reported);
    const std::string& case_ref = reported.case_ref();
    const std::string upload_id = UploadWhole(school.teacher, school, case_ref, Png("once"));
    Take(school.teacher, "EvidenceService.FileEvidence", ScreenPrint(school, case_ref, upload_id));
    TakeWordsOfEvidence(school, case_ref, upload_id);
    v1::AcknowledgeReceiptRequest acknowledge;
    acknowledge.set_case_ref(case_ref);
    acknowledge.set_message_to_reporter(school.Typed("thank you"));
    Take(school.manager, "IncidentService.AcknowledgeReceipt", acknowledge);
    v1::EscalateCaseRequest escalate;
    escalate.set_case_ref(case_ref);
    escalate.set_reasons(school.Typed("threats"));
    Take(school.manager, "EscalationService.EscalateCase", escalate);
    v1::SeekAdviceRequest seek;
    seek.set_case_ref(case_ref);
    seek.set_asked_of(school.Typed("Lancashire Safeguarding"));
    seek.set_channel(school.Typed("telephone"));
    seek.set_question(school.Typed("may we speak to the parents"));
    Take(school.head, "EscalationService.SeekAdvice", seek);
    v1::RecordAdviceRequest advice;
    advice.set_case_ref(case_ref);
    advice.set_adviser_name(school.Typed("the duty officer"));
    advice.set_adviser_role(school.Typed("duty officer"));
    advice.set_advice(school.Typed("not yet"));
    advice.set_may_proceed(events::MAY_PROCEED_LIMITED);
    Take(school.head, "EscalationService.RecordAdvice", advice);
    v1::ReportIncidentRequest material = Report(school);
    material.set_kind(events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
    material.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
    v1::ReportIncidentResponse received;
    Take(school.teacher, "IncidentService.ReportIncident", material, &received);
    v1::HandOverRecipientRequest hand_over;
    hand_over.set_case_ref(received.case_ref());
    hand_over.set_to_person_id(school.deputy.id);
    hand_over.set_reasons(school.Typed("away from tomorrow"));
    Take(school.head, "EscalationService.HandOverRecipient", hand_over);
    v1::DeclareConflictRequest conflict;
    conflict.set_case_ref(received.case_ref());
    conflict.set_person_id(school.deputy.id);
    conflict.set_reasons(school.Typed("a cousin"));
    Take(school.head, "EscalationService.DeclareConflict", conflict);
    v1::ReportIncidentRequest of_a_name = Report(school);
    of_a_name.mutable_parties(1)->clear_person_id();
    of_a_name.mutable_parties(1)->set_name(school.NameOf("stranger"));
    of_a_name.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
    const auto named = school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, of_a_name);
    v1::SettleNameRequest settle;
    settle.set_case_ref(named.response.case_ref());
    settle.set_open_name(school.NameOf("stranger"));
    settle.set_reasons(school.Typed("somebody else"));
    Take(school.head, "EscalationService.SettleName", settle);
    v1::RecordPoliceDecisionRequest police;
    police.set_case_ref(case_ref);
    police.set_choice(events::POLICE_CHOICE_NOT_YET);
    police.set_statement(school.Typed("I want to think"));
    Take(school.teacher, "CaseService.RecordPoliceDecision", police);
    Take(school.head, "CaseService.AddNote", Note(school, case_ref, "told the teacher"));
    v1::CorrectEntryRequest correct;
    correct.set_case_ref(case_ref);
    correct.set_corrected_revision(1);
    correct.set_correction(school.Typed("it was a Thursday"));
    correct.set_reasons(school.Typed("a slip"));
    Take(school.teacher, "CaseService.CorrectEntry", correct);
    Take(school.head, "ReferralService.ReferCase", Referral(school, case_ref));
    v1::AcknowledgeReferralRequest taken;
    taken.set_case_ref(case_ref);
    taken.set_reference("LS-2291");
    Take(school.officer, "ReferralService.AcknowledgeReferral", taken);
    v1::RecordReferralOutcomeRequest outcome;
    outcome.set_case_ref(case_ref);
    outcome.set_outcome(events::REFERRAL_OUTCOME_SUBSTANTIATED);
    outcome.set_reasons(school.Typed("established"));
    Take(school.officer, "ReferralService.RecordReferralOutcome", outcome);
    TakeReferralProgress(school, case_ref);
    TakeResponses(school, case_ref);
    TakeDisagreement(school, case_ref);
    TakeDecisions(school, case_ref);
    v1::CloseCaseRequest close;
    close.set_case_ref(case_ref);
    close.set_wishes_followed(true);
    close.set_conclusion(school.Typed("dealt with"));
    Take(school.head, "CaseService.CloseCase", close);
    v1::ReopenCaseRequest reopen;
    reopen.set_case_ref(case_ref);
    reopen.set_reasons(school.Typed("it has begun again"));
    Take(school.head, "CaseService.ReopenCase", reopen);

    v1::SuspectIndecentImageRequest suspect;
    suspect.set_case_ref(case_ref);
    suspect.set_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
    suspect.set_where_found(school.Typed("a shared folder"));
    Take(school.teacher, "CaseService.SuspectIndecentImage", suspect);
    v1::RecordPoliceInformedRequest informed;
    informed.set_case_ref(case_ref);
    informed.mutable_informed_at()->set_date("2025-03-14");
    informed.set_channel(events::POLICE_CHANNEL_101);
    Take(school.teacher, "CaseService.RecordPoliceInformed", informed);
    v1::RecordPreservationStepRequest preserved;
    preserved.set_case_ref(case_ref);
    preserved.mutable_done_at()->set_date("2025-03-14");
    preserved.set_step(school.Typed("switched off"));
    Take(school.head, "CaseService.RecordPreservationStep", preserved);
    v1::RecordPoliceReleaseRequest released;
    released.set_case_ref(case_ref);
    released.set_officer(school.Typed("an officer"));
    released.set_reference(school.Typed("LC-1"));
    released.set_scope(school.Typed("all of it"));
    Take(school.head, "CaseService.RecordPoliceRelease", released);
  }

  static void TakeReferralProgress(const School& school, const std::string& case_ref) {
    v1::PrepareReferralSectionRequest section;
    section.set_case_ref(case_ref);
    section.set_section(events::REFERRAL_SECTION_THRESHOLD);
    events::ReferralField& field = *section.add_fields();
    field.set_name("limbs");
    field.set_text(school.Typed("a risk"));
    Take(school.head, "ReferralService.PrepareReferralSection", section);
    v1::RecordReferralSubmittedRequest submitted;
    submitted.set_case_ref(case_ref);
    submitted.set_form_reference("LCC-5501");
    Take(school.head, "ReferralService.RecordReferralSubmitted", submitted);
    v1::RecordReferralAdviceRequest advice;
    advice.set_case_ref(case_ref);
    advice.set_advice(school.Typed("handle it"));
    Take(school.officer, "ReferralService.RecordReferralAdvice", advice);
    v1::RequestMoreInformationRequest asked;
    asked.set_case_ref(case_ref);
    asked.set_question(school.Typed("who else"));
    Take(school.officer, "ReferralService.RequestMoreInformation", asked);
    v1::GiveMoreInformationRequest given;
    given.set_case_ref(case_ref);
    given.set_information(school.Typed("nobody"));
    Take(school.head, "ReferralService.GiveMoreInformation", given);
    v1::RecordThresholdMetRequest met;
    met.set_case_ref(case_ref);
    met.set_reasons(school.Typed("a risk"));
    Take(school.officer, "ReferralService.RecordThresholdMet", met);
    v1::RecordReferralMeetingRequest meeting;
    meeting.set_case_ref(case_ref);
    meeting.set_meeting(events::REFERRAL_MEETING_STRATEGY_DISCUSSION);
    meeting.set_number(1);
    meeting.mutable_held_at()->set_date("2025-03-14");
    meeting.set_attendees("the school");
    meeting.set_actions(school.Typed("the police look into it"));
    Take(school.head, "ReferralService.RecordReferralMeeting", meeting);
    v1::OpenReferralStrandRequest strand;
    strand.set_case_ref(case_ref);
    strand.set_strand(events::REFERRAL_STRAND_EMPLOYER);
    Take(school.head, "ReferralService.OpenReferralStrand", strand);
    v1::RecordStrandOutcomeRequest outcome;
    outcome.set_case_ref(case_ref);
    outcome.set_strand(events::REFERRAL_STRAND_EMPLOYER);
    outcome.set_outcome(events::REFERRAL_OUTCOME_UNFOUNDED);
    outcome.set_reasons(school.Typed("no basis"));
    Take(school.head, "ReferralService.RecordStrandOutcome", outcome);
    v1::RecordClosingActionRequest action;
    action.set_case_ref(case_ref);
    action.set_action(events::CLOSING_ACTION_LESSONS);
    action.set_decision(events::CLOSING_DECISION_TAKEN);
    action.set_details(school.Typed("look at accounts"));
    Take(school.head, "ReferralService.RecordClosingAction", action);
    v1::CloseReferralRequest closed;
    closed.set_case_ref(case_ref);
    closed.set_summary(school.Typed("unfounded"));
    Take(school.officer, "ReferralService.CloseReferral", closed);
    Take(school.head, "ReferralService.ReferCase", Referral(school, case_ref));
    v1::WithdrawReferralRequest withdrawn;
    withdrawn.set_case_ref(case_ref);
    withdrawn.set_reasons(school.Typed("the wrong child"));
    Take(school.head, "ReferralService.WithdrawReferral", withdrawn);
  }

  static void TakeResponses(const School& school, const std::string& case_ref) {
    v1::RecordPoliceReportRequest reported;
    reported.set_case_ref(case_ref);
    reported.set_ground(events::POLICE_GROUND_IMMEDIATE_DANGER);
    reported.mutable_reported_at()->set_date("2025-03-14");
    reported.set_how("by 999");
    reported.set_reasons(school.Typed("threats"));
    Take(school.head, "ResponseService.RecordPoliceReport", reported);
    v1::RecordDutyNotificationRequest notified;
    notified.set_case_ref(case_ref);
    notified.set_recipient(events::DUTY_RECIPIENT_POLICE);
    notified.mutable_notified_at()->set_date("2025-03-14");
    notified.set_how("orally");
    Take(school.teacher, "ResponseService.RecordDutyNotification", notified);
    v1::RecordProviderReportRequest provider;
    provider.set_case_ref(case_ref);
    provider.set_platform("a network");
    provider.mutable_reported_at()->set_date("2025-03-14");
    provider.set_details(school.Typed("to take it down"));
    Take(school.teacher, "ResponseService.RecordProviderReport", provider);
    v1::RecordProviderOutcomeRequest answered;
    answered.set_case_ref(case_ref);
    answered.set_outcome(events::PROVIDER_OUTCOME_NO_ANSWER);
    answered.mutable_known_at()->set_date("2025-03-14");
    Take(school.head, "ResponseService.RecordProviderOutcome", answered);
    v1::RecordContentRemovedRequest removed;
    removed.set_case_ref(case_ref);
    removed.set_platform("a network");
    removed.mutable_removed_at()->set_date("2025-03-14");
    Take(school.head, "ResponseService.RecordContentRemoved", removed);
    v1::OfferSupportRequest support;
    support.set_case_ref(case_ref);
    support.set_to_whom(school.Typed("the teacher"));
    support.set_support(school.Typed("a talk"));
    support.set_answer(events::SUPPORT_ANSWER_ACCEPTED);
    Take(school.head, "ResponseService.OfferSupport", support);
    v1::RecordExternalBodyInformedRequest informed;
    informed.set_case_ref(case_ref);
    informed.set_body(events::EXTERNAL_BODY_DIOCESE);
    informed.set_name("the diocese");
    informed.mutable_informed_at()->set_date("2025-03-14");
    informed.set_how("by letter");
    informed.set_summary(school.Typed("a post names it"));
    Take(school.head, "ResponseService.RecordExternalBodyInformed", informed);
    v1::LogContactRequest contact;
    contact.set_case_ref(case_ref);
    contact.set_whom(events::CONTACT_WITH_PARENT);
    contact.set_name(school.Typed("a parent"));
    contact.set_channel(events::CONTACT_CHANNEL_LETTER);
    contact.mutable_contacted_at()->set_date("2025-03-14");
    contact.set_summary(school.Typed("they will come"));
    Take(school.head, "ResponseService.LogContact", contact);
  }

  static void TakeDisagreement(const School& school, const std::string& case_ref) {
    v1::RaiseDisagreementRequest raise;
    raise.set_case_ref(case_ref);
    raise.set_disputed_revision(1);
    raise.set_reasons(school.Typed("not safe"));
    Take(school.head, "DisagreementService.RaiseDisagreement", raise);
    v1::EscalateDisagreementRequest escalate;
    escalate.set_case_ref(case_ref);
    escalate.set_stage(2);
    escalate.set_to_whom("the service manager");
    Take(school.officer, "DisagreementService.EscalateDisagreement", escalate);
    v1::ResolveDisagreementRequest resolve;
    resolve.set_case_ref(case_ref);
    resolve.set_how(school.Typed("settled"));
    Take(school.head, "DisagreementService.ResolveDisagreement", resolve);
  }

  static void TearDownTestSuite() {
    delete steps_;
    steps_ = nullptr;
  }

  static const std::vector<Step>& Steps() { return *steps_; }

  // Nothing ever refuses a referral, and so not its request id.
  static bool IsReferral(const Step& step) {
    return step.method->name() == "ReferCase" || step.method->name() == "RecordReferralSubmitted";
  }

  static WireAnswer Send(const Step& step, const Person& caller, const Message& request) {
    return CallAny(caller, step.method->full_name(), request.SerializeAsString());
  }

  static void ExpectTheFirstAnswerAgain(const Step& step) {
    const WireAnswer answer = Send(step, *step.caller, *step.request);
    ASSERT_THAT(answer, IsAnswered());
    const std::unique_ptr<Message> response = NewMessage(step.method->output_type());
    ASSERT_TRUE(response->ParseFromString(answer.messages.at(0)));
    EXPECT_NE(ReceiptOf(*response).leaf_hashes_size(), 0) << "nothing was recorded";
    EXPECT_EQ(Lasting(*response), Lasting(*step.response));
  }

  static void ExpectOtherContentRefused(const Step& step) {
    EXPECT_THAT(Send(step, *step.caller, *WithOtherContent(*step.request)),
                IsRefused(grpc::ALREADY_EXISTS, "R-REQUEST-ID-REUSED"));
  }

 private:
  template <class Request>
  static void Take(const Person& caller, const std::string& method, Request request,
                   Message* response = nullptr) {
    request.set_request_id(NewRequestId());
    Step step;
    step.method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        "wardbook.v1." + method);
    step.caller = &caller;
    step.request = std::make_unique<Request>(request);
    step.response = NewMessage(step.method->output_type());
    const WireAnswer answer = Send(step, caller, request);
    ASSERT_THAT(answer, IsAnswered()) << method;
    ASSERT_TRUE(step.response->ParseFromString(answer.messages.at(0)));
    if (response != nullptr) response->CopyFrom(*step.response);
    steps_->push_back(std::move(step));
  }

  static void TakeWordsOfEvidence(const School& school, const std::string& case_ref,
                                  const std::string& evidence_id) {
    const std::string whole = UploadWhole(school.teacher, school, case_ref, Png("whole"));
    Take(school.teacher, "EvidenceService.FileEvidence", ScreenPrint(school, case_ref, whole));
    v1::AnnotateEvidenceRequest annotate;
    annotate.set_case_ref(case_ref);
    annotate.set_evidence_id(evidence_id);
    annotate.set_annotation(school.Typed("the date is American"));
    Take(school.teacher, "EvidenceService.AnnotateEvidence", annotate);
    v1::SupersedeEvidenceRequest supersede;
    supersede.set_case_ref(case_ref);
    supersede.set_superseded_id(evidence_id);
    supersede.set_evidence_id(whole);
    supersede.set_reasons(school.Typed("the first was cut off"));
    Take(school.teacher, "EvidenceService.SupersedeEvidence", supersede);
    v1::AttestOriginalRequest attest;
    attest.set_case_ref(case_ref);
    attest.set_evidence_id(whole);
    attest.set_kept_where(school.Typed("on my phone"));
    Take(school.teacher, "EvidenceService.AttestOriginal", attest);
  }

  // What leadership decides between the report and the closing.
  static void TakeDecisions(const School& school, const std::string& case_ref) {
    v1::UpdateWishesRequest wishes;
    wishes.set_case_ref(case_ref);
    wishes.set_wishes(school.Typed("that they say sorry"));
    Take(school.teacher, "IncidentService.UpdateWishes", wishes);
    v1::ClassifyCaseRequest classify;
    classify.set_case_ref(case_ref);
    classify.set_cyber_bullying(events::CYBER_BULLYING_ANSWER_NO);
    classify.set_reasons(school.Typed("a breach"));
    classify.add_breached_clauses(events::BREACH_CLAUSE_P09_DISCLOSURE);
    Take(school.head, "InvestigationService.ClassifyCase", classify);
    v1::AssessDataBreachRequest assess;
    assess.set_case_ref(case_ref);
    assess.set_assessment(events::DATA_BREACH_ASSESSMENT_NOT_REPORTABLE);
    assess.set_reasons(school.Typed("one first name"));
    Take(school.head, "InvestigationService.AssessDataBreach", assess);
    v1::RecordBarringOutcomeRequest barring;
    barring.set_case_ref(case_ref);
    barring.set_outcome(events::BARRING_OUTCOME_NOT_BARRED);
    barring.set_person_name(school.Typed("the colleague"));
    barring.mutable_decided_at()->set_date("2025-03-14");
    Take(school.head, "InvestigationService.RecordBarringOutcome", barring);
    v1::RaiseSuitabilityQuestionRequest question;
    question.set_case_ref(case_ref);
    question.set_reasons(school.Typed("the third time"));
    Take(school.head, "InvestigationService.RaiseSuitabilityQuestion", question);
    v1::DecideHarmThresholdRequest threshold;
    threshold.set_case_ref(case_ref);
    threshold.set_threshold(events::HARM_THRESHOLD_CONDUCT_ONLY);
    threshold.set_reasons(school.Typed("no child was part of it"));
    threshold.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Take(school.head, "InvestigationService.DecideHarmThreshold", threshold);
    v1::BarInvestigationRequest bar;
    bar.set_case_ref(case_ref);
    bar.set_barred_by(events::INVESTIGATION_BAR_POLICE);
    bar.set_officer(school.Typed("an officer"));
    bar.set_reference("LC-2");
    bar.set_instruction(school.Typed("speak to nobody"));
    Take(school.head, "InvestigationService.BarInvestigation", bar);
    v1::StartInvestigationRequest start;
    start.set_case_ref(case_ref);
    start.set_scope(school.Typed("who wrote it"));
    start.set_bar_lifted_how(school.Typed("they rang"));
    Take(school.head, "InvestigationService.StartInvestigation", start);
    v1::RecordInvestigationStepRequest step;
    step.set_case_ref(case_ref);
    step.set_kind(events::INVESTIGATION_STEP_KIND_INTERVIEW);
    step.mutable_done_at()->set_date("2025-03-14");
    step.set_what(school.Typed("they wrote it"));
    Take(school.head, "InvestigationService.RecordInvestigationStep", step);
    v1::RecordFindingRequest finding;
    finding.set_case_ref(case_ref);
    finding.set_finding(events::FINDING_BREACH);
    finding.set_reasons(school.Typed("they wrote it"));
    finding.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Take(school.head, "InvestigationService.RecordFinding", finding);
    v1::RecordDisciplinaryDecisionRequest discipline;
    discipline.set_case_ref(case_ref);
    discipline.set_decision(events::DISCIPLINARY_DECISION_REFER);
    discipline.set_reasons(school.Typed("it is serious"));
    discipline.set_wishes_treatment(events::WISHES_TREATMENT_FOLLOWED);
    Take(school.head, "InvestigationService.RecordDisciplinaryDecision", discipline);
    v1::RecordDisciplinaryReferenceRequest reference;
    reference.set_case_ref(case_ref);
    reference.set_procedure("Disciplinary Procedure");
    reference.set_stage("Hearing");
    reference.set_reference("HR-4");
    Take(school.head, "InvestigationService.RecordDisciplinaryReference", reference);
    v1::InformGoverningBodyRequest inform;
    inform.set_case_ref(case_ref);
    inform.set_summary("a breach is being dealt with");
    Take(school.head, "InvestigationService.InformGoverningBody", inform);
    v1::RecordGoverningBodyActionRequest action;
    action.set_case_ref(case_ref);
    action.set_minute_reference("3 June, item 7");
    Take(school.head, "InvestigationService.RecordGoverningBodyAction", action);
  }

  static std::vector<Step>* steps_;
};

std::vector<Step>* RequestId::steps_ = nullptr;

// The services of the case and of the register of people, whole.
TEST_F(RequestId, EveryMutationOfTheseServicesIsTestedHere) {
  std::set<std::string> tested;
  std::set<const google::protobuf::ServiceDescriptor*> services;
  for (const Step& step : Steps()) {
    tested.insert(step.method->full_name());
    services.insert(step.method->service());
  }
  std::set<std::string> served;
  for (const MethodDescriptor* method : ServedMethods(Oakfield().head)) {
    if (services.contains(method->service()) &&
        method->input_type()->FindFieldByName("request_id") != nullptr) {
      served.insert(method->full_name());
    }
  }
  EXPECT_EQ(tested, served);
}

TEST_F(RequestId, TheSameContentGetsTheSameReceiptAndRecordsNothing) {
  const NothingIsRecorded nothing;
  for (const Step& step : Steps()) {
    SCOPED_TRACE(step.method->full_name());
    ExpectTheFirstAnswerAgain(step);
  }
}

TEST_F(RequestId, OtherContentIsRefused) {
  const NothingIsRecorded nothing;
  for (const Step& step : Steps()) {
    SCOPED_TRACE(step.method->full_name());
    if (!IsReferral(step)) ExpectOtherContentRefused(step);
  }
}

TEST_F(RequestId, AReferralWithOtherContentIsTakenAsAnotherOne) {
  for (const Step& step : Steps()) {
    if (!IsReferral(step)) continue;
    const uint64_t before = Oakfield().head.Head().size;
    const WireAnswer answer = Send(step, *step.caller, *WithOtherContent(*step.request));
    ASSERT_THAT(answer, IsAnswered());
    const std::unique_ptr<Message> response = NewMessage(step.method->output_type());
    ASSERT_TRUE(response->ParseFromString(answer.messages.at(0)));
    const auto& receipt = dynamic_cast<const v1::Receipt&>(response->GetReflection()->GetMessage(
        *response, response->GetDescriptor()->FindFieldByName("receipt")));
    EXPECT_EQ(receipt.position(), before);
    ExpectTheFirstAnswerAgain(step);
  }
}

// That the id is taken is told to whoever could have made the request; who could
// not is told that instead.
TEST_F(RequestId, TheSameContentOfSomebodyElseIsRefused) {
  const NothingIsRecorded nothing;
  for (const Step& step : Steps()) {
    if (IsReferral(step)) continue;
    SCOPED_TRACE(step.method->full_name());
    const WireAnswer answer = Send(step, Oakfield().lead, *step.request);
    const std::string& name = step.method->name();
    if (name == "FileEvidence") {
      EXPECT_THAT(answer, IsRefused(grpc::NOT_FOUND, "R-NO-SUCH-UPLOAD"));
    } else if (name == "RecordHeadAbsence" || name == "EndHeadAbsence") {
      EXPECT_THAT(answer, IsRefused(grpc::PERMISSION_DENIED, "R-ABSENCE", "P39"));
    } else if (name == "GrantRole" || name == "EndRole" || name == "AssignLineManager" ||
               name == "RecordLeaving" || name == "CorrectPerson") {
      EXPECT_THAT(answer, IsRefused(grpc::PERMISSION_DENIED, "R-ROLE"));
    } else {
      EXPECT_THAT(answer, IsRefused(grpc::ALREADY_EXISTS, "R-REQUEST-ID-REUSED"));
    }
  }
}

TEST_F(RequestId, AnotherCommandWithItIsRefused) {
  const std::string case_ref = ReportCase(Oakfield()).case_ref();
  const NothingIsRecorded nothing;
  for (const Step& step : Steps()) {
    SCOPED_TRACE(step.method->full_name());
    v1::AddNoteRequest note = Note(Oakfield(), case_ref, "with an old id");
    note.set_request_id(step.request->GetReflection()->GetString(
        *step.request, step.request->GetDescriptor()->FindFieldByName("request_id")));
    EXPECT_THAT(Oakfield().teacher.Call(&v1::CaseService::Stub::AddNote, note),
                IsRefused(grpc::ALREADY_EXISTS, "R-REQUEST-ID-REUSED"));
  }
}

TEST_F(RequestId, SurvivesThatTheServerIsKilled) {
  const checkpoint::Checkpoint before = Oakfield().head.Head();
  Server().Kill();
  ASSERT_OK(Server().Restart());
  EXPECT_EQ(Oakfield().head.Head(), before);
  const NothingIsRecorded nothing;
  for (const Step& step : Steps()) {
    SCOPED_TRACE(step.method->full_name());
    ExpectTheFirstAnswerAgain(step);
    if (!IsReferral(step)) ExpectOtherContentRefused(step);
  }
}

// Nobody can know whether a request was recorded whose answer got lost with the
// server; sent again, it is recorded once.
TEST_F(RequestId, ARequestWhoseAnswerWasLostIsRecordedOnce) {
  constexpr int kWriters = 4;
  // When so many are answered, the writers are well under way.
  constexpr int kAnswersBeforeTheKill = 40;
  const School& school = Oakfield();
  struct Writer {
    std::string case_ref;
    std::vector<v1::AddNoteRequest> sent;
    std::thread thread;
  };
  std::vector<Writer> writers(kWriters);
  absl::BlockingCounter answers(kAnswersBeforeTheKill);
  std::atomic<int> counted = 0;
  for (Writer& writer : writers) {
    writer.case_ref = ReportCase(school).case_ref();
    writer.thread = std::thread([&] {
      for (;;) {
        writer.sent.push_back(
            Note(school, writer.case_ref, absl::StrCat("note ", writer.sent.size())));
        const auto answer =
            school.teacher.Call(&v1::CaseService::Stub::AddNote, writer.sent.back());
        if (!answer.ok()) return;
        if (++counted <= kAnswersBeforeTheKill) answers.DecrementCount();
      }
    });
  }
  answers.Wait();
  Server().Kill();
  for (Writer& writer : writers) writer.thread.join();
  ASSERT_OK(Server().Restart());

  for (const Writer& writer : writers) {
    for (const v1::AddNoteRequest& note : writer.sent) {
      ASSERT_THAT(school.teacher.Call(&v1::CaseService::Stub::AddNote, note), IsAnswered());
    }
    const v1::CaseFile file = Open(school.head, writer.case_ref);
    ASSERT_EQ(static_cast<size_t>(file.timeline_size()), writer.sent.size() + 1);
    for (size_t i = 0; i < writer.sent.size(); ++i) {
      EXPECT_EQ(file.timeline(static_cast<int>(i) + 1).event().note_added().text(),
                writer.sent[i].text());
    }
  }
}

}  // namespace
}  // namespace wardbook::e2e
