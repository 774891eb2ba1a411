/** Lets at most `count` pieces of work run at a time, the others in the order they came. */
export function openTurns(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count
  const line: (() => void)[] = []
  return async work => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => line.push(resolve))
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else free += 1
    }
  }
}
