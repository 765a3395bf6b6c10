import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Schema } from '../../ir/types.js';
import type { Span } from '../../source/source-file.js';
import type { StringNode } from '../../syntax/nodes.js';
import type { Reach } from '../../view/reach.js';
import type { ExpressionKind, ExtensionFile } from '../model.js';

/** A name that the extension brings. */
export interface NewName {
  readonly what: 'command' | 'event' | 'type' | 'member' | 'value' | 'error' | 'capability';
  readonly name: string;
  readonly span: Span;
}

/** A member, value or branch added to one of upstream's definitions. */
export interface Addition {
  readonly kind: ExpressionKind;
  /** Of upstream's definition. */
  readonly target: StringNode;
  readonly key: 'data' | 'base';
  readonly name: string;
  readonly optional: boolean;
  readonly span: Span;
}

export interface RuleContext {
  readonly extension: ExtensionFile;
  readonly upstream: Schema;
  readonly reach: Reach;
  readonly names: readonly NewName[];
  readonly additions: readonly Addition[];
  readonly report: (code: DiagnosticCode, message: string, at: Span) => void;
}

/** One rule of chapter "Downstream extension of QMP" of the protocol's specification. */
export type ExtensionRule = (context: RuleContext) => void;
