// The page's side of platform.cpp: start, animation frames, the one timer, surroundings, errors, window.__blindspot.
// An Emscripten library file: works from 3.1.6 on, hence no string helpers and no shorthand in the library's own objects.

mergeInto(LibraryManager.library, {
  $Bs: {
    canvas: null,
    errors: [],
    waiters: [],
    frames: 0,
    costs: [], // milliseconds of our own work in each of the last frames
    pending: false,
    failed: false,
    timer: 0,
    timerAt: 0,
    size: null, // of the canvas: CSS width and height, device width and height
    scale: 1, // CSS pixels per pixel of ImGui's, as asked for and as there is room
    wantedScale: 1,

    // slice: a decoder refuses memory that can grow under it.
    read: function (pointer, length) {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(HEAPU8.slice(pointer, pointer + length));
    },

    // Puts text into the inbox and gives its length in bytes.
    write: function (text) {
      const bytes = new TextEncoder().encode(text);
      const pointer = _bs_inbox(bytes.length); // may replace HEAPU8
      HEAPU8.set(bytes, pointer);
      return bytes.length;
    },

    // Runs what an event asks of the C++ side; whatever escapes stops the page in a way a person can read.
    guard: function (action) {
      if (Bs.failed) return undefined;
      try {
        return action();
      } catch (error) {
        Bs.fail(error);
        return undefined;
      }
    },

    fail: function (error) {
      Bs.note(error);
      if (Bs.failed) return;
      Bs.failed = true;
      try {
        _bs_frame_failed();
      } catch (again) {
        Bs.note(again);
      }
      const banner = document.getElementById('failed');
      if (banner) banner.hidden = false;
      Bs.settle();
    },

    note: function (error) {
      const text = String((error && error.stack) || error);
      if (Bs.errors.length < 100) Bs.errors.push(text);
      console.error(text);
    },

    // Tells those who wait for idleness when nothing is due within a moment.
    settle: function () {
      const soon = Bs.timer !== 0 && Bs.timerAt - performance.now() < 50;
      if (Bs.pending || (soon && !Bs.failed)) return;
      for (const resolve of Bs.waiters.splice(0)) resolve();
    },

    // Straight to the GL library: html5.h's way brings along its whole event system.
    makeContext: function () {
      try {
        const context = GL.createContext(Bs.canvas, {
          majorVersion: 2,
          minorVersion: 0,
          alpha: false,
          depth: false,
          stencil: false,
          antialias: false,
          powerPreference: 'low-power',
          enableExtensionsByDefault: false,
        });
        if (context) GL.makeContextCurrent(context);
        return context !== 0;
      } catch (noSuchInterface) {
        return false; // the library takes WebGLRenderingContext for granted
      }
    },

    plain: false,

    // The mirror becomes the page; `reason` is the message that says why, none where it was asked for.
    goPlain: function (reason) {
      Bs.plain = true;
      document.documentElement.className = 'plain';
      const message = document.getElementById(reason);
      if (message) message.hidden = false;
    },

    measure: function (entry) {
      const box = Bs.canvas.getBoundingClientRect();
      const ratio = window.devicePixelRatio || 1;
      const exact = entry && entry.devicePixelContentBoxSize && entry.devicePixelContentBoxSize[0];
      const pixels = function (css, told) {
        const computed = Math.max(1, Math.round(css * ratio));
        return Math.abs(told - computed) <= 1 ? told : computed; // an emulated ratio is not told
      };
      Bs.size = {
        width: box.width,
        height: box.height,
        deviceWidth: pixels(box.width, exact ? exact.inlineSize : 0),
        deviceHeight: pixels(box.height, exact ? exact.blockSize : 0),
        ratio: ratio,
      };
    },

    // The engine, told by what only it has; the version from the user agent string. A guess.
    engine: function () {
      const agent = navigator.userAgent;
      const version = function (pattern) {
        const match = pattern.exec(agent);
        return match ? match[1] : '';
      };
      if (/Firefox\//.test(agent)) return ['Firefox', version(/Firefox\/(\d+)/)];
      if (/Chrom(e|ium)\//.test(agent)) return ['Chromium', version(/Chrom(?:e|ium)\/(\d+)/)];
      if (/AppleWebKit\//.test(agent)) return ['WebKit', version(/Version\/(\d+)/)];
      return ['', ''];
    },

    contrastQuery: '(prefers-contrast: more), (forced-colors: active)',

    // Asked at run time: one build serves Macs and all others.
    isMac: function () {
      const platform = (navigator.userAgentData && navigator.userAgentData.platform) || navigator.platform || '';
      return /^(mac|iphone|ipad|ipod)/i.test(platform);
    },

    matches: function (query) {
      return window.matchMedia(query).matches;
    },

    tell: function () {
      const engine = Bs.engine();
      const words = [navigator.language || '', location.href.replace(/(\?plain)?(#.*)?$/, ''), location.origin, engine[0], engine[1]];
      const size = Bs.size;
      Bs.scale = Math.max(1, Math.min(Bs.wantedScale, size.width / 641));
      const density = size.ratio * Bs.scale;
      const flags =
        (Bs.matches('(prefers-color-scheme: dark)') ? 1 : 0) |
        (Bs.matches('(prefers-reduced-motion: reduce)') ? 2 : 0) |
        (Bs.matches(Bs.contrastQuery) ? 4 : 0) |
        (Bs.matches('(pointer: coarse)') ? 8 : 0) |
        (Bs.isMac() ? 16 : 0) |
        (navigator.onLine !== false ? 32 : 0);
      const length = Bs.write(words.join('\x1f'));
      // By the device's whole pixels, not by CSS's broken ones: then each of ours is where ImGui thinks it is.
      _bs_environment(flags, size.deviceWidth / density, size.deviceHeight / density, density, length);
    },

    changed: function () {
      Bs.guard(Bs.tell);
    },

    checkRatio: function () {
      if ((window.devicePixelRatio || 1) === Bs.size.ratio) return;
      Bs.measure(null);
      Bs.changed();
    },

    // A query that names the present ratio changes whenever the ratio does; then it has to be asked anew.
    watchRatio: function () {
      Bs.ratioQuery = window.matchMedia('(resolution: ' + (window.devicePixelRatio || 1) + 'dppx)');
      const again = function () {
        Bs.checkRatio();
        Bs.watchRatio();
      };
      Bs.ratioQuery.addEventListener('change', again, { once: true });
    },

    watch: function () {
      const resized = function (entries) {
        Bs.measure(entries[entries.length - 1]);
        Bs.changed();
      };
      const observer = new ResizeObserver(resized);
      try {
        observer.observe(Bs.canvas, { box: 'device-pixel-content-box' });
      } catch (unknownBox) {
        observer.observe(Bs.canvas);
      }
      Bs.watchRatio();
      window.addEventListener('resize', Bs.checkRatio);
      for (const query of [
        '(prefers-color-scheme: dark)',
        '(prefers-reduced-motion: reduce)',
        Bs.contrastQuery,
        '(pointer: coarse)',
      ]) {
        window.matchMedia(query).addEventListener('change', Bs.changed);
      }
      window.addEventListener('online', Bs.changed);
      window.addEventListener('offline', Bs.changed);
      window.addEventListener('languagechange', Bs.changed);
      // What a hidden page's canvas shows may have been given up.
      document.addEventListener('visibilitychange', function () {
        if (!document.hidden) Bs.changed();
      });
      for (const name of ['popstate', 'hashchange']) {
        window.addEventListener(name, function () {
          Bs.guard(function () {
            _bs_navigated();
          });
        });
      }
      // A phone's keyboard covers the layout viewport; the canvas gives way, unless the person has zoomed in.
      const viewport = window.visualViewport;
      if (viewport) {
        const fit = function () {
          const covered = viewport.scale < 1.01 && window.innerHeight - viewport.height > 80;
          const style = document.documentElement.style;
          style.setProperty('--visible-height', covered ? viewport.height + 'px' : '100dvh');
          style.setProperty('--visible-top', covered ? viewport.offsetTop + 'px' : '0px');
        };
        viewport.addEventListener('resize', fit);
        viewport.addEventListener('scroll', fit);
      }
      Bs.canvas.addEventListener('webglcontextlost', function (event) {
        event.preventDefault(); // else it is never restored
        _bs_context_lost();
        Bs.pending = false;
        Bs.settle();
        Bs.lossTimer = setTimeout(function () {
          const banner = document.getElementById('context-lost');
          if (banner) banner.hidden = false;
        }, 3000);
      });
      Bs.canvas.addEventListener('webglcontextrestored', function () {
        clearTimeout(Bs.lossTimer);
        const banner = document.getElementById('context-lost');
        if (banner) banner.hidden = true;
        Bs.guard(function () {
          _bs_context_restored();
        });
      });
    },

    // Browsers that hide canvas pixels from pages (against fingerprinting) would show noise for every glyph.
    canvasTellsTheTruth: function () {
      const probe = document.createElement('canvas');
      probe.width = probe.height = 16;
      const context = probe.getContext('2d', { willReadFrequently: true });
      if (!context) return false;
      context.fillStyle = '#204080';
      context.fillRect(0, 0, 16, 16);
      const pixels = context.getImageData(0, 0, 16, 16).data;
      for (let i = 0; i < pixels.length; i += 4) {
        const off = Math.abs(pixels[i] - 32) + Math.abs(pixels[i + 1] - 64) + Math.abs(pixels[i + 2] - 128);
        if (off > 12 || pixels[i + 3] < 250) return false;
      }
      return true;
    },
  },

  bs_start_page__deps: ['$Bs', '$BsMirror', '$GL'],
  bs_start_page: function () {
    const idle = function () {
      return new Promise(function (resolve) {
        Bs.waiters.push(resolve);
        Bs.settle();
      });
    };
    window.addEventListener('error', function (event) {
      if (event.error || event.message) Bs.note(event.error || event.message);
    });
    window.addEventListener('unhandledrejection', function (event) {
      Bs.note(event.reason);
    });
    window['__blindspot'] = {
      items: function () {
        return BsMirror.items();
      },
      idle: idle,
      frames: function () {
        return Bs.frames;
      },
      costs: function () {
        return Bs.costs.splice(0);
      },
      errors: function () {
        return Bs.errors.slice();
      },
      state: function () {
        const length = _bs_state();
        const pointer = _bs_inbox_data();
        return JSON.parse(Bs.read(pointer, length));
      },
    };

    const reason = location.search === '?plain' ? '' : !Bs.canvasTellsTheTruth() ? 'no-canvas' : !Bs.makeContext() ? 'no-webgl' : null;
    if (reason !== null) Bs.goPlain(reason);
    Bs.watch();
    return reason === null ? 1 : reason === '' ? 2 : 0;
  },

  bs_request_frame__deps: ['$Bs'],
  bs_request_frame: function () {
    Bs.pending = true;
    requestAnimationFrame(function () {
      Bs.pending = false;
      Bs.frames++;
      Bs.checkRatio();
      Bs.guard(function () {
        _bs_frame();
      });
    });
  },

  // After a frame: `pending` says whether another one has been asked for.
  bs_frame_done__deps: ['$Bs'],
  bs_frame_done: function (pending, ms) {
    Bs.costs.push(ms);
    if (Bs.costs.length > 4000) Bs.costs.shift();
    if (!pending) Bs.settle();
  },

  bs_wake_after__deps: ['$Bs'],
  bs_wake_after: function (ms) {
    clearTimeout(Bs.timer);
    Bs.timerAt = performance.now() + ms;
    Bs.timer = setTimeout(function () {
      Bs.timer = 0;
      Bs.guard(function () {
        _bs_wake();
      });
    }, ms);
  },

  bs_now: function () {
    return performance.now();
  },

  bs_fit_canvas__deps: ['$Bs'],
  bs_fit_canvas: function () {
    const canvas = Bs.canvas;
    if (canvas.width === Bs.size.deviceWidth && canvas.height === Bs.size.deviceHeight) return 0;
    canvas.width = Bs.size.deviceWidth;
    canvas.height = Bs.size.deviceHeight;
    return 1;
  },

  bs_first_frame__deps: ['$Bs'],
  bs_first_frame: function () {
    const start = document.getElementById('start');
    if (start) start.remove();
  },

  bs_read_environment__deps: ['$Bs'],
  bs_read_environment: function () {
    Bs.canvas = document.getElementById('canvas');
    Bs.measure(null);
    Bs.tell();
  },

  bs_scale__deps: ['$Bs'],
  bs_scale: function (scale) {
    Bs.wantedScale = scale;
    Bs.tell();
  },

  bs_error__deps: ['$Bs'],
  bs_error: function (pointer, length) {
    Bs.note(Bs.read(pointer, length));
  },
});
