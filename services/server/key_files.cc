#include "services/server/key_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/certificate.h"

namespace wardbook::server {
namespace {

namespace fs = std::filesystem;

constexpr char kMasterKey[] = "master.key";
constexpr char kSigningKey[] = "signing.key";
constexpr char kVerifierKey[] = "verifier.key";
constexpr char kTlsKey[] = "tls.key";
constexpr char kTlsCertificate[] = "tls.crt";
constexpr mode_t kSecretMode = 0600;
constexpr mode_t kPublicMode = 0644;
// The longest that common clients take. A technician renews it every other summer.
constexpr absl::Duration kCertificateValidity = absl::Hours(24 * 825);

// Writes the whole content, synced, beside `path`, and gives where.
absl::StatusOr<fs::path> WriteBeside(const fs::path& path, absl::string_view content, mode_t mode) {
  fs::path beside = path.string() + ".new";
  std::error_code error;
  fs::remove(beside, error);  // What a crash has left.
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return absl::UnavailableError(absl::StrCat("cannot create ", beside.string()));
  const bool written =
      write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      fsync(file) == 0;
  close(file);
  if (!written) {
    unlink(beside.c_str());
    return absl::UnavailableError(absl::StrCat("cannot write ", beside.string()));
  }
  return beside;
}

// A file that is whole or not there, and durable on OK.
absl::Status WriteNew(const fs::path& path, absl::string_view content, mode_t mode) {
  WARDBOOK_ASSIGN_OR_RETURN(const fs::path beside, WriteBeside(path, content, mode));
  // Unlike a rename it never replaces what is there.
  const bool linked = link(beside.c_str(), path.c_str()) == 0;
  const bool is_there = errno == EEXIST;
  unlink(beside.c_str());
  if (!linked && is_there) {
    return absl::AlreadyExistsError(absl::StrCat(path.string(), " is there already"));
  }
  if (!linked) return absl::UnavailableError(absl::StrCat("cannot create ", path.string()));
  return SyncDirectory(path.parent_path().string());
}

// Whoever reads the file at any moment, and after a loss of power, finds the old
// content or the new.
absl::Status Replace(const fs::path& path, absl::string_view content, mode_t mode) {
  WARDBOOK_ASSIGN_OR_RETURN(const fs::path beside, WriteBeside(path, content, mode));
  std::error_code error;
  fs::rename(beside, path, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot replace ", path.string()));
  return SyncDirectory(path.parent_path().string());
}

// Makes the directory and what is missing above it, durably, and such that everybody
// can read the public files in it.
absl::Status MakeDirectory(const fs::path& path) {
  std::error_code error;
  std::vector<fs::path> made;
  for (fs::path missing = fs::absolute(path, error);
       !error && !missing.empty() && !fs::exists(missing, error); missing = missing.parent_path()) {
    made.push_back(missing);
  }
  WARDBOOK_RETURN_IF_ERROR(CreateDurableDirectory(path.string()));
  for (const fs::path& directory : made) {
    fs::permissions(directory,
                    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                        fs::perms::others_read | fs::perms::others_exec,
                    error);
    if (error) return absl::UnavailableError(absl::StrCat("cannot open up ", directory.string()));
  }
  return absl::OkStatus();
}

// Leaves nothing of a secret in memory that is given back.
class WipeAtEnd {
 public:
  // `text` outlives this and is not moved from.
  explicit WipeAtEnd(std::string& text) : text_(text) {}
  ~WipeAtEnd() { crypto::Wipe(text_.data(), text_.size()); }
  WipeAtEnd(const WipeAtEnd&) = delete;
  WipeAtEnd& operator=(const WipeAtEnd&) = delete;

 private:
  std::string& text_;
};

enum class Openness { kSecret, kPublic };

absl::StatusOr<std::string> Read(const fs::path& path, Openness openness) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) {
    return absl::NotFoundError(
        absl::StrCat(path.string(), " is missing; `wardbookd init` makes it"));
  }
  if (openness == Openness::kSecret && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path.string(), " can be read by others; chmod 600 it"));
  }
  // In one piece of memory, which its owner wipes, and not through a stream's buffers.
  std::string content(static_cast<size_t>(status.st_size), '\0');
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool read_all = file >= 0 && read(file, content.data(), content.size()) ==
                                         static_cast<ssize_t>(content.size());
  if (file >= 0) close(file);
  if (!read_all) return absl::UnavailableError(absl::StrCat("cannot read ", path.string()));
  return content;
}

}  // namespace

