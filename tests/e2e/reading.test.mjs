// Can what the page shows be read as a text is: selected, copied, searched, folded, and scrolled when it is large?
// What is copied is proved by pasting it into a field of the page.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

// Every frame of a large body gives the reading of it a slice; how long a frame takes is the machine's.
const READ_LIMIT_MS = 180_000;

// A comma too many in a text of several lines.
const BROKEN = `body=json-trailing-comma?sample=${encodeURIComponent('{\n  "ok": true,\n  "items": [1, 2, 3]\n}\n')}`;

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async (width = 1280) => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(width, 900);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    if ((await page.state()).language !== 'en') await page.clickOn({ id: 'header.language' });
    return { browser, page };
  };

  const call = async (page, mix) => {
    const before = (await page.state()).call.number;
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/${mix}`);
    await page.clickOn({ id: 'request.send' });
    const state = await page.waitFor('the call to be over', (now) => now.call.number > before && now.call.phase === 'done' && !now.call.journal_pending && now.pages && now.reading?.read, READ_LIMIT_MS);
    await page.scrollTo({ id: 'body.text' });
    await page.idle();
    return state;
  };

  // Headless Chromium runs Paste only when it is named with the key; copying is the page's own.
  const pasted = async (browser, page) => {
    await page.clickOn({ id: 'request.tab.body' });
    await page.typeInto({ id: 'request.body' }, '');
    if (bench.browser === 'chromium') {
      await browser.page.keyboard.down('Control');
      await browser.page.keyboard.press('v', { commands: ['Paste'] });
      await browser.page.keyboard.up('Control');
    } else {
      await browser.press('Control+V');
    }
    await page.idle();
    return (await page.state()).draft.body;
  };

  const read = async (page) => {
    await page.waitFor('the body to be read', (state) => state.reading.read, READ_LIMIT_MS);
    await page.idle();
  };
  const reading = async (page) => (await page.state()).reading;
  const rows = async (page) => {
    const items = await page.items();
    const list = items.findIndex((item) => item.id === 'outcome.body');
    const found = [];
    for (let i = list + 1; items[i]?.role === 'listitem'; ++i) found.push(items[i]);
    return found;
  };
  // Brings a row of the body into the window with the page's own wheel, beside the body.
  const rowIntoView = async (browser, page, text) => {
    for (let step = 0; step < 20; ++step) {
      const row = (await rows(page)).find((item) => item.name === text);
      assert.ok(row, `a row ${text} among ${JSON.stringify((await rows(page)).map((item) => item.name))}`);
      if (row.rect.h >= 16 && row.rect.y > 60 && row.rect.y < 860) return row.rect;
      await browser.wheel(200, 500, 150);
      await page.idle();
    }
    throw new Error(`${text} stays out of sight`);
  };

  // Clicks so often in one place; on a slow machine once more, when the clicks were too far apart to belong together.
  const clicks = async (browser, page, count, x, y, done) => {
    for (let attempt = 0; attempt < 6; ++attempt) {
      for (let i = 0; i < count; ++i) await browser.click(x, y);
      await page.idle();
      if (done(await page.state())) return;
      await browser.click(210, 880);
      await page.idle();
    }
    throw new Error(`${count} clicks select nothing`);
  };

  await bench.test('a word, a line and a drag over rows of the body are copied as they came', async () => {
    const { browser, page } = await open();
    await call(page, 'body=json');
    assert.equal((await reading(page)).formatted, true);
    let rect = await rowIntoView(browser, page, '"name": "tea",');
    const word = { x: rect.x + rect.w - 28, y: rect.y + 10 };
    await clicks(browser, page, 2, word.x, word.y, (state) => state.reading.to - state.reading.from === 3);
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), 'tea');
    await rowIntoView(browser, page, '"price": 12.5');
    rect = await rowIntoView(browser, page, '"name": "tea",');
    const last = (await rows(page)).find((row) => row.name === '"price": 12.5').rect;
    await browser.move(rect.x + 1, rect.y + 10);
    await browser.down();
    await browser.move(rect.x + 30, rect.y + 14);
    await browser.move(last.x + last.w + 40, last.y + 10);
    await page.waitFor('the selection', (state) => state.reading.to - state.reading.from > 20);
    await browser.up();
    await page.idle();
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), '"name":"tea","price":12.5');
  });

  await bench.test('all of a body is copied, what is out of sight too', async () => {
    const { browser, page } = await open();
    await call(page, 'body=100kb-lines');
    const text = await page.scrollTo({ id: 'body.text' });
    await browser.click(text.rect.x + 300, text.rect.y + 12);
    await page.idle();
    await browser.press('Control+A');
    await page.idle();
    const now = await reading(page);
    assert.deepEqual([now.from, now.to], [0, 102400]);
    await browser.press('Control+C');
    const copied = await pasted(browser, page);
    assert.equal(copied.length, 102400);
    assert.ok(JSON.parse(copied).items.length > 500);
  });

  await bench.test('keys move and select in the body', async () => {
    const { browser, page } = await open();
    await call(page, BROKEN);
    const rect = await rowIntoView(browser, page, '{');
    await browser.click(rect.x + 2, rect.y + 10);
    await page.idle();
    await browser.press('Control+Home', 'ArrowDown', 'Shift+End');
    await page.idle();
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), '  "ok": true,');
  });

  await bench.test('an explanation is selected and copied, and one selection ends the other', async () => {
    const { browser, page } = await open();
    await call(page, 'body=json');
    const text = await page.scrollTo({ id: 'body.text' });
    await browser.click(text.rect.x + 300, text.rect.y + 12);
    await browser.press('Control+A');
    await page.idle();
    assert.ok((await reading(page)).to > 0);
    const sentence = await page.scrollTo({ id: 'verdict.title' });
    await clicks(browser, page, 3, sentence.rect.x + 20, sentence.rect.y + 10, (state) => state.selected === sentence.name.length);
    const now = await reading(page);
    assert.equal(now.from, now.to, 'the body gave its selection up');
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), sentence.name);
  });

  await bench.test('a header is selected and copied', async () => {
    const { browser, page } = await open();
    await call(page, 'body=json');
    await page.clickOn({ id: 'outcome.tab.headers' });
    const row = await page.scrollTo({ role: 'listitem', name: /^content-type: / });
    await clicks(browser, page, 3, row.rect.x + 5, row.rect.y + 10, (state) => state.selected === row.name.length);
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), 'content-type: application/json');
  });

  await bench.test('a text is found, counted, stepped through and left', async () => {
    const { browser, page } = await open();
    await call(page, 'body=100kb');
    const text = await page.scrollTo({ id: 'body.text' });
    await browser.click(text.rect.x + 300, text.rect.y + 12);
    await page.idle();
    await browser.press('Control+Home', '/');
    await page.idle();
    await browser.type('GREEN');
    await page.idle();
    const count = async () => (await page.find({ id: 'body.find.count' })).name;
    const all = (await reading(page)).hits;
    assert.ok(all > 1000);
    const grouped = String(all).replace(/(?=\d{3}$)/, ',');
    assert.equal(await count(), `1 of ${grouped}`);
    await browser.press('Enter');
    await page.idle();
    assert.equal(await count(), `2 of ${grouped}`);
    await browser.press('Shift+Enter', 'Shift+Enter');
    await page.idle();
    assert.equal(await count(), `${grouped} of ${grouped}`);
    assert.ok((await reading(page)).top > 1000, 'the last hit is brought into sight');
    await browser.press('Escape');
    await page.idle();
    assert.equal(await page.has({ id: 'body.find' }), false);
    await browser.press('Control+C');
    assert.equal(await pasted(browser, page), 'green', 'the hit stays selected');
  });

  await bench.test('an object folds to a summary, by hand and by key, and a hit unfolds it', async () => {
    const { browser, page } = await open();
    await call(page, 'body=json');
    const all = (await reading(page)).rows;
    await page.clickOn({ id: 'body.fold.0' });
    assert.deepEqual((await rows(page)).map((row) => row.name), ['{ 3 }']);
    await page.clickOn({ id: 'body.text' });
    await browser.press('Control+Home', 'Enter');
    await page.idle();
    assert.equal((await reading(page)).rows, all);
    await browser.press('Enter');
    await page.idle();
    assert.equal((await reading(page)).rows, 1);
    await page.clickOn({ id: 'outcome.find' });
    await browser.type('cup');
    await page.idle();
    assert.equal((await reading(page)).rows, all);
  });

  await bench.test('a mark is visited and says what is wrong', async () => {
    const { browser, page } = await open();
    await call(page, BROKEN);
    assert.equal((await page.find({ id: 'body.mark.count' })).name, '1');
    await page.clickOn({ id: 'body.text' });
    await browser.press('M');
    await page.waitFor('the mark', (state) => state.reading.mark === 0);
    await browser.press('Control+Home');
    await page.waitFor('the caret at the start', (state) => state.reading.from === 0);
    await page.clickOn({ id: 'body.mark.next' });
    const now = await reading(page);
    assert.equal(now.formatted, false, 'what is marked is shown as it came');
    assert.ok(now.from > 0);
    const { name } = await page.find({ id: 'body.mark.0' });
    assert.match(name, /comma/i);
    assert.equal((await page.find({ id: 'body.mark.count' })).name, `1 of 1: ${name}`);
  });

  await bench.test('the browser keeps its own find, outside the text and in it', async () => {
    const { browser, page } = await open();
    await call(page, 'body=json');
    await browser.evaluate(() => {
      window.__kept = [];
      addEventListener('keydown', (event) => {
        if (/^(Control|Shift)$/.test(event.key)) return;
        window.__kept.push(event.defaultPrevented ? 'ours' : 'kept');
        event.preventDefault();  // no find bar in the way of the next step
      });
    });
    await page.clickOn({ id: 'body.text' });
    await browser.press('Control+F', 'F3', 'Control+G', 'Shift+F3');
    await page.idle();
    assert.deepEqual(await browser.evaluate(() => window.__kept), ['kept', 'kept', 'kept', 'kept']);
    assert.equal(await page.has({ id: 'body.find' }), false);
    await browser.press('/');
    await page.idle();
    assert.equal((await page.find({ id: 'body.find' })).value ?? '', '', 'the slash opens the field and is not typed into it');
  });

  await bench.test('a finger scrolls the body, held down it selects, and a bar copies', async () => {
    const { browser, page } = await open(390);
    await call(page, 'body=100kb');
    const finger = (kind, x, y) => browser.evaluate(([type, at_x, at_y]) => {
      document.querySelector('canvas').dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerType: 'touch',
        pointerId: 77, isPrimary: true, button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerup' ? 0 : 1, clientX: at_x, clientY: at_y }));
    }, [kind, x, y]);
    const { x, y, w, h } = (await page.scrollTo({ id: 'body.text' })).rect;
    const low = Math.min(y + h, 860) - 20;
    const middle = x + w / 2;
    await finger('pointerdown', middle, low);
    for (let up = 10; up <= 150; up += 10) await finger('pointermove', middle, low - up);
    await finger('pointerup', middle, low - 150);
    await page.waitFor('the body to scroll', (state) => state.reading.top > 3);
    await page.idle();
    const still = await reading(page);
    assert.equal(still.from, still.to, 'a finger that scrolls selects nothing');
    assert.equal(await page.has({ id: 'selection.copy' }), false);
    const inside = (await rows(page)).filter((item) => item.rect.h >= 16 && item.rect.y > 100 && item.rect.y < 780);
    const row = inside.find((item) => /^"?[a-z]{2}/.test(item.name));
    assert.ok(row, `a row with a word among ${JSON.stringify(inside.map((item) => item.name).slice(0, 8))}`);
    await finger('pointerdown', row.rect.x + 12, row.rect.y + 10);
    await page.waitFor('a word to be selected', (state) => state.reading.to > state.reading.from);
    await new Promise((resolve) => setTimeout(resolve, 400)); // held down: a tap selects nothing
    await finger('pointerup', row.rect.x + 12, row.rect.y + 10);
    await page.idle();
    const word = await reading(page);
    assert.ok(word.to > word.from, 'the word stays selected when the finger is lifted');
    await page.clickOn({ id: 'selection.copy' });
    const now = await reading(page);
    assert.deepEqual([now.from, now.to], [word.from, word.to], 'the bar leaves the selection');
    await until('the bar to answer', async () => /Copied/.test((await page.find({ id: 'selection.copy' })).name));
  });

  for (const [size, bytes] of [['10mb-lines', 10 << 20], ['5mb', 5 << 20]]) {
    await bench.test(`a body of ${size} opens, scrolls to its end, and rests`, async () => {
      const { browser, page } = await open();
      await call(page, `body=${size}`);
      for (const layout of ['body.raw', 'body.formatted']) {
        const { x: at_x, y: at_y, w: wide, h: high } = (await page.scrollTo({ id: layout })).rect;
        await browser.click(at_x + wide / 2, at_y + high / 2);
        await page.waitFor(layout, (state) => state.reading.formatted === (layout === 'body.formatted'), READ_LIMIT_MS);
        await read(page);
        await page.clickOn({ id: 'body.text' });
        await browser.press('Control+End');
        await page.idle();
        const shown = await rows(page);
        assert.match(shown.at(-1).name, /\}$/, `the last row of ${layout}`);
        assert.ok(shown.length < 260, 'the first rows and those in sight are told, not all');
        const now = await reading(page);
        assert.equal(now.to, bytes);
        assert.ok(now.top > 40_000, `${now.top} rows above`);
        await browser.press('Control+Home');
        await page.idle();
        assert.equal((await reading(page)).top, 0);
        const { x, y, w, h } = (await page.find({ id: 'body.text' })).rect;
        await browser.wheel(x + w / 2, y + h / 2, 3000);
        await page.idle();
        assert.ok((await reading(page)).top > 5, 'the wheel scrolls it');
      }
      await browser.move(5, 5);
      await page.idle();
      const frames = await page.frames();
      await page.idle();
      assert.equal(await page.frames(), frames, 'no frame once it is read');
      assert.deepEqual(await page.errors(), []);
    });
  }
}
