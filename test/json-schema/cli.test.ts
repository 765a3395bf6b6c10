import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { fixture } from '../support/sdk.js';

describe('generate --emit json-schema', () => {
  it('writes one file of JSON Schema, then has nothing to write', async () => {
    const out = join(folderWith(), 'schemas');
    const source = ['generate', '--schema', fixture('kinds'), '--emit', 'json-schema'];
    const generate = [...source, '--out', out];
    expect(await qapiTs(generate)).toMatchObject({ code: 0 });
    expect(readdirSync(out)).toEqual(['qmp.schema.json']);
    const text = readFileSync(join(out, 'qmp.schema.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    });
    expect((await qapiTs([...generate, '--check'])).code).toBe(0);
  });

  it('refuses what it cannot emit', async () => {
    const out = join(folderWith(), 'out');
    const source = ['generate', '--schema', fixture('kinds'), '--emit', 'xml', '--out', out];
    const { code, stderr } = await qapiTs(source);
    expect(code).toBe(2);
    expect(stderr).toContain('json-schema');
  });
});
