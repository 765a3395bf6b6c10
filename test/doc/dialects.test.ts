import { describe, expect, it } from 'vitest';
import { documentDefinition } from '../../generator/doc/index.js';
import {
  commented,
  inlineNotation,
  notation,
  readComments,
  readDefinition,
} from '../support/docs.js';

/** What a definition's comment says, in short. */
function read(text: string) {
  const { doc, since, members, features } = readDefinition(text);
  const parts = (from: typeof members) =>
    Object.fromEntries(
      [...from].map(([name, part]) => [
        name,
        part.since === null ? notation(part.blocks) : [part.since, ...notation(part.blocks)],
      ]),
    );
  return {
    ...(doc !== null && {
      summary: inlineNotation(doc.summary),
      ...(doc.body.length > 0 && { body: notation(doc.body) }),
      ...(doc.returns.length > 0 && { returns: notation(doc.returns) }),
      ...(doc.errors.length > 0 && { errors: notation(doc.errors) }),
    }),
    ...(since !== null && { since }),
    ...(members.size > 0 && { members: parts(members) }),
    ...(features.size > 0 && { features: parts(features) }),
  };
}

describe('10.2', () => {
  it('reads every section', () => {
    expect(
      read(`
@disk-eject:

Ejects a disk
from its drive.

.. note:: Works when @force is given,
   or the tray is open.

@drive: The drive's name.
    Second sentence.

    Second paragraph.

@force: Eject locked ones (since 6.1)

Features:

@deprecated: Use \`tray-open\`.

@unstable: Member @force may go.

Returns: The disk as a \`Disk\`.

Errors:
    - If the tray is locked, GenericError
    - If there is no drive, DeviceNotFound

TODO: Better names.

Since: 5.2

.. qmp-example::
   :title: Tray closed

   -> { "execute": "disk-eject",
        "arguments": { "drive": "cd0" } }
   <- { "return": {} }

.. qmp-example::
   :annotated:

   First ask::

     -> { "execute": "query-drives" }

   and so on.
`),
    ).toEqual({
      summary: 'Ejects a disk from its drive.',
      body: [
        { note: ['Works when {member force} is given, or the tray is open.'] },
        {
          'example Tray closed': [
            {
              'code qmp':
                '-> { "execute": "disk-eject",\n' +
                '     "arguments": { "drive": "cd0" } }\n<- { "return": {} }',
            },
          ],
        },
        {
          example: ['First ask:', { 'code qmp': '-> { "execute": "query-drives" }' }, 'and so on.'],
        },
      ],
      returns: ['The disk as a {any Disk}.'],
      errors: [
        { ul: [['If the tray is locked, GenericError'], ['If there is no drive, DeviceNotFound']] },
      ],
      since: '5.2',
      members: {
        drive: ["The drive's name. Second sentence.", 'Second paragraph.'],
        force: ['6.1', 'Eject locked ones'],
      },
      features: {
        deprecated: ['Use {any tray-open}.'],
        unstable: ['Member {member force} may go.'],
      },
    });
  });
});

describe('2.9 to 9.2', () => {
  it('reads notes and examples as sections', () => {
    expect(
      read(`
@disk-eject:

Ejects a disk.

@drive: the drive's
        name

Returns: nothing on success
         If @drive is no drive, DeviceNotFound
         If the tray is
         locked, TrayLocked

Since: 0.14.0

Notes: Drives are slow.

       Very slow.

Examples:

-> { "execute": "disk-eject" }
<- { "return": {} }

A second one:

-> { "execute": "disk-eject",
     "arguments": {} }

`),
    ).toEqual({
      summary: 'Ejects a disk.',
      body: [
        { note: ['Drives are slow.', 'Very slow.'] },
        { example: [{ 'code qmp': '-> { "execute": "disk-eject" }\n<- { "return": {} }' }] },
        'A second one:',
        { 'code qmp': '-> { "execute": "disk-eject",\n     "arguments": {} }' },
      ],
      returns: ['nothing on success'],
      errors: [
        {
          ul: [
            ['If {member drive} is no drive, DeviceNotFound'],
            ['If the tray is locked, TrayLocked'],
          ],
        },
      ],
      since: '0.14',
      members: { drive: ["the drive's name"] },
    });
  });

  it('reads numbered notes that have no indentation, and an unindented member', () => {
    expect(read('@a:\n\n@b: one\ntwo\n\nNotes:\n\n1. First\n\n2. Second\n\nSince: 3.0')).toEqual({
      summary: '',
      body: [{ note: [{ ol: [['First'], ['Second']] }] }],
      since: '3.0',
      members: { b: ['one two'] },
    });
  });
});

