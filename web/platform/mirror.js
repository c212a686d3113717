// The page's side of mirror.cpp: a DOM that says what the canvas shows, hidden over it, or the plain page itself. It is
// brought into line record by record; elements are kept by id (else by place), so that a screen reader's position, the
// focus and the caret survive an update. How it looks is left to shell.html.

mergeInto(LibraryManager.library, {
  $BsMirror__deps: ['$Bs'],
  $BsMirror: {
    // In the order of mirror.hpp's Role.
    roles: [
      'button', 'link', 'tab', 'checkbox', 'radio', 'textbox', 'combobox', 'option',
      'heading', 'text', 'code', 'list', 'listitem', 'table', 'row', 'columnheader', 'cell', 'status', 'image', 'group',
      'section', 'navigation', 'tabpanel',
    ],
    // Over the canvas the tree is scrolled to here, so that what lies above can be asked into view as well.
    base: 1000000,
    root: null,
    tree: [],
    heard: false,

    parse: function (text) {
      const roles = BsMirror.roles;
      const top = { children: [] };
      const open = [top];
      for (const record of text.split('\x1e')) {
        const field = record.split('\x1f');
        if (field[0] === 'e') {
          if (open.length > 1) open.pop();
          continue;
        }
        if (field[0] !== 'i' && field[0] !== 'g') continue;
        const flags = +field[15];
        const rect = function (at) {
          return { x: field[at] * Bs.scale, y: field[at + 1] * Bs.scale, w: field[at + 2] * Bs.scale, h: field[at + 3] * Bs.scale };
        };
        const item = {
          group: field[0] === 'g',
          role: roles[+field[1]],
          id: field[2],
          name: field[3],
          value: field[4],
          hint: field[5],
          whole: rect(6),
          rect: rect(10),
          level: +field[14],
          disabled: (flags & 1) !== 0,
          checked: (flags & 2) !== 0,
          selected: (flags & 4) !== 0,
          focused: (flags & 8) !== 0,
          multiline: (flags & 16) !== 0,
          password: (flags & 32) !== 0,
          expanded: (flags & 64) !== 0,
          opens: (flags & 128) !== 0,
          invalid: (flags & 256) !== 0,
          children: [],
        };
        open[open.length - 1].children.push(item);
        if (item.group) open.push(item);
      }
      return top.children;
    },

    // Everything registered, in reading order, for tests.
    items: function () {
      const out = [];
      const walk = function (items) {
        for (const item of items) {
          const copy = Object.assign({}, item);
          delete copy.children;
          out.push(copy);
          walk(item.children);
        }
      };
      walk(BsMirror.tree);
      return out;
    },

    tag: function (item) {
      if (item.group) {
        if (item.role === 'list') return 'ul';
        if (item.role === 'listitem') return 'li';
        if (item.role === 'table') return 'table';
        if (item.role === 'row') return 'tr';
        if (item.role === 'cell') return 'td';
        if (item.role === 'section') return 'section';
        if (item.role === 'navigation') return 'nav';
        return 'div';
      }
      switch (item.role) {
        case 'button':
        case 'tab':
        case 'option':
        case 'combobox':
          return 'button';
        case 'checkbox':
        case 'radio':
          return 'input';
        case 'textbox':
          return item.multiline ? 'textarea' : 'input';
        case 'heading':
          return 'h' + Math.min(Math.max(item.level || 2, 1), 6);
        case 'code':
          return 'pre';
        case 'listitem':
          return 'li';
        case 'columnheader':
          return 'th';
        case 'cell':
          return 'td';
        case 'link':
          return 'a';
        case 'text':
          return 'p';
        default:
          return 'div';
      }
    },

    make: function (item) {
      const element = document.createElement(BsMirror.tag(item));
      const role = item.role;
      if (item.group) {
        const set = { tab: 'tablist', radio: 'radiogroup', option: 'listbox', group: 'group', tabpanel: 'tabpanel' }[role];
        if (set) element.setAttribute('role', set);
        if (role === 'list') element.setAttribute('role', 'list');
        return element;
      }
      if (role === 'button' || role === 'tab' || role === 'option' || role === 'combobox') element.type = 'button';
      if (role === 'tab' || role === 'option' || role === 'link') element.setAttribute('role', role);
      if (role === 'combobox') element.setAttribute('aria-haspopup', 'listbox');
      if (role === 'checkbox' || role === 'radio') element.type = role;
      if (role === 'status') element.setAttribute('role', 'note');
      if (role === 'image') element.setAttribute('role', 'img');
      if (role === 'textbox') {
        if (element.tagName === 'INPUT') element.type = item.password ? 'password' : 'text';
        element.autocomplete = 'off';
        element.spellcheck = false;
      }
      if (!Bs.plain && /^(button|tab|option|combobox|checkbox|radio|textbox|link)$/.test(role)) element.tabIndex = -1;
      return element;
    },

    set: function (element, name, value) {
      if (value === null || value === '') {
        if (element.hasAttribute(name)) element.removeAttribute(name);
      } else if (element.getAttribute(name) !== value) {
        element.setAttribute(name, value);
      }
    },

    text: function (element, value) {
      if (element.textContent !== value) element.textContent = value;
    },

    // Over the canvas an element lies where its item is drawn, also when that is scrolled away.
    place: function (element, item) {
      if (Bs.plain || item.group) return;
      const rect = item.whole;
      const place = rect.x + ' ' + rect.y + ' ' + rect.w + ' ' + rect.h;
      if (element.bsPlace === place) return;
      element.bsPlace = place;
      const style = element.style;
      style.left = rect.x + 'px';
      style.top = rect.y + BsMirror.base + 'px';
      style.width = Math.max(rect.w, 1) + 'px';
      style.height = Math.max(rect.h, 1) + 'px';
    },

    // Only what the application has changed is written, so that the caret stays; never while an input method composes.
    value: function (element, item) {
      const told = item.value === '=' && item.password && element.bsValue !== '=' ? '*' : item.value;
      if (element.bsValue === told || element.bsComposing) return;
      element.bsValue = told;
      if (item.password) {
        if (told !== '=') element.value = '';
        element.placeholder = told === '*' ? '\u2022\u2022\u2022\u2022\u2022\u2022' : item.hint;
      } else if (element.value !== told) {
        element.value = told;
      }
    },

    label: function (element, name) {
      if (element.bsLabel) BsMirror.text(element.bsLabel, name);
      else BsMirror.set(element, 'aria-label', name);
    },

    dress: function (element, item, parent) {
      const set = BsMirror.set;
      const yes = function (flag) {
        return flag ? 'true' : 'false';
      };
      set(element, 'data-id', item.id);
      set(element, 'id', item.id ? 'mirror-' + item.id : '');
      BsMirror.place(element, item);
      if (item.group) {
        set(element, 'aria-label', item.name);
        return;
      }
      // A button that is disabled for a while must not lose the focus.
      if (element.tagName === 'BUTTON') set(element, 'aria-disabled', item.disabled ? 'true' : '');
      else if ('disabled' in element && element.disabled !== item.disabled) element.disabled = item.disabled;
      switch (item.role) {
        case 'checkbox':
        case 'radio':
          BsMirror.label(element, item.name);
          if (item.role === 'radio') element.name = parent.id;
          if (element.checked !== item.checked) element.checked = item.checked;
          return;
        case 'textbox':
          BsMirror.label(element, item.name);
          if (!item.password) set(element, 'placeholder', item.hint);
          set(element, 'aria-invalid', item.invalid ? 'true' : '');
          BsMirror.value(element, item);
          return;
        case 'image':
          set(element, 'aria-label', item.name);
          return;
        case 'combobox':
          set(element, 'aria-label', item.value ? item.name + ': ' + item.value : item.name);
          set(element, 'aria-expanded', yes(item.selected));
          return;
      }
      BsMirror.text(element, item.name);
      // A word in another language than the page's: the name of the other language.
      if (item.role === 'button') set(element, 'lang', document.documentElement.lang === 'en' && /^[\u4e00-\u9fff]+$/.test(item.name) ? 'zh-CN' : '');
      switch (item.role) {
        case 'tab':
          if (Bs.plain) element.tabIndex = item.selected ? 0 : -1;
        // falls through
        case 'option':
          set(element, 'aria-selected', yes(item.selected));
          return;
        case 'link':
          if (/^https?:/i.test(item.value)) set(element, 'href', item.value);
          return;
        case 'button':
          if (parent.tagName === 'NAV') set(element, 'aria-current', item.selected ? 'page' : '');
          else if (item.opens) set(element, 'aria-expanded', yes(item.expanded));
          else set(element, 'aria-pressed', item.selected ? 'true' : '');
          return;
        case 'listitem':
          set(element, 'aria-current', item.selected ? 'true' : '');
      }
    },

    // On the plain page a field stands in its label; what a list may not hold directly stands in a list item.
    wrap: function (element, item, parent) {
      let outer = element;
      if (Bs.plain && /^(textbox|checkbox|radio)$/.test(item.role)) {
        outer = document.createElement('label');
        outer.className = item.role;
        element.bsLabel = document.createElement('span');
        if (item.role === 'textbox') outer.append(element.bsLabel, element);
        else outer.append(element, element.bsLabel);
      }
      if (parent.tagName !== 'UL' || element.tagName === 'LI') return outer;
      const listed = document.createElement('li');
      listed.append(outer);
      return listed;
    },

    // The tab list before a panel is the panel's.
    join: function (tabs, panel) {
      if (!tabs) return;
      for (const tab of tabs.children) {
        const chosen = tab.getAttribute('aria-selected') === 'true';
        BsMirror.set(tab, 'aria-controls', chosen ? panel.id : '');
        if (chosen) BsMirror.set(panel, 'aria-labelledby', tab.id);
      }
    },

    // Children of `parent` become those of `items`. What a list may not hold directly is wrapped in a list item.
    align: function (parent, items) {
      const old = parent.bsChildren || new Map();
      const next = new Map();
      const order = [];
      const counts = {};
      let tabs = null;
      for (const item of items) {
        if (/\.label$/.test(item.id)) continue; // the field says it itself
        const kind = BsMirror.tag(item) + '.' + item.role + (item.password ? '.p' : '');
        let key = kind + '#' + item.id;
        if (!item.id || next.has(key)) {
          counts[kind] = (counts[kind] || 0) + 1;
          key = kind + ':' + counts[kind];
        }
        let node = old.get(key);
        if (!node) {
          const element = BsMirror.make(item);
          node = { element: element, outer: BsMirror.wrap(element, item, parent) };
        }
        node.element.bsItem = item;
        BsMirror.dress(node.element, item, parent);
        next.set(key, node);
        order.push(node.outer);
        if (!item.group) continue;
        BsMirror.align(node.element, item.children);
        if (item.role === 'tab') tabs = node.element;
        if (item.role === 'tabpanel') BsMirror.join(tabs, node.element);
      }
      old.forEach(function (node, key) {
        if (next.get(key) !== node) node.outer.remove();
      });
      let cursor = parent.firstChild;
      for (const outer of order) {
        if (outer === cursor) cursor = cursor.nextSibling;
        else parent.insertBefore(outer, cursor);
      }
      parent.bsChildren = next;
    },

    // A field is described by the notes that stand below it: "x.note.0" for the fields "x" and "x.name".
    describe: function () {
      const notes = Array.from(BsMirror.root.querySelectorAll('[data-id*=".note."]'));
      for (const field of BsMirror.root.querySelectorAll('input, textarea')) {
        const about = notes.filter(function (note) {
          return (field.dataset.id + '.').startsWith(note.dataset.id.replace(/note\.\d+$/, ''));
        });
        const ids = about.map(function (note) {
          return note.id;
        });
        BsMirror.set(field, 'aria-describedby', ids.join(' '));
      }
    },

    // Where the focus goes when what had it is gone: to what has taken its place, else to the page's first heading.
    refocus: function (lost, parent, index) {
      if (lost.isConnected || !parent) return;
      const place = parent.isConnected && parent.children[Math.min(index, parent.children.length - 1)];
      const control = 'button, input, textarea, a';
      const next = place && (place.matches(control) ? place : place.querySelector(control));
      const target = next || BsMirror.root.querySelector('h1');
      if (target.tabIndex < 0) target.tabIndex = -1;
      target.focus();
    },

    answer: function (kind, id, text, secret) {
      Bs.guard(function () {
        _bs_mirror_answer(kind, Bs.write(text === undefined ? id : id + '\x1f' + text), secret ? 1 : 0);
      });
    },

    itemOf: function (event) {
      const element = event.target.closest ? event.target.closest('[data-id]') : null;
      return element && element.bsItem;
    },

    // Keys that the plain page has no canvas to hear, and those that lead from the hidden tree back to the canvas.
    keyDown: function (event) {
      const item = BsMirror.itemOf(event);
      if (!item || event.isComposing) return;
      const pass = function (code) {
        event.preventDefault();
        const modifiers = BsInput.modifiers(event);
        _bs_key(Bs.write(code), 1, modifiers);
        _bs_key(Bs.write(code), 0, 0);
      };
      const command = event.ctrlKey || event.metaKey;
      if ((event.key === 'Enter' && command) || event.key === 'Escape') return pass(event.key);
      if (event.key === 'Tab' && !Bs.plain && !command && !event.altKey) {
        BsInput.focusCanvas();
        return pass('Tab');
      }
      if (item.role === 'textbox' && !item.multiline && event.key === 'Enter') BsMirror.answer(0, item.id);
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!step || item.role !== 'tab') return undefined;
      event.preventDefault();
      const tabs = event.target.parentNode.children;
      const next = tabs[(Array.prototype.indexOf.call(tabs, event.target) + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
      return undefined;
    },

    listen: function () {
      const root = BsMirror.root;
      root.addEventListener('click', function (event) {
        const item = BsMirror.itemOf(event);
        if (!item || item.group || item.disabled || item.role === 'textbox') return;
        // The state is the application's: what the click has ticked comes back with the next frame.
        if (item.role === 'checkbox' || item.role === 'radio' || item.role === 'link') event.preventDefault();
        BsMirror.answer(0, item.id);
      });
      root.addEventListener('input', function (event) {
        const item = BsMirror.itemOf(event);
        if (!item || item.role !== 'textbox') return;
        if (item.password) event.target.bsValue = '=';
        BsMirror.answer(1, item.id, event.target.value, item.password);
      });
      for (const type of ['compositionstart', 'compositionend']) {
        root.addEventListener(type, function (event) {
          event.target.bsComposing = type === 'compositionstart';
        });
      }
      root.addEventListener('keydown', function (event) {
        Bs.guard(function () {
          BsMirror.keyDown(event);
        });
      });
      if (Bs.plain) return;
      root.addEventListener('focusin', function (event) {
        const item = BsMirror.itemOf(event);
        if (item) BsMirror.answer(2, item.id);
      });
      const foot = document.createElement('i');
      foot.style.top = 2 * BsMirror.base + 'px';
      root.append(foot);
      // What assistive technology scrolls into view scrolls the canvas instead.
      root.scrollTop = BsMirror.base;
      root.addEventListener('scroll', function () {
        const by = root.scrollTop - BsMirror.base;
        root.scrollLeft = 0;
        if (by === 0) return;
        root.scrollTop = BsMirror.base;
        BsMirror.answer(3, '', String(by / Bs.scale));
      });
    },

    focused: function (items) {
      for (const item of items) {
        if (item.focused && !item.group) return item;
        const inside = BsMirror.focused(item.children);
        if (inside) return inside;
      }
      return null;
    },

    update: function (records) {
      if (!BsMirror.root) {
        BsMirror.root = document.getElementById('mirror');
        BsMirror.listen();
      }
      const root = BsMirror.root;
      const held = root.contains(document.activeElement) ? document.activeElement : null;
      const outer = held && held.closest('li, label, button');
      const parent = outer && outer.parentNode;
      const index = parent ? Array.prototype.indexOf.call(parent.children, outer) : 0;
      BsMirror.tree = BsMirror.parse(records);
      BsMirror.align(root, BsMirror.tree);
      BsMirror.describe();
      if (held) BsMirror.refocus(held, parent, index);
      if (Bs.plain) return;
      const focused = BsMirror.focused(BsMirror.tree);
      BsMirror.set(Bs.canvas, 'aria-activedescendant', focused && focused.id ? 'mirror-' + focused.id : '');
      if (focused && focused.role === 'textbox' && focused.name) BsMirror.set(BsInput.proxy, 'aria-label', focused.name);
    },
  },

  bs_mirror__deps: ['$Bs', '$BsInput', '$BsMirror'],
  bs_mirror: function (pointer, length) {
    BsMirror.update(Bs.read(pointer, length));
  },
});
