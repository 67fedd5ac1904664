// The one life cycle of every register: which event may follow on which stage,
// who may bring it about, and what has to hold. The differences between the
// registers are rows of a table.
//
// A decision first asks who acts, then whether the request is whole, then
// whether it is so already, then whether the entry has come to that stage, and
// last whether the policy allows it. Deciding twice adds nothing.

#ifndef SERVICES_REGISTERS_DOMAIN_LIFE_CYCLE_H_
#define SERVICES_REGISTERS_DOMAIN_LIFE_CYCLE_H_

#include <cstddef>
#include <map>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/kernel/actor.h"
#include "services/kernel/decision.h"
#include "services/registers/domain/entry.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::registers {

struct By {
  kernel::Actor actor;
  absl::Time now;
};

// When children go home, on the clock of the school.
struct SchoolDay {
  absl::TimeZone zone = absl::UTCTimeZone();
  int home_hour = 15;
  int home_minute = 15;
};

// A child and a parent, as the register of people has them.
struct Link {
  events::PersonCategory child = events::PERSON_CATEGORY_UNSPECIFIED;
  events::PersonCategory parent = events::PERSON_CATEGORY_UNSPECIFIED;
};

// What else a decision reads, looked up before it is made.
struct Context {
  SchoolDay day;
  // The Headteacher's consent that a phone is kept under.
  std::optional<Entry> permission;
  // The device that a capture was made with.
  std::optional<Entry> device;
  // The photo consents of the children of a capture.
  std::map<PersonId, Entry> consents;
  // As what the register of people has those who are linked.
  std::optional<Link> link;
};

// An event that somebody asks to be recorded. What the server knows better than
// the caller, such as who decides, is filled in by the decision.
struct Proposal {
  By by;
  events::RegisterEvent event;
  Context context;
};

using RegisterDecision = kernel::Decision<events::RegisterEvent>;

// How many steps an entry has before it takes no other, but for those that decide about it,
// say why something was looked into, or end it. Its history is one row, written anew at each
// step, and one entry of a page; in years of use an entry has a few dozen.
inline constexpr size_t kStepsMax = 200;

// A refusal for kRegisterEntryFull: the entry has kStepsMax steps.
RegisterDecision Decide(const Entry& entry, const Proposal& proposal);

// Who brings an event about.
enum class Who {
  kStaff,      // Anybody who works in the school and sees the entry.
  kOpener,     // Who made the entry.
  kDecider,    // Who decides about it, and did not ask for it.
  kSearcher,   // Who may have a power to search: the Headteacher and the safeguarding lead.
  kRegistrar,  // Who says which devices are the school's: leadership and administrators.
};

using Check = kernel::Refusal (*)(const Entry&, const Proposal&);
using Completion = void (*)(const Entry&, const By&, events::RegisterEvent&);

struct Step {
  BodyCase event;
  Register reg;
  // That demands what the request has to say; empty for permissions, where it is
  // that of their kind.
  absl::string_view clause;
  // A bit for each stage that it may follow on.
  unsigned from;
  // Nothing leaves the entry where it stands.
  std::optional<Stage> to;
  Who who;
  // Fills in what the caller leaves to the server.
  Completion complete;
  // Whether the request is whole.
  Check whole;
  // What the policy says.
  Check gate;
};

// Every step of every register.
absl::Span<const Step> Steps();

// The step that an event makes from a stage; null when it makes none.
const Step* FindStep(BodyCase event, Stage stage);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_LIFE_CYCLE_H_
