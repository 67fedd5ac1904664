// The door to the absences of the Headteacher (P39).

#ifndef SERVICES_PEOPLE_ABSENCE_SERVICE_H_
#define SERVICES_PEOPLE_ABSENCE_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/people/person_commands.h"
#include "services/people/register.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/absence_service.grpc.pb.h"
#include "wardbook/v1/absence_service.pb.h"

namespace wardbook::people {

// Safe for concurrent use.
class AbsenceService final : public wardbook::v1::AbsenceService::CallbackService {
 public:
  // All outlive the service.
  AbsenceService(runtime::Rpc& rpc, PersonTransactor& transactor, Register& people)
      : rpc_(rpc), people_(people), commands_(rpc, transactor, people) {}

  grpc::ServerUnaryReactor* RecordHeadAbsence(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordHeadAbsenceRequest* request,
      wardbook::v1::RecordHeadAbsenceResponse* response) override;
  grpc::ServerUnaryReactor* EndHeadAbsence(grpc::CallbackServerContext* context,
                                           const wardbook::v1::EndHeadAbsenceRequest* request,
                                           wardbook::v1::EndHeadAbsenceResponse* response) override;
  grpc::ServerUnaryReactor* ListHeadAbsences(
      grpc::CallbackServerContext* context, const wardbook::v1::ListHeadAbsencesRequest* request,
      wardbook::v1::ListHeadAbsencesResponse* response) override;
  grpc::ServerUnaryReactor* GetHeadCover(grpc::CallbackServerContext* context,
                                         const wardbook::v1::GetHeadCoverRequest* request,
                                         wardbook::v1::GetHeadCoverResponse* response) override;

 private:
  runtime::Rpc& rpc_;
  Register& people_;
  PersonCommands commands_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_ABSENCE_SERVICE_H_
