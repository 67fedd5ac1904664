// Permissions: asked for, granted or refused, taken back (P26-P29).

#include <algorithm>
#include <string>

#include "services/kernel/timestamp.h"
#include "services/registers/domain/fields.h"
#include "services/registers/domain/permission_kind.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

using events::PermissionRequested;

constexpr size_t kSha256Size = 32;

Refusal WholeLines(const PermissionRules& rules, const PermissionRequested& request) {
  for (const RequestLine& line : AllRequestLines()) {
    const std::string& value = (request.*line.value)();
    const bool asked_for =
        std::any_of(rules.lines.begin(), rules.lines.end(),
                    [&line](const RequestLine& one) { return one.field == line.field; });
    if (!asked_for && !value.empty()) {
      return Rejected{Reason::kFieldInvalid, std::string(line.field)};
    }
    if (!asked_for) continue;
    if (Refusal refusal = Line(value, line.field)) return refusal;
  }
  return std::nullopt;
}

Refusal WholeRooms(const PermissionRequested& request) {
  if (request.kind() != events::PERMISSION_KIND_PHONE_KEPT_ON) {
    if (request.rooms().empty()) return std::nullopt;
    return Rejected{Reason::kFieldInvalid, "rooms"};
  }
  if (request.rooms().empty()) return Rejected{Reason::kFieldMissing, "rooms"};
  for (const int room : request.rooms()) {
    if (Refusal refusal = Word(static_cast<events::PhoneRoom>(room), "rooms")) return refusal;
    if (room == events::PHONE_ROOM_OTHER) return Rejected{Reason::kPermissionRoom, "rooms"};
  }
  return std::nullopt;
}

Refusal WholePeople(const PermissionRules& rules, const PermissionRequested& request) {
  if (rules.whose == Whose::kChilds) {
    return FirstOf({Id(request.child_id(), "child_id"), Id(request.parent_id(), "parent_id")});
  }
  if (!request.child_id().empty()) return Rejected{Reason::kFieldInvalid, "child_id"};
  if (!request.parent_id().empty()) return Rejected{Reason::kFieldInvalid, "parent_id"};
  return std::nullopt;
}

Refusal WholePurpose(const PermissionRequested& request) {
  if (request.kind() != events::PERMISSION_KIND_WORK_SOCIAL_MEDIA) {
    if (request.purpose() == events::USE_PURPOSE_UNSPECIFIED) return std::nullopt;
    return Rejected{Reason::kFieldInvalid, "purpose"};
  }
  if (Refusal refusal = Word(request.purpose(), "purpose")) return refusal;
  if (request.purpose() == events::USE_PURPOSE_PROFESSIONAL) return std::nullopt;
  return Rejected{Reason::kPermissionNotProfessional, "purpose"};
}

// What a permission may span: nothing that has begun, and no more than its kind
// is granted for at once.
Refusal MaySpan(const PermissionRules& rules, absl::Time from, absl::Time until, absl::Time now) {
  if (from < MinuteOf(now)) return Rejected{Reason::kPermissionLate, "from_time"};
  if (until <= now) return Rejected{Reason::kPermissionLate, "until_time"};
  if (until <= from) return Rejected{Reason::kFieldInvalid, "until_time"};
  if (until - from > rules.length_max) {
    return Rejected{Reason::kPermissionUnbounded, "until_time"};
  }
  return std::nullopt;
}

const PermissionRequested& RequestOf(const Entry& entry) {
  return entry.history.empty() ? PermissionRequested::default_instance()
                               : entry.history.front().event.permission_requested();
}

}  // namespace

void CompleteRequest(const Entry&, const By& by, events::RegisterEvent& event) {
  PermissionRequested& request = *event.mutable_permission_requested();
  const PermissionRules* const rules = FindPermissionKind(request.kind());
  if (rules == nullptr) return;
  request.set_decider(by.actor.Has(kernel::Role::kHeadteacher) ? rules->decider_for_headteacher
                                                               : rules->decider);
}

Refusal WholeRequest(const Entry&, const Proposal& proposal) {
  const PermissionRequested& request = proposal.event.permission_requested();
  if (Refusal refusal = Word(request.kind(), "kind")) return refusal;
  const PermissionRules* const rules = FindPermissionKind(request.kind());
  // Photographs are consented to by parents, not applied for.
  if (rules == nullptr) return Rejected{Reason::kFieldInvalid, "kind"};
  return FirstOf({Text(request.reason(), "reason"), WholePurpose(request),
                  WholeLines(*rules, request), WholeRooms(request), WholePeople(*rules, request),
                  Moment(request.from_time(), "from_time"),
                  Moment(request.until_time(), "until_time")});
}

Refusal MayRequest(const Entry&, const Proposal& proposal) {
  const PermissionRequested& request = proposal.event.permission_requested();
  const PermissionRules& rules = *FindPermissionKind(request.kind());
  if (!request.has_until_time()) return Rejected{Reason::kPermissionUnbounded, "until_time"};
  const absl::Time from =
      request.has_from_time() ? kernel::TimeOf(request.from_time()) : proposal.by.now;
  return MaySpan(rules, from, kernel::TimeOf(request.until_time()), proposal.by.now);
}

// A grant that does not say when holds as asked for, but for what has passed of that.
void CompleteGrant(const Entry& entry, const By& by, events::RegisterEvent& event) {
  const PermissionRequested& request = RequestOf(entry);
  events::PermissionGranted& grant = *event.mutable_permission_granted();
  if (!grant.has_from_time()) {
    const bool is_ahead = request.has_from_time() && kernel::TimeOf(request.from_time()) > by.now;
    *grant.mutable_from_time() = is_ahead ? request.from_time() : kernel::TimestampOf(by.now);
  }
  if (!grant.has_until_time()) *grant.mutable_until_time() = request.until_time();
}

Refusal WholeGrant(const Entry&, const Proposal& proposal) {
  const events::PermissionGranted& grant = proposal.event.permission_granted();
  const size_t document = grant.document_sha256().size();
  if (document != 0 && document != kSha256Size) {
    return Rejected{Reason::kFieldInvalid, "document_sha256"};
  }
  return FirstOf({OptionalLine(grant.conditions(), "conditions"),
                  Moment(grant.from_time(), "from_time"), Moment(grant.until_time(), "until_time"),
                  PastMoment(grant.discussed_time(), "discussed_time", proposal.by.now)});
}

Refusal MayGrant(const Entry& entry, const Proposal& proposal) {
  const events::PermissionGranted& grant = proposal.event.permission_granted();
  const PermissionRules* const rules = FindPermissionKind(RequestOf(entry).kind());
  // A kind of a later version, whose rules this one does not know.
  if (rules == nullptr) return Rejected{Reason::kFieldInvalid, "kind"};
  // The parent asked, so the parent does not decide either.
  if (RequestOf(entry).parent_id() == proposal.by.actor.person.view()) {
    return Rejected{Reason::kOwnDecision, ""};
  }
  if (rules->form == Form::kWritten && grant.document_sha256().empty()) {
    return Rejected{Reason::kPermissionNotWritten, "document_sha256"};
  }
  if (rules->talk == Talk::kDiscussed && !grant.has_discussed_time()) {
    return Rejected{Reason::kPermissionNotDiscussed, "discussed_time"};
  }
  return MaySpan(*rules, kernel::TimeOf(grant.from_time()), kernel::TimeOf(grant.until_time()),
                 proposal.by.now);
}

Refusal WholeRefusal(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.permission_refused().reasons(), "reasons");
}

Refusal WholeRevocation(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.permission_revoked().reasons(), "reasons");
}

}  // namespace wardbook::registers
