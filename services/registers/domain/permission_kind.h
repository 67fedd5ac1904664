// What tells the kinds of permission apart: a row each.

#ifndef SERVICES_REGISTERS_DOMAIN_PERMISSION_KIND_H_
#define SERVICES_REGISTERS_DOMAIN_PERMISSION_KIND_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "wardbook/events/v1/register_event.pb.h"
#include "wardbook/events/v1/register_values.pb.h"

namespace wardbook::registers {

enum class Form { kAny, kWritten };
enum class Talk { kNotNeeded, kDiscussed };
enum class Whose { kApplicants, kChilds };

// A line of the request that a kind asks for.
struct RequestLine {
  absl::string_view field;
  const std::string& (wardbook::events::v1::PermissionRequested::*value)() const;
};

struct PermissionRules {
  wardbook::events::v1::PermissionKind kind;
  absl::string_view clause;
  wardbook::events::v1::Decider decider;
  // Who decides about what the Headteacher asks for.
  wardbook::events::v1::Decider decider_for_headteacher;
  // The longest that it is granted for at once.
  absl::Duration length_max;
  Form form;
  Talk talk;
  Whose whose;
  absl::Span<const RequestLine> lines;
};

// The kinds that are asked for and granted (P26-P29).
absl::Span<const PermissionRules> PermissionKinds();

// Null for a kind that is not asked for.
const PermissionRules* FindPermissionKind(wardbook::events::v1::PermissionKind kind);

// Every line that some kind asks for.
absl::Span<const RequestLine> AllRequestLines();

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_PERMISSION_KIND_H_
