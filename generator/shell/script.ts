import { createInterface } from 'node:readline';
import { AbortError } from '@qapi-ts/runtime';
import { visible } from '../diagnostics/visible.js';
import type { Live } from './live/index.js';
import type { Mode } from './mode.js';

export interface ScriptOptions {
  /** Goes on after a line that failed. */
  readonly keepGoing: boolean;
  /** Said of the line that failed. */
  readonly complain: (line: string) => void;
}

/** How a script ended. */
export interface ScriptEnd {
  readonly failed: boolean;
  /** The connection ended, and that was not asked for: why. */
  readonly lost: string | null;
  /** The user interrupted it. */
  readonly interrupted: boolean;
}

/** Runs the lines of an input one after the other; the first that fails ends it. */
export async function runScript(
  input: NodeJS.ReadableStream,
  live: Live,
  mode: Mode,
  { keepGoing, complain }: ScriptOptions,
): Promise<ScriptEnd> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  let lost: string | null = null;
  const { signal } = live;
  const close = () => lines.close();
  // An input that gives nothing more would be waited for in vain.
  live.client.closed.then((error) => {
    lost = error?.message ?? 'the server closed the connection';
    close();
  });
  signal.addEventListener('abort', close, { once: true });
  let number = 0;
  let text = '';
  let failed = false;
  try {
    for await (const line of lines) {
      if (signal.aborted) break;
      number += 1;
      text = text === '' ? line : `${text}\n${line}`;
      if (mode.isIncomplete(text)) continue;
      const outcome = await mode.run(text, signal);
      text = '';
      if (outcome === 'leave') return { failed, lost: null, interrupted: false };
      if (outcome !== 'failed') continue;
      failed = true;
      complain(`line ${number} failed`);
      if (!keepGoing) return { failed, lost: null, interrupted: false };
    }
  } catch (error) {
    if (!(error instanceof AbortError) || !signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', close);
    lines.close();
  }
  if (mode.ending || signal.aborted) return { failed, lost: null, interrupted: signal.aborted };
  const begun = text === '' ? mode.pending : 'JSON';
  if (begun !== null && lost === null) {
    complain(visible(`the input ends within ${begun}`));
    failed = true;
  }
  return { failed, lost, interrupted: false };
}
