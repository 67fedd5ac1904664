#include "tests/fault/server/mixed_load.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "storage/bundle/verify_bundle.h"
#include "tests/e2e/cases.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

// Each with cases of their own.
constexpr int kCaseHandlers = 2;
// Of the files: below and above a chunk of the store's blob files.
constexpr size_t kFileBytesMax = 200'000;
// The one that is downloaded and in the bundle: several messages of a stream.
constexpr size_t kFirstFileBytes = 300'000;

v1::EscalateCaseRequest Escalation(const School& school, const std::string& case_ref) {
  v1::EscalateCaseRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(case_ref);
  request.set_reasons(school.Typed("threats"));
  return request;
}

v1::SeekAdviceRequest AdviceSought(const School& school, const std::string& case_ref) {
  v1::SeekAdviceRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(case_ref);
  request.set_asked_of(school.Typed("Lancashire Safeguarding"));
  request.set_channel(school.Typed("telephone"));
  request.set_question(school.Typed("may we speak to the parents"));
  return request;
}

v1::RecordAdviceRequest AdviceGiven(const School& school, const std::string& case_ref) {
  v1::RecordAdviceRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(case_ref);
  request.set_adviser_name(school.Typed("the duty officer"));
  request.set_adviser_role(school.Typed("duty officer"));
  request.set_advice(school.Typed("not yet"));
  request.set_may_proceed(events::MAY_PROCEED_LIMITED);
  return request;
}

std::string BytesFrom(std::mt19937_64& random, size_t size) {
  std::string bytes(size, '\0');
  std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(random()); });
  return bytes;
}

}  // namespace

MixedLoad::MixedLoad(const School& school, uint64_t seed, std::chrono::milliseconds pause,
                     const v1::ReportIncidentResponse& reported)
    : school_(school),
      pause_(pause),
      case_ref_(reported.case_ref()),
      position_(reported.receipt().position()),
      content_(Png(std::string(kFirstFileBytes, 'f'))),
      watching_(school.head.NewContext()) {
  // For as long as the load lasts, unlike a call.
  watching_->set_deadline(std::chrono::system_clock::time_point::max());
  NotedCalls& first = *noted_.emplace_back(std::make_unique<NotedCalls>());
  first.NoteCase(case_ref_);
  EXPECT_THAT(first.SendFile(school.teacher, school, case_ref_, content_), IsAnswered());
  evidence_id_ = first.files().front().upload_id;
  // A server that is about to go takes no connection any more.
  const auto connected = [](const Person& person) { return person.WithOwnConnection(); };
  const auto begin = [this](auto client) {
    NotedCalls& noted = *noted_.emplace_back(std::make_unique<NotedCalls>());
    clients_.emplace_back([&noted, client] { client(noted); });
  };
  for (int i = 0; i < kCaseHandlers; ++i) {
    begin([this, teacher = connected(school.teacher), head = connected(school.head)](
              NotedCalls& noted) { HandleCases(teacher, head, noted); });
  }
  for (const Person* writer : {&school.head, &school.lead}) {
    begin([this, writer = connected(*writer)](NotedCalls& noted) { WriteNotes(writer, noted); });
  }
  begin([this, teacher = connected(school.teacher), seed](NotedCalls& noted) {
    FileEvidence(teacher, noted, std::mt19937_64(seed));
  });
  begin([this, head = connected(school.head)](NotedCalls&) { Download(head); });
  begin([this, head = connected(school.head)](NotedCalls&) { ExportBundles(head); });
  begin([this, head = connected(school.head)](NotedCalls& noted) { LookAtLists(head, noted); });
  begin([this, head = connected(school.head)](NotedCalls&) { Watch(head); });
}

MixedLoad::~MixedLoad() { WARDBOOK_ASSERT(clients_.empty()); }

NotedCalls MixedLoad::End() {
  ends_ = true;
  watching_->TryCancel();
  for (std::thread& client : clients_) client.join();
  clients_.clear();
  NotedCalls all;
  for (std::unique_ptr<NotedCalls>& noted : noted_) all.Merge(std::move(*noted));
  noted_.clear();
  return all;
}

bool MixedLoad::GoesOn(const grpc::Status& status) const {
  if (!server_goes_) {
    EXPECT_THAT(status, IsAnswered());
  }
  if (!status.ok() || ends_) return false;
  std::this_thread::sleep_for(pause_);
  return !ends_;
}

