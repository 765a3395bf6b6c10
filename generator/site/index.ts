/**
 * A static site that documents schemas over several versions.
 *
 * model → view → render: schemas to entities with histories, entities to what templates say, that
 * to files. Accepts: schemas of each target, oldest first, and schemas to take documentation text
 * from. Guarantees: the files of a site that works from `file:`, the same for the same input; names
 * and texts of schemas never become markup, script or paths. Leaves to the caller: writing them.
 */
import type { TemplateEngine } from '../emit/engine.js';
import type { OutputFiles } from '../emit/index.js';
import { type SiteSource, siteModel } from './model/index.js';
import { loadAssets } from './render/assets.js';
import { renderSite } from './render/index.js';
import { siteView } from './view/index.js';

export type { SiteSource, SiteVersion } from './model/index.js';

export interface SiteOptions {
  /** Of every version that a target has, oldest first. */
  readonly labels: readonly string[];
  /** Those of SDKs, for what they declare. */
  readonly templates: TemplateEngine;
}

export async function documentationSite(
  sources: readonly SiteSource[],
  { labels, templates }: SiteOptions,
): Promise<OutputFiles> {
  const view = siteView(siteModel(sources, labels), templates);
  return renderSite(view, await loadAssets());
}
