#include "services/casework/domain/referral_form.h"

#include "absl/strings/str_cat.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::ReferralField;
using wardbook::events::v1::ReferralSection;

constexpr FormNeed kNeeded = FormNeed::kNeeded;
constexpr FormNeed kIfKnown = FormNeed::kIfKnown;

constexpr FormField kReferrer[] = {
    {"name", "Name", kNeeded},
    {"role", "Role", kNeeded},
    {"organisation", "Organisation", kNeeded},
    {"address", "Address", kIfKnown},
    {"telephone", "Telephone", kNeeded},
    {"email", "E-mail", kNeeded},
    {"case_manager", "Person managing the case, if another", kIfKnown},
    {"subject_aware", "Is the adult aware of the referral", kNeeded},
};

constexpr FormField kSubject[] = {
    {"name", "Name", kNeeded},
    {"date_of_birth", "Date of birth", kNeeded},
    {"sex", "Sex", kIfKnown},
    {"ethnicity", "Ethnicity", kIfKnown},
    {"home_address", "Home address", kIfKnown},
    {"job_title", "Job title", kNeeded},
    {"workplace", "Workplace", kNeeded},
    {"length_of_service", "Length of service", kIfKnown},
    {"basis", "Permanent, fixed term, agency or volunteer", kNeeded},
    {"employer", "Employer", kNeeded},
    {"other_contact", "Other contact with children, at work or as a volunteer", kIfKnown},
    {"own_children", "Own children or children cared for", kIfKnown},
    {"previous_concerns", "Previous allegations or concerns", kIfKnown},
};

constexpr FormField kChildren[] = {
    {"name", "Name", kNeeded},
    {"date_of_birth", "Date of birth", kNeeded},
    {"sex", "Sex", kIfKnown},
    {"address", "Address", kIfKnown},
    {"school", "School", kNeeded},
    {"needs", "Disability or special educational needs", kIfKnown},
    {"ethnicity", "Ethnicity", kIfKnown},
    {"first_language", "First language", kIfKnown},
    {"social_worker", "Known to social care, and the social worker", kIfKnown},
    {"pupil_number", "Unique pupil number", kIfKnown},
    {"parents", "Parents or carers", kNeeded},
    {"parents_told", "Were the parents told", kNeeded},
};

constexpr FormField kWhoAlleged[] = {
    {"name", "Name", kNeeded},
    {"relation", "Relation to the child and to the adult", kIfKnown},
    {"reported_to", "Reported to whom, and how", kNeeded},
    {"reported_at", "Reported when", kNeeded},
};

constexpr FormField kAllegation[] = {
    {"when", "Date and time of each incident", kNeeded},
    {"place", "Place", kNeeded},
    {"category", "Physical, emotional, sexual, neglect or conduct", kNeeded},
    {"incidents", "How many incidents", kIfKnown},
    {"injury", "Injury", kIfKnown},
    {"physical_intervention", "Was it a physical intervention", kIfKnown},
    {"account", "Full account", kNeeded},
    {"witnesses", "Witnesses", kIfKnown},
};

constexpr FormField kThreshold[] = {
    {"limbs", "Limbs of the harm threshold that are relied on", kNeeded},
    {"reasons", "Why, or why you are unsure", kNeeded},
};

constexpr FormField kActionSoFar[] = {
    {"fact_finding", "Fact-finding", kIfKnown},
    {"safeguarding", "How the child is kept safe", kNeeded},
    {"suspension", "Suspension, and alternatives considered", kIfKnown},
    {"police", "Were the police told; their log number", kNeeded},
    {"social_care", "Was social care told", kNeeded},
    {"subject_told", "What the adult was told", kIfKnown},
    {"hr_contact", "Contact for human resources", kIfKnown},
    {"chair_of_governors", "Chair of Governors", kIfKnown},
};

constexpr FormSection kForm[] = {
    {wardbook::events::v1::REFERRAL_SECTION_REFERRER, "Who refers", kReferrer},
    {wardbook::events::v1::REFERRAL_SECTION_SUBJECT, "The adult", kSubject},
    {wardbook::events::v1::REFERRAL_SECTION_CHILDREN, "The child or children", kChildren},
    {wardbook::events::v1::REFERRAL_SECTION_WHO_ALLEGED, "Who alleged it", kWhoAlleged},
    {wardbook::events::v1::REFERRAL_SECTION_ALLEGATION, "What is alleged", kAllegation},
    {wardbook::events::v1::REFERRAL_SECTION_THRESHOLD, "Harm threshold", kThreshold},
    {wardbook::events::v1::REFERRAL_SECTION_ACTION_SO_FAR, "Action so far", kActionSoFar},
};

// What is filled in; empty when nothing is.
std::string TextOf(const FormSection& section, const FormField& field,
                   const PreparedSections& prepared) {
  const auto found = prepared.find(section.section);
  if (found == prepared.end()) return "";
  for (const ReferralField& filled : found->second) {
    if (filled.name() == field.name) return filled.text();
  }
  return "";
}

}  // namespace

absl::Span<const FormSection> ReferralForm() { return kForm; }

const FormSection* FindSection(ReferralSection section) {
  for (const FormSection& one : kForm) {
    if (one.section == section) return &one;
  }
  return nullptr;
}

const FormField* FindField(const FormSection& section, absl::string_view name) {
  for (const FormField& field : section.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

bool IsAskedFor(const FormSection& section, const Referral* referral) {
  const bool about_a_child = referral != nullptr && referral->about_a_child;
  return !about_a_child || (section.section != wardbook::events::v1::REFERRAL_SECTION_SUBJECT &&
                            section.section != wardbook::events::v1::REFERRAL_SECTION_THRESHOLD);
}

std::string SectionText(const FormSection& section, const PreparedSections& prepared) {
  std::string text;
  for (const FormField& field : section.fields) {
    const std::string filled = TextOf(section, field, prepared);
    if (!filled.empty()) absl::StrAppend(&text, field.label, ": ", filled, "\n");
  }
  return text;
}

std::vector<const FormField*> EmptyFields(const FormSection& section,
                                          const PreparedSections& prepared) {
  std::vector<const FormField*> empty;
  for (const FormField& field : section.fields) {
    if (TextOf(section, field, prepared).empty()) empty.push_back(&field);
  }
  return empty;
}

std::vector<std::string> MissingOfForm(const CaseState& state, const Referral* referral) {
  const PreparedSections& prepared = PreparedFor(state, referral);
  std::vector<std::string> missing;
  for (const FormSection& section : kForm) {
    if (!IsAskedFor(section, referral)) continue;
    if (!prepared.contains(section.section)) {
      missing.push_back(absl::StrCat("The section \"", section.heading, "\" is not prepared."));
      continue;
    }
    for (const FormField* field : EmptyFields(section, prepared)) {
      if (field->need != FormNeed::kNeeded) continue;
      missing.push_back(absl::StrCat("In \"", section.heading, "\": ", field->label, "."));
    }
  }
  return missing;
}

const PreparedSections& PreparedFor(const CaseState& state, const Referral* referral) {
  return referral == nullptr ? state.next_referral_sections : referral->sections;
}

}  // namespace wardbook::casework
