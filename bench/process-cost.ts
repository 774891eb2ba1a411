/** What a process and its children have cost so far, from Linux' own books; elsewhere there is nothing to read. */
import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

function statOf(pid: number): { parent: number; own: number; children: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may hold spaces; everything after it is numbers (proc(5)).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map(
      i => fields[i],
    )
    return {
      parent,
      own: (user + system) / ticksPerSecond,
      children: (childUser + childSystem) / ticksPerSecond,
    }
  } catch {
    return undefined
  }
}

/** CPU seconds of one process, its ended children included. */
export function cpuSecondsOf(pid: number): number {
  const stat = statOf(pid)
  return stat ? stat.own + stat.children : 0
}

/** CPU seconds of a process and all its running and ended children: a database server and its backends. */
export function cpuSecondsOfFamily(pid: number): number {
  const children = readdirSync('/proc')
    .map(Number)
    .filter(child => statOf(child)?.parent === pid)
  return cpuSecondsOf(pid) + children.reduce((sum, child) => sum + cpuSecondsOf(child), 0)
}

/** The most memory a process ever had resident, in bytes. */
export function peakMemoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
}
