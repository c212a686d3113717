// What holds in the real browsers?
// Runs the self-test of the drivers, then every *.test.mjs, in each browser, as many at a time as --jobs says; one line per test, artefacts in
// build/e2e/, one summary line, exit code 1 when anything failed. What is tested is left to those files.
//   node run.mjs [--browser chromium,firefox,webkit] [--only TEXT] [--file NAME] [--jobs N]

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BROWSERS, Unsupported, startBrowser } from './browsers.mjs';
import { ARTEFACTS, ROOT, startLab } from './lab.mjs';
import { commandWithoutNetwork, withoutNetwork } from './netns.mjs';
import { startProcess, within } from './processes.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const TEST_LIMIT_MS = 90_000;
const NO_NETWORK_LIMIT_MS = 300_000;
const RUN_LIMIT_MS = 60 * 60_000;
const MESSAGE = '@@';

function readArguments(words) {
  const options = { browsers: BROWSERS, only: '', file: '', jobs: 2 };
  for (let i = 0; i < words.length; i += 2) {
    const value = words[i + 1];
    if (value === undefined) throw new Error(`${words[i]} needs a value`);
    if (words[i] === '--browser') options.browsers = value.split(',');
    else if (words[i] === '--only') options.only = value;
    else if (words[i] === '--file') options.file = value;
    else if (words[i] === '--jobs') options.jobs = Math.max(1, Number(value) || 1);
    else throw new Error(`unknown option ${words[i]}`);
  }
  const unknown = options.browsers.filter((name) => !BROWSERS.includes(name));
  if (unknown.length) throw new Error(`unknown browser ${unknown.join(', ')}: ${BROWSERS.join(', ')}`);
  return options;
}

function listFiles(wanted) {
  const files = readdirSync(HERE).filter((name) => /\.(test|selftest)\.mjs$/.test(name)).filter((name) => name.includes(wanted)).sort();
  // What the others stand on, then what takes longest, lest one of them be left alone at the end.
  const first = ['drivers.selftest.mjs', 'smoke.test.mjs', 'cases.test.mjs', 'matrix.test.mjs', 'mirror.test.mjs'].filter((name) => files.includes(name));
  return [...first, ...files.filter((name) => !first.includes(name))];
}

// What has been counted and said; inside a run without network it goes up to the run outside.
const results = { passed: 0, failed: 0, skipped: 0 };
let second_tries = 0;
const tables = new Map();

function say(result) {
  if (withoutNetwork()) {
    console.log(MESSAGE + JSON.stringify({ result }));
    return;
  }
  ++results[result.status];
  if (result.again) ++second_tries;
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' }[result.status];
  console.log(`${mark} ${result.browser.padEnd(8)} ${result.name} (${result.ms} ms)${result.reason ? `\n     ${result.reason}` : ''}`);
}

function addRow(table, row) {
  if (withoutNetwork()) {
    console.log(MESSAGE + JSON.stringify({ table, row }));
    return;
  }
  if (!tables.has(table)) tables.set(table, []);
  tables.get(table).push(row);
}

const fileName = (text) => text.replace(/[^\w.-]+/g, '-').slice(0, 120);

// What a test file is given.
class Bench {
  constructor(browser, file, only) {
    this.browser = browser;
    this.title = file.replace(/\.(test|selftest)\.mjs$/, '');
    this.only = only;
    this.artefacts = ARTEFACTS;
    this.sessions = new Map();
    this.lab_started = null;
    this.without_network = withoutNetwork();
  }

  /** The lab of this file and browser, started when first asked for. */
  lab() {
    this.lab_started ??= startLab();
    return this.lab_started;
  }

  /** A running browser with these start options, shared by the tests of the file. */
  async session(options = {}) {
    const key = JSON.stringify(options);
    if (!this.sessions.has(key)) this.sessions.set(key, await startBrowser(this.browser, options));
    return this.sessions.get(key);
  }

  /** Ends the running browsers, so that the next test begins with a new one. */
  async dropSessions() {
    const sessions = [...this.sessions.values()];
    this.sessions.clear();
    for (const session of sessions) await session.close();
  }

