// What does the page look like everywhere?
// Takes the same screens in each browser, size, language, colour scheme and density, and lays them on one sheet:
// build/e2e/screens/index.html and sheet.png. Judging them is left to people.
//   node screenshots.mjs [--browser chromium,firefox,webkit] [--case CODE]

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
  const options = { browsers: BROWSERS, code: 'cors-header-not-allowed' };
  for (let i = 0; i < words.length; i += 2) {
    if (words[i] === '--browser' && words[i + 1]) options.browsers = words[i + 1].split(',');
    else if (words[i] === '--case' && words[i + 1]) options.code = words[i + 1];
    else throw new Error(`usage: node screenshots.mjs [--browser ${BROWSERS.join(',')}] [--case CODE]`);
  }
  return options;
}

async function showDiagnosis(page, code) {
  await page.waitFor('the page to find the lab', (state) => state.lab);
  if (!await page.has({ id: `case.${code}` })) await page.clickOn({ id: 'screen.catalogue' });
  await page.clickOn({ id: `case.${code}` });
  await page.clickOn({ id: 'request.send' });
  await page.waitFor('the call to be over', (state) => state.call?.phase === 'done' && !state.call.journal_pending, CALL_LIMIT_MS);
  await page.idle();
}

// One browser as started: every size, first the empty page, then a diagnosis.
async function takeScreens(name, { language, dark, dpr }, page_url, code) {
  const shots = [];
  const browser = await startBrowser(name, name === 'webkit' ? { language, dark, dpr } : { language, dark });
  try {
    for (const [width, height] of SIZES) {
      await browser.setViewport(width, height, dpr);
      const page = new Page(browser);
      await page.open(page_url);
      for (const screen of ['start', 'diagnosis']) {
        if (screen === 'diagnosis') await showDiagnosis(page, code);
        const what = { screen, browser: name, language, scheme: dark ? 'dark' : 'light', size: `${width}x${height}`, dpr };
        const file = `${Object.values(what).join('-')}.png`;
        await browser.screenshot(path.join(FOLDER, file));
        shots.push({ file, width, ...what });
        console.log(file);
      }
    }
  } finally {
    await browser.close();
  }
  return shots;
}

function makeSheet(shots) {
  const figure = ({ file, width, screen, browser, language, scheme, size, dpr }) =>
    `<figure><img src="${file}" width="${Math.round(width / 2)}"><figcaption>${screen}, ${browser}, ${language}, ${scheme}, ${size}, ${dpr}x</figcaption></figure>`;
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:13px sans-serif;background:#888;display:flex;flex-wrap:wrap;gap:16px;align-items:start}figure{margin:0}figcaption{padding:4px 0}</style>
${shots.map(figure).join('\n')}\n`;
}

async function photographSheet(file) {
  const browser = await startBrowser('chromium');
  try {
    await browser.setViewport(2000, 1200);
    await browser.open(pathToFileURL(file).href);
    const height = await browser.evaluate(() => document.documentElement.scrollHeight);
    await browser.setViewport(2000, Math.min(height, 12_000));
    await browser.screenshot(path.join(FOLDER, 'sheet.png'));
  } finally {
    await browser.close();
  }
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  mkdirSync(FOLDER, { recursive: true });
  const lab = await startLab();
  const shots = [];
  let problems = 0;
  for (const browser of options.browsers) {
    for (const language of LANGUAGES) {
      for (const dark of [false, true]) {
        for (const dpr of browser === 'chromium' ? [1, 2] : [1]) {
          try {
            shots.push(...await takeScreens(browser, { language, dark, dpr }, lab.page_url, options.code));
          } catch (error) {
            if (!(error instanceof Unsupported)) ++problems;
            console.error(`${error instanceof Unsupported ? 'skip' : 'FAIL'} ${browser} ${language} ${dark ? 'dark' : 'light'} ${dpr}x: ${error.message}`);
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
