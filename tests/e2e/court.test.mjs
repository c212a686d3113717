// The courtroom: does it foretell what this browser then does, for the example and for what a person writes into it?

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  let opened = 0;
  const open = async (fragment = '') => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(`${lab.page_url}?court=${++opened}${fragment}`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await page.clickOn({ id: 'screen.court' });
    return { browser, page };
  };
  const verdict = (page) => page.textOf({ id: 'court.verdict.title' });
  const decidedAt = (page) => page.textOf({ id: 'court.verdict.step' });

  // Presses the button and waits for both the outcome and the lab's journal.
  const prove = async (page) => {
    await page.clickOn({ id: 'court.prove' });
    await page.waitFor('the proof', (state) => state.court?.proof === 'done' && state.court.preflight_known);
    await page.idle();
    const read = async () => Object.fromEntries((await page.findAll({ id: /^court\.proof\.(?!(title|note|rows|head)$)/ }))
      .map((row) => [row.id.slice('court.proof.'.length), row.name.split(': ').slice(1).join(': ')]));
    let rows = {};
    await until('the rows of the proof', async () => {
      rows = await read();
      return rows.outcome && (!rows.outcome.startsWith('resolves /') || rows.headers);
    });
    return { note: await page.textOf({ id: 'court.proof.note' }), rows };
  };

  await bench.test('the example is refused at its preflight, and this browser agrees', async () => {
    const { page } = await open();
    assert.equal(await verdict(page), 'The browser refuses');
    assert.equal(await decidedAt(page), 'preflight.headers');
    const { note, rows } = await prove(page);
    assert.equal(note, 'The browser did what was foretold');
    assert.deepEqual(rows, { outcome: 'rejects / rejects', preflight: 'yes / yes' });
  });

  await bench.test('without the header it is allowed, and this browser reads the same headers', async () => {
    const { page } = await open();
    await page.clickOn({ id: 'court.header.1.remove' });
    assert.equal(await verdict(page), 'The browser lets the page read the answer');
    const { note, rows } = await prove(page);
    assert.equal(note, 'The browser did what was foretold');
    assert.equal(rows.headers, 'content-type / content-type');
    assert.equal(rows.status, '201 / 201');
  });

  await bench.test('pasted answers are judged, and a redirect is followed', async () => {
    const { page } = await open();
    await page.clickOn({ id: 'court.header.1.remove' });
    await page.clickOn({ id: 'court.header.0.remove' });
    await page.typeInto({ id: 'court.method' }, 'GET');
    await page.typeInto({ id: 'court.preflight' }, '');
    await page.typeInto({ id: 'court.answer' }, 'HTTP/1.1 302\nAccess-Control-Allow-Origin: *\nLocation: https://b.example/');
    assert.match(await verdict(page), /redirect's target is missing/);
    await page.typeInto({ id: 'court.answer' },
      'HTTP/1.1 302\nAccess-Control-Allow-Origin: *\nLocation: https://b.example/\n\nHTTP/1.1 200\nAccess-Control-Allow-Origin: https://shop.example');
    assert.equal(await decidedAt(page), 'cors-check.4', 'the origin is null by then');
    const { note } = await prove(page);
    assert.equal(note, 'The browser did what was foretold');
  });

  await bench.test('what cannot be read is said at its field, and nothing is lost', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'court.preflight' }, 'HTTP/1.1 204\nallow everyone');
    assert.match(await page.textOf({ id: 'court.preflight.note.0' }), /Line 2 has no colon/);
    assert.equal((await page.find({ id: 'court.preflight' })).value, 'HTTP/1.1 204\nallow everyone');
    assert.equal(await page.has({ id: 'court.prove' }), false);
  });

  await bench.test('nothing is sent before the press', async () => {
    const { browser, page } = await open();
    const calls = async () => (await browser.requests()).filter((address) => address.includes('/mix/')).length;
    const before = await calls();
    await page.typeInto({ id: 'court.page' }, 'https://a.example');
    assert.equal(await decidedAt(page), 'preflight.cors-check.4');
    assert.equal(await calls(), before);
  });

  await bench.test('the repair is a configuration for the server that is chosen, here and at the fix of a call', async () => {
    const { browser, page } = await open('#case=cors-header-not-allowed');
    await page.clickOn({ id: 'court.repair.server' });
    await page.clickOn({ id: 'court.repair.server.caddy' });
    assert.match(await page.textOf({ id: 'court.repair.code' }), /^:8080 \{[^]*header Origin "https:\/\/shop.example"[^]*Access-Control-Allow-Headers "content-type, x-token"/);
    assert.equal(await page.has({ id: 'court.repair.server.nginx' }), false, 'the list is closed again');
    await page.clickOn({ id: 'court.repair.copy' });
    assert.equal(await page.textOf({ id: 'court.repair.copy' }), 'Copied');
    // Another visit, and the real call.
    await browser.open(`${lab.page_url}?another#case=cors-header-not-allowed`);
    await page.ready();
    await page.waitFor('the page to find the lab', (state) => state.lab);
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending && state.pages);
    // Until what computes it is loaded, the catalogue's fix stands there.
    await until('the computed fix, for the server that was chosen before', async () => /^:8080 \{/.test(await page.textOf({ id: 'fix.code' })));
    const code = await page.textOf({ id: 'fix.code' });
    assert.ok(code.includes(`header Origin "${new URL(lab.page_url).origin}"`), code);
    assert.match(code, /Access-Control-Allow-Headers "[^"]*x-token/, 'what this call needs');
    assert.equal(await page.textOf({ id: 'fix.0.leg' }), 'Answer to the preflight');
  });

  await bench.test('the last call is taken with both of its answers', async () => {
    const { page } = await open('#case=cors-preflight-status');
    await page.clickOn({ id: 'screen.send' });
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending);
    await page.clickOn({ id: 'screen.court' });
    await page.clickOn({ id: 'court.last-call' });
    assert.equal(await decidedAt(page), 'preflight.status');
    const { note } = await prove(page);
    assert.equal(note, 'The browser did what was foretold');
  });
}
