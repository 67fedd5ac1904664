#include "storage/bundle/sample_case_for_test.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/zip_reader.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "storage/event_log.h"
#include "storage/record/record.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bundle {
namespace {

using ::wardbook::events::v1::EvidenceFiled;

// A time in winter, so that the clock in London is UTC.
const absl::Time kRecordedTime = absl::FromUnixSeconds(1'740'996'000);

events::v1::IncidentReported Report() {
  events::v1::IncidentReported report;
  report.set_kind(events::v1::INCIDENT_KIND_CYBER_BULLYING);
  report.set_what_happened(
      "They wrote <b>\"nobody likes you\"</b> & more.\nIt went on until midnight.");
  report.mutable_happened_at()->set_date("2025-03-01");
  report.mutable_happened_at()->set_time("23:10");
  report.mutable_happened_at()->set_approximate(true);
  report.mutable_place()->set_platform("A chat app");
  report.mutable_place()->set_address("https://chat.example/group/12");
  events::v1::Party* const target = report.add_parties();
  target->set_capacity(events::v1::CAPACITY_TARGET);
  target->set_name("Robin Larkspur");
  target->set_category(events::v1::PERSON_CATEGORY_EMPLOYEE);
  events::v1::Party* const subject = report.add_parties();
  subject->set_capacity(events::v1::CAPACITY_SUBJECT);
  subject->set_name("Nobody Known");
  report.set_wishes("That it stops.");
  report.set_indecent_image_answer(events::v1::INDECENT_IMAGE_ANSWER_NO);
  report.set_route(events::v1::ROUTE_HEADTEACHER);
  return report;
}

EvidenceFiled Filing(const EvidenceId& id, absl::string_view name, absl::string_view type,
                     absl::string_view bytes) {
  EvidenceFiled filed;
  filed.set_evidence_id(id.Bytes());
  filed.set_kind(events::v1::EVIDENCE_KIND_SCREEN_PRINT);
  filed.set_file_name(std::string(name));
  filed.set_media_type(std::string(type));
  filed.set_size(bytes.size());
  filed.set_sha256(crypto::Sha256(bytes).Bytes());
  filed.mutable_sighting()->set_date("2025-03-02");
  filed.mutable_sighting()->set_time_not_known_because("The phone did not show it.");
  return filed;
}

checkpoint::NoteSigner MakeSigner() {
  return *checkpoint::NoteSigner::Create("wardbook.fernhill.example", crypto::Secret::Random());
}

}  // namespace

SampleCaseForTest::SampleCaseForTest()
    : signer_(MakeSigner()),
      school_(crypto::RandomId<SchoolId>()),
      reporter_(crypto::RandomId<PersonId>()),
      picture_(crypto::RandomId<EvidenceId>()),
      chat_(crypto::RandomId<EvidenceId>()) {
  files_[picture_] = "\x89PNG\r\n\x1a\n" + crypto::RandomBytes(3000);
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&files_[chat_], "01/03/2025, 23:", 10 + i % 50, " - Someone: line ", i, "\n");
  }
  const std::string stream = StreamOfCase(kCaseRef);
  events::v1::NoteAdded elsewhere;
  elsewhere.set_text("of another case");
  events::v1::NoteAdded note;
  note.set_text("The parents were told.");
  events::v1::CaseReferred referral;
  referral.set_referral_id(crypto::RandomBytes(16));
  referral.set_intent(events::v1::REFERRAL_INTENT_REFERRAL);
  referral.set_reasons("Threshold met.");
  referral.add_missing_items("The time of the second screen print.");
  referral.add_missing_items("The names of two witnesses.");
  events::v1::CaseClosed closed;
  closed.set_conclusion("It has stopped.");

  Record(elsewhere, "case-OTHER");
  Record(Report(), stream);
  Record(Filing(picture_, "screen print.png", "image/png", files_[picture_]), stream);
  Record(elsewhere, "case-OTHER");
  Record(note, stream);
  Record(Filing(chat_, "chat.txt", "text/plain", files_[chat_]), stream);
  Record(referral, stream);
  Record(elsewhere, "case-OTHER");
  Record(elsewhere, "case-OTHER");
  Record(closed, stream);
  Record(elsewhere, "case-OTHER");
}

