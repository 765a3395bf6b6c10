import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FetchError } from './error.js';

/** Release tarballs have about 140 MiB. */
const MAX_DOWNLOAD = 2 * 1024 * 1024 * 1024;
const MAX_REDIRECTS = 8;
const ATTEMPTS = 3;
/** A server that says nothing for so long is given up. */
const IDLE_MS = 60_000;

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly idle?: number;
  /** Told bytes so far, and of how many where that is known. */
  readonly onProgress?: (bytes: number, total: number | null) => void;
}

/** What a partial download belongs to, so that only the same file is continued. */
interface Validator {
  readonly url: string;
  readonly validator: string;
}

/**
 * Downloads to `file`, taking up what an earlier run left there, and trying again where the
 * connection breaks. When it cannot be completed, what came stays for the next run. Throws FetchError.
 */
export async function download(url: URL, file: string, options: DownloadOptions): Promise<void> {
  let last: FetchError | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    options.signal?.throwIfAborted();
    const before = sizeOf(file);
    try {
      await continueDownload(url, file, options);
      rmSync(noteFile(file), { force: true });
      return;
    } catch (error) {
      if (options.signal?.aborted || (error instanceof FetchError && error.kind === 'input')) {
        throw error;
      }
      last = error instanceof FetchError ? error : broken(error);
      // Trying again helps against a connection that broke, not against one that brings nothing.
      if (sizeOf(file) <= before) throw last;
    }
  }
  throw last ?? new FetchError('environment', 'the download failed');
}

async function continueDownload(url: URL, file: string, options: DownloadOptions): Promise<void> {
  const note = readNote(file);
  const have = note?.url === url.href ? sizeOf(file) : 0;
  const idle = new IdleTimer(options);
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (have > 0 && note !== null) {
      headers.range = `bytes=${have}-`;
      headers['if-range'] = note.validator;
    }
    const response = await request(url, headers, idle.signal);
    if (response.status === 416) {
      // What is here has another length than what is there: the next attempt starts anew.
      rmSync(file, { force: true });
      rmSync(noteFile(file), { force: true });
      await response.body?.cancel();
      return continueDownload(url, file, options);
    }
    const start = startOf(response, have);
    const length = lengthOf(response);
    const total = length === null ? null : start + length;
    if (total !== null && total > MAX_DOWNLOAD) {
      throw new FetchError('input', `it has ${total} bytes, more than any QEMU release`);
    }
    keepNote(file, url, response);
    await save(response, file, start, total, idle, options);
    if (total !== null && sizeOf(file) !== total) {
      throw new FetchError('environment', `only ${sizeOf(file)} of ${total} bytes came`);
    }
  } finally {
    idle.stop();
  }
}

async function request(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let at = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await fetch(at.href, { headers, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      if (response.ok || response.status === 416) return response;
      await response.body?.cancel();
      const kind = response.status === 404 ? 'input' : 'environment';
      throw new FetchError(kind, `${at.href} answers ${response.status} ${response.statusText}`);
    }
    await response.body?.cancel();
    const next = URL.canParse(location, at.href) ? new URL(location, at) : null;
    const isSafe =
      next?.protocol === 'https:' || (next?.protocol === 'http:' && at.protocol === 'http:');
    if (next === null || !isSafe) {
      throw new FetchError('input', `${at.href} redirects to ${location}, which is not followed`);
    }
    at = next;
  }
  throw new FetchError('input', `${url.href} redirects more than ${MAX_REDIRECTS} times`);
}

/** Where the response's bytes belong: behind those that are there, or at the start. */
function startOf(response: Response, have: number): number {
  if (response.status !== 206) return 0;
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  if (range === null || Number(range[1]) !== have) {
    throw new FetchError('environment', 'the server continues at another place than asked');
  }
  return have;
}

function lengthOf(response: Response): number | null {
  const text = response.headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

async function save(
  response: Response,
  file: string,
  start: number,
  total: number | null,
  idle: IdleTimer,
  { onProgress }: DownloadOptions,
): Promise<void> {
  const handle = await open(file, start === 0 ? 'w' : 'r+');
  let at = start;
  try {
    for await (const chunk of response.body ?? []) {
      idle.touch();
      if (at + chunk.length > MAX_DOWNLOAD) {
        throw new FetchError('input', 'it is larger than any QEMU release');
      }
      await handle.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      onProgress?.(at, total);
    }
    await handle.truncate(at);
  } finally {
    await handle.close();
  }
}

/** Aborts what waits for a server for too long. */
class IdleTimer {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  constructor({ signal, idle = IDLE_MS }: DownloadOptions) {
    const message = `the server says nothing for ${idle / 1000} s`;
    this.#timer = setTimeout(
      () => this.#controller.abort(new FetchError('environment', message)),
      idle,
    );
    this.signal =
      signal === undefined
        ? this.#controller.signal
        : AbortSignal.any([signal, this.#controller.signal]);
  }

  touch(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function broken(error: unknown): FetchError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new FetchError('environment', `the download failed: ${reason}`);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function noteFile(file: string): string {
  return `${file}.json`;
}

function keepNote(file: string, url: URL, response: Response): void {
  const etag = response.headers.get('etag');
  // A weak tag does not stand for the same bytes.
  const strong = etag?.startsWith('W/') ? null : etag;
  const validator = strong ?? response.headers.get('last-modified');
  if (validator === null) rmSync(noteFile(file), { force: true });
  else writeFileSync(noteFile(file), JSON.stringify({ url: url.href, validator }));
}

function readNote(file: string): Validator | null {
  if (!existsSync(noteFile(file))) return null;
  try {
    const { url, validator } = JSON.parse(readFileSync(noteFile(file), 'utf8')) as Validator;
    return typeof url === 'string' && typeof validator === 'string' ? { url, validator } : null;
  } catch {
    // Half written: the download starts anew.
    return null;
  }
}

/** SHA-256 of a file, in hexadecimal digits. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
