// The words of the page's own controls. One line holds both languages, so leaving one out does not compile.
#pragma once

#include <string>

#include "core/explain/words.hpp"

namespace blindspot {

#define BLINDSPOT_LABELS(X)                                                                                        \
  X(send, "Send", "发送")                                                                                          \
  X(cancel, "Cancel", "取消")                                                                                      \
  X(screen_send, "Send", "发送")                                                                                   \
  X(screen_catalogue, "Catalogue", "故障目录")                                                                     \
  X(theme_button, "Theme", "主题")                                                                                 \
  X(theme_system, "Auto", "自动")                                                                                  \
  X(theme_light, "Light", "浅色")                                                                                  \
  X(theme_dark, "Dark", "深色")                                                                                    \
  X(lab_there, "Lab", "实验服务器")                                                                                \
  X(lab_missing, "No lab", "没有实验服务器")                                                                       \
  X(request, "Request", "请求")                                                                                    \
  X(method, "Method", "请求方法")                                                                                  \
  X(url, "URL", "URL")                                                                                             \
  X(url_hint, "https://api.example.com/orders", "https://api.example.com/orders")                                  \
  X(tab_query, "Query", "查询参数")                                                                                \
  X(tab_headers, "Headers", "请求头")                                                                              \
  X(tab_body, "Body", "请求体")                                                                                    \
  X(tab_contract, "Contract", "数据约定")                                                                          \
  X(tab_options, "Options", "选项")                                                                                \
  X(name, "Name", "名称")                                                                                          \
  X(value, "Value", "值")                                                                                          \
  X(remove, "Remove", "删除")                                                                                      \
  X(body_hint, "Request body, sent as it stands", "请求体，原样发送")                                              \
  X(contract_hint, "JSON Schema that the answer should satisfy (optional)", "响应应符合的 JSON Schema（可不填）")  \
  X(include_credentials, "Include credentials (cookies)", "携带凭据（Cookie）")                                    \
  X(credentials_note, "Off: a cross-origin call carries none; a same-origin call carries its cookies, XMLHttpRequest cannot leave them out.", "关闭时：跨域调用不携带凭据；同源调用总会带上 Cookie，XMLHttpRequest 无法去掉。") \
  X(time_limit, "Time limit", "超时时间")                                                                          \
  X(seconds, "s", "秒")                                                                                            \
  X(new_request, "New request", "新建请求")                                                                        \
  X(start_with_a_fault, "Start with a fault", "从一个故障开始")                                                    \
  X(group_network, "Network", "网络")                                                                              \
  X(group_status, "The back end says no", "后端拒绝")                                                              \
  X(group_cors, "Cross-origin", "跨域")                                                                            \
  X(group_body, "Data format", "数据格式")                                                                         \
  X(group_tls, "Certificates", "证书")                                                                             \
  X(group_request, "The request itself", "请求本身")                                                               \
  X(group_ok, "Healthy", "正常")                                                                                   \
  X(all_faults, "All faults", "查看全部故障")                                                                        \
  X(empty_title, "See why an API call failed", "看清 API 调用为什么失败")                                          \
  X(empty_sentence, "A page is told almost nothing when a call fails. Blindspot sends the real call, shows both ends of the wire, and names the cause.", "调用失败时，页面几乎得不到任何信息。Blindspot 会真实地发出请求，展示线路两端，并指出原因。") \
  X(empty_step, "Type the URL of the call that fails and press Send, or pick a fault from the list to see one happen.", "输入失败的请求 URL 并点击“发送”，或从故障列表里选一个，亲眼看它发生。") \
  X(blind_spot_foot, "This is all a page is told. The part in the middle is its blind spot.", "页面只能知道这些。中间那一段就是它的盲区。") \
  X(copy_link, "Copy link", "复制链接")                                                                             \
  X(ready_sentence, "Press Send: the call goes to the lab for real, and what happens is shown here.", "点击“发送”：请求会真实地发往实验服务器，结果显示在这里。") \
  X(ready_needs_lab, "No lab answers beside this page, so this fault cannot be played here. Start one with ./run.", "本页旁没有实验服务器，无法重现这个故障。可用 ./run 启动。") \
  X(ready_needs_https, "This one needs a page on https. Open this page at the lab's https address and run it there:", "这个故障需要 https 页面。请用实验服务器的 https 地址打开本页再运行：") \
  X(ready_needs_offline, "For this one, turn the network off first (the browser's tools have a switch), then press Send.", "请先断开网络（开发者工具里有离线开关），再点击“发送”。") \
  X(ready_needs_trust, "The healthy twin needs a browser that trusts the lab's own certificate authority: fetch it at /ca.pem.", "正确版本需要浏览器信任实验服务器自己的 CA：可在 /ca.pem 下载。") \
  X(good_twin, "healthy twin", "正确版本")                                                                         \
  X(sending_title, "Waiting for the answer", "等待响应")                                                           \
  X(hidden_reason_title, "The browser hides the reason: {n} causes fit", "浏览器隐藏了原因：有 {n} 种可能")        \
  X(most_often, "Most often:", "最常见：")                                                                         \
  X(candidates, "Causes that fit", "可能的原因")                                                                   \
  X(witness_page, "The page alone", "仅凭页面")                                                                    \
  X(witness_wire, "With the lab's journal", "结合实验服务器日志")                                                  \
  X(both_ends, "Both ends of the wire", "线路两端")                                                                \
  X(lane_code, "Your code", "你的代码")                                                                            \
  X(lane_browser, "Browser", "浏览器")                                                                             \
  X(lane_server, "Server", "服务器")                                                                               \
  X(why_we_say_so, "Why we say so", "判断依据")                                                                    \
  X(ruled_out, "Ruled out", "已排除")                                                                              \
  X(next_look, "Next look", "下一步")                                                                              \
  X(probes, "Probes", "探测请求")                                                                                  \
  X(send_probes, "Send these 3 GET requests", "发送这 3 个 GET 请求")                                              \
  X(probes_running, "Asking...", "探测中……")                                                                       \
  X(probes_done, "Probes were sent; their results count above.", "探测已完成，结果已计入上面的判断。")             \
  X(why, "Why it happens", "原因")                                                                                 \
  X(effect, "What the user meets", "对用户的影响")                                                                 \
  X(confirm, "How to confirm", "如何验证")                                                                         \
  X(mini_program, "In a WeChat mini program", "在微信小程序中")                                                    \
  X(fix_server, "Smallest fix, on the server", "最小修复（服务端）")                                               \
  X(fix_caller, "In the calling code", "调用方代码")                                                               \
  X(copy, "Copy", "复制")                                                                                          \
  X(copied, "Copied", "已复制")                                                                                    \
  X(copy_failed, "Select and copy by hand", "请手动选择复制")                                                      \
  X(run_good_twin, "Load the healthy twin", "载入正确版本")                                                        \
  X(back_to_fault, "Load the fault again", "重新载入故障")                                                         \
  X(page_saw, "What the page's code saw", "页面代码看到的")                                                        \
  X(status, "Status", "状态码")                                                                                    \
  X(response_body, "Body", "响应体")                                                                               \
  X(response_headers, "Headers", "响应头")                                                                         \
  X(events, "Events", "事件")                                                                                      \
  X(nothing, "nothing", "无")                                                                                      \
  X(no_body, "No body reached the page.", "页面没有收到响应体。")                                                  \
  X(no_headers, "No response header reached the page.", "页面没有收到任何响应头。")                                \
  X(body_capped, "The answer is larger than 64 MB. Blindspot stopped reading; the body was not kept.", "响应超过 64 MB，Blindspot 已停止读取，未保留响应体。") \
  X(body_formatted, "Formatted", "格式化")                                                                         \
  X(body_raw, "Raw", "原文")                                                                                       \
  X(body_text, "Body text: arrow keys read it", "响应体正文：可用方向键阅读")                                      \
  X(find, "Find", "查找")                                                                                          \
  X(find_in_body, "Find in the body", "在响应体中查找")                                                            \
  X(find_none, "not found", "未找到")                                                                              \
  X(find_hit, "{i} of {n}", "第 {i} 处，共 {n} 处")                                                                \
  X(find_next, "Next hit", "下一处")                                                                               \
  X(find_previous, "Previous hit", "上一处")                                                                       \
  X(close, "Close", "关闭")                                                                                        \
  X(mark_next, "Next mark", "下一个标记")                                                                          \
  X(mark_previous, "Previous mark", "上一个标记")                                                                  \
  X(fold, "Fold", "折叠")                                                                                          \
  X(unfold, "Unfold", "展开")                                                                                      \
  X(hidden_from_page, "the page cannot see this part", "页面看不到这一段")                                         \
  X(never_sent_arrow, "is never sent", "从未发出")                                                                 \
  X(told_nothing, "error event: status 0", "error 事件：状态 0")                                                   \
  X(told_nothing_note, "all your code is told; fetch says TypeError", "代码只能得到这些；fetch 则抛出 TypeError")  \
  X(told_broken, "error event after the head was read", "读到响应头之后触发 error 事件")                           \
  X(told_timeout, "your own limit ran out", "你自己设的时限已到")                                                  \
  X(told_abort, "you cancelled", "你取消了请求")                                                                   \
  X(told_refused, "exception: nothing was sent", "抛出异常：什么也没发出")                                         \
  X(asks_for, "asks for", "询问")                                                                                  \
  X(wire_rst, "RST: torn down", "RST：连接被重置")                                                                 \
  X(wire_fin, "closed, not a byte sent", "未发送任何字节就关闭")                                                   \
  X(wire_fin_early, "closed before the end", "未发完就关闭")                                                       \
  X(wire_stall, "silence, connection open", "一直沉默，连接未断")                                                  \
  X(wire_left, "the browser hangs up", "浏览器断开")                                                               \
  X(wire_not_http, "bytes that are no HTTP", "不是 HTTP 的字节")                                                   \
  X(reach_offline, "no network", "没有网络")                                                                       \
  X(reach_unknown_host, "the name has no address", "域名没有地址")                                                 \
  X(reach_refused, "nothing listens: RST", "无人监听：RST")                                                        \
  X(reach_never, "no connection is accepted", "连接一直未被接受")                                                  \
  X(reach_tls, "the browser refuses the certificate", "浏览器拒绝了证书")                                          \
  X(reach_tls_failed, "the TLS handshake breaks", "TLS 握手中断")                                                  \
  X(reach_not_sent, "stopped inside the browser", "在浏览器内被拦下")                                              \
  X(more_hops, "more redirects", "更多重定向")                                                                     \
  X(problem_limit, "A number of seconds from 0.1 to 600, or empty", "请填 0.1 到 600 之间的秒数，或留空")          \
  X(problem_contract, "This is no JSON object, so it cannot be a JSON Schema", "这不是 JSON 对象，不能作为 JSON Schema") \
  X(problem_url, "A browser cannot parse this URL", "浏览器无法解析这个 URL")                                      \
  X(problem_scheme, "A page can only call http: and https:", "页面只能请求 http: 和 https:")                       \
  X(problem_method, "A page may not send this method", "页面不允许发送这个方法")                                   \
  X(problem_header, "This header cannot be sent as written", "这个请求头的写法无法发送")                           \
  X(problem_browser, "The browser refused to build this request", "浏览器拒绝构造这个请求")                        \
  X(warn_forbidden_header, "The browser sets this header itself and drops yours in silence", "该请求头由浏览器设置，你填的值会被静默丢弃") \
  X(warn_body_dropped, "A GET or HEAD carries no body: the browser drops it", "GET 和 HEAD 不带请求体，浏览器会丢弃它") \
  X(warn_port, "This port is on the browsers' block list", "该端口在浏览器的禁用名单上")                           \
  X(case_list_hint, "Each fault is real: the lab plays it on the wire.", "每个故障都是真实的：由实验服务器在线路上重现。") \
  X(retries_note, "The browser tried {n} more times by itself.", "浏览器自行重试了 {n} 次。")                      \
  X(bytes, "bytes", "字节")

enum class Label {
#define BLINDSPOT_LABEL(name, en, zh) name,
  BLINDSPOT_LABELS(BLINDSPOT_LABEL)
#undef BLINDSPOT_LABEL
};

std::string_view say(Label label, Language language);
// With {n} replaced.
std::string say(Label label, Language language, std::size_t n);

}  // namespace blindspot
