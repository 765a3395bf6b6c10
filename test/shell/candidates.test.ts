import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { painter } from '../../generator/diagnostics/paint.js';
import { candidatesAt } from '../../generator/shell/complete/candidates.js';
import { spotAt } from '../../generator/shell/complete/spot.js';
import { spotHelp } from '../../generator/shell/help/topics.js';
import { actions, candidates, commands, labels, schema, spot, texts } from './support.js';

describe('command names', () => {
  it('are completed by their beginning', () => {
    expect(texts('query-statu|')).toEqual(['query-status ']);
    expect(labels('blockdev-a|')).toEqual(['blockdev-add']);
  });

  it('are found by any part where none begins so', () => {
    expect(labels('dev-add|')).toEqual(['blockdev-add', 'netdev_add', 'chardev-add'].sort());
  });

  it('stand beside the words of the shell', () => {
    expect(labels('he|')).toEqual(['help']);
    expect(labels('|').length).toBe(schema.commands.size + 3);
  });

  it('are completed in JSON with their quotes', () => {
    expect(texts('{"execute": "query-statu|')).toEqual(['"query-status"']);
    expect(texts('{"exec-oob": "migrate-p|')).toEqual(['"migrate-pause"']);
    expect(labels('{"e|')).toEqual(['execute', 'exec-oob']);
  });

  it('are the actions within a transaction', () => {
    expect(labels('blockdev-|', actions)).toEqual([
      'blockdev-backup',
      'blockdev-snapshot',
      'blockdev-snapshot-internal-sync',
      'blockdev-snapshot-sync',
    ]);
    expect(labels('blockdev-snapshot |', actions)).toEqual(['node', 'overlay']);
  });

  it('say what is deprecated, unstable or recent', () => {
    const help = new Map(candidates('|').map(({ label, help: text }) => [label, text]));
    expect(help.get('query-xen-replication-status')).toContain('since 2.9');
    expect(help.get('x-query-rdma') ?? help.get('x-query-jit')).toContain('unstable');
  });
});

describe('argument names', () => {
  it('are those of the command, required ones first', () => {
    expect(labels('block_resize |')).toEqual(['size', 'device', 'node-name']);
    expect(texts('block_resize si|')).toEqual(['size=']);
  });

  it('leave out what is given, before and behind the cursor', () => {
    expect(labels('block_resize size=1 | device=a')).toEqual(['node-name']);
  });

  it('are those of all before the discriminator is given, and of its branch afterwards', () => {
    expect(labels('blockdev-add |')).toContain('driver');
    expect(labels('blockdev-add |')).not.toContain('lazy-refcounts');
    expect(labels('blockdev-add driver=qcow2 lazy|')).toEqual(['lazy-refcounts']);
    expect(labels('blockdev-add lazy| driver=qcow2')).toEqual(['lazy-refcounts']);
    expect(labels('blockdev-add {"driver": "qcow2", "lazy|')).toEqual(['lazy-refcounts']);
    expect(labels('blockdev-add driver=qcow lazy|')).toEqual([]);
  });

  it('go on with a dot where the value is an object', () => {
    expect(texts('blockdev-add driver=nbd serv|')).toEqual(['server.']);
    expect(labels('blockdev-add driver=nbd server.|')).toEqual(['type']);
    expect(labels('blockdev-add driver=nbd server.type=inet server.|')).toContain('host');
  });

  it('stay open where the value is an object or a name', () => {
    expect(texts('blockdev-add driver=qcow2 fil|')).toEqual(['file']);
    expect(labels('blockdev-add driver=qcow2 file.driver=file file.filen|')).toEqual(['filename']);
  });

  it('number the items of a list', () => {
    expect(texts('blockdev-add driver=quorum childr|')).toEqual(['children.0']);
    expect(labels('blockdev-add driver=quorum children.|')).toEqual(['0']);
    expect(labels('blockdev-add driver=quorum children.0=a children.|')).toEqual(['1']);
    expect(labels('blockdev-add driver=quorum children.0.dri|')).toEqual(['driver']);
  });

  it('are completed at any depth of JSON', () => {
    const line = '{"execute": "blockdev-add", "arguments": {"driver": "qcow2", "file": {"dri|';
    expect(texts(line)).toEqual(['"driver": ']);
    expect(labels('blockdev-add driver=qcow2 file={"driver": "file", "filen|')).toEqual([
      'filename',
    ]);
    expect(labels('transaction actions=[{"type": "abort"}, {"ty|')).toEqual(['type']);
    expect(labels('transaction {"actions": [{"type": "blockdev-snapshot", "data": {"o|')).toEqual([
      'overlay',
    ]);
  });

  it('are none of an unknown command', () => {
    expect(labels('no-such-command |')).toEqual([]);
    expect(labels('query-status |')).toEqual([]);
  });
});

