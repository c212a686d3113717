// How is a computed repair of a CORS exchange said? One row an edit, a caution, an obstacle, in both languages.
#include <string>

#include "core/cors/repair.hpp"
#include "core/explain/explanation.hpp"
#include "core/explain/words.hpp"

namespace blindspot {

namespace {

constexpr Words words_of(EditKind kind) {
  switch (kind) {
    case EditKind::answer: return {"answer with status {text}", "返回状态码 {text}"};
    case EditKind::set_status: return {"change the status to {text}", "把状态码改为 {text}"};
    case EditKind::append_header: return {"add {text}", "加上 {text}"};
    case EditKind::set_header: return {"replace by {text}", "改为 {text}"};
    case EditKind::remove_header: return {"remove {text}", "去掉 {text}"};
  }
  return {};
}

constexpr Words words_of(Caution caution) {
  switch (caution) {
    case Caution::vary_origin_needed: return {"Send Vary: Origin as well, or a cache hands one origin's answer to another", "同时返回 Vary: Origin，否则缓存会把给一个源的响应交给另一个源"};
    case Caution::never_reflect_any_origin: return {"With credentials, echo only origins from a fixed list, never whatever the request says", "携带凭据时只能回显固定名单里的源，不能请求里写什么就回显什么"};
    case Caution::null_origin_allowed: return {"Every sandboxed frame of every page has the origin null: allowing it allows them all", "任何页面的沙箱 iframe 的源都是 null：允许它就等于允许所有页面"};
    case Caution::redirect_taints_origin: return {"The origin is null because of the redirect: calling its target directly is the better way", "重定向使源变成了 null：直接请求重定向的目标更好"};
    case Caution::wildcard_narrowed: return {"* becomes one origin: list the others that rely on it", "* 变成了单个源：依赖它的其他源需要列入名单"};
    case Caution::other_origin_replaced: return {"Another origin stood there: choose the value by the request's Origin, from a list", "原来写的是另一个源：应按请求的 Origin 从名单中选择"};
    case Caution::wildcard_is_literal: return {"With credentials * is a name like any other and allows nothing", "携带凭据时 * 只是一个普通名称，什么也不允许"};
    case Caution::preflight_before_login: return {"OPTIONS carries no credentials: answer it before anybody has to log in", "OPTIONS 不带凭据：要在登录校验之前应答它"};
    case Caution::answer_assumed: return {"The record does not hold this answer: it has to carry these headers too", "记录中没有这个响应：它也必须带上这些响应头"};
    case Caution::resource_open_to_all: return {"Cross-Origin-Resource-Policy: cross-origin lets every page embed the answer", "Cross-Origin-Resource-Policy: cross-origin 允许任何页面嵌入该响应"};
    case Caution::cannot_be_exposed: return {"No server can let a page read Set-Cookie", "任何服务端都无法让页面读到 Set-Cookie"};
  }
  return {};
}

}  // namespace

std::string say_edit(const Edit& edit, Language language) {
  const bool of_status = edit.kind == EditKind::answer || edit.kind == EditKind::set_status;
  std::string text = of_status ? std::to_string(edit.status) : edit.name;
  if (!of_status && edit.kind != EditKind::remove_header) text += ": " + edit.value;
  return filled(words_of(edit.kind).in(language), {{"text", text}});
}

std::string say_caution(Caution caution, Language language) { return std::string(words_of(caution).in(language)); }

}  // namespace blindspot
