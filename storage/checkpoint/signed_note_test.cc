#include "storage/checkpoint/signed_note.h"

#include <cstddef>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::checkpoint {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::wardbook::testing::IsOk;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

// The keys and the note of the documentation of Go's package
// golang.org/x/mod/sumdb/note, from which the specification was made.
constexpr absl::string_view kSignerKey =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr absl::string_view kVerifierKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr absl::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr absl::string_view kSignatureLine =
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    "E6RyyBwJnAM=\n";

// The second signer of the same documentation, who signed the same text.
constexpr absl::string_view kOtherVerifierKey =
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
constexpr absl::string_view kOtherSignatureLine =
    "— EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd"
    "1RvMc+QQ=\n";

std::string KnownNote() { return absl::StrCat(kText, "\n", kSignatureLine); }

NoteVerifier KnownVerifier() { return *NoteVerifier::Parse(kVerifierKey); }

TEST(NoteVerifier, OpensTheNoteOfGosDocumentation) {
  EXPECT_THAT(KnownVerifier().name(), Eq("PeterNeumann"));
  EXPECT_THAT(KnownVerifier().Open(KnownNote()), IsOkAndHolds(Eq(kText)));
}

TEST(NoteVerifier, OpensTheExampleOfTheSpecification) {
  ASSERT_OK_AND_ASSIGN(
      const NoteVerifier verifier,
      NoteVerifier::Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"));
  EXPECT_THAT(
      verifier.Open("This is an example message.\n"
                    "\n"
                    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYN"
                    "ZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"),
      IsOkAndHolds(Eq("This is an example message.\n")));
}

TEST(NoteSigner, SignsTheNoteOfGosDocumentation) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer, NoteSigner::Parse(kSignerKey));
  EXPECT_THAT(signer.Sign(kText), IsOkAndHolds(Eq(KnownNote())));
  EXPECT_THAT(signer.Text(), Eq(kSignerKey));
  EXPECT_THAT(signer.verifier().Text(), Eq(kVerifierKey));
}

TEST(NoteSigner, SignsWhatItsVerifierOpens) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer,
                       NoteSigner::Create("wardbook.example", crypto::Secret::Random()));
  for (absl::string_view text : {"\n", "one\n", "one\n\ntwo\n\n", "caf\xc3\xa9\n"}) {
    ASSERT_OK_AND_ASSIGN(const std::string note, signer.Sign(text));
    EXPECT_THAT(signer.verifier().Open(note), IsOkAndHolds(Eq(text)));
  }
}

TEST(NoteSigner, KeysSurviveTheirTexts) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer,
                       NoteSigner::Create("wardbook.example", crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const NoteSigner again, NoteSigner::Parse(signer.Text()));
  ASSERT_OK_AND_ASSIGN(const NoteVerifier verifier, NoteVerifier::Parse(signer.verifier().Text()));
  ASSERT_OK_AND_ASSIGN(const std::string note, again.Sign("text\n"));
  EXPECT_THAT(verifier.Open(note), IsOkAndHolds(Eq("text\n")));
}

TEST(NoteSigner, RefusesNamesThatCannotStandInANote) {
  for (absl::string_view name : {"", "two words", "a+b", "a\nb", "a\tb",
                                 "a\xc2\xa0"
                                 "b",
                                 "a\x01", "\xff"}) {
    EXPECT_THAT(NoteSigner::Create(name, crypto::Secret::Random()),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << absl::CHexEscape(name);
  }
  EXPECT_THAT(NoteSigner::Create("caf\xc3\xa9.example/log", crypto::Secret::Random()), IsOk());
}

TEST(NoteSigner, RefusesTextsThatCannotBeSigned) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer, NoteSigner::Parse(kSignerKey));
  for (absl::string_view text : {"", "no newline", "tab\t\n", "return\r\n", "not UTF-8 \xff\n",
                                 "surrogate \xed\xa0\x80\n"}) {
    EXPECT_THAT(signer.Sign(text), StatusIs(absl::StatusCode::kInvalidArgument))
        << absl::CHexEscape(text);
  }
}

TEST(NoteVerifier, ParseRefusesEveryPartOfAKey) {
  for (size_t begin = 0; begin <= kVerifierKey.size(); ++begin) {
    for (size_t end = begin; end <= kVerifierKey.size(); ++end) {
      if (begin == 0 && end == kVerifierKey.size()) continue;
      EXPECT_THAT(NoteVerifier::Parse(kVerifierKey.substr(begin, end - begin)),
                  StatusIs(absl::StatusCode::kInvalidArgument));
    }
  }
}

TEST(NoteVerifier, ParseRefusesEveryChangedCharacter) {
  for (size_t i = 0; i < kVerifierKey.size(); ++i) {
    std::string changed(kVerifierKey);
    ++changed[i];
    EXPECT_THAT(NoteVerifier::Parse(changed), StatusIs(absl::StatusCode::kInvalidArgument))
        << changed;
  }
}

