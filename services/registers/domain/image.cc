// School devices (P32), captures of children (P31) and where the images go (P33).

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/registers/domain/fields.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;

// A tag is printed on a label, and names a stream.
constexpr size_t kTagMax = 32;
// More than any school of this kind has pupils; each consent is looked up.
constexpr int kChildrenMax = 500;

Refusal Tag(absl::string_view tag, absl::string_view field) {
  if (tag.empty()) return Rejected{Reason::kFieldMissing, std::string(field)};
  const bool is_plain = std::all_of(tag.begin(), tag.end(), [](char c) {
    return absl::ascii_isupper(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
  });
  if (is_plain && tag.size() <= kTagMax) return std::nullopt;
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

const events::ImageCaptured& CaptureOf(const Entry& entry) {
  return entry.history.empty() ? events::ImageCaptured::default_instance()
                               : entry.history.front().event.image_captured();
}

const Entry& ConsentOf(const Context& context, const std::string& child) {
  static const Entry none;
  const auto found = context.consents.find(PersonId::FromBytes(child).value_or(PersonId()));
  return found == context.consents.end() ? none : found->second;
}

// Refuses for `reason` unless a parent of every child shown consents to such images
// at the moment.
Refusal EveryChildConsented(const events::ImageCaptured& capture, absl::Time time,
                            const Context& context, Reason reason) {
  for (int i = 0; i < capture.child_ids_size(); ++i) {
    const std::optional<Term> term = TermAt(ConsentOf(context, capture.child_ids(i)), time);
    if (!term.has_value() || !term->scopes.contains(capture.scope())) {
      return Rejected{reason, absl::StrCat("child_ids[", i, "]")};
    }
  }
  return std::nullopt;
}

Refusal WholeChildren(const events::ImageCaptured& capture) {
  if (capture.child_ids().empty()) return Rejected{Reason::kFieldMissing, "child_ids"};
  if (capture.child_ids_size() > kChildrenMax) return Rejected{Reason::kFieldTooLong, "child_ids"};
  std::set<std::string> children;
  for (int i = 0; i < capture.child_ids_size(); ++i) {
    const std::string field = absl::StrCat("child_ids[", i, "]");
    if (Refusal refusal = Id(capture.child_ids(i), field)) return refusal;
    if (!children.insert(capture.child_ids(i)).second) {
      return Rejected{Reason::kFieldInvalid, field};
    }
  }
  return std::nullopt;
}

}  // namespace

void CompleteCapture(const Entry&, const By& by, RegisterEvent& event) {
  events::ImageCaptured& capture = *event.mutable_image_captured();
  if (!capture.has_captured_time()) *capture.mutable_captured_time() = kernel::TimestampOf(by.now);
}

void CompleteSharing(const Entry&, const By& by, RegisterEvent& event) {
  events::ImageShared& shared = *event.mutable_image_shared();
  if (!shared.has_shared_time()) *shared.mutable_shared_time() = kernel::TimestampOf(by.now);
}

Refusal WholeDevice(const Entry&, const Proposal& proposal) {
  const events::SchoolDeviceRegistered& device = proposal.event.school_device_registered();
  return FirstOf({Tag(device.asset_tag(), "asset_tag"), Line(device.description(), "description")});
}

Refusal WholeRetirement(const Entry&, const Proposal& proposal) {
  return Line(proposal.event.school_device_retired().reasons(), "reasons");
}

Refusal WholeCapture(const Entry&, const Proposal& proposal) {
  const events::ImageCaptured& capture = proposal.event.image_captured();
  return FirstOf({Tag(capture.asset_tag(), "asset_tag"), WholeChildren(capture),
                  Word(capture.scope(), "scope"), Line(capture.description(), "description"),
                  PastMoment(capture.captured_time(), "captured_time", proposal.by.now)});
}

Refusal MayCapture(const Entry&, const Proposal& proposal) {
  const events::ImageCaptured& capture = proposal.event.image_captured();
  const absl::Time time = kernel::TimeOf(capture.captured_time());
  const std::optional<Entry>& device = proposal.context.device;
  if (!device.has_value() || !TermAt(*device, time).has_value()) {
    return Rejected{Reason::kDeviceNotRegistered, "asset_tag"};
  }
  return EveryChildConsented(capture, time, proposal.context, Reason::kPhotoConsentMissing);
}

Refusal WholeStoring(const Entry&, const Proposal& proposal) {
  const events::ImageStored& stored = proposal.event.image_stored();
  if (stored.storage() == events::IMAGE_STORAGE_OTHER) {
    return Rejected{Reason::kImageStorage, "storage"};
  }
  return FirstOf({Word(stored.storage(), "storage"), Line(stored.computer(), "computer")});
}

Refusal WholeSharing(const Entry& entry, const Proposal& proposal) {
  const events::ImageShared& shared = proposal.event.image_shared();
  if (Refusal refusal =
          FirstOf({Id(shared.recipient_id(), "recipient_id"), Line(shared.how(), "how"),
                   PastMoment(shared.shared_time(), "shared_time", proposal.by.now)})) {
    return refusal;
  }
  if (kernel::TimeOf(shared.shared_time()) < kernel::TimeOf(CaptureOf(entry).captured_time())) {
    return Rejected{Reason::kFieldInvalid, "shared_time"};
  }
  return std::nullopt;
}

// The policy names the parents of the child concerned; where a picture shows
// several children, each of them has to be one that may be shown.
Refusal MayShare(const Entry& entry, const Proposal& proposal) {
  const events::ImageCaptured& capture = CaptureOf(entry);
  const events::ImageShared& shared = proposal.event.image_shared();
  const bool is_parent = std::any_of(
      capture.child_ids().begin(), capture.child_ids().end(), [&](const std::string& child) {
        return IsParent(ConsentOf(proposal.context, child), shared.recipient_id());
      });
  if (!is_parent) return Rejected{Reason::kRecipientNotParent, "recipient_id"};
  return EveryChildConsented(capture, kernel::TimeOf(shared.shared_time()), proposal.context,
                             Reason::kSharingConsentMissing);
}

}  // namespace wardbook::registers
