import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { mergeExtension, readExtension } from '../../generator/extension/index.js';
import { formOfRelease, introspect } from '../../generator/introspection/write/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { qapiTs } from '../support/cli.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-from-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASE = join(SHARED, 'qemu/2.12/qapi/qapi-schema.json');
const RHEL = join(SHARED, 'downstream/rhel-7.8-qemu-2.12');
const LATER = ['3.1', '4.2'].map((v) => `${v}=${join(SHARED, 'qemu', v, 'qapi/qapi-schema.json')}`);

interface Info {
  readonly 'meta-type': string;
  readonly name: string;
  readonly members?: readonly { readonly name: string }[];
  readonly variants?: readonly { readonly case: string }[];
  readonly values?: readonly string[];
}

/** A reply without what has no meaning in it: order, and how a release spells the default. */
function canonical(infos: readonly Info[]): readonly unknown[] {
  const by = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return infos
    .map((info) => ({
      ...info,
      ...(info.members && { members: [...info.members].sort((a, b) => by(a.name, b.name)) }),
      ...(info.variants && { variants: [...info.variants].sort((a, b) => by(a.case, b.case)) }),
      ...(info.values && { values: [...info.values].sort(by) }),
    }))
    .sort((a, b) => by(`${a['meta-type']} ${a.name}`, `${b['meta-type']} ${b.name}`));
}

/** A schema with the files of a folder on it, overlay first. */
function rebuilt(base: string, files: readonly string[]): Schema {
  let schema = loadSchema(base, { diagnostics: new Diagnostics() }).schema;
  for (const path of files) {
    const diagnostics = new Diagnostics();
    const file = readExtension(new SourceFile(path, readFileSync(path, 'utf8')), diagnostics);
    schema = schema && file && mergeExtension(schema, file, diagnostics);
    expect(diagnostics.list.filter((d) => d.severity === 'error')).toEqual([]);
  }
  if (schema === null) throw new Error('no schema');
  return schema;
}

describeWithShared('what RHEL 7.8 made of 2.12', () => {
  const oracle = () =>
    JSON.parse(readFileSync(join(RHEL, 'introspection/qmp.json'), 'utf8')) as readonly Info[];

  for (const [what, source] of [
    ['schema', 'qapi/qapi-schema.json'],
    ['introspection', 'introspection/qmp.json'],
  ] as const) {
    it(`is found in its ${what}, and upstream, backports and extension are it again`, async () => {
      const out = join(folder, what);
      const ran = await qapiTs([
        'extension-from',
        join(RHEL, source),
        '--base',
        BASE,
        '--out',
        out,
        '--release',
        ...LATER,
      ]);
      expect(ran.code, ran.stderr.slice(-1500)).toBe(0);
      const files = ['overlay.yaml', 'com.redhat.yaml'].map((name) => join(out, name));
      const schema = rebuilt(BASE, files);
      const infos = introspect(schema, { form: formOfRelease(2, 12) }) as readonly Info[];
      expect(canonical(infos)).toEqual(canonical(oracle()));
      const printed = await qapiTs(['introspect', BASE, '--as', '2.12', '--extension', ...files]);
      expect(canonical(JSON.parse(printed.stdout) as Info[])).toEqual(canonical(oracle()));
      // Neither half is it alone.
      const overlayOnly = rebuilt(BASE, files.slice(0, 1));
      expect(overlayOnly.commands.has('__com.redhat_drive_add')).toBe(false);
      expect(overlayOnly.commands.has('job-pause')).toBe(true);
    });
  }

  it('is found in what a running server says, whose types have no names', async () => {
    const ran = await qapiTs(['introspect', join(RHEL, 'qapi/qapi-schema.json'), '--mask']);
    const reply = join(folder, 'masked.json');
    writeFileSync(reply, ran.stdout);
    const out = join(folder, 'masked');
    const args = ['extension-from', reply, '--base', BASE, '--out', out, '--release', ...LATER];
    const lines = (await qapiTs(args)).stdout.split('\n');
    expect(lines).toContain("downstream command '__com.redhat_drive_add'");
    expect(lines).toContain("downstream member '__com.redhat_reason' of event 'BLOCK_IO_ERROR'");
    expect(lines).toContain("backport   member 'qdev' of struct 'BlockStats' (added; of 3.1)");
    expect(lines).toContain("backport   command 'job-pause' (added; of 3.1)");
    expect(lines).toContain("backport   struct 'Qcow2BitmapInfo' (added; of 4.2)");
    // What is built of it shows a client the same, whatever its types are called.
    const files = ['overlay.yaml', 'com.redhat.yaml'].map((name) => join(out, name));
    const again = join(folder, 'again.json');
    writeFileSync(
      again,
      (await qapiTs(['introspect', BASE, '--mask', '--as', '2.12', '--extension', ...files]))
        .stdout,
    );
    const difference = JSON.parse(
      (await qapiTs(['diff', again, reply, '--format', 'json'])).stdout,
    );
    expect(difference.changes).toEqual([]);
  });

  it('tells each difference apart', async () => {
    const ran = await qapiTs(
      ['extension-from', join(RHEL, 'qapi/qapi-schema.json'), '--base', BASE, '--release'].concat(
        LATER,
      ),
    );
    const lines = ran.stdout.split('\n').filter((line) => line !== '');
    const of = (word: string) => lines.filter((line) => line.startsWith(word));
    expect(of('downstream')).toEqual([
      "downstream enum 'RHEL7BlockErrorReason'",
      "downstream member '__com.redhat_reason' of event 'BLOCK_IO_ERROR'",
      "downstream command '__com.redhat_drive_del'",
      "downstream command '__com.redhat_drive_add'",
      "downstream command '__com.redhat_qxl_screendump'",
    ]);
    expect(lines).toContain("backport   member 'qdev' of struct 'BlockStats' (added; of 3.1)");
    expect(lines).toContain("backport   member 'busy' of struct 'BlockDirtyInfo' (added; of 4.2)");
    expect(lines).toContain("backport   member 'arch' of struct 'TargetInfo' (changed; of 3.1)");
    expect(lines).toContain("removed    command 'x-blockdev-create' (removed, as in 3.1)");
    expect(of('removed').length).toBe(8);
    // A machine that 3.1 had no more: nearer releases would say which one brought it.
    expect(of('changed')).toEqual([expect.stringContaining("branch 'ppcemb' of union")]);
    expect(lines.length).toBe(of('downstream').length + of('backport').length + 9);
  });

  it('is what the example in the repository says', async () => {
    const out = join(folder, 'example');
    await qapiTs([
      'extension-from',
      join(RHEL, 'qapi/qapi-schema.json'),
      '--base',
      BASE,
      '--out',
      out,
    ]);
    const commands = (path: string) => {
      const schema = rebuilt(BASE, [path]);
      return [...schema.commands.values()]
        .filter(({ name }) => name.startsWith('__'))
        .map(({ name, arguments: args, open }) => [name, schema.types.get(args ?? ''), open])
        .map((command) => JSON.stringify(command, (key, v) => (key === 'span' ? null : v)));
    };
    expect(commands('qapi/extensions/redhat-7.yaml')).toEqual(
      commands(join(out, 'com.redhat.yaml')),
    );
  });
});

