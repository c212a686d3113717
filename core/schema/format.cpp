// One function a form. Grammars: RFC 3339 (dates), 5321 (mailboxes), 1123 (hosts), 4291 (IPv6), 3986 (URIs), 6901 (pointers).
#include "core/schema/format.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/json/text.hpp"
#include "core/schema/pattern.hpp"

namespace blindspot {
namespace {

using json_text::Byte;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || json_text::is_letter(static_cast<Byte>(c)); }
bool is_hex(char c) { return json_text::hex_value(static_cast<Byte>(c)) >= 0; }
bool is_one_of(char c, std::string_view list) { return list.find(c) != std::string_view::npos; }

// Reads along a text; every step says whether it was possible.
struct Reader {
  std::string_view left;

  bool take(char c) {
    if (left.empty() || left.front() != c) return false;
    left.remove_prefix(1);
    return true;
  }
  bool take_letter(char lower) { return take(lower) || take(static_cast<char>(lower - 32)); }
  bool number(std::size_t digits, int& out) {
    if (left.size() < digits) return false;
    out = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!is_digit(left[i])) return false;
      out = out * 10 + (left[i] - '0');
    }
    left.remove_prefix(digits);
    return true;
  }
  std::size_t digits() {
    std::size_t count = 0;
    while (count < left.size() && is_digit(left[count])) ++count;
    left.remove_prefix(count);
    return count;
  }
};

bool read_date(Reader& in) {
  int year = 0, month = 0, day = 0;
  if (!in.number(4, year) || !in.take('-') || !in.number(2, month) || !in.take('-') || !in.number(2, day)) return false;
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap);
}

bool read_time(Reader& in) {
  int hour = 0, minute = 0, second = 0, away_hour = 0, away_minute = 0;
  if (!in.number(2, hour) || !in.take(':') || !in.number(2, minute) || !in.take(':') || !in.number(2, second)) return false;
  if (hour > 23 || minute > 59 || second > 60) return false;
  if (in.take('.') && in.digits() == 0) return false;
  if (!in.take_letter('z')) {
    const bool east = in.take('+');
    if (!east && !in.take('-')) return false;
    if (!in.number(2, away_hour) || !in.take(':') || !in.number(2, away_minute) || away_hour > 23 || away_minute > 59) return false;
    if (!east) away_hour = -away_hour, away_minute = -away_minute;
  }
  // Leap seconds are inserted at the end of a day, seen from Greenwich.
  const int at = ((hour - away_hour) * 60 + minute - away_minute + 2880) % 1440;
  return second < 60 || at == 1439;
}

bool is_date(std::string_view text) {
  Reader in{text};
  return read_date(in) && in.left.empty();
}
bool is_time(std::string_view text) {
  Reader in{text};
  return read_time(in) && in.left.empty();
}
bool is_date_time(std::string_view text) {
  Reader in{text};
  return read_date(in) && in.take_letter('t') && read_time(in) && in.left.empty();
}

// P1Y2M3DT4H5M6S, or P2W: the units in this order, none left out in between.
bool is_duration(std::string_view text) {
  Reader in{text};
  if (!in.take('P') || in.left.empty()) return false;
  const auto units = [&](std::string_view order) {
    std::size_t next = 0;
    bool any = false;
    while (!in.left.empty() && is_digit(in.left.front())) {
      in.digits();
      if (in.left.empty()) return false;
      const std::size_t at = order.find(in.left.front());
      if (at == std::string_view::npos || (any ? at != next : at < next)) return false;
      in.left.remove_prefix(1);
      next = at + 1;
      any = true;
    }
    return any;
  };
  const std::string_view whole = in.left;
  if (units("W") && in.left.empty()) return true;
  in.left = whole;
  if (in.left.front() != 'T' && !units("YMD")) return false;
  if (in.take('T') && !units("HMS")) return false;
  return in.left.empty();
}

bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    const std::string_view label = text.substr(at, end - at);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; })) return false;
    // "--" in the third place is for encoded names only.
    if (label.size() >= 4 && label.substr(2, 2) == "--" && !json_text::starts_with_ignoring_case(label, 0, "xn--")) return false;
    at = end + 1;
  }
  return true;
}

bool is_ipv4(std::string_view text) {
  Reader in{text};
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && !in.take('.')) return false;
    const std::string_view before = in.left;
    const std::size_t size = in.digits();
    if (size == 0 || size > 3 || (size > 1 && before[0] == '0')) return false;
    int value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value * 10 + (before[i] - '0');
    if (value > 255) return false;
  }
  return in.left.empty();
}

