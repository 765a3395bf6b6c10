import { expect, it } from 'vitest';
import { secretsOf } from '../../generator/view/secrets.js';
import { tracer } from '../../runtime/trace/index.js';
import { embedded, schemaOf } from '../support/sdk.js';

it('finds the secret arguments of 10.2 by name', () => {
  const secrets = secretsOf(schemaOf(embedded('10.2', 'qmp')));
  expect(secrets.get('set_password')).toEqual(['password']);
  expect(secrets.get('object-add')).toContain('data');
  expect(secrets.get('blockdev-add')).toContain('cookie');
  expect(secrets.has('blockdev-del')).toBe(false);
  const agent = secretsOf(schemaOf(embedded('10.2', 'qga')));
  expect(agent.get('guest-set-user-password')).toEqual(['password']);
});

it('writes paths that the trace hook masks at any depth', () => {
  const seen: unknown[] = [];
  const trace = tracer({
    trace: ({ message }) => seen.push(message.arguments),
    secrets: { 'blockdev-add': ['**.cookie'] },
  });
  const file = { driver: 'https', cookie: 'c', url: 'u' };
  trace(true, { execute: 'blockdev-add', arguments: { file, list: [file], cookie: 'c' } });
  const masked = { driver: 'https', cookie: '***', url: 'u' };
  expect(seen).toEqual([{ file: masked, list: [masked], cookie: '***' }]);
  expect(file.cookie).toBe('c');
});
