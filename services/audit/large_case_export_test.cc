// Apart from the other tests because so many files take seconds.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/audit/audit_server_for_test.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/verify_bundle.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::audit {
namespace {

TEST(ExportBundle, ACaseMayHaveMoreThanTenThousandFiles) {
  constexpr int kFiles = 10'001;
  AuditServerForTest server;
  for (int i = 0; i < kFiles; ++i) server.File("chat.txt", absl::StrCat("message ", i));
  wardbook::v1::ExportBundleRequest request;
  request.set_case_ref(server.ref().text());
  request.set_purpose("For Lancashire Safeguarding.");
  const auto context = server.SignedIn(AuditServerForTest::kHead);
  const auto reader = server.stub().ExportBundle(context.get(), request);
  std::string bytes;
  for (wardbook::v1::ExportBundleResponse response; reader->Read(&response);) {
    bytes += response.data();
  }
  const grpc::Status status = reader->Finish();
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_OK_AND_ASSIGN(const bundle::BundleReport report,
                       bundle::VerifyBundle(bundle::BundleInMemory(bytes), server.verifier()));
  EXPECT_EQ(report.verdict, bundle::Verdict::kIntact) << report.summary;
  ASSERT_TRUE(report.manifest.has_value());
  EXPECT_GT(report.manifest->entries.size(), size_t{kFiles});
}

}  // namespace
}  // namespace wardbook::audit
