// The sentences for evidence, names and phrases. One row a thing, English and Chinese side by side; {subject} and {detail}
// are filled from the evidence.
#include "core/explain/words.hpp"

#include <utility>

namespace blindspot {

namespace {

constexpr Words words_of(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::status_seen: return {"The server answered with status {subject}", "服务器返回了状态码 {subject}"};
    case EvidenceKind::answer_read: return {"The page could read the whole answer ({subject} bytes)", "页面读到了完整的响应（{subject} 字节）"};
    case EvidenceKind::nothing_readable: return {"The page was told nothing: status 0, no headers", "页面什么也没得到：状态 0，没有响应头"};
    case EvidenceKind::head_seen_then_broke: return {"Status {subject} and {detail} body bytes arrived, then the call failed", "先收到状态码 {subject} 和 {detail} 字节响应体，随后调用失败"};
    case EvidenceKind::head_seen_then_silent: return {"Status {subject} and {detail} body bytes arrived, then nothing more", "先收到状态码 {subject} 和 {detail} 字节响应体，之后再无数据"};
    case EvidenceKind::own_limit: return {"The caller's own limit of {subject} ran out", "调用方自己设的 {subject} 时限已到"};
    case EvidenceKind::own_cancel: return {"The caller cancelled by itself ({subject})", "调用方主动取消（{subject}）"};
    case EvidenceKind::device_offline: return {"navigator.onLine is false", "navigator.onLine 为 false"};
    case EvidenceKind::same_origin: return {"Page and API have the same origin, so CORS plays no part", "页面与 API 同源，与 CORS 无关"};
    case EvidenceKind::cross_origin: return {"The call crosses origins: {subject} calls {detail}", "这是跨域调用：{subject} 请求 {detail}"};
    case EvidenceKind::no_tls: return {"The URL is http, so certificates play no part", "URL 是 http，与证书无关"};
    case EvidenceKind::uses_tls: return {"The URL is https, so a certificate is checked", "URL 是 https，会校验证书"};
    case EvidenceKind::preflight_needed: return {"The call needs a preflight: {subject} is not safelisted", "需要预检请求：{subject} 不在安全名单内"};
    case EvidenceKind::sent_origin_null: return {"The browser sent Origin: null", "浏览器发送的是 Origin: null"};
    case EvidenceKind::opaque_by_mode: return {"The answer is opaque: status 0, no headers, no body", "响应是不透明的：状态 0，没有响应头，没有响应体"};
    case EvidenceKind::mode_asked: return {"The caller asked for mode {subject}", "调用方指定了 {subject} 模式"};
    case EvidenceKind::credentials_included: return {"Credentials are included", "请求携带凭据"};
    case EvidenceKind::secure_page_plain_url: return {"The page is {subject}, the target {detail} is not encrypted", "页面是 {subject}，目标 {detail} 未加密"};
    case EvidenceKind::port_on_block_list: return {"Port {subject} is on the Fetch standard's list of blocked ports", "端口 {subject} 在 Fetch 标准的禁用端口名单上"};
    case EvidenceKind::url_refused: return {"The URL's {subject} cannot be parsed: {detail}", "URL 的 {subject} 部分无法解析：{detail}"};
    case EvidenceKind::method_refused: return {"{subject} is a method that a page may not send", "页面不允许发送 {subject} 方法"};
    case EvidenceKind::header_refused: return {"The header {subject} cannot be sent as written", "请求头 {subject} 的写法无法发送"};
    case EvidenceKind::scheme_refused: return {"A page cannot fetch {subject}: URLs", "页面无法请求 {subject}: 开头的 URL"};
    case EvidenceKind::reserved_name: return {"{subject} lies under a name reserved to have no address", "{subject} 属于保留域名，不会有地址"};
    case EvidenceKind::step_decided: return {"Step {subject} decided: {detail}", "由步骤 {subject} 判定：{detail}"};
    case EvidenceKind::server_sent: return {"The server sent {subject}: {detail}", "服务器返回 {subject}: {detail}"};
    case EvidenceKind::server_left_out: return {"The answer has no {subject}", "响应里没有 {subject}"};
    case EvidenceKind::journal_preflight_only: return {"The lab saw OPTIONS and no {subject}", "实验服务器收到 OPTIONS，没有收到 {subject}"};
    case EvidenceKind::journal_request: return {"The lab received {subject} and answered {detail}", "实验服务器收到 {subject}，返回 {detail}"};
    case EvidenceKind::wire_reset: return {"The server tore the connection down (RST)", "服务器重置了连接（RST）"};
    case EvidenceKind::wire_closed: return {"The server closed the connection after {subject} body bytes", "服务器发出 {subject} 字节响应体后关闭了连接"};
    case EvidenceKind::wire_stalled: return {"The server fell silent after {subject} body bytes, connection open", "服务器发出 {subject} 字节响应体后不再发送，连接未断"};
    case EvidenceKind::wire_silent: return {"The server read the request and answered nothing", "服务器读完请求后一直没有应答"};
    case EvidenceKind::wire_client_left: return {"The browser closed the connection after {subject}", "浏览器在 {subject} 后关闭了连接"};
    case EvidenceKind::wire_complete: return {"The server sent its whole answer", "服务器发出了完整的响应"};
    case EvidenceKind::wire_not_http: return {"The first bytes were no HTTP: {subject}", "最先收到的字节不是 HTTP：{subject}"};
    case EvidenceKind::wire_head_refused: return {"The head of the answer breaks HTTP's grammar", "响应头不符合 HTTP 语法"};
    case EvidenceKind::wire_redirects: return {"The server redirected {subject} times", "服务器连续重定向了 {subject} 次"};
    case EvidenceKind::place_known: return {"The lab keeps this address for exactly this fault: {subject}", "这个地址是实验服务器专为该故障准备的：{subject}"};
    case EvidenceKind::page_disagrees: return {"The wire shows a healthy answer, yet the page was refused it", "线路上的响应是正常的，页面却没有拿到"};
    case EvidenceKind::bytes_short: return {"{subject} of {detail} announced bytes arrived", "声明 {detail} 字节，只收到 {subject} 字节"};
    case EvidenceKind::content_type: return {"Content-Type is {subject}", "Content-Type 是 {subject}"};
    case EvidenceKind::body_empty: return {"The body has no bytes, or only white space", "响应体为空或只有空白"};
    case EvidenceKind::body_begins: return {"The body begins: {subject}", "响应体开头：{subject}"};
    case EvidenceKind::html_title: return {"The page's title is \"{subject}\"", "网页标题是“{subject}”"};
    case EvidenceKind::json_broken_at: return {"JSON breaks at line {subject}: {detail}", "JSON 在 {subject} 处出错：{detail}"};
    case EvidenceKind::json_remark_at: return {"It can be read; remarked at line {subject}: {detail}", "可以解析，但 {subject} 处有问题：{detail}"};
    case EvidenceKind::xml_root: return {"The root element is {subject}", "根元素是 {subject}"};
    case EvidenceKind::page_made_by: return {"The page looks like one of {subject}", "页面看起来出自 {subject}"};
    case EvidenceKind::page_asks_password: return {"The page asks for a password", "页面要求输入密码"};
    case EvidenceKind::body_says: return {"It says: {subject}", "内容写着：{subject}"};
    case EvidenceKind::encoding_seen: return {"By their pattern the bytes are {subject}", "从字节特征看，内容是 {subject}"};
    case EvidenceKind::dialect_seen: return {"Written as a literal of {subject}", "写法是 {subject} 的字面量"};
    case EvidenceKind::values_counted: return {"Values counted: {subject}", "共有 {subject} 个值"};
    case EvidenceKind::contract_wants: return {"The contract wants {subject}: {detail}", "约定要求 {subject}：{detail}"};
    case EvidenceKind::contract_got: return {"The answer has {subject}: {detail}", "实际返回 {subject}：{detail}"};
    case EvidenceKind::contract_not_checked: return {"The body is larger than {subject} MB, so it was not held against the contract", "响应体超过 {subject} MB，未按数据约定检查"};
    case EvidenceKind::in_elements: return {"The same in {subject} elements", "{subject} 个元素都是如此"};
    case EvidenceKind::program_threw: return {"Your program threw: {subject}", "程序抛出的错误：{subject}"};
    case EvidenceKind::answer_is: return {"The answer as a whole is of type {subject}", "整个响应的类型是 {subject}"};
    case EvidenceKind::answer_has: return {"The answer holds this name at {subject}; its type there: {detail}", "响应中这个字段在 {subject}，类型是 {detail}"};
    case EvidenceKind::answer_lacks: return {"Nothing in the answer is called {subject}", "响应里没有名为 {subject} 的字段"};
    case EvidenceKind::near_name: return {"A similar name is there: {subject}", "有一个相近的字段名：{subject}"};
    case EvidenceKind::envelope_says: return {"The body says: {subject} {detail}", "响应体写着：{subject} {detail}"};
    case EvidenceKind::retry_after: return {"Retry-After: {subject}", "Retry-After: {subject}"};
    case EvidenceKind::challenge: return {"WWW-Authenticate: {subject}", "WWW-Authenticate: {subject}"};
    case EvidenceKind::probe_readable: return {"A plain GET without headers and credentials was readable (status {subject})", "不带自定义请求头和凭据的 GET 可以读到响应（状态码 {subject}）"};
    case EvidenceKind::probe_opaque: return {"A no-cors GET got an answer: the server is there, CORS hides it", "no-cors 的 GET 有应答：服务器在，是 CORS 挡住了"};
    case EvidenceKind::probe_redirect: return {"The URL answers with a redirect", "这个 URL 返回重定向"};
    case EvidenceKind::probe_rejected: return {"A no-cors GET failed as well: CORS is not what stops it", "no-cors 的 GET 同样失败：不是 CORS 的问题"};
    case EvidenceKind::root_answers: return {"The origin's root answers, so name, port and certificate work", "该源的根路径有应答，域名、端口和证书都正常"};
    case EvidenceKind::root_silent: return {"The origin's root fails too", "该源的根路径也失败"};
    case EvidenceKind::others_look_alike: return {"{subject} other causes look exactly the same to a page", "在页面看来，另有 {subject} 种原因与此完全一样"};
  }
  return {};
}

struct SlotRow {
  std::string_view name;
  Words phrase;
};

// What stands for a slot whose value is not known. Sentences must read well with it.
constexpr std::array slot_rows = {
    SlotRow{"method", {"the request's method", "该请求的方法"}},
    SlotRow{"url", {"the URL", "该 URL"}},
    SlotRow{"host", {"the host", "该主机"}},
    SlotRow{"port", {"the port", "该端口"}},
    SlotRow{"request_origin", {"the API's origin", "API 的源"}},
    SlotRow{"page_origin", {"the page's origin", "页面的源"}},
    SlotRow{"status", {"an unknown status", "未知状态码"}},
    SlotRow{"header", {"a request header", "某个请求头"}},
    SlotRow{"value", {"its value", "该值"}},
    SlotRow{"allow_origin", {"another origin", "另一个源"}},
    SlotRow{"allow_methods", {"other methods", "其他方法"}},
    SlotRow{"allow_headers", {"other headers", "其他请求头"}},
    SlotRow{"content_type", {"another type", "另一种类型"}},
    SlotRow{"limit", {"the time limit", "时限"}},
    SlotRow{"elapsed", {"some time", "一段时间"}},
    SlotRow{"bytes_got", {"some", "部分"}},
    SlotRow{"bytes_announced", {"the announced number of", "声明的"}},
    SlotRow{"line", {"?", "?"}},
    SlotRow{"column", {"?", "?"}},
    SlotRow{"offset", {"some byte", "某个字节"}},
    SlotRow{"path", {"some place", "某处"}},
    SlotRow{"field", {"a field", "某个字段"}},
    SlotRow{"expected", {"another type", "另一种类型"}},
    SlotRow{"actual", {"something else", "别的类型"}},
    SlotRow{"business_code", {"an error code", "错误码"}},
    SlotRow{"business_message", {"a message", "错误信息"}},
};

// The first byte of a Han character (or of full-width punctuation) in UTF-8.
bool begins_han(std::string_view text) {
  const unsigned char lead = text.empty() ? 0 : static_cast<unsigned char>(text[0]);
  return lead >= 0xE3 && lead <= 0xEF;
}

bool ends_in_han(std::string_view text) { return text.size() >= 3 && begins_han(text.substr(text.size() - 3)); }

// Pages set a space between Han and Latin; where the value turns out to be Han itself, the space has no business there.
void append_value(std::string& out, std::string_view value, std::string_view& rest) {
  if (begins_han(value) && out.ends_with(' ') && ends_in_han(std::string_view(out).substr(0, out.size() - 1))) out.pop_back();
  out += value;
  if (ends_in_han(value) && rest.starts_with(' ') && begins_han(rest.substr(1))) rest.remove_prefix(1);
}

}  // namespace

