// The streams of people and of schools, and what a transactor needs of them.

#ifndef SERVICES_PEOPLE_STREAMS_H_
#define SERVICES_PEOPLE_STREAMS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/people/domain/decide.h"
#include "services/people/domain/person_state.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/person_event.pb.h"
#include "wardbook/events/v1/school_event.pb.h"

namespace wardbook::people {

inline constexpr absl::string_view kPersonPrefix = "person-";

// "person-" and the 32 digits of the id.
std::string PersonStream(const PersonId& person);
// The person of such a stream; nothing for other streams.
std::optional<PersonId> PersonOfStream(absl::string_view stream);

// "school-" and the 32 digits of the id.
std::string SchoolStream(const SchoolId& school);

struct PersonAggregate {
  using State = PersonState;
  using Event = wardbook::events::v1::PersonEvent;
  // DATA_LOSS: a role that this version does not know. Nobody goes on from there: it may be
  // the one that a rule is about.
  static absl::Status Check(const Event& event);
  static void Evolve(State& state, const runtime::Recorded<Event>& recorded) {
    people::Evolve(state, recorded.event, {recorded.header.actor, recorded.header.recorded_time});
  }
};

struct SchoolAggregate {
  using State = SchoolState;
  using Event = wardbook::events::v1::SchoolEvent;
  static void Evolve(State& state, const runtime::Recorded<Event>& recorded) {
    people::Evolve(state, recorded.event);
  }
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_STREAMS_H_
