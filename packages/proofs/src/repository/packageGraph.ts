/** What of a package.json says which packages it brings. */
export interface Manifest {
  readonly name: string;
  /** What its users get with it. */
  readonly dependencies: ReadonlyArray<string>;
  /** What its own tests need besides. */
  readonly devDependencies: ReadonlyArray<string>;
}

/** By package: those that it may depend on. */
export type Allowed = Readonly<Record<string, ReadonlyArray<string>>>;

/**
 * Dependencies that the table of the floors does not allow: arrows up, to a neighbour, or of a package without a line.
 */
export const arrowsAgainst = (
  manifests: ReadonlyArray<Manifest>,
  imports: Allowed,
  testImports: Allowed,
): ReadonlyArray<string> =>
  manifests.flatMap(({ name, dependencies, devDependencies }) => [
    ...dependencies.filter((other) => !imports[name]?.includes(other)).map((other) => `${name} → ${other}`),
    ...devDependencies
      .filter((other) => !testImports[name]?.includes(other))
      .map((other) => `${name} → ${other} (dev)`),
  ]);

/** The packages that can be reached from themselves, dependencies of tests included. */
export const packagesInCycles = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<string> => {
  const next = new Map(
    manifests.map(({ name, dependencies, devDependencies }) => [name, [...dependencies, ...devDependencies]]),
  );
  const reachable = (from: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [...(next.get(from) ?? [])];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(next.get(name) ?? []));
    }
    return found;
  };
  return [...next.keys()].filter((name) => reachable(name).has(name));
};
