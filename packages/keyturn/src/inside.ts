/* What is behind the door, loaded when it is opened, and by `require` as the parts are (parts.ts). */

export const assemble = (): typeof import('./assemble') => require('./assemble');
export const assembleReader = (): typeof import('./assembleReader') => require('./assembleReader');
export const initialising = (): typeof import('./deployment/initialise') =>
  require('./deployment/initialise');
export const joining = (): typeof import('./deployment/join') => require('./deployment/join');
export const locating = (): typeof import('./deployment/vaultPlace') => require('./deployment/vaultPlace');
export const rotating = (): typeof import('./deployment/rotation') => require('./deployment/rotation');
export const backingUp = (): typeof import('./deployment/backup/backup') =>
  require('./deployment/backup/backup');
export const restoring = (): typeof import('./deployment/backup/restore') =>
  require('./deployment/backup/restore');
export const migrating = (): typeof import('./deployment/migrate') => require('./deployment/migrate');
