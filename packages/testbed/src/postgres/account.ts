import { readFileSync } from 'node:fs';

/** Who runs the server; null: whoever runs the tests. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root: then it runs as Debian's `postgres`, or as nobody. */
export const serverAccount = (): Account => {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].flatMap((wanted) => accounts.filter(([name]) => name === wanted))[0];
  return { uid: Number(found?.[2] ?? 65_534), gid: Number(found?.[3] ?? 65_534) };
};
