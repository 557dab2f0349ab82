import { GatekeeperError } from '../../errors.js';
import type { Connection } from './connection.js';
import { failure, isAnswer, isUnknownScript } from './failures.js';
import type { Script } from './scripts.js';

/** A conversation with the server over one connection. */
export interface Talk {
  ask(...command: string[]): Promise<unknown>;
  run(script: Script, keys: readonly string[], values: readonly string[]): Promise<unknown>;
}

/** The server by its name, and what it means when it cannot be talked to. */
export class Server {
  readonly #name: string;
  readonly #connection: Connection;

  constructor(name: string, connection: Connection) {
    this.#name = name;
    this.#connection = connection;
  }

  async read<Answer>(work: (talk: Talk) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(await this.#talk());
    } catch (error) {
      throw told(`${this.#name} could not be read`, error);
    }
  }

  async write<Answer>(work: (talk: Talk) => Promise<Answer>): Promise<Answer> {
    const talk = await this.#talk().catch((error: unknown) => {
      throw told(`${this.#name} could not be reached, nothing was written`, error);
    });
    try {
      return await work(talk);
    } catch (error) {
      const what = isAnswer(error)
        ? `${this.#name} refused the change, nothing was written`
        : `${this.#name} was lost during the change; whether it was written, its history tells`;
      throw told(what, error);
    }
  }

  async #talk(): Promise<Talk> {
    const client = await this.#connection.ready();
    const ask = (...command: string[]): Promise<unknown> => this.#connection.send(client, command);
    return {
      ask,
      async run({ sha, source }, keys, values) {
        const passed = [String(keys.length), ...keys, ...values];
        try {
          return await ask('EVALSHA', sha, ...passed);
        } catch (error) {
          if (isUnknownScript(error)) return ask('EVAL', source, ...passed);
          throw error;
        }
      },
    };
  }
}

function told(what: string, error: unknown): GatekeeperError {
  return error instanceof GatekeeperError ? error : failure(what, error);
}
