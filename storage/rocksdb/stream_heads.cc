#include "storage/rocksdb/stream_heads.h"

#include <utility>

namespace wardbook::storage {
namespace {

// Streams per generation: with a hundred bytes each, 5 MB in all. A server with
// 620 schools works on fewer cases at a time.
constexpr size_t kGenerationStreams = 25'000;

}  // namespace

std::optional<uint64_t> StreamHeads::Find(absl::string_view stream_prefix) {
  const auto young = young_.find(stream_prefix);
  if (young != young_.end()) return young->second;
  const auto old = old_.find(stream_prefix);
  if (old == old_.end()) return std::nullopt;
  const uint64_t revision = old->second;
  young_.emplace(stream_prefix, revision);
  return revision;
}

void StreamHeads::Set(absl::string_view stream_prefix, uint64_t revision) {
  young_[stream_prefix] = revision;
}

void StreamHeads::Trim() {
  if (young_.size() < kGenerationStreams) return;
  old_ = std::exchange(young_, Heads());
}

void StreamHeads::Clear() {
  young_.clear();
  old_.clear();
}

}  // namespace wardbook::storage
