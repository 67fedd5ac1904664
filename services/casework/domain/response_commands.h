// What is done about an incident with people outside the case, as commands.

#ifndef SERVICES_CASEWORK_DOMAIN_RESPONSE_COMMANDS_H_
#define SERVICES_CASEWORK_DOMAIN_RESPONSE_COMMANDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/casework/domain/commands.h"
#include "wardbook/events/v1/response_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

struct RecordPoliceReport {
  By by;
  wardbook::events::v1::PoliceGround ground = wardbook::events::v1::POLICE_GROUND_UNSPECIFIED;
  wardbook::events::v1::LocalDateTime reported_at;
  std::string reported_by;
  std::string how;
  std::string log_number;
  std::string officer;
  std::string reasons;
  // Whom a report on the ground of cyber-bullying concerns: an id in hexadecimal
  // digits or a name, as the report has it. Everybody who is bullied if empty.
  std::string target = {};
};

struct RecordDutyNotification {
  By by;
  wardbook::events::v1::DutyRecipient recipient = wardbook::events::v1::DUTY_RECIPIENT_UNSPECIFIED;
  wardbook::events::v1::LocalDateTime notified_at;
  std::string how;
  std::string reference;
  std::string reasons;
  std::string delayed_because;
};

struct RecordProviderReport {
  By by;
  std::string platform;
  wardbook::events::v1::LocalDateTime reported_at;
  std::string reference;
  std::string details;
};

struct RecordProviderOutcome {
  By by;
  std::optional<uint64_t> report_revision;  // The newest if unset.
  wardbook::events::v1::ProviderOutcome outcome =
      wardbook::events::v1::PROVIDER_OUTCOME_UNSPECIFIED;
  wardbook::events::v1::LocalDateTime known_at;
  std::string details;
};

struct RecordContentRemoved {
  By by;
  wardbook::events::v1::LocalDateTime removed_at;
  std::string platform;
  std::string removed_by;
  std::string details;
};

struct OfferSupport {
  By by;
  std::string to_whom;
  std::string support;
  wardbook::events::v1::SupportAnswer answer = wardbook::events::v1::SUPPORT_ANSWER_UNSPECIFIED;
};

struct RecordExternalBodyInformed {
  By by;
  wardbook::events::v1::ExternalBody body = wardbook::events::v1::EXTERNAL_BODY_UNSPECIFIED;
  std::string name;
  wardbook::events::v1::LocalDateTime informed_at;
  std::string how;
  std::string summary;
};

struct LogContact {
  By by;
  wardbook::events::v1::ContactWith whom = wardbook::events::v1::CONTACT_WITH_UNSPECIFIED;
  std::string name;
  wardbook::events::v1::ContactChannel channel = wardbook::events::v1::CONTACT_CHANNEL_UNSPECIFIED;
  wardbook::events::v1::LocalDateTime contacted_at;
  std::string summary;
};

// A stage of a disagreement that begins at the moment of the command.
struct StageFromNow {
  std::string words;
  absl::Time due;
};

// The stages that the rules of the moment know, the first at index 0.
struct DisagreementRules {
  std::vector<StageFromNow> stages;
  // Until when a stage is settled where immediate significant harm is feared.
  absl::Time due_for_harm;
};

struct RaiseDisagreement {
  By by;
  uint64_t disputed_revision = 0;
  std::string reasons;
  bool immediate_significant_harm = false;
  DisagreementRules rules;
};

struct EscalateDisagreement {
  By by;
  std::optional<uint64_t> disagreement_revision;  // The newest if unset.
  uint32_t stage = 0;
  std::string to_whom;
  DisagreementRules rules;
};

struct ResolveDisagreement {
  By by;
  std::optional<uint64_t> disagreement_revision;  // The newest if unset.
  std::string how;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_RESPONSE_COMMANDS_H_
