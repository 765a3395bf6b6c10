/*
 * Lines of a comment, each with its marker. No two parts that follow one another may match the same
 * line: otherwise time could grow faster than a comment.
 */
const BLANK = '# *\\n';
const INDENTED = '# {5,}\\S.*\\n';
/** From where a text is continued, four columns in. */
const CONTINUED = `# {5}\\S.*\\n(?:${BLANK}|${INDENTED})*`;
/** Without a blank line before it, what stands here may be taken for part of a text above. */
const APART = `(?<=\\n${BLANK})`;
const SECTION = '(?:Returns|Errors|Since|Notes?|Examples?|TODO):(?!:)';
const PARAGRAPH = `${APART}(?:# (?!@|Features:|${SECTION}| *\\n).*\\n)+(?:(?:${BLANK})+|(?=##))`;
const PROSE = `(?:${PARAGRAPH})*`;
/** A name or tag, with text beside it or below. */
const filled = (head: string): string =>
  `# ${head}(?: +\\S.*\\n(?:${BLANK})*|\\n(?:${BLANK})*(?=# {5}\\S))(?:${CONTINUED})?`;
const DESCRIPTIONS = `(?:${filled('@[\\w.-]+:')})+`;
const section = (tag: string): string => `(?:${APART}${filled(`${tag}:(?!:)`)}${PROSE})?`;

const DEFINITION = new RegExp(
  `^##\\n# @[\\w.-]+:\\n(?:${BLANK})*${PROSE}(?:${DESCRIPTIONS}${PROSE})?` +
    `(?:${APART}# Features:\\n(?:${BLANK})*${DESCRIPTIONS}${PROSE})?` +
    `${section('Returns')}${section('Errors')}${section('Since')}##$`,
);
const FREE_FORM = /^##\n(?:# *\n|# (?!@).*\n)*##$/;

/**
 * Whether a comment is laid out as nearly all of 10.2 are, its sections in their usual order: then no
 * rule of layout has anything against it, but for names that are described twice and the style of
 * lines, which are not looked at here.
 */
export function isUsualLayout(comment: string): boolean {
  return comment.startsWith('# @', 3) ? DEFINITION.test(comment) : FREE_FORM.test(comment);
}
