import { fromBase64, type Octets, octets, toBase64 } from '../base/octets'
import type { SaslAnswer } from './contract'
import { authorize, FAILED, malformed, preparedText, type SaslServer } from './judge'
import { nonceOf } from './nonce'
import { prepare } from './prepare'
import { decodeName, ITERATIONS, isProof, saltFor, serverSignature, verifierOf } from './scram'

/** The server's end of SCRAM-SHA-256 (RFC 5802 sections 3, 5 and 7), without channel binding. */

export type ScramServerState =
  | { readonly phase: 'first' }
  | {
      readonly phase: 'final'
      /**
       * The account's name; undefined if there is no such account. The client learns that only at the end, as for a wrong
       * password.
       */
      readonly user: string | undefined
      readonly identity: string
      readonly gs2Header: string
      readonly nonce: string
      /** `client-first-message-bare "," server-first-message` */
      readonly soFar: Octets
    }
  /** The signature is sent; the client's empty response ends the exchange. */
  | { readonly phase: 'proven'; readonly answer: SaslAnswer }

const VALUE = '[^\\0,]+'
const FIRST = new RegExp(`^((?:n|y),(?:a=(${VALUE}))?,)(n=(${VALUE}),r=([!-+\\--~]+)(?:,[A-Za-z]=${VALUE})*)$`, 's')
const FINAL = new RegExp(`^(c=([A-Za-z0-9+/=]+),r=([!-+\\--~]+)(?:,[A-Za-z]=${VALUE})*),p=([A-Za-z0-9+/=]+)$`, 's')

type Step = readonly [ScramServerState | undefined, SaslAnswer]
const END: Step = [undefined, FAILED]
const endFor = (cause: string): Step => [undefined, malformed(cause)]
const NO_FIRST = endFor('this is no first message of SCRAM: n,,n=name,r=nonce')

/** `client-first-message`. `p=` asks for channel binding and `m=` for an extension: both fail, since neither is supported. */
export function scramFirst(server: SaslServer, message: Octets): Step {
  if (message.startsWith('p=')) return endFor('there is no channel binding here: a SCRAM message begins with n,,')
  const parts = FIRST.exec(message)
  if (!parts) return NO_FIRST
  const [, gs2Header = '', identityWritten, bare = '', nameWritten = '', clientNonce = ''] = parts
  const name = textOf(nameWritten)
  const identity = identityWritten === undefined ? '' : textOf(identityWritten)
  if (name === undefined || identity === undefined) return NO_FIRST
  const user = server.find(name)?.user
  const nonce = clientNonce + nonceOf(server.seed)
  const salt = toBase64(saltFor(server.hostName, user ?? name))
  const challenge = octets(`r=${nonce},s=${salt},i=${ITERATIONS}`)
  const soFar = octets(`${bare},${challenge}`)
  return [
    { phase: 'final', user, identity, gs2Header, nonce, soFar },
    { type: 'saslChallenge', challenge },
  ]
}

/** `client-final-message`: the nonce and the header must be those of the first message, and the proof must be right. */
export function scramFinal(server: SaslServer, state: ScramServerState & { phase: 'final' }, message: Octets): Step {
  const parts = FINAL.exec(message)
  if (!parts) return endFor('this is no final message of SCRAM: c=binding,r=nonce,p=proof')
  const [, withoutProof = '', binding = '', nonce, proofWritten = ''] = parts
  if (nonce !== state.nonce || fromBase64(octets(binding)) !== state.gs2Header) return END
  const account = state.user === undefined ? undefined : server.find(state.user)
  const password = account && prepare(account.password)
  const proof = fromBase64(octets(proofWritten))
  if (!account || password === undefined || proof === undefined) return END
  const verifier = verifierOf(password, saltFor(server.hostName, account.user))
  const authMessage = octets(`${state.soFar},${withoutProof}`)
  if (!isProof(verifier, authMessage, proof)) return END
  const answer = authorize(server, account, state.identity)
  if (answer.type !== 'authenticated') return END
  const challenge = octets(`v=${toBase64(serverSignature(verifier, authMessage))}`)
  return [
    { phase: 'proven', answer },
    { type: 'saslChallenge', challenge },
  ]
}

function textOf(written: string): string | undefined {
  const name = decodeName(written)
  return name === undefined ? undefined : preparedText(name)
}
