import { CommandError } from '@qapi-ts/runtime';
import type { Qom } from '../../qom/index.js';
import {
  type Place,
  type Property,
  pathHint,
  propertyHint,
  propertyPlaces,
} from '../../qom/index.js';
import { refuse } from '../exit.js';
import { hinted, lacking } from './failure.js';

/** A property that is there, and what the server tells of it. */
export interface Found extends Place {
  readonly info: Property;
}

/** The properties of an object, or null where there is no such object. */
export async function objectAt(qom: Qom, path: string): Promise<readonly Property[] | null> {
  try {
    return await qom.list(path);
  } catch (error) {
    // Of what kind a server's refusal is depends on its age.
    if (error instanceof CommandError) return null;
    throw error;
  }
}

/** Finds `PATH PROPERTY`, or ends the run with what may have been meant. */
export async function findProperty(qom: Qom, path: string, property: string): Promise<Found> {
  const properties = await hinted(qom.list(path), () => pathHint(qom, path));
  const info = properties.find(({ name }) => name === property);
  if (info !== undefined) return { path, property, info };
  return lacking(`${path} has no property '${property}'${await propertyHint(qom, path, property)}`);
}

/** Finds the property that one text names, be it `PATH.PROPERTY` or `PATH/PROPERTY`. */
export async function findPlace(qom: Qom, text: string): Promise<Found> {
  const places = propertyPlaces(text);
  const objects = await Promise.all(places.map(({ path }) => objectAt(qom, path)));
  for (const [index, place] of places.entries()) {
    const info = objects[index]?.find(({ name }) => name === place.property);
    if (info !== undefined) return { ...place, info };
  }
  const near = places.find((_place, index) => objects[index] !== null);
  if (near !== undefined) return findProperty(qom, near.path, near.property);
  const [first] = places;
  if (first === undefined) refuse(`'${text}' names no property: PATH.PROPERTY is expected`);
  return findProperty(qom, first.path, first.property);
}
