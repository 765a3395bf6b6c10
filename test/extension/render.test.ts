import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-ext-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REDHAT = 'qapi/extensions/redhat-7.yaml';
const EXAMPLE = 'qapi/extensions/example-vendor.yaml';

function filesBelow(path: string): ReadonlyMap<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );
}

describe('generate --extension', () => {
  it("leaves the SDK's own files byte for byte", async () => {
    const plain = join(folder, 'plain');
    const out = join(folder, 'with');
    const source = ['generate', '--qemu', '10.2', '--out'];
    expect((await qapiTs([...source, plain])).code).toBe(0);
    expect((await qapiTs([...source, out, '--extension', REDHAT, EXAMPLE])).code).toBe(0);
    const without = filesBelow(plain);
    const all = filesBelow(out);
    for (const [name, text] of without) expect(all.get(name) === text, name).toBe(true);
    const added = [...all.keys()].filter((name) => !without.has(name));
    expect(added.every((name) => /^ext\/(com\.redhat|org\.example)\//.test(name))).toBe(true);
    expect(added.length).toBe(16);
    // What stays as it is comes from the SDK.
    expect(all.get('ext/com.redhat/types.ts')).toContain("from '../../index.js'");
    expect(all.get('ext/com.redhat/types.ts')).not.toContain('interface BlockdevCacheOptions');
  });

  it('writes modules for a published SDK', async () => {
    const fixtures = 'test/fixtures';
    const ran = await qapiTs(
      ['generate', '--qemu', '10.2', '--extension', REDHAT, EXAMPLE].concat([
        '--extensions-only',
        '@qapi-ts/qemu/10.2/qmp',
        '--out',
        fixtures,
        '--check',
      ]),
    );
    expect(ran.stdout).toContain('16 files, up to date');
    expect(ran.code).toBe(0);
    expect(existsSync(join(fixtures, 'index.ts'))).toBe(false);
  });

  it("reads what Red Hat added to its oldest, a union's branch among it", async () => {
    const out = join(folder, 'old');
    const file = 'qapi/extensions/redhat-6.yaml';
    const ran = await qapiTs(['generate', '--qemu', '1.6', '--extension', file, '--out', out]);
    expect(ran.code).toBe(0);
    const files = filesBelow(join(out, 'ext/com.redhat'));
    expect(files.get('commands.ts')).toContain('driveMirror(args: ');
    expect(files.get('commands.ts')).toContain('transaction: {');
    expect(files.get('types.ts')).toContain("'__com.redhat_debug_info': RHEL6BlockErrorDebugInfo;");
  });

  it('is what a targets file says with extensions, made again when one changes', async () => {
    const example = readFileSync(EXAMPLE, 'utf8');
    writeFileSync(join(folder, 'acme.yaml'), example);
    const config = join(folder, 'qapi-ts.yaml');
    writeFileSync(
      config,
      `targets:
  - name: vm
    source: { qemu: 10.2 }
    extensions: [acme.yaml]
    output: vm
`,
    );
    const args = ['generate', '--config', config, '--jobs', '1'];
    expect((await qapiTs(args)).code).toBe(0);
    const methods = () => readFileSync(join(folder, 'vm/ext/org.example/index.ts'), 'utf8');
    expect(methods()).toContain("'__org.example_set-quota': 'setQuota'");
    expect((await qapiTs(args)).stdout).toContain('unchanged');
    writeFileSync(join(folder, 'acme.yaml'), example.replaceAll('set-quota', 'limit'));
    expect((await qapiTs(args)).stdout).toContain('written');
    expect(methods()).toContain("'__org.example_limit': 'limit'");
  });

  it('two of one vendor, JSON Schema and none at all are refused', async () => {
    const out = join(folder, 'no');
    const source = ['generate', '--qemu', '10.2', '--out', out];
    const twins = await qapiTs([...source, '--extension', REDHAT, REDHAT]);
    expect([twins.code, twins.stderr]).toEqual([
      1,
      expect.stringContaining("'com.redhat' has an extension already"),
    ]);
    const json = await qapiTs([...source, '--emit', 'json-schema', '--extension', REDHAT]);
    expect(json.code).toBe(2);
    expect((await qapiTs([...source, '--extensions-only', 'x'])).code).toBe(2);
    const missing = await qapiTs([...source, '--extension', join(folder, 'none.yaml')]);
    expect(missing.code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });
});
