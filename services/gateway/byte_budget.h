// Memory that several share, and may use up to a limit.

#ifndef SERVICES_GATEWAY_BYTE_BUDGET_H_
#define SERVICES_GATEWAY_BYTE_BUDGET_H_

#include <atomic>
#include <cstdint>

namespace wardbook::gateway {

// Safe for concurrent use.
class ByteBudget {
 public:
  // What one has taken; given back when it goes. The budget outlives it.
  class Share {
   public:
    explicit Share(ByteBudget& budget) : budget_(budget) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { budget_.left_ += taken_; }

    // Whether there was so much left.
    [[nodiscard]] bool Take(int64_t bytes) {
      if (budget_.left_.fetch_sub(bytes) < bytes) {
        budget_.left_ += bytes;
        return false;
      }
      taken_ += bytes;
      return true;
    }

   private:
    ByteBudget& budget_;
    int64_t taken_ = 0;
  };

  explicit ByteBudget(int64_t bytes) : left_(bytes) {}

 private:
  std::atomic<int64_t> left_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_BYTE_BUDGET_H_
