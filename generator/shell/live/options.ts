import { type Command, InvalidArgumentError, Option } from 'commander';
import { TARGETS } from '../../cli/input/options.js';
import type { Target } from '../../ir/types.js';

/** How a server is reached, as commander gives it. */
export interface LiveOptions {
  /** What the server is; a guest agent is spoken to otherwise than a monitor. */
  readonly target: Target;
  /** In milliseconds. */
  readonly timeout?: number;
  /** Folder of ca-cert.pem, and of client-cert.pem and client-key.pem where the server wants them. */
  readonly tlsCreds?: string;
  readonly tlsHostname?: string;
  /** False: whoever answers is trusted. */
  readonly tlsVerify?: boolean;
  /** QEMU's own schema folder, for its documentation. */
  readonly schemaDir?: string;
}

/** Options of every command that speaks to a server which may be a monitor or an agent. */
export function addLiveOptions(command: Command): Command {
  command.addOption(
    new Option('--target <target>', 'what the server is').choices(TARGETS).default('qmp'),
  );
  return addConnectionOptions(command);
}

/** Options of every command that speaks to a server. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option(
      '--timeout <seconds>',
      'give up connecting, or a command, after so long (connecting: 10)',
      seconds,
    )
    .option(
      '--tls-creds <dir>',
      'ca-cert.pem, client-cert.pem and client-key.pem for tls: and wss:',
    )
    .option('--tls-hostname <name>', "the name in the server's certificate, where HOST is another")
    .option('--no-tls-verify', 'trust whatever certificate the server has');
}

/** A duration in seconds as milliseconds. */
export function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('A number of seconds is expected, such as 5 or 0.5.');
  }
  return Number(text) * 1000;
}
