#include "storage/bundle/zip_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/bundle/zip_format.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::bundle {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::wardbook::testing::StatusIs;

constexpr absl::string_view kPicture = "evidence/00112233445566778899aabbccddeeff.png";
constexpr absl::string_view kOther = "evidence/00112233445566778899aabbccddee00.png";

Entries SomeEntries() {
  return {{"README.txt", "read me"},
          {"manifest", std::string(1000, 'm')},
          {std::string(kPicture), "a picture"},
          {std::string(kOther), "a picture more"},
          {"index.html", ""}};
}

std::vector<Fault> Faults(const std::string& bundle) {
  absl::StatusOr<ZipDirectory> directory = ReadZipDirectory(BundleInMemory(bundle));
  if (!directory.ok()) return {{"", std::string(directory.status().message())}};
  return directory->faults;
}

// The entries as libarchive reads them.
Entries ReadByLibarchive(const std::string& bundle) {
  Entries entries;
  const std::unique_ptr<archive, int (*)(archive*)> zip(archive_read_new(), archive_read_free);
  EXPECT_EQ(archive_read_support_format_zip(zip.get()), ARCHIVE_OK);
  EXPECT_EQ(archive_read_open_memory(zip.get(), bundle.data(), bundle.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK) {
    std::string& bytes = entries[archive_entry_pathname(entry)];
    char buffer[1000];
    la_ssize_t size = 0;
    while ((size = archive_read_data(zip.get(), buffer, sizeof(buffer))) > 0) {
      bytes.append(buffer, static_cast<size_t>(size));
    }
    EXPECT_EQ(size, 0) << archive_error_string(zip.get());
  }
  return entries;
}

TEST(ZipReader, ReadsWhatTheWriterWrote) {
  const std::string bundle = Zip(SomeEntries());
  EXPECT_THAT(Faults(bundle), IsEmpty());
  EXPECT_EQ(ReadEntries(bundle), SomeEntries());
  EXPECT_OK(CheckZipComment(BundleInMemory(bundle)));
}

TEST(ZipReader, AgreesWithAnIndependentReader) {
  EXPECT_EQ(ReadByLibarchive(Zip(SomeEntries())), SomeEntries());
  const SampleCaseForTest sample;
  const std::string bundle = sample.Write();
  EXPECT_EQ(ReadByLibarchive(bundle), ReadEntries(bundle));
}

TEST(ZipReader, AnyChangedByteIsInTheComment) {
  const std::string bundle = Zip(SomeEntries());
  for (size_t at = 0; at < bundle.size(); ++at) {
    std::string changed = bundle;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_THAT(CheckZipComment(BundleInMemory(changed)), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(ZipReader, NoChangedByteShowsOtherEntriesUnnoticed) {
  const std::string bundle = Zip(SomeEntries());
  ASSERT_OK_AND_ASSIGN(const ZipDirectory original, ReadZipDirectory(BundleInMemory(bundle)));
  for (size_t at = 0; at < bundle.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bundle;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const absl::StatusOr<ZipDirectory> directory = ReadZipDirectory(BundleInMemory(changed));
      if (!directory.ok()) {
        ASSERT_THAT(directory, StatusIs(absl::StatusCode::kDataLoss));
        continue;
      }
      if (!directory->faults.empty()) continue;
      ASSERT_EQ(directory->entries.size(), original.entries.size()) << at;
      for (size_t i = 0; i < original.entries.size(); ++i) {
        EXPECT_EQ(directory->entries[i].path, original.entries[i].path) << at;
        EXPECT_EQ(directory->entries[i].offset, original.entries[i].offset) << at;
        EXPECT_EQ(directory->entries[i].size, original.entries[i].size) << at;
      }
    }
  }
}

TEST(ZipReader, PathsThatLeadElsewhereAreRefused) {
  const absl::string_view paths[] = {"../../.txt", "/etc/hosts",
                                     "C:/a/b.txt", "README.TXT",
                                     "README.tx/", absl::string_view("README.tx\0", 10)};
  for (const absl::string_view path : paths) {
    ASSERT_EQ(path.size(), absl::string_view("README.txt").size());
    const std::string bundle = absl::StrReplaceAll(Zip(SomeEntries()), {{"README.txt", path}});
    EXPECT_THAT(Faults(bundle), Contains(Field(&Fault::what, HasSubstr("does not belong"))))
        << path;
    for (const Fault& fault : Faults(bundle)) {
      EXPECT_THAT(Sentence(fault), Not(HasSubstr(std::string(path))));
    }
  }
}

TEST(ZipReader, SameNameTwiceIsRefused) {
  const std::string bundle = absl::StrReplaceAll(Zip(SomeEntries()), {{kOther, kPicture}});
  EXPECT_THAT(Faults(bundle), Contains(Field(&Fault::what, HasSubstr("more than once"))));
}

TEST(ZipReader, EntryThatNamesItselfDifferentlyIsRefused) {
  // Who reads from front to back would see another name than who reads the
  // directory.
  std::string bundle = Zip(SomeEntries());
  bundle.replace(bundle.find(kPicture.data()), kPicture.size(),
                 "evidence/ffffffffffffffffffffffffffffffff.png");
  EXPECT_THAT(Faults(bundle), Contains(Field(&Fault::path, std::string(kPicture))));
}

TEST(ZipReader, EntryThatNamesItselfAtGreaterLengthIsRefused) {
  std::string bundle = Zip({{"manifest", "x"}});
  constexpr size_t kPathSize = 26;
  ASSERT_EQ(bundle[kPathSize], 8);
  bundle[kPathSize] = 9;
  bundle.insert(kZipLocalSize + 8, 1, 'X');
  char& directory_offset = bundle[bundle.size() - kZipCommentSize - 6];
  directory_offset = static_cast<char>(directory_offset + 1);
  EXPECT_THAT(Faults(bundle), Contains(Field(&Fault::path, "manifest")));
}

TEST(ZipReader, FieldsThatOtherToolsMayTakeForTheNameAreRefused) {
  // The time becomes Info-ZIP's Unicode path, 0x7075.
  const std::string bundle = absl::StrReplaceAll(
      Zip(SomeEntries()), {{absl::string_view("UT\x05\0", 4), absl::string_view("up\x05\0", 4)}});
  EXPECT_THAT(Faults(bundle), Not(IsEmpty()));
}

TEST(ZipReader, DirectoryInAnotherOrderIsRefused) {
  std::string bundle = Zip({{"README.txt", "1"}, {"checkpoint", "2"}, {"manifest", "3"}});
  const size_t first = bundle.find(kZipCentralMagic.data());
  const size_t second = bundle.find(kZipCentralMagic.data(), first + 1);
  const size_t third = bundle.find(kZipCentralMagic.data(), second + 1);
  ASSERT_EQ(third - second, second - first);
  std::swap_ranges(bundle.begin() + static_cast<ptrdiff_t>(first),
                   bundle.begin() + static_cast<ptrdiff_t>(second),
                   bundle.begin() + static_cast<ptrdiff_t>(second));
  EXPECT_THAT(Faults(bundle), Contains(Field(&Fault::what, HasSubstr("does not follow"))));
}

TEST(ZipReader, HiddenBytesAreRefused) {
  const std::string bundle = Zip(SomeEntries());
  const size_t directory = bundle.find(kZipCentralMagic.data());
  // Before the directory, with its place corrected.
  std::string between = bundle;
  between.insert(directory, "hidden");
  const size_t offset_at = between.size() - kZipCommentSize - 6;
  between[offset_at] = static_cast<char>(between[offset_at] + 6);
  EXPECT_THAT(Faults(between), Contains(Field(&Fault::what, HasSubstr("belong to no entry"))));
  EXPECT_THAT(Faults(absl::StrCat("hidden", bundle)), Not(IsEmpty()));
  EXPECT_THAT(Faults(absl::StrCat(bundle, "hidden")), Not(IsEmpty()));
}

TEST(ZipReader, OtherKindsOfEntriesAreRefused) {
  const std::string bundle = Zip(SomeEntries());
  const size_t central = bundle.find(kZipCentralMagic.data());
  const auto with = [&](size_t at, char byte) {
    std::string changed = bundle;
    changed[central + at] = byte;
    return Faults(changed);
  };
  constexpr size_t kFlags = 8;
  constexpr size_t kMethod = 10;
  constexpr size_t kModeHigh = 41;
  constexpr char kDeflated = 8;
  constexpr char kEncrypted = 1 | kZipSizesFollow;
  EXPECT_THAT(with(kMethod, kDeflated), Not(IsEmpty()));
  EXPECT_THAT(with(kFlags, kEncrypted), Not(IsEmpty()));
  const auto kind = [](int mode) { return static_cast<char>(mode >> 8); };
  EXPECT_THAT(with(kModeHigh, kind(0100644)), IsEmpty());
  EXPECT_THAT(with(kModeHigh, kind(0120777)), Not(IsEmpty()));  // A symbolic link.
  EXPECT_THAT(with(kModeHigh, kind(0040755)), Not(IsEmpty()));  // A directory.
}

TEST(ZipReader, ClaimsOfMoreThanIsThereAreRefused) {
  const std::string bundle = Zip(SomeEntries());
  const size_t end = bundle.size() - kZipCommentSize - kZipEndSize;
  for (size_t at = 4; at < kZipEndSize; ++at) {
    std::string changed = bundle;
    changed[end + at] = '\xff';
    EXPECT_THAT(Faults(changed), Not(IsEmpty())) << at;
  }
}

}  // namespace
}  // namespace wardbook::bundle
