// How do bytes that are no text stand in a case file? RFC 4648 base64, strict.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/headers.hpp"

namespace blindspot {

// The bytes, or nothing when the text is not canonical padded base64 (white space counts as an error).
std::optional<Bytes> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);

}  // namespace blindspot
