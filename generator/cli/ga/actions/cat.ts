import type { Action } from '../action.js';
import type { Agent } from '../agent.js';
import { ByteOutput } from '../bytes.js';
import { bytesOf, member, wholeNumberOf } from '../values.js';

/** How much is asked for at a time, in bytes: what is held in memory, whatever the file's size. */
const CHUNK = 256 * 1024;

export const cat: Action = {
  summary: "print files of the guest's",
  define(command, { io, run }) {
    command.argument('<files...>', 'paths in the guest').action((files: readonly string[]) =>
      run(async (agent) => {
        const output = new ByteOutput(io.stdout);
        for (const file of files) await copy(agent, file, output);
        output.end();
      }),
    );
  },
};

async function copy(agent: Agent, path: string, output: ByteOutput): Promise<void> {
  const opened = { handle: await agent.ask('guest-file-open', { path, mode: 'r' }) };
  const handle = wholeNumberOf(opened, 'handle', 'guest-file-open');
  try {
    for (;;) {
      const read = await agent.ask('guest-file-read', { handle, count: CHUNK });
      const bytes = bytesOf(read, 'buf-b64', 'guest-file-read');
      await output.write(bytes);
      // An agent that gives nothing and never says that this was the end must not hold us.
      if (member(read, 'eof') === true || bytes.length === 0) break;
    }
  } finally {
    await agent.ask('guest-file-close', { handle }, { anyway: true });
  }
}
