// Does each real browser do what core/cors predicts, over thousands of configurations played by the lab?
// The cases and their predictions come from the native program `matrix`; here they are called, and what page and server
// saw is compared. No rule of CORS stands in this file. matrix.test.mjs plays the first few hundred.
//   node matrix.mjs --full            every case of the full run, results to matrix.results.md
//   node matrix.mjs [--browser chromium,firefox,webkit] [--count N] [--engine NAME]

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSERS, startBrowser } from './browsers.mjs';
import { ARTEFACTS, ROOT, fetchText, startLab } from './lab.mjs';

export const MATRIX_PROGRAM = path.join(ROOT, 'build/native/tests/matrix/matrix');
const RESULTS = path.join(ROOT, 'tests/e2e/matrix.results.md');
const FULL = { chromium: 22_000, firefox: 6000, webkit: 6000 };
const BATCH = 64;
const MAKE_LIMIT_MS = 60_000;
const OUTPUT_LIMIT = 400 << 20;

const otherName = (origin) => origin.replace('127.0.0.1', 'localhost');

/** The first `count` cases for a page of this lab, as `engine` is predicted. */
export function makeCases(lab, engine, count) {
  const page = new URL(lab.page_url).origin, here = lab.description.lab;
  const words = ['--page', page, '--lab', here, '--other', otherName(here), '--engine', engine, '--count', String(count)];
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
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
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

/**
 * Plays the cases in a browser whose page is on the lab's page origin; answers {played, wrong}, where each of `wrong` is
 * the case with `seen` and `differs`.
 */
export async function playCases(browser, lab, cases, { onBatch = () => {} } = {}) {
  // Nothing of the product's page is wanted, only its origin: a plain 404.
  await browser.open(`${lab.page_url}matrix`).catch(() => {});
  const wrong = [];
  for (let start = 0; start < cases.length; start += BATCH) {
    const batch = cases.slice(start, start + BATCH);
    const outcomes = await browser.evaluate(callAll, batch.map(({ url, call }) => ({ url, call })));
    const journals = [JSON.parse(await fetchText(`${lab.description.lab}/journal/${batch.map((each) => each.run).join()}`, 20_000))].flat();
    batch.forEach((each, i) => {
      const seen = { ...outcomes[i], requests: journals[i].rounds.map(requestOf) };
      const differs = differences(each.expected, seen);
      if (differs.length) wrong.push({ ...each, seen, differs });
    });
    onBatch(start + batch.length, wrong.length);
  }
  return { played: cases.length, wrong };
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

async function runBrowser(name, options) {
  const lab = await startLab();
  const browser = await startBrowser(name);
  try {
    const cases = await makeCases(lab, options.engine || 'browsers', options.full ? FULL[name] : options.count);
    const began = Date.now();
    const { wrong } = await playCases(browser, lab, cases, { onBatch: (done, bad) => {
      if (done % (BATCH * 20) === 0) console.error(`${name}: ${done} of ${cases.length}, ${bad} disagree, ${Math.round((Date.now() - began) / 1000)} s`);
    } });
    return { name, version: await browser.version(), cases, wrong, seconds: Math.round((Date.now() - began) / 1000) };
  } finally {
    await browser.close();
    await lab.stop();
  }
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  mkdirSync(ARTEFACTS, { recursive: true });
  const results = [];
  for (const name of options.browsers) {
    const result = await runBrowser(name, options);
    results.push(result);
    console.log(`${name} ${result.version}: ${result.cases.length} cases in ${result.seconds} s, ${result.wrong.length} disagree`);
    const groups = groupWrong(result.cases, result.wrong);
    writeFileSync(path.join(ARTEFACTS, `matrix-${name}.txt`), groups.map((group) => `${tellGroup(group)}\n`).join(''));
    for (const group of groups.slice(0, 40)) console.log(tellGroup(group));
  }
  return results.some((each) => each.wrong.length) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().then((status) => process.exit(status), (error) => {
    console.error(error.stack ?? String(error));
    process.exit(2);
  });
}
