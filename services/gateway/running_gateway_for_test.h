// A gateway that runs, with the service behind it.

#ifndef SERVICES_GATEWAY_RUNNING_GATEWAY_FOR_TEST_H_
#define SERVICES_GATEWAY_RUNNING_GATEWAY_FOR_TEST_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "services/gateway/gateway.h"
#include "services/gateway/service_for_test.h"
#include "storage/crypto/certificate.h"

namespace wardbook::gateway {

inline constexpr char kPassForTest[] = "pass-of-the-test";

inline constexpr AssetFile kFilesForTest[] = {
    {"index.html", "<!doctype html><title>Wardbook</title>"},
    {"assets/app-3f2a91bc.js", "export {};\n"},
    {"assets/app-3f2a91bc.js.br", "brotli"},
};

// Thread-compatible.
class RunningGatewayForTest {
 public:
  // `chain_pem` is sent behind its certificate.
  explicit RunningGatewayForTest(const Limits& limits = {}, std::vector<std::string> hosts = {},
                                 const std::string& chain_pem = "") {
    crypto::Certificate made =
        *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
    certificate_ = made.certificate_pem;
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({made.private_key_pem, made.certificate_pem});
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
        grpc::SslServerCredentials(tls));
    server_ = builder.BuildAndStart();
    GatewayConfig config;
    config.listen = "127.0.0.1:0";
    config.certificate_pem = made.certificate_pem + chain_pem;
    config.private_key_pem = made.private_key_pem;
    config.assets = Assets(kFilesForTest);
    config.host_names = std::move(hosts);
    config.pass_token = kPassForTest;
    config.limits = limits;
    gateway_ = *Gateway::Start(std::move(config), *server_, std::move(acceptor));
  }

  ~RunningGatewayForTest() { Stop(); }

  // Stops the gateway, and then the server.
  void Stop() {
    gateway_.reset();
    if (server_) server_->Shutdown();
    server_.reset();
  }

  Gateway& gateway() { return *gateway_; }
  ServiceForTest& service() { return service_; }
  int port() const { return gateway_->port(); }
  const std::string& certificate() const { return certificate_; }

  // A program that speaks gRPC, on a connection of its own.
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = certificate_;
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port()), grpc::SslCredentials(tls),
                                     arguments);
  }

 private:
  std::string certificate_;
  ServiceForTest service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Gateway> gateway_;
};

inline constexpr char kEcho[] = "/wardbook.gatewaytest.GatewayTestService/Echo";
inline constexpr char kFail[] = "/wardbook.gatewaytest.GatewayTestService/Fail";
inline constexpr char kCount[] = "/wardbook.gatewaytest.GatewayTestService/Count";
inline constexpr char kWait[] = "/wardbook.gatewaytest.GatewayTestService/Wait";

inline std::string CountMessage(int64_t count, int64_t size, bool waits) {
  gatewaytest::CountRequest request;
  request.set_count(count);
  request.set_size(size);
  request.set_waits(waits);
  return request.SerializeAsString();
}

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_RUNNING_GATEWAY_FOR_TEST_H_
