// The files of the web client, in memory: those compiled into the program, or those of a
// directory.

#ifndef SERVICES_GATEWAY_ASSETS_H_
#define SERVICES_GATEWAY_ASSETS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wardbook::gateway {

// A file with its path below the root, such as "assets/app-3f2a91bc.js.br".
struct AssetFile {
  absl::string_view path;
  absl::string_view bytes;
};

// One form of a file: as it is, or compressed.
struct AssetForm {
  absl::string_view bytes;
  // The value of content-encoding; empty for none.
  absl::string_view encoding;
  // Quoted, as it stands in a header.
  std::string etag;
};

struct Asset {
  enum class Caching {
    // Asked for again each time; answered without a body when it has not changed.
    kRevalidate,
    // Has the hash of its content in its name.
    kImmutable,
  };

  // The form that a client takes, by its field accept-encoding.
  const AssetForm& FormFor(absl::string_view accept_encoding) const;

  absl::string_view mime_type;
  Caching caching = Caching::kRevalidate;
  // The most compressed first; the last one is not compressed.
  std::vector<AssetForm> forms;
};

// Immutable.
class Assets {
 public:
  // Those compiled in; none without a web client.
  static Assets Shipped();

  // Those of a directory and what is below it, but for what begins with a dot, read now.
  // NOT_FOUND: no such directory. UNAVAILABLE: a file cannot be read.
  static absl::StatusOr<Assets> Load(const std::string& directory);

  // A name with ".br" or ".gz" behind that of another file is that file compressed. The
  // bytes outlive the assets, or `owner` keeps them.
  explicit Assets(absl::Span<const AssetFile> files, std::shared_ptr<const void> owner = nullptr);

  // The file at the path of a request; nullptr when there is none. The page of the client
  // answers every path that names no file, because it finds its way itself.
  const Asset* Find(absl::string_view path) const;

  bool empty() const { return by_path_.empty(); }

 private:
  std::map<std::string, Asset, std::less<>> by_path_;
  std::shared_ptr<const void> owner_;
};

// The value of content-type for a name; octets for what no web client has.
absl::string_view MimeTypeOf(absl::string_view path);

// Whether a file has a hash in its name as Vite writes it: "assets/app-3f2a91bc.js". What may
// be a word, "assets/x-frontend.js", is none: to ask again for one in a thousand that is a
// hash costs nothing, to keep an old file for a year does.
bool HasHashInName(absl::string_view path);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_ASSETS_H_
