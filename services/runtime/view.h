// What a view is: a name, a version and a fold over the records of a school.

#ifndef SERVICES_RUNTIME_VIEW_H_
#define SERVICES_RUNTIME_VIEW_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/runtime/view_store.h"
#include "storage/base/ids.h"
#include "storage/record/record.h"

namespace wardbook::runtime {

// A record on its way into a view. Views into memory of the projector's.
struct ViewRecord {
  const record::Header& header;
  uint64_t position = 0;
  uint64_t revision = 0;
  // The serialised event. Nothing when the stream's key was destroyed: the view
  // then removes what it holds of the stream.
  std::optional<absl::string_view> event;
};

// The fold of one generation. It may keep in memory what it has folded, but
// what it writes follows from the records alone and not from where the fold was
// begun, nor from where one batch ends and the next begins. Thread-compatible.
class ViewFold {
 public:
  virtual ~ViewFold() = default;

  // Applies the next record of the view's streams. On a failure the fold is
  // thrown away together with the batch.
  virtual absl::Status Apply(const ViewRecord& record, ViewBatch& batch) = 0;

  // Comes after the last record of a batch: writes what Apply has left for now, because
  // a row that many records change is best made once. Fails as Apply does.
  virtual absl::Status Finish(ViewBatch& /*batch*/) { return absl::OkStatus(); }
};

// What a fold is made for, which says how much it may keep in memory.
enum class FoldUse {
  kAnswering,  // One of many; takes in what is recorded.
  kBuilding,   // One of a few at a time; goes through the whole log.
};

// Safe for concurrent use.
class View {
 public:
  virtual ~View() = default;

  // Printable ASCII; stays the same for ever.
  virtual absl::string_view name() const = 0;
  // Rises whenever rows would come out otherwise than before. Until the rows of
  // the new version are complete, readers get those of the old one, and so have
  // to understand both.
  virtual uint32_t version() const = 0;
  // What the names of its streams begin with; other records are not opened.
  virtual absl::string_view stream_prefix() const = 0;

  virtual std::unique_ptr<ViewFold> NewFold(const SchoolId& school, FoldUse use) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_VIEW_H_
