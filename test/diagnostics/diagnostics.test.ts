import { describe, expect, it } from 'vitest';
import { catalogue, type DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';

describe('Diagnostics', () => {
  it('keeps as many as the limit and counts all', () => {
    const diagnostics = new Diagnostics({ limit: 2 });
    for (let index = 0; index < 5; index += 1) {
      diagnostics.report('unknown-type', `number ${index}`, null);
    }
    expect(diagnostics.list.map(({ message }) => message)).toEqual(['number 0', 'number 1']);
    expect(diagnostics.errors).toBe(5);
    expect(diagnostics.leftOut).toBe(3);
  });

  it('lets one stand for all where old schemas have masses, but not in strict mode', () => {
    const report = (diagnostics: Diagnostics) => {
      for (const message of ['a', 'b', 'c']) diagnostics.report('name-case', message, null);
      diagnostics.report('name-form', 'd', null);
      return diagnostics;
    };
    const relaxed = report(new Diagnostics());
    expect(relaxed.list.map(({ message }) => message)).toEqual([
      'a (and 2 more: see strict mode)',
      'd',
    ]);
    expect(relaxed.warnings).toBe(2);
    expect(report(new Diagnostics({ strict: true })).errors).toBe(4);
  });
});

describe('the catalogue', () => {
  const codes = Object.entries(catalogue) as [DiagnosticCode, (typeof catalogue)[DiagnosticCode]][];

  it.each(codes)('%s is a kebab-case code with a summary', (code, { summary }) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(summary).toMatch(/^\S.{8,}[^.\s]$/);
  });

  it('lets no error be an error in default mode alone', () => {
    for (const [, info] of codes) {
      if (info.severity === 'error') expect('strict' in info && info.strict).toBe(false);
    }
  });
});
