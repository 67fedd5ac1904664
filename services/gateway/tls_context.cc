#include "services/gateway/tls_context.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

#include "storage/base/assert.h"

namespace wardbook::gateway {
namespace {

// With forward secrecy, and nothing that was broken.
constexpr char kCiphersOfTls12[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

constexpr absl::string_view kHttp1 = "http/1.1";

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct CertificateFree {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct KeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

int SocketOf(BIO* bio) { return static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio))); }

// OpenSSL's own writes with write(), which ends the process by SIGPIPE when the client has
// gone.
int WriteToSocket(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t sent = send(SocketOf(bio), data, static_cast<size_t>(size), MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int ReadFromSocket(BIO* bio, char* data, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t received = recv(SocketOf(bio), data, static_cast<size_t>(size), 0);
  if (received < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  if (received == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return static_cast<int>(received);
}

long ControlSocket(BIO* bio, int command, long /*argument*/, void* /*data*/) {
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
  return command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP ? 1 : 0;
}

int CreateBio(BIO* bio) {
  BIO_set_init(bio, 1);
  return 1;
}

const BIO_METHOD* SocketMethod() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "quiet socket");
    WARDBOOK_ASSERT(made != nullptr);
    BIO_meth_set_write(made, WriteToSocket);
    BIO_meth_set_read(made, ReadFromSocket);
    BIO_meth_set_ctrl(made, ControlSocket);
    BIO_meth_set_create(made, CreateBio);
    return made;
  }();
  return method;
}

// Answers the protocols of a client's hello. Who names some, but not ours, is told so.
int SelectProtocol(SSL* /*ssl*/, const unsigned char** selected, unsigned char* selected_size,
                   const unsigned char* offered, unsigned int offered_size, void* /*data*/) {
  for (unsigned int at = 0; at < offered_size; at += 1U + offered[at]) {
    const absl::string_view name(reinterpret_cast<const char*>(offered) + at + 1, offered[at]);
    if (name != kHttp1) continue;
    *selected = offered + at + 1;
    *selected_size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

absl::Status UseCertificate(SSL_CTX* context, const std::string& pem) {
  const std::unique_ptr<BIO, BioFree> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::unique_ptr<X509, CertificateFree> certificate(
      PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!certificate || SSL_CTX_use_certificate(context, certificate.get()) != 1) {
    return absl::InvalidArgumentError("the certificate for browsers cannot be read");
  }
  while (X509* link = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    // Takes it over.
    if (SSL_CTX_add0_chain_cert(context, link) != 1) {
      X509_free(link);
      return absl::InvalidArgumentError("the certificate's chain cannot be read");
    }
  }
  ERR_clear_error();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsContext> TlsContext::Make(const std::string& certificate_pem,
                                            const std::string& private_key_pem) {
  TlsContext made(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = made.context_.get();
  WARDBOOK_ASSERT(context != nullptr);
  WARDBOOK_ASSERT(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
  WARDBOOK_ASSERT(SSL_CTX_set_cipher_list(context, kCiphersOfTls12) == 1);
  // A ticket of TLS 1.2 is sealed with one key for as long as the process lives, and whoever
  // has that key later reads all that was said. Connections last, and a handshake takes a
  // millisecond: no session is resumed.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
  WARDBOOK_ASSERT(SSL_CTX_set_num_tickets(context, 0) == 1);
  // An idle connection keeps no buffers of 17 KB.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context, SelectProtocol, nullptr);

  if (absl::Status used = UseCertificate(context, certificate_pem); !used.ok()) return used;
  const std::unique_ptr<BIO, BioFree> bio(
      BIO_new_mem_buf(private_key_pem.data(), static_cast<int>(private_key_pem.size())));
  const std::unique_ptr<EVP_PKEY, KeyFree> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    ERR_clear_error();
    return absl::InvalidArgumentError("the key of the certificate for browsers does not fit");
  }
  return made;
}

SslPtr TlsContext::NewConnection(int socket) const {
  SslPtr ssl(SSL_new(context_.get()));
  WARDBOOK_ASSERT(ssl != nullptr);
  BIO* bio = BIO_new(SocketMethod());
  WARDBOOK_ASSERT(bio != nullptr);
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<intptr_t>(socket)));
  // One reference serves both directions.
  SSL_set_bio(ssl.get(), bio, bio);
  SSL_set_accept_state(ssl.get());
  return ssl;
}

}  // namespace wardbook::gateway
