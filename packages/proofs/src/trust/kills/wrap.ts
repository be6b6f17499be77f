/** Puts `before` in front of methods of a prototype. */
export const wrap = (
  prototype: object,
  names: ReadonlyArray<string>,
  before: (self: unknown, parameters: ReadonlyArray<unknown>) => void,
): void => {
  for (const name of names) {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function') throw new Error(`there is no ${name} to watch`);
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value: function (this: unknown, ...parameters: ReadonlyArray<unknown>): unknown {
        before(this, parameters);
        return Reflect.apply(method, this, parameters);
      },
    });
  }
};
