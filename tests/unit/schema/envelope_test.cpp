// Bodies that say whether the call worked, and bodies that only look as if they did.
#include "core/schema/envelope.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

struct Row {
  const char* name;
  std::string body, kind;
  bool failed;
  std::string code, message, parameter, pointer;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

const Row rows[] = {
    {"code_msg", R"({"code":40001,"msg":"token expired","data":null})", "code", true, "40001", "token expired", "",
     "/code"},
    {"code_message", R"({"code":"USER_NOT_FOUND","message":"no such user"})", "code", true, "USER_NOT_FOUND",
     "no such user", "", "/code"},
    {"code_1", R"({"code":1,"msg":"wrong password"})", "code", true, "1", "wrong password", "", "/code"},
    {"code_0", R"({"code":0,"msg":"","data":{}})", "code", false, "0", "", "", "/code"},
    {"code_200", R"({"code":200,"message":"x","data":[]})", "code", false, "200", "x", "", "/code"},
    {"code_200_text", R"({"code":"200","message":"x"})", "code", false, "200", "x", "", "/code"},
    {"code_20000", R"({"code":20000,"message":"x","data":[]})", "code", false, "20000", "x", "", "/code"},
    {"code_ok", R"({"code":"OK","message":""})", "code", false, "OK", "", "", "/code"},
    {"code_zeros", R"({"code":"00000","msg":"x"})", "code", false, "00000", "x", "", "/code"},
    {"an_empty_code", R"({"code":"","message":"done","data":{}})", "code", false, "", "done", "", "/code"},
    {"code_1_that_says_success", R"({"code":1,"msg":"success","data":{}})", "code", false, "1", "success", "", "/code"},
    {"code_1_that_says_success_in_chinese", "{\"code\":1,\"msg\":\"\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F\"}",
     "code", false, "1", "\xE6\x93\x8D\xE4\xBD\x9C\xE6\x88\x90\xE5\x8A\x9F", "", "/code"},
    {"code_and_data_only", R"({"code":500,"data":null})", "code", true, "500", "", "", "/code"},
    {"code_with_field_errors", R"({"code":400,"message":"invalid","errors":[{"field":"email","message":"bad"}]})",
     "code", true, "400", "invalid", "email", "/code"},
    {"laravel", R"({"message":"The given data was invalid.","errors":{"email":["required"]},"success":false})",
     "success", true, "", "The given data was invalid.", "email", "/success"},
    {"errcode", R"({"errcode":40163,"errmsg":"code been used"})", "errcode", true, "40163", "code been used", "",
     "/errcode"},
    {"errcode_0", R"({"errcode":0,"errmsg":"ok"})", "errcode", false, "0", "ok", "", "/errcode"},
    {"errno", R"({"errno":2,"errmsg":"x"})", "errcode", true, "2", "x", "", "/errno"},
    {"error_code", R"({"error_code":110,"error_msg":"Access token invalid"})", "errcode", true, "110",
     "Access token invalid", "", "/error_code"},
    {"success_false", R"({"success":false,"message":"no","errorCode":"E1"})", "success", true, "E1", "no", "",
     "/success"},
    {"success_true", R"({"success":true,"data":1})", "success", false, "", "", "", "/success"},
    {"success_outranks_code", R"({"success":true,"code":1,"msg":"x"})", "success", false, "1", "x", "", "/success"},
    {"ok_false", R"({"ok":false,"error":"invalid_auth"})", "success", true, "", "invalid_auth", "", "/ok"},
    {"status_error", R"({"status":"error","message":"boom"})", "status", true, "", "boom", "", "/status"},
    {"status_fail", R"({"status":"fail","data":{"title":"required"}})", "status", true, "", "", "", "/status"},
    {"status_success", R"({"status":"success","data":{}})", "status", false, "", "", "", "/status"},
    {"problem",
     R"({"type":"https://example.com/p","title":"Bad","status":422,"detail":"age must be positive","invalid-params":[{"name":"age","reason":"x"}]})",
     "problem", true, "422", "age must be positive", "age", "/status"},
    {"problem_of_aspnet",
     R"({"type":"https://tools.ietf.org/html/rfc9110","title":"One or more validation errors occurred.","status":400,"errors":{"Name":["required"]}})",
     "problem", true, "400", "One or more validation errors occurred.", "Name", "/status"},
    {"problem_without_status", R"({"type":"about:blank","title":"Not Found"})", "problem", true, "about:blank",
     "Not Found", "", "/title"},
    {"graphql",
     R"({"errors":[{"message":"Cannot query field","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]})",
     "graphql", true, "GRAPHQL_VALIDATION_FAILED", "Cannot query field", "", "/errors/0"},
    {"graphql_null_data", R"({"data":null,"errors":[{"message":"x","path":["user","name"]}]})", "graphql", true, "",
     "x", "user.name", "/errors/0"},
    {"graphql_part", R"({"data":{"a":1},"errors":[{"message":"x"}]})", "graphql", false, "", "x", "", "/errors/0"},
    {"json_rpc", R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}})", "json-rpc", true,
     "-32601", "Method not found", "", "/error"},
    {"json_rpc_result", R"({"jsonrpc":"2.0","id":1,"result":5})", "json-rpc", false, "", "", "", "/result"},
    {"spring", R"({"timestamp":"2024-01-02","status":500,"error":"Internal Server Error","path":"/x"})", "spring", true,
     "500", "Internal Server Error", "", "/status"},
    {"fastapi",
     R"({"detail":[{"loc":["body","items",0,"price"],"msg":"field required","type":"value_error.missing"}]})",
     "fastapi", true, "value_error.missing", "field required", "body.items.0.price", "/detail/0"},
    {"detail_alone", R"({"detail":"Not found."})", "fastapi", true, "", "Not found.", "", "/detail"},
    {"error_object", R"({"error":{"code":429,"message":"quota","param":"model"}})", "error", true, "429", "quota",
     "model", "/error"},
    {"oauth", R"({"error":"invalid_grant","error_description":"code expired"})", "error", true, "invalid_grant",
     "code expired", "", "/error"},
};

