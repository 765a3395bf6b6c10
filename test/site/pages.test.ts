import { describe, expect, it } from 'vitest';
import { isEdited, isOurs } from '../../generator/emit/header.js';
import { page, schemaOf, siteOf, textOf } from './site.js';

const SCHEMA = schemaOf(`
##
# @Level:
#
# How loud.
#
# @low: hardly
#
# @high: very (since 2.1)
#
# Since: 1.5
##
{ 'enum': 'Level', 'data': ['low', { 'name': 'high', 'if': 'CONFIG_LOUD' }] }

##
# @Base:
#
# What all sounds have.
#
# @level: its loudness
#
# Since: 1.5
##
{ 'struct': 'Base', 'data': { 'level': 'Level' } }

##
# @Beep:
#
# @hertz: its pitch
#
# Since: 1.5
##
{ 'struct': 'Beep', 'data': { '*hertz': 'int' } }

##
# @Sound:
#
# A sound; see \`\`aplay\`\`.
#
# Since: 1.5
##
{ 'union': 'Sound', 'base': 'Base', 'discriminator': 'level', 'data': { 'low': 'Beep' } }

##
# @SoundRef:
#
# @name: of one that is there
#
# @sound: a new one
#
# Since: 1.5
##
{ 'alternate': 'SoundRef', 'data': { 'name': 'str', 'sound': 'Sound' } }

##
# @play:
#
# Plays. \`https://example.org/play?a=1&b=2\`_ tells more.
#
# @sound: what
#
# @times: how often (since 1.7)
#
# Features:
#
# @deprecated: Use @hum instead.
#
# @unstable: It is an experiment.
#
# Returns: how long it takes
#
# Errors:
#     - If there is no speaker, DeviceNotFound
#
# .. note:: Not at night.
#
# .. qmp-example::
#
#     -> { "execute": "play", "arguments": { "sound": "gong" } }
#     <- { "return": 3 }
#
# Since: 1.6
##
{ 'command': 'play', 'data': { 'sound': 'SoundRef', '*times': 'uint8' }, 'returns': ['Level'],
  'features': ['deprecated', 'unstable'], 'allow-oob': true, 'if': { 'all': ['CONFIG_A', { 'not': 'CONFIG_B' }] } }

##
# @hum:
#
# Since: 1.6
##
{ 'command': 'hum', 'data': 'Sound', 'boxed': true, 'success-response': false }

##
# @PLAYED:
#
# @sound: what was
#
# Since: 1.6
##
{ 'event': 'PLAYED', 'data': { 'sound': 'SoundRef' } }
`);

