import type { Change } from '@qapi-ts/runtime/compare';
import type { Place } from '../places.js';
import { siteKey, type Uses } from './uses.js';

/** The places of a program that a change touches, in order. */
export function touchedBy(change: Change, uses: Uses): readonly Place[] {
  const places = new Map(
    allPlaces(change, uses).map((place) => [`${place.file}:${place.line}`, place]),
  );
  return [...places.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line,
  );
}

function allPlaces(change: Change, uses: Uses): readonly Place[] {
  const { site, part } = change;
  if (part?.kind === 'value') return ofValue(change, part.name, uses);
  if (part?.kind === 'member') return ofMember(change, part.name, uses);
  if (site.kind !== 'type') return uses.ofSite(site);
  const whole = [...uses.ofSite(site)];
  if (change.direction !== 'received') whole.push(...uses.ofMembers(site, 'write'));
  if (change.direction !== 'sent') whole.push(...uses.ofMembers(site, 'read'));
  if (change.direction !== 'sent') whole.push(...uses.ofEnum(site.name));
  return whole;
}

function ofValue({ code, direction, site }: Change, value: string, uses: Uses): readonly Place[] {
  if (code === 'value-added') {
    // A program meets new values wherever it looks at the enum, and sends them nowhere.
    return direction === 'received' ? uses.ofEnum(site.name) : [];
  }
  const sent = direction === 'received' ? [] : uses.ofSentValue(site.name, value);
  const read = direction === 'sent' ? [] : uses.ofReadValue(site.name, value);
  return [...sent, ...read];
}

function ofMember({ code, direction, site }: Change, member: string, uses: Uses): readonly Place[] {
  if (code === 'member-required' || (code === 'member-made-mandatory' && direction === 'sent')) {
    const built = uses.built.filter(
      ({ sites, members, spread }) => sites.has(siteKey(site)) && !members.has(member) && !spread,
    );
    const places = built.map(({ place }) => place);
    // A command that is called without an object, or with one from elsewhere.
    const known = new Set(uses.built.flatMap(({ sites }) => [...sites]));
    return known.has(siteKey(site)) ? places : [...places, ...uses.ofSite(site)];
  }
  if (code === 'member-added') {
    if (site.kind !== 'type') return uses.ofSite(site);
    return uses.ofMembers(site, direction === 'sent' ? 'write' : 'read');
  }
  const written = direction === 'received' ? [] : uses.ofMember(site, member, 'write');
  const read = direction === 'sent' ? [] : uses.ofMember(site, member, 'read');
  return [...written, ...read];
}
