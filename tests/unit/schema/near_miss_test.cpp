// Which names are taken for another spelling of one another.
#include "core/schema/near_miss.hpp"

#include <gtest/gtest.h>

#include "core/schema/contract.hpp"

namespace blindspot {
namespace {

struct Row {
  const char* wanted;
  const char* there;
  std::optional<std::size_t> distance;
};

TEST(NearMiss, tells_slips_from_other_names) {
  constexpr std::nullopt_t other = std::nullopt;
  const Row rows[] = {
      {"userName", "user_name", 0},
      {"userName", "UserName", 0},
      {"userName", "user-name", 0},
      {"userName", "username", 0},
      {"user_id", "userID", 0},
      {"userName", "userNmae", 1},
      {"userName", "usrName", 1},
      {"items", "item", 1},
      {"description", "desciption", 1},
      {"description", "descripton", 1},
      {"quantity", "quantiyt", 1},
      {"telephone", "telefone", 2},
      {"id", "ip", other},
      {"id", "ID", 0},
      {"age", "ago", other},
      {"name", "nome", 1},
      {"name", "game", 1},
      {"name", "price", other},
      {"price", "total", other},
      {"createdAt", "updatedAt", other},
      {"name", "name", other},
      {"", "a", other},
      {"_", "-", other},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(near_miss_distance(row.wanted, row.there), row.distance) << row.wanted << " " << row.there;
    EXPECT_EQ(is_near_miss(row.wanted, row.there), row.distance.has_value()) << row.wanted << " " << row.there;
  }
}

TEST(NearMiss, looks_at_names_of_bounded_length_only) {
  EXPECT_FALSE(near_miss_distance(std::string(65, 'a'), std::string(66, 'a')));
}

}  // namespace
}  // namespace blindspot
