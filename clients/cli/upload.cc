#include "clients/cli/upload.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/sha256.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::EvidenceService;

// Goes in a row that brought nothing before the upload is left for later.
constexpr int kGoesInVainMax = 4;
constexpr size_t kReadBytes = 1 << 20;

absl::Status CannotRead(const std::string& path, absl::string_view why) {
  return absl::InternalError(absl::StrCat("Cannot read ", path, ": ", why, "."));
}

// One stream, from `offset` to the end of the file. The server's answer, or why
// the stream broke.
absl::Status SendFrom(const Connection& connection, const std::string& upload_id,
                      const LocalFile& file, uint64_t offset, uint64_t chunk_size,
                      const std::function<void(uint64_t sent)>& progress) {
  std::ifstream in(file.path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset));
  if (!in) return CannotRead(file.path, std::strerror(errno));
  EvidenceService::Stub stub(connection.channel());
  const std::unique_ptr<grpc::ClientContext> context = connection.NewContext();
  v1::UploadChunksResponse response;
  const std::unique_ptr<grpc::ClientWriter<v1::UploadChunksRequest>> writer =
      stub.UploadChunks(context.get(), &response);
  v1::UploadChunksRequest chunk;
  chunk.set_upload_id(upload_id);
  bool read_to_end = true;
  while (offset < file.size) {
    std::string& data = *chunk.mutable_data();
    data.resize(std::min(chunk_size, file.size - offset));
    read_to_end = !!in.read(data.data(), static_cast<std::streamsize>(data.size()));
    chunk.set_offset(offset);
    if (!read_to_end || !writer->Write(chunk)) break;
    offset += data.size();
    progress(offset);
  }
  if (!read_to_end) {
    context->TryCancel();
    writer->Finish();
    return CannotRead(file.path, "it has become shorter or broke off");
  }
  writer->WritesDone();
  return connection.Outcome(writer->Finish());
}

}  // namespace

absl::StatusOr<uint64_t> SizeOfFile(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return absl::NotFoundError(absl::StrCat("There is no file ", path, "."));
  }
  if (error) return CannotRead(path, error.message());
  if (!std::filesystem::is_regular_file(status)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is not a file."));
  }
  const uint64_t size = std::filesystem::file_size(path, error);
  if (error) return CannotRead(path, error.message());
  return size;
}

absl::StatusOr<LocalFile> MeasureFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) {
    const std::string message = absl::StrCat("Cannot open ", path, ": ", std::strerror(errno), ".");
    return errno == ENOENT ? absl::NotFoundError(message) : absl::InternalError(message);
  }
  LocalFile file{.path = path, .size = 0, .sha256 = {}};
  crypto::Sha256Stream sha256;
  std::string piece(kReadBytes, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    const auto size = static_cast<size_t>(in.gcount());
    sha256.Update(absl::string_view(piece).substr(0, size));
    file.size += size;
  }
  if (in.bad()) return CannotRead(path, std::strerror(errno));
  if (file.size == 0) return absl::InvalidArgumentError(absl::StrCat(path, " is empty."));
  file.sha256 = sha256.Digest();
  return file;
}

absl::Status SendFile(const Connection& connection, const std::string& upload_id,
                      const LocalFile& file, uint64_t chunk_size,
                      const std::function<void(uint64_t sent)>& progress) {
  v1::GetUploadRequest request;
  request.set_upload_id(upload_id);
  uint64_t committed = 0;
  absl::Status broken = absl::UnavailableError("The upload does not get on.");
  for (int in_vain = 0; in_vain <= kGoesInVainMax; ++in_vain) {
    WARDBOOK_ASSIGN_OR_RETURN(
        const v1::GetUploadResponse upload,
        connection.Call(&EvidenceService::Stub::GetUpload, request, Repeat::kSafe));
    if (upload.size() != file.size) {
      return absl::InvalidArgumentError("The upload is for a file of another size.");
    }
    if (upload.committed_offset() > committed) in_vain = 0;
    committed = upload.committed_offset();
    progress(committed);
    if (committed == file.size) return absl::OkStatus();
    if (in_vain > 0) connection.Pause(in_vain);
    const absl::Status sent =
        SendFrom(connection, upload_id, file, committed, chunk_size, progress);
    if (sent.ok()) continue;
    if (!absl::IsUnavailable(sent) || RefusalOf(sent).has_value()) return sent;
    broken = sent;
  }
  return broken;
}

}  // namespace wardbook::cli
