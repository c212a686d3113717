// The page's side of mirror.cpp: a hidden DOM that says what the canvas shows, brought into line record by record.
// Elements are kept by id (else by place), so that a screen reader's position and the DOM's focus survive an update.

mergeInto(LibraryManager.library, {
  $BsMirror__deps: ['$Bs'],
  $BsMirror: {
    // In the order of mirror.hpp's Role.
    roles: [
      'button', 'link', 'tab', 'checkbox', 'radio', 'textbox', 'combobox', 'option',
      'heading', 'text', 'code', 'list', 'listitem', 'table', 'row', 'columnheader', 'cell', 'status', 'image', 'group',
    ],
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
        const flags = +field[10];
        const item = {
          group: field[0] === 'g',
          role: roles[+field[1]],
          id: field[2],
          name: field[3],
          value: field[4],
          rect: { x: field[5] * Bs.scale, y: field[6] * Bs.scale, w: field[7] * Bs.scale, h: field[8] * Bs.scale },
          level: +field[9],
          disabled: (flags & 1) !== 0,
          checked: (flags & 2) !== 0,
          selected: (flags & 4) !== 0,
          focused: (flags & 8) !== 0,
          multiline: (flags & 16) !== 0,
          password: (flags & 32) !== 0,
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
        const set = { tab: 'tablist', radio: 'radiogroup', option: 'listbox', group: 'group' }[role];
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
      if (/^(button|tab|option|combobox|checkbox|radio|textbox|link)$/.test(role)) element.tabIndex = -1;
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

    dress: function (element, item) {
      const set = BsMirror.set;
      set(element, 'data-id', item.id);
      set(element, 'id', item.id ? 'mirror-' + item.id : '');
      const rect = item.rect;
      const place = item.group ? '' : rect.x + ' ' + rect.y + ' ' + rect.w + ' ' + rect.h;
      if (element.bsPlace !== place) {
        element.bsPlace = place;
        if (!item.group) {
          const style = element.style;
          style.left = rect.x + 'px';
          style.top = rect.y + 'px';
          style.width = Math.max(rect.w, 1) + 'px';
          style.height = Math.max(rect.h, 1) + 'px';
        }
      }
      if (item.group) {
        set(element, 'aria-label', item.name);
        return;
      }
      const yes = function (flag) {
        return flag ? 'true' : 'false';
      };
      switch (item.role) {
        case 'checkbox':
        case 'radio':
          set(element, 'aria-label', item.name);
          if (element.checked !== item.checked) element.checked = item.checked;
          if (element.disabled !== item.disabled) element.disabled = item.disabled;
          break;
        case 'textbox':
          set(element, 'aria-label', item.name);
          if (!item.password && element.value !== item.value) element.value = item.value;
          if (element.disabled !== item.disabled) element.disabled = item.disabled;
          break;
        case 'image':
          set(element, 'aria-label', item.name);
          break;
        case 'combobox':
          set(element, 'aria-label', item.value ? item.name + ': ' + item.value : item.name);
          set(element, 'aria-expanded', yes(item.selected));
          set(element, 'aria-disabled', item.disabled ? 'true' : '');
          break;
        case 'tab':
        case 'option':
          BsMirror.text(element, item.name);
          set(element, 'aria-selected', yes(item.selected));
          set(element, 'aria-disabled', item.disabled ? 'true' : '');
          break;
        case 'link':
          BsMirror.text(element, item.name);
          if (/^https?:/i.test(item.value)) set(element, 'href', item.value);
          break;
        default:
          BsMirror.text(element, item.name);
          if (item.role === 'button') {
            set(element, 'aria-pressed', item.selected ? 'true' : '');
            if (element.disabled !== item.disabled) element.disabled = item.disabled;
          }
      }
    },

    // Children of `parent` become those of `items`. What a list may not hold directly is wrapped in a list item.
    align: function (parent, items) {
      const old = parent.bsChildren || new Map();
      const next = new Map();
      const order = [];
      const counts = {};
      for (const item of items) {
        const kind = BsMirror.tag(item) + '.' + item.role + (item.password ? '.p' : '');
        let key = kind + '#' + item.id;
        if (!item.id || next.has(key)) {
          counts[kind] = (counts[kind] || 0) + 1;
          key = kind + ':' + counts[kind];
        }
        let node = old.get(key);
        if (!node) {
          const element = BsMirror.make(item);
          element.bsItem = item;
          const wrap = parent.tagName === 'UL' && element.tagName !== 'LI';
          const outer = wrap ? document.createElement('li') : element;
          if (wrap) outer.appendChild(element);
          node = { element: element, outer: outer };
        }
        node.element.bsItem = item;
        BsMirror.dress(node.element, item);
        next.set(key, node);
        order.push(node.outer);
        if (item.group) BsMirror.align(node.element, item.children);
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

    answer: function (kind, id, text) {
      Bs.guard(function () {
        _bs_mirror_answer(kind, Bs.write(text === undefined ? id : id + '\x1f' + text));
      });
    },

    itemOf: function (event) {
      const element = event.target.closest ? event.target.closest('[data-id]') : null;
      return element && element.bsItem;
    },

    listen: function () {
      const root = BsMirror.root;
      root.addEventListener('click', function (event) {
        const item = BsMirror.itemOf(event);
        if (!item || item.disabled || item.role === 'textbox') return;
        // The state is the canvas's: what the click has ticked comes back with the next frame.
        if (item.role === 'checkbox' || item.role === 'radio' || item.role === 'link') event.preventDefault();
        BsMirror.answer(0, item.id);
      });
      root.addEventListener('input', function (event) {
        const item = BsMirror.itemOf(event);
        if (item && item.role === 'textbox') BsMirror.answer(1, item.id, event.target.value);
      });
      root.addEventListener('focusin', function (event) {
        const item = BsMirror.itemOf(event);
        if (item) BsMirror.answer(2, item.id);
      });
      root.addEventListener('keydown', function (event) {
        const item = BsMirror.itemOf(event);
        if (item && item.role === 'textbox' && !item.multiline && event.key === 'Enter' && !event.isComposing) {
          BsMirror.answer(0, item.id);
        }
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
  },

  bs_mirror__deps: ['$Bs', '$BsMirror'],
  bs_mirror: function (pointer, length) {
    if (!BsMirror.root) {
      BsMirror.root = document.getElementById('mirror');
      BsMirror.listen();
    }
    BsMirror.tree = BsMirror.parse(Bs.read(pointer, length));
    BsMirror.align(BsMirror.root, BsMirror.tree);
    const focused = BsMirror.focused(BsMirror.tree);
    BsMirror.set(Bs.canvas, 'aria-activedescendant', focused && focused.id ? 'mirror-' + focused.id : '');
    const proxy = document.getElementById('text');
    const named = focused && focused.role === 'textbox' ? focused.name : '';
    if (named) BsMirror.set(proxy, 'aria-label', named);
  },
});
