// How does a test get a lab of its own?
// Starts the built `blindspot serve`, waits for its word that it is ready, ends it as a person would (Ctrl-C).

import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropScratch, makeScratch, startProcess, within } from './processes.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const ARTEFACTS = process.env.BLINDSPOT_E2E_ARTEFACTS ?? path.join(ROOT, 'build/e2e');
export const LAB_PROGRAM = process.env.BLINDSPOT_PROGRAM ?? path.join(ROOT, 'build/native/native/blindspot');
const READY_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

/** Body of an answer as text, bounded in time and size. */
export function fetchText(url, ms = 5000) {
  const reading = new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (response) => {
      const parts = [];
      let size = 0;
      response.on('data', (part) => {
        size += part.length;
        if (size > 10_000_000) request.destroy(new Error(`${url}: more than 10 MB`));
        parts.push(part);
      });
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 ? resolve(Buffer.concat(parts).toString('utf8'))
        : reject(new Error(`${url}: status ${response.statusCode}`))));
    });
    request.on('error', reject);
    request.setTimeout(ms, () => request.destroy(new Error(`${url}: nothing after ${ms} ms`)));
  });
  return within(ms, url, reading);
}

/**
 * Starts page and lab on ports they choose themselves, `dist` in place of the built page: {page_url, secure_page_url, description (lab.json), ca_file, stop()}.
 */
export async function startLab({ dist } = {}) {
  if (!existsSync(LAB_PROGRAM)) throw new Error(`${LAB_PROGRAM} is not built`);
  const folder = makeScratch('lab');
  const ca_file = path.join(folder, 'ca.pem');
  const server = startProcess(LAB_PROGRAM, ['serve', '--port', '0', '--ca', ca_file, ...(dist ? ['--dist', dist] : [])], { cwd: ROOT, label: 'blindspot serve' });
  try {
    const ready = await server.line(/\bready\b.*\bhttp:/, READY_LIMIT_MS);
    const page_url = `${/http:\/\/[^\s/]+/.exec(ready)[0]}/`;
    const description = JSON.parse(await fetchText(`${page_url}lab.json`));
    const secure_page_url = `${description.targets['tls-good']}/`;
    return { pid: server.pid, page_url, secure_page_url, description, ca_file, tail: server.tail, stop: () => stopLab(server, folder) };
  } catch (error) {
    await server.stop();
    dropScratch(folder);
    throw error;
  }
}

async function stopLab(server, folder) {
  dropScratch(folder);
  if (server.ended) throw new Error(`the lab had ended before: ${server.ended.signal ?? server.ended.code}: ${server.tail()}`);
  const how = await server.stop({ signal: 'SIGINT', grace: STOP_LIMIT_MS });
  if (how.code !== 0) throw new Error(`the lab ended with ${how.signal ?? how.code} at Ctrl-C: ${server.tail()}`);
}
