// The council's referral form, section by section, as data. The live form may
// differ: what is prepared here is copied into it by hand.

#ifndef SERVICES_CASEWORK_DOMAIN_REFERRAL_FORM_H_
#define SERVICES_CASEWORK_DOMAIN_REFERRAL_FORM_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/casework/domain/case_state.h"
#include "wardbook/events/v1/referral_event.pb.h"

namespace wardbook::casework {

enum class FormNeed {
  kNeeded,   // Missed when it is empty.
  kIfKnown,  // Filled in where it is known.
};

struct FormField {
  absl::string_view name;  // "job_title".
  absl::string_view label;
  FormNeed need;
};

struct FormSection {
  wardbook::events::v1::ReferralSection section;
  absl::string_view heading;
  absl::Span<const FormField> fields;
};

// All sections, in the form's order.
absl::Span<const FormSection> ReferralForm();

// Nothing for one that this version does not know.
const FormSection* FindSection(wardbook::events::v1::ReferralSection section);
const FormField* FindField(const FormSection& section, absl::string_view name);

// Whether the section is asked for in the referral, or in the next one where it is
// null: a referral about a child has no adult whom it is about and no harm threshold.
bool IsAskedFor(const FormSection& section, const Referral* referral);

// "Job title: Teaching assistant", a line a field that is filled in.
std::string SectionText(const FormSection& section, const PreparedSections& prepared);

// The fields of the section that are empty.
std::vector<const FormField*> EmptyFields(const FormSection& section,
                                          const PreparedSections& prepared);

// What the officers will miss of the form of the referral, or of the next one where
// it is null, in words for the person who refers.
std::vector<std::string> MissingOfForm(const CaseState& state, const Referral* referral);

// What is prepared for the referral; for the next one of the case where it is
// null.
const PreparedSections& PreparedFor(const CaseState& state, const Referral* referral);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_REFERRAL_FORM_H_
