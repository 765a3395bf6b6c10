import { describe, expect, it } from 'vitest';
import { closest, didYouMean } from '../../generator/diagnostics/closest.js';

describe('the name that was probably meant', () => {
  it.each<[string, string[], string | undefined]>([
    ['BlockStat', ['BlockInfo', 'BlockStats', 'BlockState'], 'BlockStats'],
    ['retruns', ['returns', 'data'], 'returns'],
    ['DATA', ['data', 'base'], 'data'],
    ['a', ['b'], 'b'],
    ['a', ['xyz'], undefined],
    ['query-status', ['quit', 'stop'], undefined],
    ['', ['a'], 'a'],
    ['any', [], undefined],
    ['x'.repeat(100), ['x'.repeat(100)], undefined],
  ])('%s of %j', (name, candidates, expected) => {
    expect(closest(name, candidates)).toBe(expected);
  });

  it('is the first of those equally near', () => {
    expect(closest('cat', ['bat', 'rat'])).toBe('bat');
  });

  it('is added to a message in brackets, or not at all', () => {
    expect(didYouMean('strr', ['str'])).toBe(" (did you mean 'str'?)");
    expect(didYouMean('strr', ['boolean'])).toBe('');
  });

  it('is looked for among so many and no more', () => {
    let taken = 0;
    const endless = function* () {
      for (;;) {
        taken += 1;
        yield 'something else entirely';
      }
    };
    expect(closest('name', endless())).toBeUndefined();
    expect(taken).toBeLessThan(100_000);
  });
});
