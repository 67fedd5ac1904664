#include "services/casework/case_view.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/casework/case_card.h"
#include "services/casework/case_view_rows.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/event_codec.h"
#include "services/runtime/record_key.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/views/v1/case_row.pb.h"

namespace wardbook::casework {
namespace {

using runtime::Recorded;
using wardbook::events::v1::CaseEvent;
using wardbook::views::v1::CasePlaces;

// A school has few cases that change at the same time. Of more cards than twice this
// the older half is let go; a case that changes again is then read from its stream.
constexpr size_t kCardsOfAnswering = 128;
// A build goes through years in seconds, and nearly every case of a school comes back: to
// read it from its stream each time would take longer than all the rest.
constexpr size_t kCardsOfBuild = 1024;

// How many records of a stream are read at once.
constexpr size_t kReadBatch = 512;

// A case as of the last record applied, and where the indexes have it.
struct FoldedCase {
  CaseCard card;
  CasePlaces places;
  // What the last record applied adds to the row, if the row is not written yet.
  struct Change {
    uint64_t position = 0;
    KeyId key_id;
  };
  std::optional<Change> unwritten;
};

class CaseFold : public runtime::ViewFold {
 public:
  CaseFold(const storage::EventLog& log, const vault::Vault& vault, const SchoolId& school,
           runtime::FoldUse use)
      : log_(log),
        vault_(vault),
        school_(school),
        cards_(use == runtime::FoldUse::kBuilding ? kCardsOfBuild : kCardsOfAnswering) {}

  absl::Status Apply(const runtime::ViewRecord& record, runtime::ViewBatch& batch) override {
    const std::string& stream = record.header.stream;
    if (!record.event.has_value()) {
      WARDBOOK_RETURN_IF_ERROR(CheckStream(stream));
      return Remove(stream, batch);
    }
    recorded_.header = record.header;
    recorded_.position = record.position;
    recorded_.revision = record.revision;
    WARDBOOK_RETURN_IF_ERROR(
        runtime::DecodeEvent(record.header.event_type, *record.event, &recorded_.event));
    absl::StatusOr<FoldedCase*> folded = Find(stream, record.revision, batch);
    // The key was destroyed since this record was opened.
    if (runtime::IsKeyMissing(folded.status())) return Remove(stream, batch);
    if (!folded.ok()) return folded.status();
    Evolve((*folded)->card, recorded_);
    if (recorded_.revision == 1) (*folded)->places.set_reported_position(recorded_.position);
    if (!(*folded)->unwritten.has_value()) unwritten_.push_back(stream);
    (*folded)->unwritten = {recorded_.position, recorded_.header.key_id};
    return absl::OkStatus();
  }

  absl::Status Finish(runtime::ViewBatch& batch) override {
    for (const std::string& stream : unwritten_) {
      for (Cases* const cases : {&young_, &old_}) {
        const auto found = cases->find(stream);
        if (found != cases->end()) Write(stream, found->second, batch);
      }
    }
    unwritten_.clear();
    return absl::OkStatus();
  }

 private:
  using Cases = absl::node_hash_map<std::string, FoldedCase>;

  static absl::Status CheckStream(const std::string& stream) {
    if (kernel::CaseRef::OfStream(stream).has_value()) return absl::OkStatus();
    return absl::DataLossError("the stream is not of a case");
  }

  // The case as of the revision before `revision`.
  absl::StatusOr<FoldedCase*> Find(const std::string& stream, uint64_t revision,
                                   runtime::ViewBatch& batch) {
    if (FoldedCase* const kept = FindKept(stream)) {
      if (kept->card.state.revision + 1 == revision) return kept;
      return absl::DataLossError("the revision does not follow");
    }
    WARDBOOK_RETURN_IF_ERROR(CheckStream(stream));
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
    if (young_.size() >= cards_) {
      for (auto& [forgotten, old] : old_) Write(forgotten, old, batch);
      old_ = std::exchange(young_, Cases());
    }
    return &young_.emplace(stream, std::move(folded)).first->second;
  }

  // A case that was found stays for longer.
  FoldedCase* FindKept(const std::string& stream) {
    const auto young = young_.find(stream);
    if (young != young_.end()) return &young->second;
    const auto old = old_.find(stream);
    if (old == old_.end()) return nullptr;
    FoldedCase& kept = young_.emplace(stream, std::move(old->second)).first->second;
    old_.erase(old);
    return &kept;
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

  static void Write(const std::string& stream, FoldedCase& folded, runtime::ViewBatch& batch) {
    if (!folded.unwritten.has_value()) return;
    const CasePositions positions = {.reported = folded.places.reported_position(),
                                     .changed = folded.unwritten->position};
    for (const std::string& key : folded.places.index_keys()) batch.Delete(key);
    folded.places = PlacesOf(folded.card, positions);
    for (const std::string& key : folded.places.index_keys()) batch.PutClear(key, stream);
    batch.PutClear(PlacesKey(stream), folded.places.SerializeAsString());
    batch.PutSealed(
        CaseKey(stream), folded.unwritten->key_id,
        RowOf(*kernel::CaseRef::OfStream(stream), folded.card, positions).SerializeAsString());
    folded.unwritten.reset();
  }

  absl::Status Remove(const std::string& stream, runtime::ViewBatch& batch) {
    // The places in the batch are those of the last row written.
    young_.erase(stream);
    old_.erase(stream);
    WARDBOOK_ASSIGN_OR_RETURN(const CasePlaces places, FindPlaces(stream, batch));
    for (const std::string& key : places.index_keys()) batch.Delete(key);
    batch.Delete(PlacesKey(stream));
    batch.Delete(CaseKey(stream));
    return absl::OkStatus();
  }

  const storage::EventLog& log_;
  const vault::Vault& vault_;
  const SchoolId school_;
  const size_t cards_;
  // Cases move from `old_` to `young_` when they change; when `young_` is full it becomes
  // `old_`, and the old ones are let go.
  Cases young_;
  Cases old_;
  // The cases whose rows are still to be written.
  std::vector<std::string> unwritten_;
  // The record being applied. Kept, so that the next one, which is mostly of the same
  // kind, finds its memory.
  Recorded<CaseEvent> recorded_;
};

}  // namespace

std::unique_ptr<runtime::ViewFold> CaseView::NewFold(const SchoolId& school,
                                                     runtime::FoldUse use) const {
  return std::make_unique<CaseFold>(log_, vault_, school, use);
}

}  // namespace wardbook::casework
