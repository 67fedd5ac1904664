#include "services/registers/register_dues.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/dues.h"
#include "services/registers/domain/permission_kind.h"
#include "services/registers/register_rows.h"
#include "services/registers/streams.h"
#include "storage/base/assert.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/key_value.h"

namespace wardbook::registers {
namespace {

using runtime::Call;
using wardbook::v1::DueItem;
using wardbook::v1::DueKind;

// How many entries of an index are read at once.
constexpr size_t kEntriesPerRead = 256;

// The registers in which something waits for somebody.
constexpr Register kWithDues[] = {Register::kPermissions, Register::kJustifications,
                                  Register::kSocialContacts, Register::kPhones};

struct Words {
  DueKind kind;
  absl::string_view what;
  absl::string_view clause;
  absl::string_view next_step;
};

Words WordsOf(Wait wait) {
  switch (wait) {
    case Wait::kDecision:
      return {wardbook::v1::DUE_KIND_DECIDE_PERMISSION, "A request for a permission waits for you.",
              "", "Grant it or refuse it; it permits nothing before."};
    case Wait::kReview:
      return {wardbook::v1::DUE_KIND_REVIEW_JUSTIFICATION,
              "A departure from the policy waits for your review.", "P24",
              "Read the justification, and record what you make of it."};
    case Wait::kAdvice:
      return {
          wardbook::v1::DUE_KIND_SEEK_JUSTIFICATION_ADVICE,
          "A departure from the policy waits for advice.", "P25",
          "Record whether Lancashire Safeguarding is asked and what it advises, then review the "
          "justification again."};
    case Wait::kClosing:
      return {wardbook::v1::DUE_KIND_CLOSE_JUSTIFICATION,
              "A departure from the policy was reviewed and is not closed.", "P25",
              "Record whether advice was sought or is not appropriate, and close it."};
    case Wait::kAcknowledgement:
      return {wardbook::v1::DUE_KIND_ACKNOWLEDGE_DECLARATION,
              "A declaration of a social contact waits to be acknowledged.", "P34",
              "Read it, and acknowledge it; it is a receipt and no permission."};
    case Wait::kRenewal:
      return {wardbook::v1::DUE_KIND_RENEW_PERMISSION, "A permission of yours ends soon.", "",
              "Ask for it again if you still need it; without one it is over."};
    case Wait::kReconfirmation:
      return {wardbook::v1::DUE_KIND_RECONFIRM_DECLARATION,
              "A social contact that you declared is to be confirmed once more.", "P34",
              "Say what has changed, or that nothing has."};
    case Wait::kReturn:
      return {wardbook::v1::DUE_KIND_RETURN_PHONE, "A child's phone is still in the main office.",
              "P35", "Give it back at home-time. Tell the parents before, if nobody has."};
  }
  WARDBOOK_ASSERT(false);
}

DueItem ItemOf(const EntryRef& ref, const Entry& entry, const EntryDue& due) {
  const Words words = WordsOf(due.wait);
  DueItem item;
  item.set_kind(words.kind);
  item.set_register_(NamesOf(ref.reg).wire);
  item.set_entry_id(ref.id);
  *item.mutable_since_time() = kernel::TimestampOf(due.since);
  *item.mutable_due_time() = kernel::TimestampOf(due.due);
  item.set_what(std::string(words.what));
  item.set_clause(std::string(words.clause));
  // Each kind of permission has a clause of its own.
  if (const PermissionRules* const permission =
          FindPermissionKind(entry.history.front().event.permission_requested().kind())) {
    item.set_clause(std::string(permission->clause));
  }
  item.set_next_step(std::string(words.next_step));
  return item;
}

// The indexes that hold every entry in which the actor may have to act.
std::vector<std::string> IndexesOf(Register reg, const kernel::Actor& actor) {
  std::vector<std::string> prefixes = {MadeByPrefix(actor.person)};
  for (const events::Decider decider :
       {events::DECIDER_HEADTEACHER, events::DECIDER_LEADERSHIP_TEAM,
        events::DECIDER_CHAIR_OF_GOVERNORS}) {
    if (Decides(decider, actor)) prefixes.push_back(ToDecidePrefix(decider));
  }
  // A phone that was given back is not in force.
  if (reg == Register::kPhones && SeesAllOf(reg, actor)) return {InForcePrefix()};
  return prefixes;
}

struct NamedEntry {
  EntryRef ref;
  Entry entry;
};

absl::StatusOr<std::vector<NamedEntry>> ReadEntries(const runtime::ViewStore& store,
                                                    const runtime::ViewGeneration& generation,
                                                    Register reg, const kernel::Actor& actor) {
  std::vector<NamedEntry> entries;
  absl::flat_hash_set<std::string> seen;
  for (const std::string& prefix : IndexesOf(reg, actor)) {
    std::string start = prefix;
    for (;;) {
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::vector<runtime::ViewRow> rows,
          store.Scan(generation, start, storage::PrefixEnd(prefix), kEntriesPerRead));
      for (const runtime::ViewRow& row : rows) {
        if (!seen.insert(row.value).second) continue;
        WARDBOOK_ASSIGN_OR_RETURN(Entry entry, FindEntry(store, generation, row.value));
        const std::optional<EntryRef> ref = EntryOfStream(reg, row.value);
        if (!ref.has_value()) return absl::DataLossError("an index names no entry");
        entries.push_back({*ref, std::move(entry)});
      }
      if (rows.size() < kEntriesPerRead) break;
      start = rows.back().key + '\0';
    }
  }
  return entries;
}

}  // namespace

absl::StatusOr<runtime::Dues> RegisterDues::DuesFor(const Call& call, Moment deadline) const {
  const kernel::Actor& actor = call.caller.actor;
  runtime::Dues dues;
  for (const Register reg : kWithDues) {
    WARDBOOK_ASSIGN_OR_RETURN(
        const runtime::ViewReading reading,
        projector_.WaitFor(call.caller.school, NamesOf(reg).view, call.seen_position, deadline));
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<NamedEntry> entries,
                              ReadEntries(projector_.store(), *reading.generation, reg, actor));
    for (const NamedEntry& one : entries) {
      const std::optional<EntryDue> due = DueOf(reg, one.entry, actor, rules_, call.now);
      if (!due.has_value()) continue;
      const auto renews = [&one](const NamedEntry& other) {
        return IsRenewedBy(one.entry, other.entry);
      };
      if (due->wait == Wait::kRenewal && std::any_of(entries.begin(), entries.end(), renews)) {
        continue;
      }
      dues.items.push_back(ItemOf(one.ref, one.entry, *due));
    }
  }
  return dues;
}

}  // namespace wardbook::registers
