#include "services/server/server.h"

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/access/access_service.h"
#include "services/access/accounts.h"
#include "services/access/sessions.h"
#include "services/audit/audit_service.h"
#include "services/casework/access_log.h"
#include "services/casework/case_aggregate.h"
#include "services/casework/case_dues.h"
#include "services/casework/case_listing_view.h"
#include "services/casework/case_service.h"
#include "services/casework/case_view.h"
#include "services/casework/concern_service.h"
#include "services/casework/disagreement_service.h"
#include "services/casework/escalation_service.h"
#include "services/casework/evidence_service.h"
#include "services/casework/incident_service.h"
#include "services/casework/investigation_service.h"
#include "services/casework/referral_service.h"
#include "services/casework/response_service.h"
#include "services/gateway/assets.h"
#include "services/gateway/gateway.h"
#include "services/notify/due_service.h"
#include "services/notify/due_watch.h"
#include "services/notify/rule_dues.h"
#include "services/people/absence_service.h"
#include "services/people/people_dues.h"
#include "services/people/people_service.h"
#include "services/people/register.h"
#include "services/people/school_register.h"
#include "services/people/streams.h"
#include "services/registers/register_dues.h"
#include "services/registers/register_listing.h"
#include "services/registers/register_service.h"
#include "services/registers/register_view.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/access_streams.h"
#include "services/runtime/gateway_pass.h"
#include "services/runtime/projector.h"
#include "services/runtime/receipts.h"
#include "services/runtime/refusal_log.h"
#include "services/runtime/rpc.h"
#include "services/runtime/view_store.h"
#include "services/runtime/worker_pool.h"
#include "services/schoolpolicy/policy_dues.h"
#include "services/schoolpolicy/policy_register.h"
#include "services/schoolpolicy/policy_service.h"
#include "services/server/daily_warnings.h"
#include "services/server/evidence_sweeper.h"
#include "services/server/health_watch.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "spdlog/spdlog.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/written_time.h"
#include "storage/checkpoint/checkpoint.h"

namespace wardbook::server {
namespace {

// Reads and syncs wait for the disk more than for a core.
constexpr int kWorkers = 8;
// A chunk of evidence with what surrounds it.
constexpr int kMessageBytesMax = 1310720;
// A connection that nothing was heard on for so long is asked for a sign of life,
// and closed without one. A laptop that sleeps connects again.
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveAnswerMs = 20'000;
// What the messages of all clients may take that have not been answered; beyond it
// gRPC reads no more from them. A small computer keeps the rest for the database.
constexpr size_t kMessageMemoryMax = 512 << 20;
// A client has a few calls under way; the bench and a gateway many.
constexpr int kStreamsPerConnectionMax = 1024;
// A client that asks for a sign of life more often is a nuisance on purpose.
constexpr int kClientPingsApartMs = 30'000;
// Long enough for a commit that is under way, short enough for a technician.
constexpr std::chrono::seconds kGrace(5);

}  // namespace

// In order of construction: each uses those above it.
struct Server::Parts {
  Parts(KeyFiles key_files, std::unique_ptr<const rulepack::RulePacks> rule_packs,
        std::unique_ptr<Stores> opened)
      : keys(std::move(key_files)),
        rules(std::move(rule_packs)),
        stores(std::move(opened)),
        workers(kWorkers),
        receipts(keys.signer,
                 [this](const SchoolId& school) { return stores->log->WriteStatus(school); }),
        views(std::move(stores->views), *stores->vault),
        case_view(*stores->log, *stores->vault),
        people_transactor(*stores->log, *stores->vault, receipts, workers),
        policy_transactor(*stores->log, *stores->vault, receipts, workers),
        register_entries(*stores->log, *stores->vault, receipts, workers),
        cases(*stores->log, *stores->vault, receipts, workers),
        access_log(*stores->log, *stores->vault, cases),
        access_streams(*stores->log, *stores->vault),
        refusals(access_streams, workers, stores->vault->fingerprint_key(),
                 {[this](const runtime::Caller& caller, absl::string_view ref) {
                    return access_log.StreamOf(caller, ref);
                  },
                  [this](const SchoolId& school, absl::string_view ref) {
                    return access_log.StreamOf(school, ref);
                  }}) {}

