// Do the drivers do what the tests believe they do, in this browser?
// A page of our own with the same contract counts real events, so a failure here is the drivers', never Blindspot's.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { Unsupported } from './browsers.mjs';
import { Page } from './page.mjs';
import { readPng, sampleColours } from './png.mjs';
import { dropScratch, familyOf, findProgram, makeScratch } from './processes.mjs';

export const needs_no_network = true;

const HTML = readFileSync(new URL('./selftest.html', import.meta.url));

async function serve(make) {
  const server = make((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(HTML);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, stop: () => { server.closeAllConnections(); server.close(); } };
}

// An authority and a certificate for localhost, good for a day.
function makeCertificates(folder) {
  const openssl = findProgram('openssl');
  if (!openssl) throw new Unsupported('openssl is not installed, so there is no certificate to test with');
  const call = (...words) => execFileSync(openssl, words, { cwd: folder, stdio: 'pipe', timeout: 20_000 });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  call('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '1', '-subj', '/CN=Blindspot self-test',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
  call('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  writeFileSync(path.join(folder, 'ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
  call('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'ext', '-out', 'server.pem');
  return { ca: path.join(folder, 'ca.pem'), key: readFileSync(path.join(folder, 'server.key')), cert: readFileSync(path.join(folder, 'server.pem')) };
}

const fetchStatus = (url) => fetch(url, { cache: 'no-store' }).then((response) => response.status, () => 0);

export async function run(bench) {
  const plain = await serve(http.createServer);
  const url = `http://127.0.0.1:${plain.port}/`;
  try {
    if (bench.without_network) await runWithoutNetwork(bench, url);
    else await runWithNetwork(bench, url);
  } finally {
    plain.stop();
  }
}

async function runWithNetwork(bench, url) {
  const start = async (options) => {
    const browser = await bench.session(options);
    const page = new Page(browser);
    await page.open(url);
    return { browser, page };
  };

  await bench.test('starts, loads, evaluates', async () => {
    const { browser } = await start();
    assert.equal(await browser.title(), 'Drivers');
    assert.deepEqual(await browser.evaluate((a, b) => Promise.resolve([a, b.x]), 1, { x: '\u4e8c' }), [1, '\u4e8c']);
    assert.equal(await browser.evaluate('1 + 1'), 2);
    await assert.rejects(browser.evaluate(() => { throw new Error('boom'); }), /boom/);
    assert.match(await browser.version(), /\d+\.\d+/);
    assert.equal((await browser.evaluate(() => window.__blindspot.state())).webgl2, true, 'WebGL 2');
  });

  await bench.test('a page that never loads does not hang the test', async () => {
    const { browser } = await start();
    await assert.rejects(browser.open('http://127.0.0.1:1/'));
  });

  await bench.test('sizes the window and takes its picture', async () => {
    const { browser, page } = await start();
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      await browser.setViewport(width, height);
      await page.idle();
      assert.deepEqual(await page.viewport(), { w: width, h: height });
      const image = readPng(await browser.screenshot(path.join(bench.artefacts, `selftest-${bench.browser}-${width}.png`)));
      assert.deepEqual([image.width, image.height], [width, height]);
      assert.ok(sampleColours(image).length >= 5, 'the canvas shows its items');
    }
    await browser.setViewport(1280, 800);
  });

  await bench.test('shows two device pixels for one', async () => {
    const { browser, page } = await start(bench.browser === 'webkit' ? { dpr: 2 } : {});
    await browser.setViewport(800, 600, 2);
    await page.idle();
    assert.equal(await browser.evaluate(() => devicePixelRatio), 2);
    const image = readPng(await browser.screenshot());
    assert.deepEqual([image.width, image.height], [1600, 1200]);
    await page.clickOn({ role: 'button', name: 'Press' });
    assert.equal((await page.state()).pressed, 1, 'places are CSS pixels');
    if (bench.browser !== 'webkit') await browser.setViewport(1280, 800, 1);
  });

  await bench.test('mouse and keys are real', async () => {
    const { browser, page } = await start();
    await page.clickOn({ role: 'button', name: 'Press' });
    await page.clickOn({ id: 'check' });
    let state = await page.state();
    assert.equal(state.pressed, 1);
    assert.equal((await page.find({ id: 'check' })).checked, true);
    const text = '{"a": [1, -2]} ~ <b>\u4e2d\u6587\u00e9</b>';
    await page.typeInto({ role: 'textbox', name: 'Field' }, text);
    assert.equal(await page.textOf({ id: 'field' }), text, 'the old text is replaced');
    await browser.press('Home', 'Shift+End', 'Backspace');
    await browser.type('x');
    assert.equal(await page.textOf({ id: 'field' }), 'x');
    await page.typeInto({ id: 'field' }, '');
    assert.equal((await page.find({ id: 'field' })).value, '');
    state = await page.state();
    assert.equal(state.counts.untrusted, 0, 'every event is trusted');
    assert.ok(state.counts.keys >= 20);
    await assert.rejects(page.find({ id: 'nothing' }, 300), /nothing/);
    await assert.rejects(page.find({ role: 'button' }, 300), /match/);
  });

  await bench.test('the wheel brings what is out of sight', async () => {
    const { page } = await start();
    assert.equal((await page.find({ id: 'row.17' })).rect.h, 0);
    await page.clickOn({ id: 'row.17' });
    let state = await page.state();
    assert.equal(state.far, 1);
    assert.ok(state.counts.wheels > 0);
    await page.scrollTo({ id: 'row.0' });
    state = await page.state();
    assert.equal(state.counts.untrusted, 0);
  });

  await bench.test('hears errors of the page', async () => {
    const { browser } = await start();
    await browser.forgetConsole();
    await browser.evaluate(() => {
      console.error('said aloud');
      return new Promise((resolve) => {
        addEventListener('error', () => setTimeout(resolve, 50), { once: true });
        setTimeout(() => { throw new Error('thrown late'); }, 0);
      });
    });
    const heard = (await browser.consoleErrors()).join('\n');
    assert.match(heard, /said aloud/);
    assert.match(heard, /thrown late/);
  });

  await bench.test('follows light and dark', async () => {
    const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;
    for (const dark of [true, false]) {
      const { browser } = await start({ dark });
      assert.equal(await browser.evaluate(isDark), dark, 'as started');
    }
    if (bench.browser === 'webkit') return;
    const { browser } = await start();
    for (const dark of [true, false]) {
      await browser.setDark(dark);
      assert.equal(await browser.evaluate(isDark), dark, 'changed while it runs');
    }
  });

  await bench.test('speaks the language it is started with', async () => {
    assert.equal(await (await start()).browser.evaluate(() => navigator.language), 'en-US');
    await bench.dropSessions();
    assert.equal(await (await start({ language: 'zh-CN' })).browser.evaluate(() => navigator.language), 'zh-CN');
    await bench.dropSessions();
  });

  await bench.test('asks no host of its own', async () => {
    const { browser } = await start();
    const foreign = (await browser.requests()).filter((address) => !address.startsWith(url) && !address.startsWith('data:'));
    assert.deepEqual(foreign, []);
  });
  await bench.dropSessions();

  const folder = makeScratch('certificates');
  let secure = null;
  try {
    await bench.test('certificates: refused, accepted, trusted', async () => {
      const { ca, key, cert } = makeCertificates(folder);
      secure = await serve((handler) => https.createServer({ key, cert }, handler));
      const secure_url = `https://localhost:${secure.port}/`;
      const { browser: strict } = await start();
      assert.equal(await strict.evaluate(fetchStatus, secure_url), 0, 'an unknown authority is refused');
      await assert.rejects(strict.open(secure_url));
      await bench.dropSessions();
      for (const options of [{ acceptInsecureCerts: true }, { trustCa: ca }]) {
        const { browser } = await start(options);
        const name = Object.keys(options)[0];
        assert.equal(await browser.evaluate(fetchStatus, secure_url), 200, `${name}: fetch`);
        await browser.open(secure_url);
        assert.equal(await browser.title(), 'Drivers', `${name}: load`);
        await bench.dropSessions();
      }
    });
  } finally {
    secure?.stop();
    dropScratch(folder);
  }

  await bench.test('can be taken off the network while it runs', async () => {
    const { browser } = await start();
    if (bench.browser === 'webkit') {
      await assert.rejects(browser.setOffline(true), Unsupported);
      return;
    }
    await browser.setOffline(true);
    assert.equal(await browser.evaluate(() => navigator.onLine), false);
    assert.equal(await browser.evaluate(fetchStatus, url), 0);
    await browser.setOffline(false);
    assert.equal(await browser.evaluate(() => navigator.onLine), true);
    assert.equal(await browser.evaluate(fetchStatus, url), 200);
  });

  await bench.test('leaves no process behind', async () => {
    const { browser } = await start();
    const roots = [browser.pid, browser.display?.pid].filter(Boolean);
    const family = roots.flatMap(familyOf);
    assert.ok(family.length > roots.length, 'it had processes');
    await bench.dropSessions();
    const left = [...roots.flatMap(familyOf), ...family.filter(({ pid, started }) => familyOf(pid).some((now) => now.pid === pid && now.started === started))];
    assert.deepEqual(left, []);
  });
}

async function runWithoutNetwork(bench, url) {
  await bench.test('is offline without a network', async () => {
    const browser = await bench.session({ netns: true });
    await browser.open(url);
    assert.equal(await browser.evaluate(() => navigator.onLine), false);
    assert.equal(await browser.evaluate(fetchStatus, url), 200, 'loopback still answers');
    assert.equal(await browser.evaluate(fetchStatus, 'http://192.0.2.1/'), 0, 'nothing else does');
    assert.equal(await browser.evaluate(fetchStatus, 'http://unknown.invalid/'), 0, 'no name is found');
  });
}
