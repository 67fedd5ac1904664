// The door to the registers: each method is an event that the life cycle decides
// about.

#ifndef SERVICES_REGISTERS_REGISTER_SERVICE_H_
#define SERVICES_REGISTERS_REGISTER_SERVICE_H_

#include <optional>
#include <source_location>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/registers/domain/entry.h"
#include "services/registers/domain/life_cycle.h"
#include "services/registers/register_listing.h"
#include "services/registers/streams.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/caller.h"
#include "services/runtime/rpc.h"
#include "services/runtime/transactor.h"
#include "wardbook/v1/register_service.grpc.pb.h"
#include "wardbook/v1/register_service.pb.h"

namespace wardbook::registers {

using RegisterTransactor = runtime::Transactor<RegisterAggregate>;

// What the service is made of; all of it outlives the service.
struct RegisterParts {
  runtime::Rpc& rpc;
  RegisterTransactor& entries;
  const RegisterListing& listing;
  const runtime::Directory& directory;
  const rulepack::RulePacks& rules;
};

// Safe for concurrent use.
class RegisterService final : public wardbook::v1::RegisterService::CallbackService {
 public:
  explicit RegisterService(const RegisterParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* RequestPermission(
      grpc::CallbackServerContext* context, const wardbook::v1::RequestPermissionRequest* request,
      wardbook::v1::RequestPermissionResponse* response) override;
  grpc::ServerUnaryReactor* GrantPermission(
      grpc::CallbackServerContext* context, const wardbook::v1::GrantPermissionRequest* request,
      wardbook::v1::GrantPermissionResponse* response) override;
  grpc::ServerUnaryReactor* RefusePermission(
      grpc::CallbackServerContext* context, const wardbook::v1::RefusePermissionRequest* request,
      wardbook::v1::RefusePermissionResponse* response) override;
  grpc::ServerUnaryReactor* RevokePermission(
      grpc::CallbackServerContext* context, const wardbook::v1::RevokePermissionRequest* request,
      wardbook::v1::RevokePermissionResponse* response) override;
  grpc::ServerUnaryReactor* SubmitJustification(
      grpc::CallbackServerContext* context, const wardbook::v1::SubmitJustificationRequest* request,
      wardbook::v1::SubmitJustificationResponse* response) override;
  grpc::ServerUnaryReactor* ReviewJustification(
      grpc::CallbackServerContext* context, const wardbook::v1::ReviewJustificationRequest* request,
      wardbook::v1::ReviewJustificationResponse* response) override;
  grpc::ServerUnaryReactor* DecideJustificationAdvice(
      grpc::CallbackServerContext* context,
      const wardbook::v1::DecideJustificationAdviceRequest* request,
      wardbook::v1::DecideJustificationAdviceResponse* response) override;
  grpc::ServerUnaryReactor* RecordJustificationAdvice(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordJustificationAdviceRequest* request,
      wardbook::v1::RecordJustificationAdviceResponse* response) override;
  grpc::ServerUnaryReactor* CloseJustification(
      grpc::CallbackServerContext* context, const wardbook::v1::CloseJustificationRequest* request,
      wardbook::v1::CloseJustificationResponse* response) override;
  grpc::ServerUnaryReactor* DeclareSocialContact(
      grpc::CallbackServerContext* context,
      const wardbook::v1::DeclareSocialContactRequest* request,
      wardbook::v1::DeclareSocialContactResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeSocialContact(
      grpc::CallbackServerContext* context,
      const wardbook::v1::AcknowledgeSocialContactRequest* request,
      wardbook::v1::AcknowledgeSocialContactResponse* response) override;
  grpc::ServerUnaryReactor* UpdateSocialContact(
      grpc::CallbackServerContext* context, const wardbook::v1::UpdateSocialContactRequest* request,
      wardbook::v1::UpdateSocialContactResponse* response) override;
  grpc::ServerUnaryReactor* EndSocialContact(
      grpc::CallbackServerContext* context, const wardbook::v1::EndSocialContactRequest* request,
      wardbook::v1::EndSocialContactResponse* response) override;
  grpc::ServerUnaryReactor* TakeInPhone(grpc::CallbackServerContext* context,
                                        const wardbook::v1::TakeInPhoneRequest* request,
                                        wardbook::v1::TakeInPhoneResponse* response) override;
  grpc::ServerUnaryReactor* RecordParentsMadeAware(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordParentsMadeAwareRequest* request,
      wardbook::v1::RecordParentsMadeAwareResponse* response) override;
  grpc::ServerUnaryReactor* RecordPhoneExamined(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordPhoneExaminedRequest* request,
      wardbook::v1::RecordPhoneExaminedResponse* response) override;
  grpc::ServerUnaryReactor* ReturnPhone(grpc::CallbackServerContext* context,
                                        const wardbook::v1::ReturnPhoneRequest* request,
                                        wardbook::v1::ReturnPhoneResponse* response) override;
  grpc::ServerUnaryReactor* LogVisitPhoneUse(
      grpc::CallbackServerContext* context, const wardbook::v1::LogVisitPhoneUseRequest* request,
      wardbook::v1::LogVisitPhoneUseResponse* response) override;
  grpc::ServerUnaryReactor* LinkParent(grpc::CallbackServerContext* context,
                                       const wardbook::v1::LinkParentRequest* request,
                                       wardbook::v1::LinkParentResponse* response) override;
  grpc::ServerUnaryReactor* UnlinkParent(grpc::CallbackServerContext* context,
                                         const wardbook::v1::UnlinkParentRequest* request,
                                         wardbook::v1::UnlinkParentResponse* response) override;
  grpc::ServerUnaryReactor* GivePhotoConsent(
      grpc::CallbackServerContext* context, const wardbook::v1::GivePhotoConsentRequest* request,
      wardbook::v1::GivePhotoConsentResponse* response) override;
  grpc::ServerUnaryReactor* RefusePhotoConsent(
      grpc::CallbackServerContext* context, const wardbook::v1::RefusePhotoConsentRequest* request,
      wardbook::v1::RefusePhotoConsentResponse* response) override;
  grpc::ServerUnaryReactor* WithdrawPhotoConsent(
      grpc::CallbackServerContext* context,
      const wardbook::v1::WithdrawPhotoConsentRequest* request,
      wardbook::v1::WithdrawPhotoConsentResponse* response) override;
  grpc::ServerUnaryReactor* RegisterSchoolDevice(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RegisterSchoolDeviceRequest* request,
      wardbook::v1::RegisterSchoolDeviceResponse* response) override;
  grpc::ServerUnaryReactor* RetireSchoolDevice(
      grpc::CallbackServerContext* context, const wardbook::v1::RetireSchoolDeviceRequest* request,
      wardbook::v1::RetireSchoolDeviceResponse* response) override;
  grpc::ServerUnaryReactor* RecordCapture(grpc::CallbackServerContext* context,
                                          const wardbook::v1::RecordCaptureRequest* request,
                                          wardbook::v1::RecordCaptureResponse* response) override;
  grpc::ServerUnaryReactor* StoreCapture(grpc::CallbackServerContext* context,
                                         const wardbook::v1::StoreCaptureRequest* request,
                                         wardbook::v1::StoreCaptureResponse* response) override;
  grpc::ServerUnaryReactor* ShareCapture(grpc::CallbackServerContext* context,
                                         const wardbook::v1::ShareCaptureRequest* request,
                                         wardbook::v1::ShareCaptureResponse* response) override;
  grpc::ServerUnaryReactor* ListEntries(grpc::CallbackServerContext* context,
                                        const wardbook::v1::ListEntriesRequest* request,
                                        wardbook::v1::ListEntriesResponse* response) override;
  grpc::ServerUnaryReactor* GetEntry(grpc::CallbackServerContext* context,
                                     const wardbook::v1::GetEntryRequest* request,
                                     wardbook::v1::GetEntryResponse* response) override;
  grpc::ServerUnaryReactor* CheckPermission(
      grpc::CallbackServerContext* context, const wardbook::v1::CheckPermissionRequest* request,
      wardbook::v1::CheckPermissionResponse* response) override;

 private:
  // Takes a request whose event `fill` copies out of it.
  template <class Request, class Response, class Fill>
  grpc::ServerUnaryReactor* Take(grpc::CallbackServerContext* context, const Request* request,
                                 Response* response, Register reg, Fill fill,
                                 std::source_location handler = std::source_location::current());

  // A refusal for kNoSuchPerson: the event names somebody who is not in the
  // school's register of people.
  absl::Status CheckPeople(const runtime::Call& call, const EntryRef& ref,
                           const events::RegisterEvent& event) const;
  // Reads the other entries that the decision depends on.
  absl::StatusOr<Context> ReadContext(const runtime::Call& call, const EntryRef& ref,
                                      const events::RegisterEvent& event) const;
  absl::StatusOr<Entry> Load(const runtime::Call& call, const EntryRef& ref) const;
  // Unspecified for somebody who is not in the school's register of people.
  events::PersonCategory CategoryOf(const runtime::Call& call,
                                    const std::optional<PersonId>& person) const;

  absl::StatusOr<wardbook::v1::RegisterEntry> ToWire(const runtime::Call& call, const EntryRef& ref,
                                                     const Entry& entry) const;
  absl::Status ReadPage(const runtime::Call& call, const wardbook::v1::ListEntriesRequest& request,
                        wardbook::v1::ListEntriesResponse* response) const;
  absl::Status ReadEntry(const runtime::Call& call, const wardbook::v1::GetEntryRequest& request,
                         wardbook::v1::GetEntryResponse* response) const;
  absl::Status Check(const runtime::Call& call, const wardbook::v1::CheckPermissionRequest& request,
                     wardbook::v1::CheckPermissionResponse* response) const;

  const RegisterParts parts_;
};

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_REGISTER_SERVICE_H_
