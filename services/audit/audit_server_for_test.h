// An audit service behind a real gRPC server in this process, with a case to
// audit; everything else is kept in memory. For the tests of this folder only.

#ifndef SERVICES_AUDIT_AUDIT_SERVER_FOR_TEST_H_
#define SERVICES_AUDIT_AUDIT_SERVER_FOR_TEST_H_

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "services/audit/audit_service.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/caller.h"
#include "services/runtime/case_access.h"
#include "services/runtime/receipts.h"
#include "services/runtime/rpc.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/event_log.h"
#include "storage/evidence/evidence_store.h"
#include "storage/vault/vault.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_event_log.h"
#include "tests/testing/memory_key_value.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::audit {

// A log whose record at one place has another byte on the disk.
class DamagedLog : public testing::MemoryEventLog {
 public:
  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            RecordVisitor visit) const override;

  // None when unset. Set while nobody reads.
  std::optional<uint64_t> damaged_position;
};

// Who has a token, and what the register says of them. Filled before it is used;
// sessions and roles may end meanwhile.
class Staff : public runtime::Authenticator, public runtime::Directory {
 public:
  void Add(absl::string_view token, runtime::Caller caller, absl::string_view name);
  void EndSession(absl::string_view token) ABSL_LOCKS_EXCLUDED(mutex_);
  void EndRoles(absl::string_view token) ABSL_LOCKS_EXCLUDED(mutex_);

  absl::StatusOr<runtime::Caller> Authenticate(absl::string_view token, absl::Time now) override;
  std::optional<runtime::PersonEntry> Find(const SchoolId& school, const PersonId& person,
                                           absl::Time now) const override;
  std::vector<runtime::PersonEntry> PeopleOf(const SchoolId& school, absl::Time now) const override;

 private:
  absl::Mutex mutex_;
  std::map<std::string, runtime::Caller> callers_ ABSL_GUARDED_BY(mutex_);
  std::map<PersonId, std::string> names_;
};

class AuditServerForTest : public runtime::CaseAccess {
 public:
  // Of the people with these tokens, the first sees the case whole for as long as
  // they are the Headteacher.
  static constexpr char kHead[] = "head";
  static constexpr char kTeacher[] = "teacher";
  static constexpr char kAuditor[] = "auditor";

  explicit AuditServerForTest(std::chrono::nanoseconds patience = std::chrono::hours(1));
  ~AuditServerForTest() override;

  wardbook::v1::AuditService::Stub& stub() { return *stub_; }
  std::unique_ptr<grpc::ClientContext> SignedIn(absl::string_view token) const;

  const SchoolId& school() const { return school_; }
  const kernel::CaseRef& ref() const { return ref_; }
  DamagedLog& log() { return log_; }
  // What the vault and the evidence store keep.
  testing::MemoryKeyValue& vault_rows() { return vault_rows_; }
  testing::MemoryKeyValue& evidence_rows() { return evidence_rows_; }
  const checkpoint::NoteVerifier& verifier() const { return receipts_.signer().verifier(); }
  const PersonId& head() const { return head_; }
  Staff& staff() { return staff_; }

  // Records `event`, a wrapper with its body set.
  void Record(absl::string_view stream, const google::protobuf::Message& event);
  // Puts a file in evidence.
  EvidenceId File(absl::string_view name, absl::string_view bytes);
  // Takes the key of a file out of the vault.
  absl::Status DestroyKeyOf(const EvidenceId& id);
  std::vector<wardbook::events::v1::AccessEvent> AccessEvents() const;

  // Set before a call that they are for.
  absl::Status reveal_status;
  absl::Status export_status;
  absl::Status write_status;
  std::optional<checkpoint::Checkpoint> pinned;

  absl::StatusOr<runtime::VisibleCase> FindWhole(const runtime::Call& call,
                                                 absl::string_view case_ref) override;
  absl::StatusOr<runtime::VisibleCase> FindForExport(const runtime::Call& call,
                                                     absl::string_view case_ref) override;
  void RecordReveal(const runtime::Call& call, const kernel::CaseRef& ref,
                    wardbook::events::v1::AccessEvent event,
                    absl::AnyInvocable<void(absl::Status)> done) override;

 private:
  void AddPerson(absl::string_view token, const PersonId& person, absl::string_view name,
                 kernel::Role role);
  storage::AppendRequest Sealed(absl::string_view stream, const PersonId& actor,
                                const google::protobuf::Message& event) const;

  const SchoolId school_;
  const PersonId head_;
  const kernel::CaseRef ref_ = kernel::CaseRef::FromBits(0x123456789);
  DamagedLog log_;
  testing::KeyValueControl control_;
  testing::MemoryKeyValue vault_rows_;
  testing::MemoryKeyValue evidence_rows_;
  const std::unique_ptr<vault::Vault> vault_;
  const std::unique_ptr<evidence::EvidenceStore> evidence_;
  const vault::VaultKey key_;
  Staff staff_;
  runtime::WorkerPool workers_;
  runtime::ReceiptWriter receipts_;
  runtime::Rpc rpc_;
  AuditService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<wardbook::v1::AuditService::Stub> stub_;
};

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_AUDIT_SERVER_FOR_TEST_H_
