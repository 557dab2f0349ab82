type Schema = boolean | Readonly<Record<string, unknown>>;

/** What each keyword of JSON Schema (draft 2020-12) that we use asks of a value. */
const KEYWORDS: Readonly<Record<string, (value: unknown, given: never, schema: Schemas) => boolean>> = {
  type: (value, given: string | string[]) => [given].flat().some((type) => isOf(type, value)),
  enum: (value, given: unknown[]) => given.includes(value),
  const: (value, given: unknown) => value === given,
  minimum: (value, given: number) => typeof value !== 'number' || value >= given,
  maximum: (value, given: number) => typeof value !== 'number' || value <= given,
  minLength: (value, given: number) => typeof value !== 'string' || [...value].length >= given,
  maxLength: (value, given: number) => typeof value !== 'string' || [...value].length <= given,
  minItems: (value, given: number) => !Array.isArray(value) || value.length >= given,
  maxItems: (value, given: number) => !Array.isArray(value) || value.length <= given,
  anyOf: (value, given: Schema[], { fits }) => given.some((each) => fits(value, each)),
  oneOf: (value, given: Schema[], { fits }) => given.filter((each) => fits(value, each)).length === 1,
  allOf: (value, given: Schema[], { fits }) => given.every((each) => fits(value, each)),
  not: (value, given: Schema, { fits }) => !fits(value, given),
  required: (value, given: string[]) => !isMap(value) || given.every((key) => Object.hasOwn(value, key)),
  propertyNames: (value, given: Schema, { fits }) =>
    !isMap(value) || Object.keys(value).every((key) => fits(key, given)),
  properties: (value, given: Record<string, Schema>, { fits }) =>
    !isMap(value) || Object.entries(given).every(([key, each]) => !Object.hasOwn(value, key) || fits(value[key], each)),
  additionalProperties: (value, given: Schema, { fits, beside }) =>
    !isMap(value) || Object.keys(value).every((key) => key in (beside('properties') ?? {}) || fits(value[key], given)),
  prefixItems: (value, given: Schema[], { fits }) =>
    !Array.isArray(value) || given.every((each, index) => index >= value.length || fits(value[index], each)),
  items: (value, given: Schema, { fits, beside }) =>
    !Array.isArray(value) ||
    value.slice(Object.keys(beside('prefixItems') ?? {}).length).every((each) => fits(each, given)),
  $ref: (value, given: string, { fits, resolve }) => fits(value, resolve(given)),
};

const ANNOTATIONS = ['$schema', '$defs', '$id', 'id', 'title', 'description', 'default', 'examples'];

/** What a keyword may ask about the schema that it stands in. */
interface Schemas {
  fits(value: unknown, schema: Schema): boolean;
  beside(keyword: string): object | undefined;
  resolve(reference: string): Schema;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isMap(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** Tells whether values are as a JSON Schema wants them. Throws on a keyword that it does not know, rather than skip it. */
export function aValidator(root: object): (value: unknown) => boolean {
  const resolve = (reference: string): Schema => {
    const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
    const found = path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), root);
    if (!isMap(found)) throw new Error(`${reference} leads nowhere`);
    return found;
  };
  const fits = (value: unknown, schema: Schema): boolean => {
    if (typeof schema === 'boolean') return schema;
    const beside = (keyword: string): object | undefined => schema[keyword] as object | undefined;
    return Object.entries(schema).every(([keyword, given]) => {
      if (ANNOTATIONS.includes(keyword)) return true;
      const check = KEYWORDS[keyword];
      if (check === undefined) throw new Error(`there is no keyword ${keyword}`);
      return check(value, given as never, { fits, beside, resolve });
    });
  };
  return (value) => fits(value, root as Schema);
}
