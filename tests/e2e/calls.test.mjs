// Does a person's own call go well and badly as it should? Bad input at its field, a limit that is really ours, a cancel
// that really aborts, answers too large to keep, links that fill and wait. The catalogue's cases are cases.test.mjs.

import assert from 'node:assert/strict';
import path from 'node:path';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

const CALL_LIMIT_MS = 30_000;

const done = (number) => (state) => state.call.number > number && state.call.phase === 'done' && !state.call.journal_pending;

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async (fragment = '') => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(lab.page_url + fragment);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    return { browser, page };
  };

  const send = async (page, url) => {
    const before = (await page.state()).call.number;
    await page.typeInto({ id: 'request.url' }, url);
    await page.clickOn({ id: 'request.send' });
    return page.waitFor('the call to be over', done(before), CALL_LIMIT_MS);
  };

  const leader = (state) => state.diagnosis.findings[0]?.code;

  await bench.test('a call that works says so', async () => {
    const { page, browser } = await open();
    const state = await send(page, `${lab.description.lab}/mix/status=200`);
    assert.equal(leader(state), 'ok');
    assert.equal(state.observation.response.status, 200);
    await browser.screenshot(path.join(bench.artefacts, `calls-ok-${bench.browser}.png`));
  });

  const garbage = [
    ['request.url', 'not a url at all \\ \u00e4\u4e2d%%%', 'url-malformed', 'request.url.note.0'],
    ['request.url', 'http://', 'url-malformed', 'request.url.note.0'],
    ['request.url', 'javascript:alert(1)', 'scheme-unsupported', 'request.url.note.0'],
    ['request.url', 'ftp://127.0.0.1/x', 'scheme-unsupported', 'request.url.note.0'],
    ['request.method', 'GE T', 'method-forbidden', 'request.method.note.0'],
    ['request.method', 'TRACE', 'method-forbidden', 'request.method.note.0'],
  ];
  for (const [field, text, code, note] of garbage) {
    await bench.test(`${field} with ${JSON.stringify(text)} is refused at the field`, async () => {
      const { page, browser } = await open();
      await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200`);
      await page.typeInto({ id: field }, text);
      const calls = async () => (await browser.requests()).filter((address) => /\/mix\//.test(address)).length;
      const before = await calls();
      await page.clickOn({ id: 'request.send' });
      const state = await page.waitFor('the refusal', (now) => now.call.phase === 'done');
      assert.equal(leader(state), code);
      assert.equal(state.observation.outcome, 'never-sent');
      assert.ok(await page.has({ id: note }), 'a note stands at the field');
      assert.equal(field === 'request.url' ? state.draft.url : state.draft.method, text, 'nothing typed is lost');
      assert.equal(await calls(), before, 'nothing was sent');
    });
  }

  for (const [name, value] of [['X Token', 'a'], ['X-Token', '\u4e2d\u6587'], [':', ''], ['X-\u00e9', 'x']]) {
    await bench.test(`the header ${JSON.stringify(name)}: ${JSON.stringify(value)} is refused at the field`, async () => {
      const { page } = await open();
      await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200`);
      await page.clickOn({ id: 'request.tab.headers' });
      await page.typeInto({ id: 'request.header.0.name' }, name);
      if (value) await page.typeInto({ id: 'request.header.0.value' }, value);
      await page.clickOn({ id: 'request.send' });
      const state = await page.waitFor('the refusal', (now) => now.call.phase === 'done');
      assert.equal(leader(state), 'header-malformed');
      assert.ok(await page.has({ id: 'request.header.0.note.0' }), 'a note stands at the field');
    });
  }

  await bench.test('a time limit that is no number is refused at the field', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200`);
    await page.typeInto({ id: 'request.limit' }, 'soon');
    await page.clickOn({ id: 'request.send' });
    assert.ok(await page.has({ id: 'request.limit.note.0' }), 'a note stands at the field');
    const state = await page.state();
    assert.equal(state.call.phase, 'idle');
    assert.equal(state.draft.limit, 'soon');
  });

  await bench.test('a contract that is no JSON is refused at the field', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200`);
    await page.clickOn({ id: 'request.tab.contract' });
    await page.typeInto({ id: 'request.contract' }, '{"type": ');
    await page.clickOn({ id: 'request.send' });
    assert.ok(await page.has({ id: 'request.contract.note.0' }), 'a note stands at the field');
    assert.equal((await page.state()).call.phase, 'idle');
  });

  await bench.test('the time limit is our own, and the server sees us leave', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'request.limit' }, '0.8');
    const state = await send(page, `${lab.description.lab}/mix/end=silence`);
    assert.equal(state.observation.outcome, 'timed-out');
    assert.ok(state.observation.end_ms >= 780 && state.observation.end_ms < 5000, `${state.observation.end_ms} ms`);
    assert.equal(leader(state), 'response-timeout');
    const journal = await (await fetch(`${lab.description.lab}/journal/${state.call.run}`)).json();
    assert.equal(journal.rounds.at(-1).ending, 'client-left');
  });

  await bench.test('Cancel aborts: the lab sees the disconnect', async () => {
    const { page } = await open();
    const before = (await page.state()).call.number;
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/end=silence`);
    const send_button = await page.find({ id: 'request.send' });
    await page.browser.click(send_button.rect.x + send_button.rect.w / 2, send_button.rect.y + send_button.rect.h / 2);
    await page.waitFor('the call to run', (state) => state.call.phase === 'sending');
    const cancel = await page.find({ id: 'request.cancel' });
    await page.browser.click(cancel.rect.x + cancel.rect.w / 2, cancel.rect.y + cancel.rect.h / 2);
    const state = await page.waitFor('the call to be over', done(before), CALL_LIMIT_MS);
    assert.equal(state.observation.outcome, 'aborted');
    assert.equal(leader(state), 'aborted-by-caller');
    const ending = async () => (await (await fetch(`${lab.description.lab}/journal/${state.call.run}`)).json()).rounds.at(-1)?.ending;
    await until('the journal to show the disconnect', async () => await ending() === 'client-left', { ms: 5000 });
  });

  for (const body of ['100mb', 'endless']) {
    await bench.test(`an answer of ${body} is stopped with a clear message`, async () => {
      const { page } = await open();
      await page.typeInto({ id: 'request.limit' }, '60');
      const state = await send(page, `${lab.description.lab}/mix/body=${body}`);
      assert.equal(state.observation.response.capped, true, JSON.stringify(state.observation));
      assert.ok(await page.has({ id: 'outcome.remark' }), 'the page says that it stopped reading');
      assert.deepEqual(await page.errors(), []);
      const frames = await page.frames();
      await page.clickOn({ id: 'outcome.tab.events' });
      assert.ok(await page.frames() > frames, 'the tab still draws');
    }, { ms: 120_000 });
  }

  // Sent by window.fetch, which has to keep to the same cap. Page and lab share an origin here, so the mode lets it pass.
  await bench.test('mode same-origin reads its own origin, and no more than the cap', async () => {
    const browser = await bench.session({ acceptInsecureCerts: true });
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(`${lab.secure_page_url}#mode=same-origin&limit=60`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    const here = new URL(lab.secure_page_url).origin;
    const small = await send(page, `${here}/mix/body=json`);
    assert.equal(small.observation.response?.complete, true, JSON.stringify(small.observation));
    assert.equal(leader(small), 'ok');
    const large = await send(page, `${here}/mix/body=100mb`);
    assert.equal(large.observation.response?.capped, true, JSON.stringify(large.observation));
    assert.deepEqual(await page.errors(), []);
  }, { ms: 120_000 });

  await bench.test('10 MB of JSON are read and shown', async () => {
    const { page } = await open();
    const state = await send(page, `${lab.description.lab}/mix/body=10mb`);
    assert.equal(state.observation.response.complete, true);
    assert.ok(state.observation.response.bytes >= 10_000_000);
    assert.deepEqual(await page.errors(), []);
  }, { ms: 90_000 });

  const familiesAfterProbes = async (page, code) => {
    await page.clickOn({ id: 'screen.catalogue' });
    await page.clickOn({ id: `case.${code}` });
    const before = (await page.state()).call.number;
    await page.clickOn({ id: 'request.send' });
    const over = await page.waitFor('the call to be over', done(before), CALL_LIMIT_MS);
    assert.equal(over.probes.manual, 'not-asked', 'no probe is sent unasked');
    await page.clickOn({ id: 'witness.page' });
    assert.ok(await page.has({ id: 'probe.0' }), 'the probes are listed before they run');
    await page.clickOn({ id: 'probes.send' });
    const state = await page.waitFor('the probes to be over', (now) => now.probes.root_no_cors !== 'not-asked', CALL_LIMIT_MS);
    return { probes: state.probes, codes: state.diagnosis.blind.map((finding) => finding.code) };
  };

  await bench.test('probes take CORS away where nothing listens', async () => {
    const { page } = await open();
    const { probes, codes } = await familiesAfterProbes(page, 'connection-refused');
    assert.deepEqual(probes, { manual: 'rejected', no_cors: 'rejected', root_no_cors: 'rejected' });
    assert.ok(codes.includes('connection-refused'), codes.join());
    assert.ok(!codes.some((code) => code.startsWith('cors-')), codes.join());
  }, { ms: 120_000 });

  await bench.test('probes leave CORS alone where the server answers', async () => {
    const { page } = await open();
    const { probes, codes } = await familiesAfterProbes(page, 'cors-allow-origin-missing');
    assert.equal(probes.no_cors, 'opaque');
    assert.ok(codes.includes('cors-allow-origin-missing'), codes.join());
    assert.ok(!codes.includes('connection-refused') && !codes.includes('dns-failure'), codes.join());
  }, { ms: 120_000 });

  await bench.test('a link fills the form and waits', async () => {
    const { browser, page } = await open('#case=http-404&lang=zh');
    const state = await page.waitFor('the form to be filled', (now) => now.chosen?.slug === 'http-404' && now.draft.url.startsWith(lab.description.lab));
    assert.equal(state.language, 'zh-CN');
    assert.equal(state.call.phase, 'idle');
    assert.deepEqual((await browser.requests()).filter((address) => address.includes('/case/http-404')), []);
  });

  await bench.test('secrets stand in no link, no journal and no storage', async () => {
    const { browser, page } = await open();
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=401`);
    await page.clickOn({ id: 'request.tab.headers' });
    await page.typeInto({ id: 'request.header.0.name' }, 'Authorization');
    await page.typeInto({ id: 'request.header.0.value' }, 'Bearer hunter2hunter2');
    const before = (await page.state()).call.number;
    await page.clickOn({ id: 'request.send' });
    const state = await page.waitFor('the call to be over', done(before), CALL_LIMIT_MS);
    assert.equal(leader(state), 'http-401');
    const journal = await (await fetch(`${lab.description.lab}/journal/${state.call.run}`)).text();
    const kept = await browser.evaluate(() => JSON.stringify(Object.entries(localStorage)) + location.href + document.getElementById('mirror').innerHTML);
    for (const text of [journal, kept]) assert.ok(!text.includes('hunter2'), 'the secret stands nowhere');
  });
}
