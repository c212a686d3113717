// Does each real browser do what core/cors predicts, over thousands of configurations played by the lab?
// The cases and their predictions come from the native program `matrix`; here they are called, and what page and server
// saw is compared. No rule of CORS stands in this file. matrix.test.mjs plays the first few hundred.
//   node matrix.mjs --full            every case of the full run, results to matrix.results.md
//   node matrix.mjs [--browser chromium,firefox,webkit] [--count N] [--engine NAME]

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSERS, startBrowser } from './browsers.mjs';
import { ARTEFACTS, ROOT, fetchText, startLab } from './lab.mjs';

export const MATRIX_PROGRAM = path.join(ROOT, 'build/native/tests/matrix/matrix');
const RESULTS = path.join(ROOT, 'tests/e2e/matrix.results.md');
const DEPARTURES = path.join(ROOT, 'core/cors/departures.def');
const FULL = { chromium: { abroad: 24_000, home: 8000 }, firefox: { abroad: 8000, home: 4000 }, webkit: { abroad: 16_000, home: 8000 } };
const BATCH = 64, BATCHES_A_PAGE = 50, MOST_AGAIN = 5;
const MAKE_LIMIT_MS = 60_000;
const OUTPUT_LIMIT = 400 << 20;

/** Where page and lab are: abroad on two origins of cleartext, at home on the same one of TLS. */
export const STAGES = {
  abroad: { page: (lab) => new URL(lab.page_url).origin, here: (lab) => lab.description.lab, options: () => ({}) },
  home: { page: (lab) => new URL(lab.secure_page_url).origin, here: (lab) => new URL(lab.secure_page_url).origin,
    options: (lab) => ({ trustCa: lab.ca_file }) },
};

// The lab under its other name is another origin.
const otherName = (origin) => (origin.includes('//127.0.0.1') ? origin.replace('127.0.0.1', 'localhost') : origin.replace('localhost', '127.0.0.1'));

/** The first `count` cases on this stage of the lab, as `engine` is predicted. */
export function makeCases(lab, stage, engine, count) {
  const here = STAGES[stage].here(lab);
  const words = ['--page', STAGES[stage].page(lab), '--lab', here, '--other', otherName(here), '--engine', engine, '--count', String(count)];
  return new Promise((resolve, reject) => {
    execFile(MATRIX_PROGRAM, words, { timeout: MAKE_LIMIT_MS, maxBuffer: OUTPUT_LIMIT }, (error, output, errors) => {
      if (error) reject(new Error(`${MATRIX_PROGRAM}: ${errors || error.message}`));
      else resolve(output.trimEnd().split('\n').map((line) => JSON.parse(line)));
    });
  });
}

// Runs in the page: calls everything at once and tells what script could see.
async function callAll(calls) {
  const limit_ms = 30_000;
  const bytesOf = (text) => new TextEncoder().encode(text);
  const byFetch = async ({ url, call }) => {
    const init = { method: call.method, headers: call.headers, credentials: call.credentials, mode: call.mode, redirect: call.redirect };
    if (call.body) init.body = bytesOf(call.body);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), limit_ms);
    try {
      const response = await fetch(url, { ...init, signal: stop.signal });
      const bytes = (await response.arrayBuffer()).byteLength;
      return { outcome: 'resolved', type: response.type, status: response.status, headers: Object.fromEntries(response.headers), bytes, redirected: response.redirected };
    } catch (error) {
      return { outcome: stop.signal.aborted ? 'late' : 'rejected', error: String(error) };
    } finally {
      clearTimeout(timer);
    }
  };
  const headersOf = (text) => Object.fromEntries(text.split('\r\n').filter(Boolean).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  }));
  const byXhr = ({ url, call }) => new Promise((resolve) => {
    try {
      const request = new XMLHttpRequest();
      request.open(call.method, url);
      request.timeout = limit_ms;
      request.responseType = 'arraybuffer';
      request.withCredentials = call.credentials === 'include';
      if (call.api === 'xhr-upload') request.upload.onprogress = () => {};
      for (const [name, value] of call.headers) request.setRequestHeader(name, value);
      request.onload = () => resolve({ outcome: 'resolved', status: request.status, headers: headersOf(request.getAllResponseHeaders()), bytes: request.response?.byteLength ?? 0 });
      request.onerror = () => resolve({ outcome: 'rejected', error: 'error event' });
      request.ontimeout = () => resolve({ outcome: 'late' });
      request.send(call.body ? bytesOf(call.body) : null);
    } catch (error) {
      resolve({ outcome: 'rejected', error: String(error) });
    }
  });
  return Promise.all(calls.map((each) => (each.call.api === 'fetch' ? byFetch(each) : byXhr(each))));
}

