#include "services/casework/response_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

absl::StatusOr<RecordPoliceReport> ReadPoliceReport(const v1::RecordPoliceReportRequest& request,
                                                    By by) {
  return RecordPoliceReport{.by = std::move(by),
                            .ground = request.ground(),
                            .reported_at = request.reported_at(),
                            .reported_by = request.reported_by(),
                            .how = request.how(),
                            .log_number = request.log_number(),
                            .officer = request.officer(),
                            .reasons = request.reasons(),
                            .target = request.target()};
}

absl::StatusOr<RecordDutyNotification> ReadDutyNotification(
    const v1::RecordDutyNotificationRequest& request, By by) {
  return RecordDutyNotification{.by = std::move(by),
                                .recipient = request.recipient(),
                                .notified_at = request.notified_at(),
                                .how = request.how(),
                                .reference = request.reference(),
                                .reasons = request.reasons(),
                                .delayed_because = request.delayed_because()};
}

absl::StatusOr<RecordProviderReport> ReadProviderReport(
    const v1::RecordProviderReportRequest& request, By by) {
  return RecordProviderReport{.by = std::move(by),
                              .platform = request.platform(),
                              .reported_at = request.reported_at(),
                              .reference = request.reference(),
                              .details = request.details()};
}

absl::StatusOr<RecordProviderOutcome> ReadProviderOutcome(
    const v1::RecordProviderOutcomeRequest& request, By by) {
  RecordProviderOutcome command{.by = std::move(by),
                                .report_revision = std::nullopt,
                                .outcome = request.outcome(),
                                .known_at = request.known_at(),
                                .details = request.details()};
  if (request.report_revision() != 0) command.report_revision = request.report_revision();
  return command;
}

absl::StatusOr<RecordContentRemoved> ReadContentRemoved(
    const v1::RecordContentRemovedRequest& request, By by) {
  return RecordContentRemoved{.by = std::move(by),
                              .removed_at = request.removed_at(),
                              .platform = request.platform(),
                              .removed_by = request.removed_by(),
                              .details = request.details()};
}

absl::StatusOr<casework::OfferSupport> ReadOfferSupport(const v1::OfferSupportRequest& request,
                                                        By by) {
  return casework::OfferSupport{.by = std::move(by),
                                .to_whom = request.to_whom(),
                                .support = request.support(),
                                .answer = request.answer()};
}

absl::StatusOr<RecordExternalBodyInformed> ReadExternalBodyInformed(
    const v1::RecordExternalBodyInformedRequest& request, By by) {
  return RecordExternalBodyInformed{.by = std::move(by),
                                    .body = request.body(),
                                    .name = request.name(),
                                    .informed_at = request.informed_at(),
                                    .how = request.how(),
                                    .summary = request.summary()};
}

absl::StatusOr<casework::LogContact> ReadLogContact(const v1::LogContactRequest& request, By by) {
  return casework::LogContact{.by = std::move(by),
                              .whom = request.whom(),
                              .name = request.name(),
                              .channel = request.channel(),
                              .contacted_at = request.contacted_at(),
                              .summary = request.summary()};
}

std::string PurposeOf(wardbook::rules::v1::ContactKind kind) {
  switch (kind) {
    case wardbook::rules::v1::CONTACT_KIND_SAFEGUARDING_ADVICE:
      return "Allegations about adults, and advice";
    case wardbook::rules::v1::CONTACT_KIND_CHILDRENS_SERVICES:
      return "Concerns about a child";
    case wardbook::rules::v1::CONTACT_KIND_CHILDRENS_SERVICES_OUT_OF_HOURS:
      return "Concerns about a child, outside office hours";
    case wardbook::rules::v1::CONTACT_KIND_POLICE_EMERGENCY:
      return "The police in an emergency";
    case wardbook::rules::v1::CONTACT_KIND_POLICE:
      return "The police";
    case wardbook::rules::v1::CONTACT_KIND_SCHOOL_SUPPORT:
      return "Support for schools";
    default:
      return "";
  }
}

v1::ListContactsResponse ContactsOf(const rulepack::RulePack& rules) {
  v1::ListContactsResponse response;
  for (const auto& contact : rules.contacts()) {
    v1::Contact& shown = *response.add_contacts();
    shown.set_purpose(PurposeOf(contact.kind()));
    shown.set_name(contact.name());
    shown.set_telephone(contact.telephone());
    shown.set_email(contact.email());
    shown.set_web_address(contact.web_address());
    shown.set_how(contact.how());
  }
  response.set_rule_pack_id(rules.pack_id());
  response.set_effective_from(rules.effective_from());
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* ResponseService::RecordPoliceReport(
    grpc::CallbackServerContext* context, const v1::RecordPoliceReportRequest* request,
    v1::RecordPoliceReportResponse* response) {
  return commands_.Take(context, request, response, ReadPoliceReport);
}

grpc::ServerUnaryReactor* ResponseService::RecordDutyNotification(
    grpc::CallbackServerContext* context, const v1::RecordDutyNotificationRequest* request,
    v1::RecordDutyNotificationResponse* response) {
  return commands_.Take(context, request, response, ReadDutyNotification);
}

grpc::ServerUnaryReactor* ResponseService::RecordProviderReport(
    grpc::CallbackServerContext* context, const v1::RecordProviderReportRequest* request,
    v1::RecordProviderReportResponse* response) {
  return commands_.Take(context, request, response, ReadProviderReport);
}

grpc::ServerUnaryReactor* ResponseService::RecordProviderOutcome(
    grpc::CallbackServerContext* context, const v1::RecordProviderOutcomeRequest* request,
    v1::RecordProviderOutcomeResponse* response) {
  return commands_.Take(context, request, response, ReadProviderOutcome);
}

grpc::ServerUnaryReactor* ResponseService::RecordContentRemoved(
    grpc::CallbackServerContext* context, const v1::RecordContentRemovedRequest* request,
    v1::RecordContentRemovedResponse* response) {
  return commands_.Take(context, request, response, ReadContentRemoved);
}

grpc::ServerUnaryReactor* ResponseService::OfferSupport(grpc::CallbackServerContext* context,
                                                        const v1::OfferSupportRequest* request,
                                                        v1::OfferSupportResponse* response) {
  return commands_.Take(context, request, response, ReadOfferSupport);
}

grpc::ServerUnaryReactor* ResponseService::RecordExternalBodyInformed(
    grpc::CallbackServerContext* context, const v1::RecordExternalBodyInformedRequest* request,
    v1::RecordExternalBodyInformedResponse* response) {
  return commands_.Take(context, request, response, ReadExternalBodyInformed);
}

grpc::ServerUnaryReactor* ResponseService::LogContact(grpc::CallbackServerContext* context,
                                                      const v1::LogContactRequest* request,
                                                      v1::LogContactResponse* response) {
  return commands_.Take(context, request, response, ReadLogContact);
}

grpc::ServerUnaryReactor* ResponseService::ListContacts(grpc::CallbackServerContext* context,
                                                        const v1::ListContactsRequest*,
                                                        v1::ListContactsResponse* response) {
  return parts_.rpc.Unary(context,
                          [this, response](const runtime::Call& call, runtime::Finish finish) {
                            *response = ContactsOf(parts_.rules.At(call.now));
                            finish(absl::OkStatus());
                          });
}

}  // namespace wardbook::casework
