import { judged, notJudged, type Rule } from '../rule';

/** The same secret is or was on file in another workspace. For support alone. */
export const sameSecretElsewhere: Rule = ({ sameSecret }) =>
  sameSecret === null
    ? notJudged('same-secret-elsewhere', 'Support alone can look, with the key itself.')
    : judged(
        'same-secret-elsewhere',
        sameSecret.map(({ workspaceId, keyId, status }) => ({
          at: null,
          sequence: null,
          what: `${workspaceId}: key ${keyId}, ${status}`,
        })),
      );
