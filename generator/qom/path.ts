/** The path of an object below another. */
export function childPath(parent: string, name: string): string {
  return parent.endsWith('/') ? `${parent}${name}` : `${parent}/${name}`;
}

/** The last part of a path; the path itself where it is the root. */
export function lastPart(path: string): string {
  return /([^/]+)\/*$/.exec(path)?.[1] ?? path;
}

/** A property of an object. */
export interface Place {
  readonly path: string;
  readonly property: string;
}

/**
 * What one argument may mean that is to name a property: `PATH.PROPERTY` as QEMU's own scripts have
 * it, where names may have dots themselves, then `PATH/PROPERTY` as a mounted tree has it.
 */
export function propertyPlaces(text: string): readonly Place[] {
  const places: Place[] = [];
  const slash = text.lastIndexOf('/');
  // From the last dot to the first one after the last slash: `pcie.0.type`, but also `pci.0`'s `0`.
  for (let dot = text.lastIndexOf('.'); dot > slash + 1; dot = text.lastIndexOf('.', dot - 1)) {
    if (dot < text.length - 1) {
      places.push({ path: text.slice(0, dot), property: text.slice(dot + 1) });
    }
  }
  if (slash >= 0 && slash < text.length - 1) {
    places.push({ path: text.slice(0, slash) || '/', property: text.slice(slash + 1) });
  }
  return places;
}
