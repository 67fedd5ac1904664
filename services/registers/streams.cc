#include "services/registers/streams.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/base/assert.h"

namespace wardbook::registers {
namespace {

using wardbook::v1::REGISTER_CAPTURES;
using wardbook::v1::REGISTER_DEVICES;
using wardbook::v1::REGISTER_JUSTIFICATIONS;
using wardbook::v1::REGISTER_PERMISSIONS;
using wardbook::v1::REGISTER_PHONES;
using wardbook::v1::REGISTER_PHOTO_CONSENTS;
using wardbook::v1::REGISTER_SOCIAL_CONTACTS;
using wardbook::v1::REGISTER_VISIT_USES;

// The longest tag of a device.
constexpr size_t kTagMax = 32;

constexpr RegisterNames kRegisters[] = {
    {Register::kPermissions, REGISTER_PERMISSIONS, "permission-", "permissions"},
    {Register::kJustifications, REGISTER_JUSTIFICATIONS, "justification-", "justifications"},
    {Register::kSocialContacts, REGISTER_SOCIAL_CONTACTS, "declaration-", "social-contacts"},
    {Register::kPhones, REGISTER_PHONES, "custody-", "phones"},
    {Register::kVisitUses, REGISTER_VISIT_USES, "visit-", "visit-uses"},
    {Register::kPhotoConsents, REGISTER_PHOTO_CONSENTS, "consent-", "photo-consents"},
    {Register::kDevices, REGISTER_DEVICES, "device-", "devices"},
    {Register::kCaptures, REGISTER_CAPTURES, "capture-", "captures"},
};

bool IsTag(absl::string_view id) {
  return !id.empty() && id.size() <= kTagMax && std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isupper(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
  });
}

}  // namespace

absl::Span<const RegisterNames> AllRegisters() { return kRegisters; }

const RegisterNames& NamesOf(Register reg) {
  const auto* const found =
      std::find_if(std::begin(kRegisters), std::end(kRegisters),
                   [reg](const RegisterNames& names) { return names.reg == reg; });
  WARDBOOK_ASSERT(found != std::end(kRegisters));
  return *found;
}

std::optional<Register> RegisterFromWire(wardbook::v1::Register wire) {
  for (const RegisterNames& names : kRegisters) {
    if (names.wire == wire) return names.reg;
  }
  return std::nullopt;
}

std::string EntryRef::Stream() const { return absl::StrCat(NamesOf(reg).stream_prefix, id); }

std::optional<EntryRef> ParseEntryRef(Register reg, absl::string_view id) {
  if (reg == Register::kDevices) {
    if (!IsTag(id)) return std::nullopt;
    return EntryRef{reg, std::string(id)};
  }
  const std::optional<PersonId> digits = PersonId::FromHex(id);
  if (!digits.has_value()) return std::nullopt;
  return EntryRef{reg, digits->Hex()};
}

std::optional<EntryRef> EntryOfStream(Register reg, absl::string_view stream) {
  if (!absl::ConsumePrefix(&stream, NamesOf(reg).stream_prefix)) return std::nullopt;
  return ParseEntryRef(reg, stream);
}

}  // namespace wardbook::registers
