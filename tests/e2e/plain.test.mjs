// Is the page without WebGL 2 the same page? A whole call, its diagnosis and its fix read as text; typing, refusals,
// secrets, long bodies; both languages; axe in every state, also as narrow as a phone; and the way there and back by choice.

import assert from 'node:assert/strict';
import { Reader, tour } from './assistive.mjs';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  let loads = 0;  // another fragment alone loads nothing
  const open = async (address = '', options = { webgl: false }) => {
    const browser = await bench.session(options);
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(`${lab.page_url}?load=${++loads}${address}`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await browser.takeFocus();
    const reader = new Reader(browser, page);
    await reader.listen();
    return { browser, page, reader };
  };
  const done = (page) => page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);
  const isPlain = (browser) => browser.evaluate(() => document.documentElement.className === 'plain' && getComputedStyle(document.getElementById('canvas')).display === 'none');

  // Clicks an element with the real mouse.
  const click = async (browser, id) => {
    const at = await browser.evaluate((name) => {
      const element = document.querySelector(`[data-id="${name}"]`);
      element.scrollIntoView({ block: 'center' });
      const box = element.getBoundingClientRect();
      return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    }, id);
    await browser.click(at.x, at.y);
  };

  await bench.test('without WebGL 2 the page says so and is a plain one', async () => {
    const { browser, page } = await open();
    assert.equal(await isPlain(browser), true);
    assert.equal(await browser.evaluate(() => document.getElementById('no-webgl').hidden), false);
    assert.equal(await browser.evaluate(() => document.getElementById('no-canvas').hidden), true);
    assert.equal(await page.has({ id: 'page.switch' }), false, 'there is no other page to go to');
    assert.deepEqual(await page.errors(), []);
  });

  await bench.test('a call, its diagnosis and its fix are read as text', async () => {
    const { browser, page, reader } = await open();
    await click(browser, 'case.cors-header-not-allowed');
    await page.waitFor('the case', (state) => state.chosen?.slug === 'cors-header-not-allowed');
    await page.idle();
    await click(browser, 'request.send');
    await done(page);
    await page.idle();
    assert.equal(await reader.read('verdict.title'), 'The preflight does not allow X-Token');
    assert.equal(await reader.read('verdict.certainty'), 'certain');
    assert.match(await reader.read('wire.2'), /204/);
    assert.match(await reader.read('evidence.0'), /Access-Control-Allow-Headers/);
    await until('the fix, whose text is loaded later', async () => /Access-Control-Allow-Headers "content-type, x-token"/.test(await reader.read('fix.code')));
    assert.deepEqual(await reader.said(), [['status', 'The preflight does not allow X-Token (certain)']]);
    await click(browser, 'fix.copy');
    await page.idle();
    assert.equal(await reader.read('fix.copy'), 'Copied');
    await click(browser, 'language');
    await page.waitFor('the pages in Chinese', (state) => state.language === 'zh-CN' && state.pages);
    await page.idle();
    assert.match(await reader.read('verdict.title'), /[\u4e00-\u9fff].*X-Token|X-Token.*[\u4e00-\u9fff]/);
    assert.equal(await browser.evaluate(() => document.documentElement.lang), 'zh-CN');
    await click(browser, 'case.good_twin');
    await page.idle();
    await click(browser, 'request.send');
    const state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'ok');
  });

  await bench.test('a URL is typed by hand, and the caret stays where it is', async () => {
    const { browser, page, reader } = await open();
    await click(browser, 'request.url');
    await browser.type(`${lab.description.lab}/mix/tatus=404`);
    for (let i = 0; i < 'tatus=404'.length; ++i) await browser.press('ArrowLeft');
    await browser.type('s');
    await page.idle();
    assert.equal(await reader.focused(), 'request.url');
    assert.equal((await page.state()).draft.url, `${lab.description.lab}/mix/status=404`);
    assert.equal(await browser.evaluate(() => document.activeElement.selectionStart), `${lab.description.lab}/mix/s`.length);
    await browser.press('Enter');
    await browser.press('Control+Enter');
    const state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'http-404');
    await page.idle();
    assert.equal(await reader.focused(), 'request.url', 'the focus stays');
  });

  await bench.test('the courtroom is read, proved and repaired', async () => {
    const { browser, page, reader } = await open();
    await click(browser, 'screen.court');
    await page.find({ id: 'court.repair.code' });  // comes with what is loaded later, and moves what is to be pressed
    await page.idle();
    assert.equal(await reader.read('court.verdict.title'), 'The browser refuses');
    const steps = await browser.evaluate(() => Array.from(document.querySelectorAll('[data-id="court.steps.list"] > li')).map((step) =>
      Array.from(step.children).map((each) => each.textContent)));
    assert.deepEqual(steps.map(([mark]) => mark), [...Array(steps.length - 1).fill('\u2713'), '\u2715'], 'the last step decides');
    assert.equal(steps.at(-1)[2], 'preflight.headers');
    await reader.said();
    await click(browser, 'court.prove');
    await page.waitFor('the proof', (state) => state.court?.proof === 'done' && state.court.preflight_known);
    await page.idle();
    assert.deepEqual(await reader.said(), [['status', 'The browser did what was foretold']]);
    assert.equal(await reader.read('court.proof.head'), 'Foretold / This browser');
    assert.match(await reader.read('court.proof.preflight'), /: yes \/ yes$/);
    await click(browser, 'court.repair.apply');
    await page.idle();
    assert.equal(await reader.read('court.verdict.title'), 'The browser lets the page read the answer');
    assert.deepEqual(await reader.said(), [['status', 'The browser lets the page read the answer']]);
    assert.deepEqual(await page.errors(), []);
  });

  await bench.test('keys alone do it, and the focus is never lost', async () => {
    const { browser, page, reader } = await open();
    const tabTo = async (id, key = 'Tab') => {
      for (let step = 0; step < 80; ++step) {
        if (await reader.focused() === id) return;
        await browser.press(key);
      }
      assert.fail(`${key} does not lead to ${id}, but to ${await reader.focused()}`);
    };
    await browser.evaluate(() => document.querySelector('[data-id="screen.send"]').focus());
    await tabTo('screen.catalogue');
    await browser.press('Enter');
    await page.idle();
    await tabTo('case.http-401');
    await browser.press('Enter');
    await page.idle();
    await until('the focus to be where the page begins anew: the list is gone', async () => await reader.focused() === 'page.name');
    await tabTo('request.tab.headers');
    await browser.press('ArrowRight');
    await until('the next tab', async () => await reader.attribute('request.tab.body', 'aria-selected') === 'true');
    assert.equal(await reader.focused(), 'request.tab.body');
    await tabTo('request.send');
    await browser.press('Enter');
    const state = await done(page);
    assert.equal(state.diagnosis.findings[0].code, 'http-401');
    await until('the focus to be on Send, where Cancel stood for a while', async () => await reader.focused() === 'request.send');
  });

  await bench.test('what is wrong stands at its field', async () => {
    const { page, reader } = await open();
    await reader.write('request.url', 'http://[broken');
    await reader.press('request.send');
    await page.idle();
    assert.equal(await reader.attribute('request.url', 'aria-invalid'), 'true');
    assert.deepEqual(await reader.description('request.url'), ['\u2715 A browser cannot parse this URL: [broken']);
    const [[region]] = await reader.said();
    assert.equal(region, 'alert');
    await reader.write('request.url', 'http://127.0.0.1/');
    assert.equal(await reader.attribute('request.url', 'aria-invalid'), null);
    assert.deepEqual(await reader.description('request.url'), []);
  });

  await bench.test('a secret is covered and never written into the document', async () => {
    const { browser, page, reader } = await open();
    await reader.press('request.tab.headers');
    await reader.write('request.header.0.name', 'Authorization');
    await reader.write('request.header.0.value', 'Bearer top-secret');
    assert.equal(await reader.attribute('request.header.0.value', 'type'), 'password');
    assert.equal(await reader.read('request.header.0.value'), 'Bearer top-secret', 'what is typed stays in the field');
    await reader.press('request.tab.body');
    await reader.press('request.tab.headers');
    assert.equal(await reader.read('request.header.0.value'), '', 'a new field has no secret');
    assert.match(await reader.attribute('request.header.0.value', 'placeholder'), /^\u2022+$/);
    assert.equal(await browser.evaluate(() => document.documentElement.outerHTML.includes('top-secret')), false);
    assert.equal((await page.items()).some((item) => JSON.stringify(item).includes('top-secret')), false);
  });

  await bench.test('a long body is cut, and says so', async () => {
    const { page, reader } = await open();
    await reader.write('request.url', `${lab.description.lab}/mix/body=sized/size=200000`);
    await reader.press('request.send');
    await done(page);
    await page.idle();
    const length = (await reader.read('outcome.body')).length;
    assert.ok(length > 0 && length < 70_000, `${length} characters`);
  });

  for (const language of ['en', 'zh']) {
    await bench.test(`every state is in order, ${language}`, async () => {
      const { browser, reader } = await open(`#lang=${language}`);
      const wrong = [];
      const look = async (state) => {
        for (const each of await reader.violations()) wrong.push(`${state}: ${each}`);
      };
      await tour(reader, lab, look);
      try {
        await browser.setViewport(390, 800);
        await look('narrow');
        const small = await browser.evaluate(() => Array.from(document.querySelectorAll('#mirror button')).filter((each) => each.getBoundingClientRect().height < 40).map((each) => each.dataset.id));
        assert.deepEqual(small, [], 'every button is 40 px high');
      } finally {
        await browser.setViewport(1280, 800);
      }
      assert.deepEqual(wrong, []);
    }, { ms: 240_000 });
  }

  if (bench.browser === 'chromium') {
    await bench.test('an input method composes in the document\'s own field', async () => {
      const { browser, page, reader } = await open();
      await reader.press('request.tab.body');
      await click(browser, 'request.body');
      const protocol = await browser.page.createCDPSession();
      await protocol.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      await page.idle();
      await protocol.send('Input.imeSetComposition', { text: '\u4f60\u597d', selectionStart: 2, selectionEnd: 2 });
      await protocol.send('Input.insertText', { text: '\u4f60\u597d' });
      await page.idle();
      assert.equal((await page.state()).draft.body, '\u4f60\u597d');
      assert.equal(await reader.read('request.body'), '\u4f60\u597d');
    });
  }

  await bench.test('by choice, there and back, with what was typed', async () => {
    const { browser, page, reader } = await open('', {});
    assert.equal(await isPlain(browser), false);
    await page.typeInto({ id: 'request.url' }, 'http://127.0.0.1/kept');
    await reader.press('page.switch', { idle: false });
    await until('the plain page', () => isPlain(browser).catch(() => false));
    await page.ready();
    assert.equal(await reader.read('request.url'), 'http://127.0.0.1/kept');
    assert.equal(await browser.evaluate(() => document.getElementById('no-webgl').hidden), true);
    await reader.press('page.switch', { idle: false });
    await until('the page with its canvas', () => isPlain(browser).then((plain) => !plain).catch(() => false));
    await page.ready();
    assert.equal((await page.state()).draft.url, 'http://127.0.0.1/kept');
  });
}
