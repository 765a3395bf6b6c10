import type { Target } from '../ir/types.js';
import type { Span } from '../source/source-file.js';
import type { Int64Mapping } from '../view/index.js';

/** Where a target's definitions come from; exactly one of the first four is given. Paths as written. */
export interface TargetSource {
  /** A release with embedded definitions, such as "10.2". */
  readonly qemu: string | null;
  /** Main file of a QAPI schema. */
  readonly schema: string | null;
  /** A `query-qmp-schema` reply: a file, or the address of a running server. */
  readonly introspection: string | null;
  /** Releases whose common part is wanted. */
  readonly common: readonly string[] | null;
  /** An old release's qmp-events.txt, to merge. */
  readonly catalogue: string | null;
  /** File or release that has the names of a masked reply. */
  readonly namesFrom: string | null;
}

/** Null: conditions are kept, not evaluated. */
export interface TargetConditions {
  readonly define: readonly string[];
  readonly undef: readonly string[];
}

export interface TargetOptions {
  readonly emit: 'sdk' | 'json-schema';
  readonly int64: Int64Mapping;
  /** Folder of templates that replace or add to ours. */
  readonly templates: string | null;
  /** QEMU's release, where the source does not say it. */
  readonly release: string | null;
  readonly strict: boolean;
  /** Module with the SDK that the extensions are for, where only they are wanted. */
  readonly extensionsOnly: string | null;
  /** Folder that included files must lie in. */
  readonly root: string | null;
  readonly allowOutside: boolean;
}

/** One SDK to generate. */
export interface TargetSpec {
  readonly name: string;
  readonly target: Target;
  readonly source: TargetSource;
  readonly conditions: TargetConditions | null;
  /** Extension files, as written. */
  readonly extensions: readonly string[];
  readonly options: TargetOptions;
  /** Folder to write to, as written. */
  readonly output: string;
  /** Its name in the file. */
  readonly span: Span;
}
