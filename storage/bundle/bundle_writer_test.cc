#include "storage/bundle/bundle_writer.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/bundle/verify_bundle.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::bundle {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::wardbook::testing::StatusIs;

absl::Status Ignore(absl::string_view) { return absl::OkStatus(); }

TEST(BundleWriter, NamesTheFilesThatAreShown) {
  const SampleCaseForTest sample;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<BundleWriter> writer,
                       BundleWriter::Create(sample.signer(), sample.Content(), Ignore));
  ASSERT_THAT(writer->filed_evidence(), SizeIs(2));
  EXPECT_EQ(writer->filed_evidence()[0].id, sample.picture());
  EXPECT_EQ(writer->filed_evidence()[0].media_type, "image/png");
  EXPECT_EQ(writer->filed_evidence()[1].id, sample.chat());

  constexpr int kSha256Field = 6;
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<BundleWriter> without_hashes,
      BundleWriter::Create(sample.signer(), sample.Content([](absl::string_view, int number) {
        return number != kSha256Field;
      }),
                           Ignore));
  EXPECT_THAT(without_hashes->filed_evidence(), SizeIs(0));
}

TEST(BundleWriter, FileThatIsNotWhatWasFiledIsDataLoss) {
  SampleCaseForTest sample;
  const std::string good = sample.file(sample.picture());
  std::string changed = good;
  changed[9] ^= 1;
  for (const std::string& bad : {changed, good.substr(1), good + "x", std::string()}) {
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<BundleWriter> writer,
                         BundleWriter::Create(sample.signer(), sample.Content(), Ignore));
    EXPECT_THAT(writer->AddEvidence(sample.picture(),
                                    [&](uint64_t offset) -> absl::StatusOr<std::string> {
                                      if (offset >= bad.size()) return std::string();
                                      return bad.substr(offset, 100);
                                    }),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(sample.picture().Hex())));
  }
}

TEST(BundleWriter, FailureToReadAFileIsPassedOn) {
  const SampleCaseForTest sample;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<BundleWriter> writer,
                       BundleWriter::Create(sample.signer(), sample.Content(), Ignore));
  EXPECT_THAT(writer->AddEvidence(sample.picture(),
                                  [](uint64_t) -> absl::StatusOr<std::string> {
                                    return absl::NotFoundError("the key was destroyed");
                                  }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(BundleWriter, FileThatNoEntryFilesOrThatCameBeforeIsInvalid) {
  SampleCaseForTest sample;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<BundleWriter> writer,
                       BundleWriter::Create(sample.signer(), sample.Content(), Ignore));
  const auto read = [&](uint64_t offset) -> absl::StatusOr<std::string> {
    return sample.file(sample.picture()).substr(offset);
  };
  EXPECT_THAT(writer->AddEvidence(crypto::RandomId<EvidenceId>(), read),
              StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(writer->AddEvidence(sample.picture(), read));
  EXPECT_THAT(writer->AddEvidence(sample.picture(), read),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(BundleWriter, WhatWouldNotVerifyIsNotWritten) {
  const SampleCaseForTest sample;
  const auto refused = [&](const std::function<void(BundleContent*)>& change) {
    BundleContent content = sample.Content();
    change(&content);
    return BundleWriter::Create(sample.signer(), std::move(content), Ignore).status();
  };
  EXPECT_THAT(refused([](BundleContent* content) {
                content->records.mutable_records()->DeleteSubrange(2, 1);
              }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("revision 3 is missing")));
  EXPECT_THAT(refused([](BundleContent* content) { content->records.Clear(); }),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused([](BundleContent* content) { content->checkpoint += "x"; }),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const SampleCaseForTest other;
  EXPECT_THAT(
      refused([&](BundleContent* content) { content->checkpoint = other.Content().checkpoint; }),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(BundleWriter, PassesOnTheFailureOfTheSink) {
  const SampleCaseForTest sample;
  const size_t whole = sample.Write().size();
  // libarchive hands on what it has in blocks, so the sink is called seldom.
  bool finished = false;
  for (size_t room = 0; !finished; room += whole / 4) {
    size_t taken = 0;
    const auto sink = [&](absl::string_view bytes) {
      taken += bytes.size();
      return taken <= room ? absl::OkStatus() : absl::UnavailableError("the client is gone");
    };
    absl::StatusOr<std::unique_ptr<BundleWriter>> writer =
        BundleWriter::Create(sample.signer(), sample.Content(), sink);
    const absl::Status status = writer.ok() ? (*writer)->Finish() : writer.status();
    if (status.ok()) {
      finished = true;
      EXPECT_LE(taken, room);
    } else {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("client is gone")));
    }
  }
}

TEST(BundleWriter, BundleOfManyLargeFilesNeedsNoMoreThanAChunk) {
  // Four files of 16 MiB that are made as they are read.
  SampleCaseForTest sample;
  std::string content(16 << 20, 'v');
  std::vector<EvidenceId> ids;
  for (int i = 0; i < 4; ++i) {
    ids.push_back(crypto::RandomId<EvidenceId>());
    events::v1::EvidenceFiled filed;
    filed.set_evidence_id(ids.back().Bytes());
    filed.set_media_type("video/mp4");
    filed.set_size(content.size());
    filed.set_sha256(crypto::Sha256(content).Bytes());
    sample.Record(filed, StreamOfCase(SampleCaseForTest::kCaseRef));
  }
  size_t largest_piece = 0;
  std::string bundle;
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<BundleWriter> writer,
      BundleWriter::Create(sample.signer(), sample.Content(), [&](absl::string_view bytes) {
        largest_piece = std::max(largest_piece, bytes.size());
        absl::StrAppend(&bundle, bytes);
        return absl::OkStatus();
      }));
  constexpr size_t kChunk = 1 << 20;
  for (const EvidenceId& id : ids) {
    ASSERT_OK(writer->AddEvidence(id, [&](uint64_t offset) -> absl::StatusOr<std::string> {
      return content.substr(offset, kChunk);
    }));
  }
  ASSERT_OK(writer->Finish());
  EXPECT_LE(largest_piece, kChunk);
  ASSERT_OK_AND_ASSIGN(const BundleReport report,
                       VerifyBundle(BundleInMemory(bundle), sample.signer().verifier()));
  EXPECT_EQ(report.verdict, Verdict::kIntact);
}

}  // namespace
}  // namespace wardbook::bundle
