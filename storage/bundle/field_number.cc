#include "storage/bundle/field_number.h"

#include <google/protobuf/io/coded_stream.h>

#include <cstdint>

namespace wardbook::bundle {

int FieldNumber(absl::string_view field) {
  // The low bits of a tag say how the value is written.
  constexpr int kWireTypeBits = 3;
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const uint8_t*>(field.data()),
                                                static_cast<int>(field.size()));
  return static_cast<int>(stream.ReadTag() >> kWireTypeBits);
}

}  // namespace wardbook::bundle
