/**
 * Answers what the parent asks, until it lets go of this process.
 *
 * @param {Readonly<Record<string, (about: any) => unknown>>} answers by question
 */
export function answering(answers) {
  process.on('message', (/** @type {{ question: string, about: unknown }} */ { question, about }) => {
    Promise.resolve(about)
      .then(answers[question])
      .then(
        (answer) => process.send?.({ answer }),
        (error) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.once('disconnect', () => process.exit());
}
