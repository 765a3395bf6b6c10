import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describe, it } from 'vitest';

const executable = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find(existsSync);
const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';

/** As `describe`; where there is no Chromium it says so, and fails where one is required. */
export function describeWithChromium(
  title: string,
  body: (start: () => Promise<Browser>) => void,
): void {
  describe(title, () => {
    if (executable !== undefined) return body(() => startChromium(executable));
    it('no chromium on PATH', (context) => {
      if (required) throw new Error('no chromium on PATH');
      context.skip('no chromium on PATH');
    });
  });
}

/** Closing it ends its whole group of processes and removes its profile. */
const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    timeout: 60_000,
  });
