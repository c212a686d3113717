// How does somebody use the page who reads its document and not its picture?
// Elements are found by their item's id, pressed by click() and written to by their value, as assistive technology does;
// what the live regions said is kept; axe and rules of our own judge the document. What must hold is left to the tests.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { until } from './processes.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class Reader {
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  /** Listens to the live regions from now on. */
  async listen() {
    await this.browser.evaluate(() => {
      window.__said = [];
      for (const id of ['status', 'alert']) {
        const region = document.getElementById(id);
        new MutationObserver(() => {
          const text = region.textContent.replace(/\u00a0$/, '');
          if (text) window.__said.push([id, text]);
        }).observe(region, { childList: true, characterData: true, subtree: true });
      }
    });
  }

  /** What was said since listen(), or since the last call: [['status' or 'alert', text]]. */
  said() { return this.browser.evaluate(() => window.__said.splice(0)); }

  async has(id) { return this.browser.evaluate((name) => document.querySelector(`#mirror [data-id="${name}"]`) !== null, id); }

  /** Waits until the element is there. */
  async appears(id, ms = 20_000) { await until(`element ${id}`, () => this.has(id), { ms }); }

  // A call under way keeps a slow machine drawing: then there is no idleness to wait for.
  async press(id, { idle = true } = {}) {
    await this.appears(id);
    await this.browser.evaluate((name) => {
      const element = document.querySelector(`#mirror [data-id="${name}"]`);
      element.focus();
      element.click();
    }, id);
    if (idle) await this.page.idle();
  }

  async write(id, text) {
    await this.appears(id);
    await this.browser.evaluate((name, value) => {
      const element = document.querySelector(`#mirror [data-id="${name}"]`);
      element.focus();
      element.value = value;
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, id, text);
    await this.page.idle();
  }

  /** The text of an element, or the value of a field. */
  async read(id) {
    await this.appears(id);
    return this.browser.evaluate((name) => {
      const element = document.querySelector(`#mirror [data-id="${name}"]`);
      return /^(INPUT|TEXTAREA)$/.test(element.tagName) ? element.value : element.textContent;
    }, id);
  }

  attribute(id, name) {
    return this.browser.evaluate((element, attribute) => document.querySelector(`#mirror [data-id="${element}"]`).getAttribute(attribute), id, name);
  }

  /** The texts that describe a field. */
  description(id) {
    return this.browser.evaluate((name) => (document.querySelector(`#mirror [data-id="${name}"]`).getAttribute('aria-describedby') ?? '')
      .split(' ').filter(Boolean).map((each) => document.getElementById(each).textContent), id);
  }

  focused() { return this.browser.evaluate(() => document.activeElement.dataset.id ?? document.activeElement.id); }

  /** What axe and the rules below find wrong; empty: nothing. */
  async violations() {
    await this.browser.evaluate(`(() => { if (!window.axe) { ${AXE} } return true; })()`);
    const found = await this.browser.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }).then((result) =>
      result.violations.map((each) => `${each.id} (${each.impact}): ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)));
    return [...found, ...await this.browser.evaluate(ownRules)];
  }
}

// Runs in the page.
function ownRules() {
  const wrong = [];
  const root = document.getElementById('mirror');
  const shown = document.documentElement.lang === 'en' ? /[\u4e00-\u9fff]/ : null;
  // Every item has its element, name and place in the tree.
  for (const item of window.__blindspot.items()) {
    if (!item.id || /\.label$/.test(item.id)) continue;
    if (root.querySelectorAll(`[data-id="${item.id}"]`).length !== 1) wrong.push(`${item.id} is not in the document once`);
    if (!item.group && !item.name.trim()) wrong.push(`${item.id} has no name`);
  }
  // Headings lead one level down at a time.
  let level = 0;
  for (const heading of root.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) wrong.push(`heading ${heading.textContent} jumps from ${level} to ${next}`);
    level = next;
  }
  if (root.querySelectorAll('h1').length !== 1) wrong.push('there is not one h1');
  for (const list of root.querySelectorAll('[role=tablist]')) {
    const chosen = list.querySelectorAll('[role=tab][aria-selected=true]');
    if (chosen.length !== 1) wrong.push(`${list.dataset.id} has ${chosen.length} selected tabs`);
    else if (!document.getElementById(chosen[0].getAttribute('aria-controls'))) wrong.push(`${chosen[0].dataset.id} controls nothing`);
  }
  for (const field of root.querySelectorAll('[aria-invalid=true]')) {
    if (!field.hasAttribute('aria-describedby')) wrong.push(`${field.dataset.id} is invalid and does not say why`);
  }
  for (const element of root.querySelectorAll('button, p, h1, h2, h3, h4, li')) {
    if (shown && !element.closest('[lang="zh-CN"]') && element.children.length === 0 && shown.test(element.textContent)) wrong.push(`Chinese on the English page: ${element.textContent.slice(0, 40)}`);
  }
  // Inside a card the reading order is the visual one: rows from top to bottom, and in a row from left to right.
  if (document.documentElement.className !== 'plain') {
    for (const card of root.querySelectorAll('section')) {
      const leaves = Array.from(card.querySelectorAll('[style]')).filter((each) => !each.dataset.id?.startsWith('request.method.') && each.tagName !== 'SECTION');
      for (let i = 1; i < leaves.length; ++i) {
        const [a, b] = [leaves[i - 1].getBoundingClientRect(), leaves[i].getBoundingClientRect()];
        const above = b.bottom <= a.top + 1, left = b.right <= a.left + 1 && b.top < a.bottom - 1 && a.top < b.bottom - 1;
        if (above || left) wrong.push(`${leaves[i].dataset.id || leaves[i].textContent.slice(0, 30)} is read after ${leaves[i - 1].dataset.id || leaves[i - 1].textContent.slice(0, 30)}, but stands before it`);
      }
    }
  } else if (document.documentElement.scrollWidth > innerWidth + 1) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
  }
  return wrong;
}

/**
 * Brings the page, by its document alone, into every state that a person meets, and calls `visit(name)` in each.
 * `lab` is what startLab() answered.
 */
export async function tour(reader, lab, visit) {
  const { page } = reader;
  const done = (what) => page.waitFor(what, (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);
  const run = async (slug) => {
    await reader.press('screen.catalogue');
    await reader.press(`case.${slug}`);
    await reader.press('request.send', { idle: false });
    await done(`the call of ${slug}`);
    await page.idle();
  };
  await visit('at rest');
  for (const tab of ['query', 'body', 'contract', 'options', 'headers']) {
    await reader.press(`request.tab.${tab}`);
    await visit(`request tab ${tab}`);
  }
  await reader.press('request.method.choose');
  await reader.appears('request.method.PUT');
  await visit('choosing a method');
  await reader.press('request.method.choose');

  await reader.write('request.limit', 'soon');
  await reader.press('request.send');
  await visit('a time limit that is none');
  await reader.write('request.limit', '10');
  await reader.write('request.url', 'http://[broken');
  await reader.press('request.send');
  await visit('a URL that is none');
  await reader.write('request.url', `${lab.description.lab}/mix/status=404`);
  await reader.write('request.header.0.name', 'Bad Name');
  await reader.press('request.send');
  await visit('a header that cannot be sent');

  await reader.press('screen.catalogue');
  await visit('catalogue');
  await reader.press('case.response-timeout');
  await reader.write('request.limit', '60');
  await reader.press('request.send', { idle: false });
  await reader.appears('request.cancel');
  await visit('sending');
  await reader.press('request.cancel', { idle: false });
  await done('the call to be cancelled');

  await run('cors-header-not-allowed');
  await visit('failed');
  await reader.press('fix.server');
  await reader.appears('fix.server.apache');
  await visit('failed, the servers to choose from');
  await reader.press('fix.server.apache');
  await visit('failed, the fix for another server');
  for (const tab of ['headers', 'events']) {
    await reader.press(`outcome.tab.${tab}`);
    await visit(`failed, outcome tab ${tab}`);
  }
  await reader.press('witness.page');
  await visit('failed, the page alone, with probes');
  await reader.press('probes.send');
  await page.waitFor('the probes', (state) => state.probes.no_cors !== 'not-asked');
  await page.idle();
  await visit('failed, after the probes');
  await run('json-syntax');
  await visit('answered');
  for (const tab of ['headers', 'events', 'body']) {
    await reader.press(`outcome.tab.${tab}`);
    await visit(`answered, outcome tab ${tab}`);
  }
  await reader.press('screen.court');
  await visit('courtroom');
  await reader.write('court.page', 'nowhere');
  await visit('courtroom with a problem');
  await reader.press('court.example');
  await visit('courtroom, refused');
  await reader.press('court.prove', { idle: false });
  await page.waitFor('the proof', (state) => state.court?.proof === 'done' && state.court.preflight_known);
  await page.idle();
  await visit('courtroom, proved');
  await reader.press('court.repair.apply');
  await visit('courtroom, repaired');
  await reader.press('court.last-call');
  await visit('courtroom with the last call');
  await reader.press('screen.desk');
  await page.find({ id: 'desk.fault.0' });
  await visit('desk');
  await reader.write('desk.contract', '{"type": "nubmer"}');
  await page.idle();
  await visit('desk with a problem');
  await reader.press('desk.make_all');
  await reader.press('desk.tab.good');
  await page.idle();
  await visit('desk, mended');
  await reader.press('screen.send');
  await reader.write('request.url', 'http://127.0.0.1/typed');
  await reader.browser.evaluate(() => { location.hash = 'case=http-401'; });
  await reader.appears('request.notice.note.0');
  await page.idle();
  await visit('a link over what was typed');
}
