// How does a browser come to be without a network for real?
// A network namespace has loopback and no route, so navigator.onLine is false and nothing outside answers, while page and
// lab on loopback go on. The test runs itself once more inside one; what it tests there is left to the test files.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './processes.mjs';

const run = promisify(execFile);
const MARK = 'BLINDSPOT_E2E_NO_NETWORK';

/** Whether this process already runs without a network. */
export const withoutNetwork = () => process.env[MARK] === '1';

/** The command that runs `command` without a network, or {reason} where this machine allows none. */
export async function commandWithoutNetwork(command) {
  const [unshare, ip] = [findProgram('unshare'), findProgram('ip', ['/sbin/ip', '/usr/sbin/ip'])];
  if (!unshare) return { reason: 'unshare is not installed (Debian package util-linux)' };
  if (!ip) return { reason: 'ip is not installed (Debian package iproute2)' };
  const as_root = process.getuid() === 0 ? [] : ['--map-root-user'];
  const wrap = (rest) => [...as_root, '--net', 'sh', '-c', `'${ip}' link set lo up && exec "$@"`, 'sh', ...rest];
  try {
    await run(unshare, wrap(['true']), { timeout: 10_000 });
  } catch {
    return { reason: 'this machine allows no network namespace' };
  }
  return { program: unshare, args: wrap(command), env: { ...process.env, [MARK]: '1' } };
}
