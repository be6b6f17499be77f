import { command } from '../command';
import { keyOperand, optional, text, workspaceFlag } from '../input/flags';
import { writeNewFile } from '../output/newFile';
import { isoOf } from '../output/times';

export const leakCertificate = command({
  details: [
    'That the secret of a hard-deleted key is destroyed in the vault: what the log says of it, with places and chain',
    'values, what the vault searched and found, and what that does not cover. The same key has the same certificate,',
    'whenever it is made. keyturn leak verify checks it against the log.',
  ],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    out: optional('--out <file>', 'writes it into this new file', text('--out')),
  },
  examples: [
    'keyturn leak certificate 6f0c3a1e --workspace acme',
    'keyturn leak certificate 6f0c3a1e --workspace acme --out destroyed.txt',
  ],
  run: async (session, { key, workspace, out }) => {
    const keyturn = await session.keyturn();
    const context = session.asReader(workspace);
    const { keyId } = await keyturn.keys.resolve(context, key);
    const certificate = await keyturn.support.certificate(context, { keyId });
    const { added, hardDeleted, destroyed } = certificate;
    const { receipt } = destroyed;
    const file =
      out === undefined ? null : await writeNewFile('--out', out, session.io.cwd, certificate.text);
    return {
      json: {
        ...certificate,
        added: { ...added, at: isoOf(added.at) },
        hardDeleted: { ...hardDeleted, at: isoOf(hardDeleted.at) },
        destroyed: {
          ...destroyed,
          at: isoOf(destroyed.at),
          receipt: { ...receipt, destroyedAt: isoOf(receipt.destroyedAt) },
        },
        file,
      },
      lines: file === null ? certificate.text.trimEnd().split('\n') : [`The certificate is ${file}.`],
    };
  },
});
