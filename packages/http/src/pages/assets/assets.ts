import { REPORT_STYLE } from '@keyturn/pages';
import { createHash } from 'node:crypto';
import { LEAK_STYLE } from './leakStyle';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** A file that pages use. Its path changes with what it holds. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const STYLE_TYPE = 'text/css; charset=utf-8';
const ICON_TYPE = 'image/svg+xml';
const SCRIPT_TYPE = 'text/javascript; charset=utf-8';

const asset = (ending: string, type: string, text: string): Asset => ({
  path: `/assets/${createHash('sha256').update(text).digest('hex').slice(0, 16)}.${ending}`,
  type,
  text,
});

export const STYLE_ASSET = asset('css', STYLE_TYPE, `${STYLE}${REPORT_STYLE}${LEAK_STYLE}`);
export const SCRIPT_ASSET = asset('js', SCRIPT_TYPE, SCRIPT);

/** A key's bow and bit, so that a browser asks for no other. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="none" stroke="#1f5fd0" stroke-width="2" ' +
  'd="M8 5a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM7 7l7 7M11 11l2-2"/></svg>';

export const ICON_ASSET = asset('svg', ICON_TYPE, ICON);

export const ASSETS: ReadonlyArray<Asset> = [STYLE_ASSET, SCRIPT_ASSET, ICON_ASSET];
