#include "services/casework/referral_copy.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/casework/contacts.h"
#include "services/casework/domain/referral_form.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

using wardbook::rules::v1::Contact;

// "By telephone, then in writing. Telephone 0300 ..., https://...".
std::string HowToReach(const Contact& contact) {
  std::vector<std::string> parts = {contact.how()};
  if (!contact.telephone().empty())
    parts.push_back(absl::StrCat("Telephone ", contact.telephone()));
  if (!contact.email().empty()) parts.push_back(contact.email());
  if (!contact.web_address().empty()) parts.push_back(contact.web_address());
  return absl::StrJoin(parts, ". ");
}

// The hashes say which file is meant without sending it. That of an image could
// be looked up, so that none is given where an indecent one is suspected.
std::string EvidenceLines(const CaseState& state) {
  if (state.indecent_image_suspected) {
    return "An indecent image is suspected: files are not listed. The police decide about them.\n";
  }
  std::string lines;
  for (const FiledEvidence& file : state.evidence) {
    absl::StrAppend(&lines, file.filed.file_name(), ", ", file.filed.size(), " bytes, SHA-256 ",
                    Hash::FromBytes(file.filed.sha256()).value_or(Hash()).Hex(), "\n");
  }
  return lines;
}

}  // namespace

v1::ShowReferralFormResponse CopyOut(const CaseState& state, const Referral* referral,
                                     const rulepack::RulePack& rules) {
  const bool about_a_child = referral != nullptr && referral->about_a_child;
  const PreparedSections& prepared = PreparedFor(state, referral);
  v1::ShowReferralFormResponse form;
  if (referral != nullptr) {
    form.set_referral_id(referral->id.Hex());
    form.set_intent(referral->intent);
  }
  const Contact* contact =
      FindContact(rules, about_a_child ? wardbook::rules::v1::CONTACT_KIND_CHILDRENS_SERVICES
                                       : wardbook::rules::v1::CONTACT_KIND_SAFEGUARDING_ADVICE);
  if (contact != nullptr) {
    form.set_contact_name(contact->name());
    form.set_contact_how(HowToReach(*contact));
  }
  for (const FormSection& section : ReferralForm()) {
    if (!IsAskedFor(section, referral)) continue;
    v1::ReferralFormSection& shown = *form.add_sections();
    shown.set_section(section.section);
    shown.set_heading(std::string(section.heading));
    // A section may have been prepared before the image was suspected (P36).
    shown.set_text(AsMayBeKept(state, SectionText(section, prepared)));
    for (const FormField* field : EmptyFields(section, prepared)) {
      shown.add_empty_fields(std::string(field->name));
    }
  }
  form.set_evidence(EvidenceLines(state));
  return form;
}

}  // namespace wardbook::casework
