import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { printDiagnostics } from '../../diagnostics/print.js';
import { visible } from '../../diagnostics/visible.js';
import { DIALECT_FEATURES, type DialectFeature } from '../../schema/dialect.js';
import { foundWanting } from '../exit.js';
import { hasColor, type Io, remark } from '../io.js';
import type { ReadingOptions } from './options.js';

/** Prints what a front end found; ends the run when an error is among it. */
export function printFindings(
  diagnostics: Diagnostics,
  options: ReadingOptions,
  label: string,
  io: Io,
): void {
  const { errors, warnings } = diagnostics;
  io.stderr.write(
    printDiagnostics(diagnostics, {
      color: hasColor(io.stderr, io.env),
      anchors: options.strict ?? false,
      width: io.stderr.columns ?? 100,
    }),
  );
  if (errors + warnings > 1) {
    const counts = [count(errors, 'error'), count(warnings, 'warning')].filter((c) => c !== '');
    remark(io, `${visible(label)}: ${counts.join(', ')}`);
  }
  if (errors > 0) foundWanting();
}

/** `3 errors`, `1 error`, or '' for none. */
export function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `--verbose`: the forms of other ages that a schema uses. */
export function sayDialect(dialect: readonly DialectFeature[], io: Io): void {
  if (dialect.length === 0) {
    remark(io, 'dialect: no feature that QEMU 10.2 does not have');
    return;
  }
  for (const { name, first, count: times } of dialect) {
    const { line } = first.file.position(first.start);
    const place = `${visible(first.file.path)}:${line}`;
    const often = times === 1 ? `once, at ${place}` : `${times} times, first at ${place}`;
    remark(io, `dialect: ${DIALECT_FEATURES[name]} [${name}]: ${often}`);
  }
}
