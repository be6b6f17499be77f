import {
  OperatorCredentialFault,
  operatorCredentials,
  type OperatorCredential,
  type OperatorCredentialFaultCode,
} from '@keyturn/operator-credentials';

interface Setting {
  /** An absolute path; the file has the credential alone, on one line, and mode 0600. */
  readonly credentialFile: string;
  readonly draft: string;
  /** Left out in production; tests point the critic at a sandbox. */
  readonly origin?: string;
}

type Verdict =
  { readonly commit: boolean } | { readonly commit: false; readonly without: OperatorCredentialFaultCode };

const ask = async (credential: OperatorCredential, draft: string, origin: string): Promise<boolean> => {
  const answer = await credential.use((bytes) =>
    fetch(new URL('/v1/messages', origin), {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        // A header is a string, which nobody can wipe: make it as late as this, and keep it nowhere.
        'x-api-key': Buffer.from(bytes).toString('latin1'),
      },
      body: JSON.stringify({
        model: 'claude-haiku-5-5',
        max_tokens: 1,
        messages: [{ role: 'user', content: `May this be committed? Answer y or n.\n\n${draft}` }],
      }),
    }),
  );
  if (!answer.ok) throw new Error(`The critic's vendor answered with status ${answer.status}.`);
  return /"text":\s*"y"/.test(await answer.text());
};

/** Layer 4: runs immediately before commit, on the operator's own credential and on no other. */
export const judgeBeforeCommit = async (setting: Setting): Promise<Verdict> => {
  const { credentialFile, draft, origin = 'https://api.anthropic.com' } = setting;
  const operator = operatorCredentials({ anthropic: { from: 'file', path: credentialFile } });
  try {
    const commit = await operator.withOperatorCredential('anthropic', (credential) =>
      ask(credential, draft, origin),
    );
    return { commit };
  } catch (error) {
    // Without the credential there is no verdict, and without a verdict no commit: there is nothing to fall back on.
    if (error instanceof OperatorCredentialFault) return { commit: false, without: error.code };
    throw error;
  }
};
