// Does the page come up in this browser as it should: complete, quiet, asking nobody else, readable for everybody?
// What a call then shows is left to cases.test.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Page } from './page.mjs';
import { readPng, sampleColours } from './png.mjs';
import { pause } from './processes.mjs';

const IDLE_WATCH_MS = 5000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// axe looks at the whole document; the canvas has no text of its own, so only the mirror and the page around it are judged.
async function runAxe(browser) {
  await browser.evaluate(`(() => { ${AXE}; return true; })()`);
  return browser.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) =>
    result.violations.map((found) => `${found.id} (${found.impact}): ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`)));
}

export async function run(bench) {
  const open = async () => {
    const lab = await bench.lab();
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(lab.page_url);
    return { lab, browser, page };
  };

  await bench.test('the first load shows the page', async () => {
    const { browser, page } = await open();
    assert.match(await browser.title(), /Blindspot/);
    const items = await page.items();
    assert.ok(items.some((item) => item.id === 'request.send' && item.role === 'button'), 'there is a button Send');
    const image = readPng(await browser.screenshot(path.join(bench.artefacts, `smoke-${bench.browser}.png`)));
    const colours = sampleColours(image, 160, 100);
    assert.ok(colours.length >= 8, `the canvas is drawn: ${colours.length} colours in the samples`);
    assert.ok(colours[0][1] < 0.97 * 160 * 100, 'the canvas is not one surface');
  });

  await bench.test('no error is reported', async () => {
    const { browser, page } = await open();
    assert.deepEqual(await page.errors(), []);
    assert.deepEqual(await browser.consoleErrors(), []);
  });

  await bench.test('nobody else is asked', async () => {
    const { lab, browser } = await open();
    const own = new Set([lab.page_url, lab.description.lab, ...Object.values(lab.description.targets)].map((address) => new URL(address).origin));
    const foreign = (await browser.requests()).filter((address) => !/^(data|blob|about):/.test(address) && !own.has(new URL(address).origin));
    assert.deepEqual(foreign, []);
  });

  await bench.test('nothing is sent without a press', async () => {
    const { browser } = await open();
    const calls = (await browser.requests()).filter((address) => /\/(case|mix)\//.test(address));
    assert.deepEqual(calls, []);
  });

  await bench.test('an idle page draws nothing', async () => {
    const { browser, page } = await open();
    await browser.move(5, 5);
    await page.idle();
    const before = await page.frames();
    assert.ok(before > 0, 'it has drawn');
    await pause(IDLE_WATCH_MS);
    assert.equal(await page.frames() - before, 0, `frames in ${IDLE_WATCH_MS} ms`);
  });

  await bench.test('what is drawn can be read by axe without a violation', async () => {
    const { browser } = await open();
    assert.deepEqual(await runAxe(browser), []);
  });
}
