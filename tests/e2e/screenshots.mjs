// What does the page look like everywhere?
// Takes every panel in each size, language, colour scheme and density, as tall as it is, and lays them on one sheet:
// build/e2e/screens/index.html and sheet.png. Chromium takes all scenes; the others the first two. Judging is left to people.
//   node screenshots.mjs [--browser chromium,firefox,webkit] [--only SCENE]

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROWSERS, Unsupported, startBrowser } from './browsers.mjs';
import { ARTEFACTS, ROOT, startLab } from './lab.mjs';
import { Page } from './page.mjs';

const FOLDER = path.join(ARTEFACTS, 'screens');
const SIZES = [[1280, 800], [390, 844]];
const LANGUAGES = ['en-US', 'zh-CN'];
const CALL_LIMIT_MS = 30_000;

function readArguments(words) {
  const options = { browsers: BROWSERS, only: '' };
  for (let i = 0; i < words.length; i += 2) {
    if (words[i] === '--browser' && words[i + 1]) options.browsers = words[i + 1].split(',');
    else if (words[i] === '--only' && words[i + 1]) options.only = words[i + 1];
    else throw new Error(`usage: node screenshots.mjs [--browser ${BROWSERS.join(',')}] [--only SCENE]`);
  }
  return options;
}
const TALLEST = 4000;

const choose = async (page, code) => {
  if (!await page.has({ id: `case.${code}` })) await page.clickOn({ id: 'screen.catalogue' });
  await page.clickOn({ id: `case.${code}` });
};
const send = async (page) => {
  await page.clickOn({ id: 'request.send' });
  await page.waitFor('the call to be over', (state) => state.call?.phase === 'done' && !state.call.journal_pending, CALL_LIMIT_MS);
};
const go = (id) => (page) => page.clickOn({ id });
// In the plain page what is on the canvas is HTML.
const press = (id) => async (page) => {
  await page.browser.evaluate((wanted) => document.querySelector(`[data-id="${wanted}"]`).click(), id);
  await page.idle();
};

// In order: each goes on from where the one before left the page.
const SCENES = {
  start: [],
  diagnosis: [(page) => choose(page, 'cors-header-not-allowed'), send],
  alone: [go('witness.page')],
  'request-query': [go('request.tab.query')],
  'request-body': [go('request.tab.body')],
  'request-contract': [go('request.tab.contract')],
  'request-options': [go('request.tab.options')],
  healthy: [go('case.good_twin'), send],
  'status-401': [(page) => choose(page, 'http-401'), send],
  'body-json': [(page) => choose(page, 'json-trailing-comma'), send],
  'body-headers': [go('outcome.tab.headers')],
  'body-events': [go('outcome.tab.events')],
  'desk-of-answer': [go('outcome.tab.body'), go('screen.desk'), (page) => page.find({ id: 'desk.take' }), go('desk.take')],
  desk: [go('desk.example')],
  'desk-mended': [go('desk.make_all')],
  shape: [go('screen.send'), (page) => choose(page, 'shape-renamed-field'), send],
  'program-error': [(page) => choose(page, 'shape-read-of-undefined'), send],
  'problem-at-field': [(page) => page.typeInto({ id: 'request.url' }, 'http://'), go('request.send')],
  sending: [(page) => choose(page, 'response-timeout'), (page) => page.typeInto({ id: 'request.limit' }, '120'), go('request.send')],
  cancelled: [go('request.cancel'), (page) => page.waitFor('the end', (state) => state.call.phase === 'done')],
  court: [go('screen.court')],
  'court-proved': [go('court.prove'), (page) => page.waitFor('the proof', (state) => state.court?.proof === 'done' && state.court.preflight_known)],
  catalogue: [go('screen.catalogue')],
  plain: [(page, lab) => page.open(`${lab}?plain`), (page) => page.waitFor('the lab', (state) => state.lab),
    press('case.cors-header-not-allowed'), press('request.send'), (page) => page.waitFor('the call to be over', (state) => state.call?.phase === 'done', CALL_LIMIT_MS)],
};

