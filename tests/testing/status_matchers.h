// Matchers for absl::Status and absl::StatusOr.
//
//   EXPECT_THAT(log.Read(7), IsOkAndHolds(Eq("x")));
//   EXPECT_THAT(log.Read(8), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 8")));
//   ASSERT_OK_AND_ASSIGN(auto record, log.Read(9));

#ifndef TESTS_TESTING_STATUS_MATCHERS_H_
#define TESTS_TESTING_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <class T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P(StatusIs, code, std::string("has status ") + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

MATCHER_P2(StatusIs, code, message_matcher,
           std::string("has status ") + absl::StatusCodeToString(code) +
               " and a message that matches") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::ExplainMatchResult(message_matcher, std::string(StatusOf(arg).message()),
                                       result_listener);
}

MATCHER_P(IsOkAndHolds, value_matcher, "is OK and holds a value that matches") {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

}  // namespace wardbook::testing

#define WARDBOOK_TEST_CONCAT_INNER(a, b) a##b
#define WARDBOOK_TEST_CONCAT(a, b) WARDBOOK_TEST_CONCAT_INNER(a, b)

#define ASSERT_OK(expr) ASSERT_THAT((expr), ::wardbook::testing::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT((expr), ::wardbook::testing::IsOk())

#define ASSERT_OK_AND_ASSIGN_INNER(result, lhs, expr) \
  auto result = (expr);                               \
  ASSERT_TRUE(result.ok()) << result.status();        \
  lhs = *std::move(result)

#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_INNER(WARDBOOK_TEST_CONCAT(test_result_, __LINE__), lhs, expr)

#endif  // TESTS_TESTING_STATUS_MATCHERS_H_
