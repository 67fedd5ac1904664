// Preloaded into a server that is to take two locks in one order and then in the other,
// once it is told to stop: nobody is held up, and two threads could be.

#include <dlfcn.h>
#include <signal.h>

#include "absl/synchronization/mutex.h"

int sigwait(const sigset_t* set, int* signal) {
  using Function = int (*)(const sigset_t*, int*);
  const int result = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "sigwait"))(set, signal);
  absl::Mutex first;
  absl::Mutex second;
  {
    absl::MutexLock one(&first);
    absl::MutexLock two(&second);
  }
  absl::MutexLock one(&second);
  absl::MutexLock two(&first);
  return result;
}
