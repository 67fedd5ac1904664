#include "services/server/health_watch.h"

#include <chrono>
#include <utility>

#include "spdlog/spdlog.h"

namespace wardbook::server {
namespace {

// As often as an impatient probe asks; a look costs less than a call.
constexpr std::chrono::seconds kPeriod(1);

}  // namespace

HealthWatch::HealthWatch(Look look, grpc::HealthCheckServiceInterface& health)
    : look_(std::move(look)), health_(health) {
  LookNow();
  thread_ = std::thread([this] { Run(); });
}

HealthWatch::~HealthWatch() {
  stopping_.Notify();
  thread_.join();
}

void HealthWatch::Run() {
  while (!stopping_.WaitFor(kPeriod)) LookNow();
}

void HealthWatch::LookNow() {
  absl::MutexLock lock(&mutex_);
  std::map<std::string, absl::Status> found;
  for (Standstill& standstill : look_()) {
    found.insert_or_assign(std::move(standstill.what), std::move(standstill.why));
  }
  for (const auto& [what, why] : found) {
    const auto known = known_.find(what);
    if (known != known_.end() && known->second == why) continue;
    spdlog::error("{} stands still: {}", what, why.ToString());
  }
  for (const auto& [what, why] : known_) {
    if (!found.contains(what)) spdlog::info("{} goes on", what);
  }
  known_ = std::move(found);
  health_.SetServingStatus(known_.empty());
}

}  // namespace wardbook::server
