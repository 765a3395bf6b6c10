import { resolve } from 'node:path';
import type { Command } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import { addConnectionOptions } from '../../shell/live/index.js';
import { refuse } from '../exit.js';
import { requireFolder } from '../input/place.js';
import { type Io, remark, say } from '../io.js';
import { examples } from '../program.js';
import { jsonValue } from './json-value.js';
import { type QomOptions, type QomSession, withQom } from './session.js';

/** How often it is looked whether somebody else has unmounted the tree, in milliseconds. */
const LOOK = 500;

export function define(command: Command, io: Io): void {
  command.argument('<address>', 'where the server is').argument('<folder>', 'an empty folder');
  addConnectionOptions(command).action(
    async (address: string, folder: string, options: QomOptions) => {
      requireFolder(folder);
      await withQom(address, options, io, (session) => mount(session, resolve(folder), io));
    },
  );
  command.addHelpText(
    'after',
    `
Objects are folders, links symbolic links, and properties files: their value is on one line, and
writing to one sets it. It is mounted until it is unmounted, the server ends or Ctrl-C. It needs
/dev/fuse, libfuse 2, fusermount, and one of the packages @cocalc/fuse-native and fuse-native.`,
  );
  examples(
    command,
    'npm install @cocalc/fuse-native',
    'qapi-ts qom mount /run/vm/qmp.sock /mnt/qom & cat /mnt/qom/machine/type',
    'echo 2 > /mnt/qom/machine/peripheral/balloon0/guest-stats-polling-interval',
  );
}

async function mount({ qom, live }: QomSession, where: string, io: Io): Promise<void> {
  const { MountError, mountFiles, QomFiles } = await import('../../qom/mount/index.js');
  const files = new QomFiles(qom, jsonValue);
  try {
    const mounted = await mountFiles(where, files, (path, error) => {
      remark(io, `qapi-ts: ${visible(path)}: ${visible(error.message)}`);
    });
    say(io, visible(`The objects of ${live.address} are mounted at ${where}`));
    try {
      await ended(live, () => mounted.isThere());
    } finally {
      await mounted.unmount();
    }
  } catch (error) {
    if (error instanceof MountError) refuse(error.message);
    throw error;
  }
}

/** Waits until there is no longer a reason to be mounted. Fails where the connection broke. */
async function ended({ client, signal }: QomSession['live'], isThere: () => Promise<boolean>) {
  let timer: NodeJS.Timeout | undefined;
  const unmounted = new Promise<void>((done, fail) => {
    timer = setInterval(() => {
      isThere().then((there) => there || done(), fail);
    }, LOOK);
  });
  try {
    // An interruption closes the connection.
    const broken = await Promise.race([client.closed, unmounted]);
    if (broken !== undefined && !signal.aborted) throw broken;
  } finally {
    clearInterval(timer);
  }
}
