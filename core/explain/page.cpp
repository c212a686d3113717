// Catalogue pages: from Markdown of the narrow kind the catalogue's README allows to blocks.
#include <algorithm>

#include "core/catalogue/catalogue.hpp"
#include "core/explain/explanation.hpp"

namespace blindspot {

namespace {

constexpr std::array<std::array<std::string_view, 7>, 2> headings = {{
    {"Seen", "Why", "Effect", "Confirm", "Fix: server", "Fix: caller", "Mini program"},
    {"\u73b0\u8c61", "\u539f\u56e0", "\u5f71\u54cd", "\u9a8c\u8bc1", "\u4fee\u590d\uff1a\u670d\u52a1\u7aef",
     "\u4fee\u590d\uff1a\u8c03\u7528\u65b9", "\u5c0f\u7a0b\u5e8f"},
}};

std::array<Prose*, 7> sections_of(Explanation& page) {
  return {&page.seen, &page.why, &page.effect, &page.confirm, &page.fix_server, &page.fix_caller, &page.mini_program};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

void add_line(Prose& prose, std::string_view line, bool joins) {
  if (line.starts_with("- ")) {
    if (!joins || prose.empty() || !std::holds_alternative<BulletList>(prose.back())) prose.push_back(BulletList{});
    std::get<BulletList>(prose.back()).items.emplace_back(line.substr(2));
  } else if (joins && !prose.empty() && std::holds_alternative<Paragraph>(prose.back())) {
    std::get<Paragraph>(prose.back()).text += " " + std::string(line);
  } else {
    prose.push_back(Paragraph{std::string(line)});
  }
}

std::string_view page_of(const CatalogueFile& file, Language language) { return language == Language::en ? file.en : file.zh; }

}  // namespace

Result<Explanation, PageError> parse_page(std::string_view markdown, Language language) {
  Explanation page;
  std::array<Prose*, 7> sections = sections_of(page);
  std::size_t number = 0, next_section = 0;
  Prose* open = nullptr;
  bool in_code = false, after_blank = true;
  for (std::size_t from = 0; from < markdown.size();) {
    const std::size_t to = std::min(markdown.find('\n', from), markdown.size());
    const std::string_view raw = markdown.substr(from, to - from);
    from = to + 1;
    ++number;
    const std::string_view line = trimmed(raw);
    if (in_code) {
      CodeBlock& block = std::get<CodeBlock>(open->back());
      if (line == "```") in_code = false;
      else block.code += std::string(raw) + "\n";
    } else if (line.starts_with("## ")) {
      if (next_section >= sections.size() || line.substr(3) != headings[static_cast<std::size_t>(language)][next_section])
        return PageError{number, "this heading does not stand here"};
      open = sections[next_section++];
    } else if (line.starts_with("# ")) {
      page.title = trimmed(line.substr(2));
    } else if (line.starts_with("> ")) {
      page.label = trimmed(line.substr(2));
    } else if (line.empty()) {
      after_blank = true;
      continue;
    } else if (!open) {
      return PageError{number, "text before the first heading"};
    } else if (line.starts_with("```")) {
      open->push_back(CodeBlock{std::string(line.substr(3)), ""});
      in_code = true;
    } else {
      add_line(*open, line, !after_blank);
    }
    after_blank = false;
  }
  if (in_code) return PageError{number, "a code block is not closed"};
  if (next_section != sections.size()) return PageError{number, "a section is missing"};
  if (page.title.empty() || page.label.empty()) return PageError{1, "title or label missing"};
  for (const Prose* section : sections)
    if (section->empty()) return PageError{number, "a section is empty"};
  return page;
}

Explanation explain(const Finding& finding, const Request& request, Language language) {
  const CatalogueFile* file = find_catalogue_file(slug_of(finding.code));
  if (!file) return {};
  // The page is still on its way: its label has to do for a title.
  if (page_of(*file, language).empty()) {
    Explanation out;
    out.title = out.label = label_of(finding.code, language);
    return out;
  }
  Result<Explanation, PageError> page = parse_page(page_of(*file, language), language);
  if (!page) return {};
  Slots slots = slots_of(request);
  for (const auto& [name, value] : finding.slots) slots[name] = value;
  Explanation& out = page.value();
  out.title = fill_slots(out.title, slots, language);
  for (Prose* section : sections_of(out))
    for (Block& block : *section) {
      if (auto* paragraph = std::get_if<Paragraph>(&block)) paragraph->text = fill_slots(paragraph->text, slots, language);
      if (auto* code = std::get_if<CodeBlock>(&block)) code->code = fill_slots(code->code, slots, language);
      if (auto* list = std::get_if<BulletList>(&block))
        for (std::string& item : list->items) item = fill_slots(item, slots, language);
    }
  return out;
}

std::string label_of(Code code, Language language) {
  const CatalogueFile* file = find_catalogue_file(slug_of(code));
  if (!file) return std::string(slug_of(code));
  return std::string(language == Language::en ? file->label_en : file->label_zh);
}

std::string plain_text(const Prose& prose) {
  std::string out;
  for (const Block& block : prose) {
    if (!out.empty()) out += "\n";
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) out += paragraph->text + "\n";
    if (const auto* code = std::get_if<CodeBlock>(&block)) out += code->code;
    if (const auto* list = std::get_if<BulletList>(&block))
      for (const std::string& item : list->items) out += "- " + item + "\n";
  }
  return out;
}

}  // namespace blindspot
