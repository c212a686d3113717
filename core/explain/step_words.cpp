// What does a step of the CORS trace say? One row a step: the sentence when it passed and when it failed, in both languages;
// {subject} is what was looked at, {wanted} what would have passed.
#include <string>

#include "core/cors/steps.hpp"
#include "core/explain/explanation.hpp"
#include "core/explain/words.hpp"

namespace blindspot {

namespace {

struct StepRow {
  StepId id;
  Words passed, failed;
};

// The CORS check reads the same for a preflight's answer and for the answer itself.
constexpr Words allow_origin_there = {"An origin is allowed: {subject}", "响应允许了一个源：{subject}"};
constexpr Words allow_origin_absent = {"The answer has no Access-Control-Allow-Origin; {wanted} would do", "响应里没有 Access-Control-Allow-Origin，值应为 {wanted}"};
constexpr Words wildcard_enough = {"* lets every page read what was asked for without credentials", "请求不带凭据，* 允许任何页面读取"};
constexpr Words origin_equal = {"It is the page's origin, byte for byte", "与页面的源逐字节相同"};
constexpr Words origin_differs = {"{subject} is not the page's origin {wanted}", "{subject} 不是页面的源 {wanted}"};
constexpr Words no_credentials = {"No credentials are included: that is enough", "请求不带凭据，这样就够了"};
constexpr Words credentials_allowed = {"Credentials are allowed: {subject}", "允许携带凭据：{subject}"};
constexpr Words credentials_refused = {"Credentials are included, so Access-Control-Allow-Credentials has to be exactly {wanted}; found: {subject}",
                                       "请求携带凭据，Access-Control-Allow-Credentials 必须正好是 {wanted}，实际为：{subject}"};

constexpr StepRow rows[] = {
    {step::request_url, {"The URL can be called: {subject}", "URL 可以请求：{subject}"}, {"This URL cannot be called: {subject}", "这个 URL 不能请求：{subject}"}},
    {step::request_method, {"The method may be sent: {subject}", "方法可以发送：{subject}"}, {"A page may not send the method {subject}", "页面不允许发送 {subject} 方法"}},
    {step::request_header, {"The header can be sent: {subject}", "请求头可以发送：{subject}"}, {"This header cannot be sent as written: {subject}", "这个请求头的写法无法发送：{subject}"}},
    {step::request_scheme, {"The scheme can be fetched: {subject}", "协议可以请求：{subject}"}, {"A page cannot fetch {subject}: URLs", "页面无法请求 {subject}: 开头的 URL"}},
    {step::request_port, {"Port {subject} is not blocked", "端口 {subject} 未被禁用"}, {"Port {subject} is on the Fetch standard's list of blocked ports", "端口 {subject} 在 Fetch 标准的禁用端口名单上"}},
    {step::request_mixed_content, {"No mixed content", "不是混合内容"}, {"Mixed content: a page on https may not call {subject}", "混合内容：https 页面不能请求 {subject}"}},
    {step::request_cancelled, {"The caller did not cancel", "调用方没有取消"}, {"The caller cancelled", "调用方取消了请求"}},
    {step::request_not_sent, {"It was sent", "已发出"}, {"The browser holds it back: {subject} is not asked", "浏览器没有发出请求：{subject}"}},
    {step::mode_same_origin, {"It stays within the origin", "没有离开本源"}, {"Mode same-origin forbids {subject}; the page is {wanted}", "same-origin 模式不允许访问 {subject}，页面的源是 {wanted}"}},
    {step::mode_no_cors, {"Mode no-cors: the answer (status {subject}) arrives, and nothing of it can be read", "no-cors 模式：响应（状态码 {subject}）会到达，但内容不可读"},
     {"Mode no-cors does not allow {subject}, only {wanted}", "no-cors 模式不允许 {subject}，只允许 {wanted}"}},
    {step::local_network_secure_context, {"The page is secure, so it may ask for the local network", "页面是安全上下文，可以申请访问本地网络"}, {"Only a page on https may call into the local network", "只有 https 页面才能访问本地网络"}},
    {step::local_network_permission, {"The person allowed the local network", "用户已允许访问本地网络"}, {"The person did not allow this page into the local network", "用户没有允许该页面访问本地网络"}},
    {step::local_network_address_space, {"The server stands in the network the caller named", "服务器位于调用方声明的网络"}, {"The server stands in another network than the caller named: {subject}", "服务器不在调用方声明的网络中：{subject}"}},
    {step::preflight_needed_method, {"The method {subject} is none of {wanted}: a preflight is needed", "方法 {subject} 不在 {wanted} 之列，需要预检请求"}, {}},
    {step::preflight_needed_header, {"Not safelisted, so a preflight is needed: {subject}", "不在安全名单内，需要预检请求：{subject}"}, {}},
    {step::preflight_needed_size, {"Longer than {wanted} bytes together, so a preflight is needed: {subject}", "合计超过 {wanted} 字节，需要预检请求：{subject}"}, {}},
    {step::preflight_needed_upload_listeners, {"The upload's progress is listened to: a preflight is needed", "监听了上传进度，需要预检请求"}, {}},
    {step::preflight_cached, {"An earlier preflight's answer still counts", "之前的预检结果仍在缓存中，无需再次预检"}, {}},
    {step::preflight_assumed, {"The preflight's answer is not known; the request went on, so it was content", "预检响应未知；请求继续了，说明预检已通过"}, {}},
    {step::preflight_network, {"The preflight was answered: {subject}", "预检请求有响应：{subject}"}, {"The preflight got no usable answer: {subject}", "预检请求没有得到可用的响应：{subject}"}},
    {step::preflight_cors_check_2, allow_origin_there, allow_origin_absent},
    {step::preflight_cors_check_3, wildcard_enough, {}},
    {step::preflight_cors_check_4, origin_equal, origin_differs},
    {step::preflight_cors_check_5, no_credentials, {}},
    {step::preflight_cors_check_7, credentials_allowed, {}},
    {step::preflight_cors_check_8, {}, credentials_refused},
    {step::preflight_status, {"The preflight's status {subject} is within {wanted}", "预检响应的状态码 {subject} 在 {wanted} 之内"}, {"The preflight's status is {subject}; it has to be within {wanted}", "预检响应的状态码是 {subject}，必须在 {wanted} 之内"}},
    {step::preflight_lists, {"The preflight's lists can be read", "预检响应的列表可以解析"}, {"This is no list of tokens, so nothing is allowed: {subject}", "这不是合法的 token 列表，因此什么都不允许：{subject}"}},
    {step::preflight_methods, {"The method {wanted} is allowed", "方法 {wanted} 被允许"}, {"The method {wanted} is not allowed: {subject}", "方法 {wanted} 未被允许：{subject}"}},
    {step::preflight_non_wildcard, {"Authorization is named", "已明确列出 Authorization"}, {"* does not stand for Authorization, which has to be named", "* 不包含 Authorization，必须明确列出"}},
    {step::preflight_headers, {"The header {wanted} is allowed", "请求头 {wanted} 被允许"}, {"The header {wanted} is not allowed: {subject}", "请求头 {wanted} 未被允许：{subject}"}},
    {step::network_offline, {"There is a network", "网络可用"}, {"The device has no network", "设备没有网络"}},
    {step::network_name, {"The name has an address", "域名可以解析"}, {"The name has no address", "域名没有地址"}},
    {step::network_connect, {"The server is reached: {subject}", "已连接服务器：{subject}"}, {"No connection: {subject}", "无法连接：{subject}"}},
    {step::network_tls, {"The TLS handshake succeeds", "TLS 握手成功"}, {"The TLS handshake fails: {subject}", "TLS 握手失败：{subject}"}},
    {step::network_head, {"The server answered: {subject}", "服务器返回：{subject}"}, {"No usable answer came: {subject}", "没有得到可用的响应：{subject}"}},
    {step::network_body, {"The body came to its end", "响应体已完整到达"}, {"The body broke off: {subject} of {wanted} bytes", "响应体中断：{wanted} 字节中只到达 {subject} 字节"}},
    {step::cors_check_2, allow_origin_there, allow_origin_absent},
    {step::cors_check_3, wildcard_enough, {}},
    {step::cors_check_4, origin_equal, origin_differs},
    {step::cors_check_5, no_credentials, {}},
    {step::cors_check_7, credentials_allowed, {}},
    {step::cors_check_8, {}, credentials_refused},
    {step::resource_policy, {"Cross-Origin-Resource-Policy lets it in", "Cross-Origin-Resource-Policy 允许"}, {"Cross-Origin-Resource-Policy keeps it out: {subject}", "Cross-Origin-Resource-Policy 拒绝：{subject}"}},
    {step::redirect_error, {}, {"Redirect mode error meets a redirect: {subject}", "redirect 模式为 error，却遇到重定向：{subject}"}},
    {step::redirect_manual, {"Redirect mode manual: an opaque redirect ({subject}), of which nothing can be read", "redirect 模式为 manual：得到不透明重定向（{subject}），内容不可读"}, {}},
    {step::redirect_location, {"The redirect leads to {subject}", "重定向到 {subject}"}, {"Location cannot be followed: {subject}", "Location 无法跟随：{subject}"}},
    {step::redirect_scheme, {"Its scheme can be fetched", "其协议可以请求"}, {"A redirect may only lead to http or https: {subject}", "只能重定向到 http 或 https：{subject}"}},
    {step::redirect_count, {"Redirect number {subject} of at most {wanted}", "第 {subject} 次重定向，最多 {wanted} 次"}, {"More than {wanted} redirects", "重定向超过 {wanted} 次"}},
    {step::redirect_credentials, {"No user and password in the redirect's URL", "重定向的 URL 不含用户名和密码"}, {"A cross-origin redirect may not carry user and password in its URL: {subject}", "跨域重定向的 URL 不能带用户名和密码：{subject}"}},
    {step::redirect_port, {"Its port {subject} is not blocked", "其端口 {subject} 未被禁用"}, {"The redirect leads to port {subject}, which is blocked", "重定向到被禁用的端口 {subject}"}},
    {step::redirect_mixed_content, {"No mixed content on the way", "途中没有混合内容"}, {"Mixed content: the redirect leads a page on https to {subject}", "混合内容：https 页面被重定向到 {subject}"}},
    {step::done, {"The page may read the answer (status {subject})", "页面可以读取响应（状态码 {subject}）"}, {}},
};

// A header's name alone stands for a header that was not there.
std::string subject_of(const StepTaken& taken, Language language) {
  constexpr Words absent = {" is absent", " 缺失"};
  const bool bare = !taken.passed && taken.subject.starts_with("Access-Control-") && taken.subject.find(':') == std::string::npos;
  return bare ? taken.subject + std::string(absent.in(language)) : taken.subject;
}

}  // namespace

std::string say_step(const StepTaken& taken, Language language) {
  for (const StepRow& row : rows) {
    if (row.id != taken.id) continue;
    const std::string_view text = (taken.passed ? row.passed : row.failed).in(language);
    return filled(text, {{"wanted", taken.wanted}, {"subject", subject_of(taken, language)}});
  }
  return taken.subject;
}

}  // namespace blindspot
