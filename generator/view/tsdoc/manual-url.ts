import { compareVersions } from '../../doc/index.js';
import type { DefinitionKind, Target } from '../../ir/types.js';

const PAGES = {
  qmp: { page: 'qemu-qmp-ref', namespace: 'QMP' },
  qga: { page: 'qemu-ga-ref', namespace: 'QGA' },
  qsd: { page: 'qemu-storage-daemon-qmp-ref', namespace: 'QSD' },
} as const satisfies Record<Target, { page: string; namespace: string }>;

/** What the manual calls a kind; structs and unions are objects there. */
const LABELS = {
  enum: 'Enum',
  struct: 'Object',
  union: 'Object',
  alternate: 'Alternate',
  command: 'Command',
  event: 'Event',
} as const satisfies Record<DefinitionKind, string>;

/** First release whose anchors are made of names; before, definitions were numbered. */
const NAMED_ANCHORS = '10.1';
/** First release whose manual is kept online. */
const KEPT = '6.0';

/**
 * The place of a definition in QEMU's online manual, of the same release where that is kept.
 * From 10.1 on it is an exact anchor, `#command-QMP-block-core.blockdev-add`. Before, it is a text
 * fragment, which browsers look up on the page. null: no release, or a name no manual of QEMU's has.
 */
export function manualUrl(
  target: Target,
  version: string | null,
  definition: {
    readonly kind: DefinitionKind;
    readonly name: string;
    /** File that defines it, such as "block-core.json". */
    readonly module: string;
  },
): string | null {
  const { kind, name, module } = definition;
  if (version === null || !/^\d+\.\d+(?:\.\d+)?$/.test(version)) return null;
  // Downstream names, and those of implicit types.
  if (!/^[A-Za-z][\w.-]*$/.test(name) || name.startsWith('q_')) return null;
  const { page, namespace } = PAGES[target];
  const { base, isKept, hasAnchors } = manualOf(version);
  const url = `${base}/interop/${page}.html`;
  if (hasAnchors) {
    const stem = (module.split('/').at(-1) ?? '').replace(/\.json$/, '');
    const anchor = `${LABELS[kind].toLowerCase()}-${namespace}-${stem}.${name}`;
    return `${url}#${anchor.replace(/[^\w.-]/g, encodeURIComponent)}`;
  }
  const heading = isKept ? `${name} (${LABELS[kind]})` : `${LABELS[kind]} ${name}`;
  return `${url}#:~:text=${fragment(heading)}`;
}

interface Manual {
  readonly version: string;
  readonly base: string;
  readonly isKept: boolean;
  readonly hasAnchors: boolean;
}

/** The last that was asked for: all definitions of a schema ask for the same. */
let last: Manual | null = null;

function manualOf(version: string): Manual {
  if (last?.version === version) return last;
  const release = /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
  const isKept = compareVersions(version, KEPT) >= 0;
  last = {
    version,
    base: isKept
      ? `https://qemu.readthedocs.io/en/v${release}`
      : 'https://www.qemu.org/docs/master',
    isKept,
    hasAnchors: compareVersions(version, NAMED_ANCHORS) >= 0,
  };
  return last;
}

/** Text fragments give hyphens, commas and ampersands a meaning. */
function fragment(text: string): string {
  return encodeURIComponent(text).replace(
    /[-()]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