  absl::Status Open();
  absl::Status OpenServices();
  absl::Status Listen(const Config& config, const std::vector<grpc::Service*>& more_services);
  absl::Status OpenGateway(
      const Config& config,
      std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);
  absl::StatusOr<std::optional<checkpoint::Checkpoint>> Pinned(const SchoolId& school) const;
  std::vector<Standstill> Standstills() const;

  const KeyFiles keys;
  const std::unique_ptr<const rulepack::RulePacks> rules;
  const std::unique_ptr<Stores> stores;
  runtime::WorkerPool workers;
  const runtime::ReceiptWriter receipts;
  runtime::ViewStore views;
  const casework::CaseView case_view;
  runtime::Transactor<people::PersonAggregate> people_transactor;
  schoolpolicy::PolicyTransactor policy_transactor;
  const std::vector<registers::RegisterView> register_views = registers::ViewsOfAllRegisters();
  registers::RegisterTransactor register_entries;
  casework::CaseTransactor cases;
  casework::AccessLog access_log;
  runtime::AccessStreams access_streams;
  runtime::RefusalLog refusals;
  std::unique_ptr<people::SchoolRegister> schools;
  std::unique_ptr<people::Register> people;
  std::unique_ptr<schoolpolicy::PolicyRegister> policies;
  std::unique_ptr<access::Sessions> sessions;
  std::unique_ptr<access::Accounts> accounts;
  std::unique_ptr<runtime::Projector> projector;
  const runtime::GatewayPass gateway_pass;
  std::optional<runtime::Rpc> rpc;
  std::optional<casework::CaseListingView> listing;
  std::optional<registers::RegisterListing> permissions;
  std::vector<std::unique_ptr<const runtime::DueSource>> due_sources;
  std::optional<notify::DueWatch> due_watch;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::optional<EvidenceSweeper> sweeper;
  std::optional<DailyWarnings> warnings;
  std::unique_ptr<grpc::Server> grpc_server;
  std::unique_ptr<gateway::Gateway> gateway;
  std::optional<HealthWatch> health;
};

absl::Status Server::Parts::Open() {
  storage::RocksdbEventLog& log = *stores->log;
  vault::Vault& vault = *stores->vault;
  WARDBOOK_ASSIGN_OR_RETURN(schools, people::SchoolRegister::Open(log, vault, stores->schools));
  WARDBOOK_ASSIGN_OR_RETURN(people, people::Register::Open(log, vault));
  WARDBOOK_ASSIGN_OR_RETURN(policies,
                            schoolpolicy::PolicyRegister::Open(log, vault, rules->calendar()));
  WARDBOOK_ASSIGN_OR_RETURN(sessions,
                            access::Sessions::Open(stores->sessions, *people, absl::Now()));
  WARDBOOK_ASSIGN_OR_RETURN(accounts, access::Accounts::Open(stores->accounts, *sessions));
  std::vector<const runtime::View*> all_views = {&case_view};
  for (const registers::RegisterView& view : register_views) all_views.push_back(&view);
  WARDBOOK_ASSIGN_OR_RETURN(projector, runtime::Projector::Start(log, vault, views, all_views));
  rpc.emplace(*sessions, absl::Now, vault.fingerprint_key(), workers);
  rpc->RecordRefusals(refusals);
  rpc->TrustGateway(gateway_pass);
  listing.emplace(*projector, vault, *rpc);
  cases.AskWhenUnreadable(*listing);
  permissions.emplace(*projector);
  due_sources.push_back(std::make_unique<casework::CaseDues>(*projector, *rules));
  due_sources.push_back(std::make_unique<registers::RegisterDues>(*projector, *rules));
  due_sources.push_back(std::make_unique<schoolpolicy::PolicyDues>(*policies, *people, *rules));
  due_sources.push_back(std::make_unique<people::PeopleDues>(*people));
  due_sources.push_back(std::make_unique<notify::RuleDues>(*rules));
  sweeper.emplace(*stores->evidence, cases,
                  [&log](const SchoolId& school) { return log.WriteStatus(school); });
  warnings.emplace(keys.certificate_expire_time, *rules);

  return OpenServices();
}

absl::Status Server::Parts::OpenServices() {
  storage::RocksdbEventLog& log = *stores->log;
  vault::Vault& vault = *stores->vault;
  // Whoever reads a bundle compares its times with the clock on a wall of the
  // school, not with that of the server.
  const std::optional<absl::TimeZone> time_zone = bundle::SchoolTimeZone();
  if (!time_zone.has_value()) {
    return absl::FailedPreconditionError("this computer knows no time zones; install tzdata");
  }
  const casework::CaseworkParts parts{
      *rpc,    cases,    access_log, log,    vault,   *stores->evidence,
      *people, *listing, *policies,  *rules, *people, *permissions};
  services.push_back(std::make_unique<casework::IncidentService>(parts));
  services.push_back(std::make_unique<casework::CaseService>(parts));
  services.push_back(std::make_unique<casework::ConcernService>(parts));
  services.push_back(std::make_unique<casework::EscalationService>(parts));
  services.push_back(std::make_unique<casework::InvestigationService>(parts));
  services.push_back(std::make_unique<casework::ReferralService>(parts));
  services.push_back(std::make_unique<casework::EvidenceService>(parts));
  services.push_back(std::make_unique<casework::DisagreementService>(parts));
  services.push_back(std::make_unique<casework::ResponseService>(parts));
  services.push_back(
      std::make_unique<people::PeopleService>(*rpc, people_transactor, *people, *accounts));
  services.push_back(std::make_unique<people::AbsenceService>(*rpc, people_transactor, *people));
  services.push_back(std::make_unique<registers::RegisterService>(
      registers::RegisterParts{*rpc, register_entries, *permissions, *people, *rules}));
  services.push_back(std::make_unique<schoolpolicy::PolicyService>(
      schoolpolicy::PolicyParts{*rpc, policy_transactor, *policies, *people, *rules}));
  std::vector<const runtime::DueSource*> sources;
  for (const auto& source : due_sources) sources.push_back(source.get());
  due_watch.emplace(*projector, *rpc, sources);
  services.push_back(std::make_unique<notify::DueService>(*rpc, std::move(sources), *due_watch));
  services.push_back(
      std::make_unique<access::AccessService>(*rpc, *accounts, *sessions, *schools, *people));
  services.push_back(std::make_unique<audit::AuditService>(audit::AuditParts{
      .rpc = *rpc,
      .log = log,
      .rows = log,
      .vault = vault,
      .evidence = *stores->evidence,
      .receipts = receipts,
      .directory = *people,
      .case_access = access_log,
      .write_status = [&log](const SchoolId& school) { return log.WriteStatus(school); },
      .pinned = [this](const SchoolId& school) { return Pinned(school); },
      .school_name =
          [this](const SchoolId& school) { return schools->NameOf(school).value_or(""); },
      .time_zone = *time_zone}));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<checkpoint::Checkpoint>> Server::Parts::Pinned(
    const SchoolId& school) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> note, stores->pins.Read(school));
  if (!note.has_value()) return std::nullopt;
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::Checkpoint pinned,
                            checkpoint::OpenCheckpoint(keys.signer.verifier(), *note));
  return pinned;
}

