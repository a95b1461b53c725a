/** A process a host has started for the services; the same over Electron's utilityProcess and Node's fork. */
export interface ChildProcess {
  readonly pid: number | undefined;
  /** @param message anything structured clone takes; false when the process is gone */
  send(message: unknown): boolean;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
}

/** Entry files the services start in threads and processes of their own. */
export type EntryName = 'trainer' | 'feature-worker' | 'engine-probe' | 'inspector' | 'learner';

/** All that a host lends the services; nothing else differs between Electron, the web host and the command line. */
export interface Host {
  readonly name: 'electron' | 'web' | 'cli';
  /** Absolute path of an entry's file: TypeScript source under Node, a bundle in the packaged app. */
  entry(name: EntryName): string;
  startProcess(entry: EntryName, environment?: Record<string, string>): ChildProcess;
  /** The system's dialog; null when cancelled, undefined where the host has none. */
  choosePath?(kind: 'folder' | 'manifest' | 'save-folder'): Promise<string | null>;
  showInFolder?(path: string): Promise<void>;
  notify?(title: string, body: string): void;
}
