#include "storage/evidence/file_type.h"

#include <magic.h>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/status_macros.h"

namespace wardbook::evidence {
namespace {

constexpr FileType kPng = {"image/png", "png"};
constexpr FileType kJpeg = {"image/jpeg", "jpg"};
constexpr FileType kWebp = {"image/webp", "webp"};
constexpr FileType kHeic = {"image/heic", "heic"};
constexpr FileType kPdf = {"application/pdf", "pdf"};
constexpr FileType kText = {"text/plain", "txt"};
constexpr FileType kEmail = {"message/rfc822", "eml"};
constexpr FileType kMp4 = {"video/mp4", "mp4"};
constexpr FileType kWebm = {"video/webm", "webm"};
constexpr FileType kMov = {"video/quicktime", "mov"};

constexpr absl::string_view kAccepted =
    "PNG, JPEG, WebP and HEIC pictures, PDF, plain text, e-mail (.eml), MP4, WebM and MOV video";

// A chat or a table saved as text is plain text whatever its commas and braces.
// The other checks that are off look inside of archives and programs, which are
// refused anyway.
constexpr int kMagicFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON |
                            MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF |
                            MAGIC_NO_CHECK_CDF;

struct CloseMagic {
  void operator()(magic_t handle) const { magic_close(handle); }
};
using MagicHandle = std::unique_ptr<std::remove_pointer_t<magic_t>, CloseMagic>;

// libmagic handles for calls at the same time: a handle is not safe for
// concurrent use and takes a while to load. There are never more than callers at
// one moment. Safe for concurrent use.
class MagicHandles {
 public:
  absl::StatusOr<MagicHandle> Take() {
    {
      absl::MutexLock lock(&mutex_);
      if (!idle_.empty()) {
        MagicHandle handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
      }
    }
    MagicHandle handle(magic_open(kMagicFlags));
    if (handle == nullptr || magic_load(handle.get(), nullptr) != 0) {
      return absl::UnavailableError("libmagic does not load its database");
    }
    return handle;
  }

  void GiveBack(MagicHandle handle) {
    absl::MutexLock lock(&mutex_);
    idle_.push_back(std::move(handle));
  }

 private:
  absl::Mutex mutex_;
  std::vector<MagicHandle> idle_ ABSL_GUARDED_BY(mutex_);
};

MagicHandles& Handles() {
  static MagicHandles& handles = *new MagicHandles;
  return handles;
}

absl::Status Refused(absl::string_view media_type) {
  return absl::InvalidArgumentError(absl::StrCat(
      "files of type ", media_type, " are not taken into evidence; accepted are ", kAccepted));
}

absl::StatusOr<std::string> MediaTypeByMagic(absl::string_view head) {
  WARDBOOK_ASSIGN_OR_RETURN(MagicHandle handle, Handles().Take());
  const char* const answer = magic_buffer(handle.get(), head.data(), head.size());
  if (answer == nullptr) {
    // Some bytes lead it nowhere, each time anew; anything else has an error number.
    if (magic_errno(handle.get()) == 0) return Refused("unknown");
    return absl::UnavailableError("libmagic does not answer");
  }
  std::string media_type(answer);
  Handles().GiveBack(std::move(handle));
  return media_type;
}

bool HasAt(absl::string_view head, size_t at, absl::string_view bytes) {
  return head.size() >= at && absl::StartsWith(head.substr(at), bytes);
}

bool NameEndsIn(absl::string_view file_name, absl::string_view ending) {
  return absl::EndsWithIgnoreCase(file_name, ending);
}

// Markup and programs that libmagic takes for mere text. Text is shown to
// people as text, and must not be anything else to a browser that guesses.
bool BeginsLikeMarkupOrScript(absl::string_view head) {
  if (absl::StartsWith(head, "\xef\xbb\xbf")) head.remove_prefix(3);
  head = absl::StripLeadingAsciiWhitespace(head);
  if (absl::StartsWith(head, "#!")) return true;
  if (head.size() < 2 || head[0] != '<') return false;
  return absl::ascii_isalpha(static_cast<unsigned char>(head[1])) || head[1] == '!' ||
         head[1] == '?' || head[1] == '/';
}

// Whether `line` is a field of RFC 5322 section 2.2: a name of printable
// characters and a colon.
bool IsHeaderField(absl::string_view line) {
  const size_t colon = line.find(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  const absl::string_view name = line.substr(0, colon);
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// Whether the text opens with the header of an e-mail: at least its date or its
// sender among nothing but fields. libmagic knows only headers that begin with
// one of a few fields.
bool BeginsWithEmailHeader(absl::string_view head) {
  bool known = false;
  // A line that the head cuts off says nothing.
  for (size_t end = head.find('\n'); end != absl::string_view::npos; end = head.find('\n')) {
    const absl::string_view line = absl::StripSuffix(head.substr(0, end), "\r");
    head.remove_prefix(end + 1);
    if (line.empty()) break;
    const bool continues = line[0] == ' ' || line[0] == '\t';
    if (!continues && !IsHeaderField(line)) return false;
    known = known || absl::StartsWithIgnoreCase(line, "From:") ||
            absl::StartsWithIgnoreCase(line, "Date:");
  }
  return known;
}

// Each type that is not text must also have its signature at its very
// beginning: a file that is a page to one program and a PDF to another is
// neither here.
absl::StatusOr<FileType> TypeOfBinary(absl::string_view head, absl::string_view media_type) {
  const struct {
    absl::string_view magic;
    FileType type;
    size_t at;
    absl::string_view signature;
  } kBinaryTypes[] = {
      {"image/png", kPng, 0, "\x89PNG\r\n\x1a\n"},
      {"image/jpeg", kJpeg, 0, "\xff\xd8\xff"},
      {"image/webp", kWebp, 8, "WEBP"},
      {"image/heic", kHeic, 4, "ftyp"},
      {"application/pdf", kPdf, 0, "%PDF-"},
      {"video/mp4", kMp4, 4, "ftyp"},
      {"video/webm", kWebm, 0, "\x1a\x45\xdf\xa3"},
      {"video/quicktime", kMov, 4, "ftypqt"},
      {"video/quicktime", kMov, 4, "moov"},
  };
  for (const auto& known : kBinaryTypes) {
    if (media_type == known.magic && HasAt(head, known.at, known.signature)) return known.type;
  }
  // Pictures of some phones name the general brand first and HEIC after it.
  constexpr size_t kBrandsEnd = 64;
  if (media_type == "image/heif" && HasAt(head, 4, "ftyp") &&
      absl::StrContains(head.substr(0, kBrandsEnd), "heic")) {
    return kHeic;
  }
  return Refused(media_type);
}

}  // namespace

absl::StatusOr<FileType> DetectFileType(absl::string_view head, absl::string_view file_name) {
  if (head.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("the file is empty; accepted are ", kAccepted));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::string media_type, MediaTypeByMagic(head));
  const bool is_text = absl::StartsWith(media_type, "text/") || media_type == "message/rfc822";
  if (!is_text) return TypeOfBinary(head, media_type);

  // An e-mail may hold a page or a program further down; what counts is how it
  // begins.
  if (NameEndsIn(file_name, ".eml") && BeginsWithEmailHeader(head)) return kEmail;
  if (BeginsLikeMarkupOrScript(head)) return Refused("markup or script");
  if (media_type == "text/plain") return kText;
  if (media_type == "message/rfc822") return NameEndsIn(file_name, ".txt") ? kText : kEmail;
  return Refused(media_type);
}

}  // namespace wardbook::evidence
