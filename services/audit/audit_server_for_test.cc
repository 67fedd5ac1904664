#include "services/audit/audit_server_for_test.h"

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/server_builder.h"
#include "services/runtime/event_sealing.h"
#include "services/runtime/refusal.h"
#include "services/runtime/stream_reader.h"
#include "storage/bundle/written_time.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "storage/record/record.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'740'996'000);

// What a client is given at once to go when the server stops.
constexpr std::chrono::seconds kShutdownTime(0);

}  // namespace

absl::Status DamagedLog::VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                                      RecordVisitor visit) const {
  return MemoryEventLog::VisitRecords(school, from, to, [&](const storage::RecordRow& row) {
    if (row.position != damaged_position) return visit(row);
    std::string bytes(row.bytes);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    storage::RecordRow changed = row;
    changed.bytes = bytes;
    return visit(changed);
  });
}

void Staff::Add(absl::string_view token, runtime::Caller caller, absl::string_view name) {
  names_[caller.actor.person] = std::string(name);
  absl::MutexLock lock(&mutex_);
  callers_.emplace(std::string(token), std::move(caller));
}

void Staff::EndSession(absl::string_view token) {
  absl::MutexLock lock(&mutex_);
  callers_.erase(std::string(token));
}

void Staff::EndRoles(absl::string_view token) {
  absl::MutexLock lock(&mutex_);
  callers_.at(std::string(token)).actor.roles.clear();
}

absl::StatusOr<runtime::Caller> Staff::Authenticate(absl::string_view token, absl::Time) {
  absl::MutexLock lock(&mutex_);
  const auto found = callers_.find(std::string(token));
  if (found == callers_.end()) return runtime::Refuse(kernel::Reason::kNotSignedIn);
  return found->second;
}

std::vector<runtime::PersonEntry> Staff::PeopleOf(const SchoolId& school, absl::Time now) const {
  std::vector<runtime::PersonEntry> people;
  for (const auto& [person, name] : names_) people.push_back(*Find(school, person, now));
  return people;
}

std::optional<runtime::PersonEntry> Staff::Find(const SchoolId&, const PersonId& person,
                                                absl::Time) const {
  const auto found = names_.find(person);
  if (found == names_.end()) return std::nullopt;
  return runtime::PersonEntry{person, found->second, {}, std::nullopt};
}

AuditServerForTest::AuditServerForTest(std::chrono::nanoseconds patience)
    : school_(crypto::RandomId<SchoolId>()),
      head_(crypto::RandomId<PersonId>()),
      vault_(vault::Vault::Open(std::make_unique<testing::BorrowedKeyValue>(vault_rows_, control_),
                                crypto::Secret::Random())
                 .value()),
      evidence_(evidence::EvidenceStore::Open(
                    std::make_unique<testing::BorrowedKeyValue>(evidence_rows_, control_), *vault_)
                    .value()),
      key_(vault_->NewKey().value()),
      workers_(2),
      receipts_(
          checkpoint::NoteSigner::Create("wardbook.fernhill.example", crypto::Secret::Random())
              .value()),
      rpc_(
          staff_, [] { return kNow; }, vault_->fingerprint_key(), workers_),
      service_({.rpc = rpc_,
                .log = log_,
                .rows = log_,
                .vault = *vault_,
                .evidence = *evidence_,
                .receipts = receipts_,
                .directory = staff_,
                .case_access = *this,
                .write_status = [this](const SchoolId&) { return write_status; },
                .pinned = [this](const SchoolId&) { return pinned; },
                .school_name = [](const SchoolId&) { return "Fernhill Primary School"; },
                .time_zone = bundle::SchoolTimeZone().value(),
                .patience = patience}) {
  AddPerson(kHead, head_, "Ada Quill", kernel::Role::kHeadteacher);
  AddPerson(kTeacher, crypto::RandomId<PersonId>(), "Robin Larkspur", kernel::Role::kStaff);
  AddPerson(kAuditor, crypto::RandomId<PersonId>(), "Sol Whitlow", kernel::Role::kAuditor);
  wardbook::events::v1::CaseEvent event;
  event.mutable_incident_reported()->set_what_happened("Somebody wrote something unkind.");
  Record(ref_.Stream(), event);
  event.mutable_note_added()->set_text("The parents were told.");
  Record("case-ELSEWHERE", event);
  Record(ref_.Stream(), event);

  grpc::ServerBuilder builder;
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  stub_ = wardbook::v1::AuditService::NewStub(server_->InProcessChannel({}));
}

