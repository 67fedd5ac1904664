#include "services/registers/register_view.h"

#include <optional>
#include <string>

#include "services/kernel/timestamp.h"
#include "services/registers/register_rows.h"
#include "services/runtime/event_codec.h"
#include "storage/base/status_macros.h"
#include "wardbook/views/v1/register_row.pb.h"

namespace wardbook::registers {
namespace {

using wardbook::views::v1::RegisterPlaces;
using wardbook::views::v1::RegisterRow;

class RegisterFold : public runtime::ViewFold {
 public:
  explicit RegisterFold(Register reg) : reg_(reg) {}

  absl::Status Apply(const runtime::ViewRecord& record, runtime::ViewBatch& batch) override {
    const std::string& stream = record.header.stream;
    if (!EntryOfStream(reg_, stream).has_value()) {
      return absl::DataLossError("the stream is not of an entry");
    }
    WARDBOOK_ASSIGN_OR_RETURN(const RegisterPlaces places, FindPlaces(stream, batch));
    for (const std::string& key : places.index_keys()) batch.Delete(key);
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> stored, batch.Get(EntryKey(stream)));
    // Without its key an entry is no more. The key may also go after this record
    // was opened, and with it the row.
    if (!record.event.has_value() || (record.revision > 1 && !stored.has_value())) {
      batch.Delete(EntryKey(stream));
      batch.Delete(PlacesKey(stream));
      return absl::OkStatus();
    }
    RegisterRow row;
    if (!row.ParseFromString(stored.value_or(""))) {
      return absl::DataLossError("the row of a register's entry does not parse");
    }
    if (static_cast<uint64_t>(row.steps_size()) + 1 != record.revision) {
      return absl::DataLossError("the revision does not follow");
    }
    RegisterRow::Step& step = *row.add_steps();
    WARDBOOK_RETURN_IF_ERROR(
        runtime::DecodeEvent(record.header.event_type, *record.event, step.mutable_event()));
    step.set_actor_id(record.header.actor.Bytes());
    *step.mutable_recorded_time() = kernel::TimestampOf(record.header.recorded_time);

    const RegisterPlaces moved =
        PlacesOf(EntryOf(row), record.revision == 1 ? record.position : places.opened_position());
    for (const std::string& key : moved.index_keys()) batch.PutClear(key, stream);
    batch.PutClear(PlacesKey(stream), moved.SerializeAsString());
    batch.PutSealed(EntryKey(stream), record.header.key_id, row.SerializeAsString());
    return absl::OkStatus();
  }

 private:
  static absl::StatusOr<RegisterPlaces> FindPlaces(const std::string& stream,
                                                   const runtime::ViewBatch& batch) {
    RegisterPlaces places;
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value, batch.Get(PlacesKey(stream)));
    if (value.has_value() && !places.ParseFromString(*value)) {
      return absl::DataLossError("the places of a register's entry do not parse");
    }
    return places;
  }

  const Register reg_;
};

}  // namespace

std::unique_ptr<runtime::ViewFold> RegisterView::NewFold(const SchoolId&, runtime::FoldUse) const {
  return std::make_unique<RegisterFold>(reg_);
}

std::vector<RegisterView> ViewsOfAllRegisters() {
  std::vector<RegisterView> views;
  for (const RegisterNames& names : AllRegisters()) views.emplace_back(names.reg);
  return views;
}

}  // namespace wardbook::registers
