#include "services/gateway/static_answer.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/gateway/response_head.h"

namespace wardbook::gateway {
namespace {

constexpr absl::string_view kNoClient =
    "This server has no web client. Use the program wardbook.\n";
constexpr absl::string_view kNoFile = "There is no such page here.\n";

constexpr absl::string_view kRevalidate = "no-cache";
constexpr absl::string_view kImmutable = "public, max-age=31536000, immutable";

// Whether a client has this form already, by its field if-none-match.
bool Has(absl::string_view if_none_match, absl::string_view etag) {
  for (absl::string_view one : absl::StrSplit(if_none_match, ',')) {
    one = absl::StripAsciiWhitespace(one);
    if (absl::StripPrefix(one, "W/") == etag || one == "*") return true;
  }
  return false;
}

}  // namespace

StaticAnswer AnswerFromAssets(const HttpRequest& request, const Assets& assets) {
  const bool wants_body = request.method == HttpRequest::Method::kGet;
  const Asset* asset = assets.Find(request.path);
  if (asset == nullptr) {
    const absl::string_view text = assets.empty() ? kNoClient : kNoFile;
    return {ResponseHead(HttpStatus::kNotFound)
                .Add("Content-Type", "text/plain; charset=utf-8")
                .Add("Cache-Control", "no-store")
                .ContentLength(text.size())
                .ConnectionAfterwards(request.afterwards)
                .Text(),
            wants_body ? text : ""};
  }
  const AssetForm& form = asset->FormFor(request.Field("accept-encoding"));
  const bool has_it = Has(request.Field("if-none-match"), form.etag);
  ResponseHead head(has_it ? HttpStatus::kNotModified : HttpStatus::kOk);
  head.Add("Cache-Control", asset->caching == Asset::Caching::kImmutable ? kImmutable : kRevalidate)
      .Add("ETag", form.etag)
      .Add("Vary", "Accept-Encoding")
      .ConnectionAfterwards(request.afterwards);
  if (has_it) return {head.Text(), ""};
  head.Add("Content-Type", asset->mime_type).ContentLength(form.bytes.size());
  if (!form.encoding.empty()) head.Add("Content-Encoding", form.encoding);
  return {head.Text(), wants_body ? form.bytes : ""};
}

}  // namespace wardbook::gateway
