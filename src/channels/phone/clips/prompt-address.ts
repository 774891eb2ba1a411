import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { isSignature, signature } from '../../../desk/reply-token.ts'
import { isClipId } from './clips.ts'
import type { PromptPiece } from './prompt.ts'

/**
 * The address of a prompt says itself what is played, so that any of our processes can serve it, after a restart too;
 * a memory of handed-out addresses would fail just then. It is signed: whoever makes one up gets nothing, and cannot
 * make us put sound together all day.
 */

/** Providers and proxies take addresses of 2000 characters; the rest of it needs some. */
const mostCharacters = 1600
/** Of what is packed into an address. */
const mostUnpacked = 20_000

/** The last part of a prompt's path. Throws RangeError for a prompt that no address can hold. */
export function promptName(secret: string, provider: string, pieces: readonly PromptPiece[]): string {
  const packed = deflateRawSync(Buffer.from(pieces.map(written).join('~'))).toString('base64url')
  if (packed.length > mostCharacters) throw new RangeError('a prompt is too long for an address')
  return `${packed}.${seal(secret, provider, packed)}.wav`
}

/** The pieces of a genuine name; undefined for any other. */
export function readPromptName(
  secret: string,
  provider: string,
  name: string,
): readonly PromptPiece[] | undefined {
  const [, packed = '', given = ''] = /^([\w-]{2,1600})\.([a-z2-9]{12})\.wav$/.exec(name) ?? []
  if (packed === '' || !isSignature(given, secret, audience, signed(provider, packed))) return undefined
  const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: mostUnpacked })
  return text.toString().split('~').filter(Boolean).flatMap(pieceOf)
}

const audience = 'phone-prompt'

function seal(secret: string, provider: string, packed: string): string {
  return signature(secret, audience, signed(provider, packed))
}

function signed(provider: string, packed: string): string {
  return `${provider}\n${packed}`
}

function written(piece: PromptPiece): string {
  return 'pauseMs' in piece ? `${piece.pauseMs}` : piece.clip
}

function pieceOf(text: string): readonly PromptPiece[] {
  // A clip's id has its language in it, so that none is a number.
  if (/^\d{1,5}$/.test(text)) return [{ pauseMs: Number(text) }]
  return isClipId(text) ? [{ clip: text }] : []
}
