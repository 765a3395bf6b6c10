import { describe, expect, test } from 'vitest';
import { propertyPlaces } from '../../generator/qom/index.js';
import { childPath, lastPart } from '../../generator/qom/path.js';

describe('paths', () => {
  test('of children', () => {
    expect(childPath('/', 'machine')).toBe('/machine');
    expect(childPath('/machine', 'slot[2]')).toBe('/machine/slot[2]');
    expect(childPath('ram0', 'x')).toBe('ram0/x');
    expect(lastPart('/machine/slot[2]')).toBe('slot[2]');
    expect(lastPart('/')).toBe('/');
  });

  test.each([
    [
      '/objects/ram0.size',
      [
        ['/objects/ram0', 'size'],
        ['/objects', 'ram0.size'],
      ],
    ],
    [
      '/m/pcie.0.type',
      [
        ['/m/pcie.0', 'type'],
        ['/m/pcie', '0.type'],
        ['/m', 'pcie.0.type'],
      ],
    ],
    ['/machine/usb', [['/machine', 'usb']]],
    ['/type', [['/', 'type']]],
    ['ram0.size', [['ram0', 'size']]],
    ['ram0', []],
    ['/', []],
    ['.x', []],
    ['x.', []],
  ])('what %s may name', (text, places) => {
    expect(propertyPlaces(text)).toEqual(places.map(([path, property]) => ({ path, property })));
  });
});
