#include "tests/e2e/cases.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

// One black pixel.
constexpr absl::string_view kPngHex =
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c6360"
    "00000002000148afa4710000000049454e44ae426082";

template <class Response>
Response MustAnswer(Answer<Response> answer) {
  WARDBOOK_ASSERT(answer.ok());
  return std::move(answer.response);
}

}  // namespace

std::string NewRequestId() { return UuidText(crypto::NewRequestId()); }

v1::ReportIncidentRequest Report(const School& school) {
  v1::ReportIncidentRequest request;
  request.set_request_id(NewRequestId());
  request.set_kind(events::INCIDENT_KIND_CYBER_BULLYING);
  request.set_what_happened(school.Typed("messages that mock my lessons"));
  request.mutable_happened_at()->set_date("2025-03-14");
  request.mutable_happened_at()->set_time("20:40");
  request.mutable_place()->set_platform("WhatsApp");
  request.mutable_place()->set_account(school.Typed("a group of parents"));
  events::Party* const target = request.add_parties();
  target->set_capacity(events::CAPACITY_TARGET);
  target->set_person_id(absl::HexStringToBytes(school.teacher.id));
  events::Party* const subject = request.add_parties();
  subject->set_capacity(events::CAPACITY_SUBJECT);
  subject->set_name(school.Typed("somebody called Coach"));
  subject->set_category(events::PERSON_CATEGORY_PARENT);
  request.set_wishes(school.Typed("I want it to stop"));
  request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
  return request;
}

v1::AddNoteRequest Note(const School& school, absl::string_view case_ref, absl::string_view text) {
  v1::AddNoteRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(std::string(case_ref));
  request.set_text(school.Typed(text));
  return request;
}

v1::OpenUploadRequest Upload(const School& school, absl::string_view case_ref,
                             absl::string_view content) {
  v1::OpenUploadRequest request;
  request.set_case_ref(std::string(case_ref));
  request.set_file_name(absl::StrCat(school.mark, ".png"));
  request.set_size(content.size());
  request.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
  return request;
}

v1::FileEvidenceRequest ScreenPrint(const School& school, absl::string_view case_ref,
                                    absl::string_view upload_id) {
  v1::FileEvidenceRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(std::string(case_ref));
  request.set_upload_id(std::string(upload_id));
  request.set_kind(events::EVIDENCE_KIND_SCREEN_PRINT);
  request.mutable_sighting()->set_date("2025-03-14");
  request.mutable_sighting()->set_time("20:40");
  request.mutable_sighting()->mutable_place()->set_platform(school.Typed("WhatsApp"));
  request.set_description(school.Typed("what the group wrote"));
  return request;
}

v1::ReferCaseRequest Referral(const School& school, absl::string_view case_ref) {
  v1::ReferCaseRequest request;
  request.set_request_id(NewRequestId());
  request.set_case_ref(std::string(case_ref));
  request.set_reasons(school.Typed("threats against a member of staff"));
  return request;
}

v1::WatchCasesRequest WatchFromNow(const Person& person) {
  v1::WatchCasesRequest request;
  request.set_after_position(person.Head().size - 1);
  return request;
}

std::string Png(absl::string_view tail) {
  return absl::StrCat(absl::HexStringToBytes(kPngHex), tail);
}

v1::ReportIncidentResponse ReportCase(const School& school) {
  return MustAnswer(
      school.teacher.Call(&v1::IncidentService::Stub::ReportIncident, Report(school)));
}

std::string UploadWhole(const Person& person, const School& school, absl::string_view case_ref,
                        absl::string_view content) {
  const std::string upload_id = MustAnswer(person.Call(&v1::EvidenceService::Stub::OpenUpload,
                                                       Upload(school, case_ref, content)))
                                    .upload_id();
  MustAnswer(PutChunk(person, upload_id, 0, content));
  return upload_id;
}

v1::FileEvidenceResponse FileScreenPrint(const Person& person, const School& school,
                                         absl::string_view case_ref, absl::string_view content) {
  const std::string upload_id = UploadWhole(person, school, case_ref, content);
  return MustAnswer(person.Call(&v1::EvidenceService::Stub::FileEvidence,
                                ScreenPrint(school, case_ref, upload_id)));
}

Answer<v1::PutChunkResponse> PutChunk(const Person& person, absl::string_view upload_id,
                                      uint64_t offset, absl::string_view data) {
  v1::PutChunkRequest request;
  request.set_upload_id(std::string(upload_id));
  request.set_offset(offset);
  request.set_data(std::string(data));
  return person.Call(&v1::EvidenceService::Stub::PutChunk, request);
}

v1::CaseFile Open(const Person& person, absl::string_view case_ref) {
  v1::GetCaseRequest request;
  request.set_case_ref(std::string(case_ref));
  v1::CaseFile file;
  do {
    const auto page = MustAnswer(person.Call(&v1::CaseService::Stub::GetCase, request));
    file.MergeFrom(page.case_file());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return file;
}

}  // namespace wardbook::e2e
