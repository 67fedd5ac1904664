// What this folder knows of the zip format: PKWARE's APPNOTE.TXT, version
// 6.3.9, sections 4.3 and 4.5. All numbers are little-endian.

#ifndef STORAGE_BUNDLE_ZIP_FORMAT_H_
#define STORAGE_BUNDLE_ZIP_FORMAT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace wardbook::bundle {

// Before each entry (4.3.7).
inline constexpr absl::string_view kZipLocalMagic = "PK\x03\x04";
inline constexpr size_t kZipLocalSize = 30;
// After each entry (4.3.9), whose checksum is not known before.
inline constexpr absl::string_view kZipDescriptorMagic = "PK\x07\x08";
inline constexpr size_t kZipDescriptorSize = 16;
// An entry of the directory (4.3.12).
inline constexpr absl::string_view kZipCentralMagic = "PK\x01\x02";
inline constexpr size_t kZipCentralSize = 46;
// The end of the directory of a file of more than 4 GiB (4.3.14, 4.3.15).
inline constexpr absl::string_view kZip64EndMagic = "PK\x06\x06";
inline constexpr size_t kZip64EndSize = 56;
inline constexpr absl::string_view kZip64LocatorMagic = "PK\x06\x07";
inline constexpr size_t kZip64LocatorSize = 20;
// The end of the directory (4.3.16), without the comment that follows it.
inline constexpr absl::string_view kZipEndMagic = "PK\x05\x06";
inline constexpr size_t kZipEndSize = 22;

// The sizes follow the entry (4.4.4, bit 3); the only flag that is used.
inline constexpr uint16_t kZipSizesFollow = 1 << 3;
inline constexpr uint16_t kZipStored = 0;

// Extra fields (4.5.2, 4.6): sizes over 4 GiB, and time and owner as Info-ZIP
// has them.
inline constexpr uint16_t kZip64Extra = 0x0001;
inline constexpr uint16_t kZipTimeExtra = 0x5455;
inline constexpr uint16_t kZipOwnerExtra = 0x7875;

// Stand in a field of 32 or 16 bits for a number that a zip64 field has.
inline constexpr uint32_t kZipSeeZip64 = 0xffffffff;
inline constexpr uint16_t kZipSeeZip64Count = 0xffff;

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_ZIP_FORMAT_H_
