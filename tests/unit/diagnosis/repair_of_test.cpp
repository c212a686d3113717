// The computed repair of a diagnosed call: with the exchange, without it, and where there is none.
#include "core/diagnosis/repair_of.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

Call must_call(const std::string& url = "https://api.example.com/v1") {
  Call call;
  call.request.method = "put";
  call.request.url = parse_url(url).value();
  call.request.headers = {{"X-Token", "1"}, {"Host", "x"}};
  call.request.page.origin = parse_origin("https://app.example.com");
  call.observation.outcome = Outcome::failed;
  return call;
}

Exchange answered(Headers preflight, Headers actual) {
  Round asked, round;
  asked.head = ResponseHead{204, "", std::move(preflight)};
  round.head = ResponseHead{200, "", std::move(actual)};
  return {{{asked, round}}};
}

const Header any = {"Access-Control-Allow-Origin", "*"};

TEST(repair_of, names_the_edit_where_the_exchange_is_known) {
  Call call = must_call();
  call.exchange = answered({any, {"Access-Control-Allow-Methods", "PUT"}}, {any});
  const auto found = repair_of(call);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->repair.edits.size(), 1u);
  EXPECT_EQ(found->repair.edits[0].name, "Access-Control-Allow-Headers");
  EXPECT_EQ(found->repair.edits[0].value, "x-token");
  EXPECT_EQ(found->repair.edits[0].why, "preflight.headers");
  EXPECT_EQ(found->policy, (CorsPolicy{{"*"}, {"PUT"}, {"x-token"}, {}, false, std::nullopt}));
}

TEST(repair_of, names_the_policy_where_the_page_is_alone) {
  const auto found = repair_of(must_call(), {"ETag"});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->repair.edits.empty());
  EXPECT_EQ(found->policy,
            (CorsPolicy{{"https://app.example.com"}, {"PUT"}, {"x-token"}, {"ETag"}, false, std::nullopt}));
}

TEST(repair_of, does_not_listen_to_the_exchange_for_the_page_alone) {
  Call call = must_call();
  call.exchange = answered({any, {"Access-Control-Allow-Methods", "PUT, PATCH"}}, {any});
  call.request.page.origin = parse_origin("null");
  const auto found = repair_by_page(call);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->repair.edits.empty());
  EXPECT_EQ(found->repair.warnings, std::vector<Warning>{{Caution::null_origin_allowed}});
  EXPECT_EQ(found->policy, (CorsPolicy{{"null"}, {"PUT"}, {"x-token"}, {}, false, std::nullopt}));
  call.observation.outcome = Outcome::answered;
  EXPECT_FALSE(repair_by_page(call));
}

TEST(repair_of, exposes_what_the_page_wants_of_a_call_that_went_through) {
  Call call = must_call();
  call.observation.outcome = Outcome::answered;
  call.exchange = answered({any, {"Access-Control-Allow-Methods", "PUT"}, {"Access-Control-Allow-Headers", "*"}}, {any});
  EXPECT_FALSE(repair_of(call));
  const auto found = repair_of(call, {"ETag"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->repair.edits[0].name, "Access-Control-Expose-Headers");
}

TEST(repair_of, is_silent_elsewhere) {
  EXPECT_FALSE(repair_of(must_call("https://app.example.com/v1"))) << "within one origin";
  Call opaque = must_call();
  opaque.request.mode = Mode::no_cors;
  EXPECT_FALSE(repair_of(opaque)) << "mode no-cors";
  Call aborted = must_call();
  aborted.observation.outcome = Outcome::aborted;
  EXPECT_FALSE(repair_of(aborted)) << "the caller's own doing";
  Call refused = must_call();
  Round round;
  round.reach = Reach::refused;
  refused.exchange = Exchange{{{round, std::nullopt}}};
  EXPECT_FALSE(repair_of(refused)) << "no answer of the server would help";
}

}  // namespace
}  // namespace blindspot
