#include "services/casework/concern_service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/casework/domain/concerns.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

using kernel::Reason;
using kernel::Role;
using runtime::Refuse;
using wardbook::views::v1::CaseRow;
using wardbook::views::v1::ConcernSubject;

constexpr int32_t kPageSizeDefault = 50;
constexpr int32_t kPageSizeMax = 200;

// A person's concerns as they are shown and as the pattern rule reads them.
struct Person {
  v1::PersonConcerns shown;
  std::vector<Concern> concerns;
};

v1::Concern ShownConcern(const CaseRow& row) {
  v1::Concern concern;
  concern.set_case_ref(row.summary().case_ref());
  *concern.mutable_reported_time() = row.summary().reported_time();
  *concern.mutable_breached_clauses() = row.low_level_concern().breached_clauses();
  return concern;
}

// Somebody without an id is known by the same words, whatever their case.
std::string KeyOf(const ConcernSubject& subject) {
  if (!subject.person_id().empty()) return absl::StrCat("id ", subject.person_id());
  return absl::StrCat("name ", absl::AsciiStrToLower(subject.name()));
}

// By its id in the register.
std::optional<std::string> RegisteredName(const CaseworkParts& parts, const runtime::Call& call,
                                          const ConcernSubject& subject) {
  const std::optional<PersonId> id = PersonId::FromBytes(subject.person_id());
  if (!id.has_value()) return std::nullopt;
  std::optional<runtime::PersonEntry> entry =
      parts.directory.Find(call.caller.school, *id, call.now);
  if (!entry.has_value()) return std::nullopt;
  return std::move(entry->name);
}

// The rows come newest first, and so do each person's concerns.
std::vector<Person> ByPerson(const CaseworkParts& parts, const runtime::Call& call,
                             const std::vector<CaseRow>& rows) {
  std::map<std::string, Person> people;
  for (const CaseRow& row : rows) {
    Concern concern;
    concern.day = parts.rules.calendar().DayOf(kernel::TimeOf(row.summary().reported_time()));
    for (const int clause : row.low_level_concern().breached_clauses()) {
      concern.clauses.insert(static_cast<wardbook::events::v1::BreachClause>(clause));
    }
    for (const ConcernSubject& subject : row.low_level_concern().subjects()) {
      Person& person = people[KeyOf(subject)];
      if (const std::optional<PersonId> id = PersonId::FromBytes(subject.person_id())) {
        person.shown.set_person_id(id->Hex());
      }
      if (person.shown.name().empty()) {
        person.shown.set_name(RegisteredName(parts, call, subject).value_or(subject.name()));
      }
      *person.shown.add_concerns() = ShownConcern(row);
      person.concerns.push_back(concern);
    }
  }
  std::vector<Person> list;
  for (auto& [key, person] : people) list.push_back(std::move(person));
  return list;
}

absl::StatusOr<v1::ListConcernsResponse> List(const CaseworkParts& parts, const runtime::Call& call,
                                              const v1::ListConcernsRequest& request) {
  if (!call.caller.actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership,
                                 Role::kSafeguardingLead, Role::kChairOfGovernors})) {
    return Refuse(Reason::kRoleRequired);
  }
  if (request.page_size() < 0) return Refuse(Reason::kFieldInvalid, "page_size");
  const auto page_size = static_cast<size_t>(
      request.page_size() == 0 ? kPageSizeDefault : std::min(request.page_size(), kPageSizeMax));
  // How many people were shown, which their reader knows.
  uint64_t shown = 0;
  if (!request.page_token().empty() && !absl::SimpleAtoi(request.page_token(), &shown)) {
    return Refuse(Reason::kFieldInvalid, "page_token");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<CaseRow> rows, parts.listing.LowLevelConcerns(call));
  std::vector<Person> people = ByPerson(parts, call, rows);
  for (Person& person : people) {
    for (std::string& pattern :
         PatternsOf(person.concerns, parts.rules.At(call.now).concern_pattern())) {
      person.shown.add_patterns(std::move(pattern));
    }
  }
  std::stable_sort(people.begin(), people.end(), [](const Person& a, const Person& b) {
    const bool a_pattern = !a.shown.patterns().empty();
    const bool b_pattern = !b.shown.patterns().empty();
    if (a_pattern != b_pattern) return a_pattern;
    return kernel::TimeOf(a.shown.concerns(0).reported_time()) >
           kernel::TimeOf(b.shown.concerns(0).reported_time());
  });
  v1::ListConcernsResponse response;
  for (size_t i = static_cast<size_t>(shown); i < people.size(); ++i) {
    if (static_cast<size_t>(response.people_size()) == page_size) {
      response.set_next_page_token(absl::StrCat(i));
      break;
    }
    *response.add_people() = std::move(people[i].shown);
  }
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* ConcernService::ListConcerns(grpc::CallbackServerContext* context,
                                                       const v1::ListConcernsRequest* request,
                                                       v1::ListConcernsResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        absl::StatusOr<v1::ListConcernsResponse> page = List(parts_, call, *request);
        if (page.ok()) *response = *std::move(page);
        finish(page.status());
      });
}

}  // namespace wardbook::casework
