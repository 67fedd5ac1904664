// What each step has to keep to, by register: the functions that the table of the
// life cycle names. For each event a "whole" looks at the request alone, and a
// "may" at the entry and the policy.

#ifndef SERVICES_REGISTERS_DOMAIN_RULES_H_
#define SERVICES_REGISTERS_DOMAIN_RULES_H_

#include <string>

#include "services/kernel/decision.h"
#include "services/registers/domain/entry.h"
#include "services/registers/domain/life_cycle.h"

namespace wardbook::registers {

// Permissions (P26-P29).
void CompleteRequest(const Entry& entry, const By& by, events::RegisterEvent& event);
void CompleteGrant(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeRequest(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeGrant(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeRefusal(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeRevocation(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayRequest(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayGrant(const Entry& entry, const Proposal& proposal);

// Justifications (P24, P25).
void CompleteJustification(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeJustification(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeReview(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeAdviceDecision(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeAdvice(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeClosing(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayReview(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayRecordAdvice(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayCloseJustification(const Entry& entry, const Proposal& proposal);

// Social contacts (P34).
void CompleteDeclaration(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeDeclaration(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeAcknowledgement(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeUpdate(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeEnding(const Entry& entry, const Proposal& proposal);

// Phones in the office and on visits (P29, P30, P35).
void CompleteTakingIn(const Entry& entry, const By& by, events::RegisterEvent& event);
void CompleteTelling(const Entry& entry, const By& by, events::RegisterEvent& event);
void CompleteReturn(const Entry& entry, const By& by, events::RegisterEvent& event);
void CompleteVisitUse(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeTakingIn(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeTelling(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeExamination(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeReturn(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeVisitUse(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayTakeIn(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayReturn(const Entry& entry, const Proposal& proposal);

// Photo consents (P31).
void CompleteConsent(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeLink(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeUnlink(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeConsent(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayLink(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayUnlink(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayConsent(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayWithdraw(const Entry& entry, const Proposal& proposal);
// Whether the person is linked to the child as a parent, or was and is no longer.
bool IsParent(const Entry& consent, const std::string& person);
bool WasParent(const Entry& consent, const std::string& person);

// Devices and captures (P31-P33).
void CompleteCapture(const Entry& entry, const By& by, events::RegisterEvent& event);
void CompleteSharing(const Entry& entry, const By& by, events::RegisterEvent& event);
kernel::Refusal WholeDevice(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeRetirement(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeCapture(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeStoring(const Entry& entry, const Proposal& proposal);
kernel::Refusal WholeSharing(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayCapture(const Entry& entry, const Proposal& proposal);
kernel::Refusal MayShare(const Entry& entry, const Proposal& proposal);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_RULES_H_
