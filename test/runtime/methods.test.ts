import { describe, expect, it } from 'vitest';
import { wireName, wrapperName } from '../../runtime/client/wrapper-name.js';
import { connected } from './peer.js';

describe('methods of commands', () => {
  it.each([
    ['queryStatus', 'query-status'],
    ['xQueryIrq', 'x-query-irq'],
    ['querySevLaunchMeasure', 'query-sev-launch-measure'],
    ['queryS390xCpuPolarization', 'query-s390x-cpu-polarization'],
  ])('%s tells %s', (method, wire) => {
    expect(wireName(method)).toBe(wire);
    expect(wrapperName(wire)).toBe(method);
  });

  it.each(['then', 'stop', 'toJSON', '', 'a_B', '__proto__', 'Query', '$$typeof', 'a-b'])(
    '%j tells none',
    (method) => {
      expect(wireName(method)).toBeUndefined();
    },
  );

  it('are there for listed, renamed and told names, and for nothing else', async () => {
    const sdk = {
      protocol: 'qmp',
      commands: 'stop device_add wait-for',
      wrappers: { 'wait-for': 'waitFor_' },
    } as const;
    const { vm, peer } = await connected({}, { sdk });
    const methods = vm as unknown as Record<string, (args?: object) => Promise<unknown>>;
    for (const [method, wire] of [
      ['stop', 'stop'],
      ['deviceAdd', 'device_add'],
      ['waitFor_', 'wait-for'],
      ['queryStatus', 'query-status'],
      // A method is made once.
      ['queryStatus', 'query-status'],
    ] as const) {
      const result = methods[method]?.({ a: 1 });
      expect(await peer.answer({ return: 1 })).toMatchObject({
        execute: wire,
        arguments: { a: 1 },
      });
      expect(await result).toBe(1);
    }
    expect(methods.queryStatus).toBe(methods.queryStatus);
    for (const none of ['then', 'toJSON', 'quit', 'pipe', 'ext', '__proto__x']) {
      expect(methods[none], none).toBeUndefined();
      expect(none in methods, none).toBe(false);
    }
    // The client's own members stay what they are.
    expect(methods.waitFor).not.toBe(methods.waitFor_);
    expect(String(methods.hasOwnProperty)).toContain('native code');
    expect(JSON.stringify(Object.keys(vm))).toBe('["closed"]');
    await vm.close();
  });
});