function requestOf(round) {
  const seen = { preflight: round.preflight, method: round.method };
  for (const name of ['origin', 'access-control-request-method', 'access-control-request-headers']) {
    const found = round.request_headers.find(([each]) => each.toLowerCase() === name);
    if (found && (round.preflight || name === 'origin')) seen[name] = found[1];
  }
  return seen;
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const asText = (value) => JSON.stringify(value, (key, each) => (each && typeof each === 'object' && !Array.isArray(each) ? sorted(each) : each));

// The names of what differs: "outcome", "headers:x-one", "requests".
function differences(expected, seen) {
  if (expected.outcome !== seen.outcome) return ['outcome', ...(asText(expected.requests) === asText(seen.requests) ? [] : ['requests'])];
  const names = [];
  for (const key of Object.keys(expected)) {
    if (asText(expected[key]) === asText(seen[key])) continue;
    if (key !== 'headers') names.push(key);
    else {
      const all = new Set([...Object.keys(expected.headers), ...Object.keys(seen.headers)]);
      names.push(...[...all].filter((name) => expected.headers[name] !== seen.headers[name]).map((name) => `headers:${name}`));
    }
  }
  return names;
}

const openPage = (browser, lab, stage) => browser.open(`${STAGES[stage].page(lab)}/matrix`);

// Calls all of these at once; answers those that went otherwise than predicted, each with `seen` and `differs`.
async function playBatch(browser, lab, batch) {
  const outcomes = await browser.evaluate(callAll, batch.map(({ url, call }) => ({ url, call })));
  const journals = [JSON.parse(await fetchText(`${lab.description.lab}/journal/${batch.map((each) => each.run).join()}`, 20_000))].flat();
  return batch.flatMap((each, i) => {
    const seen = { ...outcomes[i], requests: journals[i].rounds.map(requestOf) };
    const differs = differences(each.expected, seen);
    return differs.length ? [{ ...each, seen, differs }] : [];
  });
}

/**
 * Plays the cases in a browser with a page on this stage. `wrong` are those that went otherwise than predicted; `again`
 * says how many never settled and were called once more, in a new document and under a name of their own: BROWSERS:
 * Chromium 156 leaves about one of 30,000 refused calls hanging.
 */
export async function playCases(browser, lab, stage, cases, { onBatch = () => {} } = {}) {
  const wrong = [];
  let again = 0;
  for (let start = 0; start < cases.length; start += BATCH) {
    // Nothing of the product's page is wanted, only its origin: a plain 404. BROWSERS: after some 28,000 requests of one
    // document Chromium 156 leaves the next ones hanging, so a new one comes in time.
    if (start % (BATCH * BATCHES_A_PAGE) === 0) await openPage(browser, lab, stage);
    const otherwise = await playBatch(browser, lab, cases.slice(start, start + BATCH));
    const late = otherwise.filter((each) => each.seen.outcome === 'late').slice(0, MOST_AGAIN - again);
    wrong.push(...otherwise.filter((each) => !late.includes(each)));
    if (late.length) {
      again += late.length;
      await openPage(browser, lab, stage);
      wrong.push(...await playBatch(browser, lab, late.map((each) => ({ ...each, run: `${each.run}-again`, url: each.url.replaceAll(`run=${each.run}`, `run=${each.run}-again`) }))));
    }
    onBatch(start + BATCH, wrong.length);
  }
  return { wrong, again };
}

/**
 * Groups disagreements: by what differs, then by the axis value that goes wrong most surely. One line a group with the
 * simplest case, which is the earliest.
 */
export function groupWrong(cases, wrong) {
  const groups = [];
  const kinds = new Map();
  for (const each of wrong) {
    const kind = each.differs.join(' ');
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(each);
  }
  const totals = new Map();
  const values = (each) => Object.entries(each.axes).map(([axis, value]) => `${axis}=${value}`);
  for (const each of cases) for (const value of values(each)) totals.set(value, (totals.get(value) ?? 0) + 1);
  for (const [kind, members] of kinds) {
    let left = members;
    while (left.length) {
      const counts = new Map();
      for (const each of left) for (const value of values(each)) counts.set(value, (counts.get(value) ?? 0) + 1);
      const rank = ([value, count]) => count / totals.get(value);
      const [best, count] = [...counts].reduce((a, b) => (rank(b) > rank(a) || (rank(b) === rank(a) && b[1] > a[1]) ? b : a));
      const hit = left.filter((each) => values(each).includes(best));
      groups.push({ kind, value: best, count, of: totals.get(best), example: hit[0] });
      left = left.filter((each) => !values(each).includes(best));
    }
  }
  return groups.sort((a, b) => b.count - a.count);
}

export function tellGroup({ kind, value, count, of, example }) {
  const { call, expected, seen } = example;
  return [`${kind}: ${value} (${count} of ${of}), for example ${example.run}, decided at ${example.step}`,
    `    url      ${example.url}`,
    `    call     ${JSON.stringify(call)}`,
    `    expected ${asText(expected)}`,
    `    seen     ${asText(seen)}`].join('\n');
}

function readArguments(words) {
  const options = { browsers: BROWSERS, count: 600, full: false, engine: '' };
  for (let i = 0; i < words.length; ++i) {
    if (words[i] === '--full') options.full = true;
    else if (words[i] === '--browser') options.browsers = words[++i].split(',');
    else if (words[i] === '--count') options.count = Number(words[++i]);
    else if (words[i] === '--engine') options.engine = words[++i];
    else throw new Error(`unknown option ${words[i]}`);
  }
  return options;
}

async function runStage(name, stage, options) {
  const lab = await startLab();
  try {
    const browser = await startBrowser(name, STAGES[stage].options(lab));
    try {
      const cases = await makeCases(lab, stage, options.engine || name, options.full ? FULL[name][stage] : options.count);
      const began = Date.now();
      const { wrong, again } = await playCases(browser, lab, stage, cases, { onBatch: (done, bad) => {
        if (done % (BATCH * 20) === 0) console.error(`${name} ${stage}: ${done} of ${cases.length}, ${bad} disagree`);
      } });
      console.log(`${name} ${stage}: ${cases.length} cases in ${Math.round((Date.now() - began) / 1000)} s, ${wrong.length} disagree, ${again} called again`);
      return { name, stage, version: await browser.version(), cases, wrong, again };
    } finally {
      await browser.close();
    }
  } finally {
    await lab.stop();
  }
}

const countBy = (items, keyOf) => {
  const counts = new Map();
  for (const item of items) for (const key of [keyOf(item)].flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

function countTable(title, results, keyOf) {
  const columns = BROWSERS.filter((name) => results.some((each) => each.name === name));
  const counts = columns.map((name) => countBy(results.filter((each) => each.name === name).flatMap((each) => each.cases), keyOf));
  const keys = [...new Set(counts.flatMap((each) => [...each.keys()]))].sort();
  const rows = keys.map((key) => `| ${key} | ${counts.map((each) => each.get(key) ?? 0).join(' | ')} |`);
  return [`| ${title} | ${columns.join(' | ')} |`, `|---${'|---:'.repeat(columns.length)}|`, ...rows].join('\n');
}

// How an engine departs from the standard, in the words that stand beside its name.
function departureWords() {
  const lines = readFileSync(DEPARTURES, 'utf8').split('\n');
  return new Map(lines.flatMap((line, i) => {
    const name = /^BLINDSPOT_DEPARTURE\(\w+, "([^"]+)"/.exec(line)?.[1];
    return name ? [[name, lines[i + 1].replace(/^\/\/ /, '')]] : [];
  }));
}

// The full run, written down. No times, so that two runs of the same browsers write nearly the same file.
function writeResults(results) {
  const words = departureWords();
  const versions = results.map(({ name, stage, version, cases, wrong, again }) => `| ${name} | ${version} | ${stage} | ${cases.length} | ${cases.length - wrong.length} | ${wrong.length} | ${again} |`);
  const axes = Object.keys(results[0].cases[0].axes);
  const byAxis = axes.map((axis) => {
    const counts = countBy(results.flatMap((each) => each.cases), (each) => each.axes[axis]);
    return `- ${axis}: ${[...counts].map(([value, count]) => `\`${value}\` ${count}`).join(', ')}`;
  });
  const groups = results.flatMap((each) => groupWrong(each.cases, each.wrong).map((group) => `- ${each.name} ${each.stage}, ${group.kind}: ${group.value}, ${group.count} of ${group.of}`));
  writeFileSync(RESULTS, `# The matrix: what the browsers did

Written by \`node tests/e2e/matrix.mjs --full\`. Each case is a call with one to four things out of the plain, made by a
page and answered by the lab; \`core/cors\` predicts what the page may read and which requests the server sees. Abroad,
page and lab are two origins; at home they are one, and redirects lead away and back.
Called again are calls that settled in no 30 s, once and in a new document.

| browser | version | stage | cases | as predicted | otherwise | called again |
|---|---|---|---:|---:|---:|---:|
${versions.join('\n')}

${groups.length ? `## Otherwise than predicted\n\n${groups.join('\n')}\n\n` : ''}## Where engines depart from the standard

The cases in which a departure changed what a page or the server sees, of all cases above.

${countTable('departure', results, (each) => each.departures)}

${[...words].map(([name, text]) => `- ${name}: ${text}`).join('\n')}

## The step that decided

${countTable('step', results, (each) => each.step)}

## Cases by axis

${byAxis.join('\n')}
`);
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  mkdirSync(ARTEFACTS, { recursive: true });
  const results = [];
  for (const name of options.browsers) {
    for (const stage of Object.keys(STAGES)) results.push(await runStage(name, stage, options));
  }
  for (const { name, stage, cases, wrong } of results) {
    const groups = groupWrong(cases, wrong);
    writeFileSync(path.join(ARTEFACTS, `matrix-${name}-${stage}.txt`), groups.map((group) => `${tellGroup(group)}\n`).join(''));
    for (const group of groups.slice(0, 40)) console.log(`${name} ${stage}: ${tellGroup(group)}`);
  }
  if (options.full && options.browsers.length === BROWSERS.length) writeResults(results);
  return results.some((each) => each.wrong.length) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().then((status) => process.exit(status), (error) => {
    console.error(error.stack ?? String(error));
    process.exit(2);
  });
}
