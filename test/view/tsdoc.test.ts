import { describe, expect, it } from 'vitest';
import { manualUrl, type TsDocInput, tsdoc } from '../../generator/view/tsdoc.js';
import { readDefinition } from '../support/docs.js';

const BLANK: TsDocInput = {
  summaryFallback: '',
  doc: null,
  since: null,
  features: [],
  condition: null,
  wireName: 'disk-eject',
  kind: 'command',
  resolve: ({ name, role }) =>
    name === 'Disk' && role !== 'member'
      ? { tsName: 'Disk' }
      : name === 'tray-open'
        ? { tsName: 'Client.trayOpen' }
        : null,
  manualUrl: null,
};

const comment = (input: Partial<TsDocInput>): string => tsdoc({ ...BLANK, ...input }).join('\n');

function documented(text: string, input: Partial<TsDocInput> = {}): string {
  const { doc, since, features } = readDefinition(text);
  return comment({
    doc,
    since,
    features: [...features].map(([name, { blocks }]) => ({
      name,
      condition: null,
      doc: blocks,
      span: null,
    })),
    ...input,
  });
}

describe('TSDoc', () => {
  it('holds prose, then tags, the link to the manual last', () => {
    const text = `
@disk-eject:

Ejects a \`Disk\`, see \`tray-open\`, @drive and \`nothing\`.

.. note:: **Not** *all* \`\`disks\`\` \`\`{"a": 1}\`\`.

- one
- two

Features:

@deprecated: Use \`tray-open\`.

@fast: No delay.

Returns: A \`Disk\`.

Errors:
    - If @drive is unknown, GenericError

Since: 5.2

.. qmp-example::
   :title: Now

   -> { "execute": "disk-eject" }
`;
    expect(documented(text, { manualUrl: 'https://example.org/#a' })).toBe(
      `
Ejects a {@link Disk}, see {@link Client.trayOpen | tray-open}, \`drive\` and \`nothing\`.

**Note:** **Not** *all* \`disks\` \`{"a": 1}\`.

- one
- two

Command \`disk-eject\`.

**Feature** \`fast\`: No delay.

@returns A {@link Disk}.
@throws
- If \`drive\` is unknown, GenericError
@example Now
\`\`\`json
-> { "execute": "disk-eject" }
\`\`\`
@deprecated Use {@link Client.trayOpen | tray-open}.
@since 5.2
@remarks [QEMU manual](https://example.org/#a)
`.trim(),
    );
  });

  it('states facts where there is no prose', () => {
    expect(comment({})).toBe('Command `disk-eject`.');
    expect(comment({ summaryFallback: 'Runs `disk-eject`.', since: '1.0' })).toBe(
      'Runs `disk-eject`.\n\n@since 1.0',
    );
    expect(comment({ kind: 'enum-value', wireName: 'cow' })).toBe('Value `cow`.');
  });

  it('names the condition', () => {
    const name = (text: string) => ({ kind: 'defined', name: text }) as const;
    const condition = {
      kind: 'all',
      of: [name('A'), { kind: 'not', of: { kind: 'any', of: [name('B'), name('C')] } }],
    } as const;
    expect(comment({ condition })).toContain(
      'Present when the build has `A` and not (`B` or `C`).',
    );
  });

  it('tells what is experimental', () => {
    const unstable = { name: 'unstable', condition: null, doc: [], span: null };
    expect(comment({ features: [unstable] })).toMatch(/^@experimental$/m);
    expect(documented('@disk-eject:\n\nFeatures:\n\n@unstable: May go.')).toBe(
      'Command `disk-eject`.\n\n**Unstable:** May go.\n\n@experimental',
    );
    expect(comment({ wireName: 'x-disk' })).toMatch(/^@experimental$/m);
    expect(comment({})).not.toContain('@experimental');
  });

  it('tells what is deprecated, also without prose', () => {
    const deprecated = { name: 'deprecated', condition: null, doc: [], span: null };
    expect(comment({ features: [deprecated] })).toMatch(/^@deprecated \S/m);
  });

  it('describes parts by their own text, definitions by the fallback before a list', () => {
    const blocks = [
      { kind: 'paragraph', inlines: [{ kind: 'text', text: 'Size in bytes' }] },
    ] as const;
    expect(comment({ kind: 'member', blocks, summaryFallback: 'Fallback.' })).toBe('Size in bytes');
    expect(comment({ kind: 'enum', blocks, summaryFallback: 'Fallback.' })).toBe(
      'Fallback.\n\nSize in bytes',
    );
  });

  it('wraps long lines, but neither code nor links', () => {
    const long = `@a:\n\n${'word '.repeat(60)}\`\`${'x '.repeat(80)}y\`\` https://example.org/${'z'.repeat(120)}`;
    const lines = documented(long).split('\n');
    expect(lines.filter((line) => line.length > 100)).toHaveLength(2);
  });

  it('does not let wrapping make a list', () => {
    const lines = documented(`@a:\n\n${'words '.repeat(15)} - 1. # > + ${'words '.repeat(15)}`);
    expect(lines).not.toMatch(/^(?:[-+>#]|\d+\.) /m);
  });
});

describe('links to the manual', () => {
  it('hold nothing that ends them, whatever the symbol is called', () => {
    const manualUrl = 'https://example.org/#a) [x](b */ {@link y} \u2028';
    expect(comment({ manualUrl })).toMatch(/^@remarks \[QEMU manual\]\(https:[!-'+-~]+\)$/m);
    expect(comment({ manualUrl: 'javascript:alert(1)' })).toMatch(/^@remarks `QEMU manual`$/m);
  });

  const command = {
    kind: 'command',
    name: 'blockdev-add',
    module: 'qapi/block-core.json',
  } as const;
  it.each([
    ['qmp', '10.2', 'v10.2.0/interop/qemu-qmp-ref.html#command-QMP-block-core.blockdev-add'],
    [
      'qsd',
      '10.1.2',
      'v10.1.2/interop/qemu-storage-daemon-qmp-ref.html#command-QSD-block-core.blockdev-add',
    ],
    ['qmp', '7.2', 'v7.2.0/interop/qemu-qmp-ref.html#:~:text=blockdev%2Dadd%20%28Command%29'],
  ] as const)('%s %s', (target, version, end) => {
    expect(manualUrl(target, version, command)).toBe(`https://qemu.readthedocs.io/en/${end}`);
  });

  it('of releases whose manual is not kept lead to the newest', () => {
    expect(manualUrl('qmp', '2.4', command)).toBe(
      'https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html#:~:text=Command%20blockdev%2Dadd',
    );
  });

  it('name kinds as the manual does', () => {
    const anchor = (kind: 'struct' | 'union' | 'enum' | 'alternate' | 'event') =>
      manualUrl('qga', '10.2', { kind, name: 'X', module: 'qapi-schema.json' })?.split('#')[1];
    expect(anchor('struct')).toBe('object-QGA-qapi-schema.X');
    expect(anchor('union')).toBe('object-QGA-qapi-schema.X');
    expect(anchor('enum')).toBe('enum-QGA-qapi-schema.X');
    expect(anchor('alternate')).toBe('alternate-QGA-qapi-schema.X');
    expect(anchor('event')).toBe('event-QGA-qapi-schema.X');
  });

  it('are not made for what no manual has', () => {
    expect(manualUrl('qmp', null, command)).toBeNull();
    expect(manualUrl('qmp', 'rhel', command)).toBeNull();
    expect(manualUrl('qmp', '2.12', { ...command, name: '__com.redhat_x' })).toBeNull();
    expect(manualUrl('qmp', '10.2', { ...command, name: 'q_obj_x-arg' })).toBeNull();
    expect(manualUrl('qmp', '10.2', { ...command, name: 'a} b' })).toBeNull();
  });
});
