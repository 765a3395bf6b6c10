/**
 * From views to files: pages by templates, data as scripts, and the assets beside them.
 *
 * Accepts: views, templates and assets. Guarantees: files with our header and digest under safe,
 * distinct names; no character that is a control or turns text around. Leaves to the caller: writing.
 */
import { withHeader } from '../../emit/header.js';
import type { OutputFiles } from '../../emit/index.js';
import type { EntityView } from '../view/entity.js';
import type { SiteView, TargetView } from '../view/index.js';
import { dataScript } from '../view/search.js';
import type { Assets } from './assets.js';

/** What every page is rendered with beside its own view. */
interface PageView {
  readonly title: string;
  readonly description: string;
  /** The way to the site's folder. */
  readonly root: '' | '../';
  readonly page: object;
}

export function renderSite(site: SiteView, { templates, files: fixed }: Assets): OutputFiles {
  const label = `QAPI of ${site.labels.join(', ')}`;
  const files = new Map<string, string>();
  const put = (path: string, text: string): void => {
    if (files.has(path)) throw new Error(`two files of the site want the name ${path}`);
    files.set(path, withHeader(path, label, text));
  };
  const page = (path: string, template: string, view: PageView): void =>
    put(path, seal(templates.render(template, view)));

  page('index.html', 'home', {
    ...{ title: 'QAPI reference', root: '', page: site },
    description: `Commands, events and types of QEMU ${site.labels.join(', ')}`,
  });
  for (const target of site.targets) targetPages(target, page);
  put('site.css', templates.render('style', {}));
  put('search-data.js', seal(dataScript('search', site.search)));
  for (const { target, graph } of site.targets) {
    put(`${target}/graph-data.js`, seal(dataScript('graph', graph)));
  }
  for (const [path, text] of fixed) put(path, text);
  return files;
}

type Page = (path: string, template: string, view: PageView) => void;

function targetPages(target: TargetView, page: Page): void {
  const { title, about } = target.card;
  const root = '../';
  page(`${target.target}/index.html`, 'target', {
    ...{ title, root, description: about, page: target },
  });
  for (const changes of target.changes) {
    const heading = `${title}: changes in ${changes.label}`;
    page(`${target.target}/${changes.file}`, 'changes', {
      ...{ title: heading, description: heading, root, page: { ...changes, card: target.card } },
    });
  }
  for (const entity of target.entities) {
    page(`${target.target}/${entity.file}`, 'entity', {
      ...{ title: `${entity.title} · ${title}`, root, description: descriptionOf(entity) },
      page: { ...entity, card: target.card },
    });
  }
}

function descriptionOf({ kind, title, summaryText }: EntityView): string {
  return summaryText === '' ? `The ${kind} ${title}` : summaryText;
}

/** The last step for every page, whatever it was made of. */
function seal(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '');
}
