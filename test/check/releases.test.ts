import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadSchema } from '../../generator/schema/index.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';

describeWithShared('default mode on every released schema', () => {
  const rows = ['release\ttarget\twarnings\tcodes'];

  it.each(sharedSchemas())('$release $target is accepted, and readably', (shared) => {
    const diagnostics = new Diagnostics();
    const { schema } = loadSchema(shared.file, { diagnostics });
    const errors = diagnostics.list.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(schema?.commands.size).toBeGreaterThan(5);
    // What a person can read: hundreds of findings would hide those that matter.
    expect(diagnostics.list.length).toBeLessThan(60);
    const codes = new Set(diagnostics.list.map(({ code }) => code));
    rows.push([shared.release, shared.target, diagnostics.warnings, codes.size].join('\t'));
  });

  it('is all of them', () => {
    console.log(rows.join('\n'));
    expect(rows.length).toBe(sharedSchemas().length + 1);
  });
});
