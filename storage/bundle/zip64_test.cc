// Apart from the other tests because one writes 5 GiB, if only to memory that it
// does not keep.

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/zip_reader.h"
#include "storage/bundle/zip_writer.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::bundle {
namespace {

using ::testing::IsEmpty;

TEST(Zip64, FileOfMoreThanFourGibibytesIsReadThroughItsDirectory) {
  // Five entries of 1 GiB each: the last begins above 4 GiB. The file is never
  // there as a whole: what is not zero is remembered, and the rest is zeros.
  constexpr uint64_t kEntrySize = uint64_t{1} << 30;
  constexpr int kLargeEntries = 5;
  std::map<uint64_t, std::string> pieces;
  uint64_t size = 0;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<ZipWriter> zip,
                       ZipWriter::Create(
                           [&](absl::string_view bytes) {
                             if (bytes.find_first_not_of('\0') != absl::string_view::npos) {
                               pieces[size] = std::string(bytes);
                             }
                             size += bytes.size();
                             return absl::OkStatus();
                           },
                           absl::FromUnixSeconds(1'740'996'000)));
  const std::string zeros(1 << 20, '\0');
  for (int i = 0; i < kLargeEntries; ++i) {
    ASSERT_OK(zip->BeginEntry(absl::StrCat("evidence/0011223344556677889900112233445", i, ".mp4"),
                              kEntrySize));
    for (uint64_t done = 0; done < kEntrySize; done += zeros.size()) {
      ASSERT_OK(zip->AddBytes(zeros));
    }
    ASSERT_OK(zip->EndEntry());
  }
  ASSERT_OK(zip->Finish());
  const BundleSource source = {size, [&](uint64_t offset, absl::Span<char> out) {
                                 std::fill(out.begin(), out.end(), '\0');
                                 for (size_t i = 0; i < out.size(); ++i) {
                                   auto piece = pieces.upper_bound(offset + i);
                                   if (piece == pieces.begin()) continue;
                                   --piece;
                                   const uint64_t at = offset + i - piece->first;
                                   if (at < piece->second.size()) out[i] = piece->second[at];
                                 }
                                 return absl::OkStatus();
                               }};
  ASSERT_OK_AND_ASSIGN(const ZipDirectory directory, ReadZipDirectory(source));
  EXPECT_THAT(directory.faults, IsEmpty());
  ASSERT_EQ(directory.entries.size(), static_cast<size_t>(kLargeEntries));
  EXPECT_GT(*directory.entries.back().offset, uint64_t{4} << 30);
  EXPECT_EQ(directory.entries.back().size, kEntrySize);
}

TEST(Zip64, MoreEntriesThanSixteenBitsCountAreReadThroughTheirDirectory) {
  constexpr int kEntries = (1 << 16) + 1;
  std::string bytes;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<ZipWriter> zip,
                       ZipWriter::Create(
                           [&](absl::string_view piece) {
                             absl::StrAppend(&bytes, piece);
                             return absl::OkStatus();
                           },
                           absl::FromUnixSeconds(1'740'996'000)));
  for (int i = 0; i < kEntries; ++i) {
    ASSERT_OK(zip->BeginEntry(
        absl::StrCat("evidence/", absl::Hex(i, absl::kZeroPad16), "0123456789abcdef.txt"), 1));
    ASSERT_OK(zip->AddBytes("x"));
    ASSERT_OK(zip->EndEntry());
  }
  ASSERT_OK(zip->Finish());
  ASSERT_OK_AND_ASSIGN(const ZipDirectory directory, ReadZipDirectory(BundleInMemory(bytes)));
  EXPECT_THAT(directory.faults, IsEmpty());
  EXPECT_EQ(directory.entries.size(), static_cast<size_t>(kEntries));
}

}  // namespace
}  // namespace wardbook::bundle
