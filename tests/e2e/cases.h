// Cases and files as people file them. What is typed has the mark of its school.
// Where a function gives something other than a request, the server must agree.

#ifndef TESTS_E2E_CASES_H_
#define TESTS_E2E_CASES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/person.h"
#include "tests/e2e/school.h"
#include "wardbook/v1/case_service.grpc.pb.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"
#include "wardbook/v1/referral_service.grpc.pb.h"

namespace wardbook::e2e {

std::string NewRequestId();

// The teacher's report of what happened to them, to the Headteacher.
wardbook::v1::ReportIncidentRequest Report(const School& school);
wardbook::v1::AddNoteRequest Note(const School& school, absl::string_view case_ref,
                                  absl::string_view text);
wardbook::v1::OpenUploadRequest Upload(const School& school, absl::string_view case_ref,
                                       absl::string_view content);
// A screen print with time, date and place.
wardbook::v1::FileEvidenceRequest ScreenPrint(const School& school, absl::string_view case_ref,
                                              absl::string_view upload_id);
wardbook::v1::ReferCaseRequest Referral(const School& school, absl::string_view case_ref);

// Of all that is recorded in the person's school from now on.
wardbook::v1::WatchCasesRequest WatchFromNow(const Person& person);

// A picture that is whole and small, with `tail` after its end.
std::string Png(absl::string_view tail);

// The response to the school's teacher.
wardbook::v1::ReportIncidentResponse ReportCase(const School& school);
// The id of an upload of which every byte has arrived.
std::string UploadWhole(const Person& person, const School& school, absl::string_view case_ref,
                        absl::string_view content);
wardbook::v1::FileEvidenceResponse FileScreenPrint(const Person& person, const School& school,
                                                   absl::string_view case_ref,
                                                   absl::string_view content);

Answer<wardbook::v1::PutChunkResponse> PutChunk(const Person& person, absl::string_view upload_id,
                                                uint64_t offset, absl::string_view data);
// The case as the person sees it, all pages of it.
wardbook::v1::CaseFile Open(const Person& person, absl::string_view case_ref);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CASES_H_
