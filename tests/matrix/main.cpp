// Writes the matrix as JSON Lines for the browsers: what to call, and what core/cors says will come of it.
//   matrix --page ORIGIN --lab ORIGIN --other ORIGIN --engine NAME --count N
// Playing the calls and comparing is left to tests/e2e/matrix.mjs.
#include <charconv>
#include <iostream>
#include <map>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/cors/predict.hpp"
#include "core/cors/steps.hpp"
#include "core/http/mix_url.hpp"
#include "tests/matrix/cases.hpp"

namespace {

using namespace blindspot;
using nlohmann::ordered_json;

// A browser hands over each byte of a header as one character.
std::string characters_of(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text.push_back(c);
      continue;
    }
    text.push_back(static_cast<char>(0xC0 | (byte >> 6)));
    text.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
  }
  return text;
}

ordered_json header_object(const Headers& headers) {
  std::map<std::string, std::string> sorted;
  for (const Header& header : headers) {
    const auto [place, fresh] = sorted.emplace(ascii_lowercase(header.name), header.value);
    if (!fresh) place->second += ", " + header.value;
  }
  ordered_json object = ordered_json::object();
  for (const auto& [name, value] : sorted) object[name] = characters_of(value);
  return object;
}

std::string_view api_name(matrix::Draft::Api api) {
  switch (api) {
    case matrix::Draft::Api::fetch: return "fetch";
    case matrix::Draft::Api::xhr: return "xhr";
    case matrix::Draft::Api::xhr_upload: return "xhr-upload";
  }
  return "";
}

ordered_json call_of(const matrix::PlayedCase& played) {
  const Request& request = played.request;
  auto headers = ordered_json::array();
  // What a script writes is text, not bytes.
  for (const Header& header : request.headers) headers.push_back({header.name, header.value});
  return {{"api", api_name(played.draft.api)}, {"method", request.method}, {"headers", headers}, {"body", request.body},
          {"credentials", credentials_name(request.credentials)}, {"mode", mode_name(request.mode)},
          {"redirect", redirect_name(request.redirect)}};
}

// The requests the server sees: the prediction's trace holds one network step for each.
ordered_json requests_of(const Prediction& prediction) {
  std::size_t left = 0;
  for (const StepTaken& step : prediction.verdict.trace) left += step.id == step::network_connect && step.passed ? 1 : 0;
  auto requests = ordered_json::array();
  for (const SentHop& hop : prediction.sent) {
    if (hop.preflight.needed && left > 0) {
      --left;
      ordered_json asked{{"preflight", true}, {"method", "OPTIONS"}};
      for (const Header& header : hop.preflight.preflight_headers)
        if (header.name != "Accept") asked[ascii_lowercase(header.name)] = header.value;
      requests.push_back(std::move(asked));
    }
    if (left == 0) break;
    --left;
    ordered_json sent{{"preflight", false}, {"method", hop.method}};
    if (!hop.origin.empty()) sent["origin"] = hop.origin;
    requests.push_back(std::move(sent));
  }
  return requests;
}

ordered_json expectation_of(const matrix::PlayedCase& played, const Prediction& prediction) {
  const bool fetched = played.draft.api == matrix::Draft::Api::fetch;
  ordered_json expected;
  const Outcome outcome = prediction.observation.outcome;
  if (outcome == Outcome::answered || outcome == Outcome::opaque) {
    expected["outcome"] = "resolved";
    if (fetched) expected["type"] = response_type_name(prediction.response_type);
    const auto& visible = prediction.observation.response;
    expected["status"] = visible ? visible->status : 0;
    expected["headers"] = header_object(visible ? visible->headers : Headers{});
    expected["bytes"] = visible ? visible->body_bytes : 0;
    if (fetched) expected["redirected"] = outcome == Outcome::answered && prediction.sent.size() > 1;
  } else {
    expected["outcome"] = "rejected";
  }
  expected["requests"] = requests_of(prediction);
  return expected;
}

// The departures from the standard that this expectation rests on.
ordered_json departures_of(const matrix::PlayedCase& played, const PredictOptions& predicting, const ordered_json& expected) {
  auto names = ordered_json::array();
  for (Departure departure : all_departures) {
    if (!predicting.engine.contains(departure)) continue;
    PredictOptions without = predicting;
    without.engine.remove(departure);
    if (expectation_of(played, predict(played.request, played.exchange, without)) != expected) names.push_back(departure_name(departure));
  }
  return names;
}

struct Options {
  matrix::Places places;
  Engine engine = Engine::standard;
  std::size_t count = 600;
};

std::optional<Engine> engine_of(std::string_view name) {
  if (name == "standard") return Engine::standard;
  if (name == "browsers") return Engine::browsers;
  if (name == "chromium") return Engine::chromium;
  if (name == "firefox") return Engine::firefox;
  if (name == "webkit") return Engine::webkit;
  return std::nullopt;
}

std::optional<Options> read_options(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view key = words[i], value = words[i + 1];
    if (key == "--page") options.places.page = value;
    else if (key == "--lab") options.places.lab = value;
    else if (key == "--other") options.places.other = value;
    else if (key == "--engine") {
      const auto engine = engine_of(value);
      if (!engine) return std::nullopt;
      options.engine = *engine;
    } else if (key == "--count") {
      if (std::from_chars(value.data(), value.data() + value.size(), options.count).ec != std::errc()) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  const matrix::Places& places = options.places;
  if (count % 2 == 0 || places.page.empty() || places.lab.empty() || places.other.empty()) return std::nullopt;
  return options;
}

}  // namespace

int main(int count, char** words) {
  const auto options = read_options(count, words);
  if (!options) {
    std::cerr << "usage: matrix --page ORIGIN --lab ORIGIN --other ORIGIN [--engine standard|browsers|chromium|firefox|webkit] [--count N]\n";
    return 2;
  }
  PredictOptions predicting;
  predicting.engine = options->engine;
  std::size_t number = 0;
  for (const matrix::Choice& choice : matrix::choose_cases(options->count)) {
    const matrix::PlayedCase played = matrix::make_case(choice, options->places);
    const std::string run = "m" + std::to_string(number++);
    const auto url = mix_url_of(played.exchange, {{options->places.lab, options->places.other}, run, "", ""});
    if (!url) {
      std::cerr << "case " << run << " cannot be played: fault " << static_cast<int>(url.error().fault) << ' ' << url.error().subject << '\n';
      return 1;
    }
    const Prediction prediction = predict(played.request, played.exchange, predicting);
    // The engine goes where nobody wrote an answer: at home the lab's refusal could be read.
    if (prediction.verdict.decided_at == step::request_not_sent && options->places.page == options->places.lab) continue;
    ordered_json axes = ordered_json::object();
    for (const auto& [axis, value] : matrix::describe(choice)) axes[axis] = value;
    const ordered_json expected = expectation_of(played, prediction);
    const ordered_json line{{"run", run}, {"url", url.value()}, {"call", call_of(played)}, {"axes", axes},
                            {"step", prediction.verdict.decided_at}, {"expected", expected},
                            {"departures", departures_of(played, predicting, expected)}};
    std::cout << line.dump() << '\n';
  }
  return 0;
}
