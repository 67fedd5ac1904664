// The table of the clauses: what is tried under each, and what the server
// answers. A row is read aloud: "P41: as the Headteacher, with unsuitable
// material reported, closing the case before advice came is refused for
// R-ADVICE-FIRST".

#ifndef TESTS_E2E_CLAUSES_CLAUSE_ROW_H_
#define TESTS_E2E_CLAUSES_CLAUSE_ROW_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/e2e/clauses/clause_scene.h"
#include "tests/e2e/clauses/situations.h"
#include "tests/e2e/school.h"

namespace wardbook::e2e {

inline constexpr int kClausesCount = 48;

// What the server answers.
struct Expected {
  enum class Kind {
    kAccepted,
    kRecorded,  // And the timeline of the case then has an entry that says so.
    kRefused,   // By a reason that names the row's clause.
    kAtField,   // By a reason that is of no clause, for a field that the row's clause demands.
    kUnknown,   // Like what was never there, which no clause speaks of.
  };
  Kind kind = Kind::kAccepted;
  // Of the refusal, such as "R-ADVICE-FIRST".
  absl::string_view code;
  // Of an acceptance: what the response has at least, as text format; of what is
  // recorded, what the event has at least. Of a refusal at a field: the field.
  absl::string_view detail;
};

inline constexpr Expected kAccepted = {};
constexpr Expected AcceptedWith(absl::string_view response) {
  return {Expected::Kind::kAccepted, "", response};
}
// `event` is a wardbook.events.v1.CaseEvent, read by the Headteacher in the case
// that the row opened or acted on.
constexpr Expected Recorded(absl::string_view event) {
  return {Expected::Kind::kRecorded, "", event};
}
constexpr Expected Refused(absl::string_view code) { return {Expected::Kind::kRefused, code, ""}; }
constexpr Expected RefusedAtField(absl::string_view code, absl::string_view field) {
  return {Expected::Kind::kAtField, code, field};
}
constexpr Expected Missing(absl::string_view field) {
  return RefusedAtField("R-FIELD-MISSING", field);
}
inline constexpr Expected kNoSuchCase = {Expected::Kind::kUnknown, "R-NO-SUCH-CASE", ""};
constexpr bool IsAcceptance(const Expected& expected) {
  return expected.kind == Expected::Kind::kAccepted || expected.kind == Expected::Kind::kRecorded;
}

struct ClauseRow {
  absl::string_view clause;  // "P01" to "P48".
  // What is tried, in plain words.
  absl::string_view tried;
  // What has happened before; null for nothing.
  Situation situation = nullptr;
  Person School::*as = nullptr;
  // Such as "CaseService.AddNote".
  absl::string_view method;
  // Text format with the placeholders of the scene. The request id is filled in.
  absl::string_view request;
  Expected expected;
};

// Why a clause refuses nothing.
struct UnrefusedClause {
  absl::string_view clause;
  absl::string_view why;
};

// The rows of a section of the policy.
struct ClauseSection {
  absl::string_view name;
  absl::Span<const ClauseRow> rows;
  absl::Span<const UnrefusedClause> unrefused;
};

// "P07" is 7; nothing else that the table holds is a clause.
constexpr int ClauseNumber(absl::string_view clause) {
  return clause.size() == 3 && clause[0] == 'P' ? (clause[1] - '0') * 10 + (clause[2] - '0') : 0;
}

struct ClauseSpan {
  int first;
  int last;
};
inline constexpr ClauseSpan kPolicyControlSpan = {1, 5};
inline constexpr ClauseSpan kConductSpan = {6, 19};
inline constexpr ClauseSpan kBreachProcedureSpan = {20, 23};
inline constexpr ClauseSpan kDepartingSpan = {24, 25};
inline constexpr ClauseSpan kPermissionsSpan = {26, 34};
inline constexpr ClauseSpan kCustodySpan = {35, 35};
inline constexpr ClauseSpan kImagesSpan = {36, 41};
inline constexpr ClauseSpan kCyberBullyingSpan = {42, 48};

constexpr bool CoversThePolicy() {
  int next = 1;
  for (const ClauseSpan& span :
       {kPolicyControlSpan, kConductSpan, kBreachProcedureSpan, kDepartingSpan, kPermissionsSpan,
        kCustodySpan, kImagesSpan, kCyberBullyingSpan}) {
    if (span.first != next) return false;
    next = span.last + 1;
  }
  return next == kClausesCount + 1;
}
static_assert(CoversThePolicy());

// Each in the file of its name.
ClauseSection PolicyControl();
ClauseSection Conduct();
ClauseSection BreachProcedure();
ClauseSection Departing();
ClauseSection Permissions();
ClauseSection Custody();
ClauseSection Images();
ClauseSection CyberBullying();

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CLAUSES_CLAUSE_ROW_H_
