// Where do the objects and arrays of a JSON text begin and end, and of what is it made, run by run?
// Reads bytes, not meaning: linear, in slices, and on through a broken text. What is wrong with it is left to autopsy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace blindspot {

enum class JsonRunKind { blank, open, close, comma, colon, string, number, literal, wrong };

struct JsonRun {
  JsonRunKind kind = JsonRunKind::wrong;
  std::size_t begin = 0, end = 0;
  bool unfinished = false;  // a string that goes on behind `limit`
};

// The run at `at` < limit <= text.size(). A string ends at its quote or, broken, at the end of its line; with
// `inside_string`, `at` stands within one. `limit` may cut a run; to cut no
// escape in two it needs two bytes before it.
JsonRun next_json_run(std::string_view text, std::size_t at, std::size_t limit, bool inside_string = false);

struct JsonContainer {
  std::uint32_t open = 0, close = 0;  // of the two brackets
  std::uint32_t items = 0;            // members or elements
  bool operator==(const JsonContainer&) const = default;
};

// Built in slices by step(). Keeps at most `most` containers, 12 bytes each; those that open later are read but not kept.
class JsonOutline {
 public:
  static constexpr std::size_t most = 2'000'000;
  // The text must outlive the outline and be smaller than 4 GiB.
  explicit JsonOutline(std::string_view text) : text_(text) {}

  // Reads some `bytes` more (a run is never divided); true when all is read.
  bool step(std::size_t bytes);
  bool done() const { return at_ == text_.size(); }
  std::size_t read() const { return at_; }
  // The closed container whose opening bracket stands at `open`; none while it is not read to its end.
  std::optional<JsonContainer> find(std::size_t open) const;
  // Brackets that have no partner: closing ones so far, opening ones when all is read. At most 1,000 are kept.
  const std::vector<std::uint32_t>& stray() const { return stray_; }
  const std::vector<JsonContainer>& containers() const { return containers_; }

 private:
  struct Open {
    std::uint32_t index, offset, items;
    bool value;  // something stands behind the last comma
  };
  void take(const JsonRun& run);
  void note_stray(std::size_t offset);

  std::string_view text_;
  std::size_t at_ = 0;
  bool within_string_ = false;
  std::vector<JsonContainer> containers_;  // by `open`
  std::vector<Open> open_;
  std::vector<std::uint32_t> stray_;
};

}  // namespace blindspot