const Row refused_rows[] = {
    {"django_fields", R"({"email":["This field is required."],"age":["A valid integer is required."]})", "django", true, "",
     "This field is required.", "email", "/email"},
    {"django_whole", R"({"non_field_errors":["Passwords differ."]})", "django", true, "", "Passwords differ.", "", "/non_field_errors"},
    {"django_detail", R"({"detail":"Not found.","code":"not_found"})", "fastapi", true, "not_found", "Not found.", "", "/detail"},
    {"bare_message", R"({"message":"Forbidden"})", "message", true, "", "Forbidden", "", "/message"},
    {"aws", R"({"__type":"com.amazon.coral.validate#ValidationException","message":"1 validation error"})", "aws", true, "ValidationException",
     "1 validation error", "", "/__type"},
    {"aws_xml_style", R"({"Error":{"Code":"NoSuchKey","Message":"The key does not exist"}})", "error", true, "NoSuchKey", "The key does not exist",
     "", "/Error"},
    {"google",
     R"({"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"page_size","description":"must be positive"}]}]}})",
     "error", true, "400", "Invalid value", "page_size", "/error"},
    {"google_older", R"({"error":{"code":400,"message":"Invalid","errors":[{"message":"Invalid","domain":"global","reason":"invalid","location":"maxResults","locationType":"parameter"}]}})",
     "error", true, "400", "Invalid", "maxResults", "/error"},
    {"stripe", R"({"error":{"type":"invalid_request_error","code":"parameter_missing","message":"Missing required param: amount.","param":"amount"}})",
     "error", true, "parameter_missing", "Missing required param: amount.", "amount", "/error"},
    {"spring_validation",
     R"({"timestamp":1,"status":400,"error":"Bad Request","message":"Validation failed","errors":[{"objectName":"user","field":"email","defaultMessage":"must not be blank","rejectedValue":""}],"path":"/u"})",
     "spring", true, "400", "Validation failed", "email", "/status"},
    {"nest", R"({"statusCode":400,"message":["email must be an email","age must not be less than 1"],"error":"Bad Request"})", "code", true, "400",
     "email must be an email", "email", "/statusCode"},
    {"fastify", R"({"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/user/age must be number"})", "code", true,
     "400", "body/user/age must be number", "user.age", "/statusCode"},
    {"express_validator", R"({"errors":[{"type":"field","value":"","msg":"Invalid value","path":"email","location":"body"}]})", "json-api", true, "",
     "Invalid value", "email", "/errors/0"},
    {"json_api", R"({"errors":[{"status":"422","title":"Invalid","detail":"Name is too short.","source":{"pointer":"/data/attributes/name"}}]})",
     "json-api", true, "422", "Name is too short.", "data.attributes.name", "/errors/0"},
    {"json_api_query", R"({"errors":[{"status":"400","title":"Bad","source":{"parameter":"include"}}]})", "json-api", true, "400", "Bad", "include",
     "/errors/0"},
    {"aspnet_json_path", R"({"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"$.age":["could not be converted"]},"traceId":"00-1"})",
     "problem", true, "400", "One or more validation errors occurred.", "$.age", "/status"},
    {"laravel_plain", R"({"message":"The email field is required.","errors":{"email":["The email field is required."]}})", "laravel", true, "",
     "The email field is required.", "email", "/errors"},
    {"abp", R"({"error":{"code":null,"message":"Your request is not valid!","validationErrors":[{"message":"The Name field is required.","members":["name"]}]}})",
     "error", true, "", "Your request is not valid!", "name", "/error"},
    {"code_with_an_id", R"({"code":"E42","message":"no","id":"7f"})", "code", true, "E42", "no", "", "/code"},
};

