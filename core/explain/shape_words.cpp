// One row a kind of breach, English and Chinese side by side; {path}, {expected}, {actual}, {name} and {other} are filled in.
#include "core/explain/shape_words.hpp"

#include "core/explain/words.hpp"

namespace blindspot {

namespace {

constexpr Words words_of(const ShapeFinding& finding) {
  const std::string_view keyword = finding.keyword;
  switch (finding.fault) {
    case ShapeFault::missing_field:
      return finding.expected.empty() ? Words{"{path} is missing", "缺少 {path}"} : Words{"{path} is missing: {expected} expected", "缺少 {path}，应为 {expected}"};
    case ShapeFault::renamed_field: return {"{path} is missing; {other} is there instead", "缺少 {path}，实际字段名是 {other}"};
    case ShapeFault::wrong_type: return {"{path} is {actual}, {expected} expected", "{path} 是 {actual}，应为 {expected}"};
    case ShapeFault::null_value: return {"{path} is null, {expected} expected", "{path} 为 null，应为 {expected}"};
    case ShapeFault::array_object: return {"{path} is an {actual}, an {expected} expected", "{path} 是 {actual}，应为 {expected}"};
    case ShapeFault::not_in_enum: return {"{path} is {actual}, none of the allowed values: {expected}", "{path} 的值 {actual} 不在允许的取值内：{expected}"};
    case ShapeFault::out_of_range: return {"{path} is out of range: {actual}, allowed is {expected}", "{path} 超出范围：{actual}，应满足 {expected}"};
    case ShapeFault::format:
      return keyword == "pattern" ? Words{"{path} does not match the pattern {expected}: {actual}", "{path} 不符合正则 {expected}：{actual}"}
                                  : Words{"{path} is not in the form {expected}: {actual}", "{path} 不符合 {expected} 格式：{actual}"};
    case ShapeFault::extra_field:
      return keyword == "propertyNames" ? Words{"{path} has a name that is not allowed", "{path} 的字段名不符合约定"} : Words{"{path} is not allowed here", "{path} 是约定之外的字段"};
    case ShapeFault::mismatch: break;
  }
  if (keyword == "oneOf" && finding.actual.empty()) return {"{path} fits none of the choices", "{path} 不符合任何一种可选结构"};
  if (keyword == "oneOf") return {"{path} does not fit exactly one of the choices", "{path} 没有恰好符合一种可选结构"};
  if (keyword == "anyOf") return {"{path} fits none of the choices", "{path} 不符合任何一种可选结构"};
  if (keyword == "not") return {"{path} is what the contract rules out: {actual}", "{path} 是约定排除的值：{actual}"};
  if (keyword == "uniqueItems") return {"{path} is there twice: {actual}", "{path} 重复出现：{actual}"};
  if (keyword == "contains") return {"{path} has no element of the kind it must contain", "{path} 中没有必须包含的元素"};
  return {"{path} must not be there", "{path} 不应出现"};
}

constexpr Words words_of(NotChecked reason) {
  switch (reason) {
    case NotChecked::remote_reference: return {"the reference {value} leads to a document that is not here, and nothing is fetched", "引用 {value} 指向未提供的文档，程序不会去下载"};
    case NotChecked::unresolved_reference: return {"the reference {value} leads nowhere", "引用 {value} 找不到目标"};
    case NotChecked::circular_reference: return {"the reference {value} comes back to itself", "引用 {value} 指回自身"};
    case NotChecked::pattern: return {"the pattern {value} cannot be run here", "正则 {value} 无法在这里执行"};
    case NotChecked::number: return {"multipleOf {value} has too many digits", "multipleOf {value} 位数过多"};
    case NotChecked::too_deep: return {"nothing below this depth was checked", "嵌套过深，更深处未检查"};
    case NotChecked::too_much_work: return {"the contract asks for too much work; the rest was not checked", "约定的检查量过大，其余部分未检查"};
    case NotChecked::no_json: return {"the {value} is no JSON", "{value} 不是 JSON"};
    case NotChecked::no_operation: return {"the OpenAPI document has no operation for {value}", "OpenAPI 文档中没有 {value} 这个操作"};
    case NotChecked::no_response: return {"the OpenAPI document says nothing about this status: {value}", "OpenAPI 文档没有说明该状态码：{value}"};
    case NotChecked::no_schema: return {"the OpenAPI document has no schema for this media type: {value}", "OpenAPI 文档没有该媒体类型的结构：{value}"};
  }
  return {};
}

constexpr Words words_of(SchemaTrouble trouble) {
  switch (trouble) {
    case SchemaTrouble::not_a_schema: return {"{value} is no schema: an object, true or false is needed", "{value} 不是 schema：应为对象、true 或 false"};
    case SchemaTrouble::unknown_type: return {"{value} is no type of JSON Schema", "{value} 不是 JSON Schema 的类型"};
    case SchemaTrouble::bad_keyword: return {"{value} is of the wrong kind for this keyword", "该关键字的值 {value} 类型不对"};
    case SchemaTrouble::bad_pattern: return {"{value} is no regular expression", "{value} 不是合法的正则"};
    case SchemaTrouble::unsupported_pattern: return {"{value} is a pattern that cannot be run here", "正则 {value} 无法在这里执行"};
    case SchemaTrouble::remote_reference: return {"{value} leads to a document that is not here, and nothing is fetched", "{value} 指向未提供的文档，程序不会去下载"};
    case SchemaTrouble::unresolved_reference: return {"{value} leads nowhere", "{value} 找不到目标"};
  }
  return {};
}

std::string put(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool filled = false;
    for (const auto& [name, value] : values) {
      if (text[at] != '{' || text.substr(at + 1, name.size()) != name || text.substr(at + 1 + name.size(), 1) != "}") continue;
      out += value;
      at += name.size() + 2;
      filled = true;
      break;
    }
    if (!filled) out += text[at++];
  }
  return out;
}

bool is_word(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '-' || (c & 0x80) != 0;
    if (!letter) return false;
  }
  return true;
}

}  // namespace

