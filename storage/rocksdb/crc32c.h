// CRC-32C (RFC 3720), by which RocksDB checks its write-ahead logs, manifests and blob
// files, with the instruction of the processor.
//
// Debian compiles RocksDB for every x86-64 and so without that instruction: its tables of
// numbers take 0.7 ms for a megabyte, and each chunk of evidence is summed twice. The
// dynamic linker finds the function below before the one of the same name in
// librocksdb.so, as it finds an allocator that a program brings along. Where the processor
// has no such instruction RocksDB's own is called; other architectures have only that.

#ifndef STORAGE_ROCKSDB_CRC32C_H_
#define STORAGE_ROCKSDB_CRC32C_H_

#include <cstddef>
#include <cstdint>

// The name is RocksDB's, from a header of its own that is not installed.
namespace rocksdb::crc32c {

// The sum over what `sum` is of, followed by `size` bytes. Safe for concurrent use.
uint32_t Extend(uint32_t sum, const char* bytes, size_t size);

}  // namespace rocksdb::crc32c

namespace wardbook::storage {

// Whether the function gives the known answer, so that nothing is written under sums that
// no other program could check.
bool Crc32cIsRight();

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_CRC32C_H_
