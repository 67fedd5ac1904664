#include "services/casework/case_view.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/casework/case_card.h"
#include "services/casework/case_view_rows.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/event_codec.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/views/v1/case_row.pb.h"

namespace wardbook::casework {
namespace {

using runtime::Recorded;
using wardbook::events::v1::CaseEvent;
using wardbook::views::v1::CasePlaces;

// A school has few cases that change at the same time. When more cards than
// this are in memory all are let go, which costs a read of those streams.
constexpr size_t kCardsMax = 1024;

// How many records of a stream are read at once.
constexpr size_t kReadBatch = 512;

// A case as of the last record applied, and where the indexes have it.
struct FoldedCase {
  CaseCard card;
  CasePlaces places;
};

class CaseFold : public runtime::ViewFold {
 public:
  CaseFold(const storage::EventLog& log, const vault::Vault& vault, const SchoolId& school)
      : log_(log), vault_(vault), school_(school) {}

  absl::Status Apply(const runtime::ViewRecord& record, runtime::ViewBatch& batch) override {
    const std::string& stream = record.header.stream;
    const std::optional<kernel::CaseRef> ref = kernel::CaseRef::OfStream(stream);
    if (!ref.has_value()) return absl::DataLossError("the stream is not of a case");
    if (!record.event.has_value()) return Remove(stream, batch);
    Recorded<CaseEvent> recorded{record.header, record.position, record.revision, CaseEvent()};
    WARDBOOK_RETURN_IF_ERROR(
        runtime::DecodeEvent(record.header.event_type, *record.event, &recorded.event));
    absl::StatusOr<FoldedCase*> folded = Find(stream, record.revision, batch);
    // The key was destroyed since this record was opened.
    if (absl::IsNotFound(folded.status())) return Remove(stream, batch);
    if (!folded.ok()) return folded.status();
    Put(*ref, recorded, **folded, batch);
    return absl::OkStatus();
  }

 private:
  // The case as of the revision before `revision`.
  absl::StatusOr<FoldedCase*> Find(const std::string& stream, uint64_t revision,
                                   const runtime::ViewBatch& batch) {
    const auto found = cases_.find(stream);
    if (found != cases_.end()) {
      if (found->second.card.state.revision + 1 == revision) return &found->second;
      return absl::DataLossError("the revision does not follow");
    }
    FoldedCase folded;
    while (folded.card.state.revision + 1 < revision) {
      const uint64_t next = folded.card.state.revision + 1;
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::vector<Recorded<CaseEvent>> events,
          runtime::ReadEvents<CaseEvent>(
              log_, vault_, school_, stream, next,
              static_cast<size_t>(std::min<uint64_t>(revision - next, kReadBatch))));
      if (events.empty()) return absl::DataLossError("the stream ends too early");
      for (const Recorded<CaseEvent>& event : events) Evolve(folded.card, event);
    }
    if (revision > 1) {
      WARDBOOK_ASSIGN_OR_RETURN(folded.places, FindPlaces(stream, batch));
    }
    if (cases_.size() >= kCardsMax) cases_.clear();
    return &cases_.emplace(stream, std::move(folded)).first->second;
  }

  static absl::StatusOr<CasePlaces> FindPlaces(const std::string& stream,
                                               const runtime::ViewBatch& batch) {
    CasePlaces places;
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value, batch.Get(PlacesKey(stream)));
    if (value.has_value() && !places.ParseFromString(*value)) {
      return absl::DataLossError("the places of the case do not parse");
    }
    return places;
  }

  static void Put(const kernel::CaseRef& ref, const Recorded<CaseEvent>& recorded,
                  FoldedCase& folded, runtime::ViewBatch& batch) {
    const std::string& stream = recorded.header.stream;
    Evolve(folded.card, recorded);
    const CasePositions positions = {
        .reported = recorded.revision == 1 ? recorded.position : folded.places.reported_position(),
        .changed = recorded.position};
    for (const std::string& key : folded.places.index_keys()) batch.Delete(key);
    folded.places = PlacesOf(folded.card, positions);
    for (const std::string& key : folded.places.index_keys()) batch.PutClear(key, stream);
    batch.PutClear(PlacesKey(stream), folded.places.SerializeAsString());
    batch.PutSealed(CaseKey(stream), recorded.header.key_id,
                    RowOf(ref, folded.card, positions).SerializeAsString());
  }

  absl::Status Remove(const std::string& stream, runtime::ViewBatch& batch) {
    cases_.erase(stream);
    WARDBOOK_ASSIGN_OR_RETURN(const CasePlaces places, FindPlaces(stream, batch));
    for (const std::string& key : places.index_keys()) batch.Delete(key);
    batch.Delete(PlacesKey(stream));
    batch.Delete(CaseKey(stream));
    return absl::OkStatus();
  }

  const storage::EventLog& log_;
  const vault::Vault& vault_;
  const SchoolId school_;
  absl::flat_hash_map<std::string, FoldedCase> cases_;
};

}  // namespace

std::unique_ptr<runtime::ViewFold> CaseView::NewFold(const SchoolId& school) const {
  return std::make_unique<CaseFold>(log_, vault_, school);
}

}  // namespace wardbook::casework
