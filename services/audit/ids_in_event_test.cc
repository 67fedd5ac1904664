#include "services/audit/ids_in_event.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using ::wardbook::events::v1::CaseEvent;

PersonId Person(char digit) { return *PersonId::FromBytes(std::string(16, digit)); }

std::vector<PersonId> IdsIn(const CaseEvent& event) {
  std::vector<PersonId> ids;
  ForEachId(event, [&ids](const PersonId& id) { ids.push_back(id); });
  return ids;
}

TEST(IdsInEvent, AreThoseOfEveryFieldAndOfWhatIsInIt) {
  CaseEvent declared;
  declared.mutable_conflict_declared()->set_person_id(Person('a').Bytes());
  declared.mutable_conflict_declared()->set_recipient_id(Person('b').Bytes());
  declared.mutable_conflict_declared()->add_told_ids(Person('c').Bytes());
  EXPECT_THAT(IdsIn(declared), UnorderedElementsAre(Person('a'), Person('b'), Person('c')));

  CaseEvent reported;
  reported.mutable_incident_reported()->add_parties()->set_person_id(Person('d').Bytes());
  reported.mutable_incident_reported()->set_line_manager_id(Person('e').Bytes());
  EXPECT_THAT(IdsIn(reported), UnorderedElementsAre(Person('d'), Person('e')));
}

TEST(IdsInEvent, AreNotWhatHasAnotherSizeOrIsAText) {
  CaseEvent event;
  event.mutable_evidence_filed()->set_sha256(std::string(32, 'a'));
  event.mutable_evidence_filed()->set_file_name("sixteen-long.png");
  EXPECT_THAT(IdsIn(event), IsEmpty());
  EXPECT_THAT(IdsIn(CaseEvent()), IsEmpty());
}

}  // namespace
}  // namespace wardbook::audit
