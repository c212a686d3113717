// The page's side of page.cpp: storage, address, document, announcements, files, numbers. Nothing here throws.

mergeInto(LibraryManager.library, {
  $BsPage: {
    prefix: 'blindspot.',
    said: 0,
    saving: 0, // the timer of a save to come

    save: function () {
      clearTimeout(BsPage.saving);
      BsPage.saving = 0;
      Bs.guard(function () {
        _bs_save();
      });
    },

    shelf: function (tab) {
      return tab ? sessionStorage : localStorage;
    },

    // Storage may be absent, denied or full; each looks the same from outside.
    attempt: function (action, otherwise) {
      try {
        return action();
      } catch (denied) {
        return otherwise;
      }
    },
  },

  bs_load__deps: ['$Bs', '$BsPage'],
  bs_load: function (key, keyLength, tab) {
    const name = BsPage.prefix + Bs.read(key, keyLength);
    const value = BsPage.attempt(function () {
      return BsPage.shelf(tab).getItem(name);
    }, null);
    return value === null ? -1 : Bs.write(value);
  },

  bs_store__deps: ['$Bs', '$BsPage'],
  bs_store: function (key, keyLength, value, valueLength, tab) {
    const name = BsPage.prefix + Bs.read(key, keyLength);
    return BsPage.attempt(function () {
      BsPage.shelf(tab).setItem(name, Bs.read(value, valueLength));
      return 1;
    }, 0);
  },

  bs_erase__deps: ['$Bs', '$BsPage'],
  bs_erase: function (key, keyLength, tab) {
    BsPage.attempt(function () {
      BsPage.shelf(tab).removeItem(BsPage.prefix + Bs.read(key, keyLength));
    });
  },

  bs_fragment__deps: ['$Bs'],
  bs_fragment: function () {
    return Bs.write(location.hash.slice(1));
  },

  bs_watch_leaving__deps: ['$Bs', '$BsPage'],
  bs_watch_leaving: function () {
    window.addEventListener('pagehide', BsPage.save);
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState === 'hidden') BsPage.save();
    });
  },

  bs_save_soon__deps: ['$BsPage'],
  bs_save_soon: function () {
    if (BsPage.saving === 0) BsPage.saving = setTimeout(BsPage.save, 400);
  },

  bs_entry__deps: ['$Bs'],
  bs_entry: function () {
    const state = history.state;
    return Bs.write((state && typeof state.blindspot === 'string' && state.blindspot) || '');
  },

  // Browsers refuse when it is asked too often.
  bs_set_entry__deps: ['$Bs', '$BsPage'],
  bs_set_entry: function (name, nameLength, fragment, fragmentLength, push) {
    const text = Bs.read(fragment, fragmentLength);
    const state = { blindspot: Bs.read(name, nameLength) };
    const address = location.pathname + location.search + (text ? '#' + text : '');
    return BsPage.attempt(function () {
      if (push) history.pushState(state, '', address);
      else history.replaceState(state, '', address);
      return 1;
    }, 0);
  },

  bs_language__deps: ['$Bs'],
  bs_language: function (pointer, length) {
    document.documentElement.lang = Bs.read(pointer, length);
  },

  bs_title__deps: ['$Bs'],
  bs_title: function (pointer, length) {
    document.title = Bs.read(pointer, length);
  },

  bs_theme: function (dark, background) {
    const root = document.documentElement;
    root.dataset.theme = dark ? 'dark' : 'light';
    const colour = '#' + (background >>> 0).toString(16).padStart(6, '0').slice(-6);
    root.style.setProperty('--background', colour);
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.removeAttribute('media');
      meta.content = colour;
    }
  },

  bs_canvas_label__deps: ['$Bs'],
  bs_canvas_label: function (pointer, length) {
    Bs.canvas.setAttribute('aria-label', Bs.read(pointer, length));
  },

  bs_announce__deps: ['$Bs', '$BsPage'],
  bs_announce: function (pointer, length, assertive) {
    const region = document.getElementById(assertive ? 'alert' : 'status');
    if (!region) return;
    // The same words twice are no change; a trailing no-break space makes them one.
    const mark = BsPage.said++ % 2 ? '\xa0' : '';
    region.textContent = Bs.read(pointer, length) + mark;
  },

  bs_save_file__deps: ['$Bs'],
  bs_save_file: function (name, nameLength, type, typeLength, text, textLength) {
    const blob = new Blob([Bs.read(text, textLength)], { type: Bs.read(type, typeLength) });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = Bs.read(name, nameLength);
    link.click();
    setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 60000);
  },

  // The fragment stays, and what is in the form is kept for the tab.
  bs_switch_page__deps: ['$BsPage'],
  bs_switch_page: function (toPlain) {
    BsPage.save();
    location.search = toPlain ? 'plain' : '';
  },

  bs_open_link__deps: ['$Bs'],
  bs_open_link: function (pointer, length) {
    const address = Bs.read(pointer, length);
    if (/^https?:/i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
  },

  bs_number__deps: ['$Bs'],
  bs_number: function (text, end) {
    let stop = text;
    while (/[-+.\dEe]/.test(String.fromCharCode(HEAPU8[stop]))) ++stop;
    const [number] = /^([-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)?/i.exec(Bs.read(text, stop - text));
    if (end) HEAP32[end >> 2] = text + number.length;
    return Number(number);
  },
});
