// What kind of body does a Content-Type announce? The MIME Sniffing standard's parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/headers.hpp"

namespace blindspot {

struct MimeType {
  std::string type, subtype;       // lower case
  std::vector<Header> parameters;  // names in lower case, in order, the first of each name
  std::string essence() const { return type + "/" + subtype; }
  bool operator==(const MimeType&) const = default;
};

// https://mimesniff.spec.whatwg.org/#parse-a-mime-type. Bytes above 0x7F are isomorphic-decoded code points: kept.
std::optional<MimeType> parse_mime_type(std::string_view text);
std::string serialize_mime_type(const MimeType& mime);
std::optional<std::string> mime_parameter(const MimeType& mime, std::string_view name);

// https://fetch.spec.whatwg.org/#concept-header-extract-mime-type: of all Content-Type headers together.
std::optional<MimeType> content_type_of(const Headers& headers);
// https://mimesniff.spec.whatwg.org/#json-mime-type
bool is_json_mime_type(const MimeType& mime);

}  // namespace blindspot
