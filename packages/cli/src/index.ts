export type { Io, Output } from './io';
export { main } from './main';
export { processIo } from './processIo';
export { runProcess } from './runProcess';
