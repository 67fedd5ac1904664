#include "services/gateway/response_head.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace wardbook::gateway {
namespace {

// Blobs are evidence that the client has received and shows.
constexpr absl::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

constexpr absl::string_view kSecurityFields[][2] = {
    {"Content-Security-Policy", kContentSecurityPolicy},
    {"Strict-Transport-Security", "max-age=31536000"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=()"},
};

// RFC 9110 has one form, in English and in UTC.
constexpr absl::string_view kHttpDate = "%a, %d %b %Y %H:%M:%S GMT";

}  // namespace

ResponseHead::ResponseHead(HttpStatus status)
    : lines_(absl::StrCat("HTTP/1.1 ", static_cast<int>(status), " ", PhraseOf(status), "\r\n")) {
  // The client trusts this clock and not that of the computer.
  Add("Date", absl::FormatTime(kHttpDate, absl::Now(), absl::UTCTimeZone()));
  for (const auto& [name, value] : kSecurityFields) Add(name, value);
}

ResponseHead& ResponseHead::Add(absl::string_view name, absl::string_view value) {
  absl::StrAppend(&lines_, name, ": ", value, "\r\n");
  return *this;
}

ResponseHead& ResponseHead::ContentLength(uint64_t bytes) {
  return Add("Content-Length", absl::StrCat(bytes));
}

ResponseHead& ResponseHead::ConnectionAfterwards(HttpRequest::Afterwards afterwards) {
  return afterwards == HttpRequest::Afterwards::kClose ? Add("Connection", "close") : *this;
}

std::string ResponseHead::Text() const { return absl::StrCat(lines_, "\r\n"); }

std::string PlainAnswer(HttpStatus status, absl::string_view text,
                        HttpRequest::Afterwards afterwards) {
  return absl::StrCat(ResponseHead(status)
                          .Add("Content-Type", "text/plain; charset=utf-8")
                          .Add("Cache-Control", "no-store")
                          .ContentLength(text.size())
                          .ConnectionAfterwards(afterwards)
                          .Text(),
                      text);
}

}  // namespace wardbook::gateway
