// Names of what crossed the wire and of what was seen, and announced lengths.
#include "core/http/exchange.hpp"

#include <gtest/gtest.h>

#include "core/http/observation.hpp"
#include "core/http/reason_phrase.hpp"

namespace blindspot {
namespace {

TEST(exchange, reach_names_go_both_ways) {
  for (Reach each :
       {Reach::not_sent, Reach::offline, Reach::unknown_host, Reach::refused, Reach::never_accepted, Reach::tls_expired,
        Reach::tls_name_mismatch, Reach::tls_self_signed, Reach::tls_failed, Reach::connected}) {
    EXPECT_FALSE(reach_name(each).empty());
    EXPECT_EQ(parse_reach(reach_name(each)), each);
  }
  EXPECT_EQ(parse_reach("nowhere"), std::nullopt);
}

TEST(exchange, ending_names_go_both_ways) {
  for (Ending each :
       {Ending::complete, Ending::closed_early, Ending::reset, Ending::stalled, Ending::client_left, Ending::open}) {
    EXPECT_FALSE(ending_name(each).empty());
    EXPECT_EQ(parse_ending(ending_name(each)), each);
  }
  EXPECT_EQ(parse_ending(""), std::nullopt);
}

TEST(observation, outcome_names_go_both_ways) {
  for (Outcome each : {Outcome::answered, Outcome::opaque, Outcome::failed, Outcome::aborted, Outcome::timed_out,
                       Outcome::never_sent}) {
    EXPECT_FALSE(outcome_name(each).empty());
    EXPECT_EQ(parse_outcome(outcome_name(each)), each);
  }
  EXPECT_EQ(outcome_name(Outcome::timed_out), "timed-out");
  EXPECT_EQ(probe_result_name(ProbeResult::opaque_redirect), "opaque-redirect");
  EXPECT_EQ(probe_result_name(ProbeResult::body_error), "body-error");
}

TEST(exchange, announced_length_needs_one_number) {
  EXPECT_EQ(announced_length({{"Content-Length", "42"}}), 42u);
  EXPECT_EQ(announced_length({{"content-length", "7"}, {"Content-Length", "7"}}), 7u);
  EXPECT_EQ(announced_length({{"Content-Length", "7, 8"}}), std::nullopt);
  EXPECT_EQ(announced_length({{"Content-Length", "99999999999999999999999"}}), std::nullopt);
  EXPECT_EQ(announced_length({{"Content-Length", "-1"}}), std::nullopt);
  EXPECT_EQ(announced_length({}), std::nullopt);
}

TEST(exchange, reason_phrases) {
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(599), "");
}

}  // namespace
}  // namespace blindspot
