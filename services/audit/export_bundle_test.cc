#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/audit/audit_server_for_test.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/verify_bundle.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::audit {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::wardbook::v1::ExportBundleRequest;
using ::wardbook::v1::ExportBundleResponse;

// More than the server and the transport hold for a client that does not read.
constexpr size_t kLargeFile = 8 << 20;

// As many as the service exports at the same time.
constexpr int kExports = 4;

struct Exported {
  grpc::Status status;
  std::string bytes;
  int messages = 0;
};

// An export that is read when it is told to.
class Reader {
 public:
  Reader(AuditServerForTest& server, const ExportBundleRequest& request)
      : context_(server.SignedIn(AuditServerForTest::kHead)),
        reader_(server.stub().ExportBundle(context_.get(), request)) {}

  bool ReadOne() { return reader_->Read(&response_); }

  Exported ReadAll() {
    Exported exported;
    while (reader_->Read(&response_)) {
      exported.bytes += response_.data();
      ++exported.messages;
    }
    exported.status = reader_->Finish();
    return exported;
  }

  void Cancel() { context_->TryCancel(); }

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<ExportBundleResponse>> reader_;
  ExportBundleResponse response_;
};

ExportBundleRequest RequestFor(const AuditServerForTest& server) {
  ExportBundleRequest request;
  request.set_case_ref(server.ref().text());
  request.set_purpose("For Lancashire Safeguarding.");
  return request;
}

TEST(ExportBundle, VerifiesOfflineWithItsEvidence) {
  AuditServerForTest server;
  const std::string film = crypto::RandomBytes((1 << 20) + 17);
  const EvidenceId film_id = server.File("film.mp4", film);
  const EvidenceId chat_id = server.File("chat.txt", "01/03/2025, 23:10 - Someone: hello\n");

  const Exported exported = Reader(server, RequestFor(server)).ReadAll();

  ASSERT_TRUE(exported.status.ok()) << exported.status.error_message();
  EXPECT_GT(exported.messages, 4);
  ASSERT_OK_AND_ASSIGN(
      const bundle::BundleReport report,
      bundle::VerifyBundle(bundle::BundleInMemory(exported.bytes), server.verifier()));
  EXPECT_EQ(report.verdict, bundle::Verdict::kIntact) << report.summary;
  EXPECT_EQ(report.records, 4u);
  ASSERT_TRUE(report.manifest.has_value());
  EXPECT_EQ(report.manifest->case_ref, server.ref().text());
  for (const EvidenceId& id : {film_id, chat_id}) {
    EXPECT_THAT(
        report.manifest->entries,
        Contains(Field(&bundle::ManifestEntry::path, absl::StrCat("evidence/", id.Hex(), ".txt"))));
  }
  // The page names people as the register does.
  EXPECT_NE(exported.bytes.find("Ada Quill"), std::string::npos);
}

TEST(ExportBundle, ShowsTimesAsTheSchoolsClocksDo) {
  AuditServerForTest server;
  const Exported exported = Reader(server, RequestFor(server)).ReadAll();
  ASSERT_TRUE(exported.status.ok());
  EXPECT_NE(exported.bytes.find(" GMT<"), std::string::npos);
  EXPECT_EQ(exported.bytes.find(" UTC"), std::string::npos);
}

TEST(ExportBundle, IsRecordedBeforeTheBundleIsMade) {
  AuditServerForTest server;
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead before, server.log().Head(server.school()));

  const Exported exported = Reader(server, RequestFor(server)).ReadAll();

  ASSERT_TRUE(exported.status.ok());
  ASSERT_THAT(server.AccessEvents(), SizeIs(1));
  const wardbook::events::v1::BundleExported event = server.AccessEvents()[0].bundle_exported();
  EXPECT_EQ(event.case_ref(), server.ref().text());
  EXPECT_EQ(event.revision(), 2u);
  EXPECT_EQ(event.purpose(), "For Lancashire Safeguarding.");
  // The log that the bundle's checkpoint signs holds the record of the export.
  ASSERT_OK_AND_ASSIGN(
      const bundle::BundleReport report,
      bundle::VerifyBundle(bundle::BundleInMemory(exported.bytes), server.verifier()));
  ASSERT_TRUE(report.manifest.has_value());
  EXPECT_EQ(report.manifest->checkpoint_size, before.size + 1);
}

TEST(ExportBundle, WhatCannotBeRecordedOrSignedIsNotExported) {
  AuditServerForTest server;
  server.reveal_status = absl::UnavailableError("the disk is full");
  const Exported unrecorded = Reader(server, RequestFor(server)).ReadAll();
  EXPECT_EQ(unrecorded.status.error_code(), grpc::UNAVAILABLE);
  EXPECT_EQ(unrecorded.bytes, "");

  server.reveal_status = absl::OkStatus();
  server.write_status = absl::DataLossError("records 3 to 7 are missing");
  const Exported unsigned_export = Reader(server, RequestFor(server)).ReadAll();
  EXPECT_EQ(unsigned_export.status.error_code(), grpc::DATA_LOSS);
  EXPECT_EQ(unsigned_export.bytes, "");
}

