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
  UploadStream(runtime::Rpc& rpc, Uploads& uploads, grpc::CallbackServerContext* context,
               UploadChunksResponse* response, std::source_location handler)
      : rpc_(rpc),
        uploads_(uploads),
        context_(context),
        response_(response),
        handler_(handler),
        watched_(rpc.idle_streams(), *context) {}

  void Start(absl::StatusOr<std::pair<runtime::Call, runtime::CallPlace>> admitted) {
    if (!admitted.ok()) return Finish(runtime::Rpc::Conclude(handler_, admitted.status()));
    call_ = std::move(admitted->first);
    place_ = std::move(admitted->second);
    ReadNext();
  }

  void OnReadDone(bool ok) override {
    watched_.EndClientsTurn();
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
    // Sessions end and roles change while a long file is on its way.
    const absl::StatusOr<runtime::Call> call = rpc_.Authenticate(*context_);
    if (!call.ok()) return Conclude(call.status());
    const absl::StatusOr<uint64_t> committed = uploads_.Put(
        *call, {.upload_id = upload_id_, .offset = request_.offset(), .data = request_.data()});
    if (!committed.ok()) return Conclude(committed.status());
    response_->set_committed_offset(*committed);
    ReadNext();
  }

  void ReadNext() {
    watched_.BeginClientsTurn();
    StartRead(&request_);
  }

  void Conclude(const absl::Status& status) {
    rpc_.Conclude(call_, handler_, status,
                  [this](const grpc::Status& concluded) { Finish(concluded); });
  }

  runtime::Rpc& rpc_;
  Uploads& uploads_;
  grpc::CallbackServerContext* const context_;
  UploadChunksResponse* const response_;
  const std::source_location handler_;
  runtime::WatchedStream watched_;
  // As the stream began.
  runtime::Call call_;
  runtime::CallPlace place_;
  std::string upload_id_;
  UploadChunksRequest request_;
};

}  // namespace

grpc::ServerReadReactor<UploadChunksRequest>* TakeUploadStream(runtime::Rpc& rpc, Uploads& uploads,
                                                               grpc::CallbackServerContext* context,
                                                               UploadChunksResponse* response,
                                                               std::source_location handler) {
  auto* stream = new UploadStream(rpc, uploads, context, response, handler);
  stream->Start(rpc.Admit(*context));
  return stream;
}

}  // namespace wardbook::casework
