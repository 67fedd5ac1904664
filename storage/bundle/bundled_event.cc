#include "storage/bundle/bundled_event.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "storage/bundle/field_number.h"
#include "storage/bundle/written_time.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/payload_commitment.h"

namespace wardbook::bundle {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::wardbook::events::v1::CaseEvent;

// The member of CaseEvent that holds events of the type.
const FieldDescriptor* MemberFor(absl::string_view event_type) {
  const Descriptor* const wrapper = CaseEvent::descriptor();
  for (int i = 0; i < wrapper->field_count(); ++i) {
    const FieldDescriptor* const member = wrapper->field(i);
    if (absl::string_view(member->message_type()->full_name()) == event_type) return member;
  }
  return nullptr;
}

absl::Status Bad(absl::string_view what) { return absl::DataLossError(what); }

}  // namespace

const Message* BundledEvent::message() const {
  const google::protobuf::OneofDescriptor* const body = CaseEvent::descriptor()->oneof_decl(0);
  const FieldDescriptor* const member =
      CaseEvent::GetReflection()->GetOneofFieldDescriptor(event, body);
  if (member == nullptr) return nullptr;
  return &CaseEvent::GetReflection()->GetMessage(event, member);
}

bool BundledEvent::IsWhole() const { return !hidden && withheld_count() == 0; }

absl::StatusOr<BundledEvent> AssembleEvent(absl::string_view event_type, const Hash& commitment,
                                           const wardbook::log::v1::BundledRecord& bundled) {
  if (bundled.field_count() > record::kEventFieldsMax) {
    return Bad("it has more fields than any entry");
  }
  if (bundled.field_count() > 0 && bundled.fields().empty()) {
    return Bad("it counts fields and shows none, so that nothing proves the number");
  }
  BundledEvent result;
  result.hidden = bundled.field_count() == 0 && commitment != merkle::EmptyRoot();
  result.field_count = bundled.field_count();
  std::string bytes;
  std::map<int, int> occurrences;
  uint64_t next_index = 0;
  for (const wardbook::log::v1::DisclosedField& disclosed : bundled.fields()) {
    if (disclosed.index() < next_index || disclosed.index() >= bundled.field_count()) {
      return Bad("the fields that it shows are out of order");
    }
    next_index = disclosed.index() + 1;
    const int number = FieldNumber(disclosed.field());
    result.fields.push_back({disclosed.index(), number, occurrences[number]++});
    bytes += disclosed.field();
  }
  const FieldDescriptor* const member = MemberFor(event_type);
  if (member == nullptr) return result;
  Message* const message = CaseEvent::GetReflection()->MutableMessage(&result.event, member);
  if (!message->ParseFromString(bytes)) {
    return Bad(absl::StrCat("the fields that it shows are not those of ", event_type));
  }
  return result;
}

std::optional<FiledEvidence> FiledEvidenceOf(const BundledEvent& event) {
  if (!event.event.has_evidence_filed()) return std::nullopt;
  const wardbook::events::v1::EvidenceFiled& filed = event.event.evidence_filed();
  const std::optional<EvidenceId> id = EvidenceId::FromBytes(filed.evidence_id());
  const std::optional<Hash> sha256 = Hash::FromBytes(filed.sha256());
  // No file in evidence is empty, so a size of 0 is one that is withheld.
  if (!id.has_value() || !sha256.has_value() || filed.size() == 0) return std::nullopt;
  return FiledEvidence{*id, filed.file_name(), filed.media_type(), filed.size(), *sha256};
}

std::optional<std::string> DateTimeText(const Message& message) {
  if (const auto* const instant = dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
    return WrittenTime(absl::FromUnixSeconds(instant->seconds()),
                       SchoolTimeZone().value_or(absl::UTCTimeZone()));
  }
  const auto* const time = dynamic_cast<const wardbook::events::v1::LocalDateTime*>(&message);
  if (time == nullptr) return std::nullopt;
  std::string text = WrittenStoredDate(time->date());
  if (!time->time().empty()) absl::StrAppend(&text, ", ", WrittenStoredTimeOfDay(time->time()));
  if (time->approximate()) absl::StrAppend(&text, " (an estimate)");
  return text;
}

}  // namespace wardbook::bundle
