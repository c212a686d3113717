// Does typing feel like typing? Input methods, dead keys, emoji, the clipboard, a Mac's keys, and what stays the browser's.
// Chromium's own protocol composes for real; the other engines get the events they are known to send, in their order,
// on the element that takes the text: such a test says "synthetic" in its name.

import assert from 'node:assert/strict';
import { Page } from './page.mjs';
import { readPng } from './png.mjs';

const NI_HAO = '\u4f60\u597d';
const THUMB = '\u{1f44d}', HEART = '\u2764\ufe0f', CODER = '\u{1f469}\u200d\u{1f4bb}';

// What is run inside the page: one event after the other on the hidden textarea, each as {type, ...}. A value is what the
// textarea then holds after its rest. Answers which of them were prevented.
function playEvents(events) {
  const proxy = document.getElementById('text');
  const prevented = [];
  for (const { type, value, ...rest } of events) {
    if (value !== undefined) proxy.value = '\u200b' + value;
    const kind = type.startsWith('composition') ? CompositionEvent : type.startsWith('key') ? KeyboardEvent : InputEvent;
    const event = new kind(type, { bubbles: true, cancelable: true, ...rest });
    if (rest.keyCode) Object.defineProperty(event, 'keyCode', { value: rest.keyCode });
    if (!proxy.dispatchEvent(event)) prevented.push(type);
  }
  return prevented;
}

// "nihao", Enter or Space picks the first candidate. The three engines differ in where the key and the last input stand.
const composing = [
  { type: 'keydown', key: 'Process', code: 'KeyN', keyCode: 229, isComposing: false },
  { type: 'compositionstart', data: '' },
  { type: 'compositionupdate', data: 'ni' },
  { type: 'input', inputType: 'insertCompositionText', data: 'ni', isComposing: true, value: 'ni' },
  { type: 'compositionupdate', data: 'ni hao' },
  { type: 'input', inputType: 'insertCompositionText', data: 'ni hao', isComposing: true, value: 'ni hao' },
];
const enter = { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 229 };
const enterUp = { type: 'keyup', key: 'Enter', code: 'Enter', keyCode: 13 };
const COMPOSITIONS = {
  chromium: [...composing, { ...enter, isComposing: true }, { type: 'compositionupdate', data: NI_HAO },
    { type: 'input', inputType: 'insertCompositionText', data: NI_HAO, isComposing: true, value: NI_HAO },
    { type: 'compositionend', data: NI_HAO }, enterUp],
  firefox: [...composing, { ...enter, isComposing: true }, { type: 'compositionupdate', data: NI_HAO },
    { type: 'compositionend', data: NI_HAO, value: NI_HAO },
    { type: 'input', inputType: 'insertCompositionText', data: NI_HAO, isComposing: false }, enterUp],
  safari: [...composing, { type: 'input', inputType: 'deleteCompositionText', isComposing: true, value: '' },
    { type: 'input', inputType: 'insertFromComposition', data: NI_HAO, isComposing: true, value: NI_HAO },
    { type: 'compositionend', data: NI_HAO }, { ...enter, isComposing: false }, enterUp],
};

