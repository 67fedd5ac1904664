#include "services/server/key_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
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

absl::Status WriteNew(const fs::path& path, absl::string_view content, mode_t mode) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) {
    if (errno == EEXIST) {
      return absl::AlreadyExistsError(absl::StrCat(path.string(), " is there already"));
    }
    return absl::UnavailableError(absl::StrCat("cannot create ", path.string()));
  }
  const bool written =
      write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      fsync(file) == 0;
  close(file);
  if (!written) return absl::UnavailableError(absl::StrCat("cannot write ", path.string()));
  return absl::OkStatus();
}

// Whoever reads the file at any moment, and after a loss of power, finds the old
// content or the new.
absl::Status Replace(const fs::path& path, absl::string_view content, mode_t mode) {
  const fs::path beside = path.string() + ".new";
  std::error_code error;
  fs::remove(beside, error);  // What a crash has left.
  WARDBOOK_RETURN_IF_ERROR(WriteNew(beside, content, mode));
  fs::rename(beside, path, error);
  const int directory = open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = directory >= 0 && fsync(directory) == 0;
  if (directory >= 0) close(directory);
  if (error || !synced) {
    return absl::UnavailableError(absl::StrCat("cannot replace ", path.string()));
  }
  return absl::OkStatus();
}

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
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot read ", path.string()));
  return content.str();
}

}  // namespace

absl::Status MakeKeyFiles(const std::string& directory, absl::string_view name,
                          const std::vector<std::string>& hosts, absl::Time now) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot create ", directory));
  const fs::path in(directory);
  WARDBOOK_ASSIGN_OR_RETURN(const checkpoint::NoteSigner signer,
                            checkpoint::NoteSigner::Create(name, crypto::Secret::Random()));
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Certificate tls,
                            crypto::SelfSignedCertificate(hosts, now, kCertificateValidity));
  const crypto::Secret master = crypto::Secret::Random();
  WARDBOOK_RETURN_IF_ERROR(WriteNew(
      in / kMasterKey, absl::StrCat(absl::BytesToHexString(master.view()), "\n"), kSecretMode));
  WARDBOOK_RETURN_IF_ERROR(
      WriteNew(in / kSigningKey, absl::StrCat(signer.Text(), "\n"), kSecretMode));
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
  WARDBOOK_ASSIGN_OR_RETURN(std::string master_text, Read(in / kMasterKey, Openness::kSecret));
  WARDBOOK_ASSIGN_OR_RETURN(std::string signing_text, Read(in / kSigningKey, Openness::kSecret));
  WARDBOOK_ASSIGN_OR_RETURN(std::string tls_key, Read(in / kTlsKey, Openness::kSecret));
  WARDBOOK_ASSIGN_OR_RETURN(std::string tls_crt, Read(in / kTlsCertificate, Openness::kPublic));
  const absl::string_view master_hex = absl::StripAsciiWhitespace(master_text);
  const auto bytes = FixedBytes<struct MasterKeyTag, crypto::Secret::kSize>::FromHex(master_hex);
  if (!bytes.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat((in / kMasterKey).string(), " does not hold 64 hexadecimal digits"));
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      checkpoint::NoteSigner signer,
      checkpoint::NoteSigner::Parse(absl::StripAsciiWhitespace(signing_text)));
  WARDBOOK_ASSIGN_OR_RETURN(const absl::Time expire_time, crypto::CertificateExpireTime(tls_crt));
  return KeyFiles{*crypto::Secret::FromBytes(bytes->view()), std::move(signer), std::move(tls_crt),
                  std::move(tls_key), expire_time};
}

}  // namespace wardbook::server
