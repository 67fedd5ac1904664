#include "services/registers/entry_at_the_time.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "services/kernel/timestamp.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;
using runtime::EntryAtTheTime;

bool IsPhotoAnswer(const RegisterEvent& event) {
  return event.has_photo_consent_given() || event.has_photo_consent_refused() ||
         event.has_photo_consent_withdrawn();
}

// Whether the event is the answer from which on the term runs.
bool Begins(const RegisterEvent& event, const std::optional<Term>& term) {
  return term.has_value() && event.has_photo_consent_given() &&
         kernel::TimeOf(event.photo_consent_given().given_time()) == term->from;
}

// What is shown of the entry's history. That a parent is known says nothing of
// photographs, so that of a consent it is an answer.
const Happened& ShownOf(const EntryRef& ref, const Entry& entry, const std::optional<Term>& term) {
  if (ref.reg != Register::kPhotoConsents) return entry.history.front();
  const Happened* shown = &entry.history.front();
  for (const Happened& happened : entry.history) {
    if (!IsPhotoAnswer(happened.event)) continue;
    const bool stood = Begins(shown->event, term);
    const bool stands = Begins(happened.event, term);
    const bool is_older = IsPhotoAnswer(shown->event) && CountsFrom(happened) < CountsFrom(*shown);
    if (stood ? !stands : !stands && is_older) continue;
    shown = &happened;
  }
  return *shown;
}

}  // namespace

EntryAtTheTime AtTheTime(const EntryRef& ref, const Entry& entry, const kernel::Period& when) {
  const std::optional<Term> met = TermWithin(entry, when);
  const Happened& shown = ShownOf(ref, entry, met);
  EntryAtTheTime at;
  at.in_register = NamesOf(ref.reg).wire;
  at.entry_id = ref.id;
  at.event = shown.event;
  at.recorded_by = shown.actor;
  at.recorded_time = shown.time;
  at.standing =
      met.has_value() ? EntryAtTheTime::Standing::kInForce : EntryAtTheTime::Standing::kNotInForce;
  if (ref.reg == Register::kJustifications) at.standing = EntryAtTheTime::Standing::kNoTerm;
  std::optional<Term> term = met;
  if (std::vector<Term> terms = TermsOf(entry); !term.has_value() && !terms.empty()) {
    term = std::move(terms.back());
  }
  // One that was taken back before it began never was in force.
  if (term.has_value() && term->from < term->until) {
    at.term = kernel::Period{term->from, term->until};
  }
  std::set<PersonId> people;
  for (const NamedPerson& named : PeopleNamedIn(shown.event)) {
    if (const std::optional<PersonId> id = PersonId::FromBytes(named.id)) people.insert(*id);
  }
  at.people.assign(people.begin(), people.end());
  return at;
}

bool HasPhotoAnswer(const Entry& consent) {
  return std::any_of(consent.history.begin(), consent.history.end(),
                     [](const Happened& happened) { return IsPhotoAnswer(happened.event); });
}

void KeepFirst(runtime::EntriesOfPerson& person, size_t entries_max) {
  std::stable_sort(person.entries.begin(), person.entries.end(),
                   [](const EntryAtTheTime& a, const EntryAtTheTime& b) {
                     const bool a_held = a.standing == EntryAtTheTime::Standing::kInForce;
                     const bool b_held = b.standing == EntryAtTheTime::Standing::kInForce;
                     if (a_held != b_held) return a_held;
                     return a.recorded_time > b.recorded_time;
                   });
  if (person.entries.size() <= entries_max) return;
  person.left_out += person.entries.size() - entries_max;
  person.entries.resize(entries_max);
}

}  // namespace wardbook::registers
