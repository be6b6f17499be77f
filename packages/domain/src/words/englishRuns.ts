/** "1 run", "2 runs". */
export const runs = (count: number): string => `${count} ${count === 1 ? 'run' : 'runs'}`;
