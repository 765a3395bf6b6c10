import type { Site } from '@qapi-ts/runtime/compare';
import type { Place } from '../places.js';

export type Access = 'write' | 'read';

/** An object that a program builds: what it sets of which sites. */
export interface Built {
  readonly sites: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  /** It takes members from elsewhere (`...rest`): what it sets is not known in full. */
  readonly spread: boolean;
  readonly place: Place;
}

export const siteKey = ({ kind, name }: Site): string => `${kind} ${name}`;

/** What a program uses of an SDK, by the sites that differences are reported at. */
export class Uses {
  readonly #places = new Map<string, Map<string, Place>>();
  readonly built: Built[] = [];

  #add(key: string, place: Place): void {
    const places = this.#places.get(key) ?? new Map<string, Place>();
    this.#places.set(key, places.set(`${place.file}:${place.line}`, place));
  }

  /** A command or event by name, or a type as a whole. */
  site(site: Site, place: Place): void {
    this.#add(`site ${siteKey(site)}`, place);
  }

  member(site: Site, member: string, access: Access, place: Place): void {
    this.#add(`${access} ${siteKey(site)} ${member}`, place);
    this.#add(`${access} ${siteKey(site)}`, place);
  }

  /** A value that the program names; null: one it takes from elsewhere. */
  value(type: string, value: string | null, access: Access, place: Place): void {
    this.#add(value === null ? `any ${type}` : `${access} value ${type} ${value}`, place);
  }

  /** A value of an enum arrives where the program looks. */
  enumRead(type: string, place: Place): void {
    this.#add(`enum ${type}`, place);
  }

  ofSite(site: Site): readonly Place[] {
    return this.#of(`site ${siteKey(site)}`);
  }
  ofMember(site: Site, member: string, access: Access): readonly Place[] {
    return this.#of(`${access} ${siteKey(site)} ${member}`);
  }
  /** Of any member of a site. */
  ofMembers(site: Site, access: Access): readonly Place[] {
    return this.#of(`${access} ${siteKey(site)}`);
  }
  /** Where a value is sent, or may be. */
  ofSentValue(type: string, value: string): readonly Place[] {
    return [...this.#of(`write value ${type} ${value}`), ...this.#of(`any ${type}`)];
  }
  /** Where what arrives is compared with a value. */
  ofReadValue(type: string, value: string): readonly Place[] {
    return this.#of(`read value ${type} ${value}`);
  }
  ofEnum(type: string): readonly Place[] {
    return this.#of(`enum ${type}`);
  }

  #of(key: string): readonly Place[] {
    return [...(this.#places.get(key)?.values() ?? [])];
  }
}
