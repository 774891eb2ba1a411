/** An error in words that may be shown: without the secrets that libraries quote in their messages. */
export function maskedMessage(error: unknown, ...secrets: readonly (string | undefined)[]): string {
  const message = deepest(error)
  return secrets.reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, '********') : text),
    message,
  )
}

/** Node reports a host with several addresses as an AggregateError that says nothing itself. */
function deepest(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return deepest(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
