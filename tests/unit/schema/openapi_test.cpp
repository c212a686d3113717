// An OpenAPI document as the contract: which operation, which response, which schema.
#include "core/schema/openapi.hpp"

#include <gtest/gtest.h>

namespace blindspot {
namespace {

constexpr std::string_view pets = R"({"openapi":"3.0.3","servers":[{"url":"https://api.example.com/v1"},{"url":"/v2/"}],
"paths":{
 "/pets":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Pet"}}},"text/csv":{"schema":{"type":"string"}}}}}},
          "post":{"responses":{"201":{"$ref":"#/components/responses/Created"},"4XX":{"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Error"}}}},
                  "default":{"content":{"application/json":{"schema":{"type":"object","required":["fallback"]}}}}}}},
 "/pets/{id}":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}}},
 "/pets/mine":{"get":{"responses":{"200":{"content":{"*/*":{"schema":{"type":"object","required":["mine"]}}}}}}},
 "/files/{name}.json":{"get":{"responses":{"2XX":{"content":{"application/json":{"schema":{"type":"boolean"}}}},"204":{}}}}
},
"components":{"responses":{"Created":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}},
 "schemas":{"Pet":{"type":"object","required":["id","name"],"properties":{"id":{"type":"integer"},"name":{"type":"string"},"tag":{"type":"string","nullable":true},
   "kind":{"$ref":"#/components/schemas/Kind"}}},
  "Kind":{"type":"string","enum":["cat","dog"],"nullable":true},
  "Error":{"type":"object","required":["title"]}}}})";

struct Row {
  const char* name;
  ContractCall call;
  const char* pointer;  // of the schema; "" when there is none
  NotChecked missing = NotChecked::no_json;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const Row rows[] = {
    {"list", {"GET", "https://api.example.com/v1/pets?limit=2", "application/json; charset=utf-8", 200}, "/paths/~1pets/get/responses/200/content/application~1json/schema"},
    {"second_server", {"GET", "http://localhost:9/v2/pets", "application/json", 200}, "/paths/~1pets/get/responses/200/content/application~1json/schema"},
    {"no_server_fits", {"GET", "http://localhost:9/elsewhere/pets", "application/json", 200}, "/paths/~1pets/get/responses/200/content/application~1json/schema"},
    {"by_media_type", {"GET", "https://api.example.com/v1/pets", "text/csv", 200}, "/paths/~1pets/get/responses/200/content/text~1csv/schema"},
    {"template", {"GET", "https://api.example.com/v1/pets/7", "application/json", 200}, "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema"},
    {"fixed_before_template", {"get", "https://api.example.com/v1/pets/mine", "application/json", 200}, "/paths/~1pets~1mine/get/responses/200/content/*~1*/schema"},
    {"part_of_a_segment", {"GET", "/v2/files/a%20b.json", "application/json", 200}, "/paths/~1files~1{name}.json/get/responses/2XX/content/application~1json/schema"},
    {"response_by_reference", {"POST", "https://api.example.com/v1/pets/", "application/json", 201}, "/components/responses/Created/content/application~1json/schema"},
    {"class_of_status", {"POST", "https://api.example.com/v1/pets", "application/problem+json", 422}, "/paths/~1pets/post/responses/4XX/content/application~1problem+json/schema"},
    {"default_response", {"POST", "https://api.example.com/v1/pets", "application/json", 500}, "/paths/~1pets/post/responses/default/content/application~1json/schema"},
    {"status_unknown", {"GET", "https://api.example.com/v1/pets", "", 0}, "/paths/~1pets/get/responses/200/content/application~1json/schema"},
    {"no_path", {"GET", "https://api.example.com/v1/owners", "application/json", 200}, "", NotChecked::no_operation},
    {"no_method", {"DELETE", "https://api.example.com/v1/pets", "application/json", 200}, "", NotChecked::no_operation},
    {"no_status", {"GET", "https://api.example.com/v1/pets", "application/json", 404}, "", NotChecked::no_response},
    {"no_media_type", {"GET", "https://api.example.com/v1/pets", "image/png", 200}, "", NotChecked::no_schema},
    {"no_content", {"GET", "/v2/files/x.json", "application/json", 204}, "", NotChecked::no_schema},
};

class OpenApi : public testing::TestWithParam<Row> {};

TEST_P(OpenApi, picks_the_schema) {
  const Row& row = GetParam();
  const std::optional<Tree> document = Tree::parse(pets);
  ASSERT_TRUE(document && is_openapi(*document));
  const OpenApiChoice choice = choose_schema(*document, row.call);
  if (*row.pointer == '\0') {
    EXPECT_EQ(choice.schema, no_node);
    EXPECT_EQ(choice.missing, row.missing);
  } else {
    ASSERT_NE(choice.schema, no_node);
    EXPECT_EQ(document->pointer_of(choice.schema), row.pointer);
  }
}

INSTANTIATE_TEST_SUITE_P(, OpenApi, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(OpenApiContract, is_held_against_the_body) {
  const ContractCall call{"GET", "https://api.example.com/v1/pets/7", "application/json", 200};
  EXPECT_TRUE(check_contract_text(pets, R"({"id":1,"name":"Rex","tag":null,"kind":null})", call).kept());
  const ContractReport broken = check_contract_text(pets, R"({"id":"1","Name":"Rex","tag":3,"kind":"cow"})", call);
  ASSERT_EQ(broken.findings.size(), 4u);
  EXPECT_EQ(broken.findings[0].schema_pointer, "/components/schemas/Pet/properties/id/type");
  EXPECT_EQ(broken.findings[1].fault, ShapeFault::renamed_field);
  EXPECT_EQ(broken.findings[1].expected, "string");
  EXPECT_EQ(broken.findings[2].fault, ShapeFault::wrong_type);
  EXPECT_EQ(broken.findings[3].fault, ShapeFault::not_in_enum);
}

TEST(OpenApiContract, says_that_nothing_was_asked) {
  const ContractReport report = check_contract_text(pets, "{}", {"GET", "/nowhere", "application/json", 200});
  EXPECT_TRUE(report.kept());
  ASSERT_EQ(report.unchecked.size(), 1u);
  EXPECT_EQ(report.unchecked[0], (Unchecked{NotChecked::no_operation, "", "GET /nowhere"}));
}

TEST(OpenApiContract, takes_the_discriminator_for_a_hint) {
  constexpr std::string_view document = R"({"openapi":"3.1.0","paths":{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{
    "oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"hound":"#/components/schemas/Dog"}}}}}}}}}},
    "components":{"schemas":{"Cat":{"required":["lives"],"properties":{"kind":{}}},"Dog":{"required":["bark","tail"],"properties":{"kind":{}}}}}})";
  const ContractCall call{"GET", "/a", "application/json", 200};
  for (const char* body : {R"({"kind":"Dog"})", R"({"kind":"hound"})"}) {
    const ContractReport report = check_contract_text(document, body, call);
    ASSERT_EQ(report.findings.size(), 2u) << body;
    EXPECT_EQ(report.findings[0].pointer, "/bark");
  }
}

TEST(OpenApiContract, survives_circles) {
  const ContractReport report = check_contract_text(R"({"openapi":"3.0.0","paths":{"/a":{"$ref":"#/paths/~1a"}}})", "{}", {"GET", "/a", "", 200});
  EXPECT_EQ(report.unchecked.size(), 1u);
}

}  // namespace
}  // namespace blindspot
