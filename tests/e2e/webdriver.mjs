// How does the test speak the W3C WebDriver protocol?
// The few commands the tests need, over plain HTTP to a driver on loopback. Which driver runs is left to browsers.mjs.

import http from 'node:http';

const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

/** The code points WebDriver gives to keys that write no character. */
export const WEBDRIVER_KEYS = {
  F3: '\uE033',
  Control: '\uE009', Shift: '\uE008', Alt: '\uE00A', Meta: '\uE03D', Enter: '\uE007', Tab: '\uE004',
  Backspace: '\uE003', Delete: '\uE017', Escape: '\uE00C', Home: '\uE011', End: '\uE010', PageUp: '\uE00E',
  PageDown: '\uE00F', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Space: ' ',
};

function call(port, method, path, body, ms) {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = payload ? { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': payload.length } : {};
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        let answer;
        try {
          answer = JSON.parse(Buffer.concat(parts).toString('utf8')).value;
        } catch {
          reject(new Error(`${method} ${path}: the driver's answer is no JSON`));
          return;
        }
        if (response.statusCode === 200) resolve(answer);
        else reject(Object.assign(new Error(`${answer?.error}: ${answer?.message || path}`), { webdriver: answer?.error }));
      });
    });
    const timer = setTimeout(() => request.destroy(new Error(`${method} ${path}: no answer in ${ms} ms`)), ms);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(payload);
  });
}

/** One session of a WebDriver server on `port`. */
export class WebDriverSession {
  constructor(port, id, capabilities) {
    this.port = port;
    this.id = id;
    this.capabilities = capabilities;
    this.wheel_x = 0;
    this.wheel_y = 0;
  }

  static async create(port, capabilities, { ms = 60_000, script_ms = 60_000, load_ms = 30_000 } = {}) {
    const answer = await call(port, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } }, ms);
    const session = new WebDriverSession(port, answer.sessionId, answer.capabilities);
    await session.send('POST', '/timeouts', { script: script_ms, pageLoad: load_ms, implicit: 0 });
    return session;
  }

  static async isReady(port) {
    return (await call(port, 'GET', '/status', undefined, 2000)).ready !== undefined;
  }

  send(method, path, body, ms = 30_000) {
    return call(this.port, method, `/session/${this.id}${path}`, body, ms);
  }

  open(url) { return this.send('POST', '/url', { url }, 40_000); }
  title() { return this.send('GET', '/title'); }
  close() { return this.send('DELETE', '', undefined, 10_000); }
  async screenshot() { return Buffer.from(await this.send('GET', '/screenshot'), 'base64'); }

  /** Runs the text of a function in the page with these arguments and resolves with what it returns or promises. */
  async evaluate(source, args, ms = 60_000) {
    const script = `
      const done = arguments[arguments.length - 1];
      const given = Array.prototype.slice.call(arguments, 0, -1);
      Promise.resolve().then(() => (${source}).apply(null, given)).then(
        (value) => done({ value: value === undefined ? null : value, empty: value === undefined }),
        (error) => done({ problem: String(error && error.stack ? error + '\\n' + error.stack : error) }));`;
    const answer = await this.send('POST', '/execute/async', { script, args }, ms + 5000);
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return answer.empty ? undefined : answer.value;
  }

  perform(sources) { return this.send('POST', '/actions', { actions: sources }); }
  releaseAll() { return this.send('DELETE', '/actions'); }

  pointer(steps) {
    return this.perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: steps }]);
  }

  moveTo(x, y) { return this.pointer([{ type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) }]); }
  buttonDown() { return this.pointer([{ type: 'pointerDown', button: 0 }]); }
  buttonUp() { return this.pointer([{ type: 'pointerUp', button: 0 }]); }

  /** Turns the wheel. WebKitGTK 2.50 sends the page the difference to the last amount, so amounts are summed up. */
  wheel(x, y, delta_x, delta_y) {
    this.wheel_x += Math.round(delta_x);
    this.wheel_y += Math.round(delta_y);
    return this.perform([{ type: 'wheel', id: 'wheel', actions: [{
      type: 'scroll', origin: 'viewport', duration: 0,
      x: Math.round(x), y: Math.round(y), deltaX: this.wheel_x, deltaY: this.wheel_y }] }]);
  }

  keys(steps) {
    return this.perform([{ type: 'key', id: 'keyboard', actions: steps }]);
  }

  /** Presses and lets go one character after the other. */
  async type(text) {
    const characters = Array.from(text, (each) => (each === '\n' ? WEBDRIVER_KEYS.Enter : each));
    // In pieces, so that a long text does not outlast the limit of one command.
    for (let first = 0; first < characters.length; first += 40) {
      const piece = characters.slice(first, first + 40);
      await this.keys(piece.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]));
    }
  }

  /** Holds every key but the last, presses the last, lets all go in reverse. */
  chord(names) {
    const values = names.map((name) => WEBDRIVER_KEYS[name] ?? name);
    return this.keys([...values.map((value) => ({ type: 'keyDown', value })),
      ...values.reverse().map((value) => ({ type: 'keyUp', value }))]);
  }

  async activeElement() {
    return (await this.send('GET', '/element/active'))[ELEMENT_KEY];
  }
}
