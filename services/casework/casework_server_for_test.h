// A school whose case services answer on a channel inside the process: all of it
// real but for the disk and the register, which are in memory.

#ifndef SERVICES_CASEWORK_CASEWORK_SERVER_FOR_TEST_H_
#define SERVICES_CASEWORK_CASEWORK_SERVER_FOR_TEST_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/casework/access_log.h"
#include "services/casework/case_service.h"
#include "services/casework/casework_parts.h"
#include "services/casework/disagreement_service.h"
#include "services/casework/escalation_service.h"
#include "services/casework/evidence_service.h"
#include "services/casework/incident_service.h"
#include "services/casework/investigation_service.h"
#include "services/casework/referral_service.h"
#include "services/casework/response_service.h"
#include "services/runtime/receipts.h"
#include "services/runtime/refusal_log.h"
#include "services/runtime/register_entries.h"
#include "services/runtime/worker_pool.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/memory_register.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::casework {

// Lists nothing: what lists show is tested beside the view.
class EmptyListing : public CaseListing {
 public:
  explicit EmptyListing(runtime::Rpc& rpc) : rpc_(rpc) {}

  absl::StatusOr<wardbook::v1::ListInboxResponse> Inbox(
      const runtime::Call&, const wardbook::v1::ListInboxRequest&) const override {
    return wardbook::v1::ListInboxResponse();
  }
  absl::StatusOr<wardbook::v1::ListMyReportsResponse> MyReports(
      const runtime::Call&, const wardbook::v1::ListMyReportsRequest&) const override {
    return wardbook::v1::ListMyReportsResponse();
  }
  absl::StatusOr<std::vector<wardbook::views::v1::CaseRow>> LowLevelConcerns(
      const runtime::Call&) const override {
    return std::vector<wardbook::views::v1::CaseRow>();
  }
  absl::StatusOr<wardbook::v1::CountCasesResponse> Counts(
      const runtime::Call&, const ReportedWithin&,
      const std::vector<kernel::Actor>&) const override {
    return wardbook::v1::CountCasesResponse();
  }
  grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* Watch(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest&) override {
    using Response = wardbook::v1::WatchCasesResponse;
    return rpc_.Stream<Response>(
        context, [](const runtime::Call&) -> absl::StatusOr<runtime::NextMessage<Response>> {
          return runtime::NextMessage<Response>(
              [](Response*) -> absl::StatusOr<bool> { return false; });
        });
  }

 private:
  runtime::Rpc& rpc_;
};

// A school with one version of its policy, in force since ever.
class OnePolicy : public runtime::PolicyInForce {
 public:
  static constexpr absl::string_view kVersion = "0123456789abcdef0123456789abcdef";
  std::string VersionAt(const SchoolId&, absl::Time) const override {
    return std::string(kVersion);
  }
};

// The registers as a test says that they are.
class GivenEntries : public runtime::RegisterEntries {
 public:
  // `entry` stands by its term alone.
  void Give(const PersonId& person, runtime::EntryAtTheTime entry) {
    absl::MutexLock lock(&mutex_);
    given_[person].push_back(std::move(entry));
  }

  absl::StatusOr<std::vector<runtime::EntriesOfPerson>> OfPeople(
      const SchoolId&, absl::Span<const PersonId> people, const kernel::Period& when,
      std::optional<uint64_t>) const override {
    absl::MutexLock lock(&mutex_);
    std::vector<runtime::EntriesOfPerson> found;
    for (const PersonId& person : people) {
      runtime::EntriesOfPerson& of = found.emplace_back();
      of.person = person;
      const auto given = given_.find(person);
      if (given == given_.end()) continue;
      of.entries = given->second;
      for (runtime::EntryAtTheTime& entry : of.entries) {
        of.has_photo_answer |= entry.in_register == wardbook::v1::REGISTER_PHOTO_CONSENTS;
        if (entry.term && entry.term->from < when.until && when.from < entry.term->until) {
          entry.standing = runtime::EntryAtTheTime::Standing::kInForce;
        }
      }
    }
    return found;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<PersonId, std::vector<runtime::EntryAtTheTime>> given_ ABSL_GUARDED_BY(mutex_);
};

class CaseworkServerForTest {
 public:
  CaseworkServerForTest() {
    rpc_.RecordRefusals(refusals_);
    grpc::ServerBuilder builder;
    // As in the server.
    builder.SetMaxReceiveMessageSize(1310720);
    builder.RegisterService(&incident_service_);
    builder.RegisterService(&case_service_);
    builder.RegisterService(&escalation_service_);
    builder.RegisterService(&investigation_service_);
    builder.RegisterService(&referral_service_);
    builder.RegisterService(&evidence_service_);
    builder.RegisterService(&disagreement_service_);
    builder.RegisterService(&response_service_);
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel(grpc::ChannelArguments());
  }
  ~CaseworkServerForTest() { server_->Shutdown(); }

