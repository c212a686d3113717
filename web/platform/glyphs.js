// The page's side of fonts.cpp: draws one character with the browser's fonts and hands over its pixels.

mergeInto(LibraryManager.library, {
  $BsGlyphs: {
    context: null,
    font: '',
    language: '',
    mono: '', // the families of fixed width that this browser has

    // By fonts.cpp's Face. Families that carry both scripts come after the Latin ones they match.
    faces: [
      ['400', 'sans'],
      ['600', 'sans'],
      ['400', 'mono'],
    ],
    latin: {
      sans: 'system-ui, -apple-system, "Segoe UI", Roboto',
      mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono"',
    },
    han: {
      'zh-hans': '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"',
      'zh-hant': '"PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC"',
      ja: '"Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP"',
      ko: '"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR"',
    },

    hanFamilies: function () {
      const tag = BsGlyphs.language.toLowerCase();
      if (/^zh-(hant|tw|hk|mo)/.test(tag)) return BsGlyphs.han['zh-hant'];
      return BsGlyphs.han[tag.slice(0, 2)] || BsGlyphs.han['zh-hans'];
    },

    // BROWSERS: WebKitGTK 2.50 takes ui-monospace for a proportional font, and monospace too where the page is Chinese.
    // Only families whose narrow and wide letters are alike are asked for; what is missing here shows as the fallback.
    trulyMono: function (context) {
      const families = BsGlyphs.latin.mono.split(', ').concat('monospace');
      const width = function (text) {
        return context.measureText(text).width;
      };
      return families.filter(function (family) {
        context.font = '32px ' + family;
        return Math.abs(width('iiii') - width('MMMM')) < 0.5;
      });
    },

    css: function (face, pixels) {
      const weight = BsGlyphs.faces[face][0];
      const kind = BsGlyphs.faces[face][1];
      const generic = kind === 'mono' ? 'monospace' : 'sans-serif';
      return weight + ' ' + pixels + 'px ' + (kind === 'mono' ? BsGlyphs.mono : BsGlyphs.latin.sans) + ', ' + BsGlyphs.hanFamilies() + ', ' + generic;
    },

    start: function () {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 128;
      canvas.lang = BsGlyphs.language;
      BsGlyphs.context = canvas.getContext('2d', { willReadFrequently: true });
      BsGlyphs.mono = BsGlyphs.trulyMono(BsGlyphs.context).join(', ') || 'monospace';
      BsGlyphs.font = '';
    },
  },

  bs_glyph_language__deps: ['$Bs', '$BsGlyphs'],
  bs_glyph_language: function (pointer, length) {
    BsGlyphs.language = Bs.read(pointer, length);
    BsGlyphs.start();
  },

  bs_glyph__deps: ['$BsGlyphs'],
  bs_glyph: function (face, pixels, codePoint, darkInk, advanceOnly, out) {
    if (!BsGlyphs.context) BsGlyphs.start();
    const context = BsGlyphs.context;
    const canvas = context.canvas;
    const font = BsGlyphs.css(face, pixels);
    const use = function () {
      context.font = font;
      context.textBaseline = 'alphabetic';
      context.textAlign = 'left';
      context.fillStyle = darkInk ? '#000' : '#fff';
      BsGlyphs.font = font + darkInk;
    };
    if (BsGlyphs.font !== font + darkInk) use(); // setting a font costs more than drawing with it

    const text = String.fromCodePoint(codePoint);
    const box = context.measureText(text);
    // Whole device pixels: a glyph between two pixels is a blurred one.
    HEAPF32[out >> 2] = Math.round(box.width);
    if (advanceOnly) return;

    // One pixel more on each side for what antialiasing adds.
    let left = Math.floor(-box.actualBoundingBoxLeft) - 1;
    let right = Math.ceil(box.actualBoundingBoxRight) + 1;
    let top = Math.floor(-box.actualBoundingBoxAscent) - 1;
    let bottom = Math.ceil(box.actualBoundingBoxDescent) + 1;
    const inkWidth = box.actualBoundingBoxLeft + box.actualBoundingBoxRight;
    if (codePoint >= 0x2000 && inkWidth > 0 && inkWidth < 0.1 * box.width) {
      // BROWSERS: Firefox 153 gives a box of nearly nothing for an emoji whose bold it makes up.
      left = -1;
      right = Math.ceil(box.width) + 1;
      top = -Math.ceil(pixels);
      bottom = Math.ceil(pixels * 0.3);
    }
    const width = Math.min(right - left, 1024);
    const height = Math.min(bottom - top, 1024);
    if (!(width > 2 && height > 2)) return; // nothing to see: a space

    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      use(); // resizing has reset the context
    }
    context.clearRect(0, 0, width, height);
    context.fillText(text, -left, -top);
    const data = context.getImageData(0, 0, width, height).data;

    // Coloured is what is not the ink where it is thick enough to tell.
    let coloured = false;
    for (let i = 0; i < data.length && !coloured; i += 4) {
      if (data[i + 3] < 128) continue;
      const low = Math.min(data[i], data[i + 1], data[i + 2]);
      const high = Math.max(data[i], data[i + 1], data[i + 2]);
      coloured = darkInk ? high > 64 : low < 191;
    }
    const count = width * height;
    const pointer = _bs_inbox(coloured ? count * 4 : count);
    if (coloured) {
      HEAPU8.set(data, pointer);
    } else {
      for (let i = 0; i < count; i++) HEAPU8[pointer + i] = data[i * 4 + 3];
    }
    out >>= 2;
    HEAPF32[out + 1] = left;
    HEAPF32[out + 2] = top;
    HEAPF32[out + 3] = width;
    HEAPF32[out + 4] = height;
    HEAPF32[out + 5] = coloured ? 1 : 0;
  },
});