  /** Says that a test cannot be made here, and why. */
  skip(name, reason) {
    if (this.#isWanted(name)) say({ status: 'skipped', browser: this.browser, name: `${this.title}: ${name}`, ms: 0, reason });
  }

  row(table, row) { addRow(table, row); }

  #isWanted(name) { return `${this.title}: ${name}`.includes(this.only); }

  /** Whether a test of this name would run. */
  wants(name) { return this.#isWanted(name); }

  /**
   * Runs one test: `body` throws when what it claims does not hold. Answers whether it passed. What fails is tried once more in a
   * new browser, for a machine that is busy for a moment breaks what waits for a moment; that it was, is told and counted.
   */
  async test(name, body, { ms = TEST_LIMIT_MS } = {}) {
    if (!this.#isWanted(name)) return false;
    const start = Date.now();
    const result = { browser: this.browser, name: `${this.title}: ${name}` };
    let first = '';
    for (;;) {
      try {
        await within(ms, 'the test', body());
        say({ ...result, status: 'passed', again: first !== '', ms: Date.now() - start, reason: first && `at the second try; at the first: ${first}` });
        return true;
      } catch (error) {
        const status = error instanceof Unsupported ? 'skipped' : 'failed';
        const shots = status === 'failed' ? await this.#keepScreenshots(name) : '';
        const reason = `${error?.message ?? error}${shots}`;
        // After a failure the browser may be anywhere.
        if (status === 'failed') await this.dropSessions().catch(() => {});
        if (status === 'failed' && !first) {
          first = reason;
          continue;
        }
        say({ ...result, status, ms: Date.now() - start, reason });
        return false;
      }
    }
  }

  async #keepScreenshots(name) {
    const files = [];
    for (const session of this.sessions.values()) {
      const file = path.join(ARTEFACTS, `failed-${this.browser}-${fileName(`${this.title}-${name}`)}-${files.length}.png`);
      try {
        await within(10_000, 'screenshot', session.screenshot(file));
        files.push(path.relative(ROOT, file));
      } catch {
        // A browser that shows nothing any more has no picture.
      }
    }
    return files.length ? ` [${files.join(', ')}]` : '';
  }

  async end() {
    await this.dropSessions();
    if (this.lab_started) await (await this.lab_started).stop();
  }
}

async function runFile(browser, file, only) {
  const bench = new Bench(browser, file, only);
  const module = await import(pathToFileURL(path.join(HERE, file)));
  try {
    await module.run(bench);
  } catch (error) {
    say({ status: error instanceof Unsupported ? 'skipped' : 'failed', browser, name: `${bench.title}: begins`, ms: 0, reason: error.stack ?? String(error) });
  }
  try {
    await bench.end();
  } catch (error) {
    say({ status: 'failed', browser, name: `${bench.title}: ends cleanly`, ms: 0, reason: error.message });
  }
  if (module.needs_no_network && !withoutNetwork()) await runWithoutNetwork(browser, file, only, bench);
}

// Runs the same file once more without a network, for the tests that ask for it, and takes over what it says.
async function runWithoutNetwork(browser, file, only, bench) {
  const words = [process.execPath, fileURLToPath(import.meta.url), '--browser', browser, '--file', file];
  if (only) words.push('--only', only);
  const command = await commandWithoutNetwork(words);
  if (command.reason) {
    bench.skip('without a network', command.reason);
    return;
  }
  const inner = startProcess(command.program, command.args, { env: command.env, label: 'the run without a network' });
  inner.onLine((line) => {
    if (!line.startsWith(MESSAGE)) return;
    const message = JSON.parse(line.slice(MESSAGE.length));
    if (message.result) say(message.result);
    if (message.table) addRow(message.table, message.row);
  });
  try {
    const how = await within(NO_NETWORK_LIMIT_MS, 'the run without a network', inner.exited);
    if (how.code !== 0) throw new Error(`ended with ${how.signal ?? how.code}: ${inner.tail()}`);
  } catch (error) {
    say({ status: 'failed', browser, name: `${bench.title}: without a network`, ms: 0, reason: error.message });
  } finally {
    await inner.stop();
  }
}

function writeTables() {
  for (const [name, rows] of tables) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const cell = (value) => String(value ?? '-').replace(/[\t\r\n]+/g, ' ') || '-';
    rows.sort((a, b) => columns.map((column) => cell(a[column])).join('\t') < columns.map((column) => cell(b[column])).join('\t') ? -1 : 1);
    const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
    const file = path.join(ARTEFACTS, `${name}.tsv`);
    writeFileSync(file, lines.map((line) => line.join('\t')).join('\n') + '\n');
    const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
    console.log(`\n${path.relative(ROOT, file)}`);
    for (const line of lines) console.log(line.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd());
  }
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  mkdirSync(ARTEFACTS, { recursive: true });
  const queue = listFiles(options.file).flatMap((file) => options.browsers.map((browser) => ({ browser, file })));
  const worker = async () => {
    for (let next; (next = queue.shift());) await runFile(next.browser, next.file, options.only);
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, queue.length) }, worker));
  if (withoutNetwork()) return 0;
  writeTables();
  if (second_tries > 0) console.log(`\n${second_tries} of the passed ones passed at their second try`);
  console.log(`\n${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
  if (results.passed + results.failed === 0) console.error('no test ran');
  return results.failed || results.passed === 0 ? 1 : 0;
}

setTimeout(() => {
  console.error(`the run is given up after ${RUN_LIMIT_MS / 60_000} minutes`);
  process.exit(1);
}, RUN_LIMIT_MS).unref();
process.on('unhandledRejection', (error) => {
  // A command of a browser that was ended answers late; its test has already been told.
  if (process.env.BLINDSPOT_E2E_VERBOSE) console.error('late:', error?.message ?? error);
});
main().then((status) => process.exit(status), (error) => {
  console.error(error.stack ?? String(error));
  process.exit(2);
});
