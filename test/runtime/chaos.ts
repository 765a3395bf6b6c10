import type { Duplex } from 'node:stream';
import type { Link, Opener } from '@qapi-ts/runtime';
import { streamLink } from '../../runtime/transport/node.js';
import { GREETING, Peer } from './peer.js';

/** Numbers in [0, 1) that a seed decides. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How likely each fault is, for each message that the server sends. */
export interface Faults {
  readonly drop: number;
  readonly garbage: number;
  readonly half: number;
  readonly kill: number;
  readonly delay: number;
  readonly noise: number;
}

/**
 * A server that echoes the arguments of each command, cuts what it sends anywhere, and does wrong
 * as its seed decides: it drops replies, sends garbage, half a message, or ends at once; or it
 * sends what is right and confusing, such as events, stray replies and pretty printing.
 */
export class ChaosServer {
  readonly #next: () => number;
  readonly #faults: Faults;
  readonly #greeting: string;
  connections = 0;
  /** Whether any fault was such that a command may rightly fail. */
  faulty = false;

  constructor(seed: number, faults: Faults) {
    this.#next = random(seed);
    this.#faults = faults;
    this.#greeting = this.#next() < 0.5 ? GREETING : GREETING.replace('"oob"', '');
  }

  /** A way to it, which can be taken again. */
  opener(): Opener {
    return {
      name: 'chaos',
      open: async (): Promise<Link> => {
        this.connections++;
        const peer = new Peer();
        this.#serve(peer).catch(() => {});
        return streamLink(peer.address);
      },
    };
  }

  async #serve(peer: Peer): Promise<void> {
    const { address } = peer;
    this.#emit(address, this.#greeting);
    for (;;) {
      const command = await peer.take();
      if (this.#chance(this.#faults.delay)) {
        await new Promise((done) => setTimeout(done, this.#next() * 4));
      }
      if (address.destroyed) return;
      const reply = JSON.stringify(
        { return: command.arguments ?? {}, id: command.id },
        null,
        this.#chance(0.2) ? 4 : 0,
      );
      if (this.#chance(this.#faults.noise)) this.#emit(address, this.#noise());
      if (command.execute !== 'qmp_capabilities') {
        if (this.#fault(this.#faults.drop)) continue;
        if (this.#fault(this.#faults.garbage)) this.#emit(address, '}{ garbage\r\n');
        if (this.#fault(this.#faults.half)) {
          this.#emit(address, reply.slice(0, Math.floor(this.#next() * reply.length)));
          return void address.push(null);
        }
        if (this.#fault(this.#faults.kill)) return void address.destroy(new Error('ECONNRESET'));
      }
      this.#emit(address, reply + (this.#chance(0.5) ? '\r\n' : ''));
    }
  }

  /** Right and confusing. */
  #noise(): string {
    const kinds = [
      '{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "NOISE", "data": {"n": 1}}\r\n',
      '{"return": "stranger", "id": 999999}\r\n',
      '{"error": {"class": "GenericError", "desc": "stranger"}, "id": "x"}',
      '{"return": inf, "id": 999998}\n',
      '{"unknown": {"__proto__": {"polluted": true}}}\n',
      ' \r\n\t',
    ];
    return kinds[Math.floor(this.#next() * kinds.length)] ?? '';
  }

  #emit(address: Duplex, text: string): void {
    let rest = text;
    while (rest.length > 0 && !address.destroyed) {
      const size = this.#chance(0.5) ? rest.length : 1 + Math.floor(this.#next() * rest.length);
      address.push(rest.slice(0, size));
      rest = rest.slice(size);
    }
  }

  #chance(likelihood: number): boolean {
    return this.#next() < likelihood;
  }

  #fault(likelihood: number): boolean {
    const happens = this.#chance(likelihood);
    this.faulty ||= happens;
    return happens;
  }
}
