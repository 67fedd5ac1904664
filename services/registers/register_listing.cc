#include "services/registers/register_listing.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "services/registers/entry_at_the_time.h"
#include "services/registers/register_rows.h"
#include "services/runtime/refusal.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/key_value.h"

namespace wardbook::registers {
namespace {

using kernel::Reason;
using runtime::Call;
using runtime::Refuse;
using wardbook::v1::EntryList;

constexpr int32_t kPageSizeDefault = 50;
constexpr int32_t kPageSizeMax = 200;

// A page ends before it has more of what was recorded: what is added to it for reading
// fits into the rest of a message of 4 MiB. One entry is shown whatever its size.
constexpr size_t kPageBytesMax = 2 << 20;

// How long a list waits for the view to come as far as its reader has seen. A
// view is milliseconds behind unless something is wrong, and a wait holds one of
// few workers.
constexpr std::chrono::seconds kWaitMax(2);

// How many entries of an index are read at once, besides a page's worth.
constexpr size_t kEntriesAhead = 16;

// More than this does not make it clearer that a child brings a phone often.
constexpr size_t kBroughtMax = 100;

// Entries about one person that are looked at for a permission; a person has a
// few dozen in a career.
constexpr size_t kPermissionsMax = 1000;

// Entries of one person that are shown beside a case: more than a reader goes
// through, and little enough for the fifty people whom a report may name.
constexpr size_t kEntriesOfPersonMax = 100;

// The registers that answer for what people of a case did, besides photo consents,
// of which a child has one entry: phones, visits, devices and captures say nothing
// of what was permitted or made known.
constexpr Register kRegistersOfPeople[] = {Register::kPermissions, Register::kJustifications,
                                           Register::kSocialContacts};

constexpr events::Decider kDeciders[] = {events::DECIDER_HEADTEACHER,
                                         events::DECIDER_LEADERSHIP_TEAM,
                                         events::DECIDER_CHAIR_OF_GOVERNORS};

bool DecidesAny(const kernel::Actor& actor) {
  return std::any_of(std::begin(kDeciders), std::end(kDeciders),
                     [&actor](events::Decider decider) { return Decides(decider, actor); });
}

bool Shows(const Call& call, Register reg, EntryList list, const Entry& entry) {
  if (!Sees(reg, entry, call.caller.actor)) return false;
  if (list != wardbook::v1::ENTRY_LIST_TO_DECIDE) return true;
  const std::optional<events::Decider> decider = DeciderOf(entry);
  return !decider.has_value() ||
         (Decides(*decider, call.caller.actor) && entry.opener() != call.caller.actor.person);
}

size_t BytesOf(const Entry& entry) {
  size_t bytes = 0;
  for (const Happened& happened : entry.history) bytes += happened.event.ByteSizeLong();
  return bytes;
}

}  // namespace

absl::StatusOr<runtime::ViewReading> RegisterListing::Wait(const SchoolId& school, Register reg,
                                                           std::optional<uint64_t> position) const {
  return projector_.WaitFor(school, NamesOf(reg).view, position, MomentIn(kWaitMax));
}

std::vector<RegisterListing::Range> RegisterListing::RangesOf(const Call& call, Register reg,
                                                              EntryList list) {
  const kernel::Actor& actor = call.caller.actor;
  const auto whole = [](std::string prefix) { return Range{prefix, prefix}; };
  if (list == wardbook::v1::ENTRY_LIST_IN_FORCE) {
    return {{InForcePrefix(), InForceKey(call.now)}};
  }
  if (list == wardbook::v1::ENTRY_LIST_TO_DECIDE) {
    std::vector<Range> ranges;
    for (const events::Decider decider : kDeciders) {
      if (Decides(decider, actor)) ranges.push_back(whole(ToDecidePrefix(decider)));
    }
    if (SeesAllOf(reg, actor)) {
      ranges.push_back(whole(ToDecidePrefix(events::DECIDER_UNSPECIFIED)));
    }
    return ranges;
  }
  // Who decides nothing finds what they may see among their own.
  if (list == wardbook::v1::ENTRY_LIST_ALL && (SeesAllOf(reg, actor) || DecidesAny(actor))) {
    return {whole(AllPrefix())};
  }
  return {whole(MadeByPrefix(actor.person))};
}

absl::StatusOr<EntryPage> RegisterListing::List(
    const Call& call, Register reg, const wardbook::v1::ListEntriesRequest& request) const {
  if (request.list() == wardbook::v1::ENTRY_LIST_UNSPECIFIED) {
    return Refuse(Reason::kFieldMissing, "list");
  }
  if (!wardbook::v1::EntryList_IsValid(request.list())) {
    return Refuse(Reason::kFieldInvalid, "list");
  }
  if (request.page_size() < 0) return Refuse(Reason::kFieldInvalid, "page_size");
  const auto page_size = static_cast<size_t>(
      request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax));
  std::vector<Range> ranges = RangesOf(call, reg, request.list());
  if (!request.page_token().empty()) {
    // A token is the key of the last entry shown: it says nothing of others.
    std::string last;
    const auto in_range = [&last](const Range& range) {
      return absl::StartsWith(last, range.prefix);
    };
    if (!absl::WebSafeBase64Unescape(request.page_token(), &last) ||
        std::none_of(ranges.begin(), ranges.end(), in_range)) {
      return Refuse(Reason::kFieldInvalid, "page_token");
    }
    ranges.erase(ranges.begin(), std::find_if(ranges.begin(), ranges.end(), in_range));
    ranges.front().start = last + '\0';
  }
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading,
                            Wait(call.caller.school, reg, call.seen_position));
  const runtime::ViewStore& store = projector_.store();
  EntryPage page;
  size_t page_bytes = 0;
  std::string last_key;
  for (Range& range : ranges) {
    for (;;) {
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::vector<runtime::ViewRow> rows,
          store.Scan(*reading.generation, range.start, storage::PrefixEnd(range.prefix),
                     page_size + kEntriesAhead));
      for (const runtime::ViewRow& row : rows) {
        WARDBOOK_ASSIGN_OR_RETURN(Entry entry, FindEntry(store, *reading.generation, row.value));
        const std::optional<EntryRef> ref = EntryOfStream(reg, row.value);
        if (!ref.has_value()) return absl::DataLossError("an index names no entry");
        if (!Shows(call, reg, request.list(), entry)) continue;
        // Only an entry that is shown on the next page tells that there is one.
        const size_t bytes = BytesOf(entry);
        if (page.entries.size() == page_size ||
            (!page.entries.empty() && page_bytes + bytes > kPageBytesMax)) {
          page.next_token = absl::WebSafeBase64Escape(last_key);
          return page;
        }
        page.entries.push_back({*ref, std::move(entry)});
        page_bytes += bytes;
        last_key = row.key;
      }
      if (rows.size() < page_size + kEntriesAhead) break;
      range.start = rows.back().key + '\0';
    }
  }
  return page;
}

