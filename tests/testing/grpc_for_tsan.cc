// Tells the thread sanitizer that what came before an operation of gRPC was begun
// happens before what comes after it has ended.
//
// Debian's gRPC is not built for the sanitizer, which therefore does not see the queues
// of atomics that an operation goes through: it may be begun on one thread and its end
// found on another. The functions below come before those of the shared library; each
// calls the one that it hides. Compiled into tests of the tsan preset only.

#include <sanitizer/tsan_interface.h>

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "grpc/grpc.h"
#include "tests/testing/hidden_function.h"

struct grpc_cq_completion;

using ::wardbook::testing::Hidden;

extern "C" {

// gRPC's C++ library begins every operation of a call here, and finds its end, by the
// same tag, in one of the two below: its own threads that call reactors too.
grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t count, void* tag,
                                      void* reserved) {
  static auto* const hidden = Hidden<decltype(grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_release(tag);
  return hidden(call, ops, count, tag, reserved);
}

grpc_event grpc_completion_queue_next(grpc_completion_queue* queue, gpr_timespec deadline,
                                      void* reserved) {
  static auto* const hidden =
      Hidden<decltype(grpc_completion_queue_next)>("grpc_completion_queue_next");
  const grpc_event event = hidden(queue, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(event.tag);
  return event;
}

grpc_event grpc_completion_queue_pluck(grpc_completion_queue* queue, void* tag,
                                       gpr_timespec deadline, void* reserved) {
  static auto* const hidden =
      Hidden<decltype(grpc_completion_queue_pluck)>("grpc_completion_queue_pluck");
  const grpc_event event = hidden(queue, tag, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(event.tag);
  return event;
}

}  // extern "C"

// The thread that brings an operation to its end hands over what it brought, such as the
// bytes of a message. No public header declares this; the mangled name fixes its shape.
void grpc_cq_end_op(grpc_completion_queue* queue, void* tag, absl::Status error,
                    void (*done)(void* done_arg, grpc_cq_completion* storage), void* done_arg,
                    grpc_cq_completion* storage, bool internal) {
  static auto* const hidden = Hidden<decltype(grpc_cq_end_op)>(
      "_Z14grpc_cq_end_opP21grpc_completion_queuePvN4absl7debian36StatusEPFvS1_P18grpc_cq_"
      "completionES1_S6_b");
  __tsan_release(tag);
  hidden(queue, tag, std::move(error), done, done_arg, storage, internal);
}
