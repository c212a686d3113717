// Do the printed configurations work? Each server that apt or npm brings is started without CORS: the browser refuses its answer.
// Blindspot reads that answer and prints the configuration; the server is started with it, and the same call goes through, its
// error answers can be read, and what the policy does not name is still refused.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { LAB_PROGRAM } from './lab.mjs';
import { dropScratch, findPortBlock, makeScratch } from './processes.mjs';
import { SERVERS, askHead, startPages, startServer } from './servers.mjs';

const runProgram = promisify(execFile);

// In these the texts are tried whatever the engine; all seven only in Chromium, for the servers are the same.
const IN_EVERY_BROWSER = ['nginx', 'express'];

const JSON_AND_ID = { 'Content-Type': 'application/json', 'X-Request-Id': 'a1' };
const POLICIES = {
  'one origin': { method: 'GET', headers: {}, credentials: 'omit', exposed: [] },
  'one origin with credentials': { method: 'PUT', headers: JSON_AND_ID, credentials: 'include', exposed: ['X-Total'] },
  // Of a server that said * already, which the repair keeps.
  'every origin': { method: 'PUT', headers: JSON_AND_ID, credentials: 'omit', exposed: ['X-Total'], said: 'Access-Control-Allow-Origin: *\r\n' },
};

// In the page: what its script is told of a call.
async function call({ url, method, headers, credentials, body }) {
  try {
    const response = await fetch(url, { method, headers, credentials, body, cache: 'no-store' });
    const text = await response.text();
    let sent = null;
    try { sent = JSON.parse(text); } catch { /* an error page */ }
    return { status: response.status, total: response.headers.get('X-Total'), other: response.headers.get('X-Other'), method: sent?.method, cookie: sent?.cookie };
  } catch (error) {
    return { refused: true, error: error.name };
  }
}

// What Blindspot prints for a server that answered like this.
async function printConfiguration(name, origin, url, policy, heads) {
  const folder = makeScratch('heads');
  try {
    const words = ['cors', '--page', origin, '--url', url, '--method', policy.method, '--credentials', policy.credentials, '--config', name];
    for (const [header, value] of Object.entries(policy.headers)) words.push('--header', `${header}: ${value}`);
    for (const header of policy.exposed) words.push('--expose', header);
    for (const [part, text] of Object.entries(heads)) writeFileSync(path.join(folder, part), text);
    if (heads.preflight) words.push('--preflight', path.join(folder, 'preflight'));
    return (await runProgram(LAB_PROGRAM, [...words, path.join(folder, 'answer')], { timeout: 10_000 })).stdout;
  } finally {
    dropScratch(folder);
  }
}

async function askHeads(port, origin, policy) {
  const heads = { answer: (await askHead(port, '/thing', { method: policy.method, headers: { Origin: origin, ...policy.headers } })).text };
  const names = Object.keys(policy.headers).map((header) => header.toLowerCase());
  if (policy.said) heads.answer = heads.answer.replace(/\r\n\r\n$/, `\r\n${policy.said}\r\n`);
  if (!names.length && policy.method === 'GET') return heads;
  const asked = { Origin: origin, 'Access-Control-Request-Method': policy.method, 'Access-Control-Request-Headers': names.join(',') };
  heads.preflight = (await askHead(port, '/thing', { method: 'OPTIONS', headers: asked })).text;
  return heads;
}

async function tryServer(bench, name, pages, policy) {
  const browser = await bench.session();
  const port = await findPortBlock();
  const url = `http://127.0.0.1:${port}/thing`;
  const wanted = { url, method: policy.method, headers: policy.headers, credentials: policy.credentials, body: policy.method === 'PUT' ? '{}' : undefined };
  const from = async (page, changes = {}) => {
    await browser.open(`${page}/`);
    await browser.evaluate(() => { document.cookie = 'sid=1; path=/; SameSite=Lax'; });
    return browser.evaluate(call, { ...wanted, ...changes });
  };
  const refused = async (what, seen) => assert.equal((await seen).refused, true, `${what} is refused`);

  const bare = await startServer(name, '', port);
  let text;
  try {
    await refused('the call before the repair', from(pages.home));
    text = await printConfiguration(name, pages.home, url, policy, await askHeads(port, pages.home, policy));
  } finally {
    await bare.stop();
  }
  const server = await startServer(name, text, port);
  try {
    const seen = await from(pages.home);
    assert.equal(seen.status, 200, `the call after the repair: ${JSON.stringify(seen)}\n${text}\n${server.tail()}`);
    assert.equal(seen.method, policy.method, 'the call itself arrived, not only its preflight');
    assert.equal(seen.cookie, policy.credentials === 'include' ? 'sid=1' : '');
    assert.equal(seen.total, policy.exposed.includes('X-Total') ? '7' : null, 'the exposed header');
    assert.equal(seen.other, null, 'a header that is not exposed');

    const plain = { method: 'GET', headers: {}, body: undefined };
    for (const [route, status] of [['missing', 404], ['broken', 500]]) {
      const error = await from(pages.home, { ...plain, url: url.replace('thing', route) });
      assert.equal(error.status, status, `the answer ${status} can be read: ${JSON.stringify(error)}\n${text}`);
    }

    if (policy.said) {
      assert.equal((await from(pages.neighbour)).status, 200, 'the call from another origin');
    } else {
      await refused('the call from another origin', from(pages.neighbour));
      await refused('a plain call from another origin', from(pages.neighbour, plain));
    }
    await refused('a method that the policy does not name', from(pages.home, { method: 'DELETE', body: undefined }));
    await refused('a header that the policy does not name', from(pages.home, { headers: { ...policy.headers, 'X-Unknown': '1' } }));
    if (policy.credentials === 'omit') await refused('a call with credentials', from(pages.home, { credentials: 'include' }));

    if (SERVERS[name].behind) {
      await server.stopBackend();
      const error = await from(pages.home, plain);
      assert.equal(error.status, name === 'apache' ? 503 : 502, `the answer of a proxy without its server can be read: ${JSON.stringify(error)}`);
    }
  } finally {
    await server.stop();
  }
}

export async function run(bench) {
  if (bench.without_network) return;
  const names = bench.browser === 'chromium' ? Object.keys(SERVERS) : IN_EVERY_BROWSER;
  const pages = await startPages();
  try {
    for (const name of names) {
      for (const [words, policy] of Object.entries(POLICIES)) {
        await bench.test(`${name}, ${words}`, () => tryServer(bench, name, pages, policy));
      }
    }
  } finally {
    await pages.stop();
  }
}