describe('extension-from', () => {
  const schema = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const base = schema(
    'base.json',
    `{ 'enum': 'Color', 'data': [ 'red' ] }
{ 'struct': 'S', 'data': { 'a': 'str', '*b': 'int' } }
{ 'command': 'one', 'data': { 's': 'S' }, 'returns': 'S' }
{ 'command': 'two', 'data': { 'c': 'Color' } }
`,
  );
  const later = schema(
    'later.json',
    `{ 'enum': 'Color', 'data': [ 'red', 'blue' ] }
{ 'struct': 'S', 'data': { 'a': 'str', '*b': 'int', '*new': 'bool' } }
{ 'command': 'one', 'data': { 's': 'S' }, 'returns': 'S' }
{ 'command': 'three', 'data': { 'c': 'Color', '*extra': 'str' } }
`,
  );
  const from = async (text: string, ...options: string[]) => {
    const downstream = schema('downstream.json', text);
    const args = ['extension-from', downstream, '--base', base, '--release', `9.0=${later}`];
    const ran = await qapiTs([...args, ...options]);
    return { ...ran, lines: ran.stdout.split('\n').filter((line) => line !== '') };
  };

  it('tells downstream, backports exact and not, changes and removals', async () => {
    const { lines } = await from(`{ 'enum': 'Color', 'data': [ 'red', 'blue', '__x_pink', 'own' ] }
{ 'struct': 'S', 'data': { 'a': 'int', '*b': 'int', '*__com.acme_m': 'Mine', '*new': 'str' } }
{ 'enum': 'Mine', 'data': [ 'm' ] }
{ 'command': 'one', 'data': { 's': 'S' } }
{ 'command': 'three', 'data': { 'c': 'Color' } }
{ 'command': 'four' }
`);
    expect(lines).toEqual([
      "backport   value 'blue' of enum 'Color' (added; of 9.0)",
      "downstream value '__x_pink' of enum 'Color'",
      "changed    value 'own' of enum 'Color' (added; upstream's changed, against the rules)",
      "changed    member 'a' of struct 'S' (changed; upstream's changed, against the rules)",
      "downstream member '__com.acme_m' of struct 'S'",
      "backport   member 'new' of struct 'S' (added; of 9.0, where it differs)",
      "downstream enum 'Mine'",
      "changed    command 'one' (changed; upstream's changed, against the rules)",
      "backport   command 'three' (added; of 9.0, where it differs)",
      "changed    command 'four' (added; plain, but of no release, against the rules)",
      "removed    command 'two' (removed, as in 9.0)",
    ]);
  });

  it('asks whose the names are that do not say it', async () => {
    const text = `${readFileSync(base, 'utf8')}{ 'command': '__do' }\n`;
    const out = join(folder, 'nameless');
    const refused = await from(text, '--out', out);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--vendor')]);
    expect((await from(text, '--out', out, '--vendor', 'com.acme')).code).toBe(0);
    expect(readFileSync(join(out, 'com.acme.yaml'), 'utf8')).toContain('- command: __do');
    expect((await from(text, '--out', out, '--vendor', 'com.acme', '--check')).code).toBe(0);
  });

  it('says so where there is nothing', async () => {
    const out = join(folder, 'nothing');
    expect((await from(readFileSync(base, 'utf8'), '--out', out)).lines[0]).toBe('no difference');
  });

  it('looks for backports in the embedded releases after the base', async () => {
    const ran = await qapiTs(['extension-from', '8.2', '--base', '7.2', '--target', 'qga']);
    expect(ran.code).toBe(0);
    const lines = ran.stdout.split('\n');
    expect(lines.some((line) => /^backport .*\(added; of 8\.2\)$/.test(line))).toBe(true);
    expect(lines.some((line) => line.startsWith('changed'))).toBe(false);
  });
});
