// Files that are not taken, and uploads that do not arrive whole.

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/two_schools.h"

namespace wardbook::e2e {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

using Evidence = v1::EvidenceService::Stub;

constexpr grpc::StatusCode kBad = grpc::INVALID_ARGUMENT;
constexpr size_t kChunkBytesMax = 1 << 20;

class RefusedFiles : public ::testing::Test {
 protected:
  const School& school_ = Oakfield();
  const Person& teacher_ = school_.teacher;
  const std::string case_ref_ = ReportCase(school_).case_ref();

  Answer<v1::FileEvidenceResponse> File(const v1::FileEvidenceRequest& request) const {
    return teacher_.Call(&Evidence::FileEvidence, request);
  }

  std::string OpenUploadOf(absl::string_view content) const {
    const auto answer = teacher_.Call(&Evidence::OpenUpload, Upload(school_, case_ref_, content));
    EXPECT_THAT(answer, IsAnswered());
    return answer.response.upload_id();
  }

  uint64_t Committed(const std::string& upload_id) const {
    v1::GetUploadRequest request;
    request.set_upload_id(upload_id);
    const auto answer = teacher_.Call(&Evidence::GetUpload, request);
    EXPECT_THAT(answer, IsAnswered());
    return answer.response.committed_offset();
  }
};

TEST_F(RefusedFiles, OfATypeThatIsNotListedWhateverTheirName) {
  struct Case {
    const char* what;
    std::string content;
  };
  const std::vector<Case> cases = {
      {"a page", "<!DOCTYPE html><html><script>alert(1)</script></html>"},
      {"a drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"},
      {"a drawing with a prolog", "<?xml version=\"1.0\"?><svg><rect/></svg>"},
      {"an archive", absl::StrCat("PK\x03\x04\x14", std::string(26, '\0'), "file.txt", "text")},
      {"an animation", absl::StrCat("GIF89a\x01", std::string(40, '\0'))},
      {"a program", absl::StrCat("\x7f"
                                 "ELF\x02\x01\x01",
                                 std::string(57, '\0'))},
      {"a script", "#!/bin/sh\nrm -rf /\n"},
      {"noise", std::string("\xde\xad\xbe\xef\x00\x01\x02\x03", 8)},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    // Upload names it a .png.
    const std::string upload_id = UploadWhole(teacher_, school_, case_ref_, one.content);
    const NothingIsRecorded nothing;
    EXPECT_THAT(File(ScreenPrint(school_, case_ref_, upload_id)),
                IsRefused(kBad, "R-FILE-TYPE", "P43"));
  }
  EXPECT_EQ(Open(school_.head, case_ref_).summary().evidence_count(), 0U);
}

TEST_F(RefusedFiles, ButPlainTextIsFiledAsTextAndNotAsItsNameSays) {
  const std::string upload_id = UploadWhole(teacher_, school_, case_ref_, "wait till Monday\n");
  const auto answer = File(ScreenPrint(school_, case_ref_, upload_id));
  ASSERT_THAT(answer, IsAnswered());
  EXPECT_EQ(answer.response.media_type(), "text/plain");
}

TEST_F(RefusedFiles, WithoutContentOrWithTooMuch) {
  struct Case {
    const char* reason;
    const char* clauses;
    std::function<void(v1::OpenUploadRequest&)> spoil;
  };
  const std::vector<Case> cases = {
      {"R-FILE-EMPTY", "P43", [](auto& r) { r.set_size(0); }},
      {"R-FILE-TOO-LARGE", "", [](auto& r) { r.set_size((uint64_t{2} << 30) + 1); }},
      {"R-FIELD-MISSING", "", [](auto& r) { r.clear_file_name(); }},
      {"R-FIELD-TOO-LONG", "", [](auto& r) { r.set_file_name(std::string(256, 'n')); }},
      {"R-FIELD-INVALID", "", [](auto& r) { r.set_file_name("../../.bashrc"); }},
      {"R-IIOC-ASK", "P36 P38", [](auto& r) { r.clear_indecent_image_answer(); }},
  };
  const NothingIsRecorded nothing;
  for (const Case& one : cases) {
    SCOPED_TRACE(one.reason);
    v1::OpenUploadRequest request = Upload(school_, case_ref_, Png(""));
    one.spoil(request);
    EXPECT_THAT(teacher_.Call(&Evidence::OpenUpload, request),
                IsRefused(kBad, one.reason, one.clauses));
  }
}

TEST_F(RefusedFiles, ThatCouldBeAnIndecentImage) {
  for (const auto answer :
       {events::INDECENT_IMAGE_ANSWER_YES, events::INDECENT_IMAGE_ANSWER_NOT_SURE}) {
    v1::OpenUploadRequest request = Upload(school_, case_ref_, Png(""));
    request.set_indecent_image_answer(answer);
    EXPECT_THAT(teacher_.Call(&Evidence::OpenUpload, request),
                IsRefused(grpc::FAILED_PRECONDITION, "R-IIOC-NOSTORE", "P36 P38"));
  }
}

TEST_F(RefusedFiles, ThatDidNotArriveWholeUntilTheyHave) {
  const std::string content = Png(std::string(3000, 't'));
  const std::string upload_id = OpenUploadOf(content);
  const v1::FileEvidenceRequest request = ScreenPrint(school_, case_ref_, upload_id);
  {
    const NothingIsRecorded nothing;
    EXPECT_THAT(File(request), IsRefused(grpc::FAILED_PRECONDITION, "R-UPLOAD-INCOMPLETE", "P43"));
    ASSERT_THAT(PutChunk(teacher_, upload_id, 0, content.substr(0, 1000)), IsAnswered());
    EXPECT_THAT(File(request), IsRefused(grpc::FAILED_PRECONDITION, "R-UPLOAD-INCOMPLETE", "P43"));
    EXPECT_THAT(PutChunk(teacher_, upload_id, 2000, content.substr(2000)),
                IsRefused(grpc::OUT_OF_RANGE, "R-CHUNK-OUT-OF-PLACE"));
    EXPECT_THAT(PutChunk(teacher_, upload_id, 1000, content.substr(1000) + "more"),
                IsRefused(grpc::OUT_OF_RANGE, "R-CHUNK-OUT-OF-PLACE"));
    EXPECT_THAT(PutChunk(teacher_, upload_id, 1000, ""), IsRefused(kBad, "R-FIELD-INVALID"));
    EXPECT_THAT(PutChunk(teacher_, upload_id, 1000, std::string(kChunkBytesMax + 1, 'x')),
                IsRefused(kBad, "R-FIELD-INVALID"));
    EXPECT_EQ(Committed(upload_id), 1000U);
    ASSERT_THAT(PutChunk(teacher_, upload_id, 1000, content.substr(1000)), IsAnswered());
  }
  // None of the refusals has spoiled the upload or used up the request id.
  ASSERT_THAT(File(request), IsAnswered());
  EXPECT_THAT(PutChunk(teacher_, upload_id, 0, content),
              IsRefused(grpc::FAILED_PRECONDITION, "R-EVIDENCE-FILED", "P43"));
}

TEST_F(RefusedFiles, WhoseStreamWasBrokenOffUntilItIsTakenUpAgain) {
  const std::string content = Png(std::string(100000, 's'));
  const std::string upload_id = OpenUploadOf(content);
  const v1::FileEvidenceRequest request = ScreenPrint(school_, case_ref_, upload_id);
  Evidence stub(Server().channel());
  v1::UploadChunksRequest chunk;
  chunk.set_upload_id(upload_id);
  v1::UploadChunksResponse response;
  {
    const NothingIsRecorded nothing;
    const auto context = teacher_.NewContext();
    const auto writer = stub.UploadChunks(context.get(), &response);
    chunk.set_data(content.substr(0, 40000));
    ASSERT_TRUE(writer->Write(chunk));
    // It breaks when the first chunk has arrived.
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    while (Committed(upload_id) == 0 && absl::Now() < deadline) {
    }
    context->TryCancel();
    EXPECT_EQ(writer->Finish().error_code(), grpc::CANCELLED);
    EXPECT_EQ(Committed(upload_id), 40000U);
    EXPECT_THAT(File(request), IsRefused(grpc::FAILED_PRECONDITION, "R-UPLOAD-INCOMPLETE", "P43"));
  }
  const auto context = teacher_.NewContext();
  const auto writer = stub.UploadChunks(context.get(), &response);
  chunk.set_offset(40000);
  chunk.set_data(content.substr(40000));
  ASSERT_TRUE(writer->Write(chunk));
  writer->WritesDone();
  ASSERT_THAT(writer->Finish(), IsAnswered());
  EXPECT_EQ(response.committed_offset(), content.size());
  ASSERT_THAT(File(request), IsAnswered());

  v1::DownloadEvidenceRequest download;
  download.set_case_ref(case_ref_);
  download.set_evidence_id(upload_id);
  const auto answer = teacher_.Read(&Evidence::DownloadEvidence, download);
  ASSERT_THAT(answer, IsAnswered());
  std::string bytes;
  for (const v1::DownloadEvidenceResponse& part : answer.response) bytes += part.data();
  EXPECT_EQ(bytes, content);
}

TEST_F(RefusedFiles, AScreenPrintWithoutTimeDateOrPlace) {
  struct Case {
    const char* reason;
    const char* clauses;
    const char* field;
    std::function<void(events::Sighting&)> spoil;
  };
  const std::string tomorrow =
      absl::FormatTime("%Y-%m-%d", absl::Now() + absl::Hours(48), absl::UTCTimeZone());
  const std::vector<Case> cases = {
      {"R-SIGHTING", "P44", "sighting.date", [](auto& s) { s.clear_date(); }},
      {"R-SIGHTING", "P44", "sighting.time", [](auto& s) { s.clear_time(); }},
      {"R-SIGHTING", "P44", "sighting.place", [](auto& s) { s.clear_place(); }},
      {"R-SIGHTING", "P44", "sighting.date", [](auto& s) { s.Clear(); }},
      {"R-SIGHTING", "P44", "sighting.time",
       [](auto& s) {
         s.clear_time();
         s.set_time_not_known_because("  ");
       }},
      {"R-SIGHTING", "P44", "sighting.place",
       [](auto& s) { s.mutable_place()->set_platform(" \t"); }},
      {"R-FUTURE-TIME", "P44", "sighting.date", [&](auto& s) { s.set_date(tomorrow); }},
      {"R-FIELD-INVALID", "P44", "sighting.time", [](auto& s) { s.set_time("25:00"); }},
      {"R-FIELD-INVALID", "P44", "sighting.date", [](auto& s) { s.set_date("14.3.2025"); }},
      {"R-FIELD-INVALID", "P44", "sighting.utc_offset_minutes",
       [](auto& s) { s.set_utc_offset_minutes(24 * 60); }},
  };
  const std::string upload_id = UploadWhole(teacher_, school_, case_ref_, Png("where"));
  {
    const NothingIsRecorded nothing;
    for (const Case& one : cases) {
      SCOPED_TRACE(absl::StrCat(one.reason, " ", one.field));
      v1::FileEvidenceRequest request = ScreenPrint(school_, case_ref_, upload_id);
      one.spoil(*request.mutable_sighting());
      const auto answer = File(request);
      EXPECT_THAT(answer, IsRefused(kBad, one.reason, one.clauses));
      EXPECT_EQ(RefusalOf(answer.status).value_or(v1::Refusal()).field(), one.field);
    }
    v1::FileEvidenceRequest without = ScreenPrint(school_, case_ref_, upload_id);
    without.clear_sighting();
    EXPECT_THAT(File(without), IsRefused(kBad, "R-SIGHTING", "P44"));
  }
  // Each may be not known, with a reason.
  v1::FileEvidenceRequest excused = ScreenPrint(school_, case_ref_, upload_id);
  excused.mutable_sighting()->clear_time();
  excused.mutable_sighting()->set_time_not_known_because(school_.Typed("found later"));
  EXPECT_THAT(File(excused), IsAnswered());
}

TEST_F(RefusedFiles, WhereAnIndecentImageIsSuspected) {
  v1::ReportIncidentRequest report = Report(school_);
  report.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
  const auto suspected = teacher_.Call(&v1::IncidentService::Stub::ReportIncident, report);
  ASSERT_THAT(suspected, IsAnswered());
  const NothingIsRecorded nothing;
  for (const Person* person : {&teacher_, &school_.head}) {
    EXPECT_THAT(person->Call(&Evidence::OpenUpload,
                             Upload(school_, suspected.response.case_ref(), Png(""))),
                IsRefused(grpc::FAILED_PRECONDITION, "R-IIOC-NOSTORE", "P36 P38"));
  }
}

}  // namespace
}  // namespace wardbook::e2e
