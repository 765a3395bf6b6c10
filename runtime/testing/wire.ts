import type { Faults, Step, Subject } from './faults.js';

/** The server's side of one connection. */
export interface Wire {
  send(bytes: Uint8Array): void;
  /** Bytes sent that the client has not taken. */
  readonly backlog: number;
  /** Asks for no more input, or for more again. */
  pause(): void;
  resume(): void;
  /** Ends it once all is sent. */
  end(): void;
  /** Breaks it at once. */
  cut(): void;
}

/** Sends messages one after the other, each with what befalls it. */
export class Sender {
  readonly #wire: Wire;
  readonly #faults: Faults;
  /** What waits behind a delay. */
  #steps: Step[] = [];
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(wire: Wire, faults: Faults) {
    this.#wire = wire;
    this.#faults = faults;
  }

  /** Bytes that the client has not taken, those behind a delay included. */
  get backlog(): number {
    return this.#wire.backlog + this.#waiting;
  }

  send(bytes: Uint8Array, subject: Subject): void {
    for (const step of this.#faults.steps(bytes, subject)) this.#take(step);
  }

  end(): void {
    this.#take({ kind: 'end' });
  }

  cut(): void {
    this.stop();
    this.#wire.cut();
  }

  /** Forgets what is not sent. */
  stop(): void {
    this.#over = true;
    this.#steps = [];
    this.#waiting = 0;
    clearTimeout(this.#timer);
  }

  #take(step: Step): void {
    if (this.#over) return;
    if (this.#timer === undefined) {
      this.#do(step);
      return;
    }
    if (step.kind === 'bytes') this.#waiting += step.bytes.length;
    this.#steps.push(step);
  }

  #do(step: Step): void {
    switch (step.kind) {
      case 'bytes':
        this.#wire.send(step.bytes);
        return;
      case 'wait':
        this.#timer = setTimeout(() => this.#goOn(), step.milliseconds);
        return;
      case 'end':
        this.stop();
        this.#wire.end();
        return;
      case 'cut':
        this.cut();
    }
  }

  #goOn(): void {
    this.#timer = undefined;
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps) {
      if (this.#timer === undefined && step.kind === 'bytes') this.#waiting -= step.bytes.length;
      if (this.#timer === undefined) this.#do(step);
      else this.#steps.push(step);
      if (this.#over) return;
    }
  }
}
