/** What the last regular expression that matched has left where any code can read it. */
export const remnantsOfRegExp = (): string =>
  [RegExp.$_, RegExp['$&'], RegExp['$`'], RegExp["$'"], RegExp['$+'], RegExp.$1, RegExp.$2, RegExp.$3].join(
    '\n',
  );
