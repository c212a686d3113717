// What C++ cannot reach: whether the browser would build a request at all, aborting an XMLHttpRequest of
// emscripten_fetch, timers, and the plain window.fetch calls for journal, lab and probes.
mergeInto(LibraryManager.library, {
  // Hands a string to C++ through its inbox; returns the length.
  $netGive: function(text) {
    var bytes = new TextEncoder().encode(text);
    var at = _bsn_inbox(bytes.length);
    HEAPU8.set(bytes, at);
    return bytes.length;
  },
  $netRead: function(at, length) {
    return new TextDecoder().decode(HEAPU8.slice(at, at + length));
  },

  // What the browser would throw for this request, into the inbox; -1 when it can be built. `lines` is "name\0value\0"...
  bsn_check__deps: ['$netGive', '$netRead'],
  bsn_check: function(method, methodLength, url, urlLength, lines, linesLength) {
    try {
      var target = new URL(netRead(url, urlLength));
      var pieces = netRead(lines, linesLength).split('\0');
      var headers = new Headers();
      for (var i = 0; i + 1 < pieces.length; i += 2) headers.append(pieces[i], pieces[i + 1]);
      new Request('data:,', { method: netRead(method, methodLength) });
      // XMLHttpRequest takes credentials in a URL where fetch refuses them: only the parts above decide.
      return target.host === '' ? netGive('no host') : -1;
    } catch (error) {
      return netGive(String(error && error.message || error));
    }
  },

  // NB: how the handle is kept differs by version: an array by id - 1 (3.1.6), an object, a Map.
  bsn_abort__deps: ['$Fetch'],
  bsn_abort: function(id) {
    var kept = Fetch.xhrs;
    var xhr = Array.isArray(kept) ? kept[id - 1] : kept.get ? kept.get(id) : kept[id];
    if (xhr) xhr.abort();
  },

  bsn_response_url__deps: ['$Fetch', '$netGive'],
  bsn_response_url: function(id) {
    var kept = Fetch.xhrs;
    var xhr = Array.isArray(kept) ? kept[id - 1] : kept.get ? kept.get(id) : kept[id];
    return netGive(xhr && xhr.responseURL || '');
  },

  bsn_timer: function(ms, ticket) {
    return setTimeout(function() { _bsn_timer_rang(ticket); }, ms);
  },
  bsn_clear_timer: function(id) { clearTimeout(id); },

  bsn_random: function() {
    var bytes = new Uint32Array(2);
    crypto.getRandomValues(bytes);
    return bytes[0] * 4096 + (bytes[1] & 4095);
  },

  bsn_online: function() { return navigator.onLine ? 1 : 0; },

  // Counts connect-src violations of this page, which arrive as events of the document.
  bsn_watch_csp: function() {
    document.addEventListener('securitypolicyviolation', function(event) {
      if (event.effectiveDirective === 'connect-src') _bsn_csp_seen();
    });
  },

  // The name under which a built file is served, with its hash, into the inbox; the page says it in a meta element.
  bsn_built_name__deps: ['$netGive', '$netRead'],
  bsn_built_name: function(name, length) {
    var plain = netRead(name, length);
    var told = document.querySelector('meta[name="' + plain + '"]');
    return netGive(told && told.content || plain);
  },

  // A small GET of our own (lab.json, journal; may be kept: a file of the page itself): its text, or status 0.
  bsn_get__deps: ['$netGive', '$netRead'],
  bsn_get: function(url, urlLength, mayBeKept, limit, ticket) {
    var controller = new AbortController();
    var timer = setTimeout(function() { controller.abort(); }, limit);
    var options = { cache: 'no-store', credentials: 'omit', signal: controller.signal };
    if (mayBeKept) options = { signal: controller.signal };
    fetch(netRead(url, urlLength), options)
      .then(function(response) {
        return response.text().then(function(text) {
          clearTimeout(timer);
          _bsn_got(ticket, response.status, netGive(text));
        });
      })
      .catch(function() {
        clearTimeout(timer);
        _bsn_got(ticket, 0, netGive(''));
      });
  },

  // The part of the program that is loaded later: a WebAssembly module with a memory of its own. What it imports is the little that a
  // program without files or streams never calls. One that has broken down is not asked again.
  $netLater: { parts: null },
  bsn_later_load__deps: ['$netRead', '$netLater'],
  bsn_later_load: function(url, length) {
    var nothing = new Proxy({}, { get: function() { return function() { return 0; }; } });
    fetch(netRead(url, length)).then(function(response) {
      if (!response.ok) throw new Error(response.status);
      return response.arrayBuffer();
    }).then(function(bytes) {
      return WebAssembly.instantiate(bytes, { env: nothing, wasi_snapshot_preview1: nothing });
    }).then(function(made) {
      made.instance.exports._initialize();
      netLater.parts = made.instance.exports;
      _bsn_later_came(1);
    }).catch(function() { _bsn_later_came(0); });
  },
  // Asks it; the answer into the inbox, -1 while it is not there.
  bsn_later_ask__deps: ['$netLater'],
  bsn_later_ask: function(kind, at, length) {
    var parts = netLater.parts;
    if (!parts) return -1;
    try {
      var to = parts.later_inbox(length);
      new Uint8Array(parts.memory.buffer, to, length).set(HEAPU8.subarray(at, at + length));
      var size = parts.later_ask(kind), from = parts.later_outbox(), into = _bsn_inbox(size);
      HEAPU8.set(new Uint8Array(parts.memory.buffer, from, size), into);
      return size;
    } catch (error) {
      netLater.parts = null;
      _bsn_later_came(0);
      return -1;
    }
  },

  // Bytes of a legacy encoding as text, into the inbox; -1 where the browser does not know it.
  bsn_decode__deps: ['$netGive', '$netRead'],
  bsn_decode: function(encoding, encodingLength, at, length) {
    try {
      return netGive(new TextDecoder(netRead(encoding, encodingLength)).decode(HEAPU8.slice(at, at + length)));
    } catch (error) {
      return -1;
    }
  },

  // "url\0method\0mode\0credentials\0name\0value"... as the arguments of fetch.
  $netArguments__deps: ['$netRead'],
  $netArguments: function(pieces, length, signal) {
    var parts = netRead(pieces, length).split('\0');
    var headers = [];
    for (var i = 4; i + 1 < parts.length; i += 2) headers.push([parts[i], parts[i + 1]]);
    return [parts[0], { method: parts[1], mode: parts[2], credentials: parts[3], headers: headers, signal: signal }];
  },

  // A person's call in a mode that XMLHttpRequest does not know. Told: "opaque"; "read" or "capped", status, status text, URL and
  // headers by lines, an empty line, the body, of which more than `cap` bytes are not waited for; or "error" and the reason.
  // Nothing after bsn_abort_call.
  $netCall: { controller: null },
  bsn_call__deps: ['$netGive', '$netArguments', '$netCall'],
  bsn_call: function(pieces, length, body, bodyLength, cap) {
    var controller = netCall.controller = new AbortController();
    var call = netArguments(pieces, length, controller.signal);
    function tell(lines, rest) {
      if (netCall.controller !== controller) return;
      netCall.controller = null;
      _bsn_called(netGive(lines.join('\n') + '\n\n' + rest));
    }
    if (bodyLength && !/^(get|head)$/i.test(call[1].method)) call[1].body = HEAPU8.slice(body, body + bodyLength);
    Promise.resolve().then(function() { return fetch(call[0], call[1]); }).then(function(response) {
      if (response.type === 'opaque') return tell(['opaque'], '');
      var lines = [response.status, response.statusText, response.url];
      response.headers.forEach(function(value, name) { lines.push(name + ': ' + value); });
      var decoder = new TextDecoder(), text = '', bytes = 0;
      var reader = response.body ? response.body.getReader() : null;
      function more() {
        return reader ? reader.read().then(function(part) {
          if (part.done) return tell(['read'].concat(lines), text + decoder.decode());
          bytes += part.value.length;
          text += decoder.decode(part.value, { stream: true });
          if (bytes <= cap) return more();
          tell(['capped'].concat(lines), text);
          controller.abort();
        }) : tell(['read'].concat(lines), '');
      }
      return more();
    }).catch(function(error) { tell(['error', error && error.message || error], ''); });
  },
  bsn_abort_call__deps: ['$netCall'],
  bsn_abort_call: function() {
    var controller = netCall.controller;
    netCall.controller = null;
    if (controller) controller.abort();
  },

  // One call as the courtroom has it. Its end, by lines: "resolved", type, status and the names of the headers; "rejected" and the
  // reason; or "late".
  bsn_prove__deps: ['$netGive', '$netArguments'],
  bsn_prove: function(pieces, length, limit, ticket) {
    var controller = new AbortController();
    var call = netArguments(pieces, length, controller.signal);
    var late = false;
    var timer = setTimeout(function() { late = true; controller.abort(); }, limit);
    function end(lines) {
      clearTimeout(timer);
      _bsn_proved(ticket, netGive(lines.join('\n')));
    }
    Promise.resolve().then(function() { return fetch(call[0], call[1]); }).then(function(response) {
      end(['resolved', response.type, response.status].concat(Array.from(response.headers.keys())));
      controller.abort();
    }).catch(function(error) { end(late ? ['late'] : ['rejected', String(error && error.message || error)]); });
  },

  // One probe; results as in ProbeResult: 1 readable, 2 opaque, 3 opaque redirect, 4 body error, 5 rejected, 6 timed out.
  bsn_probe__deps: ['$netRead'],
  bsn_probe: function(kind, url, urlLength, limit, ticket) {
    var controller = new AbortController();
    var late = false;
    var timer = setTimeout(function() { late = true; controller.abort(); }, limit);
    var options = { cache: 'no-store', credentials: 'omit', signal: controller.signal };
    options.mode = kind === 0 ? 'cors' : 'no-cors';
    // The standard allows a no-cors request only to follow redirects.
    if (kind === 0) options.redirect = 'manual';
    var ended = false;
    function end(result, status) {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      controller.abort();
      _bsn_probed(ticket, result, status);
    }
    fetch(netRead(url, urlLength), options).then(function(response) {
      if (response.type === 'opaqueredirect') return end(3, 0);
      if (response.type === 'opaque') return end(2, 0);
      return response.text().then(function() { end(1, response.status); }, function() { end(late ? 6 : 4, response.status); });
    }).catch(function() { end(late ? 6 : 5, 0); });
  }
});
