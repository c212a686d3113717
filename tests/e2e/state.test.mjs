// Is anything that was typed lost, and does anything secret stay? Reload, crash, other tabs, storage that is denied or full,
// Back and Forward, links there and back, and the explanations that are loaded when first needed.

import assert from 'node:assert/strict';
import { Unsupported } from './browsers.mjs';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

const SECRET = 'hunter2';
const CALL_LIMIT_MS = 30_000;

// Everything of this page that outlives it, or that others may come to see.
const traces = (browser) => browser.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state, location.href]));

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();
  const address = (rest) => `http://a.test/${rest}`;

  const open = async (fragment = '') => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1000, 560);
    await page.open(`${lab.page_url}?${Math.random()}${fragment}`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    return { browser, page };
  };

  const typeUrl = (page, text) => page.typeInto({ id: 'request.url' }, text);

  const typeHeader = async (page, index, name, value) => {
    await page.clickOn({ id: 'request.tab.headers' });
    await page.typeInto({ id: `request.header.${index}.name` }, name);
    await page.typeInto({ id: `request.header.${index}.value` }, value);
  };

  const typeBody = async (page, text) => {
    await page.clickOn({ id: 'request.tab.body' });
    await page.typeInto({ id: 'request.body' }, text);
  };

  // Runs `leave` and waits for the document that comes after it.
  const inNewDocument = async (page, leave) => {
    await page.browser.evaluate(() => { window.__left = true; });
    await leave();
    await until('the next document', async () => {
      try {
        return await page.browser.evaluate(() => !window.__left);
      } catch {
        return false;  // between two documents nothing can be asked
      }
    }, { ms: 30_000 });
    await page.ready();
    await page.waitFor('the page to find the lab', (state) => state.lab);
  };

  const reload = (page) => inNewDocument(page, () => page.browser.evaluate(() => { setTimeout(() => location.reload()); }));
  const back = (page) => page.browser.evaluate(() => { history.back(); });
  const forward = (page) => page.browser.evaluate(() => { history.forward(); });
  const draftIs = (page, url) => page.waitFor(`the form to hold ${url}`, (state) => state.draft.url === url);
  const stored = (page, text) => until(`${text} to be stored`, () => page.browser.evaluate((wanted) =>
    Object.values(sessionStorage).some((value) => value.includes(wanted)) && localStorage.getItem('blindspot.draft')?.includes(wanted), text));

  // Reload, crash, tabs.

  await bench.test('a reload keeps what was typed', async () => {
    const { page, browser } = await open();
    await typeUrl(page, address('orders'));
    await typeHeader(page, 0, 'X-Kept', 'yes & no + %41');
    await typeBody(page, '{"a": 1, "b": "c&d"}');
    const before = (await page.state()).draft;
    await reload(page);
    assert.deepEqual((await page.state()).draft, before);
    assert.ok(await page.has({ id: 'request.body' }), 'the tab is the same');
    assert.deepEqual((await browser.requests()).filter((url) => url.includes('a.test')), [], 'nothing was sent');
    assert.deepEqual(await page.errors(), []);
  });

  await bench.test('a reload keeps the case and the screen', async () => {
    const { page } = await open();
    await page.clickOn({ id: 'case.http-400' });
    await page.typeInto({ id: 'request.limit' }, '7');
    await page.clickOn({ id: 'screen.catalogue' });
    await reload(page);
    const state = await page.state();
    assert.deepEqual([state.chosen, state.draft.limit, state.screen], [{ slug: 'http-400', twin: 'faulty' }, '7', 'catalogue']);
    assert.ok(state.draft.url.startsWith(lab.description.lab));
  });

  await bench.test('a reload keeps what lies on the desk', async () => {
    const { page } = await open();
    await page.clickOn({ id: 'screen.desk' });
    await page.typeInto({ id: 'desk.text' }, '{"kept": 1,}');
    await stored(page, '{"kept": 1,}');
    await reload(page);
    assert.equal((await page.state()).screen, 'desk');
    assert.equal((await page.find({ id: 'desk.text' })).value, '{"kept": 1,}');
  });

  if (bench.browser === 'chromium') {
    await bench.test('a crash of the tab keeps what was typed', async () => {
      const { page, browser } = await open();
      await typeUrl(page, address('crash'));
      await stored(page, address('crash'));
      const protocol = await browser.page.createCDPSession();
      const crashed = new Promise((resolve) => { browser.page.once('error', resolve); });
      protocol.send('Page.crash').catch(() => {});
      await crashed;
      const fresh = await browser.browser.newPage();
      const gone = browser.page;
      browser.page = fresh;
      await browser.setViewport(1000, 560);
      await browser.open(lab.page_url);
      await page.ready();
      await draftIs(page, address('crash'));
      await gone.close().catch(() => {});
      await bench.dropSessions();
    });
  } else {
    bench.skip('a crash of the tab keeps what was typed', 'only Chromium\'s protocol can crash a tab');
  }

  await bench.test('tabs keep what is their own, and a new one begins with the last', async () => {
    const { page: first, browser } = await open();
    await typeUrl(first, address('first'));
    await stored(first, address('first'));
    const tabs = await openTab(browser);
    const second = new Page(tabs.second);
    await tabs.to(tabs.second);
    await tabs.second.open(lab.page_url);
    await second.ready();
    await draftIs(second, address('first'));
    await typeUrl(second, address('second'));
    await stored(second, address('second'));
    await tabs.to(browser);
    await reload(first);
    await draftIs(first, address('first'));
    await tabs.to(tabs.second);
    await reload(second);
    await draftIs(second, address('second'));
    await tabs.close();
    await bench.dropSessions();
  });

  // Secrets.

  await bench.test('secrets are stored only when asked, and gone when no longer asked', async () => {
    const { page, browser } = await open();
    await typeUrl(page, `http://me:${SECRET}@a.test/?token=${SECRET}&p=2`);
    await typeHeader(page, 0, 'Authorization', SECRET);
    await typeBody(page, `{"password": "${SECRET}"}`);
    await stored(page, 'p=2');
    assert.ok(!(await traces(browser)).includes(SECRET), 'not while typing');
    await page.clickOn({ id: 'screen.catalogue' });
    await page.clickOn({ id: 'screen.send' });
    await reload(page);
    assert.ok(!(await traces(browser)).includes(SECRET), 'not after a reload');
    const blank = await page.state();
    assert.equal(blank.draft.url, 'http://a.test/?token=&p=2');
    assert.equal(blank.draft.body, '{"password": ""}');

    await typeBody(page, `{"password": "${SECRET}"}`);
    await page.clickOn({ id: 'request.tab.options' });
    await page.clickOn({ id: 'request.remember' });
    await until('the secret to be stored', () => browser.evaluate((secret) => localStorage.getItem('blindspot.draft').includes(secret), SECRET));
    await reload(page);
    assert.equal((await page.state()).draft.body, `{"password": "${SECRET}"}`, 'kept as asked');
    const [, tab, state, place] = JSON.parse(await traces(browser));
    assert.ok(!JSON.stringify([tab, state, place]).includes(SECRET), 'in one place only');

    await page.clickOn({ id: 'request.remember' });
    await until('the secret to be removed', async () => !(await traces(browser)).includes(SECRET));
    await reload(page);
    assert.ok(!(await traces(browser)).includes(SECRET));
    assert.equal((await page.state()).draft.body, '{"password": ""}');
  }, { ms: 180_000 });

  // Storage that says no.

  const expectUseWithoutStorage = async (page) => {
    await typeUrl(page, `${lab.description.lab}/mix/status=404`);
    await page.find({ id: 'request.notice.note.0' });
    const before = (await page.state()).call.number;
    await page.clickOn({ id: 'request.send' });
    const state = await page.waitFor('the call to be over', (now) => now.call.number > before && now.call.phase === 'done' && !now.call.journal_pending, CALL_LIMIT_MS);
    assert.equal(state.diagnosis.findings[0].code, 'http-404');
    await page.clickOn({ id: 'case.http-500' });
    await back(page);
    await draftIs(page, `${lab.description.lab}/mix/status=404`);
    await until('it to be said once', async () => (await page.findAll({ id: /^request\.notice\.note/ })).length === 1);
    assert.deepEqual(await page.errors(), []);
  };

  const deny = () => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException('denied', 'SecurityError'); } });
    }
  };

  if (bench.browser === 'webkit') {
    bench.skip('storage that is denied from the start is said, and all else works', 'WebDriver cannot run a script before the page\'s own');
  } else {
    await bench.test('storage that is denied from the start is said, and all else works', async () => {
      const browser = await bench.session();
      await browser.setViewport(1000, 560);
      const script = await browser.page.evaluateOnNewDocument(deny);
      const page = new Page(browser);
      await browser.open(`${lab.page_url}?denied`);
      await page.ready();
      await page.waitFor('the page to find the lab', (state) => state.lab);
      assert.equal((await page.findAll({ id: /^request\.notice/ })).length, 0, 'nothing is said before it matters');
      await expectUseWithoutStorage(page);
      await browser.page.removeScriptToEvaluateOnNewDocument(script.identifier);
      await bench.dropSessions();
    });
  }

  await bench.test('storage that is denied later is said, and all else works', async () => {
    const { page, browser } = await open();
    await browser.evaluate(deny);
    await expectUseWithoutStorage(page);
    await bench.dropSessions();
  });

  await bench.test('storage that is full is said, until there is room again', async () => {
    const { page, browser } = await open();
    await browser.evaluate(() => {
      for (const storage of [localStorage, sessionStorage]) {
        for (let size = 1 << 22, i = 0; size >= 1 && i < 400; ++i) {
          try {
            storage.setItem(`junk${i}`, 'x'.repeat(size));
          } catch {
            size >>= 1;
          }
        }
      }
    });
    await typeUrl(page, address('full'));
    await page.find({ id: 'request.notice.note.0' });
    await browser.evaluate(() => { for (const storage of [localStorage, sessionStorage]) storage.clear(); });
    await typeUrl(page, address('room'));
    await until('the note to go', async () => !await page.has({ id: 'request.notice.note.0' }));
    await stored(page, address('room'));
  });

  // Back and Forward.

  await bench.test('Back and Forward go through cases, screens and what was typed', async () => {
    const { page, browser } = await open();
    await typeUrl(page, address('?token=x'));
    await page.clickOn({ id: 'case.http-400' });
    assert.match(await browser.evaluate(() => location.hash), /^#case=http-400$/);
    await page.clickOn({ id: 'screen.catalogue' });
    await page.clickOn({ id: 'case.json-html' });
    await back(page);
    await page.waitFor('the catalogue', (state) => state.screen === 'catalogue' && state.chosen?.slug === 'http-400');
    await back(page);
    await page.waitFor('the case', (state) => state.screen === 'send' && state.chosen?.slug === 'http-400');
    await back(page);
    const typed = await draftIs(page, address('?token=x'));  // with its secret, while the page lives
    assert.equal(typed.chosen, undefined);
    assert.equal(await browser.evaluate(() => location.hash), '');
    await forward(page);
    await forward(page);
    await forward(page);
    await page.waitFor('the last case', (state) => state.chosen?.slug === 'json-html' && state.screen === 'send');
    await reload(page);
    await back(page);
    await back(page);
    await back(page);
    await draftIs(page, address('?token='));  // without it once the page is another
    assert.deepEqual(await page.errors(), []);
  });

  await bench.test('Back while a field is edited brings the other form, not the field\'s text', async () => {
    const { page, browser } = await open();
    await typeUrl(page, address('one'));
    await page.clickOn({ id: 'case.http-400' });
    await page.clickOn({ id: 'request.url' });
    await browser.press('End');
    await browser.type('/more');
    await page.idle();
    await back(page);
    await draftIs(page, address('one'));
    await page.idle();
    await draftIs(page, address('one'));
    await forward(page);
    await page.waitFor('the edited case', (state) => state.chosen?.slug === 'http-400' && state.draft.url.endsWith('/more'));
  });

  await bench.test('a form that was cleared comes back', async () => {
    const { page } = await open();
    await typeUrl(page, address('cleared'));
    await typeBody(page, 'all of it');
    await page.clickOn({ id: 'request.clear' });
    assert.equal((await page.state()).draft.url, '');
    await back(page);
    const state = await draftIs(page, address('cleared'));
    assert.equal(state.draft.body, 'all of it');
  });

  // Links.

  await bench.test('typing does not touch the address', async () => {
    const { page, browser } = await open('#case=http-400&lang=en');
    await page.typeInto({ id: 'request.limit' }, '4');
    await stored(page, 'limit=4');
    assert.equal(await browser.evaluate(() => location.hash), '#case=http-400&lang=en');
    await reload(page);
    assert.equal((await page.state()).draft.limit, '4', 'at a reload the link does not win');
  });

  await bench.test('a link carries a request there, without its secrets, and waits', async () => {
    const { page, browser } = await open();
    await page.typeInto({ id: 'request.method' }, 'POST');
    await typeUrl(page, address('orders?q=a&token=b'));
    await typeHeader(page, 0, 'Accept', 'text/html; q=0.5');
    await typeHeader(page, 1, 'Authorization', SECRET);
    await typeBody(page, '{"a": "1 + 1 & #2"}');
    await page.find({ id: 'request.copy_link.note' });
    await page.clickOn({ id: 'request.copy_link' });
    const sent = (await page.state()).draft;
    await page.typeInto({ id: 'request.body' }, '');
    await paste(bench, browser);
    await page.idle();
    const link = (await page.state()).draft.body;
    assert.ok(link.startsWith(`${lab.page_url.replace(/\/$/, '')}/`), link);
    assert.ok(!link.includes(SECRET), link);
    const opened = await open(link.slice(link.indexOf('#')));
    const state = await draftIs(opened.page, address('orders?q=a&token='));
    assert.deepEqual([state.draft.method, state.draft.body, state.draft.headers], [sent.method, sent.body, [['Accept', 'text/html; q=0.5'], ['Authorization', '']]]);
    assert.equal(state.call.phase, 'idle');
    assert.deepEqual((await browser.requests()).filter((url) => url.startsWith('http://a.test')), []);
  });

  // The courtroom.

  const COURT_ANSWER = `HTTP/1.1 200 OK\nSet-Cookie: a=${SECRET}\nX-Mine: 1\n`;
  const typeCourt = async (page, path) => {
    await page.clickOn({ id: 'screen.court' });
    await page.typeInto({ id: 'court.url' }, `https://api.test/${path}`);
    await page.typeInto({ id: 'court.answer' }, COURT_ANSWER);
  };
  const courtHas = (page, id, text) => until(`${id} to hold ${text}`, async () => (await page.find({ id })).value === text);

  await bench.test('a reload keeps what is written in the courtroom, without its secrets', async () => {
    const { page, browser } = await open();
    await typeCourt(page, 'kept');
    await stored(page, 'api.test/kept');
    await stored(page, 'X-Mine');
    await reload(page);
    assert.equal((await page.state()).screen, 'court');
    await courtHas(page, 'court.url', 'https://api.test/kept');
    await courtHas(page, 'court.answer', 'HTTP/1.1 200 OK\nSet-Cookie:\nX-Mine: 1\n');
    assert.ok(!(await traces(browser)).includes(SECRET));
  });

  await bench.test('a link carries the courtroom there, without its secrets', async () => {
    const { page, browser } = await open();
    await typeCourt(page, 'shared');
    await page.find({ id: 'request.copy_link.note' });
    await page.clickOn({ id: 'request.copy_link' });
    await page.typeInto({ id: 'court.answer' }, '');
    await paste(bench, browser);
    await page.idle();
    const link = (await page.find({ id: 'court.answer' })).value;
    assert.ok(link.startsWith(`${lab.page_url.replace(/\/$/, '')}/`), link);
    assert.ok(!link.includes(SECRET), link);
    const opened = await open(link.slice(link.indexOf('#')));
    assert.equal((await opened.page.state()).screen, 'court');
    await courtHas(opened.page, 'court.url', 'https://api.test/shared');
    await courtHas(opened.page, 'court.answer', 'HTTP/1.1 200 OK\nSet-Cookie:\nX-Mine: 1\n');
    assert.equal((await opened.page.state()).draft.url, '', 'the form is not touched');
  });

  await bench.test('Back undoes what replaced the courtroom', async () => {
    const { page } = await open();
    await typeCourt(page, 'mine');
    await page.clickOn({ id: 'court.example' });
    await courtHas(page, 'court.url', 'https://api.example/orders');
    await back(page);
    await courtHas(page, 'court.url', 'https://api.test/mine');
    await courtHas(page, 'court.answer', COURT_ANSWER);
    await forward(page);
    await courtHas(page, 'court.url', 'https://api.example/orders');
  });

  await bench.test('a link within the page leaves what was typed one step back', async () => {
    const { page, browser } = await open();
    await typeUrl(page, address('mine'));
    await browser.evaluate((target) => { location.hash = `method=PUT&url=${target}`; }, address('theirs'));
    await draftIs(page, address('theirs'));
    await page.find({ id: 'request.notice.note.0' });  // it says so, as soon as it is drawn
    await back(page);
    await draftIs(page, address('mine'));
    await forward(page);
    await draftIs(page, address('theirs'));
  });

  await bench.test('a link in a new tab leaves the last thing typed one step back', async () => {
    const { page, browser } = await open();
    await typeUrl(page, address('mine'));
    await stored(page, address('mine'));
    await browser.evaluate(() => { sessionStorage.clear(); });  // as a new tab has it
    await inNewDocument(page, () => browser.evaluate((target) => { setTimeout(() => { location.href = target; }); },
      `${lab.page_url}?other#url=${address('theirs')}`));
    await draftIs(page, address('theirs'));
    await page.find({ id: 'request.notice.note.0' });  // it says so, as soon as it is drawn
    await back(page);
    await draftIs(page, address('mine'));
  });

  for (const [name, fragment] of [['words', 'somewhere'], ['signs', '%%%&&=&'], ['bytes', 'url=%ff%fe&body=%E8%8C'], ['an unknown case', 'case=moon'],
    ['much', 'url=' + 'x'.repeat(100_000)]]) {
    await bench.test(`a link of ${name} is refused in words`, async () => {
      const { page } = await open(`#${fragment}`);
      await page.find({ id: 'request.notice.note.0' });
      assert.equal((await page.state()).draft.url, '');
      assert.deepEqual(await page.errors(), []);
    });
  }

  // The explanations.

  const pageFiles = (browser) => browser.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /pages\.\w+/.test(name)));

  await bench.test('explanations are loaded when first needed', async () => {
    const { page, browser } = await open();
    assert.deepEqual(await pageFiles(browser), []);
    assert.ok((await page.find({ id: 'case.http-400' })).name.length > 10, 'the list has its words at once');
    await page.clickOn({ id: 'case.http-400' });
    await page.waitFor('the explanations', (state) => state.pages);
    assert.equal((await pageFiles(browser)).length, 1);
  });

  await bench.test('without a network the verdict still stands, and the explanation comes later by itself', async () => {
    const { page, browser } = await open();
    await typeUrl(page, `${lab.description.lab}/mix/status=200`);
    await browser.setOffline(true);
    try {
      const before = (await page.state()).call.number;
      await page.clickOn({ id: 'request.send' });
      const state = await page.waitFor('the call to be over', (now) => now.call.number > before && now.call.phase === 'done', CALL_LIMIT_MS);
      assert.ok(state.diagnosis.findings.length > 0);
      await page.find({ id: 'verdict.words_missing' }, 20_000);
      assert.ok((await page.find({ id: 'verdict.title' })).name.length > 5, 'the title stands');
    } finally {
      await browser.setOffline(false);
    }
    await page.clickOn({ id: 'request.tab.body' });
    await page.waitFor('the explanations', (state) => state.pages);
    await page.idle();
    assert.ok(!await page.has({ id: 'verdict.words_missing' }));
  });
}