describe('pages', async () => {
  const files = await siteOf({ '1.0': SCHEMA });
  const text = (name: string) => textOf(files, `qmp/${name}.html`);

  it('show a command in TypeScript and on the wire', () => {
    expect(text('command-play')).toContain(
      'interface Vm { play( args: PlayArguments, options?: OobCommandOptions, ): Promise<(Level | Unknown)[]>; } interface PlayArguments { sound: SoundRef; times?: number; }',
    );
    expect(text('command-play')).toContain(
      '→ { "execute": "play", "arguments": { "sound": SoundRef, "times"?: uint8 } }',
    );
    expect(text('command-play')).toContain('← { "return": [Level] }');
    expect(text('command-hum')).toContain('← an error, or nothing');
  });

  it('show an event, a union, an alternate and an enum on the wire', () => {
    expect(text('event-PLAYED')).toContain('← { "event": "PLAYED", "data": { "sound": SoundRef }');
    expect(text('event-PLAYED')).toContain('interface PlayedEvent');
    expect(text('type-Sound')).toContain(
      '{ "level": Level and all of, by the value of "level" "low": Beep }',
    );
    expect(text('type-SoundRef')).toContain('str | Sound');
    expect(text('type-Sound')).toMatch(
      /TypeScript type Sound = \| Sound_low \| Sound_other; interface Sound_low extends Base, Beep \{ level: 'low'; \}/,
    );
    expect(text('type-Level')).toContain('"low" | "high"');
  });

  it('say what the schema says: text, since, features, conditions, errors, flags', () => {
    const play = text('command-play');
    for (const said of [
      ...['since 1.6', 'deprecated', 'unstable', 'It is an experiment.', 'since 1.7', 'optional'],
      ...['In builds with CONFIG_A and not CONFIG_B', 'how long it takes', 'DeviceNotFound'],
      ...['Not at night.', 'Example', 'May be executed out of band.'],
    ]) {
      expect(play).toContain(said);
    }
    expect(text('type-Level')).toContain('In builds with CONFIG_LOUD');
  });

  it('link types, references, and addresses', () => {
    const play = page(files, 'qmp/command-play.html');
    expect(play).toContain('<a href="type-SoundRef.html">SoundRef</a>');
    expect(play).toContain('<a href="command-hum.html"><code>hum</code></a>');
    expect(page(files, 'qmp/type-Sound.html')).toContain('From <a href="type-Base.html">Base</a>');
    for (const [path, markup] of files) {
      if (!path.endsWith('.html')) continue;
      for (const [, href = ''] of markup.matchAll(/href="([^"#]+)[^"]*"/g)) {
        if (/^(https?|data):/.test(href)) continue;
        const target = new URL(href, `file:///${path}`).pathname.slice(1);
        expect(files.has(target), `${path} → ${href}`).toBe(true);
      }
    }
  });

  it('say who uses a type', () => {
    expect(text('type-SoundRef')).toContain(
      'Used by commands play sound Used by events PLAYED sound',
    );
    expect(text('type-Beep')).toContain('Used by types Sound low');
  });

  it('name files by what they are, with our header, and only safe names', () => {
    expect([...files.keys()].filter((path) => !path.startsWith('qmp/'))).toEqual([
      ...['index.html', 'site.css', 'search-data.js', 'theme.js', 'site.js', 'graph.js'],
      'licenses.txt',
    ]);
    for (const content of files.values()) {
      expect(isOurs(content)).toBe(true);
      expect(isEdited(content)).toBe(false);
    }
  });

  it('carry the licences of what is in the scripts', () => {
    const licenses = page(files, 'licenses.txt');
    for (const name of ['MiniSearch', 'dagre', 'graphlib']) expect(licenses).toContain(name);
    expect(licenses.match(/Permission is hereby granted/g)).toHaveLength(3);
  });

  it('are the same for the same schemas', async () => {
    expect([...(await siteOf({ '1.0': SCHEMA }))]).toEqual([...files]);
  });
});

describe('histories', async () => {
  const older = schemaOf(`
{ 'command': 'play', 'data': { 'sound': 'str' } }
{ 'command': 'mute' }
`);
  const files = await siteOf({ '1.0': older, '2.0': SCHEMA, '3.0': SCHEMA });

  it('are told on the page of what they are about', () => {
    const play = textOf(files, 'qmp/command-play.html');
    expect(play).toContain('1.0 there 2.0 changed 3.0 there');
    expect(play).toMatch(/2\.0 changed .*safe times: new, optional uint8 .* 1\.0 there already/);
    expect(textOf(files, 'qmp/command-mute.html')).toContain(
      'It is gone: 1.0 was the last version',
    );
  });

  it('are told by version, with nothing for what did not change', () => {
    const changes = textOf(files, 'qmp/changes-2.0.html');
    expect(changes).toMatch(/New commands hum .*Gone commands mute .*Changed play command/);
    expect(textOf(files, 'qmp/changes-3.0.html')).toContain('0 new, 0 gone, 0 changed');
    expect(textOf(files, 'index.html')).toMatch(/2\.0 ?\+7 −1 ~1/);
  });
});

describe('what one version cannot say', () => {
  const bare = schemaOf(`
{ 'command': 'play', 'data': { 'sound': 'str', '*times': 'uint8' }, 'returns': ['Level'] }
{ 'enum': 'Level', 'data': ['low', 'high', 'wild'] }
`);

  it('is taken from others: text from where it is asked for, facts from other versions', async () => {
    const files = await siteOf(
      { '1.0': SCHEMA, '2.0': bare },
      { documentation: [SCHEMA], introspected: ['2.0'] },
    );
    const play = textOf(files, 'qmp/command-play.html');
    for (const said of [
      'Plays.',
      'since 1.6',
      'how often',
      'since 1.7',
      'CONFIG_A',
      'how long it takes',
    ]) {
      expect(play).toContain(said);
    }
    // What the version itself can say it says: it has no features.
    expect(play).not.toContain('It is an experiment.');
    expect(textOf(files, 'qmp/type-Level.html')).toContain('In builds with CONFIG_LOUD');
    expect(textOf(files, 'qmp/type-Level.html')).toContain('as the reply of one server tells it');
  });

  it('stays unsaid where a schema says it is not so', async () => {
    const files = await siteOf({ '1.0': SCHEMA, '2.0': bare });
    expect(textOf(files, 'qmp/type-Level.html')).not.toContain('In builds with');
    expect(textOf(files, 'qmp/command-play.html')).not.toContain('In builds with');
  });
});
