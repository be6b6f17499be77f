/** Every colour and font of the screens, as CSS custom properties: each may be set. */
const PROPERTIES = [
  '--paper',
  '--ink',
  '--soft',
  '--line',
  '--tint',
  '--accent',
  '--on-accent',
  '--good',
  '--open',
  '--bad',
  '--sans',
  '--mono',
  '--radius',
] as const;

/** A custom property that the look is made of. */
export type BrandProperty = (typeof PROPERTIES)[number];

/** Values by custom property, such as `{ '--accent': '#0b6e4f' }`. */
export type BrandProperties = { readonly [P in BrandProperty]?: string };

/** How the screens look, and what they say of your service. */
export interface Branding {
  /** Your service's own name: in the head of each page. */
  readonly name?: string;
  /** In light, and in dark where `dark` does not say otherwise. */
  readonly properties?: BrandProperties;
  readonly dark?: BrandProperties;
  /** Where people write to for help: an address of mail, or `https://…`. */
  readonly support?: string;
}

/** One value of CSS: nothing that ends it, loads something or leaves the style sheet. */
const VALUE = /^(?!.*(?:url|image|src|expression)\()[-A-Za-z0-9#%.,()"' ]{1,200}$/i;

const SUPPORT = /^(?:[^\s@<>"]+@[^\s@<>"]+|https:\/\/[^\s<>"]+)$/;

/** @throws TypeError for a property that there is not, and for a value that would be more than one */
const checkedProperties = (properties: BrandProperties): void => {
  for (const [name, value] of Object.entries(properties)) {
    if (!PROPERTIES.some((known) => known === name)) {
      throw new TypeError(`\`branding\` has no property ${name}.`);
    }
    if (typeof value !== 'string' || !VALUE.test(value)) {
      throw new TypeError(`\`branding\`: ${name} has to be one value of CSS that loads nothing.`);
    }
  }
};

/** @throws TypeError for what can't be shown, or would be more than a look */
export const checkBranding = ({ properties = {}, dark = {}, support }: Branding): void => {
  checkedProperties(properties);
  checkedProperties(dark);
  if (support !== undefined && !SUPPORT.test(support)) {
    throw new TypeError('`branding.support` has to be an address of mail, or begin with https://.');
  }
};

const declared = (properties: BrandProperties): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');

/** The rules of a branding; empty where it changes no colour. */
export const brandStyle = ({ properties = {}, dark = {} }: Branding): string => {
  const light = declared(properties);
  const night = declared({ ...properties, ...dark });
  if (light === '' && night === '') return '';
  return `:root{${light}}@media (prefers-color-scheme: dark){:root{${night}}}`;
};
