#include "services/runtime/gateway_pass.h"

#include "absl/strings/escaping.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"

namespace wardbook::runtime {
namespace {

constexpr size_t kTokenBytes = 32;

absl::string_view Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

}  // namespace

GatewayPass::GatewayPass()
    : token_(absl::WebSafeBase64Escape(crypto::RandomBytes(kTokenBytes))),
      hash_(crypto::Sha256(token_)) {}

std::optional<std::string> GatewayPass::BrowserAddress(
    const grpc::CallbackServerContext& context) const {
  const absl::string_view token = Metadata(context, kGatewayTokenKey);
  // Hashes are compared, so that the time it takes tells nothing of the token.
  if (token.empty() || crypto::Sha256(token) != hash_) return std::nullopt;
  return std::string(Metadata(context, kGatewayPeerKey));
}

}  // namespace wardbook::runtime