class Enveloped : public testing::TestWithParam<Row> {};

TEST_P(Enveloped, is_read) {
  const Row& row = GetParam();
  const std::optional<Envelope> read = read_envelope(row.body);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kind, row.kind);
  EXPECT_EQ(read->failed, row.failed);
  EXPECT_EQ(read->code, row.code);
  EXPECT_EQ(read->message, row.message);
  EXPECT_EQ(read->parameter, row.parameter);
  EXPECT_EQ(read->pointer, row.pointer);
}

INSTANTIATE_TEST_SUITE_P(, Enveloped, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

class Refused : public testing::TestWithParam<Row> {};

TEST_P(Refused, tells_what_is_at_fault) {
  const Row& row = GetParam();
  const std::optional<Envelope> read = read_envelope(row.body, 400);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kind, row.kind);
  EXPECT_EQ(read->failed, row.failed);
  EXPECT_EQ(read->code, row.code);
  EXPECT_EQ(read->message, row.message);
  EXPECT_EQ(read->parameter, row.parameter);
  EXPECT_EQ(read->pointer, row.pointer);
}

INSTANTIATE_TEST_SUITE_P(, Refused, testing::ValuesIn(refused_rows), [](const auto& row) { return row.param.name; });

TEST(Envelope, lists_each_complaint) {
  const auto read = read_envelope(R"({"detail":[{"loc":["body","age"],"msg":"must be greater than 0","type":"greater_than"},)"
                                  R"({"loc":["query","page"],"msg":"field required","type":"missing"},{"loc":["body","age"],"msg":"x","type":"y"}]})",
                                  422);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->complaints.size(), 3u);
  EXPECT_EQ(read->complaints[1], (Complaint{"query.page", "field required"}));
  EXPECT_EQ(blamed_names(*read), "body.age, query.page");
}

TEST(Envelope, bounds_its_complaints) {
  std::string body = R"({"code":400,"message":"no","errors":[)";
  for (int i = 0; i < 500; ++i) body += (i ? "," : "") + std::string(R"({"field":"f)") + std::to_string(i) + R"(","message":"m"})";
  const auto read = read_envelope(body + "]}");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->complaints.size(), 20u);
  EXPECT_EQ(blamed_names(*read), "f0, f1, f2, f3, f4");
}

