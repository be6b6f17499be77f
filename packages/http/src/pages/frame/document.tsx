import { withoutActing } from '@keyturn/pages';
import { raw } from 'hono/html';
import { renderToString } from 'hono/jsx/dom/server';
import { randomBytes } from 'node:crypto';
import type { HandlerOptions } from '../../options';
import { ICON_ASSET, SCRIPT_ASSET, STYLE_ASSET } from '../assets/assets';
import type { Told } from '../words/notices';
import { WORDS } from '../words/words';
import { brandStyle } from './branding';
import type { Screen, View, Visit } from './page';
import { NONCE_HEADER } from './policy';

interface Around {
  readonly options: Pick<HandlerOptions, 'basePath' | 'branding'>;
  /** Null where nobody is known, or nothing more is said. */
  readonly visit: Visit | null;
  readonly notice: Told | null;
}

const SCREENS: ReadonlyArray<readonly [Screen, string]> = [
  ['keys', '/keys'],
  ['runs', '/runs'],
  ['activity', '/activity'],
  ['leaks', '/leaks'],
  ['health', '/health'],
];

const PERMISSIONS = {
  keys: 'ListKeys',
  runs: 'ListRuns',
  activity: 'ReadAudit',
  leaks: 'FindKeys',
  health: 'ReadHealth',
} as const;

const supportAddress = (support: string): string => (support.includes('@') ? `mailto:${support}` : support);

/** Screens that somebody may look at: those of a workspace, or the one over all workspaces. */
const screensOf = (visit: Visit): ReadonlyArray<readonly [Screen, string]> =>
  (visit.workspaceId === ''
    ? SCREENS.filter(([screen]) => screen === 'leaks' && visit.identity.workspaces === 'all')
    : SCREENS
  ).filter(([screen]) => visit.may(PERMISSIONS[screen]));

const Head = ({ view, around }: { readonly view: View; readonly around: Around }) => {
  const { options, visit } = around;
  const { name = WORDS.service, support } = options.branding ?? {};
  return (
    <header class="head">
      <b>{name}</b>
      <nav aria-label={WORDS.screensLabel}>
        <ul>
          {visit !== null &&
            screensOf(visit).map(([screen, path]) => (
              <li>
                <a href={visit.here(path)} aria-current={view.screen === screen ? 'page' : undefined}>
                  {WORDS.screens[screen]}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      {support !== undefined && <a href={supportAddress(support)}>{WORDS.help}</a>}
    </header>
  );
};

/** A whole page as a response. */
export const htmlOf = (view: View, around: Around): Response => {
  const { basePath = '', branding = {} } = around.options;
  const nonce = randomBytes(16).toString('base64url');
  const brand = brandStyle(branding);
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${view.title} · ${branding.name ?? WORDS.service}`}</title>
        <link rel="stylesheet" href={`${basePath}${STYLE_ASSET.path}`} nonce={nonce} />
        <link rel="icon" href={`${basePath}${ICON_ASSET.path}`} />
        {brand !== '' && <style nonce={nonce}>{raw(brand)}</style>}
        <script src={`${basePath}${SCRIPT_ASSET.path}`} nonce={nonce} defer />
      </head>
      <body>
        <a class="skip" href="#content">
          {WORDS.skip}
        </a>
        <Head view={view} around={around} />
        <main id="content">
          {around.notice !== null && (
            <div class={`note ${around.notice.tone}`} role="status">
              <p>{around.notice.sentence}</p>
            </div>
          )}
          {view.body}
        </main>
      </body>
    </html>,
  );
  return new Response(withoutActing(`<!doctype html>\n${html}\n`), {
    status: view.status ?? 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', [NONCE_HEADER]: nonce },
  });
};
