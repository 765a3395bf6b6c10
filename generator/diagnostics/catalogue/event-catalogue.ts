import type { CodeInfo } from '../catalogue.js';

export const eventCatalogueCodes = {
  'catalogue-without-events': {
    severity: 'error',
    summary: 'an event catalogue without a single event heading',
  },
  'catalogue-heading': {
    severity: 'warning',
    summary: 'an underlined heading that is not the name of an event; its section is left out',
  },
  'catalogue-duplicate-event': {
    severity: 'warning',
    summary: 'an event described twice; the first description counts',
  },
  'catalogue-duplicate-member': {
    severity: 'warning',
    summary: 'a member described twice; the first description counts',
  },
  'catalogue-stray-text': {
    severity: 'warning',
    summary: 'text whose part in the description of an event is not understood',
  },
  'catalogue-stray-brace': {
    severity: 'warning',
    summary: 'a closing brace that closes nothing',
  },
  'catalogue-not-a-member': {
    severity: 'warning',
    summary: 'a list item that does not name a member',
  },
  'catalogue-invalid-name': {
    severity: 'warning',
    summary: 'a member or an alternative whose name cannot be a QAPI name',
  },
  'catalogue-data-contradiction': {
    severity: 'warning',
    summary: 'an event said to carry no data has members listed; the members count',
  },
  'catalogue-data-unstated': {
    severity: 'warning',
    summary: 'the text does not say what data an event carries',
  },
  'catalogue-type-unstated': {
    severity: 'warning',
    summary: 'a member without a stated type; the example decides, if there is one',
  },
  'catalogue-type-unknown': {
    severity: 'warning',
    summary: 'a stated type that is not one of JSON',
  },
  'catalogue-nesting': {
    severity: 'warning',
    summary: 'indentation that does not say which member an item belongs to',
  },
  'catalogue-example-missing': {
    severity: 'warning',
    summary: 'an example is announced but does not follow',
  },
  'catalogue-example-syntax': {
    severity: 'warning',
    summary: 'an example that is not well-formed JSON',
  },
  'catalogue-example-mismatch': {
    severity: 'warning',
    summary: 'an example that does not have the type that the text states',
  },
  'catalogue-example-incomplete': {
    severity: 'note',
    summary: 'an example without a part that every event has on the wire, such as its timestamp',
  },
  'catalogue-foreign-type': {
    severity: 'warning',
    summary: 'a member refers to a schema type that is not there',
  },
  'catalogue-disagrees': {
    severity: 'warning',
    summary: "an event's description differs from the schema's definition, which counts",
  },
  'catalogue-name-clash': {
    severity: 'warning',
    summary: 'an event of the catalogue has the name of another definition and is left out',
  },
} as const satisfies Record<string, CodeInfo>;
