import { readFileSync } from 'node:fs';
import { describeChange } from '@qapi-ts/runtime/compare';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { diffSchemas } from '../../generator/diff/index.js';
import { repositoryPath, schemaOf } from '../support/sdk.js';
import { describeWithShared, type SharedTarget, sharedSchemas } from '../support/shared.js';

/** A change between two releases, checked by hand against their schemas and release notes. */
interface Known {
  readonly from: string;
  readonly to: string;
  readonly target?: SharedTarget;
  readonly impact: string;
  readonly direction?: string;
  readonly told: string;
  readonly renamed?: string;
}

const known = parse(
  readFileSync(repositoryPath('test/fixtures/diff/known-changes.yaml'), 'utf8'),
) as readonly Known[];

describeWithShared('changes between releases, checked by hand', () => {
  const schemas = sharedSchemas();
  const side = (release: string, target: SharedTarget) => {
    const found = schemas.find((schema) => schema.release === release && schema.target === target);
    return { schema: schemaOf(found?.file ?? ''), label: release, introspected: false };
  };
  const pairOf = ({ from, to, target = 'qmp' }: Known) => `${from} ${to} ${target}`;
  const pairs = [...new Set(known.map(pairOf))];

  it('are thirty at least', () => expect(known.length).toBeGreaterThanOrEqual(30));

  it.each(pairs)('%s', (pair) => {
    const expected = known.filter((change) => pairOf(change) === pair);
    const [from = '', to = '', target = 'qmp'] = pair.split(' ') as [string, string, SharedTarget];
    const { changes } = diffSchemas(side(from, target), side(to, target), target);
    const found = changes.map((change) => ({
      impact: change.impact,
      direction: change.direction,
      told: describeChange(change),
      renamed: change.renamedTo,
    }));
    for (const { impact, direction = null, told, renamed = null } of expected) {
      expect(found).toContainEqual({ impact, direction, told, renamed });
    }
  });
});
