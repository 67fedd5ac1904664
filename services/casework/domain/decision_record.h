// Recording a decision once: the same decision again adds nothing, whatever
// policy and rules have come into force meanwhile.

#ifndef SERVICES_CASEWORK_DOMAIN_DECISION_RECORD_H_
#define SERVICES_CASEWORK_DOMAIN_DECISION_RECORD_H_

#include <optional>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {

// `event`, whose body is `body`, unless `latest` says the same.
template <class Body>
CaseDecision UnlessDecided(const std::optional<Body>& latest, const Body& body,
                           const wardbook::events::v1::CaseEvent& event) {
  using google::protobuf::util::MessageDifferencer;
  if (latest) {
    Body before = *latest;
    if constexpr (requires { before.decided_under(); }) {
      *before.mutable_decided_under() = body.decided_under();
    }
    if constexpr (requires { before.replaces_revision(); }) {
      before.set_replaces_revision(body.replaces_revision());
    }
    if (MessageDifferencer::Equals(before, body)) {
      return std::vector<wardbook::events::v1::CaseEvent>{};
    }
  }
  return std::vector<wardbook::events::v1::CaseEvent>{event};
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_DECISION_RECORD_H_