export async function run(bench) {
  if (bench.without_network) return;
  const lab = await bench.lab();

  const open = async () => {
    const browser = await bench.session();
    const page = new Page(browser);
    await browser.setViewport(1280, 800);
    await page.open(lab.page_url);
    await page.waitFor('the page to find the lab', (state) => state.lab);
    return { browser, page };
  };

  const openBody = async () => {
    const { browser, page } = await open();
    await page.clickOn({ id: 'request.tab.body' });
    await page.clickOn({ id: 'request.body' });
    return { browser, page };
  };

  const body = async (page) => {
    await page.idle();
    return (await page.state()).draft.body;
  };
  const play = (browser, events) => browser.evaluate(playEvents, events);

  // Headless Chromium runs the clipboard's commands only when they are named with the key.
  const clipboardKey = async (browser, key, command) => {
    if (bench.browser !== 'chromium') return browser.press(`Control+${key}`);
    await browser.page.keyboard.down('Control');
    await browser.page.keyboard.press(key.toLowerCase(), { commands: [command] });
    await browser.page.keyboard.up('Control');
  };

  const pasteSynthetic = (browser, text) => browser.evaluate((what) => {
    const data = new DataTransfer();
    data.setData('text/plain', what);
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data });
    if (event.clipboardData?.getData('text/plain') !== what) Object.defineProperty(event, 'clipboardData', { value: data }); // Firefox leaves it empty
    return !document.activeElement.dispatchEvent(event);
  }, text);

  // --- input methods ---

  for (const [engine, events] of Object.entries(COMPOSITIONS)) {
    await bench.test(`a composition in ${engine}'s order is committed once, and its Enter neither sends nor breaks the line (synthetic events)`, async () => {
      const { browser, page } = await openBody();
      const calls = (await page.state()).call.number;
      await browser.type('a');
      await page.idle();
      const prevented = await play(browser, events);
      assert.deepEqual(prevented, [], 'no event of the input method is taken from it');
      assert.equal(await body(page), `a${NI_HAO}`);
      await browser.type('b');
      assert.equal(await body(page), `a${NI_HAO}b`, 'typing goes on after it');
      const state = await page.state();
      assert.equal(state.call.number, calls);
      assert.equal(state.call.phase, 'idle');
    });
  }

  await bench.test('what is composed is drawn at the caret and not in the field (synthetic events)', async () => {
    const { browser, page } = await openBody();
    await browser.type('abc');
    await page.idle();
    const place = () => browser.evaluate(() => {
      const at = document.getElementById('text').getBoundingClientRect();
      return { x: at.x, y: at.y, height: at.height };
    });
    const before = await browser.screenshot();
    const caret = await place();
    const field = (await page.find({ id: 'request.body' })).rect;
    assert.ok(caret.x > field.x + 10 && caret.x < field.x + 80, `the hidden textarea stands at the caret: ${JSON.stringify(caret)}`);
    assert.ok(caret.y >= field.y && caret.y < field.y + 40);
    await play(browser, composing);
    assert.equal(await body(page), 'abc');
    const [was, is] = [readPng(before), readPng(await browser.screenshot())];
    let changed = 0, elsewhere = 0;
    const scale = was.width / (await page.viewport()).w;
    for (let y = 0; y < was.height; ++y) {
      for (let x = 0; x < was.width; ++x) {
        if (was.at(x, y).join() === is.at(x, y).join()) continue;
        const [cx, cy] = [x / scale, y / scale];
        const near = cx >= caret.x - 4 && cx <= caret.x + 80 && cy >= caret.y - 8 && cy <= caret.y + caret.height + 12;
        if (near) ++changed; else ++elsewhere;
      }
    }
    assert.ok(changed > 40, `drawn at the caret: ${changed} pixels changed there`);
    assert.equal(elsewhere, 0, 'and nowhere else');
    await play(browser, [{ type: 'compositionend', data: '', value: '' }]);
    assert.equal(await body(page), 'abc', 'given up, it leaves nothing');
  });

  await bench.test('a press elsewhere commits what is composed where it stood (synthetic events)', async () => {
    const { browser, page } = await openBody();
    await play(browser, composing);
    await page.clickOn({ id: 'request.url' });
    const state = await page.state();
    assert.equal(state.draft.body, 'ni hao');
    assert.equal(state.draft.url, '');
  });

  if (bench.browser === 'chromium') {
    await bench.test('an input method of the browser composes in the URL field; Enter on a candidate does not send', async () => {
      const { browser, page } = await open();
      await page.clickOn({ id: 'request.url' });
      const calls = (await page.state()).call.number;
      const protocol = await browser.page.createCDPSession();
      await protocol.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      await protocol.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
      await protocol.send('Input.imeSetComposition', { text: NI_HAO, selectionStart: 2, selectionEnd: 2 });
      await protocol.send('Input.insertText', { text: NI_HAO });
      await protocol.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
      await page.idle();
      const state = await page.state();
      assert.equal(state.draft.url, NI_HAO);
      assert.equal(state.call.number, calls);
      assert.equal(state.call.phase, 'idle');
      await browser.press('Control+Z');
      await page.idle();
      assert.equal((await page.state()).draft.url, '', 'one commit is one step to undo');
    });
  }

  await bench.test('a dead key and its letter make one character (synthetic events)', async () => {
    const { browser, page } = await openBody();
    const prevented = await play(browser, [
      { type: 'keydown', key: 'Dead', code: 'BracketLeft' },
      { type: 'compositionstart', data: '' }, { type: 'compositionupdate', data: '\u00b4' },
      { type: 'input', inputType: 'insertCompositionText', data: '\u00b4', isComposing: true, value: '\u00b4' },
      { type: 'keyup', key: 'Dead', code: 'BracketLeft', isComposing: true },
      { type: 'keydown', key: '\u00e9', code: 'KeyE', isComposing: true },
      { type: 'compositionupdate', data: '\u00e9' },
      { type: 'input', inputType: 'insertCompositionText', data: '\u00e9', isComposing: true, value: '\u00e9' },
      { type: 'compositionend', data: '\u00e9' }, { type: 'keyup', key: 'e', code: 'KeyE' },
    ]);
    assert.deepEqual(prevented, []);
    assert.equal(await body(page), '\u00e9');
  });

  await bench.test('a dead key that composes nothing, and AltGr, make text too (synthetic events)', async () => {
    const { browser, page } = await openBody();
    const prevented = await play(browser, [
      { type: 'keydown', key: 'Dead', code: 'Quote' }, { type: 'keyup', key: 'Dead', code: 'Quote' },
      { type: 'keydown', key: '\u00eb', code: 'KeyE' },
      { type: 'input', inputType: 'insertText', data: '\u00eb', value: '\u00eb' }, { type: 'keyup', key: '\u00eb', code: 'KeyE' },
      // Windows reports AltGr as Ctrl and Alt: "a" with it is a letter of Polish, not Select all.
      { type: 'keydown', key: '\u0105', code: 'KeyA', ctrlKey: true, altKey: true, modifierAltGraph: true },
      { type: 'input', inputType: 'insertText', data: '\u0105', value: '\u0105' },
      { type: 'keydown', key: '@', code: 'KeyQ', ctrlKey: true, altKey: true, modifierAltGraph: true },
      { type: 'input', inputType: 'insertText', data: '@', value: '@' },
    ]);
    assert.deepEqual(prevented, []);
    assert.equal(await body(page), '\u00eb\u0105@');
  });

  await bench.test("a phone's keyboard, which sends edits and no keys (synthetic events)", async () => {
    const { browser, page } = await openBody();
    await play(browser, [
      { type: 'keydown', key: 'Unidentified', code: '', keyCode: 229 },
      { type: 'input', inputType: 'insertText', data: 'ab', value: 'ab' },
      { type: 'input', inputType: 'insertText', data: '\n', value: '\nc' },
    ]);
    assert.equal(await body(page), 'ab\nc');
    await browser.evaluate(() => {
      const proxy = document.getElementById('text');
      proxy.value = '';
      proxy.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
    });
    assert.equal(await body(page), 'ab\n');
  });

  // --- emoji ---

  await bench.test('emoji come whole; caret and Backspace take a picture at a time', async () => {
    const { browser, page } = await openBody();
    await browser.type('a');
    if (bench.browser === 'chromium') await browser.page.keyboard.sendCharacter(`${THUMB}${HEART}${CODER}`);
    else await play(browser, [{ type: 'input', inputType: 'insertText', data: THUMB, value: `${THUMB}${HEART}${CODER}` }]);
    assert.equal(await body(page), `a${THUMB}${HEART}${CODER}`);
    await browser.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await browser.type('x');
    assert.equal(await body(page), `a${THUMB}x${HEART}${CODER}`, 'three pictures back, none cut in two');
    await browser.press('ArrowRight', 'Backspace');
    assert.equal(await body(page), `a${THUMB}x${CODER}`, 'the heart goes with its variation selector');
    await browser.press('Backspace', 'Backspace');
    assert.equal(await body(page), `a${CODER}`, 'a surrogate pair is one step');
    await browser.press('Control+Z');
    assert.equal(await body(page), `a${THUMB}${CODER}`);
  });

  // --- clipboard ---

  await bench.test('pasted line ends become LF, and one undo takes the paste back, one redo brings it (synthetic paste)', async () => {
    const { browser, page } = await openBody();
    await browser.type('x');
    await page.idle();
    assert.ok(await pasteSynthetic(browser, '{\r\n  "a": 1\r\n}\rend'), 'the paste is ours');
    assert.equal(await body(page), 'x{\n  "a": 1\n}\nend');
    await browser.press('Control+Z');
    assert.equal(await body(page), 'x');
    await browser.press('Control+Y');
    assert.equal(await body(page), 'x{\n  "a": 1\n}\nend');
    await browser.press('Control+Z');
    await browser.press('Control+Shift+Z');
    assert.equal(await body(page), 'x{\n  "a": 1\n}\nend', 'Ctrl+Shift+Z is redo as well');
  });

  await bench.test('copy and cut work where the page has no navigator.clipboard, as on plain http', async () => {
    const { browser, page } = await openBody();
    await browser.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    });
    await browser.type('one two');
    await browser.press('Control+A');
    await clipboardKey(browser, 'X', 'Cut');
    assert.equal(await body(page), '');
    await clipboardKey(browser, 'V', 'Paste');
    assert.equal(await body(page), 'one two');
    await browser.press('Control+A');
    await clipboardKey(browser, 'C', 'Copy');
    await browser.press('End');
    await clipboardKey(browser, 'V', 'Paste');
    assert.equal(await body(page), 'one twoone two');
  });

  await bench.test('a copy without a selection leaves the clipboard alone', async () => {
    const { browser, page } = await openBody();
    await browser.type('kept');
    await browser.press('Control+A');
    await clipboardKey(browser, 'C', 'Copy');
    await browser.press('End');
    await clipboardKey(browser, 'C', 'Copy');
    await clipboardKey(browser, 'V', 'Paste');
    assert.equal(await body(page), 'keptkept');
  });

  // --- keys ---

  await bench.test('Home, End, words, selecting and the whole text, by keys', async () => {
    const { browser, page } = await openBody();
    await browser.type('one two three');
    await browser.press('Home');
    await browser.type('<');
    await browser.press('End');
    await browser.type('>');
    await browser.press('Control+ArrowLeft', 'Control+ArrowLeft');
    await browser.type('|');
    const moved = await body(page);
    assert.match(moved, /^<one two ?\|? ?three>$|^<one \|two three>$|^<one two \|three>$/, moved);
    assert.ok(moved.includes('|'));
    await browser.press('Control+Home');
    await browser.press('Control+Shift+ArrowRight');
    await browser.press('Delete');
    const cut = await body(page);
    assert.ok(cut.length < moved.length && moved.endsWith(cut), `a word was selected and deleted: ${cut}`);
    await browser.press('Control+Backspace');
    await browser.press('Control+End', 'Control+Backspace');
    const rest = await body(page);
    assert.ok(rest.length < cut.length && cut.startsWith(rest), `and one erased backwards: ${rest}`);
    await browser.press('Control+A');
    await browser.type('new');
    assert.equal(await body(page), 'new');
    await browser.press('Shift+Home', 'Backspace');
    assert.equal(await body(page), '');
  });

  await bench.test("a number pad's arrows move the caret, and its keys are let go (synthetic events)", async () => {
    const { browser, page } = await openBody();
    await browser.type('ab');
    await play(browser, [{ type: 'keydown', key: 'Home', code: 'Numpad7' }, { type: 'keyup', key: '7', code: 'Numpad7' }]);
    await browser.type('<');
    assert.equal(await body(page), '<ab');
    await play(browser, [{ type: 'keydown', key: 'Home', code: 'Numpad7' }, { type: 'keyup', key: '7', code: 'Numpad7' }]);
    await browser.type('-');
    assert.equal(await body(page), '-<ab');
  });

  await bench.test('a field keeps its text at Escape', async () => {
    const { browser, page } = await openBody();
    await browser.type('kept');
    await browser.press('Escape');
    assert.equal(await body(page), 'kept');
  });

  // Which keys the page takes from the browser. Asked by events of our own making: real ones would reload or close.
  const taken = (browser, keys) => browser.evaluate((list) => list.filter((key) =>
    !document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...key })))
    .map((key) => `${['ctrl', 'meta', 'alt', 'shift'].filter((name) => key[`${name}Key`]).join('+')}+${key.key}`), keys);

  const keysOfTheBrowser = (command) => [
    ...['r', 'l', 't', 'w', 'n', 'k', 'd', 'f', 'g', 'h', 'j', 'p', 's', 'u', '1', '9', '0', '+', '-', '='].map((key) =>
      ({ key, code: /[a-z]/.test(key) ? `Key${key.toUpperCase()}` : /\d/.test(key) ? `Digit${key}` : key === '-' ? 'Minus' : 'Equal', [command]: true })),
    ...['R', 'I', 'J', 'C', 'N', 'T', 'P', 'A'].map((key) => ({ key, code: `Key${key}`, [command]: true, shiftKey: true })),
    ...['F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12'].map((key) => ({ key, code: key })),
    { key: 'F5', code: 'F5', shiftKey: true }, { key: 'F10', code: 'F10', shiftKey: true },
    { key: 'Tab', code: 'Tab', ctrlKey: true }, { key: 'Delete', code: 'Delete', [command]: true, shiftKey: true },
    { key: 'PageUp', code: 'PageUp', ctrlKey: true }, { key: 'PageDown', code: 'PageDown', ctrlKey: true },
    { key: 'F4', code: 'F4', altKey: true }, { key: 'd', code: 'KeyD', altKey: true },
  ];

  await bench.test("reload, tools, zoom, tabs, search and history stay the browser's, in a field and outside (synthetic events)", async () => {
    const { browser, page } = await open();
    const keys = [...keysOfTheBrowser('ctrlKey'), { key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }, { key: 'Home', code: 'Home', altKey: true }];
    assert.deepEqual(await taken(browser, keys), [], 'on the canvas');
    await page.clickOn({ id: 'request.url' });
    assert.equal(await browser.evaluate(() => document.activeElement.id), 'text');
    assert.deepEqual(await taken(browser, keys), [], 'in a field');
    assert.deepEqual(await taken(browser, [{ key: 'a', code: 'KeyA', ctrlKey: true }]), ['ctrl+a'], 'Ctrl+A would select the page around the field');
    await page.idle();
  });

  await bench.test("the wheel with Ctrl stays the browser's zoom (synthetic events)", async () => {
    const { browser } = await open();
    const left = await browser.evaluate(() => document.getElementById('canvas').dispatchEvent(
      new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, deltaY: 100 })));
    assert.ok(left, 'not prevented');
  });

  await bench.test('Tab leaves the canvas at its end, Shift+Tab at its beginning, and both come back', async () => {
    const { browser, page } = await open();
    await browser.evaluate(() => {
      for (const [id, where] of [['before', 'afterbegin'], ['after', 'beforeend']]) {
        const button = document.createElement('button');
        button.id = id;
        button.textContent = id;
        button.style.cssText = 'position:fixed;left:-500px';
        document.body.insertAdjacentElement(where, button);
      }
      document.getElementById('before').focus();
    });
    const active = () => browser.evaluate(() => document.activeElement?.id ?? '');
    const focused = async () => (await page.items()).find((item) => item.focused)?.id ?? '';
    const inside = (id) => id === 'canvas' || id === 'text';
    // The link to the plain page stands before the canvas.
    const press = async (key) => {
      await browser.press(key);
      if (await browser.evaluate(() => document.activeElement?.className === 'skip')) await browser.press(key);
      await page.idle();
    };
    for (const [key, goal] of [['Tab', 'after'], ['Shift+Tab', 'before']]) {
      await press(key);
      assert.ok(inside(await active()), `${key} enters the canvas, not ${await active()}`);
      const seen = [await focused()];
      for (let step = 0; step < 80 && inside(await active()); ++step) {
        await press(key);
        seen.push(await focused());
      }
      assert.equal(await active(), goal, `${key} leaves the canvas: ${seen.join(' ')}`);
      assert.ok(new Set(seen).size >= 12, `every control is passed: ${seen.join(' ')}`);
    }
  });

  // --- a Mac ---

  // The platform is told before the page loads: by the driver in Chromium and Firefox; WebKitGTK's driver cannot.
  const onMac = async (body_of_test) => {
    const session = await bench.session({ language: 'en-US' });
    const page = new Page(session);
    const identifier = await session.page.evaluateOnNewDocument(() => {
      Object.defineProperty(Navigator.prototype, 'platform', { get: () => 'MacIntel', configurable: true });
      if ('userAgentData' in navigator) Object.defineProperty(Navigator.prototype, 'userAgentData', { get: () => ({ platform: 'macOS' }), configurable: true });
    });
    try {
      await session.setViewport(1280, 800);
      await page.open(lab.page_url);
      await page.clickOn({ id: 'request.tab.body' });
      await page.clickOn({ id: 'request.body' });
      await body_of_test({ browser: session, page });
    } finally {
      await session.page.removeScriptToEvaluateOnNewDocument(identifier.identifier).catch(() => {});
    }
  };

  if (bench.browser === 'webkit') {
    bench.skip("on a Mac the Mac's keys hold", "WebDriver cannot change navigator.platform before a page loads; Chromium and Firefox run it");
  } else {
    await bench.test("on a Mac the Mac's keys hold: Command for shortcuts and ends, Option for words, Control as in every field (synthetic events)", async () => onMac(async ({ browser, page }) => {
      const key = (name, held = {}) => {
        const code = /^[a-z]$/.test(name) ? `Key${name.toUpperCase()}` : name;
        return [{ type: 'keydown', key: name, code, ...held }, { type: 'keyup', key: name, code, ...held }];
      };
      const command = { metaKey: true }, option = { altKey: true }, control = { ctrlKey: true };
      await browser.type('one two three');
      await play(browser, key('ArrowLeft', command));
      await browser.type('<');
      assert.equal(await body(page), '<one two three', 'Command+Left is the line\'s beginning');
      await play(browser, key('ArrowRight', command));
      await browser.type('>');
      assert.equal(await body(page), '<one two three>', 'Command+Right is its end');
      await play(browser, [...key('ArrowLeft', option), ...key('ArrowLeft', option)]);
      await browser.type('|');
      assert.match(await body(page), /^<one \|?two \|?three>$/, 'Option+Left goes by words');
      await play(browser, key('a', control));
      await browser.type('^');
      assert.match(await body(page), /^\^<one/, 'Control+A is the line\'s beginning');
      await play(browser, key('e', control));
      await browser.type('$');
      assert.match(await body(page), />\$$/, 'Control+E is its end');
      await play(browser, key('h', control));
      assert.match(await body(page), />$/, 'Control+H erases');
      await play(browser, key('z', command));
      assert.match(await body(page), />\$$/, 'Command+Z undoes');
      await play(browser, key('z', { ...command, shiftKey: true }));
      assert.match(await body(page), />$/, 'Command+Shift+Z redoes');
      await play(browser, key('Backspace', option));
      assert.doesNotMatch(await body(page), /three/, 'Option+Backspace erases a word');
      await play(browser, key('a', command));
      await browser.type('new');
      assert.equal(await body(page), 'new', 'Command+A selects all');
      await play(browser, key('Backspace', command));
      assert.equal(await body(page), '', 'Command+Backspace erases to the beginning');
      assert.ok(await pasteSynthetic(browser, 'pasted'));
      assert.equal(await body(page), 'pasted');
      const keys = keysOfTheBrowser('metaKey').concat({ key: 'y', code: 'KeyY', metaKey: true }, { key: 'z', code: 'KeyZ', ctrlKey: true });
      assert.deepEqual(await taken(browser, keys), [], "the browser's own keys, Command+Y (history) among them");
      const prevented = await play(browser, [{ type: 'keydown', key: '\u00e5', code: 'KeyA', altKey: true },
        { type: 'input', inputType: 'insertText', data: '\u00e5', value: '\u00e5' }]);
      assert.deepEqual(prevented, []);
      assert.equal(await body(page), 'pasted\u00e5', 'Option makes letters');
    }));
  }

  await bench.test('no error was reported', async () => {
    const { page } = await open();
    assert.deepEqual(await page.errors(), []);
  });
}
