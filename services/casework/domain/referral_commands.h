// The life of a referral between its making and its end, as commands.

#ifndef SERVICES_CASEWORK_DOMAIN_REFERRAL_COMMANDS_H_
#define SERVICES_CASEWORK_DOMAIN_REFERRAL_COMMANDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/casework/domain/commands.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/referral_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

// More fields than any section has.
inline constexpr int kReferralFieldsMax = 50;

// In all of them a referral that is not named is the newest; for a section it is
// the newest that has not ended, and else the next one of the case.

struct PrepareReferralSection {
  By by;
  std::optional<ReferralId> referral_id;
  wardbook::events::v1::ReferralSection section =
      wardbook::events::v1::REFERRAL_SECTION_UNSPECIFIED;
  std::vector<wardbook::events::v1::ReferralField> fields;
};

struct RecordReferralSubmitted {
  By by;
  std::optional<ReferralId> referral_id;
  // Of the referral that is made by it where the case has none.
  ReferralId new_referral_id;
  std::string form_reference;
  wardbook::events::v1::LocalDateTime submitted_at;
  std::string submitted_by;
};

struct RecordReferralAdvice {
  By by;
  std::optional<ReferralId> referral_id;
  std::string advice;
  std::string conveyed_by;
};

struct RequestMoreInformation {
  By by;
  std::optional<ReferralId> referral_id;
  std::string question;
  std::string conveyed_by;
};

struct GiveMoreInformation {
  By by;
  std::optional<ReferralId> referral_id;
  std::string information;
};

struct RecordThresholdMet {
  By by;
  std::optional<ReferralId> referral_id;
  std::string reasons;
  std::string conveyed_by;
};

struct RecordReferralMeeting {
  By by;
  std::optional<ReferralId> referral_id;
  wardbook::events::v1::ReferralMeeting meeting =
      wardbook::events::v1::REFERRAL_MEETING_UNSPECIFIED;
  uint32_t number = 0;
  wardbook::events::v1::LocalDateTime held_at;
  std::string attendees;
  std::string actions;
};

struct OpenReferralStrand {
  By by;
  std::optional<ReferralId> referral_id;
  wardbook::events::v1::ReferralStrand strand = wardbook::events::v1::REFERRAL_STRAND_UNSPECIFIED;
  std::string reference;
  std::string details;
  std::string conveyed_by;
};

// A category of outcome that the rules of the moment know.
struct OutcomeCategory {
  wardbook::events::v1::ReferralOutcome outcome;
  std::string words;
};

struct RecordStrandOutcome {
  By by;
  std::optional<ReferralId> referral_id;
  wardbook::events::v1::ReferralStrand strand = wardbook::events::v1::REFERRAL_STRAND_UNSPECIFIED;
  wardbook::events::v1::ReferralOutcome outcome =
      wardbook::events::v1::REFERRAL_OUTCOME_UNSPECIFIED;
  std::string reasons;
  std::string conveyed_by;
  std::string rule_pack_id;
  std::vector<OutcomeCategory> categories;
};

struct RecordClosingAction {
  By by;
  std::optional<ReferralId> referral_id;
  wardbook::events::v1::ClosingAction action = wardbook::events::v1::CLOSING_ACTION_UNSPECIFIED;
  wardbook::events::v1::ClosingDecision decision =
      wardbook::events::v1::CLOSING_DECISION_UNSPECIFIED;
  std::string details;
};

struct CloseReferral {
  By by;
  std::optional<ReferralId> referral_id;
  std::string summary;
  std::string conveyed_by;
};

struct WithdrawReferral {
  By by;
  std::optional<ReferralId> referral_id;
  std::string reasons;
  std::optional<ReferralId> superseded_by_id;
  std::string conveyed_by;
};

// Whether the case is shown to this person as the council's form.
struct ShowReferralForm {
  By by;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_REFERRAL_COMMANDS_H_
