// How are a few things put in order without moving those that are equal? std::stable_sort is written out anew for every type
// it is used with, which a page has no room for; here the work is done once, on indices.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace blindspot {

using IndexBefore = bool (*)(const void* items, std::size_t a, std::size_t b);

// The indices of `count` items in their order: a merge sort from the bottom up.
inline std::vector<std::size_t> stable_order(const void* items, std::size_t count, IndexBefore before) {
  std::vector<std::size_t> from(count), to(count);
  for (std::size_t i = 0; i < count; ++i) from[i] = i;
  for (std::size_t run = 1; run < count; run *= 2) {
    for (std::size_t start = 0; start < count; start += 2 * run) {
      const std::size_t middle = std::min(start + run, count), end = std::min(start + 2 * run, count);
      std::size_t left = start, right = middle;
      for (std::size_t at = start; at < end; ++at) {
        const bool takes_right = left == middle || (right < end && before(items, from[right], from[left]));
        to[at] = from[takes_right ? right++ : left++];
      }
    }
    from.swap(to);
  }
  return from;
}

// `Before` has no state: a lambda without captures.
template <class Item, class Before>
void sort_stably(std::vector<Item>& items, Before) {
  const IndexBefore before = [](const void* all, std::size_t a, std::size_t b) {
    return Before()(static_cast<const Item*>(all)[a], static_cast<const Item*>(all)[b]);
  };
  std::vector<Item> sorted;
  sorted.reserve(items.size());
  for (std::size_t index : stable_order(items.data(), items.size(), before)) sorted.push_back(std::move(items[index]));
  items = std::move(sorted);
}

}  // namespace blindspot
