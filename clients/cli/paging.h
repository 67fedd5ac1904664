// All pages of a list as one answer.

#ifndef CLIENTS_CLI_PAGING_H_
#define CLIENTS_CLI_PAGING_H_

#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {

// A unary method of a service.
template <class Stub, class Request, class Response>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// As many entries as a page may have: fewer calls, same memory.
inline constexpr int kPageSize = 200;

// All pages of a list as one response.
template <class Stub, class Request, class Response>
absl::StatusOr<Response> AllPages(const Connection& connection,
                                  Method<Stub, Request, Response> method, Request request) {
  Response all;
  request.set_page_size(kPageSize);
  for (;;) {
    WARDBOOK_ASSIGN_OR_RETURN(const Response page, connection.Call(method, request, Repeat::kSafe));
    all.MergeFrom(page);
    all.clear_next_page_token();
    if (page.next_page_token().empty()) return all;
    request.set_page_token(page.next_page_token());
  }
}

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_PAGING_H_
