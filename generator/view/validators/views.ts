/** Lines of items, each filled up to the width of a page. */
export type Lines = readonly string[];

/** The test of one member or element. Either `leaf` or `nested` is there. */
export interface StepView {
  /** Reads the member. */
  readonly access: string;
  /** Its name as a literal, or the variable of an element's index. */
  readonly key: string;
  /** A step that an optional member's absence passes. */
  readonly optional: boolean;
  /** The optional member is counted when it is there. */
  readonly counted: boolean;
  /** A test in an expression; null for a member of any type that need not be looked at. */
  readonly leaf: { readonly fails: string; readonly expected: string } | null;
  readonly nested: CallView | null;
  /** What is returned to end the test. */
  readonly stop: string;
}

/** A call of another test. */
export interface CallView {
  readonly test: string;
  /** Expression for its depth; null when it takes none. */
  readonly depth: string | null;
}

interface TestView {
  /** Name of the function `(value, findings, depth) => boolean`. */
  readonly fits: string;
}

/** The values of an enum, with the test where it is sent. */
export interface EnumTestView extends TestView {
  readonly partial: 'validator-enum';
  /** Name of the constant that lists the values. */
  readonly values: string;
  readonly lines: Lines;
  /** Sent: name of the predicate and its cases; null where any text passes. */
  readonly strict: { readonly is: string; readonly cases: Lines } | null;
}

export interface ObjectTestView extends TestView {
  readonly partial: 'validator-object';
  /** Expression that holds when the value is an object. */
  readonly guard: string;
  /** Takes the depth. */
  readonly recursive: boolean;
  /** Counts its members. */
  readonly counted: boolean;
  /** At the end there must be no other members. */
  readonly closed: boolean;
  /** Keeps the names of the chosen branch's members for that. */
  readonly tracksNames: boolean;
  /** Some member is optional. */
  readonly varies: boolean;
  /** How many members are mandatory, the discriminator among them. */
  readonly mandatory: number;
  readonly steps: readonly StepView[];
  /** The steps stand in a function of their own, which unions call. */
  readonly members: string | null;
  /** The constant that lists its members, bases' included; null when nothing needs it. */
  readonly names: string | null;
  /** What it lists. */
  readonly nameLines: Lines;
  /** The function that lists the members by the branch, of a union that is a branch itself. */
  readonly namesIn: string | null;
  readonly union: UnionStepView | null;
  readonly stop: string;
}

/** How a union goes on by its discriminator. */
export interface UnionStepView {
  readonly access: string;
  readonly key: string;
  readonly branches: readonly BranchCaseView[];
  /** `case` labels of values that carry nothing; empty where the default covers them. */
  readonly bare: Lines;
  /** Condition that holds unless a value without a case is accepted; null where none is. */
  readonly fails: string | null;
  readonly expected: string;
}

export interface BranchCaseView {
  readonly labels: Lines;
  readonly call: CallView;
  /** Expression for the names of the branch's members; null when they are not counted. */
  readonly names: string | null;
}

export interface AlternateTestView extends TestView {
  readonly partial: 'validator-alternate';
  readonly recursive: boolean;
  readonly arms: readonly ArmView[];
  /** The kinds of value that it takes. */
  readonly expected: string;
}

export interface ArmView {
  /** Condition that chooses it. */
  readonly when: string;
  readonly nested: CallView | null;
  /** Condition that holds when the value is right, and what is said otherwise; null when chosen is right. */
  readonly leaf: { readonly good: string; readonly expected: string } | null;
}

export interface ArrayTestView extends TestView {
  readonly partial: 'validator-array';
  readonly recursive: boolean;
  readonly step: StepView;
}

/** A built-in type standing alone, such as what a command returns. */
export interface LeafTestView extends TestView {
  readonly partial: 'validator-leaf';
  readonly good: string;
  readonly expected: string;
}

export type ValidatorTestView =
  | EnumTestView
  | ObjectTestView
  | AlternateTestView
  | ArrayTestView
  | LeafTestView;

/** An exported validator. */
export interface ValidatorExportView {
  readonly name: string;
  /** The name as a literal. */
  readonly literal: string;
  /** Lines of its comment. */
  readonly doc: readonly string[];
  /** Its type in TypeScript. */
  readonly type: string;
  readonly call: CallView;
}

/** One generated module of validators. */
export interface ValidatorModuleView {
  /** Functions imported from the runtime. */
  readonly functions: readonly string[];
  /** Whether types of `types.ts`, `commands.ts`, `events.ts` and the unknown arm are used. */
  readonly uses: {
    readonly types: boolean;
    readonly commands: boolean;
    readonly events: boolean;
    readonly unknown: boolean;
    readonly members: boolean;
    /** The empty list of names. */
    readonly none: boolean;
  };
  readonly tests: readonly ValidatorTestView[];
  readonly exports: readonly ValidatorExportView[];
}

/** A row of the tables by wire name. */
export interface TableRowView {
  readonly key: string;
  readonly name: string;
}

export interface ValidatorsView {
  readonly sent: ValidatorModuleView;
  readonly received: ValidatorModuleView;
  readonly arguments: readonly TableRowView[];
  readonly returns: readonly TableRowView[];
  readonly events: readonly TableRowView[];
  /** Whether there are returns or events. */
  readonly receives: boolean;
}
