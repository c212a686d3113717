// Is a field on the canvas a field? Typing, selecting, copying and pasting by the browser's own clipboard, undo, an input
// method's composition, and a whole call made by keyboard alone.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async () => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    return { browser, page };
  };

  // Headless Chromium runs the clipboard's commands only when they are named with the key.
  const clipboardKey = async (browser, key, command) => {
    if (bench.browser !== 'chromium') return browser.press(`Control+${key}`);
    await browser.page.keyboard.down('Control');
    await browser.page.keyboard.press(key.toLowerCase(), { commands: [command] });
    await browser.page.keyboard.up('Control');
  };

  const body = async (page) => (await page.state()).draft.body;

  await bench.test('keys edit as they do everywhere', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'request.tab.body' });
    await page.clickOn({ id: 'request.body' });
    await browser.type('{"a":12}');
    await browser.press('Backspace');
    await browser.press('Backspace');
    await browser.type('3}');
    await browser.press('Home');
    await browser.press('Delete');
    await browser.type('[');
    await page.idle();
    assert.equal(await body(page), '["a":13}');
    await browser.press('Enter');
    await page.idle();
    assert.equal(await body(page), '[\n"a":13}');
  });

  await bench.test('what is copied in one field is pasted in another, and undone in one step', async () => {
    const { browser, page } = await open();
    await page.typeInto({ id: 'request.url' }, 'http://127.0.0.1/one?two=three');
    await browser.press('Control+A');
    await clipboardKey(browser, 'C', 'Copy');
    await page.clickOn({ id: 'request.tab.body' });
    await page.clickOn({ id: 'request.body' });
    await clipboardKey(browser, 'V', 'Paste');
    await page.idle();
    assert.equal(await body(page), 'http://127.0.0.1/one?two=three');
    await browser.press('Control+Z');
    await page.idle();
    assert.equal(await body(page), '');
  });

  await bench.test('the Copy link button fills the clipboard', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'case.http-401' });
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);
    await page.clickOn({ id: 'case.copy_link' });
    await browser.wheel(800, 400, -20000);
    await page.idle();
    await page.clickOn({ id: 'request.tab.body' });
    await page.clickOn({ id: 'request.body' });
    await clipboardKey(browser, 'V', 'Paste');
    await page.idle();
    assert.match(await body(page), /#case=http-401&lang=(en|zh)$/);
  });

  if (bench.browser === 'chromium') {
    await bench.test('an input method composes Chinese', async () => {
      const { browser, page } = await open();
      await page.clickOn({ id: 'request.tab.body' });
      await page.clickOn({ id: 'request.body' });
      const protocol = await browser.page.createCDPSession();
      await protocol.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      await page.idle();
      assert.equal(await body(page), '', 'what is composed is not yet committed');
      await protocol.send('Input.imeSetComposition', { text: '\u4f60\u597d', selectionStart: 2, selectionEnd: 2 });
      await protocol.send('Input.insertText', { text: '\u4f60\u597d' });
      await page.idle();
      assert.equal(await body(page), '\u4f60\u597d', 'committed once');
      await protocol.send('Input.imeSetComposition', { text: 'x', selectionStart: 1, selectionEnd: 1 });
      await protocol.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
      await page.idle();
      assert.equal(await body(page), '\u4f60\u597d', 'a composition given up leaves nothing');
    });
  } else {
    bench.skip('an input method composes Chinese', 'only Chromium\'s protocol lets a driver compose; WebDriver and BiDi have no such command');
  }

  await bench.test('a call is made by keyboard alone', async () => {
    const { browser, page } = await open();
    const before = (await page.state()).call.number;
    await page.clickOn({ id: 'request.url' });
    await browser.type(`${lab.description.lab}/mix/status=404`);
    let focused = null;
    for (let step = 0; step < 30 && focused !== 'request.send'; ++step) {
      await browser.press('Tab');
      await page.idle();
      focused = (await page.items()).find((item) => item.focused)?.id ?? null;
    }
    assert.equal(focused, 'request.send', 'Tab reaches Send');
    await browser.press('Enter');
    const state = await page.waitFor('the call to be over', (now) => now.call.number > before && now.call.phase === 'done', 20_000);
    assert.equal(state.diagnosis.findings[0].code, 'http-404');
  });
}
