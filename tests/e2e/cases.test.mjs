// Law 6: does every case of the catalogue, run from the page as a person runs it, show what was predicted?
// For each case: choose it in the list, press Send, read the diagnosis; then its good twin. The agreement of the browsers
// goes into agreement.tsv. What the cases are is left to the catalogue: the page names them.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';

export const needs_no_network = true;

const CALL_LIMIT_MS = 30_000;
const JOURNAL_LIMIT_MS = 5000;

const isLoopback = (address) => /^\w+:\/\/(127\.|localhost\b|\[::1\])/.test(address);
const plainOutcome = (outcome) => String(outcome).replace(/_/g, '-');

// Where a case has to be played: on which page, by which browser, with or without a network.
function stageOf(target, lab) {
  if (target === 'cleartext') return { options: { acceptInsecureCerts: true }, url: lab.secure_page_url };
  if (target.startsWith('tls-')) return { options: { trustCa: lab.ca_file }, url: lab.page_url };
  if (target === 'offline') return { options: { netns: true }, url: lab.page_url, without_network: true };
  return { options: {}, url: lab.page_url };
}

// Where an engine shows the page something else than the standard predicts: known, named, and still tested.
const BROWSERS_NOTES = {
  'body-truncated': { webkit: { outcome: 'answered', note: 'WebKitGTK 2.50 hands over a body shorter than announced as if it were whole' } },
};

// The page shows some cases at the start and all of them in its catalogue.
async function showCase(page, code) {
  if (!await page.has({ id: `case.${code}` })) await page.clickOn({ id: 'screen.catalogue' });
  return page.find({ id: `case.${code}` });
}

const isOver = (state) => state.call?.phase === 'done' && !state.call.journal_pending;

// Waits until the call is over and the lab's journal of it has been read, and answers the state then.
async function awaitCall(page) {
  await page.waitFor('the call to be over', (state) => state.call?.phase === 'done', CALL_LIMIT_MS);
  await page.waitFor('the journal to be read', isOver, JOURNAL_LIMIT_MS);
  await page.idle();
  return page.state();
}

const codesOf = (diagnosis) => (diagnosis?.findings ?? []).map((finding) => finding.code);
const leaderOf = (diagnosis) => diagnosis?.findings?.[0];

async function checkCase(page, entry, row) {
  const item = await showCase(page, entry.code);
  assert.ok(item.name.trim(), 'the entry has a name');
  await page.clickOn({ id: item.id, role: item.role, name: item.name });
  assert.deepEqual((await page.state()).chosen, { slug: entry.code, twin: 'faulty' });
  await page.clickOn({ id: 'request.send' });
  const state = await awaitCall(page);
  const shown = state.diagnosis;
  const blind = { findings: shown.blind };
  Object.assign(row, { outcome: plainOutcome(state.observation?.outcome), blind: leaderOf(blind)?.code, blind_certainty: leaderOf(blind)?.certainty,
    with_journal: state.call.wire_known ? leaderOf(shown)?.code : null, certainty: state.call.wire_known ? leaderOf(shown)?.certainty : null });

  const known = BROWSERS_NOTES[entry.code]?.[row.browser];
  if (known) row.note = known.note;
  assert.equal(row.outcome, known?.outcome ?? plainOutcome(entry.expect.outcome), `what the page saw: ${state.observation?.error_text}`);
  if (entry.expect.hidden) assert.deepEqual(codesOf(blind), ['ok'], 'to the page alone the call looks healthy');
  else assert.ok(codesOf(blind).includes(entry.code), `found without the journal: ${codesOf(blind).join(', ') || 'nothing'}`);
  const by_wire = state.call.wire_known && entry.expect.known_as || entry.code;
  assert.ok(codesOf(shown).includes(by_wire), `found: ${codesOf(shown).join(', ') || 'nothing'}`);
  for (const diagnosis of entry.expect.hidden ? [shown] : [blind, shown]) {
    for (const finding of diagnosis.findings) assert.match(finding.certainty, /^(certain|likely|possible)$/);
    const code = diagnosis === shown ? by_wire : entry.code;
    const own = diagnosis.findings.find((finding) => finding.code === code);
    if (own.certainty === 'certain') assert.equal(leaderOf(diagnosis).code, code, 'what is certain leads');
    else assert.ok(leaderOf(diagnosis).certainty !== 'certain', `${leaderOf(diagnosis).code} is called certain and is not the cause`);
  }
}

async function checkGoodTwin(page, row) {
  await page.clickOn({ id: 'case.good_twin' });
  assert.equal((await page.state()).chosen.twin, 'good');
  if ((await page.state()).call?.phase === 'idle') await page.clickOn({ id: 'request.send' });
  const state = await awaitCall(page);
  row.twin = leaderOf(state.diagnosis)?.code;
  assert.equal(row.twin, 'ok', `the good twin leads with ${row.twin}, outcome ${state.observation?.outcome}`);
  assert.equal(plainOutcome(state.observation.outcome), 'answered');
}

export async function run(bench) {
  const lab = await bench.lab();
  const pages = new Map();
  // One page per stage, loaded once as a person's is, and anew after a failure.
  const openStage = async (stage) => {
    const browser = await bench.session(stage.options);
    const known = pages.get(browser);
    if (known?.url === stage.url) return known.page;
    const page = new Page(browser);
    await browser.setViewport(1000, 1400);
    await page.open(stage.url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    pages.set(browser, { page, url: stage.url });
    return page;
  };

  const usual = bench.without_network ? { options: { netns: true }, url: lab.page_url } : { options: {}, url: lab.page_url };
  const catalogue = (await (await openStage(usual)).state()).catalogue ?? [];
  if (!bench.without_network) {
    await bench.test('the page names the cases', async () => {
      assert.ok(catalogue.length >= 40, `${catalogue.length} cases`);
      assert.equal(new Set(catalogue.map((entry) => entry.code)).size, catalogue.length);
    });
  }

  for (const entry of catalogue) {
    const stage = stageOf(entry.target, lab);
    if (Boolean(stage.without_network) !== bench.without_network) continue;
    const row = { case: entry.code, browser: bench.browser, expected: plainOutcome(entry.expect?.outcome), outcome: null, blind: null,
      blind_certainty: null, with_journal: null, certainty: null, twin: null, agrees: null, note: null };
    const name = `case ${entry.code}`;
    if (!bench.wants(name)) continue;
    const passed = await bench.test(name, async () => {
      const page = await openStage(stage);
      if (entry.target === 'offline') {
        assert.ok(!isLoopback(lab.description.targets.offline), 'a machine without a network still reaches loopback');
        assert.equal(await page.browser.evaluate(() => navigator.onLine), false, 'the browser knows that it is offline');
      }
      await checkCase(page, entry, row);
      if (entry.code !== 'ok') await checkGoodTwin(page, row);
      assert.deepEqual(await page.errors(), [], 'errors of the page');
    }, { ms: 2 * (CALL_LIMIT_MS + JOURNAL_LIMIT_MS) + 30_000 });
    row.agrees = passed ? 'yes' : 'NO';
    bench.row('agreement', row);
  }
}
