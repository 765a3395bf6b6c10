/**
 * The programmatic interface of the generator: the phases that the CLI is made of.
 *
 *   loadSchema(file, …) → Schema → introspect / printSchema / schemaData / renderSdk → writeOutput
 *
 * Findings are collected in `Diagnostics` and never thrown; what is thrown is the file system's
 * refusal or a bug. Nothing here prints.
 */
export { readCatalogue } from './catalogue/index.js';
export { catalogue as diagnosticCodes, type DiagnosticCode } from './diagnostics/catalogue.js';
export type { Diagnostic, RelatedPlace, Severity } from './diagnostics/diagnostic.js';
export { Diagnostics } from './diagnostics/diagnostics.js';
export { type PrintOptions, printDiagnostic, printDiagnostics } from './diagnostics/print.js';
export { type Diff, type DiffChange, diffSchemas, type Side } from './diff/index.js';
export { embeddedSchema, embeddedTargets, embeddedVersions } from './embedded/index.js';
export {
  isUpToDate,
  loadTemplates,
  type OutputFiles,
  type OutputPlan,
  planOutput,
  type RenderOptions,
  renderSdk,
  type TemplateEngine,
  writeOutput,
} from './emit/index.js';
export { type NameReport, type Recovery, recoverNames } from './introspection/names/index.js';
export { readIntrospection } from './introspection/read/index.js';
export type { SchemaInfo } from './introspection/schema-info.js';
export {
  formOfRelease,
  formOfSchema,
  type IntrospectionForm,
  type IntrospectOptions,
  introspect,
} from './introspection/write/index.js';
export { assembleSchema, type UnnamedDefinition } from './ir/assemble.js';
export type * from './ir/condition.js';
export { type Configuration, configure } from './ir/configure.js';
export type * from './ir/doc.js';
export type * from './ir/types.js';
export { type Visitor, visit } from './ir/visit.js';
export { type SchemaDataOptions, schemaData } from './ir-json/index.js';
export { printSchema } from './print/index.js';
export {
  type DialectFeature,
  type LoadOptions,
  type LoadResult,
  loadSchema,
} from './schema/index.js';
export { type Position, SourceFile, type Span, spanOf } from './source/source-file.js';
export type * from './view/index.js';
