// What the page sees: the observation beside the verdict. Which step decides is the matter of steps.json.
#include "core/cors/predict.hpp"

#include <gtest/gtest.h>

#include "core/cors/steps.hpp"

namespace blindspot {
namespace {

Request must_make_request(const char* method = "GET", const char* url = "https://api.example.com/v1?a=b#part") {
  Request request;
  request.method = method;
  request.url = parse_url(url).value();
  request.page.origin = parse_origin("https://app.example.com");
  return request;
}

Round must_answer(int status, Headers headers, Bytes body = "") {
  Round round;
  headers.push_back({"Access-Control-Allow-Origin", "*"});
  round.head = ResponseHead{status, "Fine", std::move(headers)};
  round.body_bytes = body.size();
  round.body = std::move(body);
  return round;
}

TEST(predict, the_answer_is_what_cors_lets_through) {
  Round round = must_answer(201, {{"Content-Type", "text/plain"}, {"X-A", "1"}}, "hello");
  round.head_ms = 20;
  round.end_ms = 30;
  const Prediction prediction = predict(must_make_request(), {{{std::nullopt, round}}});
  ASSERT_TRUE(prediction.observation.response);
  const VisibleResponse& seen = *prediction.observation.response;
  EXPECT_EQ(seen.status, 201);
  EXPECT_EQ(seen.status_text, "Fine");
  EXPECT_EQ(seen.headers, (Headers{{"Content-Type", "text/plain"}}));
  EXPECT_EQ(seen.body, "hello");
  EXPECT_EQ(seen.body_bytes, 5u);
  EXPECT_TRUE(seen.complete);
  EXPECT_EQ(seen.url, "https://api.example.com/v1?a=b");
  EXPECT_EQ(prediction.observation.timings, (Timings{20, 30}));
  EXPECT_EQ(prediction.response_type, ResponseType::cors);
  EXPECT_TRUE(prediction.observation.online);
}

TEST(predict, of_a_broken_body_the_part_that_came_is_seen) {
  Round round = must_answer(200, {{"Content-Length", "10"}}, "hello");
  round.ending = Ending::reset;
  const Prediction prediction = predict(must_make_request(), {{{std::nullopt, round}}});
  EXPECT_EQ(prediction.observation.outcome, Outcome::failed);
  ASSERT_TRUE(prediction.observation.response);
  EXPECT_EQ(prediction.observation.response->body, "hello");
  EXPECT_FALSE(prediction.observation.response->complete);
  EXPECT_EQ(prediction.response_type, ResponseType::error);
}

TEST(predict, bytes_past_the_announced_length_are_not_seen) {
  const Prediction prediction =
      predict(must_make_request(), {{{std::nullopt, must_answer(200, {{"Content-Length", "4"}}, "hello")}}});
  EXPECT_EQ(prediction.observation.response->body, "hell");
  EXPECT_EQ(prediction.observation.response->body_bytes, 4u);
}

TEST(predict, of_a_body_kept_in_part_all_bytes_count) {
  Round round = must_answer(200, {}, "hello");
  round.body_bytes = 1'000'000;
  const Prediction prediction = predict(must_make_request(), {{{std::nullopt, round}}});
  EXPECT_EQ(prediction.observation.response->body, "hello");
  EXPECT_EQ(prediction.observation.response->body_bytes, 1'000'000u);
}

TEST(predict, a_failure_shows_nothing) {
  Round round = must_answer(200, {}, "secret");
  round.head->headers.clear();
  const Prediction prediction = predict(must_make_request(), {{{std::nullopt, round}}});
  EXPECT_EQ(prediction.observation, Observation{});
}

TEST(predict, offline_is_seen) {
  Round round;
  round.reach = Reach::offline;
  EXPECT_FALSE(predict(must_make_request(), {{{std::nullopt, round}}}).observation.online);
}

TEST(predict, after_redirects_the_last_url_counts) {
  const Round away = must_answer(302, {{"Location", "../v2"}});
  const Prediction prediction =
      predict(must_make_request("POST"), {{{std::nullopt, away}, {std::nullopt, must_answer(200, {})}}});
  ASSERT_TRUE(prediction.observation.response);
  EXPECT_EQ(prediction.observation.response->url, "https://api.example.com/v2");
  ASSERT_EQ(prediction.sent.size(), 2u);
  EXPECT_EQ(prediction.sent[0].method, "POST");
  EXPECT_EQ(prediction.sent[1].method, "GET");
  EXPECT_EQ(prediction.sent[1].url.fragment, "part");
  EXPECT_EQ(prediction.sent[1].origin, "https://app.example.com");
}

TEST(predict, at_home_only_writing_methods_carry_an_origin) {
  const Exchange exchange = {{{std::nullopt, must_answer(200, {{"X-A", "1"}})}}};
  EXPECT_EQ(predict(must_make_request("GET", "https://app.example.com/x"), exchange).sent[0].origin, "");
  const Prediction prediction = predict(must_make_request("PUT", "https://app.example.com/x"), exchange);
  EXPECT_EQ(prediction.sent[0].origin, "https://app.example.com");
  EXPECT_EQ(prediction.response_type, ResponseType::basic);
  EXPECT_TRUE(has_header(prediction.observation.response->headers, "X-A"));
}

TEST(predict, no_status_no_body) {
  const Prediction prediction = predict(must_make_request(), {{{std::nullopt, must_answer(304, {}, "extra")}}});
  EXPECT_EQ(prediction.observation.response->body, "");
  EXPECT_TRUE(prediction.observation.response->complete);
}

}  // namespace
}  // namespace blindspot
