// How long until a first visit can be used, beside the page people know best for trying an API?
// Loads Blindspot and Swagger UI in turn, each from the same kind of server, cold, in one Chromium, and prints both: bytes over
// the wire, time until the page can be used, main thread's work until then. Judged as a ratio within one run.
//   node tests/bench/visit.mjs [--rounds N]

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBrowser } from '../e2e/browsers.mjs';
import { ROOT, startLab } from '../e2e/lab.mjs';
import { dropScratch, makeScratch, within } from '../e2e/processes.mjs';

const SWAGGER = path.join(ROOT, 'tests/bench/node_modules/swagger-ui-dist');
const LIMIT_MS = 60_000;
// A connection as DevTools' presets name them, and none.
const LINKS = [
  { name: 'loopback', conditions: null },
  { name: '10 Mbit/s, 40 ms', conditions: { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 } },
  { name: '1.6 Mbit/s, 150 ms', conditions: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 } },
];

function readRounds(words) {
  const rounds = words.length === 0 ? 5 : words[0] === '--rounds' ? Number(words[1]) : NaN;
  if (!(rounds >= 1 && rounds <= 50)) throw new Error('usage: node tests/bench/visit.mjs [--rounds 1..50]');
  return rounds;
}

// Swagger UI as its own index.html loads it, with one small API in place of the example on the network, compressed as ours is.
function packSwagger(folder) {
  if (!existsSync(SWAGGER)) throw new Error('swagger-ui-dist is missing: npm --prefix tests/bench ci --ignore-scripts');
  const files = ['index.html', 'index.css', 'swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js'];
  for (const file of files) copyFileSync(path.join(SWAGGER, file), path.join(folder, file));
  const api = { openapi: '3.0.3', info: { title: 'Small', version: '1' },
    paths: { '/things': { get: { summary: 'All things', responses: { 200: { description: 'They' } } } } } };
  writeFileSync(path.join(folder, 'api.json'), JSON.stringify(api));
  const start = readFileSync(path.join(SWAGGER, 'swagger-initializer.js'), 'utf8').replace(/url: ".*?"/, 'url: "api.json"');
  if (!start.includes('api.json')) throw new Error('swagger-initializer.js has another form than expected');
  writeFileSync(path.join(folder, 'swagger-initializer.js'), start);
  for (const file of [...files, 'swagger-initializer.js', 'api.json']) execFileSync('brotli', ['-q', '11', '-n', '-f', path.join(folder, file)]);
}

// One visit in a context of its own: nothing is cached. The page tells by `ready` when it can be used.
async function visit(browser, url, ready, conditions) {
  const context = await browser.browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const protocol = await page.createCDPSession();
    await protocol.send('Network.enable');
    await protocol.send('Performance.enable');
    if (conditions) await protocol.send('Network.emulateNetworkConditions', conditions);
    let bytes = 0;
    protocol.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await page.evaluateOnNewDocument(`(() => {
      const look = () => { if ((${ready})()) window.__usable = performance.now(); else requestAnimationFrame(look); };
      addEventListener('DOMContentLoaded', look);
    })()`);
    await page.goto(url, { waitUntil: 'load', timeout: LIMIT_MS });
    await page.waitForFunction('window.__usable > 0', { timeout: LIMIT_MS });
    const usable = await page.evaluate('window.__usable');
    const { metrics } = await protocol.send('Performance.getMetrics');
    const task = metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    await page.waitForNetworkIdle({ idleTime: 300, timeout: LIMIT_MS });
    return { bytes, usable, task };
  } finally {
    await within(10_000, 'closing a visit', context.close());
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function main() {
  const rounds = readRounds(process.argv.slice(2));
  const folder = makeScratch('swagger');
  packSwagger(folder);
  const ours = await startLab();
  const theirs = await startLab({ dist: folder });
  const browser = await startBrowser('chromium');
  const pages = [
    { name: 'Blindspot', url: ours.page_url, ready: '() => Boolean(window.__blindspot) && window.__blindspot.items().length > 0' },
    { name: 'Swagger UI', url: theirs.page_url, ready: "() => Boolean(document.querySelector('.opblock'))" },
  ];
  try {
    console.log(`${await browser.version()}, ${rounds} visits each, medians\n`);
    console.log('connection           page          KB over the wire   usable after   main thread until then');
    for (const { name: link, conditions } of LINKS) {
      const seen = pages.map(() => []);
      for (let round = 0; round < rounds; ++round)
        for (let i = 0; i < pages.length; ++i) seen[i].push(await visit(browser, pages[i].url, pages[i].ready, conditions));
      const middle = seen.map((visits) => ({ bytes: median(visits.map((v) => v.bytes)), usable: median(visits.map((v) => v.usable)), task: median(visits.map((v) => v.task)) }));
      middle.forEach((v, i) => console.log(`${link.padEnd(21)}${pages[i].name.padEnd(14)}${(v.bytes / 1000).toFixed(0).padStart(13)} KB${v.usable.toFixed(0).padStart(12)} ms${v.task.toFixed(0).padStart(15)} ms`));
      console.log(`${''.padEnd(21)}${'ratio'.padEnd(14)}${(middle[0].bytes / middle[1].bytes).toFixed(2).padStart(16)}${(middle[0].usable / middle[1].usable).toFixed(2).padStart(15)}${(middle[0].task / middle[1].task).toFixed(2).padStart(18)}`);
    }
  } finally {
    await browser.close();
    await ours.stop();
    await theirs.stop();
    dropScratch(folder);
  }
}

await main();