absl::Status MakeKeyFiles(const std::string& directory, absl::string_view name,
                          const std::vector<std::string>& hosts, absl::Time now) {
  const fs::path in(directory);
  WARDBOOK_RETURN_IF_ERROR(MakeDirectory(in));
  WARDBOOK_ASSIGN_OR_RETURN(const checkpoint::NoteSigner signer,
                            checkpoint::NoteSigner::Create(name, crypto::Secret::Random()));
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Certificate tls,
                            crypto::SelfSignedCertificate(hosts, now, kCertificateValidity));
  const crypto::Secret master = crypto::Secret::Random();
  std::string master_text = absl::BytesToHexString(master.view());
  const WipeAtEnd wipe_master(master_text);
  std::string signing_text = signer.Text();
  const WipeAtEnd wipe_signing(signing_text);
  WARDBOOK_RETURN_IF_ERROR(WriteNew(in / kMasterKey, master_text, kSecretMode));
  WARDBOOK_RETURN_IF_ERROR(WriteNew(in / kSigningKey, signing_text, kSecretMode));
  WARDBOOK_RETURN_IF_ERROR(
      WriteNew(in / kVerifierKey, absl::StrCat(signer.verifier().Text(), "\n"), kPublicMode));
  WARDBOOK_RETURN_IF_ERROR(WriteNew(in / kTlsKey, tls.private_key_pem, kSecretMode));
  return WriteNew(in / kTlsCertificate, tls.certificate_pem, kPublicMode);
}

absl::StatusOr<absl::Time> RenewCertificateFile(const std::string& directory, absl::Time now) {
  const fs::path in(directory);
  WARDBOOK_ASSIGN_OR_RETURN(std::string key, Read(in / kTlsKey, Openness::kSecret));
  WARDBOOK_ASSIGN_OR_RETURN(std::string certificate, Read(in / kTlsCertificate, Openness::kPublic));
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Certificate renewed,
                            crypto::RenewCertificate({std::move(certificate), std::move(key)}, now,
                                                     kCertificateValidity));
  WARDBOOK_RETURN_IF_ERROR(Replace(in / kTlsCertificate, renewed.certificate_pem, kPublicMode));
  return crypto::CertificateExpireTime(renewed.certificate_pem);
}

absl::StatusOr<KeyFiles> ReadKeyFiles(const std::string& directory) {
  const fs::path in(directory);
  // What a crash has left beside them.
  for (const char* const name : {kMasterKey, kSigningKey, kTlsKey}) {
    std::error_code error;
    fs::remove((in / name).string() + ".new", error);
  }
  WARDBOOK_ASSIGN_OR_RETURN(std::string master_text, Read(in / kMasterKey, Openness::kSecret));
  const WipeAtEnd wipe_master(master_text);
  WARDBOOK_ASSIGN_OR_RETURN(std::string signing_text, Read(in / kSigningKey, Openness::kSecret));
  const WipeAtEnd wipe_signing(signing_text);
  WARDBOOK_ASSIGN_OR_RETURN(std::string tls_key, Read(in / kTlsKey, Openness::kSecret));
  WARDBOOK_ASSIGN_OR_RETURN(std::string tls_crt, Read(in / kTlsCertificate, Openness::kPublic));
  const absl::string_view master_hex = absl::StripAsciiWhitespace(master_text);
  auto bytes = FixedBytes<struct MasterKeyTag, crypto::Secret::kSize>::FromHex(master_hex);
  if (!bytes.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat((in / kMasterKey).string(), " does not hold 64 hexadecimal digits"));
  }
  const std::optional<crypto::Secret> master_key = crypto::Secret::FromBytes(bytes->view());
  crypto::Wipe(bytes->data(), crypto::Secret::kSize);
  WARDBOOK_ASSIGN_OR_RETURN(
      checkpoint::NoteSigner signer,
      checkpoint::NoteSigner::Parse(absl::StripAsciiWhitespace(signing_text)));
  WARDBOOK_ASSIGN_OR_RETURN(const absl::Time expire_time, crypto::CertificateExpireTime(tls_crt));
  return KeyFiles{*master_key, std::move(signer), std::move(tls_crt), std::move(tls_key),
                  expire_time};
}

}  // namespace wardbook::server
