import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { introspectionModules, readIntrospection } from '../../introspection/read/index.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import { refuse } from '../exit.js';
import type { Draft } from './load.js';

/** Reads a `query-qmp-schema` reply. Ends the run when it cannot be had. */
export function readReply(source: string, diagnostics: Diagnostics): Draft | null {
  const read = readText(source);
  if (!read.ok) return refuse(`${source} ${read.reason}`);
  const definitions = readIntrospection(new SourceFile(source, read.text), diagnostics);
  return definitions === null ? null : { definitions, modules: introspectionModules };
}
