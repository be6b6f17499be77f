/** A function of any object, replaced until it is put back. */
export type Around = (call: () => unknown, self: unknown, args: ReadonlyArray<unknown>) => unknown;

/** Puts `around` in the place of a method; gives what puts the method back. */
export const replaced = (target: object, name: string, around: Around): (() => void) => {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') throw new Error(`There is no function ${name} to watch.`);
  const put = (value: unknown): void => {
    if (!Reflect.set(target, name, value) || Reflect.get(target, name) !== value) {
      throw new Error(`${name} can't be watched.`);
    }
  };
  put(function (this: unknown, ...args: ReadonlyArray<unknown>): unknown {
    return around((): unknown => Reflect.apply(original, this, args), this, args);
  });
  return () => put(original);
};
