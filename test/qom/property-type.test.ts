import { describe, expect, test } from 'vitest';
import { childType, propertyKind } from '../../generator/qom/index.js';

describe('the kind of a property', () => {
  test.each([
    ['string', { kind: 'string' }],
    ['str', { kind: 'string' }],
    ['bool', { kind: 'boolean' }],
    ['number', { kind: 'number' }],
    ['child<pc-q35-7.2-machine>', { kind: 'child', of: 'pc-q35-7.2-machine' }],
    ['link<memory-backend>', { kind: 'link', of: 'memory-backend' }],
    ['link<x<y>>', { kind: 'link', of: 'x<y>' }],
    ['uint8', { kind: 'integer', least: 0n, most: 255n }],
    ['int16', { kind: 'integer', least: -32768n, most: 32767n }],
    ['uint64_t', { kind: 'integer', least: 0n, most: 2n ** 64n - 1n }],
    ['size', { kind: 'integer', least: 0n, most: 2n ** 64n - 1n }],
    ['int', { kind: 'integer', least: -(2n ** 63n), most: 2n ** 64n - 1n }],
    ['strList', { kind: 'list' }],
    ['OnOffAuto', { kind: 'named' }],
    ['struct tm', { kind: 'named' }],
    ['', { kind: 'named' }],
    ['child<', { kind: 'named' }],
  ])('%s', (type, kind) => {
    expect(propertyKind(type)).toEqual(kind);
  });

  test('only children have the type of a child', () => {
    expect(childType('child<irq>')).toBe('irq');
    expect(childType('link<irq>')).toBeNull();
  });
});
