// What holds in every history of an entry: random events proposed by random
// people, at random times.

#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/registers/domain/entry_for_test.h"
#include "services/registers/domain/permission_kind.h"
#include "tests/testing/seed.h"

namespace wardbook::registers {
namespace {

// Read before the first property, so that a run can be repeated.
[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

// Which event, whose, and how many hours after the one before.
using Proposed = std::tuple<uint8_t, uint8_t, uint8_t>;

const std::vector<kernel::Actor>& Everybody() {
  static const std::vector<kernel::Actor> everybody = {kTeacher,   kColleague,    kHead,  kDeputy,
                                                       kAssistant, kLead,         kChair, kOfficer,
                                                       kAuditor,   kAdministrator};
  return everybody;
}

const std::vector<RegisterEvent>& AllEvents() {
  static const std::vector<RegisterEvent> all = {
      Request(events::PERMISSION_KIND_WORK_SOCIAL_MEDIA),
      Request(events::PERMISSION_KIND_NAME_AND_LOGO),
      Request(events::PERMISSION_KIND_PHONE_KEPT_ON),
      Request(events::PERMISSION_KIND_CHILD_PHONE_KEPT),
      Grant(),
      Refuse(),
      Revoke(),
      Justify(),
      Review(),
      DecideAdvice(events::ADVICE_CHOICE_SOUGHT),
      DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE),
      Advice(),
      CloseIt(),
      Declare(),
      Acknowledge(),
      Update(),
      EndContact(),
      TakeIn(),
      TellParents(),
      Examine(),
      Return(),
      LogVisitUse(),
      LinkParent(),
      LinkParent(kOtherParent),
      UnlinkParent(),
      GiveConsent(),
      GiveConsent(kNow - kDay),
      RefuseConsent(),
      RefuseConsent(kNow - kDay),
      WithdrawConsent(),
      RegisterDevice(),
      Retire(),
      Capture(),
      Store(),
      Share(),
      RegisterEvent()};
  return all;
}

Register RegisterOf(const Entry& entry) {
  return FindStep(entry.history.front().event.body_case(), Stage::kNone)->reg;
}

// The events that go on with an entry, so that random histories get somewhere.
const std::vector<RegisterEvent>& EventsFor(const Entry& entry) {
  static const auto by_register = [] {
    std::map<Register, std::vector<RegisterEvent>> sorted;
    for (const RegisterEvent& event : AllEvents()) {
      for (const Step& step : Steps()) {
        if (step.event == event.body_case()) {
          sorted[step.reg].push_back(event);
          break;
        }
      }
    }
    return sorted;
  }();
  return entry.history.empty() ? AllEvents() : by_register.at(RegisterOf(entry));
}

Context AnyContext() {
  Context context;
  context.device = After({Asks(kHead, RegisterDevice(), kNow - kDay)});
  context.link = Link{events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_PARENT};
  context.consents[kChild] = After({Asks(kTeacher, LinkParent()), Asks(kTeacher, GiveConsent())});
  return context;
}

Proposal ProposalOf(const Entry& entry, const Proposed& proposed, absl::Time& now) {
  const auto [which, whose, hours] = proposed;
  now += absl::Hours(hours % 4);
  const std::vector<RegisterEvent>& choices = EventsFor(entry);
  return With(Asks(Everybody()[whose % Everybody().size()], choices[which % choices.size()], now),
              AnyContext());
}

std::vector<RegisterEvent> EventsOf(const RegisterDecision& decision) {
  const auto* decided = std::get_if<std::vector<RegisterEvent>>(&decision);
  return decided == nullptr ? std::vector<RegisterEvent>() : *decided;
}

RC_GTEST_PROP(EveryEntry, IsDecidedOnceAndEvolvesAlongItsLifeCycle,
              (const std::vector<Proposed>& history)) {
  Entry entry;
  absl::Time now = kNow;
  for (const Proposed& proposed : history) {
    const Proposal proposal = ProposalOf(entry, proposed, now);
    const std::vector<RegisterEvent> decided = EventsOf(Decide(entry, proposal));
    for (const RegisterEvent& event : decided) {
      RegisterEvent stored;
      RC_ASSERT(stored.ParseFromString(event.SerializeAsString()));
      const Step* const step = FindStep(stored.body_case(), entry.stage);
      RC_ASSERT(step != nullptr);
      const Stage before = entry.stage;
      Evolve(entry, {stored, proposal.by.actor.person, proposal.by.now});
      if (step->reg == Register::kPhotoConsents) {
        // It stands as the latest answer by its own time says.
        const std::vector<Term> terms = TermsOf(entry);
        const bool is_open = !terms.empty() && terms.back().until == absl::InfiniteFuture();
        RC_ASSERT((entry.stage == Stage::kInForce) == is_open);
      } else {
        RC_ASSERT(entry.stage == step->to.value_or(before));
      }
      RC_ASSERT(entry.stage != Stage::kNone);
    }
    if (!decided.empty()) RC_ASSERT(EventsOf(Decide(entry, proposal)).empty());
  }
}

RC_GTEST_PROP(EveryEntry, IsDecidedByNobodyWhoAskedForIt, (const std::vector<Proposed>& history)) {
  Entry entry;
  absl::Time now = kNow;
  for (const Proposed& proposed : history) {
    const Proposal proposal = ProposalOf(entry, proposed, now);
    for (const RegisterEvent& event : EventsOf(Decide(entry, proposal))) {
      const Step* const step = FindStep(event.body_case(), entry.stage);
      if (step->who == Who::kDecider) RC_ASSERT(proposal.by.actor.person != entry.opener());
      Evolve(entry, {event, proposal.by.actor.person, proposal.by.now});
    }
  }
}

RC_GTEST_PROP(EveryEntry, IsHiddenFromAndClosedToThoseOutsideTheSchool,
              (const std::vector<Proposed>& history)) {
  Entry entry;
  absl::Time now = kNow;
  for (const Proposed& proposed : history) {
    const Proposal proposal = ProposalOf(entry, proposed, now);
    for (const RegisterEvent& event : EventsOf(Decide(entry, proposal))) {
      Evolve(entry, {event, proposal.by.actor.person, proposal.by.now});
    }
    if (entry.history.empty()) continue;
    for (const kernel::Actor& actor : {kOfficer, kAuditor, kAdministrator}) {
      // Administrators enter the school's devices, and see no other register.
      if (actor.person == kAdministrator.person && RegisterOf(entry) == Register::kDevices)
        continue;
      RC_ASSERT(!Sees(RegisterOf(entry), entry, actor));
      for (const RegisterEvent& event : EventsFor(entry)) {
        const RegisterDecision decision = Decide(entry, Asks(actor, event, now));
        RC_ASSERT(std::get<Rejected>(decision) == (Rejected{Reason::kNoSuchRegisterEntry, ""}));
      }
    }
  }
}

RC_GTEST_PROP(EveryPermission, IsInForceOnlyAfterItWasGranted,
              (const std::vector<Proposed>& history)) {
  Entry entry;
  absl::Time now = kNow;
  for (const Proposed& proposed : history) {
    const Proposal proposal = ProposalOf(entry, proposed, now);
    for (const RegisterEvent& event : EventsOf(Decide(entry, proposal))) {
      Evolve(entry, {event, proposal.by.actor.person, proposal.by.now});
    }
    const Happened* const granted = FindLast(entry, RegisterEvent::kPermissionGranted);
    for (const Term& term : TermsOf(entry)) {
      if (granted == nullptr) continue;
      RC_ASSERT(term.from >= granted->time);
      RC_ASSERT(term.until < absl::InfiniteFuture());
    }
  }
}

// An event that no rule of today would make, as another version may have.
RC_GTEST_PROP(Evolve, TakesEveryEventInEveryStage, (const std::vector<uint8_t>& kinds)) {
  Entry entry;
  for (const uint8_t kind : kinds) {
    Evolve(entry, {AllEvents()[kind % AllEvents().size()], kTeacher.person, kNow});
    TermsOf(entry);
    PersonOf(entry);
    DeciderOf(entry);
  }
  RC_ASSERT(entry.revision() == kinds.size());
}

// Guards the properties above against histories in which nothing comes about.
TEST(RandomHistories, MakeEveryStep) {
  std::set<BodyCase> recorded;
  uint64_t random = kSeed | 1;
  const auto next = [&random] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint8_t>(random >> 56);
  };
  for (int history = 0; history < 2000; ++history) {
    Entry entry;
    absl::Time now = kNow;
    for (int i = 0; i < 40; ++i) {
      const Proposal proposal = ProposalOf(entry, {next(), next(), next()}, now);
      for (const RegisterEvent& event : EventsOf(Decide(entry, proposal))) {
        recorded.insert(event.body_case());
        Evolve(entry, {event, proposal.by.actor.person, proposal.by.now});
      }
    }
  }
  EXPECT_EQ(recorded.size(), static_cast<size_t>(RegisterEvent::descriptor()->field_count()));
}

TEST(LifeCycle, HasAStepForEveryEventAndOneRegisterForEach) {
  for (int i = 0; i < RegisterEvent::descriptor()->field_count(); ++i) {
    const auto kind = static_cast<BodyCase>(RegisterEvent::descriptor()->field(i)->number());
    std::set<Register> registers;
    for (const Step& step : Steps()) {
      if (step.event == kind) registers.insert(step.reg);
    }
    EXPECT_EQ(registers.size(), 1u) << RegisterEvent::descriptor()->field(i)->name();
  }
}

}  // namespace
}  // namespace wardbook::registers
