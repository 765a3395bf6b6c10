/**
 * The demo: a program on a generated SDK drives a QEMU.
 * Accepts a system emulator or none. Guarantees that neither a process nor a file stays behind.
 * Leaves to the CLI which QEMU to take and how to show what happens.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Schema } from '../ir/types.js';
import { driveQemu, type Tell } from './program.js';
import { startQemu } from './qemu.js';
import { createStandIn } from './stand-in.js';

export { findQemu } from './find-qemu.js';
export type { Tell } from './program.js';
export { StartError } from './qemu.js';

/** On a real QEMU. */
export function demoOnQemu(program: string, tell: Tell, signal: AbortSignal): Promise<void> {
  return inFolder(async (socket) => {
    const qemu = await startQemu(program, socket, signal);
    try {
      await driveQemu(qemu.monitor, tell, signal);
    } finally {
      qemu.monitor.destroy();
      await qemu.end();
    }
  });
}

/** On a server in this process that answers from a schema. */
export async function demoOnStandIn(
  schema: Schema,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  await driveQemu(createStandIn(schema), tell, signal);
}

/** With the path of a socket in a folder of its own, that nobody else may enter. */
async function inFolder(use: (socket: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-'));
  try {
    await use(join(folder, 'qmp.sock'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
