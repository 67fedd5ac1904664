// Classifying, investigating and deciding cases.

#include <memory>
#include <string>

#include "clients/cli/case_summary.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/when.h"
#include "wardbook/v1/investigation_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::InvestigationService;

// A command whose answer is one sentence and what the policy still asks for.
template <class Request, class Response>
Command<Request> AddDecision(Program& program, CLI::App& noun, const std::string& verb,
                             const std::string& description,
                             Method<InvestigationService::Stub, Request, Response> method,
                             const char* sentence) {
  const auto command =
      AddMutation(program, noun, verb, description, method,
                  [sentence](const Request& request, const Response& response, Screen& screen) {
                    // The receipt says then that nothing changed.
                    if (!response.receipt().leaf_hashes().empty()) {
                      screen.Line("Case ", request.case_ref(), ": ", sentence);
                    }
                    ShowRemainingSteps(response.remaining_steps(), screen);
                  });
  command.Case();
  return command;
}

template <class Request>
void AddReasons(const Command<Request>& command) {
  command.Text("reasons", command.request().mutable_reasons(), "Why", Need::kRequired);
}

// --wishes-followed or --wishes-not-followed with --wishes-reasons.
template <class Request>
void AddWishes(const Command<Request>& command) {
  Request& request = command.request();
  CLI::Option_group& wishes = *command.app().add_option_group("Wishes");
  wishes.require_option(1);
  wishes.add_flag_callback(
      "--wishes-followed",
      [&request] { request.set_wishes_treatment(events::v1::WISHES_TREATMENT_FOLLOWED); },
      "The decision does what the reporter wishes");
  wishes.add_flag_callback(
      "--wishes-not-followed",
      [&request] { request.set_wishes_treatment(events::v1::WISHES_TREATMENT_DEPARTED); },
      "It does not; say why with --wishes-reasons");
  command.Text("wishes-reasons", request.mutable_wishes_reasons(),
               "Why the wishes are not followed", Need::kOptional);
}

void AddClassify(Program& program, CLI::App& noun) {
  const auto classify = AddDecision(program, noun, "classify", "Say what the incident is",
                                    &InvestigationService::Stub::ClassifyCase, "classified.");
  v1::ClassifyCaseRequest& request = classify.request();
  classify.Word<events::v1::CyberBullyingAnswer>(
      "--cyber-bullying", [&request](auto answer) { request.set_cyber_bullying(answer); },
      "Is it cyber-bullying as the policy defines it", Need::kRequired);
  classify.Words<events::v1::Technology>(
      "--technology", [&request](auto technology) { request.add_technologies(technology); },
      "The technology used");
  classify.Words<events::v1::BullyingConduct>(
      "--conduct", [&request](auto conduct) { request.add_conduct(conduct); }, "What it does");
  classify.Line("--target", request.mutable_target(), "The individual against whom it is done",
                Need::kOptional);
  classify.Text("power", request.mutable_power_and_control(),
                "How it is an attempt to gain power and control", Need::kOptional);
  classify.Words<events::v1::BreachClause>(
      "--clause", [&request](auto clause) { request.add_breached_clauses(clause); },
      "A clause of the code of conduct that was breached");
  AddReasons(classify);
}

void AddStart(Program& program, CLI::App& noun) {
  const auto start =
      AddDecision(program, noun, "start", "Start an investigation",
                  &InvestigationService::Stub::StartInvestigation, "the investigation is started.");
  v1::StartInvestigationRequest& request = start.request();
  start.Text("scope", request.mutable_scope(), "What is investigated", Need::kRequired);
  start.Person("--investigator", "Who investigates; you if not given", Need::kOptional,
               [&request](const PersonId& person) { request.set_investigator_id(person.Hex()); });
  start.Line("--bar-lifted", request.mutable_bar_lifted_how(),
             "Who lifted the bar and how they made it known", Need::kOptional);
  start.Line("--replaces-because", request.mutable_replaces_why(),
             "Why this investigator takes over from the one before", Need::kOptional);
}

void AddStep(Program& program, CLI::App& noun) {
  const auto step =
      AddDecision(program, noun, "step", "Record a step of the investigation",
                  &InvestigationService::Stub::RecordInvestigationStep, "the step is recorded.");
  v1::RecordInvestigationStepRequest& request = step.request();
  step.Word<events::v1::InvestigationStepKind>(
      "--kind", [&request](auto kind) { request.set_kind(kind); }, "What kind of step",
      Need::kRequired);
  step.Text("what", request.mutable_what(), "What was done and what came of it", Need::kRequired);
  step.Line("--with", request.mutable_with_whom(), "With whom, or whose records", Need::kOptional);
  auto written = std::make_shared<events::v1::LocalDateTime>();
  step.Date("--date", written->mutable_date(), "When it was done", Need::kRequired);
  step.TimeOfDay("--time", written->mutable_time(), "The time of day if it is known",
                 Need::kOptional);
  step.Before([written](v1::RecordInvestigationStepRequest& asked) -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(*asked.mutable_done_at(),
                              ParseLocalDateTime(written->date(), written->time()));
    return absl::OkStatus();
  });
}

void AddFinding(Program& program, CLI::App& noun) {
  const auto finding =
      AddDecision(program, noun, "finding", "Record what was found",
                  &InvestigationService::Stub::RecordFinding, "the finding is recorded.");
  v1::RecordFindingRequest& request = finding.request();
  finding.Word<events::v1::Finding>(
      "--finding", [&request](auto found) { request.set_finding(found); }, "What was found",
      Need::kRequired);
  AddReasons(finding);
  finding.Word<events::v1::AllegationOutcome>(
      "--outcome", [&request](auto outcome) { request.set_allegation_outcome(outcome); },
      "The outcome of an allegation that meets the harm threshold", Need::kOptional);
  AddWishes(finding);
}