std::string filled(std::string_view text, const Slots& slots) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '{') {
      const std::size_t end = text.find('}', at);
      if (end != std::string_view::npos) {
        if (auto found = slots.find(std::string(text.substr(at + 1, end - at - 1))); found != slots.end()) {
          std::string_view rest = text.substr(end + 1);
          append_value(out, found->second, rest);
          at = text.size() - rest.size();
          continue;
        }
      }
    }
    out += text[at++];
  }
  return out;
}

std::string_view language_tag(Language language) { return language == Language::en ? "en" : "zh-CN"; }

const std::vector<std::string_view>& all_slots() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    for (const SlotRow& row : slot_rows) list.push_back(row.name);
    return list;
  }();
  return names;
}

std::string fill_slots(std::string_view text, const Slots& slots, Language language) {
  Slots all;
  for (const SlotRow& row : slot_rows) all[std::string(row.name)] = row.phrase.in(language);
  for (const auto& [name, value] : slots)
    if (!value.empty()) all[name] = value;
  return filled(text, all);
}

Slots slots_of(const Request& request) {
  Slots slots;
  slots["method"] = normalize_method(request.method);
  if (!request.url.host.empty()) {
    slots["url"] = serialize_url(request.url);
    slots["host"] = request.url.host;
    slots["port"] = std::to_string(effective_port(request.url));
    slots["request_origin"] = serialize_origin(origin_of(request.url));
  }
  slots["page_origin"] = serialize_origin(request.page.origin);
  if (request.time_limit_ms > 0)
    slots["limit"] = request.time_limit_ms % 1000 == 0 ? std::to_string(request.time_limit_ms / 1000) + " s"
                                                       : std::to_string(request.time_limit_ms) + " ms";
  return slots;
}

