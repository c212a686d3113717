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
  X(screen_court_short, "CORS", "跨域")                                                                            \
  X(screen_desk_short, "JSON", "JSON")                                                                             \
  X(screen_catalogue_short, "Faults", "故障")                                                                      \
  X(screen_court, "CORS", "跨域推演")                                                                              \
  X(screen_desk, "JSON", "JSON 诊断")                                                                              \
  X(desk_text, "The text", "待检查的文本")                                                                         \
  X(desk_text_hint, "Paste what should be JSON", "粘贴本应是 JSON 的内容")                                         \
  X(desk_good, "A good answer", "正确的响应")                                                                      \
  X(desk_beside, "What it should hold", "应有的内容")                                                              \
  X(desk_contract_hint, "JSON Schema or OpenAPI, or empty", "JSON Schema 或 OpenAPI，可留空") \
  X(desk_good_hint, "An answer as it should be", "粘贴一个正确的响应")                                             \
  X(desk_take, "Take the last answer", "取自上一次响应")                                                           \
  X(desk_learn, "This text is a good answer", "把这段文本作为正确的响应")                                          \
  X(desk_use_schema, "Edit as contract", "转为可编辑的约定")                                                       \
  X(desk_cut, "{n} KB more are examined and not shown here", "另有 {n} KB 已检查，但未在此显示")                    \
  X(desk_open, "Paste a text, or take an answer", "粘贴一段文本，或取自响应")                                      \
  X(later_coming, "Loading ...", "正在加载……")                                                                     \
  X(later_missing, "This part of the page could not be loaded; it is tried again with your next action", "页面的这一部分未能加载，下次操作时会重试") \
  X(desk_valid, "Valid JSON", "是合法的 JSON")                                                                     \
  X(desk_kept, "Valid JSON, and it keeps the contract", "是合法的 JSON，符合数据约定")                             \
  X(desk_remarked, "Valid JSON; remarks: {n}", "是合法的 JSON，但有 {n} 处需要注意")                               \
  X(desk_broken, "Not JSON; faults: {n}", "不是合法的 JSON，共 {n} 处错误")                                        \
  X(desk_breached, "Valid JSON; breaches of the contract: {n}", "是合法的 JSON，但有 {n} 处不符合数据约定")        \
  X(desk_copy_repaired, "Copy the mended text", "复制修复后的文本")                                                \
  X(desk_faults, "What is wrong, and what mends it", "问题与修复")                                                                   \
  X(desk_edit_one, "Mend this", "修复此处")                                                                 \
  X(desk_edit_all, "Mend all", "全部修复")                                                                     \
  X(desk_clients, "What each caller gets", "各种调用方得到什么")                                                   \
  X(desk_breaches, "Against the contract", "与约定不符之处")                                                       \
  X(desk_unchecked, "Not checked", "未检查")                                                                       \
  X(desk_learnt, "Learnt from the good answer", "由正确的响应推断")                                                \
  X(desk_differences, "Beside the good answer", "与正确的响应对比")                                                \
  X(desk_here, "here", "这里")                                                                                     \
  X(desk_same, "The same data", "数据相同")                                                                        \
  X(desk_good_no_json, "The good answer is no JSON, so nothing is learnt from it", "正确的响应不是合法的 JSON，无法推断") \
  X(desk_types, "Types", "类型")                                                                                   \
  X(and_more, "and {n} more", "另有 {n} 处")                                                                       \
  X(court_request, "The request", "请求")                                                                          \
  X(court_answers, "The server's answers", "服务端的响应")                                                         \
  X(court_page, "Page origin", "页面的源")                                                                         \
  X(court_credentials, "Credentials", "凭据模式")                                                                  \
  X(court_mode, "Mode", "请求模式")                                                                                \
  X(court_preflight, "Answer to the preflight", "预检响应")                                                        \
  X(court_answer, "Answer to the request", "请求的响应")                                                           \
  X(court_paste_hint, "Paste what curl -i prints, or header lines", "粘贴 curl -i 的输出，或响应头")               \
  X(court_last_call, "Take the last call", "取自上一次调用")                                                       \
  X(court_example, "Example", "示例")                                                                              \
  X(court_allowed, "The browser lets the page read the answer", "浏览器允许页面读取响应")                          \
  X(court_opaque, "The answer arrives, and the page may read nothing of it", "响应会到达，但页面读不到任何内容")   \
  X(court_refused, "The browser refuses", "浏览器拒绝")                                                            \
  X(court_never_sent, "No browser sends this request", "浏览器不会发出这个请求")                                   \
  X(court_open, "More is needed to decide", "还不足以判定")                                                        \
  X(court_needs_preflight, "The answer to the preflight is missing", "还缺预检响应")                               \
  X(court_needs_answer, "The answer to the request is missing", "还缺请求的响应")                                  \
  X(court_needs_redirect, "The answer of the redirect's target is missing: add its head below", "还缺重定向目标的响应：请接在下面") \
  X(court_preflight_yes, "A preflight comes first", "会先发预检请求")                                              \
  X(court_preflight_no, "No preflight: the request goes out at once", "没有预检请求，直接发出")                    \
  X(court_same_origin, "Page and API have the same origin: CORS plays no part", "页面与 API 同源，与 CORS 无关")   \
  X(court_steps, "Step by step", "逐步推演")                                                                       \
  X(court_readable, "Script can read", "脚本可以读取")                                                             \
  X(court_hidden, "Hidden from script", "脚本读不到")                                                              \
  X(court_ask, "Ask the server yourself", "自己向服务端询问")                                                      \
  X(court_repair, "The smallest repair", "最小的修复")                                                             \
  X(repair_assumed, "The server's answers are not known here. Assumed: they allow nothing yet, and no more is needed than this call asks for: origin {origin}, method {method}, request headers {headers}, credentials {credentials}.", "这里不知道服务端的响应。按“尚未放行任何内容，只需放行这一次调用”推算：源 {origin}，请求方法 {method}，请求头 {headers}，凭据 {credentials}。") \
  X(repair_server, "Configuration for {name}: choose another server", "{name} 的配置，点击可换成其他服务端")          \
  X(server_headers, "Plain headers", "响应头")                                                                     \
  X(server_function, "Cloud function", "云函数")                                                                   \
  X(repair_apply, "Apply it to the answers", "应用到上面的响应")                                                   \
  X(repair_none, "No change of the server's answers would help: the step above lies before them", "改动服务端的响应无济于事：上面这一步发生在响应之前") \
  X(mode_cors_note, "The usual mode: the answer can be read if the server allows this page.", "通常的模式：服务端允许本页时可以读取响应。") \
  X(mode_no_cors_note, "The answer arrives and cannot be read. Sent by fetch.", "响应会到达，但不可读。由 fetch 发送。") \
  X(mode_same_origin_note, "Another origin is refused before anything is sent. Sent by fetch.", "目标不同源时，在发送之前就被拒绝。由 fetch 发送。") \
  X(court_proof, "Prove it", "用浏览器验证")                                                                       \
  X(court_prove, "Prove it in this browser", "在本浏览器中验证")                                                   \
  X(court_proving, "Asking the browser ...", "正在询问浏览器……")                                                   \
  X(proof_offer, "The lab answers in exactly this way, and this browser decides for real.", "由实验服务器原样返回这些响应，让本浏览器实际判定。") \
  X(proof_no_lab, "Needs the lab: start the page with ./run", "需要实验服务器：请用 ./run 启动页面")               \
  X(proof_incomplete, "As soon as every field is complete", "各项填写完整后即可验证")                              \
  X(proof_not_sent, "Decided inside the browser, before anything is sent", "在浏览器内部就已判定，不会发出任何请求") \
  X(proof_same_origin, "Within one origin there is nothing to prove", "同源请求无需验证")                          \
  X(proof_null_origin, "This page has an origin, so it cannot stand for one without", "本页面有自己的源，无法代表 null 源") \
  X(proof_unplayable, "The lab cannot play this exchange", "实验服务器无法重现这组响应")                           \
  X(proof_agrees, "The browser did what was foretold", "浏览器的行为与推演一致")                                   \
  X(proof_differs, "The browser did something else", "浏览器的行为与推演不一致")                                   \
  X(proof_late, "No outcome within ten seconds", "十秒内没有结果")                                                 \
  X(proof_fetch, "fetch()", "fetch()")                                                                             \
  X(proof_resolves, "gives a response", "得到响应")                                                                \
  X(proof_rejects, "rejects", "被拒绝")                                                                            \
  X(proof_preflight, "Preflight", "预检请求")                                                                      \
  X(proof_type, "Response type", "响应类型")                                                                       \
  X(proof_foretold, "Foretold", "推演")                                                                            \
  X(proof_seen, "This browser", "本浏览器")                                                                        \
  X(yes, "yes", "是")                                                                                              \
  X(no, "no", "否")                                                                                                \
  X(problem_origin, "An origin such as https://app.example, or null", "请填 https://app.example 这样的源，或 null") \
  X(warn_origin_cut, "Only scheme, host and port count: {text}", "只看协议、主机和端口：{text}")                   \
  X(problem_answer_nothing, "No status line and no header is in it", "其中没有状态行，也没有响应头")               \
  X(problem_answer_status, "Line {n} begins like a status line and is none", "第 {n} 行像状态行，但不是")          \
  X(problem_answer_colon, "Line {n} has no colon", "第 {n} 行缺少冒号")                                            \
  X(problem_answer_name, "What stands before the colon in line {n} is no header name", "第 {n} 行冒号前不是合法的头名称") \
  X(problem_answer_value, "Line {n} holds a NUL byte", "第 {n} 行含有 NUL 字节")                                   \
  X(problem_answer_many, "More heads or headers than a browser would read, at line {n}", "第 {n} 行：响应或响应头多到浏览器不会读取") \
  X(theme_button, "Theme", "主题")                                                                                 \
  X(theme_system, "Auto", "自动")                                                                                  \
  X(theme_light, "Light", "浅色")                                                                                  \
  X(theme_dark, "Dark", "深色")                                                                                    \
  X(size_button, "Type size", "字号")                                                                              \
  X(size_standard, "Text: normal", "字号：标准")                                                                         \
  X(size_projector, "Text: large", "字号：投影")                                                                         \
  X(lab_there, "Lab", "实验服务器")                                                                                \
  X(lab_missing, "No lab", "没有实验服务器")                                                                       \
  X(request, "Request", "请求")                                                                                    \
  X(method, "Method", "请求方法")                                                                                  \
  X(choose_method, "Choose a method", "选择请求方法")                                                              \
  X(plain_page, "Plain HTML page", "纯 HTML 页面")                                                                 \
  X(canvas_page, "Graphical page", "图形页面")                                                                     \
  X(lines_shown, "The first {n} lines stand here; Copy takes all.", "此处显示前 {n} 行；“复制”可取得全部内容。")   \
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
  X(examine_as_json, "Examine as JSON", "按 JSON 检查")                                                            \
  X(program_error, "Error of your program", "程序的报错")                                                          \
  X(program_error_hint, "From the console, if your program failed with this answer (optional)", "程序处理响应时在控制台的报错（可不填）") \
  X(program_error_unknown, "This tells nothing about how the answer was read", "这段文字与读取响应无关，不作判断")  \
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
  X(link_leaves_out, "The link leaves out: ", "链接中不包含：")                                                     \
  X(secret_values, "secret values", "敏感值")                                                                      \
  X(too_large, " (too large)", "（过大）")                                                                         \
  X(link_unreadable, "The link in the address says nothing that Blindspot understands; the form is unchanged.", "地址中的链接无法识别，表单未改动。") \
  X(link_unknown_case, "The link names a fault that is not in the catalogue.", "链接中的故障不在故障目录里。")     \
  X(link_damaged, "A part of the link is damaged and was left out.", "链接有一部分已损坏，没有填入。")             \
  X(link_too_long, "The link is longer than 8 KB and was not read; the form is unchanged.", "链接超过 8 KB，未读取，表单未改动。") \
  X(link_secrets, "The link carried values that look secret; they were not filled in.", "链接中带有看似敏感的值，没有填入。") \
  X(link_replaced, "A link has filled the form. The browser's Back brings back what stood here before.", "表单已由链接填入。用浏览器的“后退”可以回到之前的内容。") \
  X(storage_denied, "This browser refuses to store what you type: it may be gone after a reload or when the tab is closed.", "浏览器拒绝保存你填写的内容：重新加载或关闭标签页后可能丢失。") \
  X(remember_secrets, "Remember secrets in this browser", "在此浏览器中记住敏感值")                                \
  X(remember_off_note, "Off: values that sound secret by their names (headers, query, body) and passwords in URLs are not stored; after a reload, type them again. Links never carry them.", "关闭时：名称像敏感信息的值（请求头、查询参数、请求体）和 URL 中的密码都不保存，重新加载后需重新填写。链接从不携带它们。") \
  X(remember_on_note, "On: they are stored unencrypted in this browser; whoever uses this browser profile can read them. Switching it off deletes them. Links never carry them.", "开启时：它们以明文保存在此浏览器中，使用同一浏览器配置的人都能读到；关闭后即删除。链接从不携带它们。") \
  X(words_missing, "The explanation could not be loaded. Your next step here tries again.", "说明文字加载失败，下一步操作时会自动重试。") \
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