// Good answers of many shapes: what is read as an envelope at all must say that it went well.
TEST(Envelope, leaves_good_answers_alone) {
  for (const char* body : {
           R"({"code":"CN","name":"China","message":"welcome"})",
           R"({"id":7,"code":404,"message":"a record about pages not found"})",
           R"({"code":"de","info":"Germany"})",
           R"({"code":"SAVE10","desc":"ten percent off","id":3})",
           R"({"code":"EUR","desc":"Euro"})",
           R"({"id":"job-1","status":"failed","error":"exit 1","created_at":"2024-01-01"})",
           R"({"status":"error","id":3,"message":"state of a device"})",
           R"({"type":"https://example.com/feed","title":"News","items":[],"href":"x"})",
           R"({"type":"book","title":"Emma","detail":"novel"})",
           R"({"errors":{"count":0},"message":"done"})",
           R"({"errors":[],"message":"done"})",
           R"({"errors":null,"data":{"a":1}})",
           R"({"error":false,"data":[1]})",
           R"({"error":0,"value":1})",
           R"({"error":null,"success":true,"data":{}})",
           R"({"error":{},"items":[]})",
           R"({"message":"Hello, world"})",
           R"({"msg":"pong"})",
           R"({"detail":"A long text","author":"x"})",
           R"({"email":["a@b.c","d@e.f"]})",
           R"({"tags":["x"],"links":["y"]})",
           R"({"statusCode":200,"message":"fine"})",
           R"({"status":200,"error":"","data":[]})",
           R"({"status":404,"count":2})",
           R"({"success":true,"code":500,"message":"rooms left"})",
           R"({"ok":true,"result":{"error":"none"}})",
           R"({"ret":0,"msg":"x"})",
           R"({"errno":0})",
           R"({"code":0,"msg":"warning: deprecated","data":1})",
           R"({"code":"0000","msg":"x","data":1})",
           R"({"resultCode":"SUCCESS","message":"x"})",
           R"({"__type":"Order","total":3})",
           R"({"jsonrpc":"2.0","id":1,"result":{"error":{"message":"inner"}}})",
           R"({"data":{"user":null},"errors":[{"message":"part of it","path":["user"]}]})",
           R"({"param":"x","field":"y"})",
           R"({"reason":"because","value":1})",
           R"({"results":[{"error":"x"}],"total":1})",
           R"([{"error":{"message":"x"}}])",
           R"("error")",
       }) {
    const std::optional<Envelope> read = read_envelope(body);
    EXPECT_FALSE(read && read->failed) << body << " read as a failure, " << read->kind;
  }
}

TEST(Envelope, needs_json) {
  EXPECT_FALSE(read_envelope("<html>", 500));
  EXPECT_FALSE(read_envelope("", 500));
  EXPECT_FALSE(read_envelope(R"({"message":)", 500));
}

TEST(Envelope, is_not_seen_where_there_is_none) {
  for (const char* body : {"[]",
                           "1",
                           "null",
                           "{}",
                           R"({"id":1,"name":"x"})",
                           R"({"code":"CN","name":"China"})",
                           R"({"code":"SAVE10","discount":10})",
                           R"({"type":"film","title":"Alien"})",
                           R"({"status":"active","message":"hi"})",
                           R"({"status":"ok"})",
                           R"({"status":1,"message":"x"})",
                           R"({"error":null,"data":1})",
                           R"({"error":"","data":1})",
                           R"({"errors":[],"data":{}})",
                           R"({"errors":[{"message":"x"}],"total":1})",
                           R"({"success":"yes"})",
                           R"({"message":"hello"})",
                           R"({"detail":"long","id":1})",
                           R"({"data":{"code":1,"msg":"inner"}})",
                           R"({"ret":5})",
                           R"({"title":"x","status":"open","type":"bug"})"}) {
    const std::optional<Envelope> read = read_envelope(body);
    EXPECT_FALSE(read) << body << " read as " << read->kind;
  }
}

}  // namespace
}  // namespace blindspot
