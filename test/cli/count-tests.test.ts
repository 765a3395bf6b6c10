import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from '../support/files.js';

const SCRIPT = fileURLToPath(new URL('../../.ci/count-tests.js', import.meta.url));

interface File {
  readonly status: 'passed' | 'failed';
  readonly tests: readonly string[];
}

/** What the script counts in a report of these files, with vitest's exit status. */
function counted(files: readonly File[], status: number): string {
  const all = files.flatMap(({ tests }) => tests);
  const report = {
    numPassedTests: all.filter((outcome) => outcome === 'passed').length,
    numFailedTests: all.filter((outcome) => outcome === 'failed').length,
    testResults: files.map((file, index) => ({
      name: `file${index}`,
      status: file.status,
      assertionResults: file.tests.map((outcome) => ({ status: outcome, fullName: 'a test' })),
    })),
  };
  const path = join(folderWith({ 'report.json': JSON.stringify(report) }), 'report.json');
  return execFileSync(process.execPath, [SCRIPT, path, String(status)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

test.each<[string, File[], number, string]>([
  ['all passed', [{ status: 'passed', tests: ['passed', 'passed'] }], 0, '2 0'],
  ['one failed', [{ status: 'failed', tests: ['passed', 'failed'] }], 1, '1 1'],
  ['a skipped test is neither', [{ status: 'passed', tests: ['passed', 'skipped'] }], 0, '1 0'],
  [
    'a file that cannot be loaded is a failure',
    [
      { status: 'passed', tests: ['passed'] },
      { status: 'failed', tests: [] },
    ],
    1,
    '1 1',
  ],
  ['a failing hook is a failure', [{ status: 'failed', tests: ['passed', 'skipped'] }], 1, '1 1'],
  ['an error outside of tests is a failure', [{ status: 'passed', tests: ['passed'] }], 1, '1 1'],
])('the last line of the check: %s', (_, files, status, expected) => {
  expect(counted(files, status)).toBe(expected);
});
