// P35: pupils' phones.

#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P35", "a phone that a child brought is taken in", ParentLinked, &School::teacher,
     "RegisterService.TakeInPhone",
     R"(phone { child_id: "$child.bytes" device_description: "black"
          ground: CUSTODY_GROUND_BROUGHT_IN })",
     kAccepted},
    {"P35", "it goes back after home-time, with the parents aware", ParentsToldYesterday,
     &School::teacher, "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the mother"
          returned_time { $yesterday_evening } })",
     kAccepted},
    {"P35", "it goes back before home-time without a reason", ParentsToldYesterday,
     &School::teacher, "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the child"
          returned_time { $yesterday_at_ten } })",
     Refused("R-HOME-TIME")},
    {"P35", "it goes back before home-time for a reason", ParentsToldYesterday, &School::teacher,
     "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the mother" returned_time { $yesterday_at_ten }
          early_because: "a visit to the dentist" })",
     kAccepted},
    {"P35", "it goes back and the parents do not know", PhoneTakenInYesterday, &School::teacher,
     "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the child"
          returned_time { $yesterday_evening } })",
     Refused("R-PARENTS-AWARE")},
    {"P35", "it goes back for a reason before the parents know", PhoneTakenInYesterday,
     &School::teacher, "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the child" returned_time { $yesterday_evening }
          parents_not_aware_because: "nobody answered" })",
     kAccepted},
    {"P35", "the office looks into the phone", PhoneTakenInYesterday, &School::teacher,
     "RegisterService.RecordPhoneExamined",
     R"(entry_id: "$entry" examination { reasons: "to see whose it is" })",
     Refused("R-PHONE-EXAMINED")},
    {"P35", "it is given back twice", PhoneReturnedYesterday, &School::teacher,
     "RegisterService.ReturnPhone",
     R"(entry_id: "$entry" handover { returned_to: "the father"
          returned_time { $yesterday_evening } })",
     Refused("R-NOT-IN-FORCE")},
};

static_assert(IsComplete(kCustodySpan, kRows, {}));

}  // namespace

ClauseSection Custody() { return {"custody", kRows, {}}; }

}  // namespace wardbook::e2e
