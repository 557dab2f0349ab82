/** How long it takes to the next look, in milliseconds, when nothing else is said. */
const USUALLY = 30_000;

/** Looks again and again though nothing was told, each time by chance up to half sooner: of many processes not all at once. */
export class Poll {
  readonly #look: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(look: () => void) {
    this.#look = look;
  }

  /** The next look is at most so many milliseconds away; those after it come as usual. */
  within(wait = USUALLY): void {
    clearTimeout(this.#timer);
    const look = (): void => {
      this.#look();
      this.within();
    };
    this.#timer = setTimeout(look, wait * (1 - Math.random() / 2)).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
