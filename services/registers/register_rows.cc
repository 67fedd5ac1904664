#include "services/registers/register_rows.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"

namespace wardbook::registers {
namespace {

using wardbook::views::v1::RegisterPlaces;
using wardbook::views::v1::RegisterRow;

constexpr char kEntryTable = 'e';
constexpr char kPlacesTable = 'p';
constexpr char kAllIndex = 'a';
constexpr char kMadeByIndex = 'm';
constexpr char kAboutIndex = 'h';
constexpr char kToDecideIndex = 'd';
constexpr char kInForceIndex = 'f';

std::string Under(std::string prefix, uint64_t opened_position) {
  AppendBigEndian64(&prefix, ~opened_position);
  return prefix;
}

uint64_t SecondsOf(absl::Time time) {
  if (time == absl::InfiniteFuture()) return std::numeric_limits<uint64_t>::max();
  return static_cast<uint64_t>(std::max<int64_t>(absl::ToUnixSeconds(time), 0));
}

// When what is in force ends. Phones and the like end when somebody ends them.
absl::Time EndOf(const Entry& entry) {
  const std::vector<Term> terms = TermsOf(entry);
  return terms.empty() ? absl::InfiniteFuture() : terms.back().until;
}

}  // namespace

std::string EntryKey(absl::string_view stream) {
  return absl::StrCat(absl::string_view(&kEntryTable, 1), stream);
}

std::string PlacesKey(absl::string_view stream) {
  return absl::StrCat(absl::string_view(&kPlacesTable, 1), stream);
}

std::string AllPrefix() { return std::string(1, kAllIndex); }

std::string MadeByPrefix(const PersonId& person) { return kMadeByIndex + person.Bytes(); }

std::string AboutPrefix(const PersonId& person) { return kAboutIndex + person.Bytes(); }

std::string ToDecidePrefix(events::Decider decider) {
  return {kToDecideIndex, static_cast<char>(decider)};
}

std::string InForcePrefix() { return std::string(1, kInForceIndex); }

std::string InForceKey(absl::Time time) {
  std::string key = InForcePrefix();
  AppendBigEndian64(&key, SecondsOf(time));
  return key;
}

RegisterPlaces PlacesOf(const Entry& entry, uint64_t opened_position) {
  RegisterPlaces places;
  places.set_opened_position(opened_position);
  places.add_index_keys(Under(AllPrefix(), opened_position));
  places.add_index_keys(Under(MadeByPrefix(entry.opener()), opened_position));
  if (const std::optional<PersonId> person = PersonOf(entry)) {
    places.add_index_keys(Under(AboutPrefix(*person), opened_position));
  }
  if (WaitsForDecider(entry)) {
    const events::Decider decider = DeciderOf(entry).value_or(events::DECIDER_UNSPECIFIED);
    places.add_index_keys(Under(ToDecidePrefix(decider), opened_position));
  }
  if (entry.stage == Stage::kInForce) {
    std::string key = InForceKey(EndOf(entry));
    AppendBigEndian64(&key, opened_position);
    places.add_index_keys(std::move(key));
  }
  return places;
}

Entry EntryOf(const RegisterRow& row) {
  Entry entry;
  for (const RegisterRow::Step& step : row.steps()) {
    Evolve(entry, {step.event(), PersonId::FromBytes(step.actor_id()).value_or(PersonId()),
                   kernel::TimeOf(step.recorded_time())});
  }
  return entry;
}

absl::StatusOr<Entry> FindEntry(const runtime::ViewStore& store,
                                const runtime::ViewGeneration& generation,
                                absl::string_view stream) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store.Get(generation, EntryKey(stream)));
  if (!value.has_value()) return Entry();
  RegisterRow row;
  if (!row.ParseFromString(*value)) {
    return absl::DataLossError("the row of a register's entry does not parse");
  }
  return EntryOf(row);
}

}  // namespace wardbook::registers
