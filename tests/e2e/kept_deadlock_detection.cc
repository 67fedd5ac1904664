// Preloaded into a server under test: what it asks of Abseil here is not done, so that
// Abseil goes on looking at every lock for an order that could deadlock, and ends the
// server where it finds one.

#include "absl/synchronization/mutex.h"

void absl::SetMutexDeadlockDetectionMode(OnDeadlockCycle) {}
