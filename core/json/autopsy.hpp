// Why is this text not JSON, where, and what would mend it? Works on raw bytes, finds several faults in one text, and
// says what came instead when something else stands in JSON's place. Codes and prose are left to diagnosis and explain.
//
//     bytes --scan--> valid, nothing to remark: done
//             `-----> strangers (HTML, JSONP, ...) --> surgeon (walks on past every fault) --> findings and edits
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/headers.hpp"
#include "core/json/encoding.hpp"
#include "core/json/small_text.hpp"

namespace blindspot {

// Every json-* code has its enumerator, named as the slug but for undefined_literal; invalid_utf8 is charset-mismatch.
enum class JsonFault : std::uint8_t {
  empty,
  html,
  xml,
  plain_text,
  truncated,
  trailing_comma,
  missing_comma,
  missing_colon,
  single_quotes,
  unquoted_key,
  comment,
  literal_case,
  not_a_number,
  undefined_literal,
  number_format,
  control_character,
  bad_escape,
  text_before,
  text_after,
  concatenated,
  bom,
  callback,
  guard_prefix,
  event_stream,
  form_encoded,
  binary,
  invalid_utf8,
  not_serializable,
  syntax,
  // Warnings: the text is JSON all the same.
  lone_surrogate,
  duplicate_key,
  big_integer,
  too_deep,
  double_encoded
};

// The enumerator's own name, `trailing_comma`.
std::string_view json_fault_name(JsonFault fault);
// The slug of its diagnosis code, "json-trailing-comma"; two enumerators have no json-* name of their own, see above.
std::string json_fault_code(JsonFault fault);
bool is_json_warning(JsonFault fault);

struct JsonPlace {
  std::size_t offset = 0, length = 0;  // bytes; a length of 0 is a gap in which something is missing
  std::size_t line = 1, column = 1;    // from 1; the column counts code points
  std::string path = "$";              // $.items[2].name, of the innermost value begun; deep ones are cut in the middle
  bool operator==(const JsonPlace&) const = default;
};

// Replace `remove` bytes at `offset` by `insert`. Offsets are those of the untouched text, which is smaller than 4 GB.
struct JsonEdit {
  std::size_t offset = 0;
  std::uint32_t remove = 0;
  SmallText insert;
  JsonFault why = JsonFault::syntax;
  bool operator==(const JsonEdit&) const = default;
};

struct JsonFinding {
  JsonFault fault = JsonFault::syntax;
  bool warning = false;
  JsonPlace place;
  std::string excerpt;  // of a text in a foreign encoding, as it reads when decoded; else empty, see excerpt_of
  bool operator==(const JsonFinding&) const = default;
};

struct AutopsyOptions {
  std::size_t max_findings = 1000;  // faults; as many warnings besides
  std::size_t max_edits = 1000000;  // beyond this no repair is offered
  std::size_t deep = 512;           // levels that pass without the warning too_deep
  HostDecoder decode = nullptr;     // for encodings that core cannot decode; without it they are named only
};

struct Autopsy {
  bool valid = false;                 // exactly RFC 8259, UTF-8, no byte order mark
  std::vector<JsonFinding> findings;  // in the order of the text
  std::vector<JsonEdit> edits;        // in the order of the text, not overlapping; none when repairable is false
  std::size_t fault_count = 0;        // also those beyond max_findings
  std::size_t depth = 0;              // deepest level met; only when the text was not clean
  bool repairable = false;            // the edits together make the text valid
  std::string page_title;             // html: the title; xml: the name of the root element
  std::string page_server;            // html: who seems to have made the page, "nginx", "Tomcat", ...
  std::string says;                   // what stands in JSON's place says, in its own words: one line, at most 200 bytes
  bool login_page = false;            // html that asks for a password
  std::size_t messages = 0;           // event_stream: how many messages; concatenated: how many values
  std::string dialect;                // whose literals these are: python, javascript, java, ruby; empty: none of them
  std::string encoding;               // utf-16le, utf-16be, gbk, windows-1252, gzip, png, ... where the bytes tell
  bool operator==(const Autopsy&) const = default;
};

// Linear in the text, without recursion. Never fails.
Autopsy autopsy(std::string_view bytes, const AutopsyOptions& options = {});

// The text around the place, at most 20 code points on each side, well-formed UTF-8. The bytes are those of the autopsy.
std::string excerpt_of(const JsonFinding& finding, std::string_view bytes);

// The bytes with the edits applied; edits that overlap an earlier one or reach past the end are passed over.
Bytes repair(std::string_view bytes, const std::vector<JsonEdit>& edits);

// The mended text, or nothing when there is no repair to offer. A valid text is returned as it is.
std::optional<Bytes> repaired(std::string_view bytes, const Autopsy& autopsy);

}  // namespace blindspot