describe('0.14 to 2.8', () => {
  it('reads a name without a colon and #optional', () => {
    expect(
      read(`
@DiskInfo

Information about a disk
@label:  #optional what is written on it
         (since 1.2.0)
@sides:#optional how many

@size : in bytes

@speed             rotations a minute, Since 2.3.

Since 1.0
`),
    ).toEqual({
      summary: 'Information about a disk',
      since: '1.0',
      members: {
        label: ['1.2', 'what is written on it'],
        sides: ['how many'],
        size: ['in bytes'],
        speed: ['2.3', 'rotations a minute, Since 2.3.'],
      },
    });
  });

  it('reads several names with one description', () => {
    expect(read('@Kind:\n\n@a, @b-c: Since 2.1')).toEqual({
      members: { a: ['2.1'], 'b-c': ['2.1'] },
    });
  });

  it('reads values that came later from the Since section', () => {
    expect(
      read('@Kind:\n\nKinds.\n\nSince: 2.7\n\n       @vdpa since 5.1\n\n       Gone: dump'),
    ).toEqual({
      summary: 'Kinds.',
      body: ['Gone: dump'],
      since: '2.7',
      members: { vdpa: ['5.1'] },
    });
  });

  it('reads lists without blank lines and with unusual bullets', () => {
    expect(read('@a:\n\nLimits:\n\no one\n  more\n\no two\n\nKinds:\n- x\n- y')).toEqual({
      summary: 'Limits:',
      body: [{ ul: [['one more'], ['two']] }, 'Kinds:', { ul: [['x'], ['y']] }],
    });
  });

  it('finds names beside a marker', () => {
    for (const text of ['## @Slot\n#\n# A slot.\n##\n', '##\n## @Slot:\n#\n# A slot.\n##\n']) {
      const [comment] = readComments(text).comments;
      expect(comment?.symbol?.name).toBe('Slot');
    }
  });
});

describe('canonical text', () => {
  it('reads since versions and no prose', () => {
    const text = `
@Disk:

@label: (since 2.3)

@size: (since 2.4)

Features:

@deprecated: (since 3.0)

Since: 0.14
`;
    expect(read(text)).toEqual({
      since: '0.14',
      members: { label: ['2.3'], size: ['2.4'] },
      features: { deprecated: ['3.0'] },
    });
    expect(readComments(commented(text), true).findings).toEqual([]);
  });
});

describe('free-form text', () => {
  it('documents nothing, whatever its tags', () => {
    const [comment] = readComments(commented('= Disks\n\nSince: long ago')).comments;
    expect(comment?.symbol).toBeNull();
    expect(comment === undefined ? null : documentDefinition(comment)).toMatchObject({
      since: null,
      doc: { summary: [{ kind: 'strong', text: 'Disks' }] },
    });
  });
});

describe('places', () => {
  it('gives the span of the symbol and of each name', () => {
    const text = commented('@disk:\n\n@size: x');
    const [comment] = readComments(text).comments;
    const slice = (span: { start: number; end: number } | undefined) =>
      text.slice(span?.start, span?.end);
    expect(slice(comment?.symbol?.span)).toBe('disk');
    expect(slice(comment?.claims.members[0]?.span)).toBe('size');
    expect(slice(comment?.sections[0]?.span)).toBe('size');
  });
});
