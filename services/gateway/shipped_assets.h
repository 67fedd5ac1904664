// The files that are compiled into the program: written by embed_web.cmake.

#ifndef SERVICES_GATEWAY_SHIPPED_ASSETS_H_
#define SERVICES_GATEWAY_SHIPPED_ASSETS_H_

#include "absl/types/span.h"
#include "services/gateway/assets.h"

namespace wardbook::gateway {

absl::Span<const AssetFile> ShippedAssets();

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SHIPPED_ASSETS_H_
