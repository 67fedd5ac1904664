#include "services/people/people_lists.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/kernel/timestamp.h"
#include "services/people/domain/decide.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Role;
using runtime::Call;

// Pages of ListPeople, as its request promises.
constexpr size_t kPageSizeDefault = 50;
constexpr size_t kPageSizeMax = 200;

wardbook::v1::Person ToWire(const Entry& entry, absl::Time now) {
  wardbook::v1::Person person;
  person.set_person_id(entry.id.Hex());
  person.set_name(entry.state.name.value_or(""));
  person.set_category(entry.state.category);
  person.set_job_title(entry.state.job_title);
  for (wardbook::events::v1::Role role : entry.state.RolesAt(now)) person.add_roles(role);
  if (entry.state.line_manager) person.set_line_manager_id(entry.state.line_manager->Hex());
  for (const kernel::KnownName& known : entry.state.names) person.add_former_names(known.name);
  if (!entry.state.names.empty()) person.mutable_former_names()->RemoveLast();
  person.set_revision(entry.revision);
  if (entry.state.gone && now < entry.state.gone->until) {
    *person.mutable_left_time() = kernel::TimestampOf(entry.state.gone->from);
  }
  return person;
}

// A span of time from the first moment until before the second; the one moment
// where they are the same.
struct Asked {
  absl::Time from;
  absl::Time until;

  bool Touches(const RoleSpan& span) const {
    if (span.from >= span.until) return false;
    return from == until ? span.from <= from && from < span.until
                         : span.from < until && from < span.until;
  }
};

// The spans of one role that overlap or follow each other without a break are one.
std::vector<RoleSpan> Joined(std::vector<RoleSpan> spans) {
  std::sort(spans.begin(), spans.end(), [](const RoleSpan& a, const RoleSpan& b) {
    return a.role != b.role ? a.role < b.role : a.from < b.from;
  });
  std::vector<RoleSpan> joined;
  for (const RoleSpan& span : spans) {
    if (span.from >= span.until) continue;
    if (!joined.empty() && joined.back().role == span.role && span.from <= joined.back().until) {
      joined.back().until = std::max(joined.back().until, span.until);
    } else {
      joined.push_back(span);
    }
  }
  std::stable_sort(joined.begin(), joined.end(),
                   [](const RoleSpan& a, const RoleSpan& b) { return a.from < b.from; });
  return joined;
}

wardbook::v1::HeldRole ToWire(const Entry& entry, const RoleSpan& span) {
  wardbook::v1::HeldRole held;
  held.set_person_id(entry.id.Hex());
  held.set_name(entry.state.name.value_or(""));
  held.set_role(span.role);
  *held.mutable_from_time() = kernel::TimestampOf(span.from);
  if (span.until != absl::InfiniteFuture()) {
    *held.mutable_until_time() = kernel::TimestampOf(span.until);
  }
  return held;
}

wardbook::v1::ProfileReview ToWire(const Entry& entry, absl::Time since, absl::Time now) {
  wardbook::v1::ProfileReview review;
  review.set_person_id(entry.id.Hex());
  review.set_name(entry.state.name.value_or(""));
  *review.mutable_asked_time() = kernel::TimestampOf(since);
  *review.mutable_due_time() = kernel::TimestampOf(ProfileReviewDue(since));
  const bool is_reviewed = entry.state.HasReviewedProfile(now);
  review.set_overdue(!is_reviewed && now >= ProfileReviewDue(since));
  if (is_reviewed) {
    *review.mutable_reviewed_time() = kernel::TimestampOf(*entry.state.profile_reviewed);
  }
  return review;
}

}  // namespace

absl::Status RequireOfSchool(const Call& call) {
  if (call.caller.actor.HasAny({Role::kStaff, Role::kLineManager, Role::kHeadteacher,
                                Role::kSeniorLeadership, Role::kSafeguardingLead,
                                Role::kChairOfGovernors, Role::kAdministrator})) {
    return absl::OkStatus();
  }
  return runtime::Refuse(Reason::kRoleRequired);
}

absl::Status ReadPeople(const Register& people, const Call& call,
                        const wardbook::v1::ListPeopleRequest& request,
                        wardbook::v1::ListPeopleResponse* response) {
  WARDBOOK_RETURN_IF_ERROR(RequireOfSchool(call));
  if (request.page_size() < 0) return runtime::Refuse(Reason::kFieldInvalid, "page_size");
  const size_t limit = request.page_size() == 0
                           ? kPageSizeDefault
                           : std::min(static_cast<size_t>(request.page_size()), kPageSizeMax);
  // A token is the last person shown: it says nothing about them.
  std::optional<PersonId> after;
  if (!request.page_token().empty()) {
    after = PersonId::FromHex(request.page_token());
    if (!after) return runtime::Refuse(Reason::kFieldInvalid, "page_token");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const Page page, people.List(call.caller.school, after, limit));
  for (const Entry& entry : page.entries) *response->add_people() = ToWire(entry, call.now);
  if (page.more && !page.entries.empty()) {
    response->set_next_page_token(page.entries.back().id.Hex());
  }
  return absl::OkStatus();
}

absl::Status ReadRoles(const Register& people, const Call& call,
                       const wardbook::v1::ListRolesRequest& request,
                       wardbook::v1::ListRolesResponse* response) {
  WARDBOOK_RETURN_IF_ERROR(RequireOfSchool(call));
  std::optional<PersonId> person;
  if (!request.person_id().empty()) {
    person = PersonId::FromHex(request.person_id());
    if (!person || !people.Find(call.caller.school, *person, call.now)) {
      return runtime::Refuse(Reason::kNoSuchPerson, "person_id");
    }
  }
  Asked asked{call.now, call.now};
  if (request.has_at_time()) asked.from = asked.until = kernel::TimeOf(request.at_time());
  if (request.has_until_time()) {
    asked.until = kernel::TimeOf(request.until_time());
    if (asked.until <= asked.from) return runtime::Refuse(Reason::kFieldInvalid, "until_time");
  }
  for (const Entry& entry : people.Everybody(call.caller.school)) {
    if (person && entry.id != *person) continue;
    for (const RoleSpan& span : Joined(entry.state.spans)) {
      const bool is_asked_role =
          request.role() == wardbook::events::v1::ROLE_UNSPECIFIED || request.role() == span.role;
      if (is_asked_role && asked.Touches(span)) *response->add_roles() = ToWire(entry, span);
    }
  }
  return absl::OkStatus();
}

void ReadProfileReviews(const Register& people, const Call& call,
                        const wardbook::v1::ListProfileReviewsRequest& request,
                        wardbook::v1::ListProfileReviewsResponse* response) {
  const bool sees_all = call.caller.actor.HasAny(
      {Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead, Role::kAdministrator});
  for (const Entry& entry : people.Everybody(call.caller.school)) {
    if (!sees_all && entry.id != call.caller.actor.person) continue;
    const std::optional<absl::Time> since = entry.state.WorksSince(call.now);
    if (!since) continue;
    if (entry.state.HasReviewedProfile(call.now) && !request.include_confirmed()) continue;
    *response->add_reviews() = ToWire(entry, *since, call.now);
  }
  // By name within a moment, as the register has them.
  std::stable_sort(response->mutable_reviews()->begin(), response->mutable_reviews()->end(),
                   [](const auto& a, const auto& b) {
                     return kernel::TimeOf(a.due_time()) < kernel::TimeOf(b.due_time());
                   });
}

}  // namespace wardbook::people
