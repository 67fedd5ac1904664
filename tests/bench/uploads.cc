#include "tests/bench/uploads.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "storage/base/ids.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/crypto/sha256.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/fail.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"

namespace wardbook::bench {
namespace {

using v1::EvidenceService;

// The largest that a server takes.
constexpr size_t kChunkBytes = 1 << 20;

void Check(const grpc::Status& status, const char* what) {
  if (!status.ok()) Fail(absl::StrCat(what, ": ", status.error_message()));
}

// Bytes a second of `work`, which takes in `bytes`.
double RateOf(uint64_t bytes, const std::function<void()>& work) {
  const absl::Time start = absl::Now();
  work();
  return static_cast<double>(bytes) / absl::ToDoubleSeconds(absl::Now() - start);
}

// Calls `take` for one chunk after the other.
void ForEachChunk(uint64_t bytes, const std::function<void(const std::string& chunk)>& take) {
  const std::string chunk(kChunkBytes, 'x');
  for (uint64_t offset = 0; offset < bytes; offset += kChunkBytes) take(chunk);
}

void WriteToDisk(const std::string& folder, uint64_t bytes) {
  const std::string path = absl::StrCat(folder, "/upload.probe");
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) Fail("cannot write to the data directory");
  ForEachChunk(bytes, [file](const std::string& chunk) {
    if (write(file, chunk.data(), chunk.size()) != static_cast<ssize_t>(chunk.size())) {
      Fail("cannot write to the data directory");
    }
  });
  if (fdatasync(file) != 0) Fail("cannot sync");
  close(file);
  unlink(path.c_str());
}

class Upload {
 public:
  explicit Upload(const UploadLoad& load)
      : load_(load), stub_(EvidenceService::NewStub(load.channel)) {}

  void Run() {
    Open();
    Send();
    File();
  }

 private:
  void Open() {
    v1::OpenUploadRequest request;
    request.set_case_ref(load_.case_ref);
    request.set_file_name("bench.txt");
    request.set_size(load_.bytes);
    request.set_indecent_image_answer(events::v1::INDECENT_IMAGE_ANSWER_NO);
    grpc::ClientContext context;
    context.AddMetadata("authorization", load_.authorization);
    v1::OpenUploadResponse response;
    Check(stub_->OpenUpload(&context, request, &response), "opening an upload");
    upload_id_ = response.upload_id();
  }

  void Send() {
    grpc::ClientContext context;
    context.AddMetadata("authorization", load_.authorization);
    v1::UploadChunksResponse response;
    const auto writer = stub_->UploadChunks(&context, &response);
    v1::UploadChunksRequest request;
    request.set_upload_id(upload_id_);
    request.set_data(std::string(kChunkBytes, 'x'));
    for (; request.offset() < load_.bytes; request.set_offset(request.offset() + kChunkBytes)) {
      if (!writer->Write(request)) break;
    }
    writer->WritesDone();
    Check(writer->Finish(), "uploading");
    if (response.committed_offset() != load_.bytes) Fail("an upload has not arrived whole");
  }

  void File() {
    v1::FileEvidenceRequest request;
    request.set_request_id(UuidText(crypto::NewRequestId()));
    request.set_case_ref(load_.case_ref);
    request.set_upload_id(upload_id_);
    request.set_kind(events::v1::EVIDENCE_KIND_ORIGINAL);
    grpc::ClientContext context;
    context.AddMetadata("authorization", load_.authorization);
    v1::FileEvidenceResponse response;
    Check(stub_->FileEvidence(&context, request, &response), "filing evidence");
  }

  const UploadLoad& load_;
  const std::unique_ptr<EvidenceService::Stub> stub_;
  std::string upload_id_;
};

}  // namespace

void MeasureUpload(const UploadLoad& load, Rows& rows) {
  const uint64_t bytes = load.bytes;
  crypto::Sha256Stream hash;
  const double sha256 = RateOf(bytes, [&] {
    ForEachChunk(bytes, [&hash](const std::string& chunk) { hash.Update(chunk); });
  });
  const crypto::Secret key = crypto::Secret::Random();
  const double sealing = RateOf(bytes, [&] {
    ForEachChunk(bytes, [&key](const std::string& chunk) { crypto::Seal(key, "row", chunk); });
  });
  const double disk = RateOf(bytes, [&] { WriteToDisk(load.folder, bytes); });
  const absl::Duration before = CpuTimeOf(load.server_process);
  const double upload = RateOf(bytes, [&] { Upload(load).Run(); });
  const absl::Duration of_server = CpuTimeOf(load.server_process) - before;
  rows.Add(
      {.name = absl::StrFormat("upload of %d MiB, TLS", bytes >> 20),
       .figure = upload / std::min({sha256, sealing, disk}),
       .unit = "of the slowest",
       .goal = AtLeast(0.6),
       .beside = absl::StrFormat(
           "%.0f MB/s, %.2f ms of the server's CPU a MB; SHA-256 %.0f, "
           "XChaCha20-Poly1305 %.0f, disk with one fdatasync %.0f MB/s",
           upload / 1e6, absl::ToDoubleMilliseconds(of_server) * 1e6 / static_cast<double>(bytes),
           sha256 / 1e6, sealing / 1e6, disk / 1e6)});
}

}  // namespace wardbook::bench
