// Where does a small text keep its bytes?
#include "core/json/small_text.hpp"

namespace blindspot {

SmallText::SmallText(std::string_view text) {
  char* to = bytes_;
  if (text.size() > in_place) {
    to = new char[text.size()];
    const std::uint64_t size = text.size();
    std::memcpy(bytes_, &to, sizeof to);
    std::memcpy(bytes_ + 8, &size, 7);
    bytes_[in_place] = on_heap;
  } else {
    bytes_[in_place] = static_cast<char>(text.size());
  }
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
}

}  // namespace blindspot
