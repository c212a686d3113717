// One function for each kind of envelope; the list at the end tries the most telling ones first.
#include "core/schema/envelope.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

namespace blindspot {
namespace {

using nlohmann::json;
using Names = std::initializer_list<std::string_view>;

const json* member(const json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(name);
  return it == object.end() ? nullptr : &*it;
}

// Name of the first of these members that is there, or "".
std::string_view first_there(const json& object, Names names) {
  for (const std::string_view name : names) {
    if (member(object, name) != nullptr) return name;
  }
  return "";
}

std::string text_of(const json* value) {
  if (value == nullptr) return "";
  if (const auto* text = value->get_ptr<const std::string*>()) return *text;
  return value->is_number() || value->is_boolean() ? value->dump() : "";
}

std::string first_text(const json& object, Names names) {
  for (const std::string_view name : names) {
    std::string text = text_of(member(object, name));
    if (!text.empty()) return text;
  }
  return "";
}

std::string lowercase(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

bool is_one_of(std::string_view text, Names names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

const Names message_names = {"message",      "msg",           "errmsg",    "errMsg",
                             "errorMessage", "error_message", "error_msg", "error_description",
                             "error",        "info",          "desc"};

bool means_success(const json& code) {
  if (code.is_boolean()) return *code.get_ptr<const bool*>();
  if (const auto* number = code.get_ptr<const std::int64_t*>())
    return *number == 0 || (*number >= 200 && *number <= 299) || *number == 20000;
  const auto* text = code.get_ptr<const std::string*>();
  if (text == nullptr || text->empty()) return false;
  if (text->find_first_not_of('0') == std::string::npos) return true;
  if (text->size() == 3 && text->front() == '2' && text->find_first_not_of("0123456789") == std::string::npos)
    return true;
  return *text == "20000" || is_one_of(lowercase(*text), {"ok", "success", "succeed", "successful"});
}

bool says_success(const std::string& message) {
  // The last ones read "success", "the operation succeeded", "the request succeeded" in Chinese.
  return is_one_of(lowercase(message), {"ok", "success", "succeed", "succeeded", "successful",
                                        "\xE6\x88\x90\xE5\x8A\x9F", "\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F",
                                        "\xE8\xAF\xB7\xE6\xB1\x82\xE6\x88\x90\xE5\x8A\x9F",
                                        "\xE6\x9F\xA5\xE8\xAF\xA2\xE6\x88\x90\xE5\x8A\x9F"});
}

// ["body","items",0,"price"] as body.items.0.price.
std::string joined_path(const json& path) {
  std::string out;
  for (const json& part : path) {
    const std::string text = text_of(&part);
    if (text.empty()) continue;
    if (!out.empty()) out += '.';
    out += text;
  }
  return out;
}

// The field that a list or a map of complaints blames first.
std::string blamed_parameter(const json& body) {
  for (const std::string_view name : {"errors", "invalid-params", "invalidParams", "invalid_params", "violations",
                                      "fieldErrors", "details", "detail", "error"}) {
    const json* list = member(body, name);
    if (list == nullptr || list->empty()) continue;
    if (list->is_object() && name == "errors") return list->begin().key();
    if (list->is_object()) {
      std::string text = first_text(*list, {"param", "parameter", "field", "target"});
      if (!text.empty()) return text;
    }
    if (!list->is_array() || !list->front().is_object()) continue;
    const json& first = list->front();
    if (const json* location = member(first, "loc"); location != nullptr && location->is_array())
      return joined_path(*location);
    if (const json* path = member(first, "path"); path != nullptr && path->is_array()) return joined_path(*path);
    std::string text = first_text(
        first, {"field", "name", "param", "parameter", "propertyPath", "property", "path", "target", "location"});
    if (!text.empty()) return text;
  }
  return first_text(body, {"param", "parameter", "field"});
}

Envelope make(std::string_view kind, bool failed, std::string code, std::string message, std::string_view decided_by,
              const json& body) {
  std::string pointer(1, '/');
  pointer += decided_by;
  return {std::string(kind), failed, std::move(code), std::move(message), failed ? blamed_parameter(body) : "",
          std::move(pointer)};
}

std::optional<Envelope> json_rpc(const json& body) {
  if (member(body, "jsonrpc") == nullptr) return std::nullopt;
  const json* error = member(body, "error");
  if (error == nullptr || error->is_null())
    return make("json-rpc", false, "", "", member(body, "result") != nullptr ? "result" : "jsonrpc", body);
  return make("json-rpc", true, first_text(*error, {"code"}), first_text(*error, {"message"}), "error", body);
}

std::optional<Envelope> graphql(const json& body) {
  const json* errors = member(body, "errors");
  if (errors == nullptr || !errors->is_array() || errors->empty() ||
      text_of(member(errors->front(), "message")).empty())
    return std::nullopt;
  for (const auto& entry : body.items()) {
    if (!is_one_of(entry.key(), {"errors", "data", "extensions"})) return std::nullopt;
  }
  const json& first = errors->front();
  const json* data = member(body, "data");
  const bool told = member(body, "data") != nullptr || member(first, "locations") != nullptr ||
                    member(first, "path") != nullptr || member(first, "extensions") != nullptr;
  if (!told) return std::nullopt;
  const json* extensions = member(first, "extensions");
  return make("graphql", data == nullptr || data->is_null(),
              extensions == nullptr ? "" : first_text(*extensions, {"code"}), text_of(member(first, "message")),
              "errors/0", body);
}

// RFC 9457.
std::optional<Envelope> problem(const json& body) {
  const json* type = member(body, "type");
  const json* title = member(body, "title");
  const json* status = member(body, "status");
  const json* detail = member(body, "detail");
  const auto is_text = [](const json* value) { return value != nullptr && value->is_string(); };
  const bool numbered = status != nullptr && status->is_number_integer() && *status >= 100 && *status <= 599;
  const bool described = (is_text(title) && (is_text(type) || numbered)) || (is_text(detail) && numbered) ||
                         (is_text(type) && numbered && member(body, "instance") != nullptr);
  if (!described || (status != nullptr && !numbered)) return std::nullopt;
  // A film has a type and a title too: without a status the type must be a URI.
  if (!numbered && !(type->get_ptr<const std::string*>()->find(':') != std::string::npos || detail != nullptr))
    return std::nullopt;
  if (!numbered && detail == nullptr && member(body, "instance") == nullptr && text_of(type).rfind("http", 0) != 0 &&
      text_of(type).rfind("about:", 0) != 0 && text_of(type).rfind("urn:", 0) != 0)
    return std::nullopt;
  const bool failed = !numbered || *status >= 400;
  return make("problem", failed, numbered ? text_of(status) : text_of(type),
              is_text(detail) ? text_of(detail) : text_of(title), numbered ? "status" : "title", body);
}

std::optional<Envelope> fastapi(const json& body) {
  const json* detail = member(body, "detail");
  if (detail == nullptr) return std::nullopt;
  if (detail->is_array() && !detail->empty() && member(detail->front(), "loc") != nullptr) {
    return make("fastapi", true, text_of(member(detail->front(), "type")), text_of(member(detail->front(), "msg")),
                "detail/0", body);
  }
  if (detail->is_string() && body.size() == 1) return make("fastapi", true, "", text_of(detail), "detail", body);
  return std::nullopt;
}

std::optional<Envelope> spring(const json& body) {
  const json* status = member(body, "status");
  const json* error = member(body, "error");
  if (status == nullptr || !status->is_number_integer() || error == nullptr || !error->is_string() || *status < 100 ||
      *status > 599)
    return std::nullopt;
  const std::string message = text_of(member(body, "message"));
  return make("spring", *status >= 400, text_of(status), message.empty() ? text_of(error) : message, "status", body);
}

std::optional<Envelope> success_flag(const json& body) {
  const std::string_view name = first_there(body, {"success", "isSuccess", "succeeded", "ok"});
  if (name.empty()) return std::nullopt;
  const json& flag = *member(body, name);
  if (!flag.is_boolean()) return std::nullopt;
  return make("success", flag == false, first_text(body, {"code", "errorCode", "error_code", "errCode", "errcode"}),
              first_text(body, message_names), name, body);
}

std::optional<Envelope> errcode(const json& body) {
  const std::string_view name =
      first_there(body, {"errcode", "errCode", "err_code", "errno", "error_code", "errorCode", "retcode", "ret"});
  if (name.empty()) return std::nullopt;
  const json& code = *member(body, name);
  if (!code.is_number_integer() && !code.is_string()) return std::nullopt;
  const std::string message = first_text(body, message_names);
  if (message.empty() && !is_one_of(name, {"errcode", "errCode", "errno", "error_code"})) return std::nullopt;
  return make("errcode", !means_success(code) && !says_success(message), text_of(&code), message, name, body);
}

std::optional<Envelope> code_and_message(const json& body) {
  const std::string_view name =
      first_there(body, {"code", "statusCode", "status_code", "resultCode", "result_code", "respCode"});
  if (name.empty()) return std::nullopt;
  const json& code = *member(body, name);
  if (!code.is_number_integer() && !code.is_string()) return std::nullopt;
  // A thing with a code (a country, a coupon) is no envelope: a message must be there, or nothing but the data.
  const bool message_there =
      !first_there(body, {"msg", "message", "errmsg", "errMsg", "error", "desc", "info"}).empty();
  const bool only_data = code.is_number_integer() && body.size() == 2 && member(body, "data") != nullptr;
  if (!message_there && !only_data) return std::nullopt;
  const std::string message = first_text(body, message_names);
  return make("code", !means_success(code) && !says_success(message), text_of(&code), message, name, body);
}

std::optional<Envelope> status_word(const json& body) {
  const json* status = member(body, "status");
  if (status == nullptr || !status->is_string()) return std::nullopt;
  const std::string word = lowercase(text_of(status));
  const bool bad = is_one_of(word, {"error", "fail", "failed", "failure"}), good = is_one_of(word, {"ok", "success"});
  const bool dressed = !first_there(body, {"message", "msg", "error", "data", "code", "errors", "result"}).empty();
  if ((!bad && !good) || !dressed) return std::nullopt;
  return make("status", bad, first_text(body, {"code", "errorCode", "error_code"}), first_text(body, message_names),
              "status", body);
}

std::optional<Envelope> error_member(const json& body) {
  const json* error = member(body, "error");
  if (error == nullptr) return std::nullopt;
  const bool has_data = member(body, "data") != nullptr || member(body, "result") != nullptr;
  if (error->is_object() && !has_data) {
    const std::string message = first_text(*error, {"message", "msg", "detail", "reason"});
    if (message.empty()) return std::nullopt;
    return make("error", true, first_text(*error, {"code", "status", "type"}), message, "error", body);
  }
  const auto* text = error->get_ptr<const std::string*>();
  if (text == nullptr || text->empty() || has_data) return std::nullopt;
  const std::string message = first_text(body, {"error_description", "message", "msg", "detail"});
  // OAuth writes its code in `error` and the words beside it.
  return make("error", true, message.empty() ? "" : *text, message.empty() ? *text : message, "error", body);
}

}  // namespace

std::optional<Envelope> read_envelope(const json& body) {
  if (!body.is_object()) return std::nullopt;
  for (const auto reader : {json_rpc, graphql, problem, fastapi, spring, success_flag, errcode, code_and_message,
                            status_word, error_member}) {
    if (std::optional<Envelope> envelope = reader(body)) return envelope;
  }
  return std::nullopt;
}

}  // namespace blindspot
