import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseLock, printLock } from '../../generator/targets/index.js';

const lock = {
  generator: '0.1.0+abc',
  targets: new Map([
    ['b', { settings: '1', inputs: new Map(), outputs: new Map([['x.ts', '00e1']]) }],
    [
      'a',
      {
        settings: '2',
        inputs: new Map([
          ['../"quoted"\n: name', 'aa'],
          ['__proto__', 'bb'],
        ]),
        outputs: new Map(),
      },
    ],
  ]),
};

test('a lock is read as it was written, a line a file, sorted', () => {
  const text = printLock(lock);
  expect(parseLock(text)).toEqual(lock);
  expect(Object.keys(parse(text).targets)).toEqual(['a', 'b']);
  expect(text.split('\n')).toContain('      "x.ts": "00e1"');
  expect(printLock({ generator: 'g', targets: new Map() })).toContain('targets: {}\n');
});

test.each([
  '',
  'targets: {}',
  'generator: 1\ntargets: []',
  '<<<<<<< HEAD\ngenerator: a\n=======\ngenerator: b\n>>>>>>> other\n',
  'generator: a\ntargets: { a: { settings: x, inputs: {} } }',
  'generator: a\ntargets: { a: { settings: x, inputs: { a: [] }, outputs: {} } }',
])('%j is no lock', (text) => {
  expect(parseLock(text)).toBeNull();
});
