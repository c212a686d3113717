// Written from the keyword tables of the drafts: titles, defaults and comments are left out, as they decide nothing.
#include "core/schema/metaschema.hpp"

namespace blindspot {
namespace {

constexpr std::string_view draft_7 = R"json({"$schema":"http://json-schema.org/draft-07/schema#","$id":"http://json-schema.org/draft-07/schema#",
"definitions":{"list":{"type":"array","minItems":1,"items":{"$ref":"#"}},"count":{"type":"integer","minimum":0},"map":{"type":"object","additionalProperties":{"$ref":"#"}},
"kind":{"enum":["array","boolean","integer","null","number","object","string"]},"names":{"type":"array","items":{"type":"string"},"uniqueItems":true},
"text":{"type":"string"},"flag":{"type":"boolean"},"number":{"type":"number"},"here":{"$ref":"#"}},
"type":["object","boolean"],"properties":{"$id":{"$ref":"#/definitions/text"},"$schema":{"$ref":"#/definitions/text"},"$ref":{"$ref":"#/definitions/text"},
"$comment":{"$ref":"#/definitions/text"},"title":{"$ref":"#/definitions/text"},"description":{"$ref":"#/definitions/text"},"readOnly":{"$ref":"#/definitions/flag"},
"examples":{"type":"array"},"multipleOf":{"type":"number","exclusiveMinimum":0},"maximum":{"$ref":"#/definitions/number"},"exclusiveMaximum":{"$ref":"#/definitions/number"},
"minimum":{"$ref":"#/definitions/number"},"exclusiveMinimum":{"$ref":"#/definitions/number"},"maxLength":{"$ref":"#/definitions/count"},"minLength":{"$ref":"#/definitions/count"},
"pattern":{"type":"string","format":"regex"},"additionalItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/list"}]},"maxItems":{"$ref":"#/definitions/count"},
"minItems":{"$ref":"#/definitions/count"},"uniqueItems":{"$ref":"#/definitions/flag"},"contains":{"$ref":"#"},"maxProperties":{"$ref":"#/definitions/count"},
"minProperties":{"$ref":"#/definitions/count"},"required":{"$ref":"#/definitions/names"},"additionalProperties":{"$ref":"#"},"definitions":{"$ref":"#/definitions/map"},
"properties":{"$ref":"#/definitions/map"},"patternProperties":{"$ref":"#/definitions/map"},
"dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/names"}]}},"propertyNames":{"$ref":"#"},"enum":{"type":"array"},
"type":{"anyOf":[{"$ref":"#/definitions/kind"},{"type":"array","items":{"$ref":"#/definitions/kind"},"minItems":1,"uniqueItems":true}]},
"format":{"$ref":"#/definitions/text"},"contentMediaType":{"$ref":"#/definitions/text"},"contentEncoding":{"$ref":"#/definitions/text"},
"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},"allOf":{"$ref":"#/definitions/list"},"anyOf":{"$ref":"#/definitions/list"},"oneOf":{"$ref":"#/definitions/list"},"not":{"$ref":"#"}}})json";

constexpr std::string_view draft_2020 = R"json({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/schema","$dynamicAnchor":"meta",
"$defs":{"list":{"type":"array","minItems":1,"items":{"$dynamicRef":"#meta"}},"count":{"type":"integer","minimum":0},"map":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}},
"kind":{"enum":["array","boolean","integer","null","number","object","string"]},"names":{"type":"array","items":{"type":"string"},"uniqueItems":true},
"text":{"type":"string"},"flag":{"type":"boolean"},"number":{"type":"number"},"here":{"$dynamicRef":"#meta"},"anchor":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"}},
"type":["object","boolean"],"properties":{"$id":{"type":"string","pattern":"^[^#]*#?$"},"$schema":{"$ref":"#/$defs/text"},"$ref":{"$ref":"#/$defs/text"},"$anchor":{"$ref":"#/$defs/anchor"},
"$dynamicRef":{"$ref":"#/$defs/text"},"$dynamicAnchor":{"$ref":"#/$defs/anchor"},"$vocabulary":{"type":"object","additionalProperties":{"type":"boolean"}},"$comment":{"$ref":"#/$defs/text"},
"$defs":{"$ref":"#/$defs/map"},"definitions":{"$ref":"#/$defs/map"},"title":{"$ref":"#/$defs/text"},"description":{"$ref":"#/$defs/text"},"deprecated":{"$ref":"#/$defs/flag"},
"readOnly":{"$ref":"#/$defs/flag"},"writeOnly":{"$ref":"#/$defs/flag"},"examples":{"type":"array"},"multipleOf":{"type":"number","exclusiveMinimum":0},"maximum":{"$ref":"#/$defs/number"},
"exclusiveMaximum":{"$ref":"#/$defs/number"},"minimum":{"$ref":"#/$defs/number"},"exclusiveMinimum":{"$ref":"#/$defs/number"},"maxLength":{"$ref":"#/$defs/count"},
"minLength":{"$ref":"#/$defs/count"},"pattern":{"type":"string","format":"regex"},"maxItems":{"$ref":"#/$defs/count"},"minItems":{"$ref":"#/$defs/count"},"uniqueItems":{"$ref":"#/$defs/flag"},
"maxContains":{"$ref":"#/$defs/count"},"minContains":{"$ref":"#/$defs/count"},"maxProperties":{"$ref":"#/$defs/count"},"minProperties":{"$ref":"#/$defs/count"},"required":{"$ref":"#/$defs/names"},
"dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/names"}},"enum":{"type":"array"},
"type":{"anyOf":[{"$ref":"#/$defs/kind"},{"type":"array","items":{"$ref":"#/$defs/kind"},"minItems":1,"uniqueItems":true}]},"format":{"$ref":"#/$defs/text"},
"contentEncoding":{"$ref":"#/$defs/text"},"contentMediaType":{"$ref":"#/$defs/text"},"contentSchema":{"$ref":"#/$defs/here"},"prefixItems":{"$ref":"#/$defs/list"},"items":{"$ref":"#/$defs/here"},
"contains":{"$ref":"#/$defs/here"},"additionalProperties":{"$ref":"#/$defs/here"},"properties":{"$ref":"#/$defs/map"},"patternProperties":{"$ref":"#/$defs/map"},
"dependentSchemas":{"$ref":"#/$defs/map"},"propertyNames":{"$ref":"#/$defs/here"},"if":{"$ref":"#/$defs/here"},"then":{"$ref":"#/$defs/here"},"else":{"$ref":"#/$defs/here"},
"allOf":{"$ref":"#/$defs/list"},"anyOf":{"$ref":"#/$defs/list"},"oneOf":{"$ref":"#/$defs/list"},"not":{"$ref":"#/$defs/here"},"unevaluatedItems":{"$ref":"#/$defs/here"},
"unevaluatedProperties":{"$ref":"#/$defs/here"}}})json";

}  // namespace

void add_metaschemas(Documents& documents) {
  // The two before draft 7 differ in little.
  for (const char* uri : {"http://json-schema.org/draft-04/schema", "http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-07/schema"})
    documents.emplace(uri, draft_7);
  documents.emplace("https://json-schema.org/draft/2020-12/schema", draft_2020);
}

}  // namespace blindspot