void AddBar(Program& program, CLI::App& noun) {
  const auto bar =
      AddDecision(program, noun, "bar", "Record that the school was told not to investigate",
                  &InvestigationService::Stub::BarInvestigation, "the bar is recorded.");
  v1::BarInvestigationRequest& request = bar.request();
  bar.Word<events::v1::InvestigationBar>(
      "--by", [&request](auto by) { request.set_barred_by(by); }, "Who forbids it",
      Need::kRequired);
  bar.Line("--officer", request.mutable_officer(), "The officer who said so", Need::kRequired);
  bar.Line("--reference", request.mutable_reference(), "Their reference", Need::kRequired);
  bar.Text("instruction", request.mutable_instruction(), "What they said", Need::kRequired);
}

}  // namespace

void AddInvestigationCommands(Program& program) {
  CLI::App& noun = program.Noun("investigation", "Classify and investigate cases");
  AddClassify(program, noun);
  AddStart(program, noun);
  AddStep(program, noun);
  AddFinding(program, noun);
  AddBar(program, noun);
}

void AddThresholdCommands(Program& program) {
  CLI::App& noun = program.Noun("threshold", "The harm threshold of a concern about an adult");
  AddReasons(AddDecision(program, noun, "question", "Ask whether a person is still suitable",
                         &InvestigationService::Stub::RaiseSuitabilityQuestion,
                         "the question is recorded."));
  const auto decide =
      AddDecision(program, noun, "decide", "Decide whether the harm threshold is met",
                  &InvestigationService::Stub::DecideHarmThreshold, "the decision is recorded.");
  v1::DecideHarmThresholdRequest& request = decide.request();
  decide.Word<events::v1::HarmThreshold>(
      "--threshold", [&request](auto threshold) { request.set_threshold(threshold); },
      "What is decided", Need::kRequired);
  decide.Words<events::v1::HarmLimb>(
      "--limb", [&request](auto limb) { request.add_limbs(limb); },
      "A limb that is met; at least one where the threshold is met");
  AddReasons(decide);
  AddWishes(decide);
}

void AddDisciplineCommands(Program& program) {
  CLI::App& noun = program.Noun("discipline", "What follows a breach that was found");
  const auto decide = AddDecision(
      program, noun, "decide", "Decide whether it goes to the disciplinary procedure",
      &InvestigationService::Stub::RecordDisciplinaryDecision, "the decision is recorded.");
  decide.Word<events::v1::DisciplinaryDecision>(
      "--decision",
      [&request = decide.request()](auto decision) { request.set_decision(decision); },
      "What is decided", Need::kRequired);
  AddReasons(decide);
  AddWishes(decide);

  const auto reference = AddDecision(
      program, noun, "reference", "Record where the disciplinary procedure stands",
      &InvestigationService::Stub::RecordDisciplinaryReference, "the reference is recorded.");
  v1::RecordDisciplinaryReferenceRequest& request = reference.request();
  reference.Line("--procedure", request.mutable_procedure(), "The procedure's name",
                 Need::kRequired);
  reference.Line("--stage", request.mutable_stage(), "The stage it is at", Need::kRequired);
  reference.Line("--reference", request.mutable_reference(), "Its reference", Need::kRequired);

  const auto barring =
      AddDecision(program, noun, "barring",
                  "Record whether the Disclosure and Barring Service barred somebody (P36)",
                  &InvestigationService::Stub::RecordBarringOutcome, "the outcome is recorded.");
  v1::RecordBarringOutcomeRequest& outcome = barring.request();
  barring.Word<events::v1::BarringOutcome>(
      "--outcome", [&outcome](auto decided) { outcome.set_outcome(decided); }, "What it decided",
      Need::kRequired);
  barring.Line("--person", outcome.mutable_person_name(), "Whom it is about, by name",
               Need::kRequired);
  AddWhen(barring, &v1::RecordBarringOutcomeRequest::mutable_decided_at, Need::kOptional);
  barring.Line("--reference", outcome.mutable_reference(), "Its reference", Need::kOptional);
}

void AddGovernorsCommands(Program& program) {
  CLI::App& noun = program.Noun("governors", "What the Governing Body is told and does");
  const auto inform =
      AddDecision(program, noun, "inform", "Record what the Governing Body was told",
                  &InvestigationService::Stub::InformGoverningBody, "recorded.");
  inform.Line("--summary", inform.request().mutable_summary(),
              "What it was told, in at most 200 characters and without names", Need::kRequired);
  const auto action = AddDecision(
      program, noun, "action", "Record that the Governing Body took action",
      &InvestigationService::Stub::RecordGoverningBodyAction, "the action is recorded.");
  action.Line("--minute", action.request().mutable_minute_reference(), "Where its minutes have it",
              Need::kRequired);
}

void AddDataBreachCommands(Program& program) {
  CLI::App& noun = program.Noun("data-breach", "Disclosures of personal data");
  const auto assess =
      AddDecision(program, noun, "assess", "Assess whether personal data are affected",
                  &InvestigationService::Stub::AssessDataBreach, "the assessment is recorded.");
  v1::AssessDataBreachRequest& request = assess.request();
  assess.Word<events::v1::DataBreachAssessment>(
      "--assessment", [&request](auto assessment) { request.set_assessment(assessment); },
      "What it comes to", Need::kRequired);
  AddReasons(assess);
  assess.Line("--reference", request.mutable_commissioner_reference(),
              "The Information Commissioner's reference", Need::kOptional);
}

}  // namespace wardbook::cli