TEST(ExportBundle, NeedsAPurposeOfAtMostTwoThousandCharacters) {
  AuditServerForTest server;
  std::string longest;
  for (int i = 0; i < 2000; ++i) longest += "\xc3\xa9";  // An e with an acute accent.
  for (const std::string& purpose : {std::string(), std::string(" \n"), longest + "x"}) {
    ExportBundleRequest request = RequestFor(server);
    request.set_purpose(purpose);
    EXPECT_EQ(Reader(server, request).ReadAll().status.error_code(), grpc::INVALID_ARGUMENT);
  }
  EXPECT_THAT(server.AccessEvents(), IsEmpty());
  ExportBundleRequest request = RequestFor(server);
  request.set_purpose(longest);
  EXPECT_TRUE(Reader(server, request).ReadAll().status.ok());
}

TEST(ExportBundle, CaseThatTheCallerMayNotSeeDoesNotExist) {
  AuditServerForTest server;
  const auto context = server.SignedIn(AuditServerForTest::kAuditor);
  const auto reader = server.stub().ExportBundle(context.get(), RequestFor(server));
  ExportBundleResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(reader->Finish().error_code(), grpc::NOT_FOUND);
  EXPECT_THAT(server.AccessEvents(), IsEmpty());
}

TEST(ExportBundle, ClientsThatStopReadingAreGivenUpAndKeepNobodyWaiting) {
  AuditServerForTest server(/*patience=*/std::chrono::seconds(1));
  server.File("film.mp4", crypto::RandomBytes(kLargeFile));
  std::vector<std::unique_ptr<Reader>> stalled;
  for (int i = 0; i < kExports; ++i) {
    stalled.push_back(std::make_unique<Reader>(server, RequestFor(server)));
    ASSERT_TRUE(stalled.back()->ReadOne());
  }
  // All threads of the service are taken; each of these has to wait until one more
  // of those before them is given up.
  std::vector<std::unique_ptr<Reader>> waiting;
  for (int i = 0; i < kExports; ++i) {
    waiting.push_back(std::make_unique<Reader>(server, RequestFor(server)));
    EXPECT_TRUE(waiting.back()->ReadOne());
  }
  for (const std::unique_ptr<Reader>& reader : stalled) {
    EXPECT_EQ(reader->ReadAll().status.error_code(), grpc::CANCELLED);
  }
  for (const std::unique_ptr<Reader>& reader : waiting) reader->Cancel();
  waiting.clear();
  EXPECT_TRUE(Reader(server, RequestFor(server)).ReadAll().status.ok());
}

TEST(ExportBundle, EndsAtOnceWhenItsClientGoes) {
  AuditServerForTest server(/*patience=*/std::chrono::hours(1));
  server.File("film.mp4", crypto::RandomBytes(kLargeFile));
  for (int i = 0; i < kExports; ++i) {
    Reader gone(server, RequestFor(server));
    ASSERT_TRUE(gone.ReadOne());
    gone.Cancel();
    EXPECT_EQ(gone.ReadAll().status.error_code(), grpc::CANCELLED);
  }
  EXPECT_TRUE(Reader(server, RequestFor(server)).ReadAll().status.ok());
}

TEST(ExportBundle, EndsWithTheSessionOfWhoTakesIt) {
  AuditServerForTest server;
  server.File("film.mp4", crypto::RandomBytes(kLargeFile));
  Reader reader(server, RequestFor(server));
  ASSERT_TRUE(reader.ReadOne());
  server.staff().EndSession(AuditServerForTest::kHead);
  const Exported broken_off = reader.ReadAll();
  EXPECT_EQ(broken_off.status.error_code(), grpc::UNAUTHENTICATED);
  EXPECT_LT(broken_off.bytes.size(), kLargeFile);
}

TEST(ExportBundle, EndsWithTheRolesOfWhoTakesIt) {
  AuditServerForTest server;
  server.File("film.mp4", crypto::RandomBytes(kLargeFile));
  Reader reader(server, RequestFor(server));
  ASSERT_TRUE(reader.ReadOne());
  server.staff().EndRoles(AuditServerForTest::kHead);
  const Exported broken_off = reader.ReadAll();
  EXPECT_EQ(broken_off.status.error_code(), grpc::NOT_FOUND);
  EXPECT_LT(broken_off.bytes.size(), kLargeFile);
}

TEST(ExportBundle, DoesNotKeepTheServerFromStopping) {
  auto server = std::make_unique<AuditServerForTest>(/*patience=*/std::chrono::hours(1));
  server->File("film.mp4", crypto::RandomBytes(kLargeFile));
  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < kExports; ++i) {
    readers.push_back(std::make_unique<Reader>(*server, RequestFor(*server)));
    ASSERT_TRUE(readers.back()->ReadOne());
  }
  // Those wait for their clients, these for their turn.
  for (int i = 0; i < kExports; ++i) {
    readers.push_back(std::make_unique<Reader>(*server, RequestFor(*server)));
  }
  // The client's side must not outlive the channel's server in one process.
  for (const std::unique_ptr<Reader>& reader : readers) reader->Cancel();
  readers.clear();
  server.reset();
}

}  // namespace
}  // namespace wardbook::audit
