// Chunks that come as a stream of the client's.

#ifndef SERVICES_CASEWORK_UPLOAD_STREAM_H_
#define SERVICES_CASEWORK_UPLOAD_STREAM_H_

#include <source_location>

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/casework/uploads.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/evidence_service.pb.h"

namespace wardbook::casework {

// Takes an UploadChunks call: one chunk after the other, each on a worker. The
// next is read when the one before is stored, so that a slow disk slows the
// client down. `uploads` outlives the call.
grpc::ServerReadReactor<wardbook::v1::UploadChunksRequest>* TakeUploadStream(
    runtime::Rpc& rpc, Uploads& uploads, grpc::CallbackServerContext* context,
    wardbook::v1::UploadChunksResponse* response,
    std::source_location handler = std::source_location::current());

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_UPLOAD_STREAM_H_