AuditServerForTest::~AuditServerForTest() {
  server_->Shutdown(std::chrono::system_clock::now() + kShutdownTime);
  server_->Wait();
}

void AuditServerForTest::AddPerson(absl::string_view token, const PersonId& person,
                                   absl::string_view name, kernel::Role role) {
  staff_.Add(token, {school_, crypto::RandomId<SessionId>(), {person, {role}}}, name);
}

std::unique_ptr<grpc::ClientContext> AuditServerForTest::SignedIn(absl::string_view token) const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("authorization", absl::StrCat("Bearer ", token));
  return context;
}

storage::AppendRequest AuditServerForTest::Sealed(absl::string_view stream, const PersonId& actor,
                                                  const google::protobuf::Message& event) const {
  const runtime::Caller caller{school_, crypto::RandomId<SessionId>(), {actor, {}}};
  storage::AppendRequest request;
  request.school = school_;
  request.stream = std::string(stream);
  request.request_id = crypto::NewRequestId();
  request.events.push_back(
      runtime::SealForLog({caller, request.stream, request.request_id, kNow}, key_, event)
          .value()
          .event);
  return request;
}

void AuditServerForTest::Record(absl::string_view stream, const google::protobuf::Message& event) {
  EXPECT_OK(testing::AppendTo(log_, Sealed(stream, head_, event)));
}

EvidenceId AuditServerForTest::File(absl::string_view name, absl::string_view bytes) {
  wardbook::log::v1::UploadRecord upload;
  upload.set_case_ref(ref_.text());
  upload.set_file_name(std::string(name));
  upload.set_size(bytes.size());
  const EvidenceId id = evidence_->OpenUpload(school_, upload).value();
  for (size_t offset = 0; offset < bytes.size(); offset += evidence::kChunkBytesMax) {
    EXPECT_OK(
        evidence_->PutChunk(school_, id, offset, bytes.substr(offset, evidence::kChunkBytesMax)));
  }
  const evidence::CompleteUpload complete = evidence_->Complete(school_, id).value();
  wardbook::events::v1::CaseEvent event;
  wardbook::events::v1::EvidenceFiled& filed = *event.mutable_evidence_filed();
  filed.set_evidence_id(id.Bytes());
  filed.set_file_name(std::string(name));
  filed.set_media_type("text/plain");
  filed.set_size(bytes.size());
  filed.set_sha256(complete.sha256.Bytes());
  filed.set_key_id(complete.key_id.Bytes());
  filed.set_sealed_sha256(complete.sealed_sha256.Bytes());
  Record(ref_.Stream(), event);
  EXPECT_OK(evidence_->Keep(school_, id));
  return id;
}

absl::Status AuditServerForTest::DestroyKeyOf(const EvidenceId& id) {
  return vault_->Destroy(evidence_->Complete(school_, id).value().key_id);
}

std::vector<wardbook::events::v1::AccessEvent> AuditServerForTest::AccessEvents() const {
  const auto recorded = runtime::ReadEvents<wardbook::events::v1::AccessEvent>(
      log_, *vault_, school_, ref_.AccessStream(), 1, 1000);
  EXPECT_OK(recorded);
  std::vector<wardbook::events::v1::AccessEvent> events;
  for (const auto& one : *recorded) events.push_back(one.event);
  return events;
}

absl::StatusOr<runtime::VisibleCase> AuditServerForTest::FindForExport(const runtime::Call& call,
                                                                       absl::string_view case_ref) {
  if (!export_status.ok()) return export_status;
  return FindWhole(call, case_ref);
}

absl::StatusOr<runtime::VisibleCase> AuditServerForTest::FindWhole(const runtime::Call& call,
                                                                   absl::string_view case_ref) {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::Parse(case_ref);
  const kernel::Actor& actor = call.caller.actor;
  if (ref != ref_ || actor.person != head_ || !actor.Has(kernel::Role::kHeadteacher)) {
    return runtime::Refuse(kernel::Reason::kNoSuchCase);
  }
  return runtime::VisibleCase{*ref, log_.StreamHead(school_, ref->Stream()).value()};
}

void AuditServerForTest::RecordReveal(const runtime::Call& call, const kernel::CaseRef& ref,
                                      wardbook::events::v1::AccessEvent event,
                                      absl::AnyInvocable<void(absl::Status)> done) {
  if (!reveal_status.ok()) return done(reveal_status);
  log_.Append(Sealed(ref.AccessStream(), call.caller.actor.person, event),
              [done = std::move(done)](const absl::StatusOr<storage::Appended>& appended) mutable {
                done(appended.status());
              });
}

}  // namespace wardbook::audit
