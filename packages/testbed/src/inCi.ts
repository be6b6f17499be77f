/** Whether nothing may be left out. */
export const inCi = (): boolean => !['', '0', 'false'].includes(process.env['CI'] ?? '');