std::string say_evidence(const Evidence& evidence, Language language) {
  std::string text = filled(words_of(evidence.kind).in(language), {{"subject", evidence.subject}, {"detail", evidence.detail}});
  // Nor may an empty part leave two spaces where it stood.
  if (const std::size_t hole = text.find("  "); evidence.subject.empty() && hole != std::string::npos) text.erase(hole, 1);
  // A sentence whose last part stayed empty must not end in the middle.
  for (std::string_view tail : {"()", "（）", " ", ":", "："})
    if (text.ends_with(tail)) text.resize(text.size() - tail.size());
  return text;
}

std::string say_family(Family family, Language language) {
  constexpr std::array<Words, 9> names = {{{"Healthy", "正常"}, {"The request itself", "请求本身"}, {"Network", "网络"}, {"Certificate and TLS", "证书与 TLS"},
                                           {"Cross-origin", "跨域"}, {"The back end says no", "后端拒绝"}, {"Data format", "数据格式"},
                                           {"Data contract", "数据约定"}, {"Unknown", "未知"}}};
  return std::string(names[static_cast<std::size_t>(family)].in(language));
}

std::string say_ruled_out(const RuledOut& item, Language language) {
  return say_family(item.family, language) + (language == Language::en ? ": " : "：") + say_evidence(item.because, language);
}

