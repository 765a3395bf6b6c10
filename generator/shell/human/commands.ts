/** A command of the human monitor, as its `help` has it. */
export interface HumanCommand {
  /** All names it goes by, the first the usual one: "c", "cont". */
  readonly names: readonly string[];
  /** What it takes, in the words of the help. */
  readonly parameters: string;
  readonly help: string;
}

/** A help of more lines is none. */
const MAX_LINES = 5000;
const LINE = /^([a-zA-Z_][\w|?-]*(?: \w+)?)(?:[ \t]+(.*?))?[ \t]*--[ \t]*(.*)$/;

/**
 * Reads what the human monitor answers to `help` or `help info`: a line a command, `name|alias
 * parameters -- description`, which may go on below.
 * @param prefix the word that all of the lines begin with, such as "info"; it is left out
 */
export function readHelp(text: string, prefix = ''): readonly HumanCommand[] {
  const commands: HumanCommand[] = [];
  for (const line of text.split(/\r?\n/, MAX_LINES)) {
    const rest = prefix === '' ? line : withoutWord(line, prefix);
    const [, head, parameters = '', help = ''] = (rest === null ? null : LINE.exec(rest)) ?? [];
    if (head === undefined) continue;
    const [name = '', ...more] = head.split(' ');
    const names = name.split('|').filter((alias) => /^[\w?-]+$/.test(alias));
    if (names.length === 0) continue;
    commands.push({ names, parameters: [...more, parameters].join(' ').trim(), help });
  }
  return commands;
}

function withoutWord(line: string, word: string): string | null {
  return line.startsWith(`${word} `) ? line.slice(word.length + 1) : null;
}

export function humanCommand(
  commands: readonly HumanCommand[],
  name: string,
): HumanCommand | undefined {
  return commands.find(({ names }) => names.includes(name));
}
