import { fromText, type Octets, octets } from '../base/octets'
import type { SaslMechanism } from './contract'
import { cramResponse } from './cramMd5'
import { plainMessage } from './plain'
import { prepare } from './prepare'
import { type ScramClientState, scramClientFinal, scramClientFirst, scramClientTrust } from './scramClient'

/** A client's data for one login. */
export interface ClientCredentials {
  readonly user: string
  readonly password: string
  /** For SCRAM: printable ASCII without a comma, never used before. `nonceOf` makes one. */
  readonly nonce: string
}

/** A client's login under way: plain data. */
export interface ClientExchange extends ClientCredentials {
  readonly mechanism: SaslMechanism
  readonly responses: number
  readonly scram?: ScramClientState
}

/** Begins a login; nothing is sent yet. */
export function startClientExchange(mechanism: SaslMechanism, credentials: ClientCredentials): ClientExchange {
  const { user, password, nonce } = credentials
  return { mechanism, user, password, nonce, responses: 0 }
}

/**
 * The response to a challenge, before base64. 'failed' if the challenge is malformed or comes from a server that does not know
 * the password: the client then cancels with `*`. If the client speaks first (`clientSendsFirst`), the first call with an empty
 * challenge gives the initial response.
 */
export function clientRespond(
  exchange: ClientExchange,
  challenge: Octets,
): readonly [ClientExchange, Octets | 'failed'] {
  const next: ClientExchange = { ...exchange, responses: exchange.responses + 1 }
  const user = prepare(exchange.user)
  const password = prepare(exchange.password)
  if (user === undefined || password === undefined) return [next, 'failed']
  switch (exchange.mechanism) {
    case 'PLAIN':
      return [next, exchange.responses === 0 ? plainMessage(user, password) : 'failed']
    case 'LOGIN':
      return [next, [fromText(user), fromText(password)][exchange.responses] ?? 'failed']
    case 'CRAM-MD5':
      return [next, exchange.responses === 0 ? cramResponse(user, password, challenge) : 'failed']
    case 'SCRAM-SHA-256': {
      const step = respondScram(exchange, user, password, challenge)
      return step ? [{ ...next, scram: step[0] }, step[1]] : [next, 'failed']
    }
  }
}

function respondScram(exchange: ClientExchange, user: string, password: string, challenge: Octets) {
  const { scram = { phase: 'start' }, nonce } = exchange
  switch (scram.phase) {
    case 'start':
      return challenge === octets('') ? scramClientFirst(user, nonce) : undefined
    case 'sentFirst':
      return scramClientFinal(password, nonce, scram.bare, challenge)
    case 'sentFinal':
      return scramClientTrust(scram.signature, challenge)
    case 'trusted':
      return undefined
  }
}

/** True if the client may believe a success: with SCRAM, only if the server has proven itself (RFC 5802 section 5). */
export const clientTrusts = (exchange: ClientExchange): boolean =>
  exchange.mechanism !== 'SCRAM-SHA-256' || exchange.scram?.phase === 'trusted'
