// Can the page be used by somebody who does not see its canvas?
// Every panel in both languages is judged by axe and by assistive.mjs's own rules; whole jobs are done by keys alone and
// by a screen reader's means alone; what the live regions say is counted. The page without a canvas is plain.test.mjs's.

import assert from 'node:assert/strict';
import { Reader, tour } from './assistive.mjs';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  let loads = 0;  // another fragment alone loads nothing
  const open = async (fragment = '', height = 800) => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, height);
    await page.open(`${lab.page_url}?load=${++loads}${fragment}`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await browser.takeFocus();
    const reader = new Reader(browser, page);
    await reader.listen();
    return { browser, page, reader };
  };
  const done = (page) => page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);

  for (const language of ['en', 'zh']) {
    await bench.test(`every panel is in order for assistive technology, ${language}`, async () => {
      const { reader } = await open(`#lang=${language}`);
      const wrong = [];
      await tour(reader, lab, async (state) => {
        for (const each of await reader.violations()) wrong.push(`${state}: ${each}`);
      });
      assert.deepEqual(wrong, []);
    }, { ms: 240_000 });
  }

  await bench.test('what is scrolled away can be reached', async () => {
    const { browser, page, reader } = await open('#case=cors-header-not-allowed', 500);
    await reader.press('request.send');
    await done(page);
    await page.idle();
    const isVisible = async (id) => {
      const { rect } = await page.find({ id });
      return rect.w > 8 && rect.h > 8;
    };
    for (const id of ['confirm.title', 'verdict.title', 'outcome.title']) {
      assert.equal(await reader.has(id), true, `${id} is in the document`);
      await browser.evaluate((name) => document.querySelector(`[data-id="${name}"]`).scrollIntoView({ block: 'center' }), id);
      await until(`${id} to be in sight`, () => isVisible(id));
    }
    assert.equal(await isVisible('fix.copy'), false);
    await browser.evaluate(() => document.querySelector('[data-id="fix.copy"]').focus());
    await until('the focused button to be in sight, with its ring', async () => await isVisible('fix.copy') && (await page.find({ id: 'fix.copy' })).focused);
  });

  await bench.test('each outcome is said once, politely; what is wrong with the form, at once', async () => {
    const { page, reader } = await open('#case=cors-header-not-allowed');
    await reader.said();
    await reader.press('request.send');
    await done(page);
    assert.deepEqual(await reader.said(), [['status', 'The preflight does not allow X-Token (certain)']]);
    await reader.press('request.send');
    await done(page);
    assert.deepEqual(await reader.said(), [['status', 'The preflight does not allow X-Token (certain)']], 'the same outcome once more');
    await reader.press('fix.copy');
    assert.deepEqual((await reader.said()).map(([region]) => region), ['status']);
    await reader.press('language');
    await reader.write('request.url', 'http://[broken');
    await reader.press('request.send');
    await done(page);
    const [[region, text], ...more] = await reader.said();
    assert.equal(region, 'alert');
    assert.match(text, /[\u4e00-\u9fff]/);
    assert.deepEqual(more, []);
    await reader.write('request.limit', 'x');
    await reader.press('request.send');
    assert.deepEqual(await reader.said(), [['alert', '\u8bf7\u586b 0.1 \u5230 600 \u4e4b\u95f4\u7684\u79d2\u6570\uff0c\u6216\u7559\u7a7a']]);
    assert.deepEqual(await reader.description('request.limit'), ['\u2715 \u8bf7\u586b 0.1 \u5230 600 \u4e4b\u95f4\u7684\u79d2\u6570\uff0c\u6216\u7559\u7a7a']);
  });

  await bench.test('a call under way is not chattered about', async () => {
    const { browser, page, reader } = await open('#case=response-timeout');
    await reader.write('request.limit', '60');
    await reader.said();
    await reader.press('request.send', { idle: false });
    const first = await reader.read('request.progress');
    await until('the progress to move', async () => await reader.read('request.progress') !== first);
    assert.deepEqual(await reader.said(), []);
    await browser.press('Escape');
    await done(page);
    assert.equal((await reader.said()).length, 1);
  });

  await bench.test('a whole job by keys alone', async () => {
    const { browser, page } = await open();
    const focused = async () => (await page.items()).find((item) => item.focused)?.id ?? '';
    const tabTo = async (id, key = 'Tab') => {
      for (let step = 0; step < 60; ++step) {
        if (await focused() === id) return;
        await browser.press(key);
        await page.idle();
      }
      assert.fail(`${key} does not lead to ${id}, but to ${await focused()}`);
    };
    const enter = async () => {
      await browser.press('Enter');
      await page.idle();
    };
    await tabTo('case.cors-header-not-allowed');
    await enter();
    await page.waitFor('the case', (state) => state.chosen?.slug === 'cors-header-not-allowed');
    await tabTo('request.send', 'Shift+Tab');
    await enter();
    let state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'cors-header-not-allowed');
    await tabTo('fix.server');
    await enter();
    await tabTo('fix.server.apache');
    await enter();
    assert.match((await page.find({ id: 'fix.server' })).name, /Apache/);
    await tabTo('case.good_twin');
    await enter();
    await tabTo('request.send', 'Shift+Tab');
    await enter();
    state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'ok');
  }, { ms: 180_000 });

  await bench.test('a whole job by a screen reader\'s means alone', async () => {
    const { page, reader } = await open();
    await reader.press('screen.catalogue');
    await reader.press('case.cors-header-not-allowed');
    await reader.press('request.send');
    await done(page);
    assert.match(await reader.read('verdict.title'), /X-Token/);
    assert.match(await reader.read('wire.1'), /OPTIONS/);
    await until('the fix, whose text is loaded later', async () => /Access-Control-Allow-Headers "content-type, x-token"/.test(await reader.read('fix.code')));
    await reader.press('fix.copy');
    await reader.press('case.good_twin');
    await reader.press('request.send');
    let state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'ok');
    await reader.press('request.clear');
    await reader.write('request.method', 'POST');
    await reader.write('request.url', `${lab.description.lab}/mix/status=422`);
    await reader.press('request.tab.headers');
    await reader.write('request.header.0.name', 'Content-Type');
    await reader.write('request.header.0.value', 'text/plain');
    await reader.press('request.tab.body');
    await reader.write('request.body', 'two\nlines');
    await reader.press('request.tab.options');
    await reader.press('request.credentials');
    assert.equal(await reader.browser.evaluate(() => document.querySelector('[data-id="request.credentials"]').checked), true);
    await reader.press('request.credentials');
    await reader.press('request.send');
    state = await done(page);
    assert.deepEqual({ method: state.draft.method, body: state.draft.body, headers: state.draft.headers },
      { method: 'POST', body: 'two\nlines', headers: [['Content-Type', 'text/plain']] });
    assert.equal(state.observation.response.status, 422);
  }, { ms: 120_000 });

  await bench.test('from a field of the document the keyboard goes on where it is', async () => {
    const { browser, page, reader } = await open();
    await reader.write('request.url', 'http://127.0.0.1/a');
    assert.equal(await reader.focused(), 'request.url', 'the document keeps the focus');
    await browser.press('Tab');
    await page.idle();
    assert.equal((await page.items()).find((item) => item.focused)?.id, 'request.tab.query');
    assert.equal((await page.state()).draft.url, 'http://127.0.0.1/a');
  });
}
