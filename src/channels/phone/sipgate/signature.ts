import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/**
 * The key that sipgate signs its requests with: `publicKey` in lib/webhook/signatureVerifier of the provider's own
 * package sipgateio (2.15.1, npm).
 */
const published = `-----BEGIN PUBLIC KEY-----
MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAvFdlnqRfO5TmqzjtsFVC
qPz+oW+poi3lXQFvMJJMEAtlU4MbX+yuIkgnC+Qt3AQWIK+oWSEQiybg+p39wEMl
16PZxEzf9gONQvTg1XhyHnwqYUFQj/AoxPKGYC3jmdjZ224SrESiTN3CdxoOc3vk
cXiQstYE7SxnksPtzfk0aIOkicim5/tAP9izNQ18/zmX3ChjK2k72gf5dDlq+qZ8
pRiHAPZ64TySH6cLQDhaoh6Nbq8FEG3usXXPClbUMh2DZaTMPafpd+LNuTngJ/y+
KoZasVuFfXAeBqGA6l5d4Uedfr99Z6qjwDrJ8sU4z2Do9bJrbuqP+mOXEebhSI1K
vi8trEfrIt8hnDBGsBaB9NEO3kYxvDT2/PhC9fNYFocjEpZNd7/mUqTJDYlpa4UC
NDQaU+ATdXG8/P5sGAegks6MQTu+qe9XTO0CV48eswDkz6g3UbLOwmrJK59SjD3J
yAZ52sluwyDKRWw/PPTt8BTQLjvkdbiLUlc4ehJ4b1X7D7diYWHDPeFL47cAvaXh
dXVrZDeBJYibvD1jRx4ES0KlfhwzNXBYUoM/Movg9zMM2PzyHHKS//xIjwUC/FJ6
/6eykno0Hy2B1ev6s3hdY6VkN2zd7Wf+EK4DxRliwsg1U99szFE3ewLfexF+Uag5
M+TfPtOUumI/NHMTvsRW9+ECAwEAAQ==
-----END PUBLIC KEY-----`

/** The key to check with. Throws, at the start and not at a call, where the configured one is none. */
export function signingKey(configured: string | undefined): KeyObject {
  return createPublicKey(configured ?? published)
}

/**
 * Is `signature` (base64) RSA-SHA256 over the bytes as they came? The sender's address is not looked at: sipgate's own
 * package compares X-Forwarded-For, which anybody can write.
 */
export function isSigned(key: KeyObject, body: Buffer, signature: string | undefined): boolean {
  // 4096 bits are 684 characters.
  if (!signature || signature.length > 2000) return false
  return verify('RSA-SHA256', body, key, Buffer.from(signature, 'base64'))
}