// From the report to what was advised, case after case.
void MixedLoad::HandleCases(const Person& teacher, const Person& head, NotedCalls& noted) {
  while (true) {
    const auto report =
        noted.Send(teacher, &v1::IncidentService::Stub::ReportIncident, Report(school_));
    if (!GoesOn(report.status)) return;
    const std::string& case_ref = report.response.case_ref();
    noted.NoteCase(case_ref);
    if (!GoesOn(noted
                    .Send(head, &v1::EscalationService::Stub::EscalateCase,
                          Escalation(school_, case_ref))
                    .status) ||
        !GoesOn(noted
                    .Send(head, &v1::EscalationService::Stub::SeekAdvice,
                          AdviceSought(school_, case_ref))
                    .status) ||
        !GoesOn(noted
                    .Send(head, &v1::EscalationService::Stub::RecordAdvice,
                          AdviceGiven(school_, case_ref))
                    .status)) {
      return;
    }
  }
}

// Into one case, in which several write at once.
void MixedLoad::WriteNotes(const Person& writer, NotedCalls& noted) {
  grpc::Status status;
  for (int number = 0; GoesOn(status); ++number) {
    const v1::AddNoteRequest note =
        Note(school_, case_ref_, absl::StrCat(writer.user_name, " ", number));
    noted.NoteText(case_ref_, note.text());
    status = noted.Send(writer, &v1::CaseService::Stub::AddNote, note).status;
  }
}

void MixedLoad::FileEvidence(const Person& teacher, NotedCalls& noted, std::mt19937_64 random) {
  const auto report =
      noted.Send(teacher, &v1::IncidentService::Stub::ReportIncident, Report(school_));
  grpc::Status status = report.status;
  if (status.ok()) noted.NoteCase(report.response.case_ref());
  while (GoesOn(status)) {
    status = noted.SendFile(teacher, school_, report.response.case_ref(),
                            Png(BytesFrom(random, random() % kFileBytesMax)));
  }
}

void MixedLoad::Download(const Person& head) {
  while (true) {
    const Answer<std::string> bytes = DownloadWhole(head, case_ref_, evidence_id_);
    if (!GoesOn(bytes.status)) return;
    EXPECT_TRUE(bytes.response == content_) << "a download is not what was filed";
    ++readings_.downloads;
  }
}

void MixedLoad::ExportBundles(const Person& head) {
  v1::ExportBundleRequest request;
  request.set_case_ref(case_ref_);
  request.set_purpose(school_.Typed("for the file"));
  while (true) {
    const auto answer = head.Read(&v1::AuditService::Stub::ExportBundle, request);
    if (!GoesOn(answer.status)) return;
    std::string bytes;
    for (const v1::ExportBundleResponse& piece : answer.response) bytes += piece.data();
    ASSERT_OK_AND_ASSIGN(
        const bundle::BundleReport report,
        bundle::VerifyBundle(bundle::BundleInMemory(bytes), head.server->verifier()));
    EXPECT_EQ(report.verdict, bundle::Verdict::kIntact) << report.summary;
    ++readings_.bundles;
  }
}

void MixedLoad::LookAtLists(const Person& head, NotedCalls& noted) {
  while (true) {
    const auto newest =
        head.Call(&v1::AuditService::Stub::GetCheckpoint, v1::GetCheckpointRequest());
    if (!GoesOn(newest.status)) return;
    noted.NoteCheckpoint(head, newest.response.checkpoint());
    const auto inbox = head.Call(&v1::CaseService::Stub::ListInbox, v1::ListInboxRequest());
    if (!GoesOn(inbox.status)) return;
    ++readings_.lists;
  }
}

// Of the head's cases, until the load ends or the server goes.
void MixedLoad::Watch(const Person& head) {
  v1::CaseService::Stub stub(head.channel());
  v1::WatchCasesRequest request;
  request.set_after_position(position_);
  const auto watch = stub.WatchCases(watching_.get(), request);
  for (v1::WatchCasesResponse change; watch->Read(&change);) ++readings_.changes;
  const grpc::Status end = watch->Finish();
  if (!server_goes_) {
    EXPECT_EQ(end.error_code(), grpc::StatusCode::CANCELLED) << end.error_message();
  }
}

}  // namespace wardbook::e2e
