// An entry of a register: what happened to it, in order, and where that leaves
// it. The history is the whole state, because an entry has a handful of events
// and every rule asks about one of them.

#ifndef SERVICES_REGISTERS_DOMAIN_ENTRY_H_
#define SERVICES_REGISTERS_DOMAIN_ENTRY_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "services/kernel/period.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/register_event.pb.h"
#include "wardbook/events/v1/register_values.pb.h"

namespace wardbook::registers {

namespace events = wardbook::events::v1;

using BodyCase = events::RegisterEvent::BodyCase;

enum class Register {
  kPermissions,
  kJustifications,
  kSocialContacts,
  kPhones,
  kVisitUses,
  kPhotoConsents,
  kDevices,
  kCaptures,
};

// Where an entry stands. What has run out of time is still kInForce: that is a
// question of when somebody asks, which TermsOf answers.
enum class Stage {
  kNone,     // It does not exist.
  kAsked,    // Somebody has to answer.
  kInForce,  // Given, held or in use.
  kEnded,
};

struct Happened {
  events::RegisterEvent event;
  PersonId actor;
  absl::Time time;
};

// A value. Without a history it does not exist.
struct Entry {
  std::vector<Happened> history;
  Stage stage = Stage::kNone;

  uint64_t revision() const { return history.size(); }
  // Who opened it; zero for one that does not exist.
  PersonId opener() const { return history.empty() ? PersonId() : history.front().actor; }
};

// Total: an event that does not belong where the entry stands is kept in the
// history and changes nothing else.
void Evolve(Entry& entry, Happened happened);

// When an event counts: an answer about photographs when the parent gave it, however
// late it is recorded, all else when it was recorded.
absl::Time CountsFrom(const Happened& happened);

// The last event of this kind; null when there is none.
const Happened* FindLast(const Entry& entry, BodyCase kind);

// A span of time in which something is in force.
struct Term {
  absl::Time from;
  absl::Time until = absl::InfiniteFuture();
  // What a photo consent is for; empty for everything else.
  std::set<events::PhotoScope> scopes;

  bool Contains(absl::Time time) const { return from <= time && time < until; }
  // Whether a part of the period is in it.
  bool Meets(const kernel::Period& period) const {
    return from < until && from < period.until && period.from < until;
  }
};

// When the entry is in force, oldest first: a permission from its grant to its
// end or its revocation, a device from its registration to its retirement, a
// social contact from its declaration to its end, a photo consent from each time
// it was given to the next answer, by the times of the answers and not of their
// recording. None for the other registers.
std::vector<Term> TermsOf(const Entry& entry);

// The term that contains the moment.
std::optional<Term> TermAt(const Entry& entry, absl::Time time);

// The term that has a part of the period in it, the last one if there are several.
std::optional<Term> TermWithin(const Entry& entry, const kernel::Period& period);

// Whether the last review of a justification found that advice is needed first (P25).
bool NeedsAdvice(const Entry& justification);

// Whether somebody has to go on with the entry: with what is asked for, and with a
// justification until it is closed.
bool WaitsForDecider(const Entry& entry);

// Who decides about an entry that is asked for; nothing where nobody does.
std::optional<events::Decider> DeciderOf(const Entry& entry);

// Whether a decider of this kind is one of the actor's offices.
bool Decides(events::Decider decider, const kernel::Actor& actor);

// Whom the entry is about, if that is one person: the child of a phone, the
// applicant of a permission.
std::optional<PersonId> PersonOf(const Entry& entry);

// The people whom an event names, with the field that does.
struct NamedPerson {
  std::string field;
  std::string id;  // As in the event: 16 bytes if it is one.
};
std::vector<NamedPerson> PeopleNamedIn(const events::RegisterEvent& event);

// Whether the actor may see every entry of the register, or this one. Officers
// of the authority and auditors have no business with any, administrators with none
// but that of the school's devices.
bool SeesAllOf(Register reg, const kernel::Actor& actor);
bool Sees(Register reg, const Entry& entry, const kernel::Actor& actor);

// Whether the actor says which devices are the school's (P32).
bool RegistersDevices(const kernel::Actor& actor);

// Somebody who works in the school.
bool IsOfSchool(const kernel::Actor& actor);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_ENTRY_H_
