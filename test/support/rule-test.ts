import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.js';
import { loadText } from './schema-text.js';

interface RuleCases {
  /** The severity in default mode; in strict mode it is always an error. */
  readonly severity: 'error' | 'warning';
  /** By title: a schema that breaks the rule once, where «…» marks the place. */
  readonly broken: { readonly [title: string]: string };
  /** By title: a schema that strict mode finds nothing in. */
  readonly fine: { readonly [title: string]: string };
}

/** Tests one rule: where it is broken, in both modes, and that it leaves its neighbours alone. */
export function testRule(code: DiagnosticCode, { severity, broken, fine }: RuleCases): void {
  describe(code, () => {
    it.each(Object.entries(broken))('broken: %s', (_title, marked) => {
      const start = marked.indexOf('«');
      const end = marked.indexOf('»') - 1;
      const text = marked.replace(/[«»]/g, '');

      const strict = loadText(text, { strict: true });
      expect(strict.codes).toContain(code);
      const finding = strict.diagnostics.list.find((diagnostic) => diagnostic.code === code);
      expect(place(finding)).toEqual({ start, end });
      expect(finding?.severity).toBe('error');
      expect(finding?.definition).toMatch(/^(enum|struct|union|alternate|command|event) '/);
      expect(text[finding?.anchor?.start ?? -1]).toBe('{');
      expect(finding?.message).not.toMatch(/\.$|undefined|\bnull\b(?! \w)/);
      expect(strict.schema).toBeNull();

      const relaxed = loadText(text);
      const [same] = relaxed.diagnostics.list.filter((diagnostic) => diagnostic.code === code);
      expect(place(same)).toEqual({ start, end });
      expect(same?.severity).toBe(severity);
      expect(relaxed.schema === null).toBe(severity === 'error');
    });

    it.each(Object.entries(fine))('kept: %s', (_title, text) => {
      const { diagnostics, schema } = loadText(text, { strict: true });
      expect(diagnostics.list).toEqual([]);
      expect(schema).not.toBeNull();
    });
  });
}

function place(finding: Diagnostic | undefined) {
  return { start: finding?.at?.start, end: finding?.at?.end };
}
