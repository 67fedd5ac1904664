#include "services/registers/domain/permission_kind.h"

#include <algorithm>

namespace wardbook::registers {
namespace {

using wardbook::events::v1::PermissionKind;
using wardbook::events::v1::PermissionRequested;

// A year and a day, so that what begins and ends on the same date of two years
// fits; longer than a policy stands without a review nothing is permitted.
constexpr absl::Duration kYear = absl::Hours(24 * 366);
// A phone kept on is for exceptional circumstances, such as a relative's illness.
constexpr absl::Duration kMonth = absl::Hours(24 * 31);

constexpr RequestLine kPlatform = {"platform", &PermissionRequested::platform};
constexpr RequestLine kEquipment = {"equipment", &PermissionRequested::equipment};
constexpr RequestLine kWhereUsed = {"where_used", &PermissionRequested::where_used};
constexpr RequestLine kAsset = {"asset", &PermissionRequested::asset};
constexpr RequestLine kAudience = {"audience", &PermissionRequested::audience};

constexpr RequestLine kAllLines[] = {kPlatform, kEquipment, kWhereUsed, kAsset, kAudience};
constexpr RequestLine kLinesOfSocialMedia[] = {kPlatform, kEquipment};
constexpr RequestLine kLinesOfName[] = {kWhereUsed, kAsset, kAudience};

constexpr PermissionRules kKinds[] = {
    {wardbook::events::v1::PERMISSION_KIND_WORK_SOCIAL_MEDIA, "P26",
     wardbook::events::v1::DECIDER_HEADTEACHER, wardbook::events::v1::DECIDER_CHAIR_OF_GOVERNORS,
     kYear, Form::kAny, Talk::kNotNeeded, Whose::kApplicants, kLinesOfSocialMedia},
    {wardbook::events::v1::PERMISSION_KIND_NAME_AND_LOGO, "P27",
     wardbook::events::v1::DECIDER_HEADTEACHER, wardbook::events::v1::DECIDER_CHAIR_OF_GOVERNORS,
     kYear, Form::kWritten, Talk::kNotNeeded, Whose::kApplicants, kLinesOfName},
    {wardbook::events::v1::PERMISSION_KIND_PHONE_KEPT_ON,
     "P28",
     wardbook::events::v1::DECIDER_LEADERSHIP_TEAM,
     wardbook::events::v1::DECIDER_LEADERSHIP_TEAM,
     kMonth,
     Form::kAny,
     Talk::kDiscussed,
     Whose::kApplicants,
     {}},
    {wardbook::events::v1::PERMISSION_KIND_CHILD_PHONE_KEPT,
     "P29",
     wardbook::events::v1::DECIDER_HEADTEACHER,
     wardbook::events::v1::DECIDER_CHAIR_OF_GOVERNORS,
     kYear,
     Form::kAny,
     Talk::kNotNeeded,
     Whose::kChilds,
     {}},
};

}  // namespace

absl::Span<const PermissionRules> PermissionKinds() { return kKinds; }

const PermissionRules* FindPermissionKind(PermissionKind kind) {
  const auto* const found =
      std::find_if(std::begin(kKinds), std::end(kKinds),
                   [kind](const PermissionRules& rules) { return rules.kind == kind; });
  return found == std::end(kKinds) ? nullptr : found;
}

absl::Span<const RequestLine> AllRequestLines() { return kAllLines; }

}  // namespace wardbook::registers
