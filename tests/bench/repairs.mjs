// Which of two repairers mends more broken JSON, `blindspot json` or npm's jsonrepair? Both get the project's own broken texts,
// whose right value is known, and the must-not-parse texts of JSONTestSuite. Prints a table, then every difference; ends with 1
// where jsonrepair mends what we do not and the difference is not argued for below.
//   node tests/bench/repairs.mjs [--program FILE]

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { jsonrepair } from 'jsonrepair';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const PROGRAM = process.argv[2] === '--program' ? process.argv[3] : path.join(ROOT, 'build/native/native/blindspot');
const SUITE = path.join(process.env.BLINDSPOT_CASES ?? path.join(ROOT, '../shared/cases'), 'JSONTestSuite/test_parsing');

// Where the two give different values of a text of the suite and ours is kept, by name; or where there is nothing to mend for us.
const ARGUED = JSON.parse(readFileSync(path.join(ROOT, 'tests/bench/repairs.json'), 'utf8'));

// { value } or { none: why }; `listed` says that the edits applied to the bytes give the mended text.
function ours(bytes) {
  const run = spawnSync(PROGRAM, ['json', '-', '--format', 'json'], { input: bytes, maxBuffer: 1 << 28 });
  if (run.status !== 0 && run.status !== 1) throw new Error(`the program ended with ${run.status ?? run.signal}`);
  const answer = JSON.parse(run.stdout.toString());
  if (answer.repaired === null) return { none: answer.findings[0].code, listed: true };
  const parts = [];
  let done = 0;
  for (const edit of answer.edits) {
    parts.push(bytes.subarray(done, edit.offset), Buffer.from(edit.insert));
    done = edit.offset + edit.remove;
  }
  parts.push(bytes.subarray(done));
  return { value: JSON.parse(answer.repaired), listed: Buffer.concat(parts).equals(Buffer.from(answer.repaired)) };
}

function theirs(bytes) {
  try {
    return { value: JSON.parse(jsonrepair(new TextDecoder().decode(bytes))) };
  } catch (error) {
    return { none: error.message };
  }
}

const mended = (answer) => 'value' in answer;
const shown = (answer) => (mended(answer) ? JSON.stringify(answer.value) : `nothing (${answer.none})`).slice(0, 100);
const same = (a, b) => isDeepStrictEqual(normal(a), normal(b));
const normal = (value) => JSON.parse(JSON.stringify(value));  // -0 is 0

let unlisted = 0;
let lost = 0;

function ownTexts() {
  const rows = readFileSync(path.join(ROOT, 'tests/unit/json/broken/texts.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const counts = { texts: rows.length, ours: 0, theirs: 0, oursMended: 0, theirsMended: 0 };
  const differences = [];
  for (const row of rows) {
    const bytes = Buffer.from(row.text), a = ours(bytes), b = theirs(bytes);
    const right = mended(a) && same(a.value, row.value), theirsRight = mended(b) && same(b.value, row.value);
    counts.ours += right;
    counts.theirs += theirsRight;
    counts.oursMended += mended(a);
    counts.theirsMended += mended(b);
    unlisted += !a.listed;
    lost += theirsRight && !right;
    if (right !== theirsRight) differences.push([JSON.stringify(row.text).slice(0, 100), a, b, right]);
  }
  return { counts, differences };
}

function suiteTexts() {
  const names = readdirSync(SUITE).filter((name) => name.startsWith('n_')).sort();
  const counts = { texts: names.length, oursMended: 0, theirsMended: 0, same: 0 };
  const differences = [];
  for (const name of names) {
    const bytes = readFileSync(path.join(SUITE, name)), a = ours(bytes), b = theirs(bytes);
    counts.oursMended += mended(a);
    counts.theirsMended += mended(b);
    unlisted += !a.listed;
    const equal = mended(a) && mended(b) && same(a.value, b.value);
    counts.same += equal;
    if (equal || !mended(b)) continue;
    lost += !(name in ARGUED);
    differences.push([name, a, b, ARGUED[name]]);
  }
  for (const name of Object.keys(ARGUED)) {
    if (!differences.some(([text]) => text === name)) throw new Error(`${name} is argued for and no difference`);
  }
  return { counts, differences };
}

const line = (...cells) => console.log(cells[0].padEnd(34) + cells.slice(1).map((cell) => String(cell).padStart(12)).join(''));
if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: ./run --build-only`);
const own = ownTexts();
const suite = existsSync(SUITE) ? suiteTexts() : null;
line('', 'texts', 'blindspot', 'jsonrepair');
line('own texts, the right value', own.counts.texts, own.counts.ours, own.counts.theirs);
line('own texts, any value', own.counts.texts, own.counts.oursMended, own.counts.theirsMended);
if (suite) line('JSONTestSuite n_, any value', suite.counts.texts, suite.counts.oursMended, suite.counts.theirsMended);
if (suite) line('JSONTestSuite n_, the same value', suite.counts.texts, suite.counts.same, suite.counts.same);
if (!suite) console.log(`JSONTestSuite is not at ${SUITE}: left out`);
console.log('\nOwn texts on which they differ');
for (const [text, a, b, right] of own.differences) console.log(`  ${text}\n    ${right ? '+' : '-'} blindspot  ${shown(a)}\n      jsonrepair ${shown(b)}`);
if (suite) {
  console.log('\nTexts of the suite that jsonrepair mends and blindspot mends otherwise or not, and why');
  for (const [name, a, b, why] of suite.differences) console.log(`  ${name}: ${why ?? 'NOT ARGUED FOR'}\n      blindspot  ${shown(a)}\n      jsonrepair ${shown(b)}`);
}
if (unlisted > 0) console.log(`\n${unlisted} repairs are not what their edits give`);
process.exitCode = lost > 0 || unlisted > 0 ? 1 : 0;
