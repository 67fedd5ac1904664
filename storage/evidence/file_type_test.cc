#include "storage/evidence/file_type.h"

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundle_path.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::evidence {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::StatusIs;

std::string Hex(absl::string_view hex) { return absl::HexStringToBytes(hex); }

// A box of ISO/IEC 14496-12.
std::string Box(absl::string_view type, absl::string_view content) {
  const size_t size = 8 + content.size();
  return absl::StrCat(Hex("0000"), std::string(1, static_cast<char>(size >> 8)),
                      std::string(1, static_cast<char>(size & 0xff)), type, content);
}

std::string FileTypeBox(absl::string_view major, absl::string_view compatible) {
  return absl::StrCat(Box("ftyp", absl::StrCat(major, Hex("00000200"), compatible)),
                      Box("mdat", "0123456789"));
}

std::string Png() {
  return Hex(
      "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
      "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
      "0000000049454e44ae426082");
}
std::string Jpeg() {
  return Hex("ffd8ffe000104a46494600010100000100010000ffdb004300") + std::string(64, '\x10') +
         Hex("ffd9");
}
std::string Webp() {
  return absl::StrCat("RIFF", Hex("1a000000"), "WEBPVP8L",
                      Hex("0d0000002f00000010071011118888fe07"), Hex("00"));
}
std::string Webm() {
  return Hex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104");
}
std::string Matroska() {
  return Hex("1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b614287810442858102");
}
std::string Pdf() { return "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"; }
std::string Email() {
  return "From: Ada <ada@example.org>\r\nTo: Ben <ben@example.org>\r\nSubject: Hello\r\n"
         "Date: Mon, 3 Mar 2025 10:00:00 +0000\r\n\r\nHello Ben.\r\n";
}
std::string Zip() {
  return absl::StrCat("PK", Hex("0304140000000000000000000000000000000000000000000500"), "a.txt",
                      "PK", Hex("0506000000000100010033000000230000000000"));
}
std::string Elf() {
  return Hex("7f454c4602010100000000000000000002003e0001000000") + std::string(40, '\0');
}
std::string WindowsProgram() {
  return "MZ" + std::string(58, '\0') + Hex("40000000") + std::string("PE\0\0", 4) +
         std::string(64, '\0');
}

struct Case {
  std::string name;
  std::string head;
  std::string file_name;
  std::string media_type = {};
  std::string extension = {};
};

class AcceptedFile : public ::testing::TestWithParam<Case> {};

// A bundle names a file by the type that was recorded, from a table of its own,
// because who verifies one has no libmagic.
TEST_P(AcceptedFile, HasTheSameExtensionInABundle) {
  const EvidenceId id;
  EXPECT_EQ(bundle::EvidencePath(id, GetParam().media_type),
            absl::StrCat("evidence/", id.Hex(), ".", GetParam().extension));
}

TEST_P(AcceptedFile, HasTheTypeOfItsContent) {
  const Case& file = GetParam();
  ASSERT_OK_AND_ASSIGN(const FileType type, DetectFileType(file.head, file.file_name));
  EXPECT_EQ(type.media_type, file.media_type);
  EXPECT_EQ(type.extension, file.extension);
}

std::string NameOf(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    FileType, AcceptedFile,
    ::testing::Values(
        Case{"Png", Png(), "a.png", "image/png", "png"},
        Case{"PngUnderAnotherName", Png(), "a.txt", "image/png", "png"},
        Case{"PngNamedEmail", Png(), "a.eml", "image/png", "png"},
        Case{"Jpeg", Jpeg(), "a.jpg", "image/jpeg", "jpg"},
        Case{"Webp", Webp(), "a.webp", "image/webp", "webp"},
        Case{"Heic", FileTypeBox("heic", "mif1heic"), "a.heic", "image/heic", "heic"},
        Case{"HeicOfTheGeneralBrand", FileTypeBox("mif1", "mif1heic"), "a", "image/heic", "heic"},
        Case{"Pdf", Pdf(), "a.pdf", "application/pdf", "pdf"},
        Case{"Text", "He said it again today.\n", "a.txt", "text/plain", "txt"},
        Case{"TextWithAccents", "Caf\xc3\xa9 \xf0\x9f\x98\x80\n", "a.txt", "text/plain", "txt"},
        Case{"TextOfWindows", "Caf\xe9 with Ben\r\n", "a.txt", "text/plain", "txt"},
        Case{"TextInUtf16", std::string("\xff\xfeH\0e\0l\0l\0o\0\n\0", 14), "a.txt", "text/plain",
             "txt"},
        Case{"SavedChat", "03/03/2025, 10:00 - Ada: no, stop\n03/03/2025, 10:01 - Ben: ha, no\n",
             "chat.txt", "text/plain", "txt"},
        Case{"TextThatTalksOfSizes", "5 < 6 and <3\n", "a.txt", "text/plain", "txt"},
        Case{"Email", Email(), "a.eml", "message/rfc822", "eml"},
        Case{"EmailWithoutName", Email(), "message", "message/rfc822", "eml"},
        Case{"EmailWithUncommonFieldsFirst",
             "X-Mozilla-Status: 0001\r\nMIME-Version: 1.0\r\nSubject: a\r\n b\r\n"
             "From: ada@example.org\r\n\r\n<html><body>Hello</body></html>\r\n",
             "a.EML", "message/rfc822", "eml"},
        Case{"TextThatBeginsLikeEmail", "From: my notes of Monday\nHe said it.\n", "notes.txt",
             "text/plain", "txt"},
        Case{"Mp4", FileTypeBox("isom", "isomiso2avc1mp41"), "a.mp4", "video/mp4", "mp4"},
        Case{"Mp4OfAPhone", FileTypeBox("mp42", "isommp42"), "a.mp4", "video/mp4", "mp4"},
        Case{"Webm", Webm(), "a.webm", "video/webm", "webm"},
        Case{"Mov", FileTypeBox("qt  ", "qt  "), "a.mov", "video/quicktime", "mov"}),
    NameOf);

class RefusedFile : public ::testing::TestWithParam<Case> {};

TEST_P(RefusedFile, IsToldWhatIsAccepted) {
  const Case& file = GetParam();
  EXPECT_THAT(DetectFileType(file.head, file.file_name),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("PNG"), HasSubstr("WebM"), HasSubstr(".eml"))));
}

