// Leaving a function early when a step of it failed.
//
//   WARDBOOK_RETURN_IF_ERROR(store.Write(batch));
//   WARDBOOK_ASSIGN_OR_RETURN(std::string row, store.Get(key));

#ifndef STORAGE_BASE_STATUS_MACROS_H_
#define STORAGE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define WARDBOOK_MACRO_CONCAT_INNER(a, b) a##b
#define WARDBOOK_MACRO_CONCAT(a, b) WARDBOOK_MACRO_CONCAT_INNER(a, b)

#define WARDBOOK_RETURN_IF_ERROR(expr)                                      \
  do {                                                                      \
    if (::absl::Status wardbook_status_ = (expr); !wardbook_status_.ok()) { \
      return wardbook_status_;                                              \
    }                                                                       \
  } while (false)

#define WARDBOOK_ASSIGN_OR_RETURN_INNER(result, lhs, expr) \
  auto result = (expr);                                    \
  if (!result.ok()) return std::move(result).status();     \
  lhs = *std::move(result)

#define WARDBOOK_ASSIGN_OR_RETURN(lhs, expr) \
  WARDBOOK_ASSIGN_OR_RETURN_INNER(WARDBOOK_MACRO_CONCAT(wardbook_result_, __LINE__), lhs, expr)

#endif  // STORAGE_BASE_STATUS_MACROS_H_
