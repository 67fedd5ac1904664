// Addresses of the web in what people write. A usable link to an indecent image is
// not kept (P36): possessing links counts as possessing the images.

#ifndef SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_
#define SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {

// What stands in an address's place.
inline constexpr absl::string_view kAddressLeftOut = "[address left out: it is for the police]";

// Whether a word is an address that works when it is copied: with a scheme, with
// "www.", a host and a path such as "a.example/x" or "10.0.0.1/x", or a host of a
// common ending such as "example.com". Names ("J.Smith"), files ("print.png"), "e.g."
// and "3.30pm" are none.
bool IsWebAddress(absl::string_view word);

// `text` with kAddressLeftOut for each address, and everything else as it is.
std::string WithoutAddresses(absl::string_view text);

// What the case may keep and show of `text`: no address where an indecent image is
// suspected in it.
std::string AsMayBeKept(const CaseState& state, absl::string_view text);

// Without addresses in every text of the message.
void LeaveOutAddresses(google::protobuf::Message& message);

// Whether a text of the message has an address.
bool HasAddress(const google::protobuf::Message& message);

// What Decide comes to, but that on a case of a suspected indecent image an event
// with an address is refused for kIndecentImageNoLink. Addresses are left out of a
// report, a referral and what records that the police were told, which are not
// refused; and always of what those say from whom the case is kept, lest it tells
// them that an image is suspected.
template <class Command>
CaseDecision DecideWithoutLinks(const CaseState& state, const Command& command);

// Implementation.

CaseDecision WithoutLinks(const CaseState& state, Sight sight, CaseDecision decision);

template <class Command>
CaseDecision DecideWithoutLinks(const CaseState& state, const Command& command) {
  return WithoutLinks(state, SightOf(state, command.by.actor), Decide(state, command));
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_WEB_ADDRESS_H_
