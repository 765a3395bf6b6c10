import type { Site } from './model.js';

/**
 * What a change means for a program made for the old schema. `breaking`: something that was accepted
 * is refused, or something that was promised is not kept. `arrival`: a value that the old schema does
 * not know may arrive. `safe`: more is accepted, or less arrives. `notice`: nothing on the wire, but
 * worth knowing.
 */
export type Impact = 'breaking' | 'arrival' | 'safe' | 'notice';

export const IMPACTS = [
  'breaking',
  'arrival',
  'safe',
  'notice',
] as const satisfies readonly Impact[];

/** What a client sends, or what it receives. */
export type Direction = 'sent' | 'received';

type Weight = Impact | Readonly<Record<Direction, Impact>>;

/** Every kind of change, with its weight: what is sent may get wider, what is received narrower. */
export const CHANGES = {
  'command-removed': 'breaking',
  'command-added': 'safe',
  'event-removed': 'breaking',
  'event-added': 'arrival',
  'member-removed': 'breaking',
  'member-added': { sent: 'safe', received: 'safe' },
  /** Mandatory in what is sent. */
  'member-required': 'breaking',
  'member-made-mandatory': { sent: 'breaking', received: 'safe' },
  'member-made-optional': { sent: 'safe', received: 'breaking' },
  'value-removed': { sent: 'breaking', received: 'safe' },
  'value-added': { sent: 'safe', received: 'arrival' },
  /** Any text where there were certain values. */
  'values-opened': { sent: 'safe', received: 'arrival' },
  /** Certain values where there was any text. */
  'values-closed': { sent: 'breaking', received: 'safe' },
  'type-widened': { sent: 'safe', received: 'breaking' },
  'type-narrowed': { sent: 'breaking', received: 'safe' },
  'type-changed': 'breaking',
  /** The same values under another built-in type, which TypeScript may see differently. */
  'type-respelled': 'notice',
  'alternative-removed': { sent: 'breaking', received: 'safe' },
  'alternative-added': { sent: 'safe', received: 'breaking' },
  'discriminator-changed': 'breaking',
  'return-added': 'safe',
  'return-removed': 'breaking',
  'further-members-refused': { sent: 'breaking', received: 'notice' },
  'further-members-accepted': { sent: 'safe', received: 'notice' },
  'reply-removed': 'breaking',
  'reply-added': 'breaking',
  'oob-forbidden': 'breaking',
  'oob-allowed': 'safe',
  'preconfig-forbidden': 'breaking',
  'preconfig-allowed': 'safe',
  deprecated: 'notice',
  undeprecated: 'notice',
  'made-unstable': 'notice',
  'made-stable': 'notice',
  'feature-added': 'notice',
  'feature-removed': 'notice',
  'condition-added': 'notice',
  'condition-removed': 'notice',
  'condition-changed': 'notice',
  'type-renamed': 'notice',
} as const satisfies Readonly<Record<string, Weight>>;

export type ChangeCode = keyof typeof CHANGES;

export function impactOf(code: ChangeCode, direction: Direction | null): Impact {
  const weight: Weight = CHANGES[code];
  if (typeof weight === 'string') return weight;
  if (direction === null) throw new Error(`${code} needs a direction`);
  return weight[direction];
}

/** A part of what is declared at a site. */
export interface PartName {
  readonly kind: 'member' | 'value';
  readonly name: string;
}

/** Something from which what changed is reached. */
export interface Use {
  readonly kind: 'command' | 'event';
  readonly name: string;
}

/** One difference between two schemas. */
export interface Change {
  readonly code: ChangeCode;
  readonly impact: Impact;
  /** null: of the command, event or type as such. */
  readonly direction: Direction | null;
  /** Where, by the names of the old schema as far as it has one. */
  readonly site: Site;
  readonly part: PartName | null;
  /** Values of the discriminator that it is about; empty: no matter which. */
  readonly branches: readonly string[];
  /** What was there: a type, a feature, a condition, a discriminator. */
  readonly before: string | null;
  readonly after: string | null;
  /**
   * Name of the type that stands there now, where that is another one than the site's and not its
   * new name; null: the site's own type changed.
   */
  readonly replacedBy: string | null;
  /** The `if` of what was removed or added. */
  readonly condition: string | null;
  /** Commands and events that it reaches, in order of their names, commands first. */
  readonly uses: readonly Use[];
}
