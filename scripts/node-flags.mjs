/**
 * How Node runs the gateway. Left alone, V8 sizes its heap for the whole machine and lets garbage pile up to half a
 * gigabyte while a backlog is drained, with a tenth of that alive. With a limit of 1 GB it collects earlier, and a
 * smaller nursery keeps less; mails themselves are buffers outside this heap.
 */
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-old-space-size=1024',
  '--max-semi-space-size=8',
]
