#include "services/gateway/http_request.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace wardbook::gateway {
namespace {

namespace http = boost::beast::http;

constexpr char kEndOfHead[] = "\r\n\r\n";

// Fields of which a second one is an attempt to say two things at once.
constexpr absl::string_view kSingleFields[] = {
    "host",           "content-length", "content-type",   "transfer-encoding", "origin",
    "sec-fetch-site", "cookie",         "expect",         "grpc-timeout",      "if-none-match",
    "accept",         "connection",     "accept-encoding"};

absl::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// A line that begins with a blank goes on with the one before in old HTTP; a line that
// ends with half of its end, or has a zero in it, is read differently by everybody.
bool HasStrayBytes(absl::string_view head) {
  for (size_t i = 0; i < head.size(); ++i) {
    const char c = head[i];
    if (c == '\0') return true;
    if (c == '\r' && (i + 1 == head.size() || head[i + 1] != '\n')) return true;
    if (c != '\n') continue;
    if (i == 0 || head[i - 1] != '\r') return true;
    if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return true;
  }
  return false;
}

bool IsPrintable(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

std::optional<HttpRequest::Method> MethodOf(http::verb verb) {
  if (verb == http::verb::get) return HttpRequest::Method::kGet;
  if (verb == http::verb::head) return HttpRequest::Method::kHead;
  if (verb == http::verb::post) return HttpRequest::Method::kPost;
  return std::nullopt;
}

std::optional<HttpStatus> ReadFraming(HttpRequest& request) {
  // No browser sends chunks, and one length is one way to read a request.
  if (request.HasField("transfer-encoding")) return HttpStatus::kLengthRequired;
  if (request.HasField("content-length")) {
    const absl::string_view text = request.Field("content-length");
    uint64_t length = 0;
    if (!IsNumber(text) || !absl::SimpleAtoi(text, &length)) return HttpStatus::kBadRequest;
    request.content_length = length;
  }
  if (request.method == HttpRequest::Method::kPost) {
    if (!request.content_length) return HttpStatus::kLengthRequired;
  } else if (request.content_length.value_or(0) != 0) {
    return HttpStatus::kBadRequest;
  }
  if (request.HasField("expect")) {
    if (!absl::EqualsIgnoreCase(request.Field("expect"), "100-continue")) {
      return HttpStatus::kExpectationFailed;
    }
    request.expects_continue = true;
  }
  return std::nullopt;
}

}  // namespace

absl::string_view HttpRequest::Field(absl::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return "";
}

bool HttpRequest::HasField(absl::string_view name) const {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return field.first == name; });
}

std::optional<size_t> EndOfHead(absl::string_view received) {
  const size_t at = received.find(kEndOfHead);
  if (at == absl::string_view::npos) return std::nullopt;
  return at + absl::string_view(kEndOfHead).size();
}

std::variant<HttpRequest, HttpStatus> ParseHead(absl::string_view head, int fields_max) {
  if (HasStrayBytes(head)) return HttpStatus::kBadRequest;
  http::request_parser<http::empty_body> parser;
  // It was read within a limit of its own.
  parser.header_limit(static_cast<std::uint32_t>(head.size()) + 1);
  // The body is read elsewhere.
  parser.skip(true);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error == http::error::bad_version) return HttpStatus::kVersionNotSupported;
  if (error || !parser.is_header_done()) return HttpStatus::kBadRequest;
  const auto& message = parser.get();
  if (message.version() != 11) return HttpStatus::kVersionNotSupported;

  HttpRequest request;
  for (const auto& field : message) {
    if (static_cast<int>(request.fields.size()) >= fields_max) return HttpStatus::kHeadTooLarge;
    request.fields.emplace_back(absl::AsciiStrToLower(View(field.name_string())),
                                std::string(absl::StripAsciiWhitespace(View(field.value()))));
  }
  for (const absl::string_view name : kSingleFields) {
    if (std::count_if(request.fields.begin(), request.fields.end(),
                      [&](const auto& field) { return field.first == name; }) > 1) {
      return HttpStatus::kBadRequest;
    }
  }
  if (request.Field("host").empty()) return HttpStatus::kBadRequest;

  const absl::string_view target = View(message.target());
  if (!absl::StartsWith(target, "/") || !IsPrintable(target)) return HttpStatus::kBadRequest;
  request.path = std::string(target.substr(0, target.find('?')));
  const std::optional<HttpRequest::Method> method = MethodOf(message.method());
  if (!method) return HttpStatus::kMethodNotAllowed;
  request.method = *method;
  for (absl::string_view token : absl::StrSplit(request.Field("connection"), ',')) {
    if (absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(token), "close")) {
      request.afterwards = HttpRequest::Afterwards::kClose;
    }
  }
  if (const std::optional<HttpStatus> refused = ReadFraming(request)) return *refused;
  return request;
}

}  // namespace wardbook::gateway
