export { brokenInvariants, scatteredCommands } from './history';