std::vector<Standstill> Server::Parts::Standstills() const {
  std::vector<Standstill> found;
  const auto add = [&found](std::string what, const absl::Status& why) {
    if (!why.ok()) found.push_back({std::move(what), why});
  };
  const absl::StatusOr<std::vector<SchoolId>> schools_of_log = stores->log->ListSchools();
  add("log", schools_of_log.status());
  if (schools_of_log.ok()) {
    for (const SchoolId& school : *schools_of_log) {
      add(absl::StrCat("log of school ", school.Hex()), stores->log->WriteStatus(school));
    }
  }
  add("pinning of checkpoints", stores->log->PinStatus());
  for (const runtime::ViewStatus& view : projector->Statuses()) {
    add(absl::StrCat(view.phase == runtime::ViewPhase::kBuilding ? "build of view " : "view ",
                     view.view, " of school ", view.school.Hex()),
        view.failure);
    if (view.key_missing.has_value()) {
      add(absl::StrCat("keys of view ", view.view, " of school ", view.school.Hex()),
          absl::DataLossError(absl::StrCat("the key of record ", *view.key_missing,
                                           " is missing: restore the vault")));
    }
  }
  for (const auto& [school, why] : people->Failures()) {
    add(absl::StrCat("register of people of school ", school.Hex()), why);
  }
  for (const auto& [school, why] : schools->failures()) {
    add(absl::StrCat("name of school ", school.Hex()), why);
  }
  for (const auto& [school, why] : policies->Failures()) {
    add(absl::StrCat("policy of school ", school.Hex()), why);
  }
  return found;
}

