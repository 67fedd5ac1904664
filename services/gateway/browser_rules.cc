#include "services/gateway/browser_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wardbook::gateway {
namespace {

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.';
}

// "school.example:7443" without the port; "[::1]:7443" too.
absl::string_view NameOfHost(absl::string_view host) {
  if (absl::StartsWith(host, "[")) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

}  // namespace

bool IsMethodPath(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "/wardbook.")) return false;
  const size_t slash = path.find('/');
  if (slash == absl::string_view::npos || slash == 0) return false;
  const absl::string_view method = path.substr(slash + 1);
  return !method.empty() &&
         std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(slash),
                     IsNameCharacter) &&
         std::all_of(method.begin(), method.end(), IsNameCharacter);
}

std::optional<HttpStatus> RefuseHost(const HttpRequest& request,
                                     absl::Span<const std::string> host_names) {
  if (host_names.empty()) return std::nullopt;
  const absl::string_view name = NameOfHost(request.Field("host"));
  for (const std::string& known : host_names) {
    if (absl::EqualsIgnoreCase(name, known)) return std::nullopt;
  }
  return HttpStatus::kMisdirectedRequest;
}

std::optional<HttpStatus> RefuseCall(const HttpRequest& request) {
  if (request.method != HttpRequest::Method::kPost) return HttpStatus::kMethodNotAllowed;
  if (request.Field("content-type") != kGrpcWeb) return HttpStatus::kUnsupportedMediaType;
  const bool says_site = request.HasField("sec-fetch-site");
  if (says_site && request.Field("sec-fetch-site") != "same-origin") return HttpStatus::kForbidden;
  // Older browsers send an origin only; one of the two there must be.
  if (!says_site && !request.HasField("origin")) return HttpStatus::kForbidden;
  if (request.HasField("origin") &&
      !absl::EqualsIgnoreCase(request.Field("origin"),
                              absl::StrCat("https://", request.Field("host")))) {
    return HttpStatus::kForbidden;
  }
  return std::nullopt;
}

}  // namespace wardbook::gateway
