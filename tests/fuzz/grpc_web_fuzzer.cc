// The frames and fields of gRPC-Web, and the first bytes of a connection.

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/gateway/client_hello.h"
#include "services/gateway/grpc_web.h"
#include "services/gateway/session_cookie.h"
#include "storage/base/assert.h"

namespace gateway = wardbook::gateway;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);

  if (size >= gateway::kFrameHeadBytes) {
    const absl::string_view head = bytes.substr(0, gateway::kFrameHeadBytes);
    if (const std::optional<uint32_t> length = gateway::MessageLength(head)) {
      WARDBOOK_ASSERT(gateway::MessageFrameHead(*length) == head);
    }
  }

  if (const auto timeout = gateway::ParseTimeout(bytes)) {
    WARDBOOK_ASSERT(*timeout >= absl::ZeroDuration());
  }

  for (const char c : gateway::PercentEncoded(bytes)) WARDBOOK_ASSERT(c >= ' ' && c <= '~');

  FuzzedDataProvider input(data, size);
  const std::string key = input.ConsumeRandomLengthString(40);
  const std::string value = input.ConsumeRandomLengthString(100);
  const std::string frame = gateway::TrailersFrame(13, bytes, {{key, value}});
  int lines = 0;
  for (const char c : absl::string_view(frame).substr(gateway::kFrameHeadBytes)) {
    if (c == '\n') ++lines;
  }
  WARDBOOK_ASSERT(lines <= 3);

  // What is said of the first bytes is not taken back when more come.
  gateway::ClientKind kind = gateway::ClientKind::kUndecided;
  for (size_t received = 0; received <= size && received < 600; ++received) {
    const gateway::ClientKind now = gateway::KindOfClient(bytes.substr(0, received));
    WARDBOOK_ASSERT(kind == gateway::ClientKind::kUndecided || now == kind);
    kind = now;
  }

  if (const auto token = gateway::SessionOfCookies(bytes)) {
    const auto cookie = gateway::CookieOfSession(*token);
    WARDBOOK_ASSERT(cookie && gateway::SessionOfCookies(
                                  absl::string_view(*cookie).substr(0, cookie->find(';'))) ==
                                  token);
  }
  return 0;
}
