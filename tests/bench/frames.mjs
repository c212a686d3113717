// What does a frame cost with a large body open? Opens the page in Chromium, makes a call that answers 100 KB, then 10 MB of
// JSON in many lines, then 5 MB and 10 MB in a single line, scrolls through each in both layouts and prints the median and the
// 95th percentile of our own main-thread work for a frame (building it and bringing the mirror into line, drawing by WebGL left
// out), and what the 95th percentile is beside that of the small body.
//   node tests/bench/frames.mjs [frames] [--check]     --check: exit code 1 where a 95th percentile is above 8 ms

import { startBrowser } from '../e2e/browsers.mjs';
import { startLab } from '../e2e/lab.mjs';
import { Page } from '../e2e/page.mjs';

const words = process.argv.slice(2);
const check = words.includes('--check');
const FRAMES = Math.min(Math.max(Number(words.find((word) => /^\d+$/.test(word))) || 300, 20), 3000);
const LIMIT_MS = 8;
const RUN_LIMIT_MS = 10 * 60_000;

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function say(name, costs) {
  const sorted = [...costs].sort((a, b) => a - b);
  const p95 = at(sorted, 0.95);
  const ms = (value) => value.toFixed(2).padStart(7);
  console.log(`${name.padEnd(34)} ${String(sorted.length).padStart(5)} frames   median ${ms(at(sorted, 0.5))} ms   p95 ${ms(p95)} ms   most ${ms(sorted.at(-1))} ms`);
  return p95;
}

const ratio = (large, small) => console.log(`${' '.repeat(34)} ${(large / small).toFixed(2)} times the small body's`);

const costs = (page) => page.browser.evaluate(() => window.__blindspot.costs());

// Turns the wheel over the body and jumps by keys until so many frames were drawn.
async function scroll(browser, page) {
  const { x, y, w, h } = (await page.find({ id: 'body.text' })).rect;
  await browser.click(x + w / 2, y + h / 2);
  await browser.press('Control+Home');
  await page.idle();
  await costs(page);
  const seen = [];
  for (let step = 0; seen.length < FRAMES && step < FRAMES; ++step) {
    if (step % 40 === 39) await browser.press(step % 80 === 39 ? 'Control+End' : 'Control+Home');
    else if (step % 4 === 3) await browser.press('PageDown');
    else await browser.wheel(x + w / 2, y + h / 2, step % 3 ? 400 : 4000);
    seen.push(...await costs(page));
  }
  await page.idle();
  return seen;
}

async function main() {
  const lab = await startLab();
  const browser = await startBrowser('chromium');
  const worst = [];
  try {
    const page = new Page(browser);
    await browser.setViewport(1280, 900);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    const small = {};
    for (const size of ['100kb-lines', '10mb-lines', '5mb', '10mb']) {
      const before = (await page.state()).call.number;
      await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/body=${size}`);
      await costs(page);
      await page.clickOn({ id: 'request.send' });
      await page.waitFor('the call', (now) => now.call.number > before && now.call.phase === 'done' && !now.call.journal_pending && now.reading?.read, 180_000);
      await page.idle();
      say(`${size}: opening`, await costs(page));
      await page.scrollTo({ id: 'body.text' });
      for (const layout of ['raw', 'formatted']) {
        await page.clickOn({ id: `body.${layout}` });
        await page.waitFor('all rows', (now) => now.reading.read, 180_000);
        worst.push(say(`${size}: ${layout}, scrolling`, await scroll(browser, page)));
        small[layout] ??= worst[worst.length - 1];
        ratio(worst[worst.length - 1], small[layout]);
      }
      await page.clickOn({ id: 'outcome.find' });
      await costs(page);
      await browser.type('loose');
      await page.waitFor('the search', (now) => now.reading.read, 180_000);
      await page.idle();
      worst.push(say(`${size}: finding`, await costs(page)));
      await browser.press('Escape');
    }
  } finally {
    await browser.close();
    await lab.stop();
  }
  const most = Math.max(...worst);
  console.log(`the highest 95th percentile is ${most.toFixed(2)} ms; the limit is ${LIMIT_MS} ms`);
  return check && most > LIMIT_MS ? 1 : 0;
}

setTimeout(() => {
  console.error(`given up after ${RUN_LIMIT_MS / 60_000} minutes`);
  process.exit(2);
}, RUN_LIMIT_MS).unref();
main().then((status) => process.exit(status), (error) => {
  console.error(error.stack ?? String(error));
  process.exit(2);
});
