// What does the page cost while nothing, or little, happens? Counted in frames; one number, the main thread's time while
// idle, in milliseconds of Chromium's own account.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { pause } from './processes.mjs';

const WATCH_MS = 5000;
const IDLE_TASK_LIMIT_MS = 10;
const PROGRESS_PER_SECOND = 9;  // a tick each 120 ms

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async () => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await browser.move(5, 5);
    await page.idle();
    return { browser, page };
  };

  // Frames drawn in a time in which nobody does anything.
  const framesIn = async (page, ms) => {
    const before = await page.frames();
    await pause(ms);
    return await page.frames() - before;
  };

  const tell = (what, frames, ms, task_ms = '-') => bench.row('cost', { browser: bench.browser, what, seconds: ms / 1000, frames, 'main thread ms': task_ms });

  await bench.test(`an idle page draws nothing in ${WATCH_MS / 1000} s`, async () => {
    const { browser, page } = await open();
    if (bench.browser !== 'chromium') {
      const frames = await framesIn(page, WATCH_MS);
      tell('idle', frames, WATCH_MS);
      assert.equal(frames, 0);
      return;
    }
    // The account starts after what opening the page has left to be done, such as tidying memory.
    await framesIn(page, 1000);
    const protocol = await browser.page.createCDPSession();
    await protocol.send('Performance.enable');
    const task = async () => (await protocol.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    const frames_before = await page.frames();
    const before = await task();
    await pause(WATCH_MS);
    const spent = await task() - before;
    const frames = await page.frames() - frames_before;
    await protocol.send('Performance.disable');
    tell('idle', frames, WATCH_MS, spent.toFixed(1));
    assert.equal(frames, 0);
    assert.ok(spent <= IDLE_TASK_LIMIT_MS, `the main thread worked ${spent.toFixed(1)} ms in ${WATCH_MS} ms`);
  });

  await bench.test('a caret in a field draws nothing: it does not blink', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'request.url' });
    await browser.type('abc');
    await page.idle();
    const frames = await framesIn(page, WATCH_MS);
    tell('caret in a field', frames, WATCH_MS);
    assert.equal(frames, 0);
  });

  await bench.test('a typed letter costs a handful of frames', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'request.url' });
    await browser.type('a');
    await page.idle();
    const before = await page.frames();
    for (const letter of 'bcdefghijk') await browser.type(letter);  // each drawn before the next
    await page.idle();
    const frames = await page.frames() - before;
    tell('ten letters', frames, 1000);
    assert.ok(frames >= 1 && frames <= 10 * 6, `${frames} frames for ten letters`);
  });

  await bench.test('a frame that looks like the one before is not painted again', async () => {
    const { browser, page } = await open();
    await browser.evaluate(() => {
      const { prototype } = WebGL2RenderingContext;
      const paint = prototype.clear;
      window.__paints = 0;
      prototype.clear = function (...given) { ++window.__paints; return paint.apply(this, given); };
    });
    const during = async (act) => {
      const before = [await page.frames(), await browser.evaluate(() => window.__paints)];
      await act();
      await page.idle();
      return { frames: await page.frames() - before[0], paints: await browser.evaluate(() => window.__paints) - before[1] };
    };
    const moved = await during(async () => { for (const x of [6, 7, 8, 9]) await browser.move(x, 5), await page.idle(); });
    tell('four moves of the mouse over nothing', `${moved.frames}, painted ${moved.paints}`, 1000);
    assert.ok(moved.frames >= 4, `${moved.frames} frames`);
    assert.equal(moved.paints, 0);
    await page.clickOn({ id: 'request.url' });
    const typed = await during(() => browser.type('a'));
    assert.ok(typed.paints >= 1 && typed.paints <= typed.frames, `${typed.paints} of ${typed.frames} frames painted`);
    const shown = await during(() => browser.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); }));
    assert.ok(shown.paints >= 1, 'a page that is shown again is painted');
  });

  await bench.test('a pending call ticks some eight times a second and not sixty, and is silent when it is over', async () => {
    const { browser, page } = await open();
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200/delay=6000/cors=star`);
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be under way', (state) => state.call.phase === 'sending');
    await browser.move(5, 5);
    await framesIn(page, 400);
    const ms = 3000;
    const frames = await framesIn(page, ms);
    tell('a pending call', frames, ms);
    assert.ok(frames >= ms / 1000 * 4, `the clock goes on: ${frames} frames`);
    assert.ok(frames <= ms / 1000 * PROGRESS_PER_SECOND + 3, `${frames} frames in ${ms} ms`);
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending);
    await page.idle();
    const after = await framesIn(page, 2000);
    tell('after the call', after, 2000);
    assert.equal(after, 0);
  });

  await bench.test('a body that comes in drips draws no more than the clock does', async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'screen.catalogue' });
    await page.clickOn({ id: 'screen.send' });
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/status=200/cors=star/body=4kb/piece=32/drip=30`);
    await page.clickOn({ id: 'request.send' });
    const before = await page.frames();
    const start = Date.now();
    await browser.move(5, 5);
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending, 30_000);
    const seconds = (Date.now() - start) / 1000;
    const frames = await page.frames() - before;
    tell('a dripping body', frames, Math.round(seconds * 1000));
    // Beginning, end and journal each ask for a few frames of their own.
    assert.ok(frames <= seconds * PROGRESS_PER_SECOND + 25, `${frames} frames in ${seconds} s`);
  });
}
