// Low-level concerns about people: a door to the lists of cases.

#ifndef SERVICES_CASEWORK_CONCERN_SERVICE_H_
#define SERVICES_CASEWORK_CONCERN_SERVICE_H_

#include "services/casework/casework_parts.h"
#include "wardbook/v1/concern_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class ConcernService final : public wardbook::v1::ConcernService::CallbackService {
 public:
  explicit ConcernService(const CaseworkParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* ListConcerns(grpc::CallbackServerContext* context,
                                         const wardbook::v1::ListConcernsRequest* request,
                                         wardbook::v1::ListConcernsResponse* response) override;

 private:
  const CaseworkParts parts_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CONCERN_SERVICE_H_
