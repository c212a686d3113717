// Storage may be denied or full at any time: then the page goes on from memory and says so once something was typed.
#include "web/keeping.hpp"

#include <algorithm>
#include <utility>

#include "web/app.hpp"
#include "web/net/client.hpp"
#include "web/platform/platform.hpp"
#include "web/views/link.hpp"
#include "web/views/secrets.hpp"

namespace blindspot {

namespace {

using platform::Shelf;

constexpr std::size_t most_entries = 20;
constexpr std::size_t memory_limit = 16 * 1024 * 1024;

std::string key_of(const std::string& entry) { return "entry." + entry; }

Snapshot snapshot_from(std::string_view text, const Places& places) {
  const Link link = read_link(text, places, memory_limit);
  return {link.draft, link.chosen, link.screen.value_or(Screen::send), link.tab.value_or(RequestTab::headers), link.court.value_or(example_court()), link.desk.value_or(example_desk())};
}

Snapshot without_secrets(const Snapshot& shown, const Places& places) {
  Snapshot out = shown;
  out.draft = without_secrets(shown.draft, untouched_draft(shown.chosen, places));
  out.court = without_secrets(shown.court);
  out.desk = without_secrets(shown.desk);
  return out;
}

bool is_typed(const Snapshot& shown, const Places& places) {
  return !(shown.draft == untouched_draft(shown.chosen, places) && shown.court == example_court() && shown.desk == example_desk());
}

bool secrets_are_kept() { return platform::load("secrets").has_value(); }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    out.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

}  // namespace

std::string Keeper::new_entry() {
  entries_.push_back(net::new_run());
  if (entries_.size() > most_entries) {
    platform::erase(key_of(entries_.front()), Shelf::tab);
    memory_.erase(entries_.front());
    entries_.erase(entries_.begin());
  }
  std::string list;
  for (const std::string& name : entries_) list += (list.empty() ? "" : " ") + name;
  platform::store("entries", list, Shelf::tab);
  kept_.clear();
  return entries_.back();
}

void Keeper::keep_in_memory(const Snapshot& shown, const State& state) { memory_[entry_] = write_kept(shown, state.places, memory_limit); }

bool Keeper::keep_for_tab(const std::string& text) {
  if (text == kept_) return true;
  // What is longest ago gives way where the storage is full.
  std::size_t oldest = 0;
  while (!platform::store(key_of(entry_), text, Shelf::tab)) {
    while (oldest < entries_.size() && entries_[oldest] == entry_) ++oldest;
    if (oldest >= entries_.size()) return false;
    platform::erase(key_of(entries_[oldest++]), Shelf::tab);
  }
  kept_ = text;
  return true;
}

Commands Keeper::start(const State& state) {
  Commands out;
  entries_ = words_of(platform::load("entries", Shelf::tab).value_or(""));
  const std::string shared = platform::load("draft").value_or("");
  const Snapshot last = snapshot_from(shared, state.places);
  const std::string name = platform::entry(), fragment = platform::fragment();
  const std::optional<std::string> text = name.empty() ? std::nullopt : platform::load(key_of(name), Shelf::tab);
  if (text) {
    // A reload. The tab's own text has no secrets; the browser's may have them, where it is the same request.
    entry_ = name;
    Snapshot own = snapshot_from(*text, state.places);
    const Snapshot clean = without_secrets(last, state.places);
    if (clean.draft == own.draft) own.draft = last.draft;
    if (clean.court == own.court) own.court = last.court;
    if (clean.desk == own.desk) own.desk = last.desk;
    out.push_back(command::Restore{own});
  } else {
    if (!shared.empty()) out.push_back(command::Restore{last});
    entry_ = new_entry();
    const bool is_link = !fragment.empty();
    const Link link = read_link(fragment, state.places);
    const bool covers = is_link && name.empty() && is_typed(last, state.places) && (link.fills || link.court || link.desk);
    platform::set_entry(entry_, is_link && !covers ? fragment : write_address(last), platform::EntryChange::replace);
    if (covers) {
      keep_in_memory(last, state);
      keep_for_tab(write_kept(without_secrets(last, state.places), state.places));
      entry_ = new_entry();
      platform::set_entry(entry_, fragment, platform::EntryChange::push);
    }
    if (is_link) out.push_back(command::OpenLink{fragment});
  }
  return out;
}

Commands Keeper::navigated(const State& state) {
  const std::string name = platform::entry();
  if (name == entry_) return {};
  Commands out = save(state);
  keep_in_memory(snapshot_of(state), state);
  if (name.empty()) {
    const std::string fragment = platform::fragment();
    entry_ = new_entry();
    platform::set_entry(entry_, fragment, platform::EntryChange::replace);
    if (fragment.empty()) return out;
    untouched_ = true;
    out.push_back(command::OpenLink{fragment});
    return out;
  }
  entry_ = name;
  kept_.clear();
  const auto known = memory_.find(name);
  const std::optional<std::string> text = known != memory_.end() ? known->second : platform::load(key_of(name), Shelf::tab);
  if (text) out.push_back(command::Restore{snapshot_from(*text, state.places)});
  else if (!platform::fragment().empty()) out.push_back(command::OpenLink{platform::fragment()});
  return out;
}

void Keeper::stepped(const Snapshot& left, const State& state) {
  keep_in_memory(left, state);
  keep_for_tab(write_kept(without_secrets(left, state.places), state.places));
  const std::string name = new_entry();
  if (platform::set_entry(name, write_address(snapshot_of(state)), platform::EntryChange::push)) entry_ = name;
}

Commands Keeper::save(const State& state) {
  Commands out;
  const Snapshot shown = snapshot_of(state);
  const std::string text = write_kept(without_secrets(shown, state.places), state.places);
  const bool remember = secrets_are_kept();
  // Another tab may have changed its mind for all.
  if (remember != state.remember_secrets) out.push_back(command::RememberSecrets{remember});
  const std::string shared = remember ? write_kept(shown, state.places) : text;
  bool kept = keep_for_tab(text);
  if (shared != shared_) {
    if (untouched_ || platform::store("draft", shared)) shared_ = shared;
    else kept = false;
  }
  untouched_ = false;
  const bool denied = !kept && is_typed(shown, state.places);
  if (denied != std::exchange(denied_, denied)) out.push_back(command::StorageAnswered{denied});
  return out;
}

void Keeper::remember_secrets(bool remember, const State& state) {
  if (remember == secrets_are_kept()) return;
  if (remember) {
    platform::store("secrets", "kept");
    return;
  }
  platform::erase("secrets");
  // Maybe another tab's request: all of it stays but the secrets.
  const std::string shared = platform::load("draft").value_or("");
  if (!platform::store("draft", write_kept(without_secrets(snapshot_from(shared, state.places), state.places), state.places))) platform::erase("draft");
}

}  // namespace blindspot
