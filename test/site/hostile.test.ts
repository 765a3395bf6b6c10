import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEdited } from '../../generator/emit/header.js';
import type { OutputFiles } from '../../generator/emit/index.js';
import { isSafePath } from '../../generator/emit/paths.js';
import { outward } from '../../generator/site/view/html.js';
import { dataScript } from '../../generator/site/view/search.js';
import { hostileSchema } from '../support/hostile-schema.js';
import { siteOf } from './site.js';

const runs = process.env.QAPI_TS_LONG === '1' ? 300 : 15;

const TAGS = new Set(
  'a body button code dd div dl dt em figcaption figure footer h1 h2 h3 head header html input kbd li link main meta nav ol p pre script section span strong title ul table thead tbody tr th td b'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'aria-autocomplete aria-controls aria-expanded aria-hidden aria-label aria-labelledby autocomplete charset class content data-file data-root data-target hidden href http-equiv id lang name placeholder rel role scope spellcheck src tabindex type defer'.split(
    ' ',
  ),
);

/** What is not as the templates have it: tags, attributes, links, scripts. */
function foreignIn(markup: string): readonly string[] {
  const found: string[] = [];
  const body = markup.replace(/^(<!-- [^\n]* -->\n)+\n?/, '').replace(/^<!doctype html>/, '');
  const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g;
  const rest = body.replace(tag, (whole, _end, name: string, attributes: string) => {
    if (!TAGS.has(name)) found.push(whole);
    for (const [, attribute = '', value = ''] of attributes.matchAll(
      / ([a-z-]+)(?:="([^"]*)")?/g,
    )) {
      const isOurs =
        attribute === 'src'
          ? /^(\.\.\/)?(theme|site)\.js$/.test(value)
          : attribute === 'href' && name === 'a'
            ? /^(https?:\/\/|#|[\w./-]+(#[\w.-]+)?$)/.test(value)
            : ATTRIBUTES.has(attribute);
      if (!isOurs) found.push(whole);
    }
    return '';
  });
  if (/[<>]/.test(rest)) found.push(rest);
  if (body.split('<script').length !== 3) found.push('another script');
  return found;
}

function expectSafe(files: OutputFiles): void {
  const paths = [...files.keys()];
  const problems = paths.filter((path) => !isSafePath(path));
  if (new Set(paths.map((path) => path.toLowerCase())).size < paths.length) problems.push('clash');
  for (const [path, text] of files) {
    if (path.endsWith('.html')) {
      problems.push(...foreignIn(text));
      if (isEdited(text)) problems.push(`${path} is not as its digest says`);
      if (/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)) problems.push(`${path}: controls`);
    }
    if (path.endsWith('-data.js')) problems.push(...problemsOfData(text));
  }
  expect(problems).toEqual([]);
}

function problemsOfData(text: string): readonly string[] {
  const script = text.replace(/^(\/\/ .*\n)+/, '');
  const window: Record<string, unknown> = {};
  new Function('window', script)(window);
  const isData = Object.keys(window).join() === 'qapiSite' && !/[<>]/.test(script);
  return isData ? [] : [script];
}

it('what is looked for would be found', () => {
  const page = (body: string) => `<!doctype html><script src="theme.js"></script>${body}`;
  for (const body of ['<img src="x">', '<a onclick="x">', '<a href="javascript:x">', 'a < b']) {
    expect(foreignIn(`${page(body)}<script src="site.js"></script>`)).not.toEqual([]);
  }
  expect(foreignIn(page('<script src="evil.js"></script>'))).not.toEqual([]);
});

describe('sites of hostile schemas', () => {
  it('hold no markup, script or path but ours', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, hostileSchema, async (before, after) => {
        expectSafe(await siteOf({ '1.0': before, '2.0': after }));
      }),
      { numRuns: runs },
    );
  });

  it('take documentation from hostile schemas', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        expectSafe(
          await siteOf({ '1.0': schema }, { documentation: [schema], introspected: ['1.0'] }),
        );
      }),
      { numRuns: runs },
    );
  });
});

describe('links', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    ' https://a b',
    '//evil',
    'JaVaScRiPt:x',
  ])('do not lead to %s', (url) => {
    expect(outward(url, 'here')).not.toContain('href');
  });

  it('stay in their attribute', () => {
    expect(outward('https://example.org/"onclick="x', '<b>')).toBe(
      '<a class="out" href="https://example.org/%22onclick=%22x" rel="noreferrer">&lt;b&gt;</a>',
    );
  });
});

it('data cannot end the script that holds it', () => {
  const script = dataScript('search', { name: '</script><script>alert(1)//\u2028<!--' });
  expect(script).not.toMatch(/[<>\u2028]/);
  const window: { qapiSite?: { search?: { name: string } } } = {};
  new Function('window', script)(window);
  expect(window.qapiSite?.search?.name).toBe('</script><script>alert(1)//\u2028<!--');
});
