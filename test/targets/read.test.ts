import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { readTargets } from '../../generator/targets/index.js';

const schema = JSON.parse(
  readFileSync(new URL('../../qapi/targets.schema.json', import.meta.url), 'utf8'),
);
const accepts = new Ajv({ allowUnionTypes: true }).compile(schema);

function read(text: string) {
  const diagnostics = new Diagnostics();
  const targets = readTargets(new SourceFile('qapi-ts.yaml', text), diagnostics);
  const findings = diagnostics.list.map(({ code, at, message }) => {
    const { line, column } = at?.file.position(at.start) ?? { line: 0, column: 0 };
    return `${line}:${column} ${code}: ${message}`;
  });
  return { targets, findings };
}

const FULL = `
targets:
  - name: vm-qmp
    target: qmp
    source: { introspection: replies/vm.json, names-from: 10.2 }
    conditions:
      define: [CONFIG_LINUX]
      undef: [CONFIG_WIN32]
    extensions: [vendor.yaml]
    options: { int64: bigint, templates: tpl, release: 10.0, root: .., allow-outside: true }
    output: src/vm
`;

describe('a targets file', () => {
  test('gives its targets, releases as they are written', () => {
    const { targets, findings } = read(FULL);
    expect(findings).toEqual([]);
    expect(targets).toMatchObject([
      {
        name: 'vm-qmp',
        target: 'qmp',
        source: { introspection: 'replies/vm.json', namesFrom: '10.2', qemu: null, schema: null },
        conditions: { define: ['CONFIG_LINUX'], undef: ['CONFIG_WIN32'] },
        extensions: ['vendor.yaml'],
        options: {
          int64: 'bigint',
          release: '10.0',
          strict: false,
          root: '..',
          allowOutside: true,
        },
        output: 'src/vm',
      },
    ]);
  });

  test('the committed one and the one of this project agree with the JSON Schema', () => {
    const own = readFileSync(new URL('../../qapi/targets.yaml', import.meta.url), 'utf8');
    for (const text of [own, FULL]) {
      expect(read(text).findings).toEqual([]);
      expect(accepts(parse(text)), JSON.stringify(accepts.errors)).toBe(true);
    }
  });

  test('shares by aliases', () => {
    const { targets } = read(`
targets:
  - &a { name: a, source: &s { qemu: 10.2 }, output: a }
  - { name: b, source: *s, output: b }
`);
    expect(targets?.map(({ source }) => source.qemu)).toEqual(['10.2', '10.2']);
  });
});

const target = (rest: string) => `targets:\n  - { name: a, output: out, ${rest} }\n`;

describe('is refused at line and column', () => {
  test.each([
    ['targets:\n  - name: [\n', '3:1 targets-yaml'],
    ['a: 1\na: 2\n', 'targets-yaml'],
    ['', '1:1 targets-value: a targets file is a map'],
    ['targets: 1\n', "1:10 targets-value: 'targets' is a list"],
    ['target: []\n', "1:1 targets-missing-key: a targets file lacks the key 'targets'"],
    ['targets: []\nmore: 1\n', "2:1 targets-unknown-key: a targets file takes no key 'more'"],
    [
      'targets:\n  - name: a\n    output: x\n',
      "2:5 targets-missing-key: a target lacks the key 'source'",
    ],
    [target('source: {}'), "2:37 targets-value: 'source' has exactly one of"],
    [target('source: { qemu: 10.2, schema: x }'), "2:37 targets-value: 'source' has exactly one"],
    [target('source: { qemu: ten }'), "2:45 targets-value: 'qemu' is a release"],
    [target('source: { qemu: }'), "targets-value: 'qemu' is a text that is not empty"],
    [target('source: { common: [7.2] }'), "targets-value: 'common' has two releases or more"],
    [target('source: { qemu: 7.2, names-from: x }'), "'names-from' stands beside 'introspection'"],
    [target('source: { qemu: 7.2 }, target: qemu'), "'target' is one of qmp, qga, qsd"],
    [target('source: { qemu: 7.2 }, options: { int64: big }'), "'int64' is one of exact"],
    [target('source: { qemu: 7.2 }, options: { strict: "true" }'), "'strict' is true or false"],
    [target('source: { qemu: 7.2 }, conditions: { define: [A B] }'), "'define' holds names"],
    [
      'targets:\n  - { name: ../a, source: { qemu: 7.2 }, output: x }\n',
      "2:13 targets-value: 'name'",
    ],
    ['targets:\n  - { name: a, source: { qemu: 7.2 }, output: a\\b }\n', "'output' has '/'"],
  ])('%j', (text, expected) => {
    const { targets, findings } = read(text);
    expect(targets).toBeNull();
    expect(findings.join('\n')).toContain(expected);
    let data: unknown;
    try {
      data = parse(text);
    } catch {
      return;
    }
    expect(accepts(data), 'the JSON Schema refuses it too').toBe(false);
  });

  test('two of one name, or of one folder', () => {
    const twins = (a: string, b: string) =>
      read(`targets:
  - { name: ${a}, source: { qemu: 7.2 }, output: out }
  - { name: ${b}, source: { qemu: 7.2 }, output: ./out/ }
`).findings;
    expect(twins('a', 'b')).toEqual([
      expect.stringContaining('3:13 targets-duplicate: the output'),
    ]);
    expect(twins('a', 'a')[0]).toContain("3:13 targets-duplicate: two targets are called 'a'");
  });

  test.each([
    ['out', 'out/b', "the output folder 'out/b' lies in that of another target, 'out'"],
    ['a/../out/b', './out', "the output folder './out' contains that of another target"],
    ['.', 'out', "the output folder 'out' lies in that of another target, '.'"],
    ['Out', 'out/b', "the output folder 'out/b' lies in that of another target, 'Out'"],
    ['/x/y', '/x/y/z', "'/x/y/z' lies in that"],
    ['..', 'out', "'out' lies in that"],
    [resolve('out'), 'out', "the output folder 'out' belongs to another target"],
  ])('one in the folder of another: %s, %s', (a, b, message) => {
    const { findings } = read(`targets:
  - { name: a, source: { qemu: 7.2 }, output: ${a} }
  - { name: b, source: { qemu: 7.2 }, output: ${b} }
`);
    expect(findings).toEqual([expect.stringContaining(`3:13 targets-duplicate: `)]);
    expect(findings[0]).toContain(message);
  });

  test('not two beside each other, whatever their names begin with', () => {
    for (const [a, b] of [
      ['out', 'out2'],
      ['out/a', 'out/b'],
      ['../out', 'out'],
      ['..a', 'b'],
    ]) {
      const text = `targets:
  - { name: a, source: { qemu: 7.2 }, output: ${a} }
  - { name: b, source: { qemu: 7.2 }, output: ${b} }
`;
      expect(read(text).findings).toEqual([]);
    }
  });

  test('what would take for ever', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const { targets, findings } = read(`a0: &a0 [x]\n${levels.join('\n')}\ntargets: *a30\n`);
    expect(targets).toBeNull();
    expect(findings.join()).toContain('targets-yaml');
    const cycle = read('targets: &t [*t]\n');
    expect(cycle.targets).toBeNull();
    expect(read(`targets: ${'['.repeat(5000)}\n`).targets).toBeNull();
  });

  test('names of prototypes', () => {
    const { findings } = read('__proto__: 1\nconstructor: 2\ntargets: []\n');
    expect(findings).toHaveLength(2);
  });
});
