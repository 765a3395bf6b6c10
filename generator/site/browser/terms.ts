/**
 * The words of a name: `blockdev-add` gives itself, "blockdev" and "add"; `BlockdevOptionsFile`
 * itself, "blockdev", "options" and "file".
 */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const word of text.split(/[\s"'(){}[\],;:]+/)) {
    const pieces = word.split(
      /[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u,
    );
    for (const term of [word, ...pieces]) if (term !== '') terms.add(term.toLowerCase());
  }
  return [...terms];
}
