import { describe, expect, test } from 'vitest';
import { placeAt } from '../../generator/shell/arguments/index.js';
import { embedded, schemaOf } from '../support/sdk.js';
import { commandNamed, parse } from './support.js';

const schema = schemaOf(embedded('10.2', 'qmp'));

/** What may stand at a dotted path of a line's arguments. */
function at(line: string, path: string) {
  const { name, parsed } = parse(line);
  const command = commandNamed(schema, name);
  return placeAt(schema, command, path === '' ? [] : path.split('.'), parsed.root);
}

const names = (line: string, path: string) => [...(at(line, path).fields?.members.keys() ?? [])];

describe('the place of a dotted path', () => {
  test('follows what is given of unions', () => {
    expect(names('blockdev-add', '')).toContain('driver');
    expect(names('blockdev-add', '')).not.toContain('filename');
    expect(at('blockdev-add', '').fields?.undecided[0]?.discriminator).toBe('driver');
    expect(names('blockdev-add driver=qcow2', '')).toContain('backing');
    expect(names('blockdev-add driver="file"', '')).toContain('filename');
    expect(names('blockdev-add driver=qcow2 file.driver=nbd', 'file')).toContain('server');
    expect(names('blockdev-add driver=qcow2 file={"driver":"nbd"}', 'file')).toContain('server');
    expect(
      names('blockdev-add driver=qcow2 file.driver=nbd file.server.type=inet', 'file.server'),
    ).toContain('host');
  });

  test('goes through lists by their indexes', () => {
    const line = 'migrate-set-capabilities';
    expect(at(line, 'capabilities').type).toMatchObject({ kind: 'array' });
    expect(names(line, 'capabilities')).toEqual([]);
    expect(names(line, 'capabilities.3')).toEqual(['capability', 'state']);
    expect(at(line, 'capabilities.3.state').type).toEqual({ kind: 'builtin', name: 'bool' });
    expect(at(line, 'capabilities.x')).toEqual({ type: null, fields: null });
  });

  test('is nowhere where there is none', () => {
    expect(at('query-status', '')).toEqual({ type: null, fields: null });
    expect(at('device_del', 'id.x')).toEqual({ type: null, fields: null });
    expect(at('blockdev-add', 'a.b.c')).toEqual({ type: null, fields: null });
  });
});
