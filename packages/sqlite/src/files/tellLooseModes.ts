const told = new Set<string>();

/** Tells, once for a path, that others than its owner could reach it: as a warning of Node's, on stderr. */
export const tellLooseModes = (path: string, mode: number, what: string): void => {
  if (told.has(path)) return;
  told.add(path);
  process.emitWarning(`${path} has mode 0${(mode & 0o7777).toString(8)}: ${what}`, {
    type: 'KeyturnWarning',
    code: 'KEYTURN_LOOSE_MODES',
  });
};
