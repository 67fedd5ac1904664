// What the code under test logs.

#ifndef SERVICES_RUNTIME_CAPTURED_LOG_FOR_TEST_H_
#define SERVICES_RUNTIME_CAPTURED_LOG_FOR_TEST_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "spdlog/sinks/ringbuffer_sink.h"
#include "spdlog/spdlog.h"

namespace wardbook::runtime {

// Takes the place of the default logger as long as it lives, which is longer
// than any thread that logs. Safe for concurrent use.
class CapturedLog {
 public:
  CapturedLog() {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("captured", sink_));
    spdlog::set_pattern("%l %v");
  }
  ~CapturedLog() { spdlog::set_default_logger(std::move(before_)); }

  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  // Such as "error the disk is full\n", oldest first.
  std::vector<std::string> lines() const { return sink_->last_formatted(); }

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  const std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> sink_ =
      std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(100);
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CAPTURED_LOG_FOR_TEST_H_