void SampleCaseForTest::Record(const google::protobuf::Message& event, absl::string_view stream) {
  record::Header header;
  header.school = school_;
  header.stream = std::string(stream);
  header.event_id = crypto::NewEventId(kRecordedTime);
  header.event_type = event.GetDescriptor()->full_name();
  header.recorded_time = kRecordedTime;
  header.actor = reporter_;
  header.session = crypto::RandomId<SessionId>();
  header.request_id = crypto::NewRequestId();
  header.key_id = crypto::RandomId<KeyId>();
  absl::StatusOr<record::SealedEvent> sealed =
      record::SealEvent(header, event.SerializeAsString(), key_);
  ASSERT_OK(sealed);
  storage::AppendRequest request;
  request.school = school_;
  request.stream = header.stream;
  request.request_id = header.request_id;
  request.events.push_back(*std::move(sealed));
  ASSERT_OK(testing::AppendTo(log_, std::move(request)));
}

BundleContent SampleCaseForTest::Content(Disclosure discloses) const {
  BundleContent content;
  content.case_ref = std::string(kCaseRef);
  content.exported_time = kRecordedTime + absl::Hours(1);
  content.school_name = "Fernhill Primary School";
  content.names[reporter_] = "Ada Quill";
  const storage::TreeHead head = *log_.Head(school_);
  content.checkpoint = *checkpoint::SignCheckpoint(signer_, school_, head.size, head.root);
  const absl::StatusOr<std::vector<storage::StoredRecord>> stream =
      log_.ReadStream(school_, StreamOfCase(kCaseRef), 1, 1000);
  EXPECT_OK(stream);
  for (const storage::StoredRecord& stored : *stream) {
    absl::StatusOr<log::v1::BundledRecord> bundled =
        DiscloseRecord(stored.bytes, key_, head.size,
                       *log_.InclusionProof(school_, stored.position, head.size), discloses);
    EXPECT_OK(bundled);
    *content.records.add_records() = *std::move(bundled);
  }
  return content;
}

std::string SampleCaseForTest::Write(BundleContent content) const {
  std::string bundle;
  absl::StatusOr<std::unique_ptr<BundleWriter>> writer =
      BundleWriter::Create(signer_, std::move(content), [&](absl::string_view bytes) {
        absl::StrAppend(&bundle, bytes);
        return absl::OkStatus();
      });
  EXPECT_OK(writer);
  for (const FiledEvidence& file : (*writer)->filed_evidence()) {
    EXPECT_OK((*writer)->AddEvidence(file.id, [&](uint64_t offset) -> absl::StatusOr<std::string> {
      return files_.at(file.id).substr(offset, 1000);
    }));
  }
  EXPECT_OK((*writer)->Finish());
  return bundle;
}

Entries ReadEntries(const std::string& bundle) {
  const BundleSource source = BundleInMemory(bundle);
  absl::StatusOr<ZipDirectory> directory = ReadZipDirectory(source);
  EXPECT_OK(directory);
  EXPECT_THAT(directory->faults, ::testing::IsEmpty());
  Entries entries;
  for (const ZipEntry& entry : directory->entries) {
    entries[entry.path] = *ReadRange(source, *entry.offset, entry.size);
  }
  return entries;
}

std::string Zip(const Entries& entries) {
  std::string bundle;
  absl::StatusOr<std::unique_ptr<ZipWriter>> zip = ZipWriter::Create(
      [&](absl::string_view bytes) {
        absl::StrAppend(&bundle, bytes);
        return absl::OkStatus();
      },
      kRecordedTime);
  EXPECT_OK(zip);
  for (const auto& [path, bytes] : entries) {
    EXPECT_OK((*zip)->BeginEntry(path, bytes.size()));
    EXPECT_OK((*zip)->AddBytes(bytes));
    EXPECT_OK((*zip)->EndEntry());
  }
  EXPECT_OK((*zip)->Finish());
  return bundle;
}

Entries SignAgain(Entries entries, const checkpoint::NoteSigner& signer,
                  const std::function<void(Manifest*)>& change) {
  const std::string old_manifest(kManifestPath);
  const std::string& note = entries.at(old_manifest);
  absl::StatusOr<Manifest> manifest = ParseManifest(note.substr(0, note.find("\n\n") + 1));
  EXPECT_OK(manifest);
  manifest->key = signer.verifier().Text();
  manifest->entries.clear();
  for (const auto& [path, bytes] : entries) {
    if (path == kManifestPath) continue;
    manifest->entries.push_back({crypto::Sha256(bytes), bytes.size(), path});
  }
  change(&*manifest);
  entries[old_manifest] = *signer.Sign(FormatManifest(*manifest));
  return entries;
}

void UpdateComment(std::string* bundle) {
  const size_t body = bundle->size() - kZipCommentSize;
  const Hash digest = crypto::Sha256(absl::string_view(*bundle).substr(0, body));
  bundle->replace(body, kZipCommentSize, absl::StrCat(kZipCommentPrefix, digest.Hex()));
}

}  // namespace wardbook::bundle
