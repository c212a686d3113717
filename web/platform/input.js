// The page's side of input.cpp: listens, decides what is the browser's and what is ours, and keeps the hidden textarea
// through which all text comes (typing, input methods, phone keyboards, paste).
// The browser keeps F5, Ctrl+R/L/T/W/N, zoom, its tools and everything else not listed in `takes`.

mergeInto(LibraryManager.library, {
  $BsInput__deps: ['$Bs'],
  $BsInput: {
    proxy: null,
    composing: false,
    textActive: false,
    moving: false, // we are moving the focus ourselves
    escaped: false, // the last key was Escape: Tab then leaves the canvas
    pointerAt: 0,
    copying: null, // text that the copy event under way shall carry
    held: {}, // by the key's place, the name it was sent down with
    // What the proxy holds at rest, selected, so that copy events and phones' Backspace have something: a zero width
    // space, which nobody types.
    rest: '\u200b',

    cursors: {
      '-1': 'none',
      0: 'default',
      1: 'text',
      2: 'move',
      3: 'ns-resize',
      4: 'ew-resize',
      5: 'nesw-resize',
      6: 'nwse-resize',
      7: 'pointer',
      8: 'wait',
      9: 'progress',
      10: 'not-allowed',
    },

    keyboards: ['text', 'url', 'decimal'], // by platform.hpp's Keyboard
    // What Control does in every text field of a Mac.
    macMoves: {
      KeyA: 'Home',
      KeyE: 'End',
      KeyB: 'ArrowLeft',
      KeyF: 'ArrowRight',
      KeyP: 'ArrowUp',
      KeyN: 'ArrowDown',
      KeyD: 'Delete',
      KeyH: 'Backspace',
    },

    modifiers: function (event) {
      return (event.ctrlKey ? 1 : 0) | (event.shiftKey ? 2 : 0) | (event.altKey ? 4 : 0) | (event.metaKey ? 8 : 0);
    },

    ours: function (element) {
      return element === Bs.canvas || element === BsInput.proxy;
    },

    resetProxy: function () {
      BsInput.proxy.value = BsInput.rest;
      if (document.activeElement === BsInput.proxy) BsInput.proxy.select(); // select() would take the focus
    },

    // What was typed is what the proxy holds beyond its rest: single events differ between browsers, this does not.
    takeTyped: function () {
      let text = BsInput.proxy.value;
      if (text.startsWith(BsInput.rest)) text = text.slice(BsInput.rest.length);
      BsInput.resetProxy();
      if (text === '') return;
      const newline = /\r\n?|\n/;
      const lines = text.split(newline);
      lines.forEach(function (line, index) {
        if (index > 0) BsInput.press('Enter');
        if (line !== '') _bs_text(Bs.write(line));
      });
    },

    press: function (code) {
      _bs_key_press(Bs.write(code));
    },

    // The key by its letter where it makes one (so that Ctrl+A is A on every layout), by its name where it has one (so
    // that a number pad moves the caret), else by its place.
    code: function (event) {
      if (/^[a-z]$/i.test(event.key)) return 'Key' + event.key.toUpperCase();
      if (/^(Arrow\w+|Home|End|Page\w+|Delete|Backspace|Enter|Escape|Tab)$/.test(event.key)) return event.key;
      if (event.key === '/') return 'Slash';
      return event.code || event.key;
    },

    // Whether a key is ours. Unlisted is the browser's.
    takes: function (event, code) {
      const editing = BsInput.textActive;
      const mac = Bs.isMac();
      const erases = /^(Backspace|Delete)$/.test(code);
      const moves = erases || /^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(code);
      if (event.getModifierState('AltGraph')) return false; // makes text, also where it reads as Ctrl+Alt
      if (event.altKey) {
        return mac && editing && !event.ctrlKey && !event.metaKey && (erases || /^Arrow(Left|Right)$/.test(code));
      }
      if (event.ctrlKey || event.metaKey) {
        if (code === 'Enter') return true;
        if (mac ? event.ctrlKey || !event.metaKey : event.metaKey) return false;
        if (code === 'KeyA') return !event.shiftKey;
        if (!editing) return /^(Home|End)$/.test(code) && _bs_reading_keys() !== 0;
        if (code === 'KeyZ') return true;
        if (code === 'KeyY') return !mac && !event.shiftKey;
        return moves && !(erases && event.shiftKey);
      }
      if (event.shiftKey && (code === 'Insert' || code === 'Delete')) return false; // the browser's paste and cut
      if (moves || /^(Tab|Enter|Escape|PageUp|PageDown)$/.test(code)) return true;
      if (editing) return false; // makes text
      return code === 'Space' || /^(Key[A-Z]|Digit[0-9]|Slash)$/.test(code);
    },

    keyDown: function (event) {
      if (BsInput.composing || event.isComposing || event.keyCode === 229) return;
      const code = BsInput.code(event);
      const escaped = BsInput.escaped;
      BsInput.escaped = code === 'Escape';
      const controlOnly = event.ctrlKey && !event.metaKey && !event.altKey;
      if (controlOnly && BsInput.textActive && BsInput.macMoves[code] && Bs.isMac()) {
        event.preventDefault();
        BsInput.press(BsInput.macMoves[code]);
        return;
      }
      // Outside a field not every browser makes a copy event: nothing of the document is selected.
      if (code === 'KeyC' && (Bs.isMac() ? event.metaKey : controlOnly) && !event.altKey && !event.shiftKey && !BsInput.textActive) {
        const length = _bs_take_selection(0);
        if (length < 0) return;
        event.preventDefault();
        BsInput.carry(Bs.read(_bs_inbox_data(), length));
        return;
      }
      if (!BsInput.takes(event, code)) return;
      if (code === 'Tab' && (escaped || _bs_tab_leaves(event.shiftKey ? 1 : 0))) {
        _bs_leave();
        return;
      }
      // Letters outside a field reach ImGui, but stay the browser's too; a slash in a text that is read opens its find field.
      const plain = !event.ctrlKey && !event.metaKey && /^(Key|Digit|Slash|Escape)/.test(code) && !(code === 'Slash' && _bs_reading_keys());
      if (!plain) event.preventDefault();
      // A held key repeats by the system's own settings, which the browser follows.
      const place = event.code || code;
      if (BsInput.held[place]) _bs_key(Bs.write(BsInput.held[place]), 0, BsInput.modifiers(event));
      BsInput.held[place] = code;
      _bs_key(Bs.write(code), 1, BsInput.modifiers(event));
    },

    keyUp: function (event) {
      // A Mac tells nothing of keys let go while Command is held.
      if (event.key === 'Meta') {
        BsInput.held = {};
        _bs_release_keys();
        return;
      }
      if (/^(Control|Shift|Alt)$/.test(event.key)) _bs_key(Bs.write(''), 0, BsInput.modifiers(event));
      const place = event.code || BsInput.code(event);
      const name = BsInput.held[place];
      delete BsInput.held[place];
      if (name) _bs_key(Bs.write(name), 0, BsInput.modifiers(event));
    },

    input: function (event) {
      if (BsInput.composing || event.isComposing) return;
      const type = event.inputType || '';
      if (type.startsWith('delete') && BsInput.proxy.value.length < BsInput.rest.length) {
        BsInput.resetProxy();
        BsInput.press(/Forward/.test(type) ? 'Delete' : 'Backspace');
        return;
      }
      BsInput.takeTyped();
    },

    compositionStart: function () {
      BsInput.composing = true;
    },

    compositionUpdate: function (event) {
      _bs_preedit(Bs.write(event.data || ''));
    },

    compositionEnd: function () {
      BsInput.composing = false;
      _bs_preedit(Bs.write(''));
      BsInput.takeTyped();
    },

    // What is being composed is committed where it stands, before the caret goes elsewhere.
    commit: function () {
      if (!BsInput.composing) return;
      BsInput.focusCanvas(); // ends the input method's work in the proxy
      if (BsInput.composing) BsInput.compositionEnd();
    },

    paste: function (event) {
      if (!BsInput.ours(document.activeElement) && document.activeElement !== document.body) return;
      const text = event.clipboardData ? event.clipboardData.getData('text/plain') : '';
      event.preventDefault();
      if (text !== '') _bs_paste(Bs.write(text));
    },

    copyOrCut: function (event, cut) {
      if (BsInput.copying !== null) {
        event.clipboardData.setData('text/plain', BsInput.copying);
        event.preventDefault();
        BsInput.copied = true;
        return;
      }
      if (!BsInput.ours(document.activeElement)) return;
      const length = _bs_take_selection(cut ? 1 : 0);
      event.preventDefault();
      if (length >= 0) event.clipboardData.setData('text/plain', Bs.read(_bs_inbox_data(), length));
    },

    // Within the event, and on plain http too: a copy event of our own making carries the text.
    carry: function (text) {
      const before = document.activeElement;
      const carrier = document.createElement('textarea');
      carrier.readOnly = true; // so that no phone keyboard comes up
      carrier.className = 'offscreen';
      carrier.value = text.slice(0, 1000); // only has to be there: the event carries the whole
      BsInput.moving = true;
      BsInput.copying = text;
      BsInput.copied = false;
      let done = false;
      try {
        document.body.appendChild(carrier);
        carrier.focus({ preventScroll: true });
        carrier.select();
        done = document.execCommand('copy') && BsInput.copied;
      } catch (refused) {
        done = false;
      }
      carrier.remove();
      if (before && before.focus) before.focus({ preventScroll: true });
      BsInput.copying = null;
      BsInput.moving = false;
      if (!done && navigator.clipboard && navigator.userActivation && navigator.userActivation.isActive) {
        navigator.clipboard.writeText(text).catch(Bs.note);
        done = true;
      }
      return done ? 1 : 0;
    },

    pointer: function (kind, event) {
      const touch = event.pointerType === 'touch';
      if (touch && !event.isPrimary) return;
      _bs_pointer(kind, event.offsetX / Bs.scale, event.offsetY / Bs.scale, [0, 2, 1][event.button] || 0, BsInput.modifiers(event), touch ? 1 : 0);
    },

    wheel: function (event) {
      if (event.ctrlKey) return; // the browser's zoom
      event.preventDefault();
      const step = [100, 3, 1][event.deltaMode] || 100;
      _bs_wheel(-event.deltaX / step, -event.deltaY / step, BsInput.modifiers(event));
    },

    focusCanvas: function () {
      BsInput.moving = true;
      Bs.canvas.focus({ preventScroll: true });
      BsInput.moving = false;
    },

    focusProxy: function () {
      BsInput.moving = true;
      BsInput.proxy.focus({ preventScroll: true });
      BsInput.moving = false;
      if (!BsInput.composing) BsInput.resetProxy();
    },

    focusIn: function (event) {
      _bs_focus(1);
      if (BsInput.moving || event.target !== Bs.canvas) return;
      if (performance.now() - BsInput.pointerAt < 300) return;
      const from = event.relatedTarget;
      const after = from && Bs.canvas.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (from !== null || document.activeElement === Bs.canvas) _bs_tab_enters(after ? 1 : 0);
    },

    focusOut: function (event) {
      if (BsInput.moving || BsInput.ours(event.relatedTarget)) return;
      BsInput.held = {};
      if (BsInput.composing) BsInput.compositionEnd();
      _bs_focus(0);
    },

    listen: function (target, type, action, options) {
      target.addEventListener(
        type,
        function (event) {
          Bs.guard(function () {
            action(event);
          });
        },
        options
      );
    },

    start: function (plain) {
      if (plain) {
        // The document's own fields need no help but with copying.
        BsInput.listen(document, 'copy', function (event) {
          if (BsInput.copying !== null) BsInput.copyOrCut(event, false);
        });
        return;
      }
      const canvas = Bs.canvas;
      const proxy = (BsInput.proxy = document.getElementById('text'));
      const listen = BsInput.listen;
      for (const element of [canvas, proxy]) {
        listen(element, 'keydown', BsInput.keyDown);
        listen(element, 'keyup', BsInput.keyUp);
        listen(element, 'focus', BsInput.focusIn);
        listen(element, 'blur', BsInput.focusOut);
      }
      listen(proxy, 'input', BsInput.input);
      listen(proxy, 'compositionstart', BsInput.compositionStart);
      listen(proxy, 'compositionupdate', BsInput.compositionUpdate);
      listen(proxy, 'compositionend', BsInput.compositionEnd);
      listen(document, 'paste', BsInput.paste);
      listen(document, 'copy', function (event) {
        BsInput.copyOrCut(event, false);
      });
      listen(document, 'cut', function (event) {
        BsInput.copyOrCut(event, true);
      });

      listen(canvas, 'pointermove', function (event) {
        BsInput.pointer(0, event);
      });
      listen(canvas, 'pointerdown', function (event) {
        BsInput.pointerAt = performance.now();
        BsInput.commit();
        try {
          canvas.setPointerCapture(event.pointerId);
        } catch (gone) {
          // A finger may have been lifted before its event was heard.
        }
        BsInput.pointer(1, event);
        if (!BsInput.ours(document.activeElement)) BsInput.focusCanvas();
      });
      listen(canvas, 'pointerup', function (event) {
        BsInput.pointerAt = performance.now();
        BsInput.pointer(2, event);
      });
      listen(canvas, 'pointerleave', function (event) {
        if (event.buttons === 0) BsInput.pointer(3, event);
      });
      listen(canvas, 'pointercancel', function (event) {
        BsInput.pointer(4, event);
      });
      listen(canvas, 'contextmenu', function (event) {
        BsInput.pointer(4, event); // the menu swallows the button's release
      });
      // Pressing on the canvas must not take the focus from the proxy: input methods would end.
      listen(canvas, 'mousedown', function (event) {
        event.preventDefault();
      });
      listen(canvas, 'wheel', BsInput.wheel, { passive: false });

      listen(window, 'blur', function () {
        BsInput.held = {};
        _bs_focus(0);
      });
      listen(window, 'focus', function () {
        if (BsInput.ours(document.activeElement)) _bs_focus(1);
      });
      listen(document, 'visibilitychange', function () {
        if (document.hidden) _bs_focus(0);
      });

      BsInput.resetProxy();
      if (document.activeElement === document.body || document.activeElement === null) BsInput.focusCanvas();
    },
  },

  bs_start_input__deps: ['$BsInput'],
  bs_start_input: function (plain) {
    BsInput.start(plain);
  },

  // The proxy stands at the caret, so that an input method's window appears there.
  bs_text_input__deps: ['$Bs', '$BsInput'],
  bs_text_input: function (active, x, y, lineHeight, keyboard) {
    const proxy = BsInput.proxy;
    if (!proxy) return;
    BsInput.textActive = active !== 0;
    if (active) {
      proxy.style.left = Math.max(0, x * Bs.scale) + 'px';
      proxy.style.top = Math.max(0, y * Bs.scale) + 'px';
      proxy.style.height = Math.max(16, lineHeight * Bs.scale) + 'px';
      proxy.inputMode = BsInput.keyboards[keyboard]; // before it gets the focus: a keyboard that is up stays as it is
      const focused = document.activeElement;
      if (focused === Bs.canvas || focused === document.body) BsInput.focusProxy();
    } else if (document.activeElement === proxy) {
      BsInput.focusCanvas();
    }
  },

  bs_cursor__deps: ['$Bs', '$BsInput'],
  bs_cursor: function (cursor) {
    Bs.canvas.style.cursor = BsInput.cursors[cursor] || 'default';
  },

  bs_copy__deps: ['$Bs', '$BsInput'],
  bs_copy: function (pointer, length) {
    return BsInput.carry(Bs.read(pointer, length));
  },
});
