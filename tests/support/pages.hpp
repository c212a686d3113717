// A catalogue page taken apart for tests: its sections by name, its sentences, its code, its slots, its width.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/explain/explanation.hpp"
#include "tests/support/tree.hpp"

namespace blindspot {

struct Section {
  std::string_view name;
  const Prose* prose;
};

inline std::array<Section, 7> sections_of(const Explanation& page) {
  return {{{"seen", &page.seen}, {"why", &page.why}, {"effect", &page.effect}, {"confirm", &page.confirm},
           {"fix_server", &page.fix_server}, {"fix_caller", &page.fix_caller}, {"mini_program", &page.mini_program}}};
}

inline std::vector<CodeBlock> code_blocks_of(const Prose& prose) {
  std::vector<CodeBlock> out;
  for (const Block& block : prose)
    if (const auto* code = std::get_if<CodeBlock>(&block)) out.push_back(*code);
  return out;
}

// Paragraphs and list items: all but the code.
inline std::vector<std::string> sentences_of(const Prose& prose) {
  std::vector<std::string> out;
  for (const Block& block : prose) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) out.push_back(paragraph->text);
    if (const auto* list = std::get_if<BulletList>(&block)) out.insert(out.end(), list->items.begin(), list->items.end());
  }
  return out;
}

inline std::string first_paragraph(const Prose& prose) {
  for (const Block& block : prose)
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) return paragraph->text;
  return {};
}

// The names in {braces}: lower case words, as slots are.
inline std::vector<std::string> slots_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos; ++at) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    const bool is_word = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    if (is_word) out.emplace_back(name);
  }
  return out;
}

inline std::vector<std::string> sorted_slots(std::string_view text) {
  std::vector<std::string> out = slots_in(text);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// The text with each `inline code` cut out, backticks included; a lone backtick stays.
inline std::string without_inline_code(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '`' ? text.find('`', at + 1) : std::string_view::npos;
    if (end == std::string_view::npos) out += text[at];
    else at = end;
  }
  return out;
}

// Width on a terminal: a character beyond U+2E80 (Han, its punctuation, full-width forms) counts two.
inline std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;
    const bool wide = byte > 0xE2 || (byte == 0xE2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xBA);
    columns += wide ? 2 : 1;
  }
  return columns;
}

// Full stops, question and exclamation marks of either language that end a sentence, not those inside a word or a number.
inline std::size_t count_sentences(std::string_view text) {
  const std::string plain = without_inline_code(text);
  std::size_t count = 0;
  for (std::string_view end : {"\u3002", "\uFF01", "\uFF1F"})
    for (std::size_t at = 0; (at = plain.find(end, at)) != std::string::npos; at += end.size()) ++count;
  for (std::size_t i = 0; i < plain.size(); ++i)
    if ((plain[i] == '.' || plain[i] == '!' || plain[i] == '?') && (i + 1 == plain.size() || plain[i + 1] == ' ')) ++count;
  return count;
}

struct GlossaryRow {
  std::string english, wanted;
  std::vector<std::string> forbidden;
};

inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = text.find(separator);
    if (const std::string_view part = text.substr(0, end); !part.empty()) out.emplace_back(part);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// core/explain/glossary.tsv: a head line, then English, Chinese, forbidden variants divided by bars.
inline std::vector<GlossaryRow> read_glossary(const std::string& tsv) {
  std::vector<GlossaryRow> out;
  for (const std::string& line : lines_of(tsv)) {
    const std::vector<std::string> fields = split(line, '\t');
    if (fields.size() == 3 && fields[0] != "term_en") out.push_back({fields[0], fields[1], split(fields[2], '|')});
  }
  return out;
}

}  // namespace blindspot
