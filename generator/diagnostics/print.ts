import type { SourceFile, Span } from '../source/source-file.js';
import type { Diagnostic, Severity } from './diagnostic.js';
import type { Diagnostics } from './diagnostics.js';
import { excerpt } from './excerpt.js';
import { type Paint, painter } from './paint.js';
import { visible } from './visible.js';

export interface PrintOptions {
  readonly color?: boolean;
  /** Name the places where QEMU's own generator reports, as `--strict` does. */
  readonly anchors?: boolean;
  /** Columns of the terminal, 100 when it is none. */
  readonly width?: number;
}

/** All findings as text for a person, with what was left out; '' when there are none. */
export function printDiagnostics(diagnostics: Diagnostics, options: PrintOptions = {}): string {
  const paint = painter(options.color ?? false);
  const parts = diagnostics.list.map((diagnostic) => `${printDiagnostic(diagnostic, options)}\n`);
  if (diagnostics.leftOut > 0) {
    const count = diagnostics.leftOut;
    const what = `${count} further ${count === 1 ? 'finding' : 'findings'} left out`;
    parts.push(paint.dim(`${what} (only the first ${diagnostics.limit} are shown)\n`));
  }
  return parts.join('');
}

/**
 * One finding: `path:line:column: severity: message [code]`, the source line with the place marked,
 * the definition it lies in, other places involved, and the includes that led there.
 */
export function printDiagnostic(diagnostic: Diagnostic, options: PrintOptions = {}): string {
  const paint = painter(options.color ?? false);
  const width = options.width ?? 100;
  const at = options.anchors === true ? (diagnostic.anchor ?? diagnostic.at) : diagnostic.at;
  const lines = [heading(at, diagnostic, paint)];
  // Marked is always the exact place, even where the heading names the one that QEMU names.
  const marked = diagnostic.at ?? at;
  if (marked !== null) lines.push(...excerpt(marked, width, colorOf(diagnostic.severity, paint)));
  if (diagnostic.definition !== null) lines.push(`  in ${visible(diagnostic.definition)}`);
  for (const { message, at: place } of diagnostic.related) {
    lines.push(`  ${paint.bold(`${where(place)}:`)} ${visible(message)}`);
    lines.push(...excerpt(place, width, paint.cyan));
  }
  if (marked !== null) lines.push(...includeChain(marked.file));
  return lines.join('\n');
}

function heading(at: Span | null, diagnostic: Diagnostic, paint: Paint): string {
  const place = at === null ? '' : `${paint.bold(`${where(at)}:`)} `;
  const severity = colorOf(diagnostic.severity, paint)(`${diagnostic.severity}:`);
  return `${place}${severity} ${visible(diagnostic.message)} ${paint.dim(`[${diagnostic.code}]`)}`;
}

function colorOf(severity: Severity, paint: Paint): (text: string) => string {
  const colors: Record<Severity, (text: string) => string> = {
    error: paint.red,
    warning: paint.yellow,
    note: paint.cyan,
  };
  return colors[severity];
}

/** `path:line:column` */
function where(span: Span): string {
  const { line, column } = span.file.position(span.start);
  return `${visible(span.file.path)}:${line}:${column}`;
}

/** How the file came to be read, the nearest include first. */
function includeChain(file: SourceFile): string[] {
  const lines: string[] = [];
  for (let at = file.includedAt; at !== null; at = at.file.includedAt) {
    const { line } = at.file.position(at.start);
    lines.push(`  included from ${visible(at.file.path)}:${line}`);
  }
  return lines;
}
