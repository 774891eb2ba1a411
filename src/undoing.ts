/** Undoes what has been started, last things first; one failure does not keep the rest from being stopped. */
export class Undoing {
  readonly #steps: (() => Promise<unknown> | unknown)[] = []

  add(step: () => Promise<unknown> | unknown): void {
    this.#steps.unshift(step)
  }

  async run(): Promise<void> {
    const failures: unknown[] = []
    for (const step of this.#steps.splice(0)) {
      try {
        await step()
      } catch (failure) {
        failures.push(failure)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the gateway did not stop cleanly')
  }
}
