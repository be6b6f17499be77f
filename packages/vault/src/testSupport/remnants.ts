/** What the last regular expression that matched has left where any code can read it. */
export const remnantsOfRegExp = (): string =>
  ['$_', '$&', '$`', "$'", '$+', '$1', '$2', '$3']
    .map((name) => String(Reflect.get(RegExp, name)))
    .join('\n');
