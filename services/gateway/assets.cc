#include "services/gateway/assets.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/gateway/shipped_assets.h"
#include "storage/crypto/sha256.h"

namespace wardbook::gateway {
namespace {

constexpr absl::string_view kIndex = "index.html";

// Enough of a hash that no two versions of a file share it.
constexpr size_t kEtagBytes = 12;

// What Vite writes of a hash.
constexpr size_t kHashCharacters = 8;

struct Compression {
  absl::string_view suffix;
  absl::string_view encoding;
};

// The best first.
constexpr Compression kCompressions[] = {{".br", "br"}, {".gz", "gzip"}};

std::string EtagOf(absl::string_view bytes, absl::string_view encoding) {
  const Hash hash = crypto::Sha256(bytes);
  return absl::StrCat("\"", absl::BytesToHexString(hash.view().substr(0, kEtagBytes)),
                      encoding.empty() ? "" : "-", encoding, "\"");
}

absl::string_view LastOf(absl::string_view path) { return path.substr(path.rfind('/') + 1); }

// "br;q=0" says that somebody does not take it.
bool Takes(absl::string_view accept_encoding, absl::string_view encoding) {
  for (absl::string_view one : absl::StrSplit(accept_encoding, ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(one, absl::MaxSplits(';', 1));
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts.first), encoding)) continue;
    absl::string_view quality = absl::StripAsciiWhitespace(parts.second);
    if (!absl::ConsumePrefix(&quality, "q=")) return true;
    return !std::all_of(quality.begin(), quality.end(),
                        [](char c) { return c == '0' || c == '.'; });
  }
  return false;
}

}  // namespace

const AssetForm& Asset::FormFor(absl::string_view accept_encoding) const {
  for (const AssetForm& form : forms) {
    if (form.encoding.empty() || Takes(accept_encoding, form.encoding)) return form;
  }
  return forms.back();
}

Assets Assets::Shipped() { return Assets(ShippedAssets()); }

absl::StatusOr<Assets> Assets::Load(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return absl::NotFoundError(absl::StrCat("no directory ", directory));
  }
  auto contents = std::make_shared<std::map<std::string, std::string>>();
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    // What begins with a dot is of the tools that made the directory, not of the client.
    if (absl::StartsWith(it->path().filename().string(), ".")) {
      it.disable_recursion_pending();
      continue;
    }
    // What a link leads to is not below the directory.
    if (it->is_symlink(error) || !it->is_regular_file(error)) continue;
    std::ifstream file(it->path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) return absl::UnavailableError(absl::StrCat("cannot read ", it->path().string()));
    (*contents)[it->path().lexically_relative(directory).generic_string()] = std::move(bytes).str();
  }
  if (error) return absl::UnavailableError(absl::StrCat("cannot read ", directory));
  std::vector<AssetFile> files;
  for (const auto& [path, bytes] : *contents) files.push_back({path, bytes});
  return Assets(files, contents);
}

Assets::Assets(absl::Span<const AssetFile> files, std::shared_ptr<const void> owner)
    : owner_(std::move(owner)) {
  std::map<absl::string_view, absl::string_view> all;
  for (const AssetFile& file : files) all[file.path] = file.bytes;
  const auto is_compressed_form = [&all](absl::string_view path) {
    return std::any_of(std::begin(kCompressions), std::end(kCompressions), [&](const auto& one) {
      return absl::EndsWith(path, one.suffix) &&
             all.count(path.substr(0, path.size() - one.suffix.size())) != 0;
    });
  };
  for (const auto& [path, bytes] : all) {
    if (is_compressed_form(path)) continue;
    Asset asset;
    asset.mime_type = MimeTypeOf(path);
    asset.caching = HasHashInName(path) ? Asset::Caching::kImmutable : Asset::Caching::kRevalidate;
    for (const auto& [suffix, encoding] : kCompressions) {
      const auto form = all.find(absl::StrCat(path, suffix));
      if (form == all.end()) continue;
      asset.forms.push_back({form->second, encoding, EtagOf(bytes, encoding)});
    }
    asset.forms.push_back({bytes, "", EtagOf(bytes, "")});
    by_path_.emplace(absl::StrCat("/", path), std::move(asset));
  }
}

const Asset* Assets::Find(absl::string_view path) const {
  const auto found = by_path_.find(path);
  if (found != by_path_.end()) return &found->second;
  // A file that is not there is not the page, or a script would be made of it.
  if (absl::StrContains(LastOf(path), '.') || absl::StrContains(path, "//") ||
      absl::StrContains(path, "/.") || absl::StrContains(path, '\\') ||
      absl::StrContains(path, '%')) {
    return nullptr;
  }
  const auto index = by_path_.find(absl::StrCat("/", kIndex));
  return index == by_path_.end() ? nullptr : &index->second;
}

absl::string_view MimeTypeOf(absl::string_view path) {
  constexpr std::pair<absl::string_view, absl::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
  };
  for (const auto& [suffix, type] : kTypes) {
    if (absl::EndsWith(path, suffix)) return type;
  }
  return "application/octet-stream";
}

bool HasHashInName(absl::string_view path) {
  const absl::string_view name = LastOf(path);
  const absl::string_view stem = name.substr(0, name.find('.'));
  if (stem.size() <= kHashCharacters + 1 || !absl::StartsWith(path, "assets/") ||
      std::count(name.begin(), name.end(), '.') != 1) {
    return false;
  }
  // A hash may have a dash in it.
  const absl::string_view hash = stem.substr(stem.size() - kHashCharacters);
  return stem[stem.size() - kHashCharacters - 1] == '-' &&
         std::all_of(
             hash.begin(), hash.end(),
             [](unsigned char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; }) &&
         std::any_of(hash.begin(), hash.end(), [](unsigned char c) {
           return absl::ascii_isdigit(c) || absl::ascii_isupper(c);
         });
}

}  // namespace wardbook::gateway
