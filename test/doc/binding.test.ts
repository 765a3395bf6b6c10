import { expect, it } from 'vitest';
import { bindComments } from '../../generator/doc/index.js';
import { commented, readComments } from '../support/docs.js';

/** "definition<symbol" for each definition of the input, `name` or `name<symbol`, in one module. */
function bound(...definitions: readonly string[]): readonly string[] {
  const preceded = definitions.map((text) => {
    const [name = '', symbol] = text.split('<');
    const [comment = null] =
      symbol === undefined ? [] : readComments(commented(`@${symbol}:`)).comments;
    return { name, module: 'main.json', comment };
  });
  return bindComments(preceded).map((comment, at) => {
    const name = preceded[at]?.name ?? '';
    return comment === null ? name : `${name}<${comment.symbol?.name}`;
  });
}

it('leaves comments where they fit', () => {
  expect(bound('A<A', 'B', 'C<C')).toEqual(['A<A', 'B', 'C<C']);
});

it('moves a comment to the definition it names', () => {
  expect(bound('Helper<run', 'run')).toEqual(['Helper', 'run<run']);
  expect(bound('Helper<run', 'Other<Other', 'run')).toEqual(['Helper', 'Other<Other', 'run<run']);
});

it('does not move it backwards, nor where another comment stands', () => {
  expect(bound('run', 'Helper<run')).toEqual(['run', 'Helper<run']);
  expect(bound('Helper<run', 'run<run')).toEqual(['Helper<run', 'run<run']);
});

it('keeps misspelt names', () => {
  expect(bound('TPMInfo<TpmInfo')).toEqual(['TPMInfo<TpmInfo']);
});
