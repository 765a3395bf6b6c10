import { Random } from './values.js';

interface MemberPlan {
  name: string;
  type: string;
  optional: boolean;
}
interface StructPlan {
  base: string | null;
  members: MemberPlan[];
}

/** A schema before it is written; plain, so that a copy can be changed. */
interface Plan {
  enums: Record<string, string[]>;
  structs: Record<string, StructPlan>;
  /** The union U: what is common beside its discriminator `kind`, and what each value adds. */
  common: MemberPlan[];
  branches: Record<string, string>;
  /** The alternate A. */
  alternatives: string[];
  /** Type of the arguments, of the return. */
  commands: Record<string, { takes: string; gives: string; open: boolean; oob: boolean }>;
  events: Record<string, string>;
}

const NAMES = ['ant', 'bee', 'cow', 'dog', 'elk', 'fox'] as const;
const VALUES = ['red', 'green', 'blue', 'black', 'white'] as const;
const STRUCTS = ['S0', 'S1', 'S2', 'S3'] as const;
const BUILTINS = [
  ...['str', 'bool', 'number', 'int', 'int8', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'],
  ...['size', 'any', 'null', 'E0', 'E1'],
];
/** No two of one kind of JSON value. */
const ALTERNATIVES = [['E0', 'E1'], ['bool'], ['null'], ['int', 'uint8', 'number'], ['S2', 'S3']];

/** A schema and one that some edits have made of it, as texts. Some are refused by the checks. */
export function schemaPair(seed: number): readonly [before: string, after: string] {
  const random = new Random(seed);
  // The first draws of neighbouring seeds are alike.
  for (let turn = 0; turn < 8; turn += 1) random.below(2);
  const plan = randomPlan(random);
  const before = write(plan);
  const changed = structuredClone(plan);
  for (let edits = 1 + random.below(3); edits > 0; edits -= 1) random.pick(EDITS)(changed, random);
  return [before, write(changed)];
}

function randomPlan(random: Random): Plan {
  const structs = Object.fromEntries(
    STRUCTS.map((name, at): [string, StructPlan] => [
      name,
      {
        base: at > 1 && random.below(3) === 0 ? `S${random.below(2)}` : null,
        members: someOf(NAMES, random).map((member) => memberPlan(member, random, at)),
      },
    ]),
  );
  const ends = () => random.pick(['U', 'A', ...STRUCTS, '[S1]', '[E0]', '[U]', 'none']);
  const objects = () => random.pick(['U', ...STRUCTS, 'none']);
  return {
    enums: { E0: someOf(VALUES, random), E1: someOf(VALUES, random), Kind: someOf(VALUES, random) },
    structs,
    common: someOf(NAMES.slice(0, 2), random).map((name) => memberPlan(name, random, 0)),
    branches: Object.fromEntries(
      someOf(VALUES, random).map((value) => [value, random.pick(STRUCTS)]),
    ),
    alternatives: ALTERNATIVES.filter(() => random.below(2) === 0).map((of) => random.pick(of)),
    commands: Object.fromEntries(
      ['c0', 'c1', 'c2'].map((name) => [
        name,
        {
          takes: objects(),
          gives: ends(),
          open: random.below(8) === 0,
          oob: random.below(4) === 0,
        },
      ]),
    ),
    events: { EV0: objects(), EV1: objects() },
  };
}

/** One at least. */
function someOf(names: readonly string[], random: Random): string[] {
  const some = names.filter(() => random.below(2) === 0);
  return some.length > 0 ? some : [random.pick(names)];
}

/** What holds others comes after them, so that no type contains itself. */
function memberPlan(name: string, random: Random, at: number): MemberPlan {
  return { name, type: typeText(random, at), optional: random.below(2) === 0 };
}

function typeText(random: Random, at: number): string {
  const inner = Array.from({ length: at }, (_, index) => `S${index}`);
  const type = random.pick([...BUILTINS, ...inner, ...inner]);
  return random.below(5) === 0 ? `[${type}]` : type;
}

type Edit = (plan: Plan, random: Random) => void;

const anyStruct = (plan: Plan, random: Random): readonly [StructPlan, number] => {
  const at = random.below(STRUCTS.length);
  return [plan.structs[`S${at}`] as StructPlan, at];
};

const toggle = (list: string[], value: string): void => {
  const at = list.indexOf(value);
  if (at === -1) list.push(value);
  else if (list.length > 1) list.splice(at, 1);
};

const EDITS: readonly Edit[] = [
  (plan, random) => {
    const [struct] = anyStruct(plan, random);
    const member = random.pick(struct.members);
    member.optional = !member.optional;
  },
  (plan, random) => {
    const [struct, at] = anyStruct(plan, random);
    const name = random.pick(NAMES);
    if (struct.members.some((member) => member.name === name)) return;
    struct.members.push(memberPlan(name, random, at));
  },
  (plan, random) => {
    const [struct] = anyStruct(plan, random);
    if (struct.members.length > 1) struct.members.splice(random.below(struct.members.length), 1);
  },
  (plan, random) => {
    const [struct, at] = anyStruct(plan, random);
    random.pick(struct.members).type = typeText(random, at);
  },
  (plan, random) =>
    toggle(plan.enums[random.pick(['E0', 'E1', 'Kind'])] ?? [], random.pick(VALUES)),
  (plan, random) =>
    toggle(plan.enums[random.pick(['E0', 'E1', 'Kind'])] ?? [], random.pick(VALUES)),
  (plan, random) => {
    const value = random.pick(VALUES);
    if (plan.branches[value] === undefined) plan.branches[value] = random.pick(STRUCTS);
    else delete plan.branches[value];
  },
  (plan, random) => {
    const value = random.pick(VALUES);
    if (plan.branches[value] !== undefined) plan.branches[value] = random.pick(STRUCTS);
  },
  // From what is common into the branches, and back.
  (plan, random) => {
    const [member] = plan.common.splice(random.below(plan.common.length || 1), 1);
    if (member === undefined) return;
    for (const name of STRUCTS) {
      const { members } = plan.structs[name] as StructPlan;
      if (!members.some((other) => other.name === member.name)) members.push({ ...member });
    }
  },
  (plan, random) => {
    const [{ members }] = anyStruct(plan, random);
    const [member] = members.length > 1 ? members.splice(random.below(members.length), 1) : [];
    if (member !== undefined) plan.common.push(member);
  },
  (plan, random) => toggle(plan.alternatives, random.pick(random.pick(ALTERNATIVES))),
  (plan, random) => {
    const command = plan.commands[random.pick(['c0', 'c1', 'c2'])];
    if (command !== undefined) command.takes = random.pick(['U', ...STRUCTS, 'none']);
  },
  (plan, random) => {
    const command = plan.commands[random.pick(['c0', 'c1', 'c2'])];
    if (command !== undefined) command.gives = random.pick(['U', 'A', ...STRUCTS, '[S1]', 'none']);
  },
  (plan, random) => {
    const command = plan.commands[random.pick(['c0', 'c1', 'c2'])];
    if (command !== undefined) command.open = !command.open;
  },
  (plan, random) => {
    const [struct] = anyStruct(plan, random);
    struct.base = struct.base === null ? random.pick(['S0', 'S1']) : null;
  },
  (plan, random) => {
    plan.events[random.pick(['EV0', 'EV1'])] = random.pick(['U', ...STRUCTS, 'none']);
  },
];

function write(plan: Plan): string {
  const members = (list: readonly MemberPlan[]) =>
    `{ ${list.map(({ name, type, optional }) => `'${optional ? '*' : ''}${name}': ${ref(type)}`).join(', ')} }`;
  const lines = Object.entries(plan.enums).map(
    ([name, values]) =>
      `{ 'enum': '${name}', 'data': [${values.map((v) => `'${v}'`).join(', ')}] }`,
  );
  for (const [name, { base, members: own }] of Object.entries(plan.structs)) {
    const inherited = base === null || base === name ? '' : ` 'base': '${base}',`;
    lines.push(`{ 'struct': '${name}',${inherited} 'data': ${members(own)} }`);
  }
  const common = members([{ name: 'kind', type: 'Kind', optional: false }, ...plan.common]);
  const branches = Object.entries(plan.branches).filter(([value]) =>
    plan.enums.Kind?.includes(value),
  );
  const data = branches.map(([value, type]) => `'${value}': '${type}'`).join(', ');
  lines.push(`{ 'union': 'U', 'base': ${common}, 'discriminator': 'kind', 'data': { ${data} } }`);
  const kinds = plan.alternatives.map((type, at) => `'k${at}': '${type}'`).join(', ');
  lines.push(`{ 'alternate': 'A', 'data': { ${kinds} } }`);
  for (const [name, { takes, gives, open, oob }] of Object.entries(plan.commands)) {
    const sent =
      takes === 'none' ? '' : `, 'data': '${takes}'${takes === 'U' ? `, 'boxed': true` : ''}`;
    const received = gives === 'none' ? '' : `, 'returns': ${ref(gives)}`;
    const flags = `${open ? `, 'gen': false` : ''}${oob ? `, 'allow-oob': true` : ''}`;
    lines.push(`{ 'command': '${name}'${sent}${received}${flags} }`);
  }
  for (const [name, type] of Object.entries(plan.events)) {
    const sent =
      type === 'none' ? '' : `, 'data': '${type}'${type === 'U' ? `, 'boxed': true` : ''}`;
    lines.push(`{ 'event': '${name}'${sent} }`);
  }
  return lines.join('\n');
}

const ref = (type: string): string =>
  type.startsWith('[') ? `[ '${type.slice(1, -1)}' ]` : `'${type}'`;
