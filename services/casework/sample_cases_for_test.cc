#include "services/casework/sample_cases_for_test.h"

#include <chrono>

#include "absl/time/time.h"
#include "services/runtime/event_codec.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/moment.h"
#include "storage/crypto/random.h"
#include "storage/record/record.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {

using kernel::CaseRef;
using kernel::Role;
using wardbook::events::v1::CaseEvent;

// Far more than a view in memory ever needs: a test that meets it has failed.
constexpr std::chrono::seconds kPatience(30);

kernel::Actor ActorOf(const PersonId& person) {
  kernel::Actor actor{person, {Role::kStaff}};
  if (person == kHead) actor.roles.insert(Role::kHeadteacher);
  if (person == kDeputy) actor.roles.insert(Role::kSeniorLeadership);
  if (person == kSafeguardingLead) actor.roles.insert(Role::kSafeguardingLead);
  if (person == kChair) actor.roles = {Role::kChairOfGovernors};
  if (person == kOfficer) actor.roles = {Role::kSafeguardingOfficer};
  if (person == kLineManager) actor.roles.insert(Role::kLineManager);
  return actor;
}

SampleCases::SampleCases()
    : vault_(
          vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random())
              .value()),
      store_(std::make_unique<testing::MemoryKeyValue>(), *vault_),
      view_(log_, *vault_) {}

void SampleCases::Record(const SchoolId& school, const CaseRef& ref, const PersonId& actor,
                         const CaseEvent& event) {
  auto [found, is_new] = cases_.try_emplace({school, ref});
  Case& one = found->second;
  if (is_new) one.key = vault_->NewKey().value();
  const runtime::EncodedEvent encoded = runtime::EncodeEvent(event);
  ++recorded_;
  runtime::Recorded<CaseEvent> recorded;
  recorded.header = {
      .school = school,
      .stream = ref.Stream(),
      .event_id = testing::IdOf<EventId>(recorded_),
      .event_type = encoded.type,
      .recorded_time = absl::FromUnixSeconds(1'700'000'000 + static_cast<int64_t>(recorded_)),
      .actor = actor,
      .session = testing::IdOf<SessionId>(1),
      .request_id = testing::IdOf<RequestId>(recorded_),
      .key_id = one.key.id};
  storage::AppendRequest request;
  request.school = school;
  request.stream = ref.Stream();
  request.request_id = recorded.header.request_id;
  request.events.push_back(record::SealEvent(recorded.header, encoded.bytes, one.key.key).value());
  const storage::Appended appended = testing::AppendTo(log_, std::move(request)).value();
  recorded.position = appended.first_position;
  recorded.revision = appended.first_revision;
  recorded.event = event;
  Evolve(one.card, recorded);
}

CaseRef SampleCases::Report(uint64_t number, wardbook::events::v1::Route route,
                            std::optional<PersonId> subject, const SchoolId& school) {
  const CaseRef ref = Ref(number);
  CaseEvent event;
  auto& reported = *event.mutable_incident_reported();
  reported.set_kind(wardbook::events::v1::INCIDENT_KIND_CYBER_BULLYING);
  reported.set_what_happened("Messages about a colleague.");
  reported.set_indecent_image_answer(wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO);
  reported.set_route(route);
  if (route == wardbook::events::v1::ROUTE_LINE_MANAGER) {
    reported.set_line_manager_id(kLineManager.Bytes());
  }
  auto& target = *reported.add_parties();
  target.set_capacity(wardbook::events::v1::CAPACITY_TARGET);
  target.set_name("Morgan Example");
  if (subject.has_value()) {
    auto& party = *reported.add_parties();
    party.set_capacity(wardbook::events::v1::CAPACITY_SUBJECT);
    party.set_person_id(subject->Bytes());
  }
  Record(school, ref, kTeacher, event);
  return ref;
}

void SampleCases::Note(const CaseRef& ref, const SchoolId& school) {
  CaseEvent event;
  event.mutable_note_added()->set_text("Rang the office.");
  Record(school, ref, kHead, event);
}

void SampleCases::Refer(const CaseRef& ref, const SchoolId& school) {
  CaseEvent event;
  event.mutable_case_referred()->set_referral_id(testing::IdOf<ReferralId>(recorded_).Bytes());
  Record(school, ref, kHead, event);
}

void SampleCases::Close(const CaseRef& ref, const SchoolId& school) {
  CaseEvent event;
  event.mutable_case_closed()->set_conclusion("Settled.");
  Record(school, ref, kHead, event);
}

void SampleCases::DeclareConflict(const CaseRef& ref, const PersonId& person,
                                  wardbook::events::v1::Route route, const SchoolId& school) {
  CaseEvent event;
  event.mutable_conflict_declared()->set_person_id(person.Bytes());
  event.mutable_conflict_declared()->set_route(route);
  Record(school, ref, person, event);
}

std::unique_ptr<runtime::Projector> SampleCases::StartProjector() { return StartProjector(store_); }

std::unique_ptr<runtime::Projector> SampleCases::StartProjector(runtime::ViewStore& store) {
  return runtime::Projector::Start(log_, *vault_, store, {&view_}).value();
}

runtime::ViewReading SampleCases::CatchUp(runtime::Projector& projector, const SchoolId& school) {
  const uint64_t size = log_.Head(school).value().size;
  return projector.WaitFor(school, kCaseViewName, size - 1, MomentIn(kPatience)).value();
}

std::vector<CaseRef> SampleCases::RefsOf(const SchoolId& school) const {
  std::vector<CaseRef> refs;
  for (const auto& [key, one] : cases_) {
    if (key.first == school) refs.push_back(key.second);
  }
  return refs;
}

}  // namespace wardbook::casework