  PersonId Enter(const std::string& name, std::set<kernel::Role> roles) {
    const auto id = crypto::RandomId<PersonId>();
    runtime::PersonEntry entry{id, name, std::move(roles), std::nullopt};
    entry.names = {{name, now_ - absl::Hours(1)}};
    people_.Enter(std::move(entry));
    return id;
  }

  void SetHeadAbsence(std::optional<runtime::HeadAbsence> absence) {
    people_.SetHeadAbsence(absence);
  }

  void SetRoles(const PersonId& person, std::set<kernel::Role> roles) {
    runtime::PersonEntry entry = *people_.Find(school_, person, now_);
    entry.roles = std::move(roles);
    people_.Enter(std::move(entry));
  }

  // Ends whatever session they have.
  void Leave(const PersonId& person) { people_.Leave(person); }

  GivenEntries& registers() { return registers_; }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const SchoolId& school() const { return school_; }
  testing::MemoryEventLog& log() { return log_; }
  vault::Vault& vault() { return *vault_; }
  evidence::EvidenceStore& evidence() { return *evidence_; }
  testing::KeyValueControl& evidence_control() { return evidence_control_; }
  CaseTransactor& cases() { return cases_; }
  absl::Time now() const { return now_; }

 private:
  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const absl::Time now_ = absl::FromUnixSeconds(1'750'000'000);
  testing::MemoryRegister people_{school_};
  testing::MemoryEventLog log_;
  std::unique_ptr<vault::Vault> vault_ =
      vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random())
          .value();
  testing::MemoryKeyValue evidence_rows_;
  testing::KeyValueControl evidence_control_;
  std::unique_ptr<evidence::EvidenceStore> evidence_ =
      evidence::EvidenceStore::Open(
          std::make_unique<testing::BorrowedKeyValue>(evidence_rows_, evidence_control_), *vault_)
          .value();
  runtime::ReceiptWriter receipts_{
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value()};
  runtime::WorkerPool workers_{2};
  runtime::Rpc rpc_{people_, [this] { return now_; }, vault_->fingerprint_key(), workers_};
  CaseTransactor cases_{log_, *vault_, receipts_, workers_};
  AccessLog access_{log_, *vault_, cases_};
  runtime::AccessStreams access_streams_{log_, *vault_};
  runtime::RefusalLog refusals_{access_streams_,
                                workers_,
                                vault_->fingerprint_key(),
                                {[this](const runtime::Caller& caller, absl::string_view ref) {
                                   return access_.StreamOf(caller, ref);
                                 },
                                 [this](const SchoolId& school, absl::string_view ref) {
                                   return access_.StreamOf(school, ref);
                                 }}};
  EmptyListing listing_{rpc_};
  OnePolicy policies_;
  GivenEntries registers_;
  std::unique_ptr<const rulepack::RulePacks> rules_ = rulepack::RulePacks::Shipped().value();
  const CaseworkParts parts_{rpc_,    cases_,   access_,   log_,    *vault_, *evidence_,
                             people_, listing_, policies_, *rules_, people_, registers_};
  IncidentService incident_service_{parts_};
  CaseService case_service_{parts_};
  EscalationService escalation_service_{parts_};
  InvestigationService investigation_service_{parts_};
  ReferralService referral_service_{parts_};
  EvidenceService evidence_service_{parts_};
  DisagreementService disagreement_service_{parts_};
  ResponseService response_service_{parts_};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Signs a call in as `person`.
inline void SignIn(grpc::ClientContext& context, const PersonId& person) {
  context.AddMetadata("authorization", "Bearer " + testing::MemoryRegister::TokenOf(person));
}

// The refusal of a failed call; empty when it carries none.
inline wardbook::v1::Refusal RefusalOf(const grpc::Status& status) {
  wardbook::v1::Status details;
  wardbook::v1::Refusal refusal;
  if (details.ParseFromString(status.error_details()) && details.details_size() == 1) {
    details.details(0).UnpackTo(&refusal);
  }
  return refusal;
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASEWORK_SERVER_FOR_TEST_H_
