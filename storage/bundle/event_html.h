// One event of a case as HTML, from nothing but its message's descriptor: every
// kind of event and every field is shown, also one that is added later.

#ifndef STORAGE_BUNDLE_EVENT_HTML_H_
#define STORAGE_BUNDLE_EVENT_HTML_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundled_event.h"

namespace wardbook::bundle {

// What ids stand for. Both outlive it.
struct EventNames {
  const absl::flat_hash_map<PersonId, std::string>& people;
  const absl::flat_hash_map<EvidenceId, std::string>& evidence_paths;
};

// The name of the person as HTML, or their id.
std::string PersonHtml(const PersonId& person,
                       const absl::flat_hash_map<PersonId, std::string>& people);

// The fields as a description list, in stored order, with "[withheld]" in the
// place of each that is.
std::string EventHtml(const BundledEvent& event, const EventNames& names);

// `text` as HTML text or as the value of an attribute in quotes. Control
// characters, which no browser shows, become U+FFFD.
std::string EscapeHtml(absl::string_view text);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_EVENT_HTML_H_
