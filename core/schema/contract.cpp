// The walk over schema and value is recursive with a bound on its depth: values nested deeper than that go unchecked.
#include "core/schema/contract.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/json/lines.hpp"
#include "core/json/locate.hpp"
#include "core/schema/near_miss.hpp"

namespace blindspot {
namespace {

using nlohmann::json;

constexpr std::size_t max_findings = 1000, max_depth = 400, max_ref_hops = 32, max_shown = 60;

const json* member(const json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(name);
  return it == object.end() ? nullptr : &*it;
}

std::string escape_step(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string step(const std::string& pointer, std::string_view name) {
  return pointer + "/" + escape_step(name);
}

bool is_integral(const json& value) {
  if (value.is_number_integer()) return true;
  if (!value.is_number_float()) return false;
  const double number = *value.get_ptr<const double*>();
  return std::isfinite(number) && std::trunc(number) == number;
}

std::string type_of(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::boolean:
      return "boolean";
    case json::value_t::string:
      return "string";
    case json::value_t::array:
      return "array";
    case json::value_t::object:
      return "object";
    default:
      return is_integral(value) ? "integer" : "number";
  }
}

bool has_type(const json& value, std::string_view type) {
  const std::string found = type_of(value);
  return found == type || (type == "number" && found == "integer");
}

std::string shown(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() <= max_shown) return text;
  std::size_t end = max_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> names_in(const json* list) {
  std::vector<std::string> names;
  if (list == nullptr) return names;
  if (const auto* one = list->get_ptr<const std::string*>()) names.push_back(*one);
  if (!list->is_array()) return names;
  for (const json& entry : *list) {
    if (const auto* name = entry.get_ptr<const std::string*>()) names.push_back(*name);
  }
  return names;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The value a pointer names, found without nlohmann's throwing parser of pointers.
const json* value_at(const json& root, std::string_view pointer) {
  const json* at = &root;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    std::string name;
    for (std::size_t i = 1; i < end; ++i) {
      const bool escape = pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
      name += escape ? (pointer[++i] == '0' ? '~' : '/') : pointer[i];
    }
    pointer.remove_prefix(end);
    if (at->is_object()) {
      at = member(*at, name);
    } else if (at->is_array() && !name.empty() && name.size() < 9 &&
               name.find_first_not_of("0123456789") == std::string::npos) {
      const std::size_t index = static_cast<std::size_t>(std::stoul(name));
      at = index < at->size() ? &(*at)[index] : nullptr;
    } else {
      at = nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

enum class PlaceKind { value, name, opening };

class Checker {
 public:
  explicit Checker(const json& root) : root_(root) {}

  void check(const json& schema, const std::string& at, const json& value, const std::string& pointer,
             std::size_t depth, std::size_t hops) {
    if (depth > max_depth || findings_.size() >= max_findings) return;
    if (schema.is_boolean()) {
      if (!*schema.get_ptr<const bool*>())
        report(ShapeFault::mismatch, pointer, at, "", type_of(value), PlaceKind::value);
      return;
    }
    if (!schema.is_object()) return;
    check_reference(schema, value, pointer, depth, hops);
    if (!check_type(schema, at, value, pointer)) return;
    check_values(schema, at, value, pointer);
    check_size(schema, at, value, pointer);
    if (value.is_object()) check_object(schema, at, value, pointer, depth);
    if (value.is_array()) check_array(schema, at, value, pointer, depth);
    check_combined(schema, at, value, pointer, depth, hops);
  }

  std::vector<ShapeFinding> place(std::string_view text) {
    std::vector<std::string> pointers;
    for (const Noted& noted : findings_) pointers.push_back(noted.placed_at);
    const std::vector<Located> places = locate_all(text, pointers);
    const LineIndex lines(text);
    std::vector<ShapeFinding> out;
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      ShapeFinding finding = std::move(findings_[i].finding);
      const Located& place = places[i];
      const bool by_name = findings_[i].kind == PlaceKind::name && place.name_length != 0;
      finding.offset = by_name ? place.name_offset : place.value_offset;
      finding.length = by_name                                   ? place.name_length
                       : findings_[i].kind == PlaceKind::opening ? std::min<std::size_t>(1, place.value_length)
                                                                 : place.value_length;
      const LineColumn where = lines.locate(finding.offset);
      finding.line = where.line;
      finding.column = where.column;
      out.push_back(std::move(finding));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ShapeFinding& a, const ShapeFinding& b) { return a.offset < b.offset; });
    return out;
  }

 private:
  struct Noted {
    ShapeFinding finding;
    std::string placed_at;
    PlaceKind kind;
  };

  void check_reference(const json& schema, const json& value, const std::string& pointer, std::size_t depth,
                       std::size_t hops) {
    const json* reference = member(schema, "$ref");
    const auto* target = reference == nullptr ? nullptr : reference->get_ptr<const std::string*>();
    // Hops are counted while the value stays the same: a circle of references ends here.
    if (target == nullptr || target->empty() || target->front() != '#' || hops >= max_ref_hops) return;
    const std::string where = percent_decoded(std::string_view(*target).substr(1));
    const json* meant = value_at(root_, where);
    if (meant != nullptr && meant != &schema) check(*meant, where, value, pointer, depth + 1, hops + 1);
  }

  bool check_type(const json& schema, const std::string& at, const json& value, const std::string& pointer) {
    const std::vector<std::string> types = names_in(member(schema, "type"));
    if (types.empty() ||
        std::any_of(types.begin(), types.end(), [&](const std::string& type) { return has_type(value, type); }))
      return true;
    const json* nullable = member(schema, "nullable");
    if (value.is_null() && nullable != nullptr && *nullable == true) return true;
    const std::string found = type_of(value);
    ShapeFault fault = ShapeFault::wrong_type;
    if (value.is_null()) fault = ShapeFault::null_value;
    const bool swapped =
        types.size() == 1 && ((types[0] == "array" && found == "object") || (types[0] == "object" && found == "array"));
    if (swapped) fault = ShapeFault::array_object;
    report(fault, pointer, at + "/type", join(types, " | "), found, PlaceKind::value);
    return false;
  }

  void check_values(const json& schema, const std::string& at, const json& value, const std::string& pointer) {
    if (const json* allowed = member(schema, "enum"); allowed != nullptr && allowed->is_array()) {
      const bool known =
          std::any_of(allowed->begin(), allowed->end(), [&](const json& entry) { return entry == value; });
      const json* nullable = member(schema, "nullable");
      if (!known && !(value.is_null() && nullable != nullptr && *nullable == true)) {
        std::vector<std::string> values;
        for (const json& entry : *allowed) {
          if (values.size() == 12) {
            values.push_back("...");
            break;
          }
          values.push_back(shown(entry));
        }
        report(ShapeFault::not_in_enum, pointer, at + "/enum", join(values, ", "), shown(value), PlaceKind::value);
      }
    }
    if (const json* only = member(schema, "const"); only != nullptr && *only != value) {
      report(ShapeFault::not_in_enum, pointer, at + "/const", shown(*only), shown(value), PlaceKind::value);
    }
  }

  void check_size(const json& schema, const std::string& at, const json& value, const std::string& pointer) {
    struct Limit {
      const char* keyword;
      const char* sign;
      bool upper, exclusive;
    };
    if (value.is_number()) {
      for (const Limit& limit :
           {Limit{"minimum", ">= ", false, false}, Limit{"maximum", "<= ", true, false},
            Limit{"exclusiveMinimum", "> ", false, true}, Limit{"exclusiveMaximum", "< ", true, true}}) {
        const json* bound = member(schema, limit.keyword);
        if (bound == nullptr || !bound->is_number()) continue;
        // Draft 4: exclusiveMinimum is a flag beside minimum.
        const json* flag =
            limit.exclusive ? nullptr : member(schema, limit.upper ? "exclusiveMaximum" : "exclusiveMinimum");
        const bool exclusive = limit.exclusive || (flag != nullptr && *flag == true);
        const bool beyond = limit.upper ? value > *bound : value < *bound;
        if (!beyond && !(exclusive && value == *bound)) continue;
        report(ShapeFault::out_of_range, pointer, at + "/" + limit.keyword,
               std::string(exclusive ? (limit.upper ? "< " : "> ") : limit.sign) + shown(*bound), shown(value),
               PlaceKind::value);
      }
      return;
    }
    const auto check_count = [&](std::size_t count, const char* least, const char* most, const std::string& what) {
      for (const char* keyword : {least, most}) {
        const json* bound = member(schema, keyword);
        if (bound == nullptr || !bound->is_number()) continue;
        const json size = count;
        if (keyword == least ? size >= *bound : size <= *bound) continue;
        report(ShapeFault::out_of_range, pointer, at + "/" + keyword,
               what + (keyword == least ? " >= " : " <= ") + shown(*bound), what + " " + std::to_string(count),
               PlaceKind::value);
      }
    };
    if (const auto* text = value.get_ptr<const std::string*>())
      check_count(code_points(*text), "minLength", "maxLength", "length");
    if (value.is_array()) check_count(value.size(), "minItems", "maxItems", "items");
    if (value.is_object()) check_count(value.size(), "minProperties", "maxProperties", "properties");
  }

  void check_object(const json& schema, const std::string& at, const json& value, const std::string& pointer,
                    std::size_t depth) {
    static const json nothing = json::object();
    const json* declared = member(schema, "properties");
    const json& properties = declared != nullptr && declared->is_object() ? *declared : nothing;
    std::vector<std::string> taken;  // near misses that stand for a missing field
    const json* required = member(schema, "required");
    if (required != nullptr && required->is_array()) {
      std::size_t index = 0;
      for (const json& entry : *required) {
        const auto* name = entry.get_ptr<const std::string*>();
        const std::string keyword = at + "/required/" + std::to_string(index++);
        if (name == nullptr || value.contains(*name)) continue;
        const std::optional<std::string> other = closest_name(*name, value, properties, taken);
        const json* wanted = member(properties, *name);
        const std::string expected = wanted == nullptr ? "" : join(names_in(member(*wanted, "type")), " | ");
        if (other) {
          taken.push_back(*other);
          report(ShapeFault::renamed_field, step(pointer, *name), keyword, expected, type_of(*member(value, *other)),
                 PlaceKind::name, step(pointer, *other), *other);
        } else {
          report(ShapeFault::missing_field, step(pointer, *name), keyword, expected, "", PlaceKind::opening, pointer);
        }
      }
    }
    const json* others = member(schema, "additionalProperties");
    const bool patterns = member(schema, "patternProperties") != nullptr;
    for (const auto& [name, content] : value.items()) {
      if (const json* own = member(properties, name)) {
        check(*own, step(at + "/properties", name), content, step(pointer, name), depth + 1, 0);
      } else if (others != nullptr && !patterns && std::find(taken.begin(), taken.end(), name) == taken.end()) {
        if (*others == false) {
          report(ShapeFault::extra_field, step(pointer, name), at + "/additionalProperties", "", type_of(content),
                 PlaceKind::name);
        } else {
          check(*others, at + "/additionalProperties", content, step(pointer, name), depth + 1, 0);
        }
      }
    }
  }

  // The member that nobody declared and that looks most like the missing name.
  static std::optional<std::string> closest_name(const std::string& wanted, const json& value, const json& properties,
                                                 const std::vector<std::string>& taken) {
    constexpr std::size_t most_candidates = 500;
    std::optional<std::string> best;
    std::size_t best_distance = 0, looked_at = 0;
    for (const auto& entry : value.items()) {
      if (++looked_at > most_candidates) break;
      const std::string& name = entry.key();
      if (properties.contains(name) || std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
      const std::optional<std::size_t> distance = near_miss_distance(wanted, name);
      if (!distance || (best && *distance >= best_distance)) continue;
      best = name;
      best_distance = *distance;
    }
    return best;
  }

  void check_array(const json& schema, const std::string& at, const json& value, const std::string& pointer,
                   std::size_t depth) {
    const json* items = member(schema, "items");
    const json* prefix = member(schema, "prefixItems");
    std::string prefix_at = at + "/prefixItems";
    const json* rest = items;
    std::string rest_at = at + "/items";
    if (items != nullptr && items->is_array()) {  // draft 7: a list of schemas, and additionalItems for what follows
      prefix = items;
      prefix_at = at + "/items";
      rest = member(schema, "additionalItems");
      rest_at = at + "/additionalItems";
    }
    const std::size_t fixed = prefix != nullptr && prefix->is_array() ? prefix->size() : 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string where = pointer + "/" + std::to_string(i);
      if (i < fixed) {
        check((*prefix)[i], prefix_at + "/" + std::to_string(i), value[i], where, depth + 1, 0);
      } else if (rest != nullptr) {
        check(*rest, rest_at, value[i], where, depth + 1, 0);
      }
    }
  }

  void check_combined(const json& schema, const std::string& at, const json& value, const std::string& pointer,
                      std::size_t depth, std::size_t hops) {
    if (const json* all = member(schema, "allOf"); all != nullptr && all->is_array()) {
      for (std::size_t i = 0; i < all->size(); ++i)
        check((*all)[i], at + "/allOf/" + std::to_string(i), value, pointer, depth + 1, hops + 1);
    }
    for (const char* keyword : {"anyOf", "oneOf"}) {
      const json* choices = member(schema, keyword);
      if (choices == nullptr || !choices->is_array() || choices->empty()) continue;
      const std::string here = at + "/" + keyword;
      std::size_t matches = 0, fewest = 0, best = 0;
      for (std::size_t i = 0; i < choices->size(); ++i) {
        const std::size_t breaches =
            breaches_of((*choices)[i], here + "/" + std::to_string(i), value, pointer, depth, hops);
        matches += breaches == 0;
        if (i == 0 || breaches < fewest) {
          fewest = breaches;
          best = i;
        }
      }
      const bool one_of = keyword == std::string_view("oneOf");
      if (one_of ? matches == 1 : matches > 0) continue;
      // A choice that fails in one place only tells more than "none fits".
      if (matches == 0 && (fewest == 1 || choices->size() == 1)) {
        check((*choices)[best], here + "/" + std::to_string(best), value, pointer, depth + 1, hops + 1);
      } else {
        report(ShapeFault::mismatch, pointer, here, choice_types(*choices), type_of(value), PlaceKind::value);
      }
    }
    if (const json* unwanted = member(schema, "not")) {
      if (breaches_of(*unwanted, at + "/not", value, pointer, depth, hops) == 0)
        report(ShapeFault::mismatch, pointer, at + "/not", "", shown(value), PlaceKind::value);
    }
  }

  std::size_t breaches_of(const json& schema, const std::string& at, const json& value, const std::string& pointer,
                          std::size_t depth, std::size_t hops) {
    // Alternatives within alternatives multiply: the work they may cost together is bounded.
    if (++trials_ > 20000 || hops >= max_ref_hops) return 0;
    Checker trial(root_);
    trial.trials_ = trials_;
    trial.check(schema, at, value, pointer, depth + 1, hops + 1);
    trials_ = trial.trials_;
    return trial.findings_.size();
  }

  static std::string choice_types(const json& choices) {
    std::vector<std::string> types;
    for (const json& choice : choices) {
      for (const std::string& type : names_in(member(choice, "type"))) {
        if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
      }
    }
    return join(types, " | ");
  }

  void report(ShapeFault fault, const std::string& pointer, const std::string& at, const std::string& expected,
              const std::string& actual, PlaceKind kind, const std::string& placed_at,
              const std::string& near_miss = "") {
    ShapeFinding finding{fault, pointer, at, last_name(pointer), expected, actual, near_miss, 1, 0, 0, 1, 1};
    // The same breach in another element of an array is the same cause.
    const bool by_value = fault == ShapeFault::not_in_enum || fault == ShapeFault::out_of_range;
    const std::string key = std::to_string(static_cast<int>(fault)) + '\n' + at + '\n' + without_indexes(pointer) +
                            '\n' + (by_value ? "" : actual) + '\n' + near_miss;
    const auto [known, fresh] = first_of_kind_.emplace(key, findings_.size());
    if (!fresh) {
      ++findings_[known->second].finding.count;
      return;
    }
    findings_.push_back({std::move(finding), placed_at, kind});
  }
  void report(ShapeFault fault, const std::string& pointer, const std::string& at, const std::string& expected,
              const std::string& actual, PlaceKind kind) {
    report(fault, pointer, at, expected, actual, kind, pointer);
  }

  static bool is_index(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
  }

  static std::string last_name(std::string_view pointer) {
    while (!pointer.empty()) {
      const std::size_t slash = pointer.rfind('/');
      std::string_view raw = pointer.substr(slash + 1);
      if (!is_index(raw)) {
        std::string name;
        for (std::size_t i = 0; i < raw.size(); ++i) {
          const bool escape = raw[i] == '~' && i + 1 < raw.size();
          name += escape ? (raw[++i] == '0' ? '~' : '/') : raw[i];
        }
        return name;
      }
      pointer = pointer.substr(0, slash);
    }
    return "";
  }

  static std::string without_indexes(std::string_view pointer) {
    std::string out;
    while (!pointer.empty()) {
      const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
      const std::string_view name = pointer.substr(1, end - 1);
      out += '/';
      out += is_index(name) ? std::string_view("*") : name;
      pointer.remove_prefix(end);
    }
    return out;
  }

  const json& root_;
  std::vector<Noted> findings_;
  std::map<std::string, std::size_t> first_of_kind_;
  std::size_t trials_ = 0;
};

}  // namespace

std::string_view shape_fault_name(ShapeFault fault) {
  constexpr std::string_view names[] = {"missing_field", "renamed_field", "wrong_type", "null_value",  "array_object",
                                        "not_in_enum",   "out_of_range",  "format",     "extra_field", "mismatch"};
  static_assert(std::size(names) == static_cast<std::size_t>(ShapeFault::mismatch) + 1);
  return names[static_cast<std::size_t>(fault)];
}

std::vector<ShapeFinding> check_contract(const json& schema, std::string_view raw_body) {
  const json body = json::parse(raw_body.begin(), raw_body.end(), nullptr, false);
  if (body.is_discarded()) return {};
  Checker checker(schema);
  checker.check(schema, "", body, "", 0, 0);
  return checker.place(raw_body);
}

namespace {

class SchemaReader {
 public:
  explicit SchemaReader(const json& root) : root_(root) {}

