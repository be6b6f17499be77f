import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Reads process ids until its input ends, which it does with the process that writes it, however that ends. */
const SCRIPT = `
trap '' INT TERM HUP
pid=
while read -r line; do pid=$line; done
case $pid in
  '' | 0) ;;
  *) kill -QUIT "$pid" 2>/dev/null; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done ;;
esac
rm -rf "$1"
`;

export interface Watchdog {
  /** The server's process from now on; null: none. */
  readonly watch: (pid: number | null) => void;
  /** Ends it, and waits until the directory is gone. */
  readonly end: () => Promise<void>;
}

/** Sees to it that no server and no directory outlive a test process that was killed. */
export const startWatchdog = (directory: string): Watchdog => {
  const child = spawn('sh', ['-c', SCRIPT, 'sh', directory], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  return {
    watch: (pid) => child.stdin.write(`${pid ?? 0}\n`),
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
