import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engineOf,
  engineOfCode,
  type TemplateCode,
  type TemplateEngine,
} from '../../generator/emit/engine.js';
import { loadTemplates, renderSdk } from '../../generator/emit/index.js';
import { codeModule } from '../../generator/emit/template-code.js';
import { compileTexts, importText, TemplateError } from '../../generator/emit/template-source.js';
import { embedded, fixture, schemaOf } from '../support/sdk.js';

/** Renders `t` of some templates with our compiler, and with Handlebars. */
async function both(templates: Readonly<Record<string, string>>, view: object) {
  const texts = new Map(Object.entries(templates));
  const { code } = await importText<{ code: TemplateCode }>(codeModule(texts));
  const engines = [engineOfCode(code), engineOf(await compileTexts(texts))];
  return engines.map((engine) => {
    try {
      return engine.render('t', view);
    } catch {
      return 'an error';
    }
  });
}

const CASES: readonly (readonly [what: string, text: string])[] = [
  ['members', 'a {{text}} {{deep.inner.text}} {{number}} {{nothing}} {{zero}}'],
  ['what is hostile to code', '`\u0024{text}` \' " \\n \\ {{hostile}}\u2028'],
  ['a missing member', '{{lacking}}'],
  ['a missing member of a member', '{{deep.lacking}}'],
  ['if', '{{#if text}}1{{/if}}{{#if empty}}2{{else}}3{{/if}}{{#if zero}}4{{else}}5{{/if}}'],
  ['if of lists', '{{#if list}}1{{/if}}{{#if none}}2{{else}}3{{/if}}{{#if lacking}}4{{/if}}'],
  ['else if', '{{#if empty}}1{{else if list}}2{{else}}3{{/if}}'],
  ['unless', '{{#unless text}}1{{else}}2{{/unless}}{{#unless none}}3{{/unless}}'],
  ['with', '{{#with deep}}{{inner.text}}{{../text}}{{/with}}{{#with nothing}}1{{else}}2{{/with}}'],
  ['each', '{{#each list}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}'],
  [
    'each of nothing',
    '{{#each none}}1{{else}}{{text}}{{/each}}{{#each nothing}}2{{else}}3{{/each}}',
  ],
  ['places in a list', '{{#each list}}{{@index}}{{#if @first}}!{{/if}}{{/each}}'],
  [
    'outer contexts',
    '{{#each rows}}{{#if on}}{{../text}}{{#each cells}}{{this}}{{../name}}{{../../text}}{{/each}}{{/if}}{{/each}}',
  ],
  ['the root', '{{#each rows}}{{#each cells}}{{@root.deep.inner.text}}{{/each}}{{/each}}'],
  ['partials', 'a\n{{> p}}\n{{#each rows}}\n{{> p}}\n{{/each}}\nb'],
  ['partials of a context', '{{> p deep.inner}}'],
  ['partials with members', "{{> p text='x' more=number}}"],
  ['partials by a member', "{{#each rows}}{{> (lookup this 'partial')}}{{/each}}"],
  ['partials that are not there by a member', "{{> (lookup this 'text')}}"],
  ['lines of their own', 'a\n{{#each list}}\n  {{this}}\n{{/each}}\n{{! said }}\nb\n'],
  ['cut space', 'a  {{~text~}}  b {{~#if text~}} c {{~/if~}} d'],
];

const VIEW = {
  ...{ text: 'T', number: 7, zero: 0, nothing: null, empty: '', hostile: '\u0024{x}`\\`*/' },
  ...{ list: ['x', 'y', 'z'], none: [] },
  deep: { inner: { text: 'D' } },
  rows: [
    { on: true, name: 'n', text: 'r', cells: ['p', 'q'], partial: 'p' },
    { on: false, name: 'm', text: 's', cells: [], partial: 'q' },
  ],
};
const PARTIALS = { p: '[{{text}}]\n', q: '<{{name}}>' };

describe('templates as code render as with Handlebars', () => {
  it.each(CASES)('%s', async (_what, text) => {
    const [ours, theirs] = await both({ t: text, ...PARTIALS }, VIEW);
    expect(ours).toBe(theirs);
  });

  it('which renders something, or is an error, in the cases above', async () => {
    const results = await Promise.all(
      CASES.map(async ([what, t]) => [what, (await both({ t, ...PARTIALS }, VIEW))[0]] as const),
    );
    const errors = results.filter(([, text]) => text === 'an error').map(([what]) => what);
    expect(errors).toEqual([
      'a missing member',
      'a missing member of a member',
      'partials that are not there by a member',
    ]);
    expect(results.filter(([, text]) => text === '')).toEqual([]);
  });
});

describe('our templates as code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-no-templates-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let code: TemplateEngine;
  let handlebars: TemplateEngine;
  beforeAll(async () => {
    code = await loadTemplates();
    // With a folder of a user's, even one that holds none, everything is for Handlebars.
    handlebars = await loadTemplates(folder);
  });

  it.each([
    ['kinds', fixture('kinds'), 'exact'],
    ['an SDK that converts', embedded('7.2', 'qmp'), 'bigint'],
    ['the guest agent', embedded('10.2', 'qga'), 'number'],
  ] as const)('give %s as with Handlebars', (_what, file, int64) => {
    const schema = schemaOf(file);
    const options = { target: 'qmp', version: '10.2', source: 'a test', int64 } as const;
    const ours = renderSdk(schema, { ...options, templates: code });
    const theirs = renderSdk(schema, { ...options, templates: handlebars });
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    for (const [name, text] of ours) expect(text === theirs.get(name), name).toBe(true);
  });

  it('have the same names', () => {
    expect(code.names).toEqual(handlebars.names);
    expect(() => code.render('constructor', {})).toThrow('no template constructor');
  });
});

it.each([
  ['{{shout a}}', 'line 1 calls a helper'],
  ['\n{{#shout a}}{{/shout}}', 'line 2 is none of each, if, unless and with'],
  ['{{#if a b}}{{/if}}', 'takes one value'],
  ['{{../a}}', 'leads out of its template'],
  ['{{@last}}', 'asks for @last'],
  ['{{#each a}}{{@key}}{{/each}}', 'asks for @key'],
  ['{{> lacking}}', 'includes lacking, which is not there'],
  ['  {{> t}}', 'indents a partial'],
  ['{{> (shout a)}}', 'calls a helper'],
  ['{{#> t}}{{/t}}', 'is beyond what our templates may hold'],
])('what is not of our part of the language is an error: %j', (text, message) => {
  const compiling = () => codeModule(new Map([['t', text]]), (name) => `folder/${name}.hbs`);
  expect(compiling).toThrow(TemplateError);
  expect(compiling).toThrow(message);
  expect(compiling).toThrow('folder/t.hbs: ');
});
