// How does a test act on the page as a person does, in every language and browser?
// Items are found by role and name, or by stable id, in what the page says it has drawn; the answer is a place on the
// screen, and real mouse, wheel and keyboard events go there. Drawing, hit-testing and focus stay under test.

import { until, within } from './processes.mjs';

const IDLE_LIMIT_MS = 20_000;
const FIND_LIMIT_MS = 10_000;
const BAR = 56;  // pixels of the bar at the top, which stays where it is and tells nothing of the way
const SCROLL_STEPS = 120;

// Less of an item than this at the edge of what is visible is no target for a hand.
const LEAST_VISIBLE_PX = 8;
const isEmpty = (rect) => !(rect.w >= LEAST_VISIBLE_PX && rect.h >= LEAST_VISIBLE_PX);
const centre = (rect) => ({ x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 });
const describe = (query) => JSON.stringify(query, (key, value) => (value instanceof RegExp ? String(value) : value));

function matches(item, { id, role, name }) {
  if (id instanceof RegExp ? !id.test(item.id) : id !== undefined && item.id !== id) return false;
  if (role !== undefined && item.role !== role) return false;
  if (name instanceof RegExp) return name.test(item.name);
  return name === undefined || item.name === name;
}

// "case." for "case.http-404": items of one list are scrolled together.
const listOf = (item) => item.id.slice(0, item.id.lastIndexOf('.') + 1);

export class Page {
  constructor(browser) {
    this.browser = browser;
  }

  /** Loads the page as if for the first time, with nothing kept, and waits until it has drawn and come to rest. */
  async open(url) {
    await this.forget();
    await this.browser.open(url);
    await this.ready(url);
  }

  /** Empties the storage of the page that is open, and keeps it from filling it again when it is left. */
  async forget() {
    // Between two documents (after a load that failed) nothing can be asked for a moment.
    await until('storage to be emptied', () => this.browser.evaluate(() => {
      if (!window.__blindspot) return true;
      Storage.prototype.setItem = () => {};
      localStorage.clear();
      sessionStorage.clear();
      return true;
    }), { ms: 5000 });
  }

  /** Waits until the page has drawn and come to rest. */
  async ready(url = 'this address') {
    await until(`the page at ${url} to be ready`, () => this.browser.evaluate(() =>
      typeof window.__blindspot === 'object' && window.__blindspot.items().length > 0), { ms: 30_000, every: 100 });
    await this.idle();
  }

  /** Resolves when nothing is due any more: no frame, no glyphs. */
  async idle() {
    await within(IDLE_LIMIT_MS, 'idle()', this.browser.evaluate(() => window.__blindspot.idle().then(() => true)));
  }

  items() { return this.browser.evaluate(() => window.__blindspot.items()); }
  state() { return this.browser.evaluate(() => window.__blindspot.state()); }
  frames() { return this.browser.evaluate(() => window.__blindspot.frames()); }
  errors() { return this.browser.evaluate(() => window.__blindspot.errors()); }

  viewport() { return this.browser.evaluate(() => ({ w: innerWidth, h: innerHeight })); }

  /** All items that match {id} or {role, name}; id and name are texts or patterns. */
  async findAll(query) {
    return (await this.items()).filter((item) => matches(item, query));
  }

  /** The one item that matches; waits for it to be drawn, and fails when several match. */
  async find(query, ms = FIND_LIMIT_MS) {
    let found = [];
    try {
      await until(`item ${describe(query)}`, async () => {
        found = await this.findAll(query);
        return found.length === 1;
      }, { ms });
    } catch (error) {
      if (found.length > 1) throw new Error(`${found.length} items match ${describe(query)}: ${found.map((item) => item.id || item.name).join(', ')}`);
      throw error;
    }
    return found[0];
  }

  async has(query) {
    return (await this.findAll(query)).length > 0;
  }

  // Where the wheel has to turn to bring `target` into view: over the nearest visible item of its list, or of the page,
  // downwards when that one comes first in reading order; further, the more items lie between.
  #wheelTowards(items, target, viewport) {
    const at = items.findIndex((item) => item.id === target.id && item.role === target.role && item.name === target.name);
    let best = null;
    items.forEach((item, index) => {
      if (index === at || !this.#isVisible(item, viewport) || centre(item.rect).y < BAR) return;
      const kin = Boolean(listOf(target)) && listOf(item) === listOf(target);
      const distance = Math.abs(index - at);
      const rank = distance + (kin ? 0 : items.length);
      if (!best || rank < best.rank) best = { rank, distance, down: index < at, ...centre(item.rect) };
    });
    if (!best) best = { distance: 1, down: true, x: viewport.w / 2, y: viewport.h / 2 };
    // Not so far that the target could fly past.
    best.turn = Math.min(Math.max(best.distance * 25, 100), viewport.h / 2);
    return best;
  }

  #isVisible(item, viewport) {
    if (isEmpty(item.rect)) return false;
    const { x, y } = centre(item.rect);
    return x >= 0 && y >= 0 && x < viewport.w && y < viewport.h;
  }

  /** Turns the wheel until the item can be seen; answers the item as it then is. */
  async scrollTo(query) {
    let target = await this.find(query);
    const viewport = await this.viewport();
    let stuck = 0, last_sight = '', down;
    for (let step = 0; !this.#isVisible(target, viewport); ++step) {
      if (step >= SCROLL_STEPS || stuck >= 6) throw new Error(`${describe(query)} stays out of sight after ${step} turns of the wheel`);
      const items = await this.items();
      const sight = JSON.stringify(items.map((item) => item.rect));
      stuck = sight === last_sight ? stuck + 1 : 0;
      last_sight = sight;
      const way = this.#wheelTowards(items, target, viewport);
      // The reading order may run across columns, so what is nearest lies now before and now after the target: the first
      // direction is kept until turns move nothing, then it is the other way.
      down = stuck === 3 ? !down : down ?? way.down;
      await this.browser.wheel(way.x, way.y, down ? way.turn : -way.turn);
      await this.idle();
      target = await this.find(query);
    }
    return target;
  }

  /** Clicks an item with the real mouse in the middle of what is visible of it. */
  async clickOn(query) {
    const target = await this.scrollTo(query);
    if (target.disabled) throw new Error(`${describe(query)} is disabled`);
    const { x, y } = centre(target.rect);
    await this.browser.click(x, y);
    await this.idle();
    return target;
  }

  /** Replaces what a field holds by real keys: click, select all, type. */
  async typeInto(query, text) {
    await this.clickOn(query);
    await this.browser.press('Control+A');
    await this.idle();
    if (text === '') await this.browser.press('Delete');
    else await this.browser.type(text);
    await this.idle();
  }

  /** What an item says: a field its value, anything else its name. */
  async textOf(query) {
    const item = await this.find(query);
    return item.value || item.name;
  }

  /** Waits until `predicate(state)` holds; answers that state. */
  async waitFor(what, predicate, ms = 20_000) {
    let state;
    await until(what, async () => {
      state = await this.state();
      return predicate(state);
    }, { ms, every: 100 });
    return state;
  }
}