describe('values', () => {
  it('are those of an enum', () => {
    expect(labels('blockdev-add driver=qc|')).toEqual(['qcow', 'qcow2']);
    expect(texts('blockdev-add driver=qcow2|')).toEqual(['qcow2 ']);
    expect(texts('blockdev-add driver="qcow2|')).toEqual(['qcow2 ']);
    expect(texts('blockdev-add {"driver": "qcow2|')).toEqual(['"qcow2"']);
    expect(texts('blockdev-add {"driver": qcow2|')).toEqual(['"qcow2"']);
  });

  it('say what their branch needs', () => {
    const [only] = candidates('blockdev-add driver=qcow2|');
    expect(only?.help).toContain('needs file');
    const [inet] = candidates('blockdev-add driver=nbd server.type=ine|');
    expect(inet?.help).toContain('needs host, port');
  });

  it('are true and false of a boolean, null of what may be null', () => {
    expect(labels('blockdev-add driver=qcow2 read-only=|')).toEqual(['true', 'false']);
    expect(labels('blockdev-add driver=qcow2 backing=|')).toEqual(['null']);
    expect(labels('transaction {"actions": [{"type": "ab|')).toEqual(['abort']);
  });

  it('are joined by those the server has, quoted where they must be', () => {
    const live = [
      { name: 'disk 0', help: 'raw' },
      { name: 'disk1', help: 'qcow2' },
    ];
    expect(texts('block_resize node-name=di|', commands, live)).toEqual(['"disk 0" ', 'disk1 ']);
    expect(texts('block_resize {"node-name": "disk1|', commands, live)).toEqual(['"disk1"']);
  });

  it('go on where a server says so', () => {
    const live = [{ name: '/machine', help: 'container', more: true as const }];
    expect(texts('qom-list path=/ma|', commands, live)).toEqual(['/machine']);
  });
});

describe('what is known of a release', () => {
  it('is said of what its server does not explain', () => {
    const paragraph = (text: string) => [
      { kind: 'paragraph' as const, inlines: [{ kind: 'text' as const, text }] },
    ];
    const types = new Map(
      [...schema.types].map(([name, type]) => {
        if (type.kind === 'struct' && name === 'q_obj_block_resize-arg') {
          const members = type.members.map((each) => ({ ...each, doc: paragraph('How long.') }));
          return [name, { ...type, members }];
        }
        if (type.kind !== 'enum' || name !== 'BlockdevDriver') return [name, type];
        const values = type.values.map((each) => ({ ...each, since: '1.5', doc: paragraph('A.') }));
        return [name, { ...type, values }];
      }),
    );
    const documented = [...schema.commands].map(([name, command]) => {
      const summary = [{ kind: 'text' as const, text: `Does ${name}.` }];
      const doc = { summary, body: [], returns: [], errors: [] };
      return [name, { ...command, doc }] as const;
    });
    const docs = { schema: { ...schema, types }, callables: new Map(documented) };
    const known = { ...commands, docs };
    const help = (line: string) => candidates(line, known).map((candidate) => candidate.help);
    expect(help('query-status|')).toEqual(['since 0.14, Does query-status.']);
    expect(help('block_resize siz|')).toEqual(['int, required, How long.']);
    expect(help('blockdev-add driver=null-co|')).toEqual(['since 1.5, A.']);
  });
});

describe('topics of help', () => {
  it('are commands, events and types', () => {
    expect(candidates('help BLOCK_JOB_COM|').map(({ help }) => help)).toEqual(['event']);
    expect(labels('help BlockdevOptionsQcow|')).toEqual([
      'BlockdevOptionsQcow',
      'BlockdevOptionsQcow2',
    ]);
    expect(labels('help blockdev-add more|')).toEqual([]);
  });
});

describe('places', () => {
  it('begin where what is typed begins', () => {
    expect(spot('stop|')).toMatchObject({ kind: 'command', start: 0 });
    expect(spot('block_resize node|')).toMatchObject({ kind: 'key', start: 13, typed: 'node' });
    expect(spot('blockdev-add file.dri|')).toMatchObject({ start: 18, typed: 'dri' });
    expect(spot('block_resize node-name=d|')).toMatchObject({ kind: 'value', start: 23 });
    expect(spot('blockdev-add {"driver": "q|')).toMatchObject({ kind: 'value', start: 24 });
  });

  it.each([
    '{"a": }|',
    '{]|',
    '}|',
    '[[[[|',
    '{"execute": {"x": |',
    '{"execute": "blockdev-add", "arguments": [|',
    'blockdev-add {"driver": "qcow2"} |',
    'blockdev-add {{|',
    'blockdev-add a=[{]|',
    'blockdev-add ...|',
    "blockdev-add '|",
    'blockdev-add __proto__.|',
    'help |',
    '   |',
    '\\|',
  ])('are found in %s without harm', (line) => {
    expect(() => labels(line)).not.toThrow();
  });

  it('are found however deep the JSON is', () => {
    expect(labels(`blockdev-add x=${'['.repeat(100_000)}|`)).toEqual([]);
    expect(labels(`{"execute": "stop", "arguments": ${'{"a":'.repeat(50_000)}|`)).toEqual([]);
  });

  it('are found in whatever is typed, and replace what stands before the cursor', () => {
    const pieces = [
      ...['blockdev-add', 'help', 'driver=', 'qcow2', 'file.', 'children.0', '{"execute": "'],
      ...['"arguments": {', '{', '}', '[', ']', '"', "'", ':', ',', ' ', '=', '.', '\\', 'é', '\n'],
    ];
    const line = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
    const help = { schema, docs: null, paint: painter(false), width: 80 };
    fc.assert(
      fc.property(line, fc.nat(200), fc.boolean(), (parts, at, isAction) => {
        const text = parts.join('');
        const cursor = Math.min(at, text.length);
        const known = isAction ? actions : commands;
        const place = spotAt(text, cursor, known);
        candidatesAt(place, known);
        spotHelp(place, text, help);
        if (!('start' in place)) return;
        expect(place.start).toBeLessThanOrEqual(cursor);
        expect(text.slice(place.start, cursor).endsWith(place.typed)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
