import { describe, expect, it } from 'vitest';
import type { Command } from '../../generator/ir/types.js';
import { needsMention, regularWrapper } from '../../generator/view/client-view.js';
import { propertyName, stringLiteral } from '../../generator/view/literals.js';
import { reachOf } from '../../generator/view/reach.js';
import { TypeNames } from '../../generator/view/type-names.js';
import { wireName, wrapperName } from '../../runtime/client/wrapper-name.js';
import { embedded, fixture, schemaOf } from '../support/sdk.js';

describe('literals', () => {
  it('are safe for any text', () => {
    const nasty = `'"\`\\\n\r\t\u0000\u2028\u2029\u202e\ud800\${x}*/</script>é`;
    const literal = stringLiteral(nasty);
    expect(literal).toMatch(/^'[\x20-\x7e]*'$/);
    expect(Function(`return ${literal}`)()).toBe(nasty);
  });

  it('quote member names only where needed', () => {
    expect(['name', 'node-name', '1st', '$x', '', 'a b', '__proto__'].map(propertyName)).toEqual([
      'name',
      "'node-name'",
      "'1st'",
      '$x',
      "''",
      "'a b'",
      '__proto__',
    ]);
  });
});

describe('wrapper names', () => {
  it('agree with what the runtime makes of a wire name', () => {
    const wireNames = [
      'query-status',
      'block_resize',
      '__com.redhat_drive-mirror',
      'x-a-1-b',
      'a--b_',
    ];
    for (const version of ['7.2', '10.2']) {
      for (const target of ['qmp', 'qga', 'qsd'] as const) {
        wireNames.push(...schemaOf(embedded(version, target)).commands.keys());
      }
    }
    for (const name of wireNames) expect(regularWrapper(name), name).toBe(wrapperName(name));
  });

  it('are listed where the runtime could not tell the command by them', () => {
    let told = 0;
    for (const version of ['1.6', '7.2', '10.2']) {
      for (const target of ['qmp', 'qga'] as const) {
        for (const command of schemaOf(embedded(version, target)).commands.values()) {
          if (needsMention(command)) continue;
          expect(wireName(command.tsName), command.tsName).toBe(command.name);
          told += 1;
        }
      }
    }
    expect(told).toBeGreaterThan(400);
    const command = (name: string, tsName: string) => needsMention({ name, tsName } as Command);
    expect(command('query-status', 'queryStatus')).toBe(false);
    expect(command('query-status', 'queryStatus_')).toBe(true);
    expect(command('stop', 'stop')).toBe(true);
    expect(command('device_add', 'deviceAdd')).toBe(true);
    expect(command('x-2', 'x2')).toBe(true);
    expect(command('to-json', 'toJson')).toBe(false);
    expect(command('to-j-s-o-n', 'toJSON')).toBe(true);
  });
});

describe('type names', () => {
  const schema = schemaOf(fixture('kinds'));
  const reach = reachOf(schema);
  const names = new TypeNames(schema, reach);
  const formsOf = (name: string) => {
    const type = schema.types.get(name);
    if (type === undefined) throw new Error(name);
    return names.forms(type).map((direction) => [direction, names.named(type, direction)]);
  };

  it('know what is sent, received and extensible', () => {
    expect(reach.sent.has('Colour') && reach.received.has('Colour')).toBe(true);
    expect(reach.received.has('Scalars') && !reach.sent.has('Scalars')).toBe(true);
    expect(reach.extensible.has('Place') && reach.extensible.has('TastedBottle')).toBe(true);
    expect(reach.extensible.has('Bottle')).toBe(false);
  });

  it('have a second form only where both directions differ', () => {
    expect(formsOf('TastedBottle')).toEqual([
      ['sent', 'TastedBottle'],
      ['received', 'TastedBottleReceived'],
    ]);
    expect(formsOf('Bottle')).toEqual([['sent', 'Bottle']]);
    expect(formsOf('Colour')).toEqual([['sent', 'Colour']]);
    expect(formsOf('q_obj_BOTTLE_BROKEN-arg')).toEqual([['received', 'BottleBrokenData']]);
  });

  it('write references', () => {
    const colour = { kind: 'named', name: 'Colour' } as const;
    const list = { kind: 'array', element: colour } as const;
    expect(names.text(colour, 'sent')).toBe('Colour');
    expect(names.text(colour, 'received')).toBe('Colour | Unknown');
    expect(names.text(list, 'received')).toBe('(Colour | Unknown)[]');
    expect(names.text({ kind: 'builtin', name: 'uint64' }, 'sent')).toBe('UInt64');
  });

  it('avoid names that are taken', () => {
    const taken = schemaOf(fixture('names'));
    const others = new TypeNames(taken, reachOf(taken));
    const thing = taken.types.get('Thing');
    if (thing === undefined) throw new Error('Thing');
    expect(others.named(thing, 'received')).toBe('ThingReceived_');
    expect(taken.types.get('Client')?.tsName).toBe('Client_');
    expect(taken.types.get('Vm')?.tsName).toBe('Vm_');
    expect(taken.commands.get('execute')?.tsName).toBe('execute_');
    expect(taken.commands.get('then')?.tsName).toBe('then_');
    expect(taken.events.get('UNKNOWN')?.tsName).toBe('UnknownEvent_');
  });
});
