// The desk: is a text that should be JSON examined, mended and held against its contract as a person works on it?

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { until } from './processes.mjs';

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  let opened = 0;
  const open = async ({ fragment = '', desk = true } = {}) => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(`${lab.page_url}?desk=${++opened}${fragment}`);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    if (desk) await goToDesk(page);
    return { browser, page };
  };
  const goToDesk = async (page) => {
    await page.clickOn({ id: 'screen.desk' });
    await page.find({ id: 'desk.verdict.title', name: /^(?!Loading)/ });
  };
  const verdict = (page) => page.textOf({ id: 'desk.verdict.title' });
  const codes = async (page, list) => (await page.findAll({ id: new RegExp(`^desk\\.${list}\\.\\d+\\.code$`) })).map((item) => item.name);
  const text = async (page) => (await page.find({ id: 'desk.text' })).value;
  const call = async (page) => {
    await page.clickOn({ id: 'request.send' });
    await page.waitFor('the call to be over', (state) => state.call.phase === 'done' && !state.call.journal_pending);
  };

  await bench.test('what examines it is loaded when somebody goes there, and not before', async () => {
    const { browser, page } = await open({ desk: false });
    const loaded = async () => (await browser.requests()).filter((address) => /later\.[0-9a-f]+\.wasm/.test(address)).length;
    const before = await loaded();
    await goToDesk(page);
    assert.equal(await loaded(), before + 1);
  });

  await bench.test('the example has four faults; one is mended, then all, and nothing is left to mend', async () => {
    const { page } = await open();
    assert.equal(await verdict(page), 'Not JSON; faults: 4');
    assert.deepEqual(await codes(page, 'fault'), ['json-single-quotes', 'json-literal-case', 'json-missing-comma', 'json-trailing-comma']);
    assert.equal(await page.textOf({ id: 'desk.fault.0.before' }), `- 'id': 42,`);
    assert.equal(await page.textOf({ id: 'desk.fault.0.after' }), `+ "id": 42,`);
    await page.clickOn({ id: 'desk.fault.0.mend' });
    assert.match(await text(page), /^\{\n {2}"id": 42,\n/);
    assert.equal(await verdict(page), 'Not JSON; faults: 3');
    await page.clickOn({ id: 'desk.make_all' });
    assert.equal(await verdict(page), 'Valid JSON, and it keeps the contract');
    assert.equal(JSON.parse(await text(page)).paid, true);
    assert.equal(await page.has({ id: 'desk.make_all' }), false);
  });

  await bench.test('each client is told with its own words, and this browser says the same', async () => {
    const { browser, page } = await open();
    const mine = { chromium: 'v8', firefox: 'spidermonkey', webkit: 'javascriptcore' }[bench.browser];
    for (const broken of [`{'id': 42}`, '{"a": True}', '[1, 2,]', '{"a": 1 "b": 2}', '{"a": 01}', '<html></html>', '{"a": "x\ny"}', '{"a":']) {
      await page.typeInto({ id: 'desk.text' }, broken);
      const foretold = await page.textOf({ id: `desk.client.${mine}` });
      const seen = await browser.evaluate((given) => { try { JSON.parse(given); return 'no error'; } catch (error) { return `${error.name}: ${error.message}`; } }, broken);
      assert.equal(foretold, seen, broken);
    }
  });

  await bench.test('a contract is learnt from a good answer, becomes text to edit, and is held against the text', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'desk.text' }, '{"id":"1","userName":"Lin"}');
    await page.clickOn({ id: 'desk.tab.good' });
    await page.typeInto({ id: 'desk.good' }, '{"id":1,"user_name":"Lin"}');
    assert.equal(await verdict(page), 'Valid JSON; breaches of the contract: 2');
    assert.deepEqual((await codes(page, 'breach')).sort(), ['shape-renamed-field', 'shape-wrong-type']);
    assert.match(await page.textOf({ id: 'desk.typescript' }), /user_name: string/);
    assert.equal(await page.textOf({ id: 'desk.difference.0' }), '$.user_name');
    await page.clickOn({ id: 'desk.tab.contract' });
    await page.clickOn({ id: 'desk.use_schema' });
    assert.match((await page.find({ id: 'desk.contract' })).value, /"user_name"/);
    await page.typeInto({ id: 'desk.contract' }, '{"required": ["id"],\n "type": "objetc"}');
    assert.match(await page.textOf({ id: 'desk.contract.note.0' }), /2: /);
  });

  await bench.test('the last answer is taken with its contract and what its good twin answers', async () => {
    const { page } = await open({ fragment: '#case=shape-missing-field', desk: false });
    await call(page);
    const { findings } = (await page.state()).diagnosis;
    assert.equal(findings[0].code, 'shape-missing-field', 'held against its contract, which is loaded later');
    await goToDesk(page);
    await page.clickOn({ id: 'desk.take' });
    assert.match(await verdict(page), /^Valid JSON; breaches of the contract: /);
    assert.ok((await codes(page, 'breach')).includes('shape-missing-field'));
    assert.ok(await page.has({ id: 'desk.difference.0' }));
  });

  await bench.test('bytes of GBK are shown as text by this browser and named', async () => {
    const { page } = await open({ desk: false });
    await page.typeInto({ id: 'request.url' }, `${lab.description.lab}/mix/body=charset-mismatch`);
    await call(page);
    await goToDesk(page);
    await page.clickOn({ id: 'desk.take' });
    assert.match(await text(page), /\u64cd\u4f5c\u6210\u529f/);
    assert.match(await page.textOf({ id: 'desk.fact.0' }), /gbk/i);
  });

  await bench.test('a web page in JSON\'s place is told by title and maker, and there is nothing to mend', async () => {
    const { page } = await open();
    await page.typeInto({ id: 'desk.text' }, '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.22.1</center></body></html>');
    assert.deepEqual(await codes(page, 'fault'), ['json-html']);
    const facts = (await page.findAll({ id: /^desk\.fact\.\d+$/ })).map((item) => item.name).join('; ');
    assert.match(facts, /502 Bad Gateway/);
    assert.match(facts, /nginx/i);
    assert.equal(await page.has({ id: 'desk.make_all' }), false);
  });

  await bench.test('the desk sends nothing, and its keys do not send the form either', async () => {
    const { browser, page } = await open();
    const before = (await page.state()).call.number;
    await page.clickOn({ id: 'desk.text' });
    await browser.press('Control+Enter');
    await page.idle();
    const { call: now } = await page.state();
    assert.equal(now.number, before);
    assert.equal(now.phase, 'idle');
  });

  await bench.test('the mended text is copied', async () => {
    const { page } = await open();
    await page.clickOn({ id: 'desk.copy_repaired' });
    await until('the button to answer', async () => /Copied/.test(await page.textOf({ id: 'desk.copy_repaired' })));
  });
}
