// Bytes to the field and back.
#include "web/desk.hpp"

#include <algorithm>

#include "core/http/percent.hpp"
#include "core/json/encoding.hpp"

namespace blindspot {

namespace {

std::string_view cut_at_code_point(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

DeskDraft example_desk() {
  return {"{\n  'id': 42,\n  \"customer\": \"Lin\",\n  \"total\": 46.30,\n  \"paid\": True\n  \"items\": [\n    {\"sku\": \"A-1\", \"qty\": 2},\n  ]\n}\n", "",
          "{\n  \"id\": 42,\n  \"customer\": \"Lin\",\n  \"total\": 46.3,\n  \"paid\": true,\n  \"items\": [\n    {\"sku\": \"A-1\", \"qty\": 2}\n  ]\n}\n"};
}

std::string readable_text(std::string_view bytes, HostDecoder decode) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const ForeignEncoding encoding = decide_encoding(bytes);
  if (!encoding.name.empty())
    if (auto decoded = decode_foreign(encoding, bytes, decode)) return *decoded;
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t size = 1;
    while (size < 4 && i + size < bytes.size() && (static_cast<unsigned char>(bytes[i + size]) & 0xC0) == 0x80) ++size;
    if (is_valid_utf8(bytes.substr(i, size))) out += bytes.substr(i, size);
    else out += "\xEF\xBF\xBD", size = 1;
    i += size;
  }
  return out;
}

void lay_on(Desk& desk, const Bytes& bytes) {
  const std::string shown = readable_text(bytes, desk.decode);
  desk.draft.text = cut_at_code_point(shown, desk_field_limit);
  desk.cut = shown.size() - desk.draft.text.size();
  if (desk.cut > 0 || shown != bytes) desk.taken = bytes;
  else desk.taken.reset();
}

Autopsy examine(const Desk& desk) {
  AutopsyOptions options;
  options.decode = desk.decode;
  return autopsy(desk.bytes(), options);
}

void make_edits(Desk& desk, std::size_t first, std::size_t count) {
  const Autopsy found = examine(desk);
  if (!found.repairable || first >= found.edits.size()) return;
  const auto begin = found.edits.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(count, found.edits.size() - first));
  lay_on(desk, repair(desk.bytes(), {begin, end}));
}

void make_all_edits(Desk& desk) {
  if (const auto mended = repaired(desk.bytes(), examine(desk))) lay_on(desk, *mended);
}

}  // namespace blindspot