bool is_ipv6(std::string_view text) {
  std::size_t groups = 0;
  bool gap = false;
  if (text.substr(0, 2) == "::") {
    gap = true;
    text.remove_prefix(2);
    if (text.empty()) return true;
  }
  for (;;) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, end);
    if (end == text.size() && group.find('.') != std::string_view::npos) {
      if (!is_ipv4(group)) return false;
      groups += 2;
      break;
    }
    if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return false;
    ++groups;
    text.remove_prefix(end);
    if (text.empty()) break;
    text.remove_prefix(1);
    if (text.empty()) return false;  // a single colon at the end
    if (text.front() != ':') continue;
    if (gap) return false;
    gap = true;
    text.remove_prefix(1);
    if (text.empty()) break;
  }
  return gap ? groups < 8 : groups == 8;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view local = text.substr(0, at);
  std::string_view host = text.substr(at + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (json_text::starts_with_ignoring_case(host, 0, "ipv6:")) return is_ipv6(host.substr(5));
    if (!is_ipv4(host)) return false;
  } else if (!is_hostname(host)) {
    return false;
  }
  if (local.size() > 2 && local.front() == '"' && local.back() == '"') {
    for (std::size_t i = 1; i + 1 < local.size(); ++i) {
      if (local[i] == '"' || static_cast<Byte>(local[i]) < ' ') return false;
      if (local[i] == '\\' && ++i + 1 >= local.size()) return false;
    }
    return true;
  }
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '.' && (i == 0 || i + 1 == local.size() || local[i - 1] == '.')) return false;
    if (!is_alnum(local[i]) && !is_one_of(local[i], ".!#$%&'*+/=?^_`{|}~-")) return false;
  }
  return true;
}

bool is_uri_text(std::string_view text, std::string_view more) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
      i += 2;
    } else if (!is_alnum(text[i]) && !is_one_of(text[i], "-._~!$&'()*+,;=") && !is_one_of(text[i], more)) {
      return false;
    }
  }
  return true;
}

bool is_authority(std::string_view text) {
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    if (!is_uri_text(text.substr(0, at), ":")) return false;
    text.remove_prefix(at + 1);
  }
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    const std::string_view literal = text.substr(1, end - 1);
    const bool future = literal.size() > 3 && (literal[0] == 'v' || literal[0] == 'V');
    if (future ? !is_uri_text(literal, ":") : !is_ipv6(literal)) return false;
    text.remove_prefix(end + 1);
    if (!text.empty() && text.front() != ':') return false;
  }
  const std::size_t colon = std::min(text.find(':'), text.size());
  if (!is_uri_text(text.substr(0, colon), "")) return false;
  const std::string_view port = colon < text.size() ? text.substr(colon + 1) : std::string_view();
  return std::all_of(port.begin(), port.end(), is_digit);
}

bool is_uri_reference(std::string_view text, bool with_scheme) {
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    if (!is_uri_text(text.substr(hash + 1), ":@/?")) return false;
    text = text.substr(0, hash);
  }
  if (const std::size_t query = text.find('?'); query != std::string_view::npos) {
    if (!is_uri_text(text.substr(query + 1), ":@/?")) return false;
    text = text.substr(0, query);
  }
  const std::size_t colon = text.find_first_of(":/");
  const bool scheme = colon != std::string_view::npos && text[colon] == ':';
  if (scheme) {
    const std::string_view name = text.substr(0, colon);
    if (name.empty() || !json_text::is_letter(static_cast<Byte>(name[0]))) return false;
    if (!std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || is_one_of(c, "+-."); })) return false;
    text.remove_prefix(colon + 1);
  } else if (with_scheme) {
    return false;
  }
  if (text.substr(0, 2) == "//") {
    const std::size_t end = std::min(text.find('/', 2), text.size());
    if (!is_authority(text.substr(2, end - 2))) return false;
    text.remove_prefix(end);
  }
  return is_uri_text(text, ":@/");
}
bool is_uri(std::string_view text) { return is_uri_reference(text, true); }
bool is_any_reference(std::string_view text) { return is_uri_reference(text, false); }

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < 36; ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '~' && (i + 1 >= text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
  }
  return true;
}

bool is_relative_json_pointer(std::string_view text) {
  Reader in{text};
  const std::size_t up = in.digits();
  if (up == 0 || (up > 1 && text[0] == '0')) return false;
  return in.left == "#" || is_json_pointer(in.left);
}

struct Row {
  std::string_view name;
  bool (*fits)(std::string_view);
};
// In the order in which a text is guessed; behind `guessed` those that too much fits.
constexpr std::size_t guessed = 8;
constexpr Row rows[] = {{"date-time", is_date_time},
                        {"date", is_date},
                        {"time", is_time},
                        {"uuid", is_uuid},
                        {"email", is_email},
                        {"ipv4", is_ipv4},
                        {"ipv6", is_ipv6},
                        {"uri", is_uri},
                        {"duration", is_duration},
                        {"hostname", is_hostname},
                        {"uri-reference", is_any_reference},
                        {"json-pointer", is_json_pointer},
                        {"relative-json-pointer", is_relative_json_pointer},
                        {"regex", is_well_formed_pattern}};

}  // namespace

bool fits_format(std::string_view format, std::string_view text) {
  for (const Row& row : rows) {
    if (row.name == format) return row.fits(text);
  }
  return true;
}

std::string_view guess_format(std::string_view text) {
  for (std::size_t i = 0; i < guessed; ++i) {
    // "a:b" is a URI by its grammar; only one with an authority looks like one.
    if (rows[i].fits(text) && (rows[i].name != "uri" || text.find("://") != std::string_view::npos) && (rows[i].name != "ipv6" || text.size() > 4))
      return rows[i].name;
  }
  return "";
}

}  // namespace blindspot
