/** A step of writing: text that is ready, or a value that is not. */
type Step = { readonly text: string } | { readonly value: unknown };

/**
 * A value as one line of JSON, integers exact. Not recursive: what a server sends may nest deeper
 * than the stack.
 */
export function exactJson(value: unknown): string {
  const written: string[] = [];
  const steps: Step[] = [{ value }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('text' in step) {
      written.push(step.text);
      continue;
    }
    const parts = partsOf(step.value);
    if (typeof parts === 'string') written.push(parts);
    else for (let at = parts.length - 1; at >= 0; at -= 1) steps.push(parts[at] as Step);
  }
  return written.join('');
}

function partsOf(value: unknown): string | Step[] {
  if (typeof value !== 'object' || value === null) return scalarJson(value);
  const steps: Step[] = [];
  if (Array.isArray(value)) {
    value.forEach((item, at) => {
      steps.push({ text: at === 0 ? '[' : ',' }, { value: item });
    });
    return steps.length === 0 ? '[]' : [...steps, { text: ']' }];
  }
  for (const [name, member] of Object.entries(value)) {
    const before = steps.length === 0 ? '{' : ',';
    steps.push({ text: `${before}${JSON.stringify(name)}:` }, { value: member });
  }
  return steps.length === 0 ? '{}' : [...steps, { text: '}' }];
}

/** Of what is neither an object nor a list. */
export function scalarJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  return JSON.stringify(value) ?? 'null';
}