std::string say_certainty(Certainty certainty, Language language) {
  constexpr std::array<Words, 3> names = {{{"certain", "确定"}, {"likely", "很可能"}, {"possible", "有可能"}}};
  return std::string(names[static_cast<std::size_t>(certainty)].in(language));
}

std::string say_outcome(Outcome outcome, Language language) {
  constexpr std::array<Words, 6> names = {{{"answered", "有响应"}, {"opaque answer", "不透明响应"}, {"failed", "失败"}, {"cancelled", "已取消"},
                                           {"time limit ran out", "超时"}, {"never sent", "未发出"}}};
  return std::string(names[static_cast<std::size_t>(outcome)].in(language));
}

std::string say_question(Question question, Language language) {
  switch (question) {
    case Question::open_console: return std::string(Words{"Open the browser's console (F12): it prints the reason that the page is not given.", "打开浏览器控制台（F12）：那里会写出页面拿不到的原因。"}.in(language));
    case Question::ask_with_curl: return std::string(Words{"Ask the same URL with curl -v: it says how far the connection came.", "用 curl -v 请求同一个 URL：它会显示连接进行到了哪一步。"}.in(language));
    case Question::send_probes: return std::string(Words{"Three plain GET requests would tell most of these apart. They are listed below and sent only when you ask for it.", "再发三个普通 GET 就能区分其中大部分原因。它们列在下方，由你决定是否发送。"}.in(language));
    case Question::check_certificate: return std::string(Words{"Open the URL in a tab of its own: the browser then names what is wrong with the certificate.", "在新标签页中打开该 URL：浏览器会指出证书的问题。"}.in(language));
  }
  return {};
}

}  // namespace blindspot
