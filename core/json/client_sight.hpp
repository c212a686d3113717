// What does the caller's code get to see when it reads these bytes as JSON: an error, text in place of an object, or
// data? The engines' own messages are engine_message's.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/json/engine_message.hpp"

namespace blindspot {

// axios: as it comes; axios_strict: responseType "json" and silentJSONParsing off; wx_request: dataType "json", its
// default.
enum class JsonClient { json_parse, response_json, axios, axios_strict, wx_request };
inline constexpr std::array<JsonClient, 5> all_json_clients = {JsonClient::json_parse, JsonClient::response_json,
                                                               JsonClient::axios, JsonClient::axios_strict,
                                                               JsonClient::wx_request};
std::string_view json_client_name(JsonClient client);  // "response.json()"

enum class ClientGets { value, text, error };

struct ClientSight {
  ClientGets gets = ClientGets::value;
  std::string error;  // name and message, as a console shows it; empty unless `gets` is error
  bool operator==(const ClientSight&) const = default;
};

ClientSight client_sight(JsonClient client, JsonEngine engine, std::string_view bytes);

}  // namespace blindspot
