import type { SearchData, SiteData } from '../data.js';

declare global {
  interface Window {
    qapiSite?: SiteData;
  }
}

/** The way from this page to the site's folder. */
export const root = document.documentElement.dataset.root ?? '';

const loading = new Map<string, Promise<void>>();

/** Loads a classic script once: pages opened as files may load nothing else. */
export function loadScript(src: string): Promise<void> {
  const known = loading.get(src);
  if (known !== undefined) return known;
  const loaded = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${src} is missing`));
    document.head.append(script);
  });
  loading.set(src, loaded);
  return loaded;
}

export async function searchData(): Promise<SearchData> {
  await loadScript(`${root}search-data.js`);
  const data = window.qapiSite?.search;
  if (data === undefined) throw new Error('search-data.js holds no data');
  return data;
}