  void read(const json& schema, const std::string& at, std::size_t depth) {
    if (depth > max_depth || problems.size() >= 100) return;
    if (schema.is_boolean()) return;
    if (!schema.is_object()) return note(SchemaTrouble::not_a_schema, at, schema);
    read_type(schema, at);
    read_reference(schema, at);
    for (const char* name :
         {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}) {
      const json* bound = member(schema, name);
      if (bound != nullptr && !bound->is_number()) note(SchemaTrouble::bad_keyword, at + "/" + name, *bound);
    }
    const json* allowed = member(schema, "enum");
    if (allowed != nullptr && !allowed->is_array()) note(SchemaTrouble::bad_keyword, at + "/enum", *allowed);
    const json* required = member(schema, "required");
    // Draft 3 and OpenAPI parameters have a flag of this name.
    if (required != nullptr && !required->is_boolean()) {
      if (!required->is_array() || names_in(required).size() != required->size())
        note(SchemaTrouble::bad_keyword, at + "/required", *required);
    }
    for (const char* name : {"properties", "patternProperties", "definitions", "$defs"}) {
      const json* map = member(schema, name);
      if (map == nullptr) continue;
      if (!map->is_object()) {
        note(SchemaTrouble::bad_keyword, at + "/" + name, *map);
        continue;
      }
      for (const auto& [key, value] : map->items()) read(value, step(at + "/" + name, key), depth + 1);
    }
    for (const char* name : {"items", "additionalProperties", "additionalItems", "not"}) {
      const json* below = member(schema, name);
      if (below == nullptr) continue;
      if (below->is_array() && name == std::string_view("items")) {
        read_list(*below, at + "/items", depth);
      } else {
        read(*below, at + "/" + name, depth + 1);
      }
    }
    for (const char* name : {"allOf", "anyOf", "oneOf", "prefixItems"}) {
      const json* list = member(schema, name);
      if (list == nullptr) continue;
      if (list->is_array()) {
        read_list(*list, at + "/" + name, depth);
      } else {
        note(SchemaTrouble::bad_keyword, at + "/" + name, *list);
      }
    }
  }