INSTANTIATE_TEST_SUITE_P(
    FileType, RefusedFile,
    ::testing::Values(
        Case{"Empty", "", "a.png"}, Case{"Zip", Zip(), "a.png"}, Case{"Elf", Elf(), "a.png"},
        Case{"WindowsProgram", WindowsProgram(), "a.jpg"}, Case{"Gif", "GIF89a\x01", "a.gif"},
        Case{"Avif", FileTypeBox("avif", "mif1avif"), "a.heic"},
        Case{"Matroska", Matroska(), "a.webm"},
        Case{"Html", "<!DOCTYPE html><html><body>x</body></html>", "a.txt"},
        Case{"HtmlNamedEmail", "<!DOCTYPE html><html><body>x</body></html>", "a.eml"},
        Case{"HtmlFragment", " \n<b>hi</b><script>alert(1)</script>", "a.txt"},
        Case{"UnknownMarkup", "\xef\xbb\xbf <x-tag>hello</x-tag>\n", "a.txt"},
        Case{"ScriptInText", "hello <script>alert(1)</script>", "a.txt"},
        Case{"Svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", "a.svg"},
        Case{"SvgAfterXml", "<?xml version=\"1.0\"?>\n<svg></svg>", "a.txt"},
        Case{"ShellScript", "#!/bin/sh\nrm -r .\n", "a.txt"},
        Case{"ScriptOfUnknownShell", "#!unheard-of\nrm -r .\n", "a.txt"},
        Case{"BatchFile", "@echo off\r\ndel *.*\r\n", "a.txt"},
        Case{"PageThatIsAlsoAPdf", "<html><script>\n%PDF-1.7\n1 0 obj\n", "a.pdf"},
        Case{"TextThatIsAlsoAPdf", "hello\n%PDF-1.7\n1 0 obj\n", "a.pdf"},
        Case{"RichText", "{\\rtf1\\ansi hello}", "a.txt"},
        Case{"WhatLibmagicDoesNotAnswerFor", std::string("\0\0\xfe\xff\xff\0\0a", 8), "a.txt"},
        Case{"Binary", std::string("\0\x01\x02\x03\xff\xfe\0\0", 8), "a.bin"}),
    NameOf);

TEST(FileType, RefusalDoesNotRepeatTheName) {
  EXPECT_THAT(DetectFileType(Zip(), "Ada and Ben.zip"),
              StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr("Ada"))));
}

TEST(FileType, IsToldOnManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (int j = 0; j < 50; ++j) {
        absl::StatusOr<FileType> type = DetectFileType(j % 2 == 0 ? Png() : Pdf(), "a");
        ASSERT_OK(type);
        EXPECT_EQ(type->extension, j % 2 == 0 ? "png" : "pdf");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace wardbook::evidence
