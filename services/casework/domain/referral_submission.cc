// The council's own form: preparing it section by section, copying it out, and
// that somebody has submitted it.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/referral_form.h"
#include "services/casework/domain/referral_state.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::ReferralField;

Refusal CheckFields(const PrepareReferralSection& command) {
  const FormSection* section = FindSection(command.section);
  if (section == nullptr) return RequireChoice(command.section, "section");
  if (command.fields.empty()) return Rejected{Reason::kFieldMissing, "fields"};
  if (command.fields.size() > static_cast<size_t>(kReferralFieldsMax)) {
    return Rejected{Reason::kFieldTooLong, "fields"};
  }
  for (const ReferralField& field : command.fields) {
    if (FindField(*section, field.name()) == nullptr) {
      return Rejected{Reason::kFieldInvalid, "fields.name"};
    }
    if (Refusal refusal = AllowText(field.text(), "fields.text", kTextCharactersMax)) {
      return refusal;
    }
  }
  return std::nullopt;
}

bool IsPreparedAlready(const PreparedSections& prepared, const PrepareReferralSection& command) {
  const auto found = prepared.find(command.section);
  return found != prepared.end() &&
         std::equal(found->second.begin(), found->second.end(), command.fields.begin(),
                    command.fields.end(), [](const ReferralField& a, const ReferralField& b) {
                      return a.name() == b.name() && a.text() == b.text();
                    });
}

// As much as a field of an event holds of what was typed, without what must not be
// kept (P36).
std::string Kept(const CaseState& state, const std::string& text, size_t characters_max) {
  return FirstCharacters(AsMayBeKept(state, kernel::ReplaceInvalidUtf8(text)), characters_max);
}

}  // namespace

CaseDecision Decide(const CaseState& state, const PrepareReferralSection& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor,
                       {Sight::kHandler, Sight::kLineManager, Sight::kOfficer}),
          CheckFields(command),
      })) {
    return *refusal;
  }
  const Referral* referral =
      command.referral_id ? FindReferral(state, command.referral_id) : NewestOpenReferral(state);
  if (command.referral_id && referral == nullptr) {
    return Rejected{Reason::kNotReferred, "referral_id"};
  }
  if (referral != nullptr && HasEnded(*referral)) return Rejected{Reason::kReferralEnded, ""};
  if (IsPreparedAlready(PreparedFor(state, referral), command)) return std::vector<CaseEvent>{};

  CaseEvent event;
  wardbook::events::v1::ReferralSectionPrepared& prepared =
      *event.mutable_referral_section_prepared();
  if (referral != nullptr) prepared.set_referral_id(referral->id.Bytes());
  prepared.set_section(command.section);
  for (const ReferralField& field : command.fields) *prepared.add_fields() = field;
  return std::vector<CaseEvent>{std::move(event)};
}

// From whom the case is kept knows of the referrals that they made.
bool IsKnownTo(const Referral& referral, const CaseState& state, const kernel::Actor& actor) {
  return SightOf(state, actor) != Sight::kOwnEntries || referral.referred_by == actor.person;
}

const Referral* NewestOpenFor(const CaseState& state, const kernel::Actor& actor) {
  const auto newest =
      std::find_if(state.referrals.rbegin(), state.referrals.rend(), [&](const Referral& referral) {
        return !HasEnded(referral) && IsKnownTo(referral, state, actor);
      });
  return newest == state.referrals.rend() ? nullptr : &*newest;
}

// It has happened outside, so that nothing about it is refused: what cannot be
// kept is left out and named.
CaseDecision Decide(const CaseState& state, const RecordReferralSubmitted& command) {
  if (Refusal refusal = RefuseUnlessKnown(state, command.by.actor)) return *refusal;
  const Referral* const newest = NewestOpenFor(state, command.by.actor);
  const Referral* referral =
      command.referral_id ? FindReferral(state, command.referral_id) : newest;
  if (referral != nullptr && !IsKnownTo(*referral, state, command.by.actor)) referral = nullptr;
  std::vector<std::string> missing;
  if (referral == nullptr && command.referral_id) {
    missing.push_back("The referral that was named is not one of this case.");
    referral = newest;
  }
  // The id of a new one is taken only where this very command was decided before.
  if (referral == nullptr) referral = FindReferral(state, command.new_referral_id);
  std::vector<CaseEvent> decided;
  if (referral == nullptr) {
    ReferCase refer;
    refer.by = command.by;
    refer.referral_id = command.new_referral_id;
    decided = std::get<std::vector<CaseEvent>>(Decide(state, refer));
  }
  const std::string form_reference = Kept(state, command.form_reference, kShortCharactersMax);
  if (referral != nullptr && referral->submitted && referral->form_reference == form_reference) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralSubmitted& submitted = *event.mutable_referral_submitted();
  submitted.set_referral_id((referral == nullptr ? command.new_referral_id : referral->id).Bytes());
  submitted.set_form_reference(form_reference);
  if (IsBlank(form_reference)) missing.push_back("The reference of the council's form.");
  if (RequirePast(command.submitted_at, "submitted_at", command.by.now)) {
    missing.push_back("When it was submitted.");
  } else {
    *submitted.mutable_submitted_at() = command.submitted_at;
  }
  submitted.set_submitted_by(
      Kept(state, OrOwnName(command.submitted_by, command.by), kLineCharactersMax));
  if (SeesWhole(SightOf(state, command.by.actor))) {
    for (std::string& item : MissingOfForm(state, referral)) {
      missing.push_back(std::move(item));
    }
  }
  for (std::string& item : missing) *submitted.add_missing_items() = std::move(item);
  decided.push_back(std::move(event));
  return decided;
}

std::optional<kernel::Rejected> Refuses(const CaseState& state, const ShowReferralForm& command) {
  return RefuseUnless(state, command.by.actor,
                      {Sight::kHandler, Sight::kLineManager, Sight::kOfficer});
}

}  // namespace wardbook::casework
