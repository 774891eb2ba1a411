import { NetworkFault } from './faults.ts'

/** How a URL wants to be fetched: its fragment, which the provider reads and never sends. */
export interface RetryPolicy {
  /** ms */
  readonly connectTimeout: number
  /** ms until the answer is there */
  readonly readTimeout: number
  /** ms for everything, retries included */
  readonly totalTimeout: number
  readonly retries: number
  readonly retryOn: readonly RetryReason[]
}

export type RetryReason = '4xx' | '5xx' | 'ct' | 'rt' | 'all'

const reasons: readonly RetryReason[] = ['4xx', '5xx', 'ct', 'rt', 'all']

/** Reads `#rc=3&rp=ct,5xx`. Throws NetworkFault('url') for a setting or a value that the provider does not know. */
export function retryPolicyOf(url: string): RetryPolicy {
  const fragment = url.split('#')[1] ?? ''
  const given = new Map<string, string>()
  for (const pair of fragment === '' ? [] : fragment.split('&')) {
    const [name = '', value = ''] = pair.split('=')
    if (!['ct', 'rt', 'tt', 'rc', 'rp', 'sni', 'e'].includes(name)) fail(url, `unknown setting ${name}`)
    given.set(name, value)
  }
  const number = (name: string, usual: number, least: number, most: number) => {
    const text = given.get(name)
    if (text === undefined) return usual
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) fail(url, `${name} is not ${least} to ${most}`)
    return value
  }
  const retryOn = (given.get('rp') ?? 'ct')
    .split(',')
    .map(word => reasons.find(reason => reason === word) ?? fail(url, `unknown reason ${word}`))
  return {
    connectTimeout: number('ct', 5_000, 100, 10_000),
    readTimeout: number('rt', 15_000, 100, 15_000),
    totalTimeout: number('tt', 15_000, 100, 15_000),
    retries: number('rc', 1, 0, 5),
    retryOn,
  }
}

function fail(url: string, what: string): never {
  throw new NetworkFault('url', `${url}: ${what}`)
}
