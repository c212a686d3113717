// Which colours does a screenshot hold?
// Reads the PNGs browsers write (8 bits, RGB or RGBA, not interlaced) and nothing else.

import zlib from 'node:zlib';

function unfilter(type, line, above, step) {
  for (let i = 0; i < line.length; ++i) {
    const left = i >= step ? line[i - step] : 0;
    const up = above ? above[i] : 0;
    const up_left = above && i >= step ? above[i - step] : 0;
    let guess = 0;
    if (type === 1) guess = left;
    else if (type === 2) guess = up;
    else if (type === 3) guess = (left + up) >> 1;
    else if (type === 4) {
      const p = left + up - up_left;
      const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - up_left)];
      guess = a <= b && a <= c ? left : b <= c ? up : up_left;
    }
    line[i] = (line[i] + guess) & 0xff;
  }
}

/** Decodes a screenshot: {width, height, at(x, y) -> [r, g, b]}. */
export function readPng(bytes) {
  if (bytes.readUInt32BE(0) !== 0x89504e47) throw new Error('not a PNG');
  let header = null;
  const parts = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = { width: data.readUInt32BE(0), height: data.readUInt32BE(4), depth: data[8], colour: data[9], interlaced: data[12] };
    if (kind === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  if (!header || header.depth !== 8 || header.interlaced || (header.colour !== 2 && header.colour !== 6)) {
    throw new Error(`a PNG of another kind: ${JSON.stringify(header)}`);
  }
  const step = header.colour === 6 ? 4 : 3;
  const row = header.width * step;
  const raw = zlib.inflateSync(Buffer.concat(parts), { maxOutputLength: (row + 1) * header.height });
  const lines = [];
  for (let y = 0; y < header.height; ++y) {
    const start = y * (row + 1);
    const line = raw.subarray(start + 1, start + 1 + row);
    unfilter(raw[start], line, lines[y - 1], step);
    lines.push(line);
  }
  return { width: header.width, height: header.height, at: (x, y) => [...lines[y].subarray(x * step, x * step + 3)] };
}

/** How many of `columns` x `rows` sampled points show each colour, most frequent first: [[colour, count], ...]. */
export function sampleColours(image, columns = 64, rows = 64) {
  const counts = new Map();
  for (let row = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column) {
      const x = Math.floor((column + 0.5) * image.width / columns);
      const y = Math.floor((row + 0.5) * image.height / rows);
      const colour = image.at(x, y).join(',');
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
