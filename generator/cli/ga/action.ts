import type { Command } from 'commander';
import type { Io } from '../io.js';
import type { Agent } from './agent.js';

/** What the actions of `ga` are given. */
export interface Surroundings {
  readonly io: Io;
  /** Connects, and ends the run with the right status where that or what follows fails. */
  run(body: (agent: Agent) => Promise<void>): Promise<void>;
  /** As `run`, and does `body` also when the agent keeps silent in spite of the connection. */
  probe(body: (agent: Agent | null) => Promise<void>): Promise<void>;
}

/** An action: it adds its arguments and options, and what it does. */
export interface Action {
  readonly summary: string;
  define(command: Command, around: Surroundings): void;
}
