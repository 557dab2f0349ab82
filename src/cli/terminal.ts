/** Where the command runs: results go to one side, everything else to the other. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** How many columns there are for results; `undefined` when they go to a file or a program. */
  readonly width?: number | undefined;
  /** Whether results may be coloured. */
  readonly colors?: boolean;
  /** Shows how far something is, in the place of what it showed before; only there when a person looks at it. */
  progress?(text: string): void;
  /** Asks a person; only there when one can answer. */
  ask?(question: string): Promise<string>;
  /** All that is handed in. */
  input(): Promise<string>;
  /** Resolves when somebody wants the command to end, and keeps it running until then. */
  stopped(): Promise<void>;
}
