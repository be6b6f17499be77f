import type { FaultInput } from './catalogue';

/** How many have it, where that tells more than one is told already. */
const counted = ({ fault, faultCounts, vendorName }: FaultInput): string => {
  const { windowMinutes, workspaces, workspacesTroubled, vendors, vendorsTroubled } = faultCounts;
  const have = (many: number, of: number, who: string): string =>
    many > 1 ? ` In the last ${windowMinutes} minutes it was met by ${many} of ${of} ${who}.` : '';
  return fault === 'platform-side' && vendorsTroubled > 1
    ? have(vendorsTroubled, vendors, 'vendors that were called')
    : have(workspacesTroubled, workspaces, `workspaces that called ${vendorName}`);
};

const named = (text: string | null): string => (text === null ? '' : ` (${text})`);

export const fault = (input: FaultInput): string | null =>
  input.fault === 'this-key'
    ? null
    : 'If the issue persists across multiple workspaces or multiple vendors, it is more likely a platform-side ' +
      `problem than your key — check our status page${named(input.statusUrl)} ` +
      `or email support${named(input.supportAddress)}.${counted(input)}`;
