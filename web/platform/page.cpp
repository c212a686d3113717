// What does the page keep, and what does it say to the document around the canvas?
// Thin: each function hands its text to page.js, which never throws.
#include "web/platform/platform.hpp"

#include "web/platform/bridge.hpp"

namespace blindspot::platform {
namespace {

std::function<void()> saver;

int length(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace

std::optional<std::string> load(std::string_view key, Shelf shelf) {
  const int found = bs_load(key.data(), length(key), shelf == Shelf::tab);
  if (found < 0) return std::nullopt;
  return std::string(inbox(found));
}

bool store(std::string_view key, std::string_view value, Shelf shelf) {
  return bs_store(key.data(), length(key), value.data(), length(value), shelf == Shelf::tab) != 0;
}

void erase(std::string_view key, Shelf shelf) { bs_erase(key.data(), length(key), shelf == Shelf::tab); }

void set_saver(std::function<void()> save) {
  saver = std::move(save);
  bs_watch_leaving();
}

void save_soon() { bs_save_soon(); }

BLINDSPOT_EXPORT void bs_save() { saver(); }

std::string fragment() { return std::string(inbox(bs_fragment())); }

std::string entry() { return std::string(inbox(bs_entry())); }

bool set_entry(std::string_view name, std::string_view fragment_text, EntryChange change) {
  return bs_set_entry(name.data(), length(name), fragment_text.data(), length(fragment_text), change == EntryChange::push) != 0;
}

void set_language(std::string_view tag) {
  bs_language(tag.data(), length(tag));
  bs_glyph_language(tag.data(), length(tag));
  redraw_glyphs();
  request_frames();
}

void set_title(std::string_view title) { bs_title(title.data(), length(title)); }

void set_canvas_label(std::string_view label) { bs_canvas_label(label.data(), length(label)); }

void announce(std::string_view text, Politeness politeness) {
  bs_announce(text.data(), length(text), politeness == Politeness::assertive ? 1 : 0);
}

void save_file(std::string_view name, std::string_view mime_type, std::string_view text) {
  bs_save_file(name.data(), length(name), mime_type.data(), length(mime_type), text.data(), length(text));
}

void open_link(std::string_view url) { bs_open_link(url.data(), length(url)); }

}  // namespace blindspot::platform
