// The head of a request, as browsers and strangers send it.

#include <cstdint>
#include <optional>
#include <variant>

#include "absl/strings/string_view.h"
#include "services/gateway/browser_rules.h"
#include "services/gateway/call_metadata.h"
#include "services/gateway/http_request.h"
#include "services/gateway/session_cookie.h"
#include "storage/base/assert.h"

using wardbook::gateway::HttpRequest;
using wardbook::gateway::Metadata;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view received(reinterpret_cast<const char*>(data), size);
  const std::optional<size_t> end = wardbook::gateway::EndOfHead(received);
  if (!end) return 0;
  WARDBOOK_ASSERT(*end <= received.size());
  const auto parsed = wardbook::gateway::ParseHead(received.substr(0, *end), 64);
  const auto* request = std::get_if<HttpRequest>(&parsed);
  if (request == nullptr) return 0;

  WARDBOOK_ASSERT(!request->path.empty() && request->path[0] == '/');
  for (const auto& [name, value] : request->fields) {
    WARDBOOK_ASSERT(value.find_first_of("\r\n") == std::string::npos);
    WARDBOOK_ASSERT(value.find('\0') == std::string::npos);
  }
  (void)wardbook::gateway::RefuseHost(*request, {});
  if (wardbook::gateway::RefuseCall(*request)) return 0;
  const auto passed = wardbook::gateway::MetadataOfRequest(*request, {"ipv4:127.0.0.1", "pass"});
  const auto* metadata = std::get_if<Metadata>(&passed);
  if (metadata == nullptr) return 0;
  int passes = 0;
  for (const auto& [key, value] : *metadata) {
    WARDBOOK_ASSERT(wardbook::gateway::IsMetadataKey(key));
    if (value == "pass") ++passes;
  }
  WARDBOOK_ASSERT(passes >= 1);
  return 0;
}
