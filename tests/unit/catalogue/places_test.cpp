// Where the targets are: the lab's announcement read, an address recognised.
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

const std::vector<Target> every_target = {Target::lab, Target::closed_port, Target::unknown_host, Target::never_accepts, Target::tls_good, Target::tls_expired,
                                          Target::tls_wrong_host, Target::tls_self_signed, Target::tls_handshake, Target::cleartext, Target::offline};

TEST(target, names_read_back) {
  std::set<std::string_view> names;
  for (Target target : every_target) {
    EXPECT_TRUE(names.insert(target_name(target)).second);
    EXPECT_EQ(parse_target(target_name(target)), target);
  }
  EXPECT_EQ(parse_target("Lab"), std::nullopt);
  EXPECT_EQ(parse_target(""), std::nullopt);
}

struct OfRow {
  std::string name, url;
  std::optional<Target> target;
};
class target_of_url : public testing::TestWithParam<OfRow> {};
TEST_P(target_of_url, is_recognised_by_its_origin) { EXPECT_EQ(target_of(Places{}, must_url(GetParam().url)), GetParam().target); }
INSTANTIATE_TEST_SUITE_P(
    catalogue, target_of_url,
    testing::Values(OfRow{"lab", "http://127.0.0.1:8081/case/ok/a?run=1", Target::lab}, OfRow{"closed_port", "http://127.0.0.1:8088/", Target::closed_port},
                    OfRow{"never_accepts", "http://127.0.0.1:8089/x", Target::never_accepts}, OfRow{"tls_good", "https://localhost:8082/", Target::tls_good},
                    OfRow{"expired", "https://localhost:8083/", Target::tls_expired}, OfRow{"cleartext", "http://cleartext.invalid/a", Target::cleartext},
                    OfRow{"same_port_other_host", "http://localhost:8081/", std::nullopt}, OfRow{"other_scheme", "https://127.0.0.1:8081/", std::nullopt},
                    OfRow{"world", "https://api.example.com/", std::nullopt}, OfRow{"no_origin", "file:///a", std::nullopt}),
    RowName());

TEST(places, are_read_from_what_the_lab_announces) {
  const auto places = parse_places(R"({"targets":{"lab":"http://127.0.0.1:9001","closed-port":"http://127.0.0.1:9008","tls-good":"https://localhost:9002"},"more":1})");
  ASSERT_TRUE(places);
  EXPECT_EQ(places->lab, "http://127.0.0.1:9001");
  EXPECT_EQ(places->closed_port, "http://127.0.0.1:9008");
  EXPECT_EQ(places->tls_good, "https://localhost:9002");
  EXPECT_EQ(places->tls_expired, Places{}.tls_expired) << "not named: stays";
  EXPECT_EQ(target_of(*places, must_url("http://127.0.0.1:9001/a")), Target::lab);
}

TEST(places, every_target_can_be_announced) {
  nlohmann::json document;
  for (Target target : every_target) document["targets"][std::string(target_name(target))] = "http://" + test_name(target_name(target)) + ".test:1";
  const auto places = parse_places(document.dump());
  ASSERT_TRUE(places);
  for (Target target : every_target) EXPECT_EQ(place_of(*places, target), "http://" + test_name(target_name(target)) + ".test:1");
}

TEST(places, of_the_wrong_type_keep_their_default) {
  const auto places = parse_places(R"({"targets":{"lab":8081}})");
  ASSERT_TRUE(places);
  EXPECT_EQ(places->lab, Places{}.lab);
}

struct GarbageRow {
  std::string name, text;
};
class no_announcement : public testing::TestWithParam<GarbageRow> {};
TEST_P(no_announcement, is_taken_for_one) { EXPECT_EQ(parse_places(GetParam().text).has_value(), false); }
INSTANTIATE_TEST_SUITE_P(catalogue, no_announcement,
                         testing::Values(GarbageRow{"empty", ""}, GarbageRow{"html", "<html></html>"}, GarbageRow{"truncated", "{\"targets\":{"}, GarbageRow{"array", "[]"},
                                         GarbageRow{"no_targets", "{}"}, GarbageRow{"number", "1"}),
                         RowName());

}  // namespace
}  // namespace blindspot
