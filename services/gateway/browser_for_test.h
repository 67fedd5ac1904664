// A browser as far as a server sees it: HTTP/1.1 over TLS on one connection. It waits for
// what it reads, half a minute at the most.

#ifndef SERVICES_GATEWAY_BROWSER_FOR_TEST_H_
#define SERVICES_GATEWAY_BROWSER_FOR_TEST_H_

#include <openssl/ssl.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wardbook::gateway {

struct AnswerForTest {
  // 0 when the connection ended instead.
  int status = 0;
  // Names in lower case.
  std::map<std::string, std::string> fields;
  // Without what it was split into.
  std::string body;
};

// What a call was answered with.
struct CallAnswerForTest {
  AnswerForTest http;
  std::vector<std::string> messages;
  // "grpc-status" and the others; empty when there is none.
  std::map<std::string, std::string> trailers;
};

// Thread-compatible.
class BrowserForTest {
 public:
  // Connects to 127.0.0.1. `protocols` are its own by ALPN, each behind its length.
  // From an address of 127.0.0.0/8 whose last byte is `from`.
  explicit BrowserForTest(int port, absl::string_view protocols = "\x08http/1.1", uint32_t from = 1,
                          int tls_version_max = TLS1_3_VERSION);
  ~BrowserForTest();

  BrowserForTest(const BrowserForTest&) = delete;
  BrowserForTest& operator=(const BrowserForTest&) = delete;

  // Whether TLS was agreed on.
  bool connected() const { return connected_; }
  std::string host() const;
  const SSL* tls() const { return ssl_.get(); }
  // Those that the server has sent, in PEM, its own first.
  std::vector<std::string> Certificates() const;

  // Fields that every request has from now on, each with its line end.
  void AlwaysSend(std::string fields) { always_ = std::move(fields); }

  // Waits so long before it takes the next bytes, from now on.
  void ReadSlowly(absl::Duration pause) { pause_ = pause; }

  void Send(absl::string_view bytes);
  AnswerForTest Get(absl::string_view path, absl::string_view fields = "");

  // The whole request of a call, as a page sends it.
  std::string CallText(absl::string_view path, absl::string_view message,
                       absl::string_view fields = "") const;
  CallAnswerForTest Call(absl::string_view path, absl::string_view message,
                         absl::string_view fields = "");

  // The next answer, whole.
  AnswerForTest Read();
  CallAnswerForTest ReadCall();
  // The next answer's head, and then the next message of its body; empty at its end.
  AnswerForTest ReadHead();
  std::string ReadMessage();

  // Whether the server has ended the connection, now or within half a minute, without
  // another byte.
  bool AwaitEnd();

  // Ends the connection without a word of TLS.
  void Drop();

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  // At least so many bytes in `received_`, if they come.
  bool Fill(size_t bytes);
  bool ReadMore();
  std::string Take(size_t bytes);
  std::string TakeLine();
  std::string TakeChunk();

  const int port_;
  int fd_ = -1;
  bool connected_ = false;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  std::string always_;
  absl::Duration pause_;
  std::string received_;
  // Of the body that is being read.
  std::string unframed_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_BROWSER_FOR_TEST_H_
