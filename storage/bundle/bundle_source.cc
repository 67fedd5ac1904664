#include "storage/bundle/bundle_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/sha256.h"

namespace wardbook::bundle {
namespace {

// Large enough that reading costs nothing beside hashing, small enough to stay
// in a processor's cache between the two.
constexpr size_t kPieceSize = 256 << 10;

// An open file, closed when it goes.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() { close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  absl::Status Read(uint64_t offset, absl::Span<char> out) const {
    while (!out.empty()) {
      const ssize_t got = pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return absl::ErrnoToStatus(errno, "the bundle cannot be read");
      if (got == 0) return absl::UnavailableError("the bundle became shorter while it was read");
      out.remove_prefix(static_cast<size_t>(got));
      offset += static_cast<uint64_t>(got);
    }
    return absl::OkStatus();
  }

 private:
  const int descriptor_;
};

}  // namespace

absl::StatusOr<BundleSource> OpenBundleFile(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, "the bundle cannot be opened");
  // std::function asks for a closure that can be copied.
  auto file = std::make_shared<const OpenFile>(descriptor);
  struct stat attributes;
  if (fstat(descriptor, &attributes) != 0) {
    return absl::ErrnoToStatus(errno, "the bundle cannot be opened");
  }
  if (!S_ISREG(attributes.st_mode)) return absl::InvalidArgumentError("not a file");
  return BundleSource{
      static_cast<uint64_t>(attributes.st_size),
      [file](uint64_t offset, absl::Span<char> out) { return file->Read(offset, out); }};
}

BundleSource BundleInMemory(absl::string_view bytes) {
  return BundleSource{
      bytes.size(), [bytes](uint64_t offset, absl::Span<char> out) {
        WARDBOOK_ASSERT(offset <= bytes.size() && out.size() <= bytes.size() - offset);
        std::memcpy(out.data(), bytes.data() + offset, out.size());
        return absl::OkStatus();
      }};
}

absl::StatusOr<std::string> ReadRange(const BundleSource& source, uint64_t offset, uint64_t size) {
  std::string bytes(size, '\0');
  WARDBOOK_RETURN_IF_ERROR(source.read(offset, absl::MakeSpan(bytes)));
  return bytes;
}

absl::Status VisitRange(const BundleSource& source, uint64_t offset, uint64_t size,
                        const std::function<absl::Status(absl::string_view piece)>& visit) {
  std::string buffer(std::min<uint64_t>(size, kPieceSize), '\0');
  while (size > 0) {
    const absl::Span<char> piece =
        absl::MakeSpan(buffer).subspan(0, std::min<uint64_t>(size, kPieceSize));
    WARDBOOK_RETURN_IF_ERROR(source.read(offset, piece));
    WARDBOOK_RETURN_IF_ERROR(visit(absl::string_view(piece.data(), piece.size())));
    offset += piece.size();
    size -= piece.size();
  }
  return absl::OkStatus();
}

absl::StatusOr<Hash> HashRange(const BundleSource& source, uint64_t offset, uint64_t size) {
  crypto::Sha256Stream hash;
  WARDBOOK_RETURN_IF_ERROR(VisitRange(source, offset, size, [&](absl::string_view piece) {
    hash.Update(piece);
    return absl::OkStatus();
  }));
  return hash.Digest();
}

}  // namespace wardbook::bundle
