// Where do browsers with a window draw when the machine has no screen?
// One Xvfb of our own per session; it chooses a free display number itself, so two tests never meet.

import { findProgram, startProcess } from './processes.mjs';

/** Starts an X server without a screen; `name` is what DISPLAY must say. */
export async function startDisplay({ width = 2000, height = 1600 } = {}) {
  const program = findProgram('Xvfb');
  if (!program) throw new Error('Xvfb is not installed (Debian package xvfb)');
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'];
  const server = startProcess(program, args, { label: 'Xvfb', extra_pipes: 1 });
  try {
    const number = (await server.line(/^\d+$/, 15_000)).trim();
    return { name: `:${number}`, pid: server.pid, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