  std::vector<SchemaProblem> problems;

 private:
  void read_list(const json& list, const std::string& at, std::size_t depth) {
    for (std::size_t i = 0; i < list.size(); ++i) read(list[i], at + "/" + std::to_string(i), depth + 1);
  }

  void read_type(const json& schema, const std::string& at) {
    const json* type = member(schema, "type");
    if (type == nullptr) return;
    const std::vector<std::string> names = names_in(type);
    if (names.empty() || (type->is_array() && names.size() != type->size()))
      return note(SchemaTrouble::bad_keyword, at + "/type", *type);
    for (const std::string& name : names) {
      constexpr std::string_view types[] = {"string", "number", "integer", "boolean", "object", "array", "null"};
      if (std::find(std::begin(types), std::end(types), name) == std::end(types))
        note(SchemaTrouble::unknown_type, at + "/type", *type);
    }
  }

  void read_reference(const json& schema, const std::string& at) {
    const json* reference = member(schema, "$ref");
    if (reference == nullptr) return;
    const auto* target = reference->get_ptr<const std::string*>();
    if (target == nullptr) return note(SchemaTrouble::bad_keyword, at + "/$ref", *reference);
    if (target->empty() || target->front() != '#')
      return note(SchemaTrouble::remote_reference, at + "/$ref", *reference);
    if (value_at(root_, percent_decoded(std::string_view(*target).substr(1))) == nullptr)
      note(SchemaTrouble::unresolved_reference, at + "/$ref", *reference);
  }

  void note(SchemaTrouble trouble, const std::string& at, const json& value) {
    problems.push_back({trouble, at, shown(value)});
  }

  const json& root_;
};

}  // namespace

std::vector<SchemaProblem> schema_problems(const json& schema) {
  SchemaReader reader(schema);
  reader.read(schema, "", 0);
  return std::move(reader.problems);
}

bool schema_is_usable(const json& schema) {
  const std::vector<SchemaProblem> problems = schema_problems(schema);
  return std::all_of(problems.begin(), problems.end(),
                     [](const SchemaProblem& problem) { return problem.trouble == SchemaTrouble::remote_reference; });
}

bool is_near_miss(std::string_view wanted, std::string_view there) {
  return near_miss_distance(wanted, there).has_value();
}

}  // namespace blindspot
