import { types } from 'node:util';

/** Enough for a whole history; the rest of a graph that leads into Node's own objects is nobody's secret. */
const MOST = 4_000;

const BUILT_IN: ReadonlySet<unknown> = new Set<unknown>([
  globalThis,
  process,
  Object.prototype,
  Function.prototype,
  Array.prototype,
]);

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const attempt = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

/** Own members by text and by symbol, enumerable or not, and what getters give, inherited ones too. */
const membersOf = (owner: object): ReadonlyArray<unknown> => {
  const members: unknown[] = [];
  for (let level: object | null = owner; level !== null && !BUILT_IN.has(level);) {
    const holder: object = level;
    for (const name of Reflect.ownKeys(holder)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
      members.push(name);
      if (descriptor?.get !== undefined) members.push(attempt(() => Reflect.get(holder, name, owner)));
      else if (holder === owner) members.push(descriptor?.value);
    }
    const parent: unknown = Object.getPrototypeOf(holder);
    level = isObject(parent) ? parent : null;
  }
  if (owner instanceof Map) members.push(...owner.keys(), ...owner.values());
  if (owner instanceof Set) members.push(...owner.values());
  return members;
};

/** What lies in reach of a caller who has the value: every object once, texts, and bytes. No method is called. */
export interface Reach {
  readonly objects: ReadonlyArray<object>;
  readonly texts: ReadonlyArray<string>;
  readonly bytes: ReadonlyArray<Buffer>;
}

const bytesIn = (value: object): Buffer | null => {
  if (types.isArrayBufferView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return types.isAnyArrayBuffer(value) ? Buffer.from(value) : null;
};

export const reachFrom = (root: unknown): Reach => {
  const seen = new Set<object>();
  const texts = new Set<string>();
  const bytes: Buffer[] = [];
  const queue: unknown[] = [root];
  for (let next = 0; next < queue.length && seen.size < MOST; next += 1) {
    const value = queue[next];
    if (typeof value === 'string') texts.add(value);
    if (typeof value === 'symbol') texts.add(value.description ?? '');
    if (!isObject(value) || seen.has(value) || BUILT_IN.has(value)) continue;
    seen.add(value);
    const held = bytesIn(value);
    if (held === null) queue.push(...membersOf(value));
    else bytes.push(held);
  }
  return { objects: [...seen], texts: [...texts], bytes };
};
