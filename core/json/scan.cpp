// The scanner keeps a number for each open container, and a hash and the place of each name of the open objects; nothing else.
#include "core/json/scan.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/json/text.hpp"

namespace blindspot {
namespace {

using namespace json_text;

class Scanner {
 public:
  // Who wants no remarks saves the time that they take.
  Scanner(std::string_view text, std::size_t deep, bool remarks = true)
      : begin_(reinterpret_cast<const Byte*>(text.data())),
        p_(begin_),
        end_(begin_ + text.size()),
        token_(begin_),
        deep_(deep),
        noteworthy_(!remarks) {
    levels_.reserve(a_few);
    if (remarks) names_.reserve(a_few);
  }

  ScanReport run(ScanExtent extent) {
    const bool one_value = read_value();
    bool valid = one_value;
    if (one_value && extent == ScanExtent::whole_text) {
      p_ = skip_blank(p_, end_);
      valid = p_ == end_;
    }
    return {valid, offset(p_), noteworthy_, deepest_};
  }

  // After a run that did not end well.
  ScanPoint point() && {
    if (noteworthy_ || offset(end_) > UINT32_MAX) return {};
    return {offset(in_token_ ? token_ : p_), offset(token_), deepest_, std::move(levels_), std::move(names_)};
  }

 private:
  // Reads one value with all that is in it.
  bool read_value() {
    p_ = skip_blank(p_, end_);
    if (p_ != end_ && *p_ == '"') noteworthy_ = true;
    for (;;) {
      p_ = skip_blank(p_, end_);
      if (p_ == end_) return false;
      const Byte c = *p_;
      if (c == '{') {
        ++p_;
        push(true);
        p_ = skip_blank(p_, end_);
        if (p_ == end_) return false;
        if (*p_ != '}') {
          if (!read_name()) return false;
          continue;
        }
        ++p_;
        pop();
      } else if (c == '[') {
        ++p_;
        push(false);
        p_ = skip_blank(p_, end_);
        if (p_ == end_) return false;
        if (*p_ != ']') continue;
        ++p_;
        pop();
      } else if (token_ = p_; !read_scalar(c)) {
        in_token_ = true;
        return false;
      }
      if (!read_separators()) return false;
      if (levels_.empty()) return true;
    }
  }

  // Behind a value: closes what closes here, until a comma asks for the next value or everything is closed.
  bool read_separators() {
    while (!levels_.empty()) {
      p_ = skip_blank(p_, end_);
      if (p_ == end_) return false;
      if (*p_ == ',') {
        ++p_;
        if (!in_object()) {
          levels_.back() += 2;
          return true;
        }
        p_ = skip_blank(p_, end_);
        return read_name();
      }
      if (*p_ != (in_object() ? '}' : ']')) return false;
      ++p_;
      pop();
    }
    return true;
  }

  bool read_name() {
    if (p_ == end_ || *p_ != '"') return false;
    token_ = p_;
    bool escaped = false;
    in_token_ = true;
    if (!read_string(escaped)) return false;
    const Byte* behind = p_;
    p_ = skip_blank(p_, end_);
    if (p_ == end_ || *p_ != ':') return false;
    in_token_ = false;
    ++p_;
    if (!noteworthy_) {
      const std::string_view inside(reinterpret_cast<const char*>(token_ + 1), static_cast<std::size_t>(behind - token_ - 2));
      const std::uint64_t hash = escaped ? hash_name(unescape(inside)) : hash_name(inside);
      names_.push_back((hash & ~std::uint64_t{UINT32_MAX}) | static_cast<std::uint32_t>(offset(token_)));
    }
    return true;
  }

  bool read_scalar(Byte c) {
    bool escaped = false;
    if (c == '"') return read_string(escaped);
    if (c == 't') return read_word("true");
    if (c == 'f') return read_word("false");
    if (c == 'n') return read_word("null");
    return read_number();
  }

  bool read_word(std::string_view word) {
    for (const char c : word) {
      if (p_ == end_ || *p_ != static_cast<Byte>(c)) return false;
      ++p_;
    }
    return true;
  }

  bool read_digits() {
    const Byte* start = p_;
    while (p_ != end_ && is_digit(*p_)) ++p_;
    return p_ != start;
  }

