// How does a text that is never changed fit into 16 bytes? Up to 15 bytes of it stand in place, a longer one is on the heap. Half
// of a std::string, for where there are thousands of them and most are a comma or a quote.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace blindspot {

class SmallText {
 public:
  SmallText() = default;
  SmallText(std::string_view text);
  SmallText(const char* text) : SmallText(std::string_view(text)) {}
  SmallText(const SmallText& other) : SmallText(std::string_view(other)) {}
  SmallText(SmallText&& other) noexcept { swap(other); }
  SmallText& operator=(SmallText other) noexcept {
    swap(other);
    return *this;
  }
  ~SmallText() {
    if (bytes_[in_place] == on_heap) delete[] heap();
  }

  operator std::string_view() const {
    if (bytes_[in_place] != on_heap) return {bytes_, static_cast<std::size_t>(bytes_[in_place])};
    std::uint64_t size = 0;
    std::memcpy(&size, bytes_ + 8, 7);
    return {heap(), static_cast<std::size_t>(size)};
  }
  std::size_t size() const { return std::string_view(*this).size(); }
  bool empty() const { return bytes_[in_place] == 0; }
  bool operator==(const SmallText& other) const { return std::string_view(*this) == std::string_view(other); }

 private:
  static constexpr std::size_t in_place = 15;
  static constexpr char on_heap = 0x7F;

  const char* heap() const {
    const char* text;
    std::memcpy(&text, bytes_, sizeof text);
    return text;
  }
  void swap(SmallText& other) noexcept {
    char mine[in_place + 1];
    std::memcpy(mine, bytes_, sizeof mine);
    std::memcpy(bytes_, other.bytes_, sizeof mine);
    std::memcpy(other.bytes_, mine, sizeof mine);
  }

  // The last byte is the size, or says that pointer and size of the text on the heap stand before it.
  char bytes_[in_place + 1] = {};
};

}  // namespace blindspot
