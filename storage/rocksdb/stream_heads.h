// The newest revisions of the streams that were written to last, so that most
// appends need not look for them in the database. A cache of bounded size.

#ifndef STORAGE_ROCKSDB_STREAM_HEADS_H_
#define STORAGE_ROCKSDB_STREAM_HEADS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace wardbook::storage {

// Thread-compatible. Streams are named by their key prefixes (StreamPrefix).
class StreamHeads {
 public:
  std::optional<uint64_t> Find(absl::string_view stream_prefix);
  void Set(absl::string_view stream_prefix, uint64_t revision);

  // Forgets the streams not asked for for the longest time if there are too
  // many. What is set is never forgotten between two calls.
  void Trim();
  void Clear();

 private:
  using Heads = absl::flat_hash_map<std::string, uint64_t>;

  // Streams move from `old_` to `young_` when they are asked for; when `young_`
  // is full it becomes `old_`, and the old ones are forgotten.
  Heads young_;
  Heads old_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_STREAM_HEADS_H_
