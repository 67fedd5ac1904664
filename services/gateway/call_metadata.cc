#include "services/gateway/call_metadata.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/session_cookie.h"
#include "services/runtime/gateway_pass.h"

namespace wardbook::gateway {
namespace {

constexpr absl::string_view kOurs = "wardbook-";
constexpr absl::string_view kDetails = "grpc-status-details-bin";

}  // namespace

bool IsMetadataKey(absl::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  });
}

bool IsMetadataValue(absl::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::variant<Metadata, HttpStatus> MetadataOfRequest(const HttpRequest& request,
                                                     const Origin& origin) {
  Metadata metadata;
  for (const auto& [name, value] : request.fields) {
    if (!absl::StartsWith(name, kOurs)) continue;
    // No method takes bytes there.
    if (!IsMetadataKey(name) || absl::EndsWith(name, kBinarySuffix) || !IsMetadataValue(value)) {
      return HttpStatus::kBadRequest;
    }
    metadata.emplace_back(name, value);
  }
  if (const std::optional<std::string> session = SessionOfCookies(request.Field("cookie"))) {
    metadata.emplace_back("authorization", absl::StrCat("Bearer ", *session));
  }
  metadata.emplace_back(runtime::kGatewayTokenKey, origin.pass_token);
  metadata.emplace_back(runtime::kGatewayPeerKey, origin.address);
  return metadata;
}

bool PassesToBrowser(absl::string_view key) {
  return absl::StartsWith(key, kOurs) || key == kDetails;
}

}  // namespace wardbook::gateway