// Headless Chromium runs the clipboard's commands only when they are named with the key.
async function paste(bench, browser) {
  if (bench.browser !== 'chromium') return browser.press('Control+V');
  await browser.page.keyboard.down('Control');
  await browser.page.keyboard.press('v', { commands: ['Paste'] });
  await browser.page.keyboard.up('Control');
}

// Another tab of the same browser, and the way between the two.
async function openTab(browser) {
  if (browser.name !== 'webkit') {
    const page = await browser.browser.newPage();
    const second = Object.assign(Object.create(Object.getPrototypeOf(browser)), browser, { page });
    await second.setViewport(1000, 560);
    return { second, to: (tab) => tab.page.bringToFront(), close: () => page.close() };
  }
  const { session } = browser;
  const first_handle = await session.send('GET', '/window');
  let made;
  try {
    made = await session.send('POST', '/window/new', { type: 'window' });
  } catch (error) {
    throw new Unsupported(`WebKitGTK's driver opens no second tab: ${error.message}`);
  }
  const second = Object.assign(Object.create(Object.getPrototypeOf(browser)), browser);
  const to = (tab) => session.send('POST', '/window', { handle: tab === second ? made.handle : first_handle });
  return { second, to, close: async () => { await to(second); await session.send('DELETE', '/window'); await to(browser); } };
}