absl::StatusOr<int32_t> RegisterListing::CountBrought(const Call& call,
                                                      const PersonId& child) const {
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading,
                            Wait(call.caller.school, Register::kPhones, call.seen_position));
  const std::string prefix = AboutPrefix(child);
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<runtime::ViewRow> rows,
                            projector_.store().Scan(*reading.generation, prefix,
                                                    storage::PrefixEnd(prefix), kBroughtMax));
  int32_t brought = 0;
  for (const runtime::ViewRow& row : rows) {
    WARDBOOK_ASSIGN_OR_RETURN(const Entry entry,
                              FindEntry(projector_.store(), *reading.generation, row.value));
    if (!entry.history.empty() && entry.history.front().event.phone_taken_in().ground() ==
                                      events::CUSTODY_GROUND_BROUGHT_IN) {
      ++brought;
    }
  }
  return brought;
}

absl::StatusOr<std::optional<runtime::PermissionInForce>> RegisterListing::InForce(
    const SchoolId& school, events::PermissionKind kind, const PersonId& person,
    absl::Time time) const {
  return InForceWithin(school, kind, person, kernel::MomentOf(time), std::nullopt);
}

absl::StatusOr<std::optional<runtime::PermissionInForce>> RegisterListing::InForceWithin(
    const SchoolId& school, events::PermissionKind kind, const PersonId& person,
    const kernel::Period& period, std::optional<uint64_t> position) const {
  const bool is_photo = kind == events::PERMISSION_KIND_PHOTO;
  const Register reg = is_photo ? Register::kPhotoConsents : Register::kPermissions;
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading, Wait(school, reg, position));
  const runtime::ViewStore& store = projector_.store();
  std::vector<std::string> streams;
  if (is_photo) {
    streams = {EntryRef{reg, person.Hex()}.Stream()};
  } else {
    const std::string prefix = AboutPrefix(person);
    WARDBOOK_ASSIGN_OR_RETURN(
        std::vector<runtime::ViewRow> rows,
        store.Scan(*reading.generation, prefix, storage::PrefixEnd(prefix), kPermissionsMax));
    for (runtime::ViewRow& row : rows) streams.push_back(std::move(row.value));
  }
  for (const std::string& stream : streams) {
    WARDBOOK_ASSIGN_OR_RETURN(const Entry entry, FindEntry(store, *reading.generation, stream));
    if (entry.history.empty()) continue;
    if (!is_photo && entry.history.front().event.permission_requested().kind() != kind) continue;
    const std::optional<Term> term = TermWithin(entry, period);
    const std::optional<EntryRef> ref = EntryOfStream(reg, stream);
    if (term.has_value() && ref.has_value()) {
      return runtime::PermissionInForce{ref->id, term->from, term->until};
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<ListedEntry>> RegisterListing::EntriesOf(
    const runtime::ViewReading& reading, Register reg, const PersonId& person) const {
  const runtime::ViewStore& store = projector_.store();
  // What somebody asked for themselves stands in both indexes.
  std::set<std::string> streams;
  std::vector<ListedEntry> entries;
  for (const std::string& prefix : {MadeByPrefix(person), AboutPrefix(person)}) {
    WARDBOOK_ASSIGN_OR_RETURN(
        const std::vector<runtime::ViewRow> rows,
        store.Scan(*reading.generation, prefix, storage::PrefixEnd(prefix), kPermissionsMax));
    for (const runtime::ViewRow& row : rows) {
      if (!streams.insert(row.value).second) continue;
      WARDBOOK_ASSIGN_OR_RETURN(Entry entry, FindEntry(store, *reading.generation, row.value));
      std::optional<EntryRef> ref = EntryOfStream(reg, row.value);
      if (!ref.has_value()) return absl::DataLossError("an index names no entry");
      if (!entry.history.empty()) entries.push_back({*std::move(ref), std::move(entry)});
    }
  }
  return entries;
}

absl::StatusOr<std::vector<runtime::EntriesOfPerson>> RegisterListing::OfPeople(
    const SchoolId& school, absl::Span<const PersonId> people, const kernel::Period& when,
    std::optional<uint64_t> seen_position) const {
  std::vector<runtime::EntriesOfPerson> found(people.size());
  for (size_t i = 0; i < people.size(); ++i) found[i].person = people[i];
  for (const Register reg : kRegistersOfPeople) {
    WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading, Wait(school, reg, seen_position));
    for (runtime::EntriesOfPerson& of : found) {
      WARDBOOK_ASSIGN_OR_RETURN(const std::vector<ListedEntry> entries,
                                EntriesOf(reading, reg, of.person));
      for (const ListedEntry& listed : entries) {
        of.entries.push_back(AtTheTime(listed.ref, listed.entry, when));
      }
      KeepFirst(of, kEntriesOfPersonMax);
    }
  }
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading,
                            Wait(school, Register::kPhotoConsents, seen_position));
  for (runtime::EntriesOfPerson& of : found) {
    const EntryRef ref{Register::kPhotoConsents, of.person.Hex()};
    WARDBOOK_ASSIGN_OR_RETURN(const Entry entry,
                              FindEntry(projector_.store(), *reading.generation, ref.Stream()));
    of.has_photo_answer = HasPhotoAnswer(entry);
    if (of.has_photo_answer) of.entries.push_back(AtTheTime(ref, entry, when));
    KeepFirst(of, kEntriesOfPersonMax);
  }
  return found;
}

}  // namespace wardbook::registers
