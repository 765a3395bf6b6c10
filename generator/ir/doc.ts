/** Structured documentation. Plain data: no markup survives in `text`, nothing is escaped yet. */
export interface Doc {
  /** First paragraph. */
  readonly summary: readonly Inline[];
  /** What follows it, up to the first tagged section, notes and examples included in place. */
  readonly body: readonly Block[];
  readonly returns: readonly Block[];
  readonly errors: readonly Block[];
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  /** A web address, with its text when the source gives one. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** `@name`, `` `name` ``, `:qapi:cmd:` and the like; `name` is a wire name, resolved when emitted. */
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly role: 'any' | 'member' | 'type' | 'command' | 'event';
    };

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'example'; readonly title: string | null; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'admonition';
      readonly name: 'note' | 'warning' | 'caution' | 'important' | 'tip' | 'see-also';
      readonly blocks: readonly Block[];
    };