std::string pointer_path(std::string_view pointer) {
  std::string out = "$";
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/') == std::string_view::npos ? pointer.size() : pointer.find('/');
    std::string name;
    for (std::size_t i = 0; i < end; ++i) {
      const bool escape = pointer[i] == '~' && i + 1 < end;
      name += escape ? (pointer[++i] == '0' ? '~' : '/') : pointer[i];
    }
    pointer.remove_prefix(end);
    const bool index = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    out += index ? "[" + name + "]" : is_word(name) ? "." + name : "[\"" + name + "\"]";
  }
  return out;
}

std::string say_shape(const ShapeFinding& finding, Language language) {
  std::string out = put(words_of(finding).in(language), {{"path", pointer_path(finding.pointer)}, {"expected", finding.expected},
                                                         {"actual", finding.actual}, {"other", finding.near_miss}});
  // Where nothing says what was expected the sentence ends before it.
  for (const std::string_view hole : {",  expected", " expected", "，应为 "}) {
    if (finding.expected.empty() && finding.fault != ShapeFault::mismatch && out.ends_with(hole)) out.resize(out.size() - hole.size());
  }
  if (finding.count > 1) {
    const std::string times = std::to_string(finding.count);
    out += language == Language::en ? " (" + times + " times; this is the first)" : "（共 " + times + " 处，这是第一处）";
  }
  return out;
}

std::string say_unchecked(const Unchecked& item, Language language) {
  std::string value = item.value;
  if (item.reason == NotChecked::no_json && language == Language::zh) value = value == "body" ? "响应体" : "约定";
  return (language == Language::en ? "Not checked: " : "未检查：") + put(words_of(item.reason).in(language), {{"value", value}});
}

std::string say_schema_problem(const SchemaProblem& problem, Language language) {
  return put(words_of(problem.trouble).in(language), {{"value", problem.value}});
}

}  // namespace blindspot
