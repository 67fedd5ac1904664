#include "storage/fsck/index_sums.h"

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/appends.h"
#include "tests/testing/seed.h"

namespace wardbook::fsck {
namespace {

using ::wardbook::testing::IdOf;
using ::wardbook::testing::TestSeed;

// Records of requests of one to four events.
std::vector<record::RecordView> RecordsOf(uint64_t requests, std::mt19937_64& random) {
  std::vector<record::RecordView> records;
  for (uint64_t request = 1; request <= requests; ++request) {
    const uint64_t events = 1 + random() % 4;
    for (uint64_t i = 0; i < events; ++i) {
      record::RecordView record;
      record.position = records.size();
      record.revision = records.size() + 1;
      record.header.stream = "case-1";
      record.header.request_id = IdOf<RequestId>(request);
      records.push_back(record);
    }
  }
  return records;
}

IndexSums SumOf(const std::vector<record::RecordView>& records, size_t from, size_t to) {
  IndexSums sums;
  for (size_t i = from; i < to; ++i) sums.Add(records[i]);
  return sums;
}

TEST(IndexSums, AreThoseOfTheRowsInAnyOrder) {
  std::mt19937_64 random(TestSeed());
  const std::vector<record::RecordView> records = RecordsOf(20, random);
  std::vector<storage::RequestRow> requests;
  RowSum streams = 0;
  std::optional<storage::RequestRow> request;
  for (const record::RecordView& record : records) {
    streams += Term(storage::StreamRow{record.header.stream, record.revision, record.position});
    if (Extend(record, &request)) continue;
    if (request.has_value()) requests.push_back(*request);
    request = RequestOf(record);
  }
  requests.push_back(*request);
  RowSum request_sum = 0;
  for (auto row = requests.rbegin(); row != requests.rend(); ++row) request_sum += Term(*row);

  const IndexSums sums = SumOf(records, 0, records.size());
  EXPECT_EQ(sums.streams(), streams);
  EXPECT_EQ(sums.requests(), request_sum);
}

TEST(IndexSums, OfPartsAreThoseOfTheWholeWhereverItIsCut) {
  std::mt19937_64 random(TestSeed());
  for (uint64_t requests = 1; requests <= 6; ++requests) {
    const std::vector<record::RecordView> records = RecordsOf(requests, random);
    const IndexSums whole = SumOf(records, 0, records.size());
    for (size_t first = 0; first <= records.size(); ++first) {
      for (size_t second = first; second <= records.size(); ++second) {
        IndexSums parts = SumOf(records, 0, first);
        parts.Append(SumOf(records, first, second));
        parts.Append(SumOf(records, second, records.size()));
        EXPECT_EQ(parts.streams(), whole.streams());
        EXPECT_EQ(parts.requests(), whole.requests());
      }
    }
  }
}

TEST(IndexSums, DifferWhenAnythingDoes) {
  std::mt19937_64 random(TestSeed());
  const std::vector<record::RecordView> records = RecordsOf(10, random);
  const IndexSums whole = SumOf(records, 0, records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    std::vector<record::RecordView> changed = records;
    changed[i].header.stream = "case-2";
    EXPECT_NE(SumOf(changed, 0, changed.size()).streams(), whole.streams());
    changed = records;
    ++changed[i].revision;
    EXPECT_NE(SumOf(changed, 0, changed.size()).streams(), whole.streams());
    changed = records;
    changed[i].header.request_id = IdOf<RequestId>(77);
    EXPECT_NE(SumOf(changed, 0, changed.size()).requests(), whole.requests());
  }
}

}  // namespace
}  // namespace wardbook::fsck
