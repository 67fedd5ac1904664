// A bundle in which somebody has changed bytes, by a list of edits that the input is read
// as, and bytes that are no bundle at all. Whatever was changed is found.

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "storage/base/assert.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/bundle/verify_bundle.h"

namespace {

using wardbook::bundle::BundleInMemory;
using wardbook::bundle::BundleReport;
using wardbook::bundle::Verdict;
using wardbook::bundle::VerifyBundle;

constexpr size_t kPieceBytesMax = 64;

void Edit(FuzzedDataProvider& input, std::string& bundle) {
  const size_t at = input.ConsumeIntegralInRange<size_t>(0, bundle.size());
  const std::string piece = input.ConsumeRandomLengthString(kPieceBytesMax);
  switch (input.ConsumeIntegralInRange<int>(0, 3)) {
    case 0:
      bundle.replace(at, std::min(piece.size(), bundle.size() - at), piece);
      break;
    case 1:
      bundle.insert(at, piece);
      break;
    case 2:
      bundle.erase(at, piece.size());
      break;
    default:
      bundle.append(bundle, at, piece.size());
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& sample = *new wardbook::bundle::SampleCaseForTest();
  static const auto& original = *new std::string(sample.Write());
  FuzzedDataProvider input(data, size);
  std::string bundle;
  if (input.ConsumeBool()) {
    bundle = original;
    while (input.remaining_bytes() > 0) Edit(input, bundle);
  } else {
    bundle = input.ConsumeRemainingBytesAsString();
  }

  const BundleReport report =
      VerifyBundle(BundleInMemory(bundle), sample.signer().verifier()).value();
  WARDBOOK_ASSERT((report.verdict == Verdict::kIntact) == (bundle == original));
  WARDBOOK_ASSERT((report.verdict == Verdict::kIntact) == report.faults.empty());
  return 0;
}
