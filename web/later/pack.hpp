// What goes to the part that is loaded later, and what comes back, as bytes: one function a type names its fields, and serves
// for writing and for reading. Both ends are built together, so no version is told.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/cors/configuration/server_configuration.hpp"
#include "core/diagnosis/diagnose.hpp"
#include "web/views/desk_findings.hpp"

namespace blindspot {

// The kinds of question.
namespace later {
inline constexpr int desk = 0, contract = 1, configuration = 2;
}

// As much of a call as its contract asks for.
struct ContractQuestion {
  std::string contract, method, url, content_type;
  Bytes body;
  int status = 0;
};
ContractQuestion contract_question(const Call& call);
Call call_of(const ContractQuestion& question);

struct ConfigurationQuestion {
  Server server = Server::nginx;
  CorsPolicy policy;
};

template <class Value>
concept Number = std::is_arithmetic_v<Value> || std::is_enum_v<Value>;

class Packer {
 public:
  std::string out;
  template <class... Fields>
  void operator()(Fields&... fields) { (put(fields), ...); }

 private:
  void put(Number auto& number) {
    const auto wide = static_cast<std::uint64_t>(number);
    out.append(reinterpret_cast<const char*>(&wide), sizeof wide);
  }
  void put(std::string& text) {
    std::size_t size = text.size();
    put(size);
    out += text;
  }
  void put(std::optional<int>& number) {
    bool there = number.has_value();
    int value = number.value_or(0);
    put(there);
    put(value);
  }
  template <class Item>
  void put(std::vector<Item>& items) {
    std::size_t size = items.size();
    put(size);
    for (Item& item : items) put(item);
  }
  template <class Item>
  void put(Item& item) { fields_of(*this, item); }
};

// Reads what Packer wrote; from anything else, empty values.
class Unpacker {
 public:
  explicit Unpacker(std::string_view in) : in_(in) {}
  template <class... Fields>
  void operator()(Fields&... fields) { (take(fields), ...); }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    if (in_.size() < sizeof value) {
      in_ = {};
      return 0;
    }
    std::memcpy(&value, in_.data(), sizeof value);
    in_.remove_prefix(sizeof value);
    return value;
  }
  template <Number Value>
  void take(Value& value) { value = static_cast<Value>(number()); }
  void take(std::string& text) {
    const std::uint64_t size = number();
    if (size > in_.size()) in_ = {};
    if (in_.empty()) return;
    text.assign(in_.data(), static_cast<std::size_t>(size));
    in_.remove_prefix(static_cast<std::size_t>(size));
  }
  void take(std::optional<int>& number) {
    bool there = false;
    int value = 0;
    take(there);
    take(value);
    if (there) number = value;
  }
  template <class Item>
  void take(std::vector<Item>& items) {
    for (std::uint64_t left = number(); left > 0 && !in_.empty(); --left) take(items.emplace_back());
  }
  template <class Item>
  void take(Item& item) { fields_of(*this, item); }

  std::string_view in_;
};

template <class Ends>
void fields_of(Ends& with, DeskQuestion& it) { with(it.language, it.text, it.contract, it.good, it.decoded); }
template <class Ends>
void fields_of(Ends& with, ContractQuestion& it) { with(it.contract, it.method, it.url, it.content_type, it.body, it.status); }
template <class Ends>
void fields_of(Ends& with, CorsPolicy& it) { with(it.origins, it.methods, it.headers, it.exposed, it.credentials, it.max_age_s); }
template <class Ends>
void fields_of(Ends& with, ConfigurationQuestion& it) { with(it.server, it.policy); }
template <class Ends>
void fields_of(Ends& with, ShapeFinding& it) {
  with(it.fault, it.pointer, it.schema_pointer, it.keyword, it.field, it.expected, it.actual, it.near_miss, it.count, it.offset, it.length, it.line, it.column);
}
template <class Ends>
void fields_of(Ends& with, FieldNote& it) { with(it.text, it.meaning); }
template <class Ends>
void fields_of(Ends& with, DeskFaultView& it) { with(it.id, it.place, it.path, it.sentence, it.code, it.excerpt, it.before, it.after, it.first_edit, it.edits, it.meaning); }
template <class Ends>
void fields_of(Ends& with, DeskClientView& it) { with(it.id, it.name, it.gets, it.meaning); }
template <class Ends>
void fields_of(Ends& with, DeskDifferenceView& it) { with(it.id, it.path, it.good, it.other, it.meaning); }
template <class Ends>
void fields_of(Ends& with, DeskFindings& it) {
  with(it.contract_notes, it.good_notes, it.valid, it.meaning, it.title, it.facts, it.faults, it.more_faults, it.edits, it.repaired,
       it.not_repairable, it.clients, it.contract_in_force, it.contract_note, it.breaches, it.more_breaches, it.unchecked, it.differences,
       it.differences_note, it.types, it.schema);
}

template <class Value>
std::string pack(Value value) {
  Packer packer;
  packer(value);
  return std::move(packer.out);
}

template <class Value>
Value unpack(std::string_view bytes) {
  Value value;
  Unpacker unpacker(bytes);
  unpacker(value);
  return value;
}

}  // namespace blindspot
