import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { type LiveAddress, parseLiveAddress } from '../../introspection/fetch/address.js';
import { introspectionModules, readIntrospection } from '../../introspection/read/index.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import { interrupted, refuse } from '../exit.js';
import type { Io } from '../io.js';
import type { Draft } from './load.js';

/** Reads a `query-qmp-schema` reply from a file or a running server. Ends the run when it cannot be had. */
export async function readReply(
  source: string,
  diagnostics: Diagnostics,
  io: Io,
): Promise<Draft | null> {
  const address = parseLiveAddress(source);
  if (address === null && /^(unix|tcp):/.test(source)) {
    refuse(`'${source}' is no address: unix:PATH or tcp:HOST:PORT is expected`);
  }
  const file =
    address === null ? fromFile(source) : await fromServer(address, source, diagnostics, io);
  if (file === null) return null;
  const definitions = readIntrospection(file, diagnostics);
  const files = address === null ? [source] : [];
  return definitions === null ? null : { definitions, modules: introspectionModules, files };
}

function fromFile(source: string): SourceFile {
  const read = readText(source);
  return read.ok ? new SourceFile(source, read.text) : refuse(`${source} ${read.reason}`);
}

async function fromServer(
  address: LiveAddress,
  label: string,
  diagnostics: Diagnostics,
  io: Io,
): Promise<SourceFile | null> {
  // The runtime is loaded for live servers only.
  const { fetchIntrospection } = await import('../../introspection/fetch/index.js');
  const { ConnectionError, ProtocolError, TimeoutError } = await import('@qapi-ts/runtime');
  const signal = io.interruption();
  try {
    return await fetchIntrospection(address, label, diagnostics, { signal });
  } catch (error) {
    if (signal.aborted) interrupted();
    const ours = [ConnectionError, ProtocolError, TimeoutError];
    if (!ours.some((kind) => error instanceof kind)) throw error;
    return refuse((error as Error).message);
  }
}
