#include "services/gateway/client_hello.h"

#include <optional>

#include "absl/strings/ascii.h"

namespace wardbook::gateway {
namespace {

constexpr size_t kRecordHeadBytes = 5;
constexpr char kHandshakeRecord = 22;
constexpr char kClientHelloMessage = 1;
constexpr size_t kAlpnExtension = 16;
// Of the message: its length, the version and the random number.
constexpr size_t kBytesBeforeSession = 3 + 2 + 32;

// Reads numbers and what they are the length of, from the front.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }

  std::optional<size_t> Number(size_t bytes) {
    const std::optional<absl::string_view> view = Bytes(bytes);
    if (!view) return std::nullopt;
    size_t number = 0;
    for (char c : *view) number = number << 8 | static_cast<unsigned char>(c);
    return number;
  }

  std::optional<absl::string_view> Bytes(size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const absl::string_view view = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return view;
  }

  // What stands behind its own length, which has `bytes`.
  std::optional<absl::string_view> Vector(size_t bytes) {
    const std::optional<size_t> length = Number(bytes);
    if (!length) return std::nullopt;
    return Bytes(*length);
  }

 private:
  absl::string_view rest_;
};

// The extensions of the message in a record.
std::optional<absl::string_view> ExtensionsOf(absl::string_view record) {
  Reader reader(record);
  const std::optional<absl::string_view> type = reader.Bytes(1);
  if (!type || (*type)[0] != kClientHelloMessage) return std::nullopt;
  if (!reader.Bytes(kBytesBeforeSession) || !reader.Vector(1) || !reader.Vector(2) ||
      !reader.Vector(1)) {
    return std::nullopt;
  }
  return reader.Vector(2);
}

bool SpeaksHttp2Only(absl::string_view protocols) {
  bool http1 = false;
  bool http2 = false;
  Reader reader(protocols);
  while (!reader.done()) {
    const std::optional<absl::string_view> name = reader.Vector(1);
    if (!name) return false;
    if (*name == "http/1.1") http1 = true;
    if (*name == "h2") http2 = true;
  }
  return http2 && !http1;
}

}  // namespace

ClientKind KindOfClient(absl::string_view received) {
  if (received.empty()) return ClientKind::kUndecided;
  if (absl::ascii_isupper(static_cast<unsigned char>(received[0]))) return ClientKind::kPlainHttp;
  if (received[0] != kHandshakeRecord) return ClientKind::kBrowser;
  if (received.size() < kRecordHeadBytes) return ClientKind::kUndecided;
  Reader reader(received.substr(kRecordHeadBytes - 2));
  const std::optional<size_t> length = reader.Number(2);
  if (!length || *length > kClientHelloBytesMax - kRecordHeadBytes) return ClientKind::kBrowser;
  const std::optional<absl::string_view> record = reader.Bytes(*length);
  if (!record) return ClientKind::kUndecided;
  const std::optional<absl::string_view> extensions = ExtensionsOf(*record);
  if (!extensions) return ClientKind::kBrowser;
  Reader rest(*extensions);
  while (!rest.done()) {
    const std::optional<size_t> type = rest.Number(2);
    const std::optional<absl::string_view> body = rest.Vector(2);
    if (!type || !body) return ClientKind::kBrowser;
    if (*type != kAlpnExtension) continue;
    const std::optional<absl::string_view> protocols = Reader(*body).Vector(2);
    return protocols && SpeaksHttp2Only(*protocols) ? ClientKind::kGrpc : ClientKind::kBrowser;
  }
  return ClientKind::kBrowser;
}

}  // namespace wardbook::gateway
