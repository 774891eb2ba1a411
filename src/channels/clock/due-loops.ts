import type { DueLoop } from './due-loop.ts'

/** All loops of a gateway: whoever makes something due rings for all, since one thing leads to another. */
export class DueLoops {
  readonly #loops: DueLoop[] = []

  add(...loops: readonly DueLoop[]): void {
    this.#loops.push(...loops)
  }

  wake(): void {
    for (const loop of this.#loops) loop.wake()
  }

  /** Resolves when every round under way has ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#loops.splice(0).map(loop => loop.stop()))
  }
}
