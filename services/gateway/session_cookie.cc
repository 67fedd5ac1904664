#include "services/gateway/session_cookie.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace wardbook::gateway {
namespace {

constexpr absl::string_view kName = "__Host-wardbook";
constexpr absl::string_view kAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

// Several times what a token of ours has.
constexpr size_t kTokenBytesMax = 256;

// base64url.
bool IsToken(absl::string_view text) {
  return !text.empty() && text.size() <= kTokenBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ||
                  c == '=';
         });
}

}  // namespace

std::optional<std::string> SessionOfCookies(absl::string_view cookies) {
  for (absl::string_view cookie : absl::StrSplit(cookies, ';')) {
    cookie = absl::StripAsciiWhitespace(cookie);
    if (!absl::ConsumePrefix(&cookie, absl::StrCat(kName, "="))) continue;
    if (!IsToken(cookie)) return std::nullopt;
    return std::string(cookie);
  }
  return std::nullopt;
}

std::optional<std::string> CookieOfSession(absl::string_view token) {
  if (!IsToken(token)) return std::nullopt;
  return absl::StrCat(kName, "=", token, kAttributes);
}

std::string CookieOfNoSession() { return absl::StrCat(kName, "=; Max-Age=0", kAttributes); }

}  // namespace wardbook::gateway