  bool read_number() {
    if (*p_ == '-') ++p_;
    const Byte* digits = p_;
    if (p_ != end_ && *p_ == '0') {
      ++p_;
    } else if (!read_digits()) {
      return false;
    }
    const std::size_t size = static_cast<std::size_t>(p_ - digits);
    bool integer = true;
    if (p_ != end_ && *p_ == '.') {
      ++p_;
      integer = false;
      if (!read_digits()) return false;
    }
    if (p_ != end_ && (*p_ | 0x20) == 'e') {
      ++p_;
      integer = false;
      if (p_ != end_ && (*p_ == '+' || *p_ == '-')) ++p_;
      if (!read_digits()) return false;
    }
    if (integer && size >= 16 && is_beyond_safe_integer({reinterpret_cast<const char*>(digits), size}))
      noteworthy_ = true;
    return true;
  }

  bool read_string(bool& escaped) {
    ++p_;
    for (;;) {
      p_ = skip_plain(p_, end_);
      if (p_ == end_) return false;
      const Byte c = *p_;
      if (c == '"') {
        ++p_;
        return true;
      }
      if (c >= 0x80) {
        do {
          const std::size_t length = utf8_length(p_, end_);
          if (length == 0) return false;
          p_ += length;
        } while (p_ != end_ && *p_ >= 0x80);
      } else if (c == '\\') {
        escaped = true;
        if (!read_escape()) return false;
      } else {
        return false;
      }
    }
  }

  bool read_escape() {
    if (end_ - p_ < 2) return false;
    const Byte c = p_[1];
    if (c != 'u') {
      if (c != '"' && c != '\\' && c != '/' && c != 'b' && c != 'f' && c != 'n' && c != 'r' && c != 't') return false;
      p_ += 2;
      return true;
    }
    if (end_ - p_ < 6) return false;
    const int unit = hex4(p_ + 2);
    if (unit < 0) return false;
    p_ += 6;
    if (unit < 0xD800 || unit > 0xDFFF) return true;
    // A pair is taken whole; half of one is valid by the grammar, but worth a warning.
    const bool pair = unit < 0xDC00 && end_ - p_ >= 6 && p_[0] == '\\' && p_[1] == 'u' && hex4(p_ + 2) >= 0xDC00 &&
                      hex4(p_ + 2) <= 0xDFFF;
    if (pair) {
      p_ += 6;
    } else {
      noteworthy_ = true;
    }
    return true;
  }

  bool in_object() const { return ScanPoint::is_object(levels_.back()); }

  void push(bool object) {
    levels_.push_back(object ? static_cast<std::uint32_t>(names_.size() * 2 + 1) : 0);
    if (levels_.size() > deepest_) {
      deepest_ = levels_.size();
      if (deepest_ > deep_) noteworthy_ = true;
    }
  }

  void pop() {
    if (in_object()) {
      const std::size_t first = ScanPoint::number(levels_.back());
      if (!noteworthy_) look_for_twins(first);
      names_.resize(std::min(names_.size(), first));
    }
    levels_.pop_back();
  }

  void look_for_twins(std::size_t first) {
    const std::size_t count = names_.size() - first;
    if (count < 2) return;
    std::uint64_t* names = names_.data() + first;
    const auto same = [](std::uint64_t a, std::uint64_t b) { return (a ^ b) <= UINT32_MAX; };
    if (count > 16) {
      std::sort(names, names + count);
      for (std::size_t i = 1; i < count; ++i) noteworthy_ |= same(names[i], names[i - 1]);
      return;
    }
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) noteworthy_ |= same(names[i], names[j]);
    }
  }

  std::size_t offset(const Byte* p) const { return static_cast<std::size_t>(p - begin_); }

  const Byte* begin_;
  const Byte* p_;
  const Byte* end_;
  const Byte* token_;      // where the last name or scalar began
  bool in_token_ = false;  // what stopped us is that one, not what stands behind it
  std::size_t deep_;
  std::size_t deepest_ = 0;
  bool noteworthy_;  // once it is true, nothing is looked at for a remark
  std::vector<std::uint32_t> levels_;
  std::vector<std::uint64_t> names_;
};

}  // namespace

ScanReport scan_json(std::string_view text, ScanExtent extent, std::size_t deep, ScanPoint* where) {
  Scanner scanner(text, deep);
  const ScanReport report = scanner.run(extent);
  if (where != nullptr && !report.valid) *where = std::move(scanner).point();
  return report;
}

bool is_valid_json(std::string_view text) {
  return Scanner(text, text.size(), false).run(ScanExtent::whole_text).valid;
}

}  // namespace blindspot
