import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { renderToString } from 'hono/jsx/dom/server';
import { createHash } from 'node:crypto';
import { STYLE } from './style';
import { withoutActing } from './shown';

/** Nothing is loaded, nothing runs, nothing is sent; and the page has this one style. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

interface DocumentParts {
  readonly title: string;
  readonly children?: Child;
}

const Document = ({ title, children }: DocumentParts) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <style>{raw(STYLE)}</style>
    </head>
    <body>{children}</body>
  </html>
);

/** A whole page as the text of its one file. */
export const pageOf = (title: string, body: Child): string =>
  withoutActing(`<!doctype html>\n${renderToString(<Document title={title}>{body}</Document>)}\n`);
