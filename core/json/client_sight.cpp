// Two questions decide: does the client's decoder take a byte order mark away, and does it hide that parsing failed?
#include "core/json/client_sight.hpp"

namespace blindspot {

std::string_view json_client_name(JsonClient client) {
  switch (client) {
    case JsonClient::json_parse:
      return "JSON.parse(text)";
    case JsonClient::response_json:
      return "response.json()";
    case JsonClient::axios:
      return "axios";
    case JsonClient::axios_strict:
      return "axios, silentJSONParsing: false";
    case JsonClient::wx_request:
      return "wx.request";
  }
  return "";
}

ClientSight client_sight(JsonClient client, JsonEngine engine, std::string_view bytes) {
  // NB: response.json() and responseText decode as UTF-8 and drop one mark; wx.request does so too, by its documentation.
  // JSON.parse gets the text as it is.
  const bool drops_mark = client != JsonClient::json_parse;
  if (drops_mark && bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  // An empty body is text for axios: it does not even try.
  if (bytes.empty() && (client == JsonClient::axios || client == JsonClient::axios_strict))
    return {ClientGets::text, ""};
  std::string message = engine_message(engine, bytes);
  if (message.empty()) return {};
  // NB: wx.request calls success all the same, with the text in res.data; so does axios until it is told to be strict.
  if (client == JsonClient::axios || client == JsonClient::wx_request) return {ClientGets::text, ""};
  // BROWSERS: WebKit gives one text for every failure of response.json().
  if (client == JsonClient::response_json && engine == JsonEngine::javascriptcore)
    message = "The string did not match the expected pattern.";
  return {ClientGets::error, "SyntaxError: " + message};
}

}  // namespace blindspot