absl::Status Server::Parts::Listen(const Config& config,
                                   const std::vector<grpc::Service*>& more_services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back({keys.private_key_pem, keys.certificate_pem});
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
  // A client that is gone without a word would hold its streams and its place among
  // the calls until TCP gives up, a quarter of an hour later.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveAnswerMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kClientPingsApartMs);
  // For TLS and the first frame of HTTP/2, of a connection that was handed over too.
  builder.AddChannelArgument(
      GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
      static_cast<int>(absl::ToInt64Milliseconds(config.gateway_limits.handshake_time)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnectionMax);
  builder.SetResourceQuota(grpc::ResourceQuota("wardbookd").Resize(kMessageMemoryMax));
  // Two servers on one port would each get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  const std::shared_ptr<grpc::ServerCredentials> credentials = grpc::SslServerCredentials(tls);
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, credentials);
  if (!config.grpc_listen.empty()) builder.AddListeningPort(config.grpc_listen, credentials);
  for (const auto& service : services) builder.RegisterService(service.get());
  for (grpc::Service* service : more_services) builder.RegisterService(service);
  grpc_server = builder.BuildAndStart();
  if (grpc_server == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", config.grpc_listen));
  }
  WARDBOOK_RETURN_IF_ERROR(OpenGateway(config, std::move(acceptor)));
  health.emplace([this] { return Standstills(); }, *grpc_server->GetHealthCheckService());
  if (config.port_file.empty()) return absl::OkStatus();
  std::ofstream file(config.port_file);
  file << gateway->port() << "\n";
  file.close();
  return file ? absl::OkStatus()
              : absl::UnavailableError(absl::StrCat("cannot write ", config.port_file));
}

absl::Status Server::Parts::OpenGateway(
    const Config& config,
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor) {
  gateway::GatewayConfig web;
  web.listen = config.listen;
  web.certificate_pem = keys.certificate_pem;
  web.private_key_pem = keys.private_key_pem;
  if (!config.web_directory.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(web.assets, gateway::Assets::Load(config.web_directory));
  }
  web.host_names = config.host_names;
  web.pass_token = gateway_pass.token();
  web.limits = config.gateway_limits;
  WARDBOOK_ASSIGN_OR_RETURN(
      gateway, gateway::Gateway::Start(std::move(web), *grpc_server, std::move(acceptor)));
  for (const std::string& warning : gateway->warnings()) spdlog::warn("{}", warning);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const Config& config, const std::vector<grpc::Service*>& more_services) {
  WARDBOOK_ASSIGN_OR_RETURN(KeyFiles keys, ReadKeyFiles(config.keys_directory));
  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<const rulepack::RulePacks> rules,
                            config.rules_directory.empty()
                                ? rulepack::RulePacks::Shipped()
                                : rulepack::RulePacks::Load(config.rules_directory));
  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Stores> stores,
                            OpenStores(config.data_directory, keys));
  auto parts = std::make_unique<Parts>(std::move(keys), std::move(rules), std::move(stores));
  WARDBOOK_RETURN_IF_ERROR(parts->Open());
  WARDBOOK_RETURN_IF_ERROR(parts->Listen(config, more_services));
  const absl::StatusOr<std::vector<SchoolId>> schools = parts->stores->log->ListSchools();
  if (schools.ok() && schools->empty()) {
    spdlog::warn(
        "no school is set up in {}: stop the server and run wardbookd add-school, or name "
        "another folder with --data",
        config.data_directory);
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  parts_->health.reset();
  parts_->gateway.reset();
  parts_->listing->EndWatches();
  parts_->due_watch->End();
  parts_->refusals.Hurry();
  parts_->grpc_server->Shutdown(std::chrono::system_clock::now() + kGrace);
  parts_->grpc_server->Wait();
}

int Server::port() const { return parts_->gateway->port(); }

}  // namespace wardbook::server
