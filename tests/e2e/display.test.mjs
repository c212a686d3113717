// Is the page sharp, in the colours and at the size a person asked for, usable by a finger, and whole again after its
// graphics context was lost? Judged by pixels and by the places the page says it has drawn to.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { readPng } from './png.mjs';
import { until } from './processes.mjs';

const LEAST_TARGET_PX = 40;
const CONTROLS = new Set(['button', 'tab', 'checkbox', 'radio', 'textbox', 'combobox', 'option', 'link']);

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

// A part of a screenshot as rows of luminance.
function greys(image, { x, y, w, h }, scale) {
  const rows = [];
  for (let row = Math.floor(y * scale); row < Math.min(Math.ceil((y + h) * scale), image.height); ++row) {
    const line = [];
    for (let column = Math.floor(x * scale); column < Math.min(Math.ceil((x + w) * scale), image.width); ++column) line.push(luminance(image.at(column, row)));
    rows.push(line);
  }
  return rows;
}

// How steep edges are: of all neighbours that differ at all, the part that differ by most of the contrast.
function steepness(rows) {
  const all = rows.flat();
  const range = Math.max(...all) - Math.min(...all);
  assert.ok(range > 80, `there is text: contrast ${range}`);
  let edges = 0, steep = 0;
  for (const row of rows) {
    for (let i = 1; i < row.length; ++i) {
      const step = Math.abs(row[i] - row[i - 1]) / range;
      if (step > 0.1) ++edges;
      if (step > 0.55) ++steep;
    }
  }
  assert.ok(edges > 100, `there are letters: ${edges} edges`);
  return steep / edges;
}

// What a browser makes of a canvas that is too small by `factor`.
function enlarged(rows, factor) {
  const out = [];
  for (let y = 0; y < Math.floor((rows.length - 1) * factor); ++y) {
    const [y0, fy] = [Math.floor(y / factor), (y / factor) % 1];
    const line = [];
    for (let x = 0; x < Math.floor((rows[0].length - 1) * factor); ++x) {
      const [x0, fx] = [Math.floor(x / factor), (x / factor) % 1];
      const top = rows[y0][x0] * (1 - fx) + rows[y0][x0 + 1] * fx;
      const bottom = rows[y0 + 1][x0] * (1 - fx) + rows[y0 + 1][x0 + 1] * fx;
      line.push(top * (1 - fy) + bottom * fy);
    }
    out.push(line);
  }
  return out;
}

