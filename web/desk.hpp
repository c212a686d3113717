// A text that should be JSON, what it should hold, and a good answer beside it, as a person lays them on a desk. Nothing
// is sent from here; what is found is read again whenever something changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/headers.hpp"
#include "core/json/autopsy.hpp"

namespace blindspot {

enum class DeskTab { contract, good };

struct DeskDraft {
  std::string text;      // as the field shows it
  std::string contract;  // JSON Schema or OpenAPI document; empty: learnt from `good`, where that is JSON
  std::string good;      // an answer as it should be
  bool operator==(const DeskDraft&) const = default;
};

struct Desk {
  DeskDraft draft = {};
  // The bytes of an answer that `draft.text` stands for, where a field cannot hold them: no UTF-8, or too many.
  std::optional<Bytes> taken = {};
  std::size_t cut = 0;  // bytes of `taken` that the field does not show
  DeskTab tab = DeskTab::contract;
  HostDecoder decode = nullptr;  // the browser's
  std::string_view bytes() const { return taken ? std::string_view(*taken) : std::string_view(draft.text); }
};

// The most that a field shows of an answer.
inline constexpr std::size_t desk_field_limit = 200 * 1024;

// What everybody meets: a hand-made text with four faults, and the answer as it should have been.
DeskDraft example_desk();

// As text, however it can be had: by the encoding that the bytes tell, else with a mark for each byte that is no UTF-8.
std::string readable_text(std::string_view bytes, HostDecoder decode = nullptr);

// These bytes on the desk.
void lay_on(Desk& desk, const Bytes& bytes);

Autopsy examine(const Desk& desk);
// Makes some edits of the repair, those that mend one fault, or all of them.
void make_edits(Desk& desk, std::size_t first, std::size_t count);
void make_all_edits(Desk& desk);

}  // namespace blindspot