TEST(NoteVerifier, ParseRefusesKeysOfAnotherSizeOrTypeWhoseHashFits) {
  EXPECT_THAT(NoteVerifier::Parse(
                  "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      NoteVerifier::Parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
      StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(NoteSigner, ParseRefusesEveryPartOfAKeyAndEveryChangedCharacter) {
  for (size_t i = 0; i < kSignerKey.size(); ++i) {
    std::string changed(kSignerKey);
    ++changed[i];
    EXPECT_THAT(NoteSigner::Parse(changed), StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(NoteSigner::Parse(kSignerKey.substr(0, i)),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(NoteSigner::Parse(kVerifierKey), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(NoteVerifier, OpensANoteThatOthersSignedToo) {
  const std::string first = absl::StrCat(kText, "\n", kSignatureLine, kOtherSignatureLine);
  const std::string second = absl::StrCat(kText, "\n", kOtherSignatureLine, kSignatureLine);
  EXPECT_THAT(KnownVerifier().Open(first), IsOkAndHolds(Eq(kText)));
  EXPECT_THAT(KnownVerifier().Open(second), IsOkAndHolds(Eq(kText)));
  EXPECT_THAT(NoteVerifier::Parse(kOtherVerifierKey)->Open(first), IsOkAndHolds(Eq(kText)));
}

TEST(NoteVerifier, WithoutItsSignatureNobodyIsAuthenticated) {
  EXPECT_THAT(KnownVerifier().Open(absl::StrCat(kText, "\n", kOtherSignatureLine)),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("PeterNeumann")));
}

TEST(NoteVerifier, AnotherKeyOfTheSameNameIsSomebodyElse) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner impostor,
                       NoteSigner::Create("PeterNeumann", crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const std::string note, impostor.Sign(kText));
  EXPECT_THAT(KnownVerifier().Open(note), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST(NoteVerifier, AFalseSignatureIsRefusedEvenBesideATrueOne) {
  const std::string changed_text = absl::StrCat("I", KnownNote());
  EXPECT_THAT(KnownVerifier().Open(changed_text),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("PeterNeumann")));

  const std::string false_line =
      absl::StrReplaceAll(kSignatureLine, {{"x08go/ZJkuBS", "x08go/ZJkuBT"}});
  ASSERT_THAT(false_line, StartsWith("— PeterNeumann x08go/ZJkuBT"));
  EXPECT_THAT(KnownVerifier().Open(absl::StrCat(kText, "\n", kSignatureLine, false_line)),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(KnownVerifier().Open(absl::StrCat(kText, "\n— PeterNeumann x08go/ZJkg==\n")),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST(NoteVerifier, EveryChangedBitOfANoteIsFoundOut) {
  const std::string note = KnownNote();
  for (size_t bit = 0; bit < 8 * note.size(); ++bit) {
    std::string changed = note;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const absl::StatusCode code = KnownVerifier().Open(changed).status().code();
    EXPECT_TRUE(code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnauthenticated ||
                code == absl::StatusCode::kPermissionDenied)
        << bit << ": " << absl::StatusCodeToString(code);
  }
}

TEST(NoteVerifier, RefusesWhatIsNoSignedNote) {
  const std::string line(kSignatureLine);
  const std::string signature = line.substr(line.rfind(' ') + 1);
  for (const std::string& note : {
           std::string(),
           std::string(kText),
           absl::StrCat(kText, "\n"),
           // No empty line between text and signature.
           absl::StrCat(kText, kSignatureLine),
           // No newline at the end.
           KnownNote().substr(0, KnownNote().size() - 1),
           // Something else behind the signatures.
           absl::StrCat(KnownNote(), "more\n"),
           // A hyphen in place of the dash.
           absl::StrCat(kText, "\n- PeterNeumann ", signature),
           // No name.
           absl::StrCat(kText, "\n—  ", signature),
           absl::StrCat(kText, "\n— ", signature),
           absl::StrCat(kText, "\n— Peter+Neumann ", signature),
           // No base64, or not the form that encoders write.
           absl::StrCat(kText, "\n— PeterNeumann !\n"),
           absl::StrCat(kText, "\n— PeterNeumann \n"),
           absl::StrReplaceAll(KnownNote(), {{"=\n", "\n"}}),
           absl::StrReplaceAll(KnownNote(), {{"=\n", "= \n"}}),
           // A hash, and nothing that it says who signed.
           absl::StrCat(kText, "\n— PeterNeumann x08gow==\n"),
           // Neither UTF-8 nor free of control characters.
           absl::StrCat("\xff", KnownNote()),
           absl::StrCat("\x01", KnownNote()),
       }) {
    EXPECT_THAT(KnownVerifier().Open(note), StatusIs(absl::StatusCode::kDataLoss))
        << absl::CHexEscape(note);
  }
}

}  // namespace
}  // namespace wardbook::checkpoint
