// An address that the lab keeps for one fault tells by itself how far a call to it came.
#include "core/intake/journal.hpp"
#include "tests/support/must.hpp"

namespace blindspot {
namespace {

struct Row {
  std::string name;
  Target target;
  const char* page;
  bool online;
  std::optional<Reach> reach;  // nothing: the place tells nothing by itself
};
class kept_place : public testing::TestWithParam<Row> {};
TEST_P(kept_place, tells_how_far_the_call_came) {
  const Request request = must_request("GET", place_of(Places{}, GetParam().target) + "/orders", GetParam().page);
  const std::optional<Exchange> exchange = exchange_of_place(GetParam().target, request, GetParam().online);
  ASSERT_EQ(exchange.has_value(), GetParam().reach.has_value());
  if (!exchange) return;
  ASSERT_EQ(exchange->hops.size(), 1u);
  ASSERT_TRUE(exchange->hops[0].actual);
  EXPECT_EQ(exchange->hops[0].actual->reach, *GetParam().reach);
}
constexpr const char* http_page = "http://localhost:8080";
constexpr const char* https_page = "https://localhost:8082";
INSTANTIATE_TEST_SUITE_P(
    intake, kept_place,
    testing::Values(Row{"lab", Target::lab, http_page, true, std::nullopt}, Row{"tls_good", Target::tls_good, http_page, true, std::nullopt},
                    Row{"closed_port", Target::closed_port, http_page, true, Reach::refused}, Row{"unknown_host", Target::unknown_host, http_page, true, Reach::unknown_host},
                    Row{"never_accepts", Target::never_accepts, http_page, true, Reach::never_accepted}, Row{"expired", Target::tls_expired, http_page, true, Reach::tls_expired},
                    Row{"self_signed", Target::tls_self_signed, http_page, true, Reach::tls_self_signed}, Row{"wrong_host", Target::tls_wrong_host, http_page, true, Reach::tls_name_mismatch},
                    Row{"handshake", Target::tls_handshake, http_page, true, Reach::tls_failed}, Row{"offline_without_network", Target::offline, http_page, false, Reach::offline},
                    Row{"offline_with_network", Target::offline, http_page, true, Reach::unknown_host}, Row{"cleartext_from_https", Target::cleartext, https_page, true, Reach::not_sent},
                    Row{"cleartext_from_http", Target::cleartext, http_page, true, Reach::unknown_host}),
    RowName());

TEST(kept_place, a_call_with_a_preflight_breaks_off_in_the_preflight) {
  Request request = must_request("DELETE", "http://127.0.0.1:8088/orders/1");
  const std::optional<Exchange> exchange = exchange_of_place(Target::closed_port, request, true);
  ASSERT_TRUE(exchange);
  ASSERT_TRUE(exchange->hops[0].preflight);
  EXPECT_EQ(exchange->hops[0].preflight->reach, Reach::refused);
  EXPECT_FALSE(exchange->hops[0].actual);
}

}  // namespace
}  // namespace blindspot
