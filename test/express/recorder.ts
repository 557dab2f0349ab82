import type { Logger } from 'express-gatekeeper';

/** A logger that keeps what it is told. */
export class Recorder implements Logger {
  readonly messages: string[] = [];

  warn(message: string): void {
    this.messages.push(message);
  }

  error(message: string): void {
    this.messages.push(message);
  }
}
