// One row a cause, English and Chinese side by side, as in words.cpp.
#include "core/explain/json_words.hpp"

namespace blindspot {

Words json_fault_words(JsonFault fault) {
  switch (fault) {
    case JsonFault::empty: return {"there is no text: nothing, or only white space", "没有内容：空的，或者只有空白"};
    case JsonFault::html: return {"an HTML page stands where JSON was expected", "这里应该是 JSON，来的却是一张 HTML 网页"};
    case JsonFault::xml: return {"XML stands where JSON was expected", "这里应该是 JSON，来的却是 XML"};
    case JsonFault::plain_text: return {"plain words stand where JSON was expected", "这里应该是 JSON，来的却是一段普通文字"};
    case JsonFault::truncated: return {"the text ends in the middle of a value", "文本在一个值的中间就断了"};
    case JsonFault::trailing_comma: return {"a comma stands before a closing bracket", "右括号前多了一个逗号"};
    case JsonFault::missing_comma: return {"a comma is missing between two members or elements", "两个成员或元素之间少了逗号"};
    case JsonFault::missing_colon: return {"the colon between name and value is missing", "字段名和值之间少了冒号"};
    case JsonFault::single_quotes: return {"a string is quoted by something other than \"", "字符串用的不是英文双引号 \""};
    case JsonFault::unquoted_key: return {"a member's name has no quotes", "字段名没有加引号"};
    case JsonFault::comment: return {"a comment; JSON has none", "这里有注释，JSON 不允许注释"};
    case JsonFault::literal_case: return {"JSON writes true, false and null in lower case", "JSON 只认小写的 true、false、null"};
    case JsonFault::not_a_number: return {"NaN and Infinity do not exist in JSON", "JSON 里没有 NaN 和 Infinity"};
    case JsonFault::undefined_literal: return {"undefined, or an object that was turned into text", "这里是 undefined，或者对象被直接转成了字符串"};
    case JsonFault::number_format: return {"a number as JSON does not write it", "这个数字的写法 JSON 不认识"};
    case JsonFault::control_character: return {"a line break or control character stands raw in a string", "字符串里直接出现了换行或控制字符，没有转义"};
    case JsonFault::bad_escape: return {"an escape that JSON does not know", "JSON 不认识这个转义"};
    case JsonFault::text_before: return {"something stands before the JSON", "JSON 前面多了别的内容"};
    case JsonFault::text_after: return {"something stands after the JSON", "JSON 后面多了别的内容"};
    case JsonFault::concatenated: return {"several JSON values stand one after the other", "好几个 JSON 值连在了一起"};
    case JsonFault::bom: return {"a byte order mark, which is invisible", "有一个看不见的字节顺序标记（BOM）"};
    case JsonFault::callback: return {"a function call wraps the JSON (JSONP)", "JSON 外面包了一层函数调用（JSONP）"};
    case JsonFault::guard_prefix: return {"a prefix that keeps scripts from reading it stands before the JSON", "JSON 前面有防劫持前缀"};
    case JsonFault::event_stream: return {"this is a stream of events (data: ...)", "这是事件流（data: ...）"};
    case JsonFault::form_encoded: return {"this is form data (a=1&b=2)", "这是表单数据（a=1&b=2）"};
    case JsonFault::binary: return {"these bytes are no text", "这些字节不是文本"};
    case JsonFault::invalid_utf8: return {"these bytes are not UTF-8", "这些字节不是 UTF-8"};
    case JsonFault::not_serializable: return {"a value that has no JSON form", "这个值没有对应的 JSON 写法"};
    case JsonFault::syntax: return {"this cannot stand here", "这里不该出现这个"};
    case JsonFault::lone_surrogate: return {"half of a surrogate pair: no character", "只有半个代理对，不构成字符"};
    case JsonFault::duplicate_key: return {"this name occurs twice in one object; the last one wins in JavaScript", "同一个对象里字段名重复，JavaScript 以最后一个为准"};
    case JsonFault::big_integer: return {"an integer beyond 2^53 - 1 loses digits in JavaScript", "整数超过 2^53 - 1，在 JavaScript 里会丢失精度"};
    case JsonFault::too_deep: return {"nested so deep that some readers refuse it", "嵌套太深，有的解析器会拒绝"};
    case JsonFault::double_encoded: return {"a string that itself holds JSON: parse it once more, or encode it once less", "字符串里又是一段 JSON：多解析一次，或者少编码一次"};
  }
  return {};
}

Words json_phrase(JsonPhrase phrase) {
  switch (phrase) {
    case JsonPhrase::valid: return {"valid JSON", "是合法的 JSON"};
    case JsonPhrase::broken: return {"not JSON", "不是合法的 JSON"};
    case JsonPhrase::faults: return {"faults: ", "错误数："};
    case JsonPhrase::repairable: return {"can be repaired", "可以修复"};
    case JsonPhrase::not_repairable: return {"nothing to repair it into", "无法修复"};
    case JsonPhrase::warning: return {"warning", "警告"};
    case JsonPhrase::line: return {"line ", "第 "};
    case JsonPhrase::column: return {", column ", " 行，第 "};
    case JsonPhrase::insert: return {"insert ", "插入 "};
    case JsonPhrase::remove: return {"remove ", "删除 "};
    case JsonPhrase::replace: return {"replace ", "替换 "};
    case JsonPhrase::by: return {" by ", " 为 "};
    case JsonPhrase::bytes: return {" bytes", " 字节"};
    case JsonPhrase::encoding: return {"encoding: ", "编码："};
    case JsonPhrase::page_title: return {"title: ", "标题："};
    case JsonPhrase::made_by: return {"made by: ", "来自："};
    case JsonPhrase::login_page: return {"it asks for a password: a login page", "页面要求输入密码：这是登录页"};
    case JsonPhrase::says: return {"it says: ", "内容："};
    case JsonPhrase::messages: return {"messages or values: ", "消息或值的个数："};
    case JsonPhrase::dialect: return {"written as in: ", "写法来自："};
    case JsonPhrase::sees: return {"What the caller's code sees", "调用方的代码看到的是"};
    case JsonPhrase::gets_text: return {"no error; the data is a string", "不报错，但拿到的是字符串"};
    case JsonPhrase::gets_value: return {"no error", "不报错"};
    case JsonPhrase::more: return {"further faults are counted only: ", "其余错误只计数："};
    case JsonPhrase::repaired_text: return {"Repaired", "修复后"};
  }
  return {};
}

}  // namespace blindspot
