// How does the test start other programs so that none outlives it and no wait is endless?
// Every program gets a session of its own; it and all that it started are ended by pid, also when the
// test itself dies by an error or a signal. What the programs are is left to the callers.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const sessions_alive = new Set();
const scratch_folders = new Set();

/** Resolves or rejects as `promise` does, or rejects with the name of the wait after `ms` milliseconds. */
export function within(ms, what, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${ms} ms`)), ms);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Resolves after `ms` milliseconds; for the pause between two looks at something that reports no event. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Calls `look` until it answers something truthy and resolves with that; rejects after `ms` with what was seen last. */
export async function until(what, look, { ms = 10_000, every = 50 } = {}) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    let problem = null;
    try {
      last = await within(Math.max(end - Date.now(), 1), what, Promise.resolve(look()));
    } catch (error) {
      problem = error;
    }
    if (!problem && last) return last;
    if (Date.now() >= end) {
      throw new Error(`${what}: not within ${ms} ms${problem ? ` (${problem.message})` : ''}`);
    }
    await pause(every);
  }
}

/** A folder of its own, removed when the test ends. */
export function makeScratch(label) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `blindspot-e2e-${label}-`));
  scratch_folders.add(folder);
  return folder;
}

/** Removes a folder of makeScratch now. */
export function dropScratch(folder) {
  scratch_folders.delete(folder);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  } catch {
    // A browser's last process may still write there; the system's own cleaning of temporary files takes the rest.
  }
}

/** Full path of a program on PATH or of the first existing of `others`, or null. */
export function findProgram(name, others = []) {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const candidate = path.join(folder, name);
    if (folder && existsSync(candidate)) return candidate;
  }
  return others.find((candidate) => existsSync(candidate)) ?? null;
}

// One line of /proc/PID/stat: the name in parentheses may hold spaces, so the fields are counted from its end.
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, state: fields[0], parent: Number(fields[1]), session: Number(fields[3]), started: fields[19] };
  } catch {
    return null;
  }
}

/** The living processes that `root` started, directly or not, itself included; those of its session too. */
export function familyOf(root) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).map(readStat)
    .filter((stat) => stat && stat.state !== 'Z');
  const family = new Map();
  for (const stat of all) if (stat.pid === root || stat.session === root) family.set(stat.pid, stat);
  for (let grew = true; grew;) {
    grew = false;
    for (const stat of all) {
      if (!family.has(stat.pid) && family.has(stat.parent)) {
        family.set(stat.pid, stat);
        grew = true;
      }
    }
  }
  family.delete(process.pid);
  return [...family.values()];
}

function signalEach(family, signal) {
  for (const { pid, started } of family) {
    if (readStat(pid)?.started !== started) continue;
    try {
      process.kill(pid, signal);
    } catch {
      // Ended between the look and the signal.
    }
  }
}

const isGone = ({ pid, started }) => {
  const now = readStat(pid);
  return !now || now.state === 'Z' || now.started !== started;
};

/** Ends a process and all that it started: asks first, then forces those that still live after `grace` milliseconds. */
export async function endFamily(root, { signal = 'SIGTERM', grace = 3000 } = {}) {
  const family = familyOf(root);
  signalEach(family.filter(({ pid }) => pid === root), signal);
  try {
    await until(`process ${root} to end`, () => family.every(isGone), { ms: grace, every: 25 });
  } catch {
    const rest = [...family, ...familyOf(root)];
    signalEach(rest, 'SIGKILL');
    await until(`process ${root} to end by force`, () => rest.every(isGone), { ms: 5000, every: 25 });
  }
  sessions_alive.delete(root);
}

/** Remembers a process that another library started, so that it is ended with the test. */
export function adopt(pid) {
  sessions_alive.add(pid);
}

/** Forgets an adopted process that has ended. */
export function release(pid) {
  sessions_alive.delete(pid);
}

process.on('exit', () => {
  for (const root of sessions_alive) signalEach(familyOf(root), 'SIGKILL');
  for (const folder of scratch_folders) dropScratch(folder);
});
for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
  process.on(signal, () => process.exit(status));
}

/**
 * Starts a program. `lines` holds the last lines it printed on both outputs; `line(pattern, ms)` waits for one of them;
 * `exited` resolves with {code, signal}; `stop()` ends it and all that it started.
 */
export function startProcess(command, args, { env = process.env, cwd, label = path.basename(command), extra_pipes = 0 } = {}) {
  const stdio = ['ignore', 'pipe', 'pipe', ...Array(extra_pipes).fill('pipe')];
  const child = spawn(command, args, { env, cwd, stdio, detached: true });
  const lines = [];
  const listeners = new Set();
  let ended = null;

  const take = (text) => {
    lines.push(text);
    if (lines.length > 2000) lines.splice(0, 1000);
    for (const listener of listeners) listener(text);
  };
  for (const stream of child.stdio.slice(1).filter(Boolean)) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('error', () => {});
    stream.on('data', (chunk) => {
      const parts = (rest + chunk).slice(-100_000).split('\n');
      rest = parts.pop();
      parts.forEach(take);
    });
    stream.on('end', () => rest && take(rest));
  }

  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, error }));
    child.on('exit', (code, signal) => resolve({ code, signal }));
  }).then((how) => {
    ended = how;
    return how;
  });
  if (child.pid) sessions_alive.add(child.pid);

  const tail = () => lines.slice(-8).join(' | ') || 'no output';
  return {
    pid: child.pid,
    lines,
    exited,
    get ended() { return ended; },
    tail,
    onLine(listener) { listeners.add(listener); },

    line(pattern, ms = 10_000) {
      const seen = lines.find((text) => pattern.test(text));
      if (seen !== undefined) return Promise.resolve(seen);
      let listener;
      const arrival = new Promise((resolve) => {
        listener = (text) => pattern.test(text) && resolve(text);
        listeners.add(listener);
      });
      const early_end = exited.then((how) => {
        throw new Error(`${label} ended early (${how.error?.message ?? how.signal ?? how.code}): ${tail()}`);
      });
      return within(ms, `${label} to print ${pattern}`, Promise.race([arrival, early_end]))
        .finally(() => listeners.delete(listener));
    },

    async stop({ signal = 'SIGTERM', grace = 3000 } = {}) {
      if (child.pid) await endFamily(child.pid, { signal, grace });
      return within(2000, `${label} to be reaped`, exited);
    },
  };
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first of `count` neighbouring ports that are free on loopback. */
export async function findPortBlock(count = 1) {
  for (let attempt = 0; attempt < 100; ++attempt) {
    // Below the range from which the system takes ports for outgoing connections.
    const first = 12_000 + Math.floor(Math.random() * (20_000 - count));
    let free = true;
    for (let port = first; free && port < first + count; ++port) {
      free = await canListen(port, '127.0.0.1') && await canListen(port, '0.0.0.0');
    }
    if (free) return first;
  }
  throw new Error(`no ${count} neighbouring free ports found in 100 tries`);
}
