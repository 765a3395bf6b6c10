/**
 * Makes a function that turns chunks of UTF-8 into text; a sequence cut by the end of a chunk is
 * completed by the next. What is not UTF-8 becomes U+FFFD.
 */
export function createDecoder(): (chunk: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let carries = false;
  return (chunk: Uint8Array & { utf8Slice?(from: number, to: number): string }) => {
    // QEMU sends ASCII: a chunk that ends in it, and continues nothing, can take the fastest way,
    // which is that of Node's buffers.
    const cut = (chunk.at(-1) ?? 0) > 127;
    const plain = carries || cut ? undefined : chunk.utf8Slice?.(0, chunk.length);
    carries = cut;
    return plain ?? decoder.decode(chunk, { stream: cut });
  };
}
