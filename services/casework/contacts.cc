#include "services/casework/contacts.h"

namespace wardbook::casework {

using wardbook::rules::v1::Contact;

const Contact* FindContact(const rulepack::RulePack& rules, wardbook::rules::v1::ContactKind kind) {
  for (const Contact& contact : rules.contacts()) {
    if (contact.kind() == kind) return &contact;
  }
  return nullptr;
}

}  // namespace wardbook::casework