const canvasSize = () => {
  const canvas = document.getElementById('canvas');
  const box = canvas.getBoundingClientRect();
  return { css: [box.width, box.height], device: [canvas.width, canvas.height], dpr: devicePixelRatio };
};

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async (width = 1280, height = 800, dpr = 1, options = {}) => {
    const browser = await bench.session(options);
    const page = new Page(browser);
    await browser.setViewport(width, height, dpr);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await page.idle();
    return { browser, page };
  };

  const pixel = async (browser, x, y) => {
    const image = readPng(await browser.screenshot());
    return image.at(x, y);
  };

  // --- density ---

  if (bench.browser === 'webkit') {
    await bench.test('at a density of 2 the canvas has every device pixel, and its text is no enlargement', async () => {
      const { browser, page } = await open(900, 700, 2, { dpr: 2 });
      const size = await browser.evaluate(canvasSize);
      assert.deepEqual(size.device, size.css.map((length) => length * 2));
      const title = (await page.find({ id: 'verdict.title' }).catch(() => page.find({ id: 'page.name' }))).rect;
      const rows = greys(readPng(await browser.screenshot()), title, 2);
      // Every second pixel would repeat its neighbour.
      let odd = 0;
      for (const row of rows) for (let i = 2; i + 1 < row.length; i += 2) if (Math.abs(row[i] - row[i + 1]) > 8) ++odd;
      assert.ok(odd > 50, `${odd} pairs of neighbours differ`);
    });
    bench.skip('the density changes while the page runs', 'WebKitGTK takes its density at start; Chromium and Firefox run it');
  } else {
    await bench.test('at every density, also one that changes while the page runs, the canvas has every device pixel and text is sharp', async () => {
      const { browser, page } = await open();
      let plain = null, plain_rows = null;
      // The size changes each time: Chromium tells a page nothing of a density that is emulated, save with a new size.
      const steps = [[1, 1280, 800], [1.25, 1288, 800], [1.25, 1111, 777], [1.5, 1280, 800], [2, 1276, 800], [3, 1270, 800], [1, 1280, 801]];
      for (const [dpr, width, height] of steps) {
        await browser.setViewport(width, height, dpr);
        await until(`a density of ${dpr}`, async () => {
          const size = await browser.evaluate(canvasSize);
          return size.dpr === dpr && size.css[0] === width && size.device.every((length, i) => length === Math.round(size.css[i] * dpr));
        }, { ms: 10_000 }).catch(async (error) => {
          throw new Error(`${error.message}: ${JSON.stringify(await browser.evaluate(canvasSize))}`);
        });
        await page.idle();
        const image = readPng(await browser.screenshot());
        const rect = (await page.find({ id: 'screen.catalogue' })).rect;
        const rows = greys(image, rect, image.width / width);
        if (dpr !== 1) assert.ok(image.width >= Math.floor(width * dpr), `the screenshot has device pixels: ${image.width}`);
        const now = steepness(rows);
        if (dpr === 1 && plain === null) [plain, plain_rows] = [now, rows];
        const blurred = dpr === 1 ? 0 : steepness(enlarged(plain_rows, dpr));
        bench.row('sharpness', { browser: bench.browser, dpr, size: `${width}x${height}`, steep: now.toFixed(3), 'if enlarged': blurred.toFixed(3) });
        assert.ok(now > 0.6 * plain, `at ${dpr} edges are as steep as at 1: ${now} and ${plain}`);
        assert.ok(now > 1.4 * blurred, `at ${dpr} they are steeper than an enlargement's: ${now} and ${blurred}`);
      }
      assert.deepEqual(await page.errors(), []);
    });
  }

  // --- letters of one width ---

  for (const language of ['en-US', 'zh-CN']) {
    await bench.test(`in ${language}, code is set in letters of one width`, async () => {
      const { browser, page } = await open(1280, 800, 1, { language });
      await page.clickOn({ id: 'request.tab.body' });
      const caret = async (text) => {
        await page.typeInto({ id: 'request.body' }, text);
        return browser.evaluate(() => document.getElementById('text').getBoundingClientRect().x);
      };
      const [narrow, wide, none] = [await caret('iiiiiiiiii'), await caret('MMMMMMMMMM'), await caret('')];
      assert.ok(narrow > none + 40, `letters have a width: ${narrow - none}`);
      assert.equal(narrow, wide, 'the caret stands at one place behind ten i and ten M');
    });
  }

  // --- colours ---

  await bench.test('light and dark are followed, also when they change while the page runs', async () => {
    const check = async (browser, page, dark) => {
      await until('the page to follow', async () => (await browser.evaluate(() => document.documentElement.dataset.theme)) === (dark ? 'dark' : 'light'));
      await page.idle();
      const ground = luminance(await pixel(browser, 8, 400));
      assert.ok(dark ? ground < 40 : ground > 215, `the ground of ${dark ? 'dark' : 'light'} is ${ground}`);
    };
    if (bench.browser === 'webkit') {
      for (const dark of [false, true]) {
        const { browser, page } = await open(1280, 800, 1, dark ? { dark } : {});
        await check(browser, page, dark);
      }
      return;
    }
    const { browser, page } = await open();
    for (const dark of [false, true, false]) {
      await browser.setDark(dark);
      await check(browser, page, dark);
    }
  });

  // Chromium pretends media features for as long as its protocol is open; each call replaces the last.
  const pretending = new WeakMap();
  const pretend = async (browser, features) => {
    if (!pretending.has(browser)) pretending.set(browser, await browser.page.createCDPSession());
    await pretending.get(browser).send('Emulation.setEmulatedMedia', { features: Object.entries(features).map(([name, value]) => ({ name, value })) });
  };

  if (bench.browser === 'chromium') {
    await bench.test('more contrast and forced colours get a palette of their own, in light and dark, while the page runs', async () => {
      const { browser, page } = await open();
      const look = async (features) => {
        await pretend(browser, features);
        await browser.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
        await page.idle();
        const image = readPng(await browser.screenshot());
        const field = (await page.find({ id: 'request.url' })).rect;
        const middle = Math.round(field.y + field.h / 2);
        const ground = luminance(image.at(8, 400));
        let line = 0;  // the strongest step at the field's left border, against the card around it
        for (let x = Math.round(field.x) - 2; x < field.x + 3; ++x) {
          line = Math.max(line, Math.abs(luminance(image.at(x, middle)) - luminance(image.at(Math.round(field.x) - 4, middle))));
        }
        return { ground, line };
      };
      const plain = await look({ 'prefers-color-scheme': 'light' });
      for (const feature of [{ 'prefers-contrast': 'more' }, { 'forced-colors': 'active' }]) {
        const light = await look({ 'prefers-color-scheme': 'light', ...feature });
        const dark = await look({ 'prefers-color-scheme': 'dark', ...feature });
        const name = Object.keys(feature)[0];
        assert.equal(Math.round(light.ground), 255, `${name}: white`);
        assert.equal(dark.ground, 0, `${name}: black`);
        assert.ok(light.line > 2 * plain.line && dark.line > 2 * plain.line, `${name}: lines are stronger: ${light.line}, ${dark.line}, plain ${plain.line}`);
      }
      const back = await look({ 'prefers-color-scheme': 'light' });
      assert.deepEqual(back, plain);
      await pretend(browser, {});
    });
  } else {
    bench.skip('more contrast and forced colours', `${bench.browser}'s driver cannot pretend them; unit_views checks the palettes, Chromium that they are chosen`);
  }

  // --- size ---

  const cutItems = async (page) => {
    const { w } = await page.viewport();
    return (await page.items()).filter((item) => item.rect.w > 0 && (item.rect.x < 0 || item.rect.x + item.rect.w > w + 0.5))
      .map((item) => `${item.id || item.name}: ${Math.round(item.rect.x)}+${Math.round(item.rect.w)} of ${w}`);
  };

  // Controls that lie on one another: neither could be pressed for sure.
  const overlaps = async (page) => {
    const controls = (await page.items()).filter((item) => CONTROLS.has(item.role) && !item.group && item.rect.w > 0 && item.rect.h > 0);
    const meet = ({ rect: a }, { rect: b }) => Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 1;
    return controls.flatMap((a, i) => controls.slice(i + 1).filter((b) => meet(a, b)).map((b) => `${a.id} and ${b.id}`));
  };

  // With what the last visit has left.
  const visitAgain = async (browser, page) => {
    await browser.open(lab.page_url);
    await page.ready(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await page.idle();
  };

  const setSize = async (page, projector) => {
    if (((await page.state()).size === 'projector') !== projector) await page.clickOn({ id: 'size' });
    assert.equal((await page.state()).size, projector ? 'projector' : 'standard');
  };

  await bench.test("a projector's size makes everything half as large again, cuts nothing, works by mouse, and is kept", async () => {
    for (const [width, height] of [[1280, 800], [1920, 1080]]) {
      const { browser, page } = await open(width, height);
      for (const language of ['en', 'zh']) {
        if (!(await page.state()).language.startsWith(language)) await page.clickOn({ id: 'language' });
        await setSize(page, false);
        const before = (await page.find({ id: 'request.send' })).rect;
        await setSize(page, true);
        const after = (await page.find({ id: 'request.send' })).rect;
        assert.ok(Math.abs(after.h - 1.5 * before.h) < 1, `Send is ${after.h} high, was ${before.h}`);
        assert.deepEqual(await cutItems(page), []);
        assert.deepEqual(await overlaps(page), []);
        const size = await browser.evaluate(canvasSize);
        assert.deepEqual(size.device, size.css.map((length) => Math.round(length * size.dpr)), 'the canvas keeps its pixels');
        await page.typeInto({ id: 'request.url' }, `http://127.0.0.1/${language}`);
        assert.equal((await page.state()).draft.url, `http://127.0.0.1/${language}`, 'mouse and keys find the field');
        const caret = await browser.evaluate(() => { const { x, y } = document.getElementById('text').getBoundingClientRect(); return { x, y }; });
        const field = (await page.find({ id: 'request.url' })).rect;
        assert.ok(caret.x > field.x && caret.x <= field.x + field.w && caret.y > field.y && caret.y < field.y + field.h, 'and the hidden textarea the caret');
        await browser.screenshot(`${bench.artefacts}/projector-${bench.browser}-${width}-${language}.png`);
      }
      await page.clickOn({ id: 'case.http-401' });
      await page.clickOn({ id: 'request.send' });
      await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending);
      await page.idle();
      assert.deepEqual(await cutItems(page), []);
      await visitAgain(browser, page);
      assert.equal((await page.state()).size, 'projector', 'a new visit begins with it');
    }
  });

  await bench.test('on a screen too small for it the projector size changes nothing', async () => {
    const { browser, page } = await open();
    await setSize(page, true);
    await browser.setViewport(390, 844);
    await visitAgain(browser, page);
    assert.equal((await page.state()).size, 'projector');
    assert.deepEqual(await cutItems(page), []);
    const send = (await page.find({ id: 'request.send' })).rect;
    assert.ok(send.h >= LEAST_TARGET_PX && send.h < 46, `Send is ${send.h} high`);
  });

  // --- by touch ---

  // Chromium gets real fingers; the others, events as a finger makes them.
  const makeFinger = async (browser) => {
    if (bench.browser === 'chromium') {
      const protocol = await browser.page.createCDPSession();
      const send = (type, points) => protocol.send('Input.dispatchTouchEvent', { type, touchPoints: points });
      return {
        down: (x, y) => send('touchStart', [{ x, y }]),
        move: (x, y) => send('touchMove', [{ x, y }]),
        up: () => send('touchEnd', []),
      };
    }
    let last = [0, 0];
    const send = (type, x, y) => {
      last = [x, y];
      return browser.evaluate((kind, left, top) => {
        const target = document.elementFromPoint(left, top) ?? document.getElementById('canvas');
        target.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, pointerType: 'touch', pointerId: 77, isPrimary: true,
          clientX: left, clientY: top, button: kind === 'pointermove' ? -1 : 0, buttons: kind === 'pointerup' ? 0 : 1 }));
      }, type, x, y);
    };
    return { down: (x, y) => send('pointerdown', x, y), move: (x, y) => send('pointermove', x, y), up: () => send('pointerup', ...last) };
  };
  const how = bench.browser === 'chromium' ? '' : ' (synthetic pointer events)';
  const PHONE = [390, 844, bench.browser === 'webkit' ? 1 : 2];

  const openPhone = async (width = PHONE[0], height = PHONE[1]) => {
    const { browser, page } = await open(width, height, PHONE[2]);
    const finger = await makeFinger(browser);
    const tap = async (query) => {
      const { x, y, w, h } = (await page.find(query)).rect;
      await finger.down(x + w / 2, y + h / 2);
      await finger.up();
      await page.idle();
    };
    return { browser, page, finger, tap };
  };

  await bench.test('at 390 px nothing is cut and every control is a finger wide and high', async () => {
    const { page } = await openPhone();
    const check = async (where) => {
      assert.deepEqual(await cutItems(page), [], where);
      assert.deepEqual(await overlaps(page), [], where);
      const { h } = await page.viewport();
      const small = (await page.items()).filter((item) => CONTROLS.has(item.role) && !item.group && item.rect.w > 0 && item.rect.h > 0)
        // At the edge of what is scrolled, an item is as high as what is seen of it.
        .filter((item) => item.rect.y > 50 && item.rect.y + item.rect.h < h - 1 || item.rect.y + item.rect.h < 49)
        .filter((item) => item.rect.w < LEAST_TARGET_PX - 0.5 || item.rect.h < LEAST_TARGET_PX - 0.5)
        .map((item) => `${item.id}: ${item.rect.w}x${item.rect.h}`);
      assert.deepEqual(small, [], where);
    };
    await check('at first');
    for (const tab of ['query', 'body', 'contract', 'options', 'headers']) {
      await page.clickOn({ id: `request.tab.${tab}` });
      await check(tab);
    }
    await page.clickOn({ id: 'case.cors-header-not-allowed' });
    await page.browser.wheel(200, 500, -20_000);
    await page.idle();
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending);
    await page.idle();
    for (let screen = 0; screen < 6; ++screen) {
      await check(`with a diagnosis, screen ${screen}`);
      await page.browser.wheel(200, 600, 600);
      await page.idle();
    }
    await page.clickOn({ id: 'screen.catalogue' });
    await check('the catalogue');
    await page.clickOn({ id: 'screen.send' });
    await page.clickOn({ id: 'language' });
    await check('in the other language');
  });

  await bench.test(`a finger scrolls, the page glides on and comes to rest, and a tap presses${how}`, async () => {
    const { page, finger, tap } = await openPhone();
    const top = async () => (await page.items()).find((item) => item.id === 'request.send')?.rect.y ?? -1e4;
    const before = await top();
    await finger.down(200, 700);
    for (let y = 690; y >= 500; y -= 10) await finger.move(200, y);
    await until('the page to follow the finger', async () => (await top()) < before - 60);
    await finger.up();
    await page.idle();
    const rest = (await page.find({ id: 'case.http-401' })).rect.y;
    assert.equal((await page.state()).chosen, undefined, 'a finger that scrolls presses nothing');
    await page.idle();
    assert.equal((await page.find({ id: 'case.http-401' })).rect.y, rest, 'it is at rest');
    await page.scrollTo({ id: 'case.http-401' });
    await tap({ id: 'case.http-401' });
    assert.equal((await page.state()).chosen.slug, 'http-401');
  });

  if (bench.browser !== 'webkit') {
    await bench.test(`with reduced motion nothing glides: the page stands where the finger left it${how}`, async () => {
      const { browser, page, finger } = await openPhone();
      const reduce = async (on) => {
        if (bench.browser === 'chromium') await pretend(browser, on ? { 'prefers-reduced-motion': 'reduce' } : {});
        else await browser.setPreference('ui.prefersReducedMotion', on ? 1 : 0);
        await until('the page to be told', async () => (await browser.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches)) === on);
        await page.idle();
      };
      try {
        await reduce(true);
        await finger.down(200, 700);
        for (let y = 680; y >= 400; y -= 20) await finger.move(200, y);
        const before = await page.frames();
        await finger.up();
        await page.idle();
        const frames = await page.frames() - before;
        assert.ok(frames <= 12, `${frames} frames after the finger was lifted; gliding takes thirty and more`);
      } finally {
        await reduce(false);
      }
    });
  } else {
    bench.skip('with reduced motion nothing glides', 'WebKitGTK takes the setting from the desktop, which a driver cannot reach');
  }

  await bench.test(`a tap into a field gives the hidden textarea the focus and names the right keyboard${how}`, async () => {
    const { browser, page, tap } = await openPhone();
    const proxy = () => browser.evaluate(() => [document.activeElement.id, document.getElementById('text').inputMode, getComputedStyle(document.getElementById('text')).fontSize]);
    await tap({ id: 'request.url' });
    assert.deepEqual(await proxy(), ['text', 'url', '16px'], 'below 16 px a phone would zoom in');
    await tap({ id: 'request.limit' });
    assert.deepEqual(await proxy(), ['text', 'decimal', '16px']);
    await tap({ id: 'request.tab.body' });
    await tap({ id: 'request.body' });
    assert.deepEqual(await proxy(), ['text', 'text', '16px']);
    await tap({ id: 'request.tab.headers' });
    assert.equal((await proxy())[0], 'canvas', 'outside fields the keyboard goes');
    assert.deepEqual(await page.errors(), []);
  });

  const seen = (page, id, height) => until(`${id} to be in sight`, async () => {
    const field = (await page.find({ id })).rect;
    return field.h > 30 && field.y >= 40 && field.y + field.h <= height + 1;
  });

  await bench.test(`the field stays in sight when the window shrinks to what a keyboard leaves${how}`, async () => {
    const { browser, page, tap } = await openPhone(700, 420);
    await tap({ id: 'request.limit' });
    await seen(page, 'request.limit', 420);
    await browser.setViewport(700, 200, PHONE[2]);
    await until('the canvas to shrink', async () => (await browser.evaluate(() => document.getElementById('canvas').clientHeight)) === 200);
    await page.idle();
    await seen(page, 'request.limit', 200);
    await browser.type('5');
    await page.idle();
    assert.match((await page.state()).draft.limit, /5/);
  });

  await bench.test(`and when the keyboard covers the window, as on an iPhone (synthetic visual viewport)`, async () => {
    const { browser, page, tap } = await openPhone(700, 420);
    await tap({ id: 'request.limit' });
    await browser.evaluate(() => {
      Object.defineProperty(visualViewport, 'height', { get: () => 190, configurable: true });
      Object.defineProperty(visualViewport, 'offsetTop', { get: () => 30, configurable: true });
      visualViewport.dispatchEvent(new Event('resize'));
    });
    const box = () => browser.evaluate(() => { const { y, height } = document.getElementById('canvas').getBoundingClientRect(); return [Math.round(y), Math.round(height)]; });
    await until('the canvas to shrink', async () => (await box())[1] === 190);
    assert.deepEqual(await box(), [30, 190], 'the canvas fills what is seen');
    await page.idle();
    await seen(page, 'request.limit', 190);
    await browser.evaluate(() => {
      delete visualViewport.height;
      delete visualViewport.offsetTop;
      visualViewport.dispatchEvent(new Event('resize'));
    });
    await until('the canvas to grow', async () => (await box())[1] === 420);
    assert.equal((await box())[0], 0);
  });

  // --- a lost context ---

  await bench.test('a lost WebGL context comes back without a word lost: text, record and glyphs', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'case.http-401' });
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);
    await page.clickOn({ id: 'request.tab.body' });
    await page.clickOn({ id: 'request.body' });
    await browser.type('before ');
    await browser.move(640, 30);
    await page.idle();
    const lose = () => browser.evaluate(() => new Promise((resolve, reject) => {
      const canvas = document.getElementById('canvas');
      const context = canvas.getContext('webgl2');
      window.__lost = context.getExtension('WEBGL_lose_context');
      if (!window.__lost) { reject(new Error('no WEBGL_lose_context')); return; }
      canvas.addEventListener('webglcontextlost', () => setTimeout(resolve, 0), { once: true });
      window.__lost.loseContext();
    }));
    const restore = () => browser.evaluate(() => new Promise((resolve) => {
      document.getElementById('canvas').addEventListener('webglcontextrestored', () => setTimeout(resolve, 0), { once: true });
      window.__lost.restoreContext();
    }));
    const before = readPng(await browser.screenshot());
    const state_before = await page.state();
    await lose();
    await restore();
    await page.idle();
    const after = readPng(await browser.screenshot());
    let different = 0;
    for (let y = 0; y < before.height; ++y) for (let x = 0; x < before.width; ++x) if (before.at(x, y).join() !== after.at(x, y).join()) ++different;
    assert.equal(different, 0, 'the picture is the same to the pixel');
    assert.deepEqual(await page.state(), state_before);

    await lose();
    await browser.type('while lost ');
    await restore();
    await page.idle();
    await browser.type('after \u4e2d');
    await page.idle();
    assert.equal((await page.state()).draft.body, 'before while lost after \u4e2d');
    assert.equal((await page.state()).call.phase, 'done', 'the record is still there');
    await page.typeInto({ id: 'request.body' }, 'before ');
    await browser.move(640, 30);
    await page.idle();
    const again = readPng(await browser.screenshot());
    let off = 0;
    for (let y = 0; y < before.height; ++y) for (let x = 0; x < before.width; ++x) if (before.at(x, y).join() !== again.at(x, y).join()) ++off;
    assert.equal(off, 0, 'and again after more glyphs were drawn');
    assert.deepEqual(await page.errors(), []);
  });
}
