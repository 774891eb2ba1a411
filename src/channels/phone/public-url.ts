/** `publicUrl` as addresses are made of it, and as signatures are checked against it. */
export function withoutSlash(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, '')
}
