#include "tests/bench/case_histories.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "services/casework/domain/case_for_test.h"
#include "services/runtime/event_codec.h"

namespace wardbook::bench {
namespace {

using namespace wardbook::casework;  // The words of cases are used in every line.
using CaseEvent = wardbook::events::v1::CaseEvent;

// About what people write in a report, and in a note between two telephone calls.
constexpr size_t kReportBytes = 600;
constexpr size_t kNoteBytes[] = {180, 420, 260, 900, 330, 640};

std::string TextOf(size_t bytes) {
  static constexpr absl::string_view kSentences =
      "They came to the office after break and told me what had been written about them. We "
      "looked at it together and I wrote down when it was seen and where. They would like it to "
      "be taken down and do not want a meeting this week. I rang home at four and nobody "
      "answered; I will try again in the morning before registration. ";
  std::string text;
  while (text.size() < bytes) absl::StrAppend(&text, kSentences);
  text.resize(bytes);
  return text;
}

HistoryEvent::Actor ActorOf(const kernel::Actor& actor) {
  if (actor.person == kHead.person) return HistoryEvent::Actor::kHead;
  if (actor.person == kOfficer.person) return HistoryEvent::Actor::kOfficer;
  return HistoryEvent::Actor::kTeacher;
}

// Thread-compatible.
class HistoryMaker {
 public:
  template <class Command>
  HistoryMaker& Do(const Command& command) {
    const CaseDecision decision = Decide(state_, command);
    const auto* events = std::get_if<std::vector<CaseEvent>>(&decision);
    if (events == nullptr || events->empty()) {
      std::fprintf(stderr, "step %zu of a history was refused: %s\n", history_.size(),
                   Describe(decision).c_str());
      std::exit(1);
    }
    HistoryStep step;
    for (const CaseEvent& event : *events) {
      Happen(state_, event, command.by.actor);
      runtime::EncodedEvent encoded = runtime::EncodeEvent(event);
      step.push_back(
          {ActorOf(command.by.actor), std::move(encoded.type), std::move(encoded.bytes)});
    }
    history_.push_back(std::move(step));
    return *this;
  }

  HistoryMaker& Notes(int count) {
    for (int i = 0; i < count; ++i) {
      AddNote note = WholeNote(i % 3 == 2 ? kTeacher : kHead);
      note.text = TextOf(kNoteBytes[notes_++ % std::size(kNoteBytes)]);
      Do(note);
    }
    return *this;
  }

  CaseHistory Take() { return std::move(history_); }

 private:
  CaseState state_;
  CaseHistory history_;
  size_t notes_ = 0;
};

ReportIncident Report() {
  ReportIncident report = WholeReport();
  report.what_happened = TextOf(kReportBytes);
  report.parties = {NamedParty(wardbook::events::v1::CAPACITY_TARGET, "Sam Invented")};
  return report;
}

CaseHistory SettledInSchool() {
  HistoryMaker maker;
  maker.Do(Report()).Do(WholeAcknowledgement()).Notes(3).Do(WholeContact()).Do(WholeSupport());
  maker.Do(WholeProviderReport()).Notes(2).Do(WholeProviderOutcome()).Do(WholeRemoval());
  return maker.Notes(2).Do(WholeClosing()).Take();
}

CaseHistory Escalated() {
  HistoryMaker maker;
  maker.Do(Report()).Do(WholeAcknowledgement()).Notes(4).Do(WholePoliceDecision());
  maker.Do(WholeEscalation()).Do(WholeQuestion()).Notes(2).Do(WholeAdvice());
  maker.Do(WholeContact()).Do(WholeSupport()).Notes(5).Do(WholeContact()).Notes(4);
  return maker.Do(WholeCorrection()).Notes(2).Do(WholeClosing()).Take();
}

CaseHistory Referred() {
  HistoryMaker maker;
  maker.Do(Report()).Do(WholeAcknowledgement()).Notes(3).Do(WholeEscalation());
  maker.Do(WholeQuestion()).Do(WholeAdvice()).Notes(2).Do(WholeReferral());
  maker.Do(WholeReferralAcknowledgement()).Notes(4).Do(WholeContact()).Do(WholeSupport());
  maker.Notes(6).Do(WholeProviderReport()).Do(WholeProviderOutcome()).Do(WholeOutcome());
  return maker.Notes(5).Do(WholeClosing()).Take();
}

}  // namespace

std::vector<CaseHistory> MakeCaseHistories() {
  // Most are settled in the school.
  return {SettledInSchool(), SettledInSchool(), Escalated(), SettledInSchool(), Referred()};
}

HistoryEvent MakeNote(size_t bytes) {
  AddNote note = WholeNote();
  note.text = TextOf(bytes);
  CaseState state;
  state = Then(std::move(state), Decide(state, Report()), kTeacher);
  const auto decision = Decide(state, note);
  runtime::EncodedEvent encoded =
      runtime::EncodeEvent(std::get<std::vector<CaseEvent>>(decision).front());
  return {HistoryEvent::Actor::kHead, std::move(encoded.type), std::move(encoded.bytes)};
}

}  // namespace wardbook::bench
