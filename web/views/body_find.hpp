// Where in a body does a text stand? Case of ASCII letters aside, in slices, so that 10 MB never hold up a frame.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace blindspot {

class BodyFind {
 public:
  static constexpr std::size_t most = 100'000;  // hits; 4 bytes each

  // The text must outlive the search. An empty `wanted` finds nothing.
  void start(std::string_view text, std::string_view wanted);
  // Searches some `bytes` more; true when all is searched or `most` were found.
  bool step(std::size_t bytes);
  bool done() const { return at_ + wanted_.size() > text_.size() || wanted_.empty() || capped(); }
  bool capped() const { return hits_.size() >= most; }
  const std::string& wanted() const { return wanted_; }  // in lower case
  std::size_t length() const { return wanted_.size(); }
  // Offsets, ascending; hits do not overlap.
  const std::vector<std::uint32_t>& hits() const { return hits_; }
  // The first hit at or behind `offset`; the first of all where none follows.
  std::size_t first_from(std::size_t offset) const;

 private:
  std::string_view text_;
  std::string wanted_;
  std::array<std::uint32_t, 256> skip_{};  // how far the window may move on, by its last byte
  std::size_t at_ = 0;
  std::vector<std::uint32_t> hits_;
};

}  // namespace blindspot
