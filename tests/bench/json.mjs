// How fast is JSON judged and mended, beside those people know? One run, one table: the autopsy natively and in WebAssembly (as
// the page judges every answer, and as it examines a text on the JSON screen), nlohmann's and simdjson's parsers, V8's JSON.parse,
// npm's jsonrepair, on the same documents. Processor time, not the clock's; everybody has several turns and the quickest counts,
// for a machine that others share is not equally fast all the time.
//   cmake --preset native -DBUILD_TESTING=ON -DBLINDSPOT_BENCH=ON && cmake --build --preset native --target bench_json
//   ./run --build-only && node tests/bench/json.mjs

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonrepair } from 'jsonrepair';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BENCH = path.join(ROOT, 'build/native/tests/bench/bench_json');
const LIBRARY = path.join(ROOT, 'build/web/core/json/libblindspot_json.a');  // as the page links it
const SCRATCH = path.join(ROOT, 'build/bench');
const BROKEN = ['slip_1KB', 'slip_1MB', 'broken_1KB', 'broken_1MB'];  // one fault near the end; three in every row
const TURNS = 4;
const seconds = {};  // work/document to the least seconds of one run
const memory = {};

// How the page is linked, and what it loads later.
const WASM = {
  'wasm, page': { file: 'page', level: '-O2', shrunk: true },
  'wasm, later': { file: 'later', level: '-O3', shrunk: false },
};

function took(name, time) {
  seconds[name] = Math.min(seconds[name] ?? Infinity, time);
}

function buildWasm({ file, level, shrunk }) {
  const program = path.join(SCRATCH, `${file}.js`);
  execFileSync('em++', ['-std=c++20', '-fno-exceptions', '-fno-rtti', '-DNDEBUG', '-flto', '-mbulk-memory', '-I', ROOT, level, '-sALLOW_MEMORY_GROWTH=1', '-sMALLOC=emmalloc',
    '-sENVIRONMENT=node', path.join(ROOT, 'tests/bench/wasm_json.cpp'), LIBRARY, '-o', program],
  { stdio: ['ignore', 'ignore', 'inherit'], env: { NODE_PATH: '/usr/share/nodejs', ...process.env } });
  const module = path.join(SCRATCH, `${file}.wasm`);
  if (shrunk) execFileSync(path.join(ROOT, 'scripts/shrink_wasm.sh'), [module, module]);
}

function runWasm(name, { file }) {
  // What Emscripten 3.1.6 writes for Node takes the fetch that Node has since for a browser's.
  for (const line of execFileSync('node', ['--no-experimental-fetch', path.join(SCRATCH, `${file}.js`)]).toString().trim().split('\n')) {
    const [work, , time] = line.split(' ');
    took(`${name} ${work}`, Number(time));
  }
}

function runNative() {
  const report = JSON.parse(execFileSync(BENCH, ['--benchmark_format=json', '--benchmark_min_time=0.1'], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 24 }).toString());
  for (const one of report.benchmarks) {
    took(one.name, one.cpu_time / 1e6);
    memory[one.name] = one.memory;
  }
}

// The least processor time of several runs; short work is repeated within one.
function time(work) {
  let least = Infinity;
  const end = Date.now() + 600;
  for (let round = 0; round < 1 || (Date.now() < end && round < 50); ++round) {
    const start = process.cpuUsage();
    let times = 0;
    let used = 0;
    do {
      work();
      ++times;
      const now = process.cpuUsage(start);
      used = (now.user + now.system) / 1e6;
    } while (used < 0.02);
    least = Math.min(least, used / times);
  }
  return least;
}

function runNode() {
  const read = (name) => readFileSync(path.join(SCRATCH, `${name}.json`), 'utf8');
  for (const name of ['clean_1KB', 'clean_1MB', 'clean_100MB', 'remarkable_1MB']) {
    const text = read(name);
    took(`JSON.parse/${name}`, time(() => JSON.parse(text)));
  }
  for (const name of BROKEN) {
    const text = read(name);
    took(`jsonrepair/${name}`, time(() => jsonrepair(text)));
  }
}

if (!existsSync(BENCH)) throw new Error(`${BENCH} is missing; see the head of this file`);
rmSync(SCRATCH, { recursive: true, force: true });
mkdirSync(SCRATCH, { recursive: true });
execFileSync(BENCH, ['--documents', SCRATCH]);
for (const build of Object.values(WASM)) buildWasm(build);
for (let turn = 0; turn < TURNS; ++turn) {
  runNative();
  runNode();
  for (const [name, build] of Object.entries(WASM)) runWasm(name, build);
}

const rate = (name, document) => {
  const time = seconds[`${name}/${document}`];
  return time === undefined ? null : readFileSync(path.join(SCRATCH, `${document}.json`)).length / 1e6 / time;
};
const cell = (value) => (value === null ? '-' : value >= 100 ? value.toFixed(0) : value.toFixed(1)).padStart(12);
const table = (documents, rows, base) => {
  console.log(`${'MB/s'.padEnd(28)}${documents.map((name) => name.padStart(24)).join('')}`);
  for (const row of rows) {
    console.log(row.padEnd(28) + documents.map((document) => {
      const own = rate(row, document);
      const ratio = own === null ? '' : `x${(rate(base, document) / own).toFixed(2)}`;
      return cell(own) + ratio.padStart(12);
    }).join(''));
  }
  console.log(`xN: ${base} is N times as fast\n`);
};
table(['clean_1KB', 'clean_1MB', 'clean_100MB', 'remarkable_1MB'], ['autopsy', 'nlohmann', 'JSON.parse', 'simdjson', 'wasm, page autopsy', 'wasm, later autopsy'], 'autopsy');
table(BROKEN, ['repair', 'mend', 'jsonrepair', 'wasm, page repair', 'wasm, later repair'], 'repair');
console.log('mend: the mended text alone, as jsonrepair gives it; repair: with every finding placed and told\n');
console.log('Memory at most, as a multiple of the text, the text included');
for (const [name, multiple] of Object.entries(memory)) console.log(`${name.padEnd(28)}${multiple.toFixed(2).padStart(8)}`);
