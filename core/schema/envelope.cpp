// One function for each kind of envelope; the list at the end tries the most telling ones first.
#include "core/schema/envelope.hpp"

#include <algorithm>
#include <iterator>

#include "core/schema/tree.hpp"

namespace blindspot {
namespace {

using Names = std::initializer_list<std::string_view>;

constexpr std::size_t most_complaints = 20;

std::string lowercase(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

bool is_one_of(std::string_view text, Names names) { return std::find(names.begin(), names.end(), text) != names.end(); }

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

const Names message_names = {"message",           "msg",   "errmsg", "errMsg", "errorMessage", "error_message", "error_msg",
                             "error_description", "error", "info",   "desc"};

bool says_success(const std::string& message) {
  // The last ones read "success", "the operation succeeded", "the request succeeded" in Chinese.
  return is_one_of(lowercase(message), {"ok", "success", "succeed", "succeeded", "successful",
                                        "\xE6\x88\x90\xE5\x8A\x9F", "\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F",
                                        "\xE8\xAF\xB7\xE6\xB1\x82\xE6\x88\x90\xE5\x8A\x9F",
                                        "\xE6\x9F\xA5\xE8\xAF\xA2\xE6\x88\x90\xE5\x8A\x9F"});
}

// A body with the questions that all kinds ask of it.
class Body {
 public:
  Body(const Tree& whole, int status) : tree(whole), refused(status >= 400) {}

  const Tree& tree;
  const bool refused;  // by the status: whatever the body says is about an error

  Node member(std::string_view name, Node of = 0) const { return tree.find(of, name); }
  bool has(std::string_view name, Node of = 0) const { return member(name, of) != no_node; }
  bool has_any(Names names) const { return !first_there(names).empty(); }
  std::size_t size(Node node = 0) const { return tree.count(node); }
  bool is(Node node, Kind kind) const { return tree.is(node, kind); }
  bool is_text(Node node) const { return is(node, Kind::string); }
  Node front(Node list) const { return list == no_node || size(list) == 0 ? no_node : tree.first(list); }

  std::string text(Node node) const {
    const bool scalar = node != no_node && tree.kind(node) != Kind::null && tree.kind(node) < Kind::array;
    return scalar ? tree.text(node) : "";
  }
  std::string first_text(Node of, Names names) const {
    for (const std::string_view name : names) {
      std::string found = text(member(name, of));
      if (!found.empty()) return found;
    }
    return "";
  }
  std::string_view first_there(Names names) const {
    for (const std::string_view name : names) {
      if (has(name)) return name;
    }
    return "";
  }
  std::string message() const { return first_text(0, message_names); }

  bool is_whole(Node node) const { return is(node, Kind::number) && tree.raw(node).find_first_of(".eE") == std::string_view::npos; }
  // A status of HTTP, or 0.
  int http_status(Node node) const {
    const std::string digits = is_whole(node) ? text(node) : "";
    return digits.size() == 3 && is_number(digits) && digits[0] >= '1' && digits[0] <= '5' ? std::stoi(digits) : 0;
  }

  bool means_success(Node code) const {
    if (is(code, Kind::boolean)) return tree.truth(code);
    const std::string value = text(code);
    if (value.empty()) return is_text(code);  // "" names no error
    if (value.find_first_not_of('0') == std::string::npos || value == "20000") return true;
    if (value.size() == 3 && value.front() == '2' && is_number(value)) return true;
    return is_one_of(lowercase(value), {"ok", "success", "succeed", "successful"});
  }

  // Fills the envelope in; always true, for the readers to return.
  bool make(Envelope& out, const char* kind, bool failed, const std::string& code, const std::string& message, std::string_view decided_by) const;

 private:
  std::vector<Complaint> complaints() const;
  void complain(std::vector<Complaint>& out, Node entry) const;
  void complain_by_name(std::vector<Complaint>& out, Node map) const;
  std::string joined_path(Node path) const;
  std::string parameter_of(Node entry) const;
};

// ["body","items",0,"price"] as body.items.0.price; "/data/attributes/email" as data.attributes.email.
std::string Body::joined_path(Node path) const {
  std::string out;
  if (is_text(path)) {
    out = text(path);
    if (!out.empty() && out.front() == '/') {
      out.erase(0, 1);
      std::replace(out.begin(), out.end(), '/', '.');
    }
    return out;
  }
  if (!is(path, Kind::array)) return "";
  for (Node part : tree.children(path)) {
    const std::string step = text(part);
    if (step.empty()) continue;
    if (!out.empty()) out += '.';
    out += step;
  }
  return out;
}

std::string Body::parameter_of(Node entry) const {
  for (const std::string_view name : {"loc", "path"}) {
    if (is(member(name, entry), Kind::array)) return joined_path(member(name, entry));
  }
  if (const Node source = member("source", entry); is(source, Kind::object)) {
    for (const std::string_view name : {"pointer", "parameter", "header"}) {
      if (has(name, source)) return joined_path(member(name, source));
    }
  }
  for (const std::string_view name : {"memberNames", "members"}) {
    if (is(member(name, entry), Kind::array)) return text(front(member(name, entry)));
  }
  return first_text(entry, {"field", "name", "param", "parameter", "propertyPath", "property", "path", "target", "location", "attribute", "instancePath"});
}

void Body::complain(std::vector<Complaint>& out, Node entry) const {
  if (out.size() >= most_complaints) return;
  if (is_text(entry)) {
    // "email must be an email": the name is the first word.
    const std::string words = text(entry);
    const std::size_t end = words.find(' ');
    const bool names = end != std::string::npos && (words.compare(end, 6, " must ") == 0 || words.compare(end, 8, " should ") == 0 || words.compare(end, 4, " is ") == 0);
    if (names) out.push_back({words.substr(0, end), words});
    return;
  }
  if (!is(entry, Kind::object)) return;
  std::string parameter = parameter_of(entry);
  std::string said = first_text(entry, {"message", "msg", "defaultMessage", "detail", "reason", "description", "error", "title", "code"});
  if (!parameter.empty()) out.push_back({std::move(parameter), std::move(said)});
  // Google: what is at fault stands a level further down.
  for (const std::string_view below : {"fieldViolations", "field_violations"}) {
    const Node list = member(below, entry);
    if (is(list, Kind::array)) {
      for (Node violation : tree.children(list)) complain(out, violation);
    }
  }
}

// {"email": ["required"], "address": {"zip": ["too short"]}}
void Body::complain_by_name(std::vector<Complaint>& out, Node map) const {
  for (Node entry : tree.children(map)) {
    if (out.size() >= most_complaints) return;
    std::string said = text(is(entry, Kind::array) ? front(entry) : entry);
    if (said.empty() && is(entry, Kind::object)) said = first_text(entry, {"message", "msg", "reason"});
    out.push_back({tree.name(entry), std::move(said)});
  }
}

std::vector<Complaint> Body::complaints() const {
  std::vector<Complaint> out;
  const auto read = [&](Node of) {
    for (const std::string_view name : {"errors", "invalid-params", "invalidParams", "invalid_params", "violations", "fieldErrors", "field_errors",
                                        "validationErrors", "details", "detail", "message"}) {
      const Node list = member(name, of);
      if (!out.empty() || list == no_node) continue;
      if (is(list, Kind::object) && is_one_of(name, {"errors", "fieldErrors", "field_errors", "validationErrors"})) complain_by_name(out, list);
      else if (is(list, Kind::object)) complain(out, list);
      else if (is(list, Kind::array)) {
        for (Node entry : tree.children(list)) complain(out, entry);
      }
    }
  };
  if (const Node error = member("error"); is(error, Kind::object)) {
    read(error);
    const std::string parameter = first_text(error, {"param", "parameter", "field", "target"});
    if (out.empty() && !parameter.empty()) out.push_back({parameter, first_text(error, {"message", "msg"})});
  }
  if (out.empty()) read(0);
  if (out.empty()) {
    const std::string parameter = first_text(0, {"param", "parameter", "field"}), said = message();
    if (!parameter.empty()) out.push_back({parameter, said});
    // Fastify: "body/age must be number".
    for (const std::string_view place : {"body/", "querystring/", "params/", "headers/"}) {
      const std::size_t end = said.find(' ');
      if (said.rfind(place, 0) != 0 || end == std::string::npos) continue;
      std::string name = said.substr(place.size(), end - place.size());
      std::replace(name.begin(), name.end(), '/', '.');
      out.push_back({std::move(name), said});
    }
  }
  return out;
}

bool Body::make(Envelope& out, const char* kind, bool failed, const std::string& code, const std::string& message, std::string_view decided_by) const {
  out.kind = kind;
  out.failed = failed;
  out.code = code;
  out.message = message;
  out.pointer = "/";
  out.pointer += decided_by;
  if (failed) out.complaints = complaints();
  if (!out.complaints.empty()) out.parameter = out.complaints.front().parameter;
  return true;
}

using Read = bool;

Read json_rpc(const Body& body, Envelope& out) {
  if (!body.has("jsonrpc")) return false;
  const Node error = body.member("error");
  if (error == no_node || body.is(error, Kind::null))
    return body.make(out, "json-rpc", false, "", "", body.has("result") ? "result" : "jsonrpc");
  return body.make(out, "json-rpc", true, body.first_text(error, {"code"}), body.first_text(error, {"message"}), "error");
}

Read graphql(const Body& body, Envelope& out) {
  const Node errors = body.member("errors");
  const Node first = body.is(errors, Kind::array) ? body.front(errors) : no_node;
  if (first == no_node || body.text(body.member("message", first)).empty()) return false;
  for (Node entry : body.tree.children(0)) {
    if (!is_one_of(body.tree.name(entry), {"errors", "data", "extensions"})) return false;
  }
  if (!body.has("data") && !body.has("locations", first) && !body.has("path", first) && !body.has("extensions", first)) return false;
  const Node data = body.member("data");
  return body.make(out, "graphql", data == no_node || body.is(data, Kind::null), body.text(body.member("code", body.member("extensions", first))),
                   body.text(body.member("message", first)), "errors/0");
}

// JSON:API: objects with title or detail, and nothing beside them but what the format knows.
Read json_api(const Body& body, Envelope& out) {
  const Node errors = body.member("errors");
  const Node first = body.is(errors, Kind::array) ? body.front(errors) : no_node;
  if (first == no_node || body.has("data")) return false;
  for (Node entry : body.tree.children(0)) {
    if (!is_one_of(body.tree.name(entry), {"errors", "meta", "jsonapi", "links"})) return false;
  }
  const std::string said = body.first_text(first, {"detail", "title", "message", "msg"});
  const bool told = body.has("status", first) || body.has("source", first) || body.has("code", first) || body.refused;
  if (said.empty() || !told) return false;
  return body.make(out, "json-api", true, body.first_text(first, {"code", "status"}), said, "errors/0");
}

// RFC 9457.
Read problem(const Body& body, Envelope& out) {
  const Node type = body.member("type"), title = body.member("title"), status = body.member("status"), detail = body.member("detail");
  const int numbered = body.http_status(status);
  const bool described = (body.is_text(title) && (body.is_text(type) || numbered != 0)) || (body.is_text(detail) && numbered != 0) ||
                         (body.is_text(type) && numbered != 0 && body.has("instance"));
  if (!described || (status != no_node && numbered == 0)) return false;
  // A film has a type and a title too: without a status the type must be a URI.
  const std::string uri = body.text(type);
  const bool is_uri = uri.rfind("http", 0) == 0 || uri.rfind("about:", 0) == 0 || uri.rfind("urn:", 0) == 0;
  if (numbered == 0 && !(is_uri || (uri.find(':') != std::string::npos && body.has("instance")) || (body.refused && detail != no_node))) return false;
  // Links of a feed have a URI and a title: with neither status nor detail nothing else may be there.
  if (numbered == 0 && !body.refused && detail == no_node && body.size() > 2 && !body.has("instance")) return false;
  const bool failed = numbered == 0 || numbered >= 400;
  return body.make(out, "problem", failed, numbered != 0 ? body.text(status) : uri, body.is_text(detail) ? body.text(detail) : body.text(title),
                   numbered != 0 ? "status" : "title");
}

Read fastapi(const Body& body, Envelope& out) {
  const Node detail = body.member("detail");
  if (body.is(detail, Kind::array)) {
    const Node first = body.front(detail);
    if (first == no_node || !body.has("loc", first)) return false;
    return body.make(out, "fastapi", true, body.text(body.member("type", first)), body.text(body.member("msg", first)), "detail/0");
  }
  // Django REST framework sends a code beside it at times.
  const bool alone = body.size() == 1 || (body.size() == 2 && body.has("code"));
  if (body.is_text(detail) && (alone || body.refused)) return body.make(out, "fastapi", true, body.first_text(0, {"code"}), body.text(detail), "detail");
  return false;
}

Read spring(const Body& body, Envelope& out) {
  const Node status = body.member("status"), error = body.member("error");
  const int numbered = body.http_status(status);
  if (numbered == 0 || !body.is_text(error)) return false;
  const std::string said = body.text(body.member("message"));
  return body.make(out, "spring", numbered >= 400, body.text(status), said.empty() ? body.text(error) : said, "status");
}

// NestJS, Fastify: {"statusCode":400,"message":["email must be an email"],"error":"Bad Request"}
Read nest(const Body& body, Envelope& out) {
  const Node status = body.member("statusCode"), said = body.member("message");
  const int numbered = body.http_status(status);
  if (numbered < 400 || (!body.is_text(said) && !body.is(said, Kind::array))) return false;
  const std::string first = body.is_text(said) ? body.text(said) : body.text(body.front(said));
  return body.make(out, "code", true, body.text(status), first, "statusCode");
}

Read success_flag(const Body& body, Envelope& out) {
  const std::string_view name = body.first_there({"success", "isSuccess", "succeeded", "ok"});
  if (name.empty() || !body.is(body.member(name), Kind::boolean)) return false;
  std::string said = body.message();
  if (said.empty()) said = body.first_text(body.member("error"), {"message", "msg", "detail"});
  return body.make(out, "success", !body.tree.truth(body.member(name)), body.first_text(0, {"code", "errorCode", "error_code", "errCode", "errcode"}), said, name);
}

Read errcode(const Body& body, Envelope& out) {
  const std::string_view name = body.first_there({"errcode", "errCode", "err_code", "errno", "error_code", "errorCode", "retcode", "ret"});
  const Node code = body.member(name);
  if (name.empty() || (!body.is_whole(code) && !body.is_text(code))) return false;
  const std::string said = body.message();
  if (said.empty() && !is_one_of(name, {"errcode", "errCode", "errno", "error_code"})) return false;
  return body.make(out, "errcode", !body.means_success(code) && !says_success(said), body.text(code), said, name);
}

Read code_and_message(const Body& body, Envelope& out) {
  const std::string_view name = body.first_there({"code", "statusCode", "status_code", "resultCode", "result_code", "respCode"});
  const Node code = body.member(name);
  if (name.empty() || (!body.is_whole(code) && !body.is_text(code))) return false;
  // A thing with a code (a country, a coupon) is no envelope: a message must be there, or nothing but the data, and no
  // identity of its own beside them.
  const bool message_there = body.has_any({"msg", "message", "errmsg", "errMsg", "error", "desc", "info"});
  const bool only_data = body.is_whole(code) && body.size() == 2 && body.has("data");
  const bool a_thing = body.has_any({"id", "_id", "uuid", "name", "title"}) && !body.refused && !body.has_any({"data", "result", "errors"});
  if ((!message_there && !only_data) || a_thing) return false;
  const std::string said = body.message();
  // A text of small letters is a word, not a verdict: {"code":"de","info":"Germany"}.
  const std::string value = body.text(code);
  const bool word = body.is_text(code) && value.size() <= 3 && !is_number(value) && !body.has_any({"msg", "message", "errmsg", "errMsg", "error"});
  if (word && !body.refused) return false;
  return body.make(out, "code", !body.means_success(code) && !says_success(said), value, said, name);
}

Read status_word(const Body& body, Envelope& out) {
  const Node status = body.member("status");
  if (!body.is_text(status)) return false;
  const std::string word = lowercase(body.text(status));
  const bool bad = is_one_of(word, {"error", "fail", "failed", "failure"}), good = is_one_of(word, {"ok", "success"});
  // A job may have failed while the question about it was answered well.
  const bool a_job = bad && !body.refused && body.has_any({"id", "_id", "uuid", "job_id", "jobId", "task_id", "taskId", "created_at", "createdAt"});
  if ((!bad && !good) || a_job || !body.has_any({"message", "msg", "error", "data", "code", "errors", "result"})) return false;
  return body.make(out, "status", bad, body.first_text(0, {"code", "errorCode", "error_code"}), body.message(), "status");
}

// Google, Stripe, OpenAI, OData, OAuth; AWS writes Error and Code.
Read error_member(const Body& body, Envelope& out) {
  const std::string_view name = body.first_there({"error", "Error"});
  const Node error = body.member(name);
  if (name.empty() || body.has("data") || body.has("result")) return false;
  if (body.is(error, Kind::object)) {
    std::string said = body.first_text(error, {"message", "Message", "msg", "detail", "reason"});
    if (said.empty()) said = body.first_text(body.member("message", error), {"value"});
    if (said.empty()) return false;
    return body.make(out, "error", true, body.first_text(error, {"code", "Code", "status", "type"}), said, name);
  }
  const std::string text = body.is_text(error) ? body.text(error) : "";
  // A record of something that failed was read well.
  if (text.empty() || (!body.refused && body.has_any({"id", "_id", "uuid"}))) return false;
  const std::string said = body.first_text(0, {"error_description", "message", "msg", "detail"});
  // OAuth writes its code in `error` and the words beside it.
  return body.make(out, "error", true, said.empty() ? "" : text, said.empty() ? text : said, name);
}

// {"__type":"com.amazonaws#ValidationException","message":"..."}
Read aws(const Body& body, Envelope& out) {
  const std::string type = body.text(body.member("__type"));
  if (type.empty()) return false;
  const std::string said = body.first_text(0, {"message", "Message"});
  if (said.empty() && !body.refused) return false;
  return body.make(out, "aws", true, type.substr(type.find('#') + 1), said, "__type");
}

// {"message":"The given data was invalid.","errors":{"email":["required"]}}
Read laravel(const Body& body, Envelope& out) {
  const Node errors = body.member("errors");
  if (!body.is(errors, Kind::object) || body.size(errors) == 0 || !body.is_text(body.member("message"))) return false;
  for (Node entry : body.tree.children(errors)) {
    if (!body.is(entry, Kind::array) && !body.is_text(entry)) return false;
  }
  return body.make(out, "laravel", true, "", body.text(body.member("message")), "errors");
}

// {"email":["This field is required."]}: only a status that refuses makes it one.
Read django(const Body& body, Envelope& out) {
  if (!body.refused || body.size() == 0 || body.size() > 50) return false;
  std::vector<Complaint> complaints;
  for (Node entry : body.tree.children(0)) {
    if (!body.is(entry, Kind::array) || !body.is_text(body.front(entry))) return false;
    const std::string name = body.tree.name(entry);
    if (complaints.size() < most_complaints) complaints.push_back({name == "non_field_errors" ? "" : name, body.text(body.front(entry))});
  }
  body.make(out, "django", true, "", complaints[0].message, escape_pointer_step(body.tree.name(body.front(0))));
  out.parameter = complaints[0].parameter;
  out.complaints = std::move(complaints);
  return true;
}

Read bare_message(const Body& body, Envelope& out) {
  if (!body.refused) return false;
  const std::string_view name = body.first_there({"message", "Message", "msg", "error_message", "errorMessage", "reason"});
  if (name.empty() || body.text(body.member(name)).empty()) return false;
  return body.make(out, "message", true, body.first_text(0, {"code", "type"}), body.text(body.member(name)), name);
}

}  // namespace

std::optional<Envelope> read_envelope(std::string_view raw_body, int status) {
  const std::optional<Tree> tree = Tree::parse(raw_body);
  if (!tree || !tree->is(0, Kind::object)) return std::nullopt;
  const Body body(*tree, status);
  Envelope out;
  for (const auto& reader : {json_rpc, graphql, json_api, problem, fastapi, spring, nest, success_flag, aws, errcode, code_and_message, status_word,
                            laravel, error_member, django, bare_message}) {
    if (reader(body, out)) return out;
  }
  return std::nullopt;
}

std::string blamed_names(const Envelope& envelope) {
  std::vector<std::string> names;
  for (const Complaint& complaint : envelope.complaints) {
    const bool known = std::find(names.begin(), names.end(), complaint.parameter) != names.end();
    if (!complaint.parameter.empty() && !known && names.size() < 5) names.push_back(complaint.parameter);
  }
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace blindspot
