#include "services/casework/upload_stream.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"

namespace wardbook::casework {
namespace {

using wardbook::v1::UploadChunksRequest;
using wardbook::v1::UploadChunksResponse;

// Owns itself until the call is done.
class UploadStream final : public grpc::ServerReadReactor<UploadChunksRequest> {
 public:
  UploadStream(const runtime::Rpc& rpc, Uploads& uploads, UploadChunksResponse* response,
               std::source_location handler)
      : rpc_(rpc), uploads_(uploads), response_(response), handler_(handler) {}

  void Start(absl::StatusOr<runtime::Call> call) {
    if (!call.ok()) return Conclude(call.status());
    call_ = *std::move(call);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    // The client has sent its last, or has gone and does not hear the answer.
    if (!ok) return Conclude(absl::OkStatus());
    rpc_.workers().Schedule([this] { Take(); });
  }

  void OnDone() override { delete this; }

 private:
  void Take() {
    if (upload_id_.empty()) upload_id_ = request_.upload_id();
    if (request_.upload_id() != upload_id_) {
      return Conclude(runtime::Refuse(kernel::Reason::kFieldInvalid, "upload_id"));
    }
    const absl::StatusOr<uint64_t> committed = uploads_.Put(
        call_, {.upload_id = upload_id_, .offset = request_.offset(), .data = request_.data()});
    if (!committed.ok()) return Conclude(committed.status());
    response_->set_committed_offset(*committed);
    StartRead(&request_);
  }

  void Conclude(const absl::Status& status) { Finish(runtime::Rpc::Conclude(handler_, status)); }

  const runtime::Rpc& rpc_;
  Uploads& uploads_;
  UploadChunksResponse* const response_;
  const std::source_location handler_;
  runtime::Call call_;
  std::string upload_id_;
  UploadChunksRequest request_;
};

}  // namespace

grpc::ServerReadReactor<UploadChunksRequest>* TakeUploadStream(const runtime::Rpc& rpc,
                                                               Uploads& uploads,
                                                               grpc::CallbackServerContext* context,
                                                               UploadChunksResponse* response,
                                                               std::source_location handler) {
  auto* stream = new UploadStream(rpc, uploads, response, handler);
  stream->Start(rpc.Authenticate(*context));
  return stream;
}

}  // namespace wardbook::casework
