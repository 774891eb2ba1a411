/** Prepares the checkout and then is nothing but a thin skin around one program of ours. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { nodeFlags } from './node-flags.mjs'
import { PreparationFailed, prepare, root } from './prepare.mjs'

/** Signals that come this close together are one: Ctrl-C reaches us from the terminal and from npm. */
const sameSignalMilliseconds = 1000

/**
 * Runs `program` (a path below the checkout) on the right Node and ends with its exit code. The program gets a
 * process group of its own, so that a signal reaches it once, from us, and not again from the terminal.
 */
export function runNode(program, args) {
  const child = spawn(nodeOrExit(), [...nodeFlags, join(root, program), ...args], {
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  })
  const forwarded = new Map()
  const forward = signal => {
    const now = performance.now()
    if (now - (forwarded.get(signal) ?? Number.NEGATIVE_INFINITY) < sameSignalMilliseconds) return
    forwarded.set(signal, now)
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
  if (process.env.npm_lifecycle_event) onceAbandoned(() => forward('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

/** npm hands a signal to the shell between us, which dies of it without a word: that we have a new parent is all we see. */
function onceAbandoned(act) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, 500)
  timer.unref()
}

/** The Node to use; a failed preparation ends the process with its message. */
export function nodeOrExit() {
  try {
    return prepare()
  } catch (error) {
    if (!(error instanceof PreparationFailed)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
