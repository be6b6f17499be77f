import { openKeyturn } from 'keyturn';

interface Setting {
  readonly directory: string;
  readonly pastedKey: string;
  readonly endpointOverrides: Readonly<Record<string, string>>;
}

/** The customers' path from end to end, as the README shows it: opens Keyturn, adds a key, and runs with it. */
export const addAKeyAndRun = async (setting: Setting): Promise<string> => {
  const { directory, pastedKey, endpointOverrides } = setting;
  const keyturn = await openKeyturn({
    directory,
    masterKey: { file: `${directory}.master-key` },
    create: 'if-missing',
    authorize: ({ actor }) => actor.id === 'ada',
    endpointOverrides,
  });
  const ada = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } } as const;
  try {
    await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: pastedKey });
    const masked = await keyturn.runs.use(ada, { runId: 'compile-1' }, ({ secret }) => `…${secret.last4}`);
    await keyturn.keys.list(ada);
    return masked;
  } finally {
    await keyturn.close();
  }
};
