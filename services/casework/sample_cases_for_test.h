// Cases in a log in memory, and the view of them.

#ifndef SERVICES_CASEWORK_SAMPLE_CASES_FOR_TEST_H_
#define SERVICES_CASEWORK_SAMPLE_CASES_FOR_TEST_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/case_card.h"
#include "services/casework/case_view.h"
#include "services/kernel/actor.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/projector.h"
#include "services/runtime/view_store.h"
#include "storage/vault/vault.h"
#include "tests/testing/appends.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

inline const SchoolId kSchool = testing::IdOf<SchoolId>(1);
inline const SchoolId kOtherSchool = testing::IdOf<SchoolId>(2);
inline const PersonId kTeacher = testing::IdOf<PersonId>(1);
inline const PersonId kHead = testing::IdOf<PersonId>(2);
inline const PersonId kDeputy = testing::IdOf<PersonId>(3);
inline const PersonId kSafeguardingLead = testing::IdOf<PersonId>(4);
inline const PersonId kChair = testing::IdOf<PersonId>(5);
inline const PersonId kOfficer = testing::IdOf<PersonId>(6);
inline const PersonId kLineManager = testing::IdOf<PersonId>(7);
inline const PersonId kCaretaker = testing::IdOf<PersonId>(8);

// The person with the roles that go with their name.
kernel::Actor ActorOf(const PersonId& person);

// Thread-compatible.
class SampleCases {
 public:
  SampleCases();

  // The reference of a number.
  static kernel::CaseRef Ref(uint64_t number) { return kernel::CaseRef::FromBits(number); }

  // Appends one event to the case; the first makes its key.
  void Record(const SchoolId& school, const kernel::CaseRef& ref, const PersonId& actor,
              const wardbook::events::v1::CaseEvent& event);

  // Case `number` of the school, reported by the teacher, about `subject`.
  kernel::CaseRef Report(uint64_t number, wardbook::events::v1::Route route,
                         std::optional<PersonId> subject = std::nullopt,
                         const SchoolId& school = kSchool);
  void Note(const kernel::CaseRef& ref, const SchoolId& school = kSchool);
  void Refer(const kernel::CaseRef& ref, const SchoolId& school = kSchool);
  void Close(const kernel::CaseRef& ref, const SchoolId& school = kSchool);
  // This person declares their own conflict of interest; the case is with `route`
  // from then on.
  void DeclareConflict(const kernel::CaseRef& ref, const PersonId& person,
                       wardbook::events::v1::Route route, const SchoolId& school = kSchool);

  // Over the same rows each time, as after a restart.
  std::unique_ptr<runtime::Projector> StartProjector();
  // Over rows of its own.
  std::unique_ptr<runtime::Projector> StartProjector(runtime::ViewStore& store);
  // Waits until the view has all that is in the school's log.
  runtime::ViewReading CatchUp(runtime::Projector& projector,
                               const SchoolId& school = kSchool);

  // The fold of all that was recorded of the case.
  const CaseCard& CardOf(const kernel::CaseRef& ref, const SchoolId& school = kSchool) const {
    return cases_.at({school, ref}).card;
  }
  std::vector<kernel::CaseRef> RefsOf(const SchoolId& school) const;

  const KeyId& KeyOf(const kernel::CaseRef& ref) const { return cases_.at({kSchool, ref}).key.id; }

  testing::MemoryEventLog& log() { return log_; }
  vault::Vault& vault() { return *vault_; }
  runtime::ViewStore& store() { return store_; }

 private:
  struct Case {
    vault::VaultKey key;
    CaseCard card;
  };

  testing::MemoryEventLog log_;
  const std::unique_ptr<vault::Vault> vault_;
  runtime::ViewStore store_;
  CaseView view_;
  std::map<std::pair<SchoolId, kernel::CaseRef>, Case> cases_;
  uint64_t recorded_ = 0;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_SAMPLE_CASES_FOR_TEST_H_
