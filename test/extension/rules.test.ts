import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { extended, releaseSchema } from '../support/extension.js';

const base = releaseSchema('10.2');

/** Findings of an extension of com.acme with these lines. */
const findings = (...lines: string[]) =>
  extended(base, ['extension: com.acme', ...lines, ''].join('\n')).findings;

it('a vendor is a reverse domain name', () => {
  for (const name of [
    'acme',
    'com..acme',
    '-a.b',
    'a.b-',
    'a/b.c',
    '../x',
    'a.b c',
    'com.acme_x',
  ]) {
    const text = `extension: ${JSON.stringify(name)}\n`;
    expect(extended(base, text).findings, name).toEqual(['extension-vendor 1:12']);
  }
  for (const name of ['com.acme', 'org.linux-kvm', 'uk.co.acme', 'com.3m']) {
    expect(extended(base, `extension: ${name}\n`).findings, name).toEqual([]);
  }
});

it('new names begin with two underscores', () => {
  expect(findings('definitions:', '  - command: acme-do')).toEqual(['extension-name 3:14']);
  expect(findings('definitions:', '  - event: ACME_DONE')).toEqual(['extension-name 3:12']);
  expect(findings('add:', '  - enum: RunState', '    data: [parked]')).toEqual([
    'extension-name 4:12',
  ]);
  expect(findings('add:', '  - struct: BlockInfo', "    data: { '*acme': str }")).toEqual([
    'extension-name 4:13',
  ]);
  expect(findings('capabilities: [fast]')).toEqual([
    'extension-name 2:16',
    'extension-capability 2:16',
  ]);
  expect(findings('errors: [{ class: Full, commands: [__com.acme_x] }]')).toEqual([
    'extension-name 2:19',
  ]);
});

it('types, which the protocol does not show, may have a plain name, with a warning', () => {
  const lines = ['definitions:', '  - enum: AcmeTier', '    data: [gold]'];
  expect(findings(...lines)).toEqual(['extension-type-name 3:11']);
  const proper = ['definitions:', '  - enum: __com.acme_Tier', '    data: [gold]'];
  expect(findings(...proper)).toEqual([]);
});

it("names should carry the vendor's, in either case", () => {
  expect(findings('definitions:', '  - command: __acme_do')).toEqual(['extension-prefix 3:14']);
  expect(findings('definitions:', '  - command: __com.other_do')).toEqual([
    'extension-prefix 3:14',
  ]);
  expect(findings('definitions:', '  - command: __com.acme_do')).toEqual([]);
  expect(findings('definitions:', '  - event: __COM.ACME_DONE')).toEqual([]);
});

it('nothing of upstream is defined again, replaced or removed', () => {
  expect(findings('definitions:', '  - command: stop')).toEqual([
    'extension-name 3:14',
    'extension-changes-upstream 3:14',
  ]);
  expect(findings('replace:', '  - command: stop')).toEqual(['extension-changes-upstream 3:5']);
  expect(findings('remove:', '  - command: stop')).toEqual(['extension-changes-upstream 3:5']);
  expect(findings('add:', '  - command: block_resize', "    data: { '*device': str }")).toEqual([
    'extension-name 4:13',
    'extension-changes-upstream 4:13',
  ]);
});

it('no member that clients send may be mandatory', () => {
  const member = 'data: { __com.acme_x: str }';
  expect(findings('add:', '  - command: block_resize', `    ${member}`)).toEqual([
    'extension-mandatory-member 4:13',
  ]);
  expect(findings('add:', '  - command: stop', `    ${member}`)).toEqual([
    'extension-mandatory-member 4:13',
  ]);
  expect(findings('add:', '  - struct: BlockdevOptionsFile', `    ${member}`)).toEqual([
    'extension-mandatory-member 4:13',
  ]);
  expect(findings('add:', '  - union: BlockdevOptions', `    base: { __com.acme_x: str }`)).toEqual(
    ['extension-mandatory-member 4:13'],
  );
});

it('a mandatory member of what servers send is warned of', () => {
  const member = 'data: { __com.acme_x: str }';
  expect(findings('add:', '  - event: BLOCK_IO_ERROR', `    ${member}`)).toEqual([
    'extension-mandatory-output 4:13',
  ]);
  expect(findings('add:', '  - struct: BlockInfo', `    ${member}`)).toEqual([
    'extension-mandatory-output 4:13',
  ]);
  expect(findings('add:', '  - struct: BlockInfo', "    data: { '*__com.acme_x': str }")).toEqual(
    [],
  );
});

it("upstream's commands fail as they do upstream", () => {
  const text = 'errors: [{ class: __com.acme_Full, commands: [__com.acme_do, block_resize] }]';
  expect(findings(text)).toEqual(['extension-error 2:62']);
  const old = extended(
    releaseSchema('10.2'),
    'extension: com.acme\nadd:\n  - enum: QapiErrorClass\n    data: [__com.acme_Full]\n',
  );
  expect(old.findings).toEqual(['extension-error 4:12']);
});

it('capabilities are discouraged', () => {
  expect(findings('capabilities: [__com.acme_fast]')).toEqual(['extension-capability 2:16']);
  const lines = ['add:', '  - enum: QMPCapability', '    data: [__com.acme_fast]'];
  expect(findings(...lines)).toEqual(['extension-capability 4:12']);
});

it("what an extension's own commands and types are made of may have plain names", () => {
  const text = [
    'definitions:',
    '  - struct: __com.acme_Quota',
    '    data: { limit: size }',
    '  - command: __com.acme_set',
    '    data: { device: str, quota: __com.acme_Quota }',
  ];
  expect(findings(...text)).toEqual([]);
});

it('the example of the README keeps them all', () => {
  const readme = readFileSync('README.md', 'utf8');
  const [, example = ''] = /^```yaml\n(extension: .*?)^```/ms.exec(readme) ?? [];
  const { findings, schema } = extended(base, example);
  expect(findings).toEqual([]);
  expect(schema?.commands.has('__com.acme_set-tier')).toBe(true);
});
