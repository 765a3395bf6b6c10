// Prints "PASSED FAILED" of a vitest JSON report. Arguments: the report, vitest's exit status.
// Skipped tests count as neither, and are named on stderr.
import { readFileSync } from 'node:fs';

const [report = '', status = '1'] = process.argv.slice(2);
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));

// A file that fails before its tests begin has none that failed.
const brokenFiles = testResults.filter(
  ({ status: outcome, assertionResults }) =>
    outcome === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
for (const { name } of brokenFiles) console.error(`failed outside its tests: ${name}`);

const skipped = testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter((test) => test.status !== 'passed' && test.status !== 'failed'),
);
for (const { fullName, status: outcome } of skipped) console.error(`${outcome}: ${fullName}`);

let failed = numFailedTests + brokenFiles.length;
// Errors outside of tests, such as an unhandled rejection, show in the exit status alone.
if (status !== '0' && failed === 0) failed = 1;
console.log(`${numPassedTests} ${failed}`);
