// index.html of a bundle: the case as a person reads it, on paper or in a
// browser that is not connected to anything. It has no script and loads nothing;
// files in evidence are linked, and addresses are text.

#ifndef STORAGE_BUNDLE_BUNDLE_PAGE_H_
#define STORAGE_BUNDLE_BUNDLE_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/base/ids.h"
#include "storage/bundle/examine_case.h"

namespace wardbook::bundle {

// `records` outlive it.
struct PageContent {
  std::string case_ref;
  // Empty if it is not to be shown.
  std::string school_name;
  std::string origin;
  uint64_t checkpoint_size = 0;
  absl::Time exported_time;
  // Of the school's own clock, in which times are shown.
  absl::TimeZone time_zone;
  std::string key_name;
  std::string key_fingerprint;
  absl::Span<const ExaminedRecord> records;
  // The names of people; those who are not in it are shown by their ids.
  absl::flat_hash_map<PersonId, std::string> names;
  // The paths in the bundle of the files that are in it.
  absl::flat_hash_map<EvidenceId, std::string> evidence_paths;
};

// Pure.
std::string BundlePage(const PageContent& content);

// README.txt of the bundle. Pure.
std::string BundleReadme(absl::string_view case_ref, absl::string_view key_name,
                         absl::string_view key_fingerprint);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLE_PAGE_H_
