import type { Inline } from '../ir/doc.js';

type Role = Extract<Inline, { kind: 'reference' }>['role'];

/** Roles of QEMU's manual that name schema entities; `obj` covers structs and unions. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['any', 'any'],
  ['qapi:any', 'any'],
  ['qapi:cmd', 'command'],
  ['qapi:command', 'command'],
  ['qapi:event', 'event'],
  ['qapi:alt', 'type'],
  ['qapi:alternate', 'type'],
  ['qapi:enum', 'type'],
  ['qapi:obj', 'type'],
  ['qapi:object', 'type'],
  ['qapi:struct', 'type'],
  ['qapi:type', 'type'],
  ['qapi:union', 'type'],
  ['qapi:memb', 'member'],
  ['qapi:feat', 'member'],
]);

/** Where markup may begin: white space, opening punctuation, or the start. */
const BEFORE = /[\s'"([{<\-/:]/;
const AFTER = /[\s'")\]}>\-/:.,;!?\\]/;
const WIRE_NAME = /^[A-Za-z0-9_][\w.-]*$/;
const ROLE = /:([a-z]{1,20}(?::[a-z]{1,20}){0,2}):`/y;
const OLD_QUOTED = /`([^`'\s]{1,40})'/y;
const URL = /\b(?:https?|ftp):\/\/[^\s<>`"'|\\^{}]+/y;
const AT_NAME = /@([A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?)/y;

/** Names that the comment at hand describes as members. */
export type MemberNames = Pick<ReadonlySet<string>, 'has'>;

/** Reads running text: one pass, each kind of closing mark searched in vain at most once. */
export function parseInlines(source: string, members: MemberNames): Inline[] {
  // Each run of white space becomes one space; most are that.
  const trimmed = source.replace(/[^\S ]\s*| \s+/g, ' ').trim();
  SPECIAL.lastIndex = 0;
  if (!SPECIAL.test(trimmed)) return trimmed === '' ? [] : [{ kind: 'text', text: trimmed }];
  return new InlineReader(trimmed, members).read();
}

const SPECIAL = /[\\`*@:]|(?:https?|ftp):\/\//g;

class InlineReader {
  readonly #text: string;
  readonly #members: MemberNames;
  readonly #out: Inline[] = [];
  /** Closing marks that do not occur any more. */
  #missing: readonly string[] = [];
  #plain = '';
  #at = 0;

  constructor(text: string, members: MemberNames) {
    this.#text = text;
    this.#members = members;
  }

  read(): Inline[] {
    for (;;) {
      SPECIAL.lastIndex = this.#at;
      const match = SPECIAL.exec(this.#text);
      this.#plain += this.#text.slice(this.#at, match?.index ?? this.#text.length);
      if (match === null) break;
      this.#at = match.index;
      this.#special(match[0]);
    }
    this.#flush();
    return this.#out;
  }

  #special(mark: string): void {
    let taken = false;
    if (mark === '\\') taken = this.#escape();
    else if (mark === '`') taken = this.#backquoted();
    else if (mark === '*') taken = this.#starred();
    else if (mark === '@') taken = this.#atName();
    else if (mark === ':') taken = this.#role();
    else taken = this.#url();
    if (!taken) {
      this.#plain += this.#text[this.#at] ?? '';
      this.#at += 1;
    }
  }

  #escape(): boolean {
    const next = this.#text[this.#at + 1];
    if (next === undefined) return false;
    // Only marks are escaped; a backslash of a path or of a format stays.
    if (next === ' ') this.#at += 2;
    else if (/[!-/:-@[-`{-~]/.test(next)) {
      this.#plain += next;
      this.#at += 2;
    } else return false;
    return true;
  }

  #backquoted(): boolean {
    if (!this.#mayBegin()) return false;
    if (this.#text.startsWith('``', this.#at)) {
      const end = this.#find('``', this.#at + 2);
      if (end <= this.#at + 2) return false;
      this.#push({ kind: 'code', text: this.#text.slice(this.#at + 2, end) }, end + 2);
      return true;
    }
    const end = this.#find('`', this.#at + 1);
    if (end <= this.#at + 1 || /\s/.test(this.#text[end - 1] ?? '')) return this.#oldQuoted();
    this.#interpreted(null, this.#text.slice(this.#at + 1, end), end + 1);
    return true;
  }

  /** `Quotes like these' stood for code before there was markup. */
  #oldQuoted(): boolean {
    OLD_QUOTED.lastIndex = this.#at;
    const text = OLD_QUOTED.exec(this.#text)?.[1];
    if (text === undefined) return false;
    this.#push({ kind: 'code', text }, this.#at + text.length + 2);
    return true;
  }

  #role(): boolean {
    ROLE.lastIndex = this.#at;
    const match = ROLE.exec(this.#text);
    if (match === null) return false;
    const start = this.#at + match[0].length;
    const end = this.#find('`', start);
    if (end <= start) return false;
    this.#interpreted(match[1] ?? '', this.#text.slice(start, end), end + 1);
    return true;
  }

  /** Text between single backquotes, which ends at `end`; underscores make it a link. */
  #interpreted(role: string | null, text: string, end: number): void {
    const target = /^(.*?) ?<([^<>]+)>$/.exec(text);
    if (this.#text[end] === '_') {
      const url = target?.[2];
      const label = target?.[1] || url || text;
      const after = this.#text[end + 1] === '_' ? end + 2 : end + 1;
      if (url !== undefined && /^(?:https?|ftp):\/\//.test(url)) {
        this.#push({ kind: 'link', text: label, url }, after);
      } else {
        this.#plain += label;
        this.#at = after;
      }
      return;
    }
    const known = role === null ? 'any' : ROLES.get(role);
    const wanted = (target?.[2] ?? text).replace(/^[!~]/, '');
    const name = wanted.replace(/^[A-Z]+:/, '').replace(/^[\w-]+\.(?=[A-Za-z])/, '');
    const titled = target !== null && target[1] !== '' && WIRE_NAME.test(wanted);
    if (known !== undefined && titled) {
      this.#titled(target[1] ?? '', { kind: 'reference', name: wanted, role: known }, end);
    } else if (known !== undefined && WIRE_NAME.test(wanted)) {
      this.#push({ kind: 'reference', name: wanted, role: known }, end);
    } else if (known !== undefined && role !== null && WIRE_NAME.test(name)) {
      this.#push({ kind: 'reference', name, role: known }, end);
    } else if (role === 'doc' || role === 'ref') {
      this.#plain += target?.[1] || text;
      this.#at = end;
    } else {
      this.#push({ kind: 'code', text }, end);
    }
  }

  /** A reference has no text of its own: that goes before it. */
  #titled(title: string, reference: Inline, end: number): void {
    if (title.includes(' ')) this.#plain += title;
    else this.#push({ kind: 'code', text: title }, end);
    this.#plain += ' (';
    this.#push(reference, end);
    this.#plain += ')';
  }

  #starred(): boolean {
    const mark = this.#text.startsWith('**', this.#at) ? '**' : '*';
    const start = this.#at + mark.length;
    if (!this.#mayBegin() || /[\s*]/.test(this.#text[start] ?? ' ')) return false;
    // In quotes or brackets it stands for itself.
    const around = `${this.#text[this.#at - 1] ?? ''}${this.#text[start] ?? ''}`;
    if (/^(?:''|""|\(\)|\[\]|\{\}|<>)$/.test(around)) return false;
    const end = this.#findStar(mark, start + 1);
    if (end === -1) return false;
    const kind = mark === '**' ? 'strong' : 'emphasis';
    this.#push({ kind, text: this.#text.slice(start, end) }, end + mark.length);
    return true;
  }

  #atName(): boolean {
    if (/[\w.+-]/.test(this.#text[this.#at - 1] ?? '')) return false;
    AT_NAME.lastIndex = this.#at;
    const match = AT_NAME.exec(this.#text);
    if (match === null) return false;
    // Until 10.0 the same markup stood for types, commands and events.
    const name = match[1] ?? '';
    const role = this.#members.has(name) ? 'member' : 'any';
    this.#push({ kind: 'reference', name, role }, this.#at + match[0].length);
    return true;
  }

  #url(): boolean {
    URL.lastIndex = this.#at;
    const match = URL.exec(this.#text);
    if (match === null) return false;
    const url = withoutTrailing(match[0], match[0].includes('(') ? '.,;:!?*' : '.,;:!?*)');
    const end = this.#at + url.length;
    // An address in angle brackets stands without them.
    if (this.#plain.endsWith('<') && this.#text[end] === '>') {
      this.#plain = this.#plain.slice(0, -1);
      this.#push({ kind: 'link', text: url, url }, end + 1);
    } else {
      this.#push({ kind: 'link', text: url, url }, end);
    }
    return true;
  }

  #mayBegin(): boolean {
    return this.#at === 0 || BEFORE.test(this.#text[this.#at - 1] ?? '');
  }

  #find(mark: string, from: number): number {
    if (this.#missing.includes(mark)) return -1;
    const at = this.#text.indexOf(mark, from);
    if (at === -1) this.#missing = [...this.#missing, mark];
    return at;
  }

  #findStar(mark: '*' | '**', from: number): number {
    if (this.#missing.includes(mark)) return -1;
    for (
      let at = this.#text.indexOf(mark, from);
      at !== -1;
      at = this.#text.indexOf(mark, at + mark.length)
    ) {
      const after = this.#text[at + mark.length];
      const solid = !/\s/.test(this.#text[at - 1] ?? ' ');
      if (solid && (after === undefined || AFTER.test(after))) return at;
    }
    this.#missing = [...this.#missing, mark];
    return -1;
  }

  #push(inline: Inline, next: number): void {
    this.#flush();
    this.#out.push(inline);
    this.#at = next;
  }

  #flush(): void {
    if (this.#plain !== '') this.#out.push({ kind: 'text', text: this.#plain });
    this.#plain = '';
  }
}

function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
