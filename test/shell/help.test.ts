import { describe, expect, it } from 'vitest';
import { painter } from '../../generator/diagnostics/paint.js';
import type { Block } from '../../generator/ir/doc.js';
import type { Command } from '../../generator/ir/types.js';
import { describe as explain, type HelpContext } from '../../generator/shell/help/describe.js';
import { prose, wrap } from '../../generator/shell/help/prose.js';
import { spotHelp, topicHelp } from '../../generator/shell/help/topics.js';
import { eventLines } from '../../generator/shell/terminal/gutter.js';
import { candidateLines } from '../../generator/shell/terminal/list.js';
import { candidates, cut, schema, spot } from './support.js';

const paint = painter(false);
const context: HelpContext = { schema, docs: null, paint, width: 80 };

const at = (marked: string) => spotHelp(spot(marked), cut(marked).line, context);

describe('help of a name', () => {
  it('tells what a command takes and returns', () => {
    expect(topicHelp('block_resize', context)).toEqual([
      'block_resize  command, since 0.14',
      'Arguments:',
      '  size: int',
      '  device: str (optional)',
      '  node-name: str (optional, since 2.0)',
      'Returns: an empty object',
    ]);
  });

  it('tells the branches of a union, the values of an enum, the data of an event', () => {
    expect(topicHelp('SocketAddress', context)).toContain('By type:');
    expect(topicHelp('RunState', context).join(' ')).toContain('prelaunch');
    expect(topicHelp('STOP', context)).toEqual(['STOP  event, since 0.12']);
    expect(topicHelp('BLOCK_JOB_READY', context)).toContain('Data:');
  });

  it('lists what holds the name, what begins with it first', () => {
    const [said, first, ...others] = topicHelp('resize', context);
    expect(said).toBe("there is no 'resize', but these hold it:");
    expect([first, ...others]).toContain('  block_resize');
    const begun = topicHelp('block', context);
    expect(begun[1]).toMatch(/^ {2}block/i);
    expect(begun).toHaveLength(22);
    expect(begun.at(-1)).toMatch(/^ {2}and \d+ more$/);
  });

  it('tells of an argument, however deep', () => {
    const [head, type] = topicHelp('blockdev-add.driver', context);
    expect(head).toBe('driver: BlockdevDriver');
    expect(type).toMatch(/^BlockdevDriver {2}enum/);
  });

  it('says what was probably meant', () => {
    expect(topicHelp('query-statsu', context)).toEqual([
      "there is no 'query-statsu' (did you mean 'query-stats'?)",
    ]);
    expect(topicHelp('\u001b[2J', context)[0]).toContain('\\u{1b}');
  });
});

describe('help at the cursor', () => {
  it('is of the command, the argument or the value that stands there', () => {
    expect(at('|')[0]).toContain('COMMAND key=value');
    expect(at('block_resize|')[0]).toBe('block_resize  command, since 0.14');
    expect(at('block_resize |')[0]).toBe('block_resize  command, since 0.14');
    expect(at('block_resize node|')[0]).toContain('node-name: str');
    expect(at('blockdev-add driver=qcow2 cache-clean-interval=|')[0]).toContain(
      'cache-clean-interval: int (optional',
    );
    expect(at('blockdev-add driver=|')[0]).toBe('driver: BlockdevDriver');
    expect(at('{"execute": "block_resize", "arguments": {"size": |')[0]).toBe('size: int');
  });
});

describe('documentation', () => {
  const text = (words: string): Block => ({
    kind: 'paragraph',
    inlines: [{ kind: 'text', text: words }],
  });

  it('is wrapped, with its lists and examples, and acts on nothing', () => {
    const blocks: readonly Block[] = [
      text('one two three'),
      { kind: 'list', ordered: true, items: [[text('first item')], [text('second')]] },
      { kind: 'code', language: '', text: 'a\u001b[2Jb' },
    ];
    expect(prose(blocks, 9)).toEqual([
      ...['one two', 'three', '', '1. first', '   item', '2. second', '', '    a\\u{1b}[2Jb'],
    ]);
    expect(wrap('a verylongword b', 4)).toEqual(['a', 'verylongword', 'b']);
  });

  it("is taken from another schema where the server's has none", () => {
    const command = schema.commands.get('stop') as Command;
    const doc = {
      ...{
        summary: [{ kind: 'text' as const, text: 'Says so.' }],
        body: [],
        returns: [],
        errors: [],
      },
    };
    const docs = { ...schema, commands: new Map([['stop', { ...command, doc }]]) };
    expect(explain(command, { ...context, docs })).toContain('  Says so.');
  });
});

describe('candidates on a terminal', () => {
  it('stand with what they are, or in columns where they are many', () => {
    const few = candidateLines(candidates('block_resize |'), 60, paint);
    expect(few).toEqual([
      '  size       int, required',
      '  device     str',
      '  node-name  str, since 2.0',
    ]);
    const many = candidateLines(candidates('|'), 80, paint);
    expect(many).toHaveLength(41);
    expect(many.at(-1)).toMatch(/^ {2}… \d+ more$/);
    expect(many.every((line) => line.length <= 80)).toBe(true);
  });

  it('are cut where the terminal is narrow', () => {
    for (const line of candidateLines(candidates('blockdev-add driver=qco|'), 20, paint)) {
      expect(line.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('an event in the gutter', () => {
  const event = (data: object | undefined) => ({
    event: 'STOP\u0007',
    timestamp: { seconds: 1, microseconds: 2000 },
    ...(data === undefined ? {} : { data }),
  });
  const lines = (data?: object) => eventLines(event(data), { paint, color: false, width: 60 });

  it('stands behind a bar, on one line where it fits', () => {
    expect(lines()[0]).toMatch(/^│ \d\d:\d\d:\d\d\.002 STOP\\u\{7\}$/);
    expect(lines({ a: 1 })[0]).toMatch(/ \{ "a": 1 \}$/);
    const long = lines({ text: 'x'.repeat(50), other: [1, 2, 3] });
    expect(long.length).toBeGreaterThan(2);
    expect(long.every((line) => line.startsWith('│ '))).toBe(true);
  });

  it('has no time where the server has none', () => {
    const timeless = { event: 'STOP', timestamp: { seconds: -1, microseconds: -1 } };
    const [line] = eventLines(timeless, { paint, color: false, width: 60 });
    expect(line).toBe('│ --:--:--.--- STOP');
  });
});
