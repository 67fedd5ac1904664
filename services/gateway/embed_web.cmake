# Writes OUT, a source that holds the files below ROOT (none when it is empty), by their
# paths there: cmake -DOUT=... -DROOT=... -P. The assembler reads them, so that their size
# costs the compiler nothing.
set(files "")
if(ROOT)
  file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${ROOT}" "${ROOT}/*")
  # What begins with a dot is of the tools that made the directory.
  list(FILTER files EXCLUDE REGEX "(^|/)\\.")
  list(SORT files)
endif()
set(bytes "")
set(declarations "")
set(table "")
set(number 0)
foreach(file IN LISTS files)
  set(symbol "wardbook_web_${number}")
  string(APPEND bytes
    "asm(\".section .rodata\\n\"\n"
    "    \".global ${symbol}\\n${symbol}:\\n.incbin \\\"${ROOT}/${file}\\\"\\n\"\n"
    "    \".global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");\n")
  string(APPEND declarations
    "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
  string(APPEND table
    "      {\"${file}\", {${symbol}, static_cast<size_t>(${symbol}_end - ${symbol})}},\n")
  math(EXPR number "${number} + 1")
endforeach()
set(source "#include \"services/gateway/shipped_assets.h\"\n\n#include <vector>\n\n")
string(APPEND source "${bytes}\nextern \"C\" {\n${declarations}}\n\n")
string(APPEND source "namespace wardbook::gateway {\n\n")
string(APPEND source "absl::Span<const AssetFile> ShippedAssets() {\n")
string(APPEND source "  static const auto& kFiles = *new std::vector<AssetFile>{\n${table}  };\n")
string(APPEND source "  return kFiles;\n}\n\n}  // namespace wardbook::gateway\n")
file(WRITE "${OUT}" "${source}")