// As tall as what is drawn, so that a whole panel is on the picture.
async function fitHeight(browser, page, width, height, dpr) {
  const bottom = Math.max(...(await page.items()).map((item) => item.whole.y + item.whole.h));
  const scrolled = await page.items();
  const top = Math.min(...scrolled.map((item) => item.whole.y));
  await browser.setViewport(width, Math.round(Math.min(Math.max(height, bottom - Math.min(top, 0) + 24), TALLEST)), dpr);
  await page.idle();
}

// One browser as started: every size, every scene.
async function takeScreens(name, { language, dark, dpr }, page_url, only, problem) {
  const shots = [];
  const browser = await startBrowser(name, name === 'webkit' ? { language, dark, dpr } : { language, dark });
  try {
    for (const [width, height] of SIZES) {
      await browser.setViewport(width, height, dpr);
      const page = new Page(browser);
      await page.open(page_url);
      await page.waitFor('the page to find the lab', (state) => state.lab);
      for (const [screen, steps] of Object.entries(SCENES).slice(0, name === 'chromium' ? undefined : 2)) {
        const what = { screen, browser: name, language, scheme: dark ? 'dark' : 'light', size: `${width}`, dpr };
        const file = `${Object.values(what).join('-')}.png`;
        try {
          for (const step of steps) await step(page, page_url);
          await page.idle();
          if (only && screen !== only) continue;
          if (screen !== 'start' && screen !== 'plain') await fitHeight(browser, page, width, height, dpr);
          await browser.screenshot(path.join(FOLDER, file));
          shots.push({ file, width, ...what });
          console.log(file);
        } catch (error) {
          problem(`${file}: ${error.message}`);
        }
        await browser.setViewport(width, height, dpr);
        await page.idle();
      }
    }
  } finally {
    await browser.close();
  }
  return shots;
}

function makeSheet(shots) {
  const figure = ({ file, width, screen, browser, language, scheme, size, dpr }) =>
    `<figure><img src="${file}" width="${Math.round(width / 4)}"><figcaption>${screen}, ${browser}, ${language}, ${scheme}, ${size}, ${dpr}x</figcaption></figure>`;
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:11px sans-serif;background:#888;display:flex;flex-wrap:wrap;gap:10px;align-items:start}figure{margin:0}figcaption{padding:2px 0;max-width:320px}</style>
${shots.map(figure).join('\n')}\n`;
}

async function photographSheet(file) {
  const browser = await startBrowser('chromium');
  try {
    await browser.setViewport(2400, 1200);
    await browser.open(pathToFileURL(file).href);
    const height = await browser.evaluate(() => document.documentElement.scrollHeight);
    await browser.setViewport(2400, Math.min(height, 14_000));
    await browser.screenshot(path.join(FOLDER, 'sheet.png'));
  } finally {
    await browser.close();
  }
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  if (options.only && !(options.only in SCENES)) throw new Error(`no scene is called ${options.only}: ${Object.keys(SCENES).join(', ')}`);
  mkdirSync(FOLDER, { recursive: true });
  const lab = await startLab();
  const shots = [];
  let problems = 0;
  const problem = (text) => {
    ++problems;
    console.error(`FAIL ${text}`);
  };
  for (const browser of options.browsers) {
    for (const language of LANGUAGES) {
      for (const dark of [false, true]) {
        for (const dpr of browser === 'chromium' ? [1, 2] : [1]) {
          try {
            shots.push(...await takeScreens(browser, { language, dark, dpr }, lab.page_url, options.only, problem));
          } catch (error) {
            const where = `${browser} ${language} ${dark ? 'dark' : 'light'} ${dpr}x: ${error.message}`;
            if (error instanceof Unsupported) console.log(`skip ${where}`);
            else problem(where);
          }
        }
      }
    }
  }
  await lab.stop();
  const sheet = path.join(FOLDER, 'index.html');
  writeFileSync(sheet, makeSheet(shots));
  if (options.browsers.includes('chromium')) await photographSheet(sheet);
  console.log(`${shots.length} screens, ${problems} problems: ${path.relative(ROOT, sheet)}`);
  return problems ? 1 : 0;
}

main().then((status) => process.exit(status), (error) => {
  console.error(error.stack ?? String(error));
  process.exit(2);
});
