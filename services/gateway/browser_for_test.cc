#include "services/gateway/browser_for_test.h"

#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/gateway/grpc_web.h"

namespace wardbook::gateway {
namespace {

constexpr int kPatienceSeconds = 30;

}  // namespace

BrowserForTest::BrowserForTest(int port, absl::string_view protocols, uint32_t from,
                               int tls_version_max)
    : port_(port),
      fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      context_(SSL_CTX_new(TLS_client_method())) {
  // OpenSSL writes to servers that have gone.
  std::signal(SIGPIPE, SIG_IGN);
  timeval patience{kPatienceSeconds, 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + from);
  if (bind(fd_, reinterpret_cast<sockaddr*>(&own), sizeof(own)) != 0) return;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) return;
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), fd_);
  SSL_set_max_proto_version(ssl_.get(), tls_version_max);
  if (!protocols.empty()) {
    SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                        static_cast<unsigned int>(protocols.size()));
  }
  connected_ = SSL_connect(ssl_.get()) == 1;
}

BrowserForTest::~BrowserForTest() { Drop(); }

void BrowserForTest::Drop() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

std::vector<std::string> BrowserForTest::Certificates() const {
  std::vector<std::string> certificates;
  const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl_.get());
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    BIO* const bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, sk_X509_value(chain, i));
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    certificates.emplace_back(text, static_cast<size_t>(size));
    BIO_free(bio);
  }
  return certificates;
}

std::string BrowserForTest::host() const { return absl::StrCat("127.0.0.1:", port_); }

void BrowserForTest::Send(absl::string_view bytes) {
  while (connected_ && !bytes.empty()) {
    const int count = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
}

AnswerForTest BrowserForTest::Get(absl::string_view path, absl::string_view fields) {
  Send(absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: ", host(), "\r\n", always_, fields, "\r\n"));
  return Read();
}

std::string BrowserForTest::CallText(absl::string_view path, absl::string_view message,
                                     absl::string_view fields) const {
  return absl::StrCat("POST ", path, " HTTP/1.1\r\nHost: ", host(),
                      "\r\nContent-Type: application/grpc-web+proto\r\nOrigin: https://", host(),
                      "\r\nSec-Fetch-Site: same-origin\r\nContent-Length: ",
                      message.size() + kFrameHeadBytes, "\r\n", always_, fields, "\r\n",
                      MessageFrameHead(static_cast<uint32_t>(message.size())), message);
}

CallAnswerForTest BrowserForTest::Call(absl::string_view path, absl::string_view message,
                                       absl::string_view fields) {
  Send(CallText(path, message, fields));
  return ReadCall();
}

AnswerForTest BrowserForTest::ReadHead() {
  AnswerForTest answer;
  const std::string first = TakeLine();
  if (first.size() < 12 || !absl::SimpleAtoi(first.substr(9, 3), &answer.status)) return {};
  for (std::string line = TakeLine(); !line.empty(); line = TakeLine()) {
    const std::pair<std::string, std::string> field =
        absl::StrSplit(line, absl::MaxSplits(": ", 1));
    answer.fields[absl::AsciiStrToLower(field.first)] = field.second;
  }
  return answer;
}

AnswerForTest BrowserForTest::Read() {
  AnswerForTest answer = ReadHead();
  if (answer.fields["transfer-encoding"] == "chunked") {
    for (std::string chunk = TakeChunk(); !chunk.empty(); chunk = TakeChunk()) {
      answer.body += chunk;
    }
  } else if (size_t size = 0; absl::SimpleAtoi(answer.fields["content-length"], &size)) {
    answer.body = Take(size);
  }
  return answer;
}

CallAnswerForTest BrowserForTest::ReadCall() {
  CallAnswerForTest call;
  call.http = Read();
  if (call.http.status != 200) return call;
  absl::string_view rest = call.http.body;
  while (rest.size() >= kFrameHeadBytes) {
    const bool is_trailers = rest[0] == '\x80';
    std::string frame_head(rest.substr(0, kFrameHeadBytes));
    frame_head[0] = 0;
    const size_t length = MessageLength(frame_head).value_or(0);
    const absl::string_view content = rest.substr(kFrameHeadBytes, length);
    rest.remove_prefix(std::min(rest.size(), kFrameHeadBytes + length));
    if (!is_trailers) {
      call.messages.emplace_back(content);
      continue;
    }
    for (absl::string_view line : absl::StrSplit(content, "\r\n", absl::SkipEmpty())) {
      const std::pair<std::string, std::string> field =
          absl::StrSplit(line, absl::MaxSplits(": ", 1));
      call.trailers[field.first] = field.second;
    }
  }
  return call;
}

std::string BrowserForTest::ReadMessage() {
  while (unframed_.size() < kFrameHeadBytes) {
    const std::string chunk = TakeChunk();
    if (chunk.empty()) return "";
    unframed_ += chunk;
  }
  const size_t length = MessageLength(unframed_.substr(0, kFrameHeadBytes)).value_or(0);
  while (unframed_.size() < kFrameHeadBytes + length) {
    const std::string chunk = TakeChunk();
    if (chunk.empty()) return "";
    unframed_ += chunk;
  }
  std::string message = unframed_.substr(kFrameHeadBytes, length);
  unframed_.erase(0, kFrameHeadBytes + length);
  return message;
}

bool BrowserForTest::AwaitEnd() {
  return connected_ && received_.empty() && !ReadMore() && errno != EAGAIN;
}

bool BrowserForTest::ReadMore() {
  if (!connected_ || fd_ < 0) return false;
  char piece[16384];
  absl::SleepFor(pause_);
  errno = 0;
  const int count = SSL_read(ssl_.get(), piece, sizeof(piece));
  if (count <= 0) return false;
  received_.append(piece, static_cast<size_t>(count));
  return true;
}

bool BrowserForTest::Fill(size_t bytes) {
  while (received_.size() < bytes) {
    if (!ReadMore()) return false;
  }
  return true;
}

std::string BrowserForTest::Take(size_t bytes) {
  if (!Fill(bytes)) return "";
  std::string taken = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return taken;
}

std::string BrowserForTest::TakeLine() {
  size_t end = received_.find("\r\n");
  while (end == std::string::npos) {
    if (!ReadMore()) return "";
    end = received_.find("\r\n");
  }
  std::string line = Take(end);
  Take(2);
  return line;
}

std::string BrowserForTest::TakeChunk() {
  const std::string line = TakeLine();
  const size_t size = std::strtoul(line.c_str(), nullptr, 16);
  std::string chunk = Take(size);
  Take(2);
  return chunk;
}

}  // namespace wardbook::gateway
