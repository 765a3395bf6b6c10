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
/** A name or tag, with text beside it or below; what follows is not indented. */
const filled = (head: string): string =>
  `# ${head}(?: +\\S.*\\n(?:${BLANK})*|\\n(?:${BLANK})*(?=# {5}\\S))(?:${CONTINUED})?(?!#  )`;
const parts = (source: string): RegExp => new RegExp(source, 'y');

const DEFINITION = parts(`##\\n# @[\\w.-]+:\\n(?:${BLANK})*`);
const PROSE = parts(`(?:${PARAGRAPH})*`);
const DESCRIPTIONS = parts(`(?:${filled('@[\\w.-]+:')})+`);
const FEATURES = parts(`${APART}# Features:\\n(?:${BLANK})*`);
const TAGS = ['Returns', 'Errors', 'Since'];
const TAGGED = parts(APART + filled(`(?:${TAGS.join('|')}):(?!:)`));
const FREE_FORM = /^##\n(?:# *\n|# (?!@).*\n)*##$/;

/** Of what a regular expression reads as a whole: for each line it takes memory, which is limited. */
export const LONGEST = 4_000_000;

/**
 * Whether a comment is laid out as nearly all of 10.2 are, its sections in their usual order: then no
 * rule of layout has anything against it, but for names that are described twice and the style of
 * lines, which are not looked at here.
 */
export function isUsualLayout(comment: string): boolean {
  // A marker that is indented is none.
  if (comment.length > LONGEST || comment.includes('\n# ##')) return false;
  return comment.startsWith('# @', 3) ? isDefinition(comment) : FREE_FORM.test(comment);
}

/** By one expression for each part: a single one of all takes longer to compile than to use. */
function isDefinition(comment: string): boolean {
  let start = 0;
  let at = 0;
  const take = (part: RegExp): boolean => {
    part.lastIndex = at;
    if (!part.test(comment)) return false;
    start = at;
    at = part.lastIndex;
    return true;
  };
  if (!take(DEFINITION)) return false;
  take(PROSE);
  if (take(DESCRIPTIONS)) take(PROSE);
  if (take(FEATURES)) {
    if (!take(DESCRIPTIONS)) return false;
    take(PROSE);
  }
  for (let earlier = -1; take(TAGGED); take(PROSE)) {
    const tag = TAGS.findIndex((name) => comment.startsWith(name, start + 2));
    if (tag <= earlier) return false;
    earlier = tag;
  }
  return at === comment.length - END.length && comment.endsWith(END);
}

const END = '##';
const MARKER = '##\n';

/**
 * Gives the lines of a comment in the usual layout, each with its offset in the comment. Returns how
 * many columns the longest takes, its marker included.
 */
export function eachUsualLine(comment: string, take: (text: string, at: number) => void): number {
  let longest = 0;
  for (let at = MARKER.length; at < comment.length - END.length; ) {
    const end = comment.indexOf('\n', at);
    const text = comment.slice(at + 2, end);
    const last = text.charCodeAt(text.length - 1);
    // Most lines end in a letter or a stop.
    take(last > 0x20 && last < 0x7f ? text : text.trimEnd(), at + 2);
    longest = Math.max(longest, end - at);
    at = end + 1;
  }
  return longest;
}
