import type { Random } from './random.js';

/**
 * What goes wrong with one message of the server, or with several at a time:
 * - `delay`: it and all after it come so many milliseconds later
 * - `split`: it comes in pieces, cut anywhere, of at most `size` bytes (random lengths without it)
 * - `garbage`: bytes that mean nothing come before it; random ones unless they are given
 * - `drop`: it does not come
 * - `half`: only its first half comes, then the connection breaks
 * - `kill`: the connection breaks in its place
 */
export type Fault =
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'split'; readonly size?: number }
  | { readonly kind: 'garbage'; readonly bytes?: Uint8Array | string }
  | { readonly kind: 'drop' | 'half' | 'kill' };

/** Which messages a fault befalls; all where nothing is said. */
export interface FaultPlace {
  readonly message?: 'greeting' | 'reply' | 'event';
  /** Name of the command replied to, or of the event. */
  readonly name?: string;
  /** How likely it is, from 0 to 1; certain by default. */
  readonly chance?: number;
  /** How often at most; as often as it fits by default. */
  readonly times?: number;
}

/** What a message is, for faults to be found by. */
export interface Subject {
  readonly message: 'greeting' | 'reply' | 'event';
  /** Absent for replies to what was no command, and for the greeting. */
  readonly name?: string | undefined;
}

/** One step of sending. */
export type Step =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** An end in order, after all before it was sent. */
  | { readonly kind: 'end' }
  /** A break at once. */
  | { readonly kind: 'cut' };

interface Injected {
  readonly fault: Fault;
  readonly place: FaultPlace;
  left: number;
}

/** The faults of one server. */
export class Faults {
  readonly #random: Random;
  readonly #injected = new Set<Injected>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns takes it back */
  inject(fault: Fault, place: FaultPlace): () => void {
    const injected = { fault, place, left: place.times ?? Number.POSITIVE_INFINITY };
    this.#injected.add(injected);
    return () => void this.#injected.delete(injected);
  }

  clear(): void {
    this.#injected.clear();
  }

  /** How a message is sent. */
  steps(bytes: Uint8Array, subject: Subject): readonly Step[] {
    let steps: readonly Step[] = [{ kind: 'bytes', bytes }];
    for (const injected of this.#injected) {
      const { fault, place } = injected;
      if (!befalls(place, subject) || !this.#random.chance(place.chance ?? 1)) continue;
      if (--injected.left <= 0) this.#injected.delete(injected);
      steps = this.#apply(fault, steps);
    }
    return steps;
  }

  #apply(fault: Fault, steps: readonly Step[]): readonly Step[] {
    switch (fault.kind) {
      case 'delay':
        return [{ kind: 'wait', milliseconds: fault.milliseconds }, ...steps];
      case 'split':
        return steps.flatMap((step) =>
          step.kind === 'bytes' ? this.#pieces(step.bytes, fault.size) : [step],
        );
      case 'garbage':
        return [{ kind: 'bytes', bytes: this.#garbage(fault.bytes) }, ...steps];
      case 'drop':
        return steps.filter(({ kind }) => kind !== 'bytes');
      case 'half':
        return [
          ...steps.map((step) =>
            step.kind === 'bytes'
              ? { ...step, bytes: step.bytes.subarray(0, step.bytes.length >> 1) }
              : step,
          ),
          { kind: 'cut' },
        ];
      case 'kill':
        return [...steps.filter(({ kind }) => kind === 'wait'), { kind: 'cut' }];
    }
  }

  #pieces(bytes: Uint8Array, size: number | undefined): readonly Step[] {
    const steps: Step[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = size ?? 1 + this.#random.below(Math.max(1, bytes.length / 2));
      if (at > 0) steps.push({ kind: 'wait', milliseconds: 0 });
      steps.push({ kind: 'bytes', bytes: bytes.subarray(at, at + Math.max(1, length)) });
      at += Math.max(1, length);
    }
    return steps;
  }

  #garbage(given: Uint8Array | string | undefined): Uint8Array {
    if (typeof given === 'string') return new TextEncoder().encode(given);
    const length = 1 + this.#random.below(40);
    return given ?? Uint8Array.from({ length }, () => this.#random.below(256));
  }
}

function befalls(place: FaultPlace, subject: Subject): boolean {
  if (place.message !== undefined && place.message !== subject.message) return false;
  return place.name === undefined || place.name === subject.name;
}
