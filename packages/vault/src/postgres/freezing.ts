import type { VaultStorage } from '../storage';
import { SAME_FREEZE_MS } from '../storage';
import type { Database } from './connection';

const FREEZE = `
  UPDATE sealed_secrets SET state = 'frozen', frozen_at = $3::bigint
  WHERE workspace_id = $1 AND key_id = $2
    AND (state <> 'frozen' OR frozen_at < $3::bigint - ${SAME_FREEZE_MS} OR frozen_at > $3::bigint)`;

const UNFREEZE = `
  UPDATE sealed_secrets SET state = 'live', frozen_at = NULL
  WHERE workspace_id = $1 AND key_id = $2 AND ($3::bigint IS NULL OR frozen_at <= $3::bigint)`;

const EXISTS = 'SELECT FROM sealed_secrets WHERE workspace_id = $1 AND key_id = $2';

/** Keeps rows from opening, and lets them again. */
export const freezing = ({ run }: Database): Pick<VaultStorage, 'freeze' | 'unfreeze'> => {
  const change =
    (text: string): VaultStorage['unfreeze'] =>
    ({ workspaceId, keyId }, at) =>
      run(
        async (session) =>
          (await session.query(text, [workspaceId, keyId, at])).count === 1 ||
          (await session.query(EXISTS, [workspaceId, keyId])).count === 1,
      );
  return { freeze: change(FREEZE), unfreeze: change(UNFREEZE) };
};
