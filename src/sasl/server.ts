import { type Octets, octets } from '../base/octets'
import type { SaslAnswer, SaslMechanism } from './contract'
import { cramChallenge, judgeCram } from './cramMd5'
import { authorize, FAILED, isPassword, malformed, preparedText, type SaslServer } from './judge'
import { judgePlain } from './plain'
import { type ScramServerState, scramFinal, scramFirst } from './scramServer'

/** A server's login under way: plain data. `undefined` means that it is over. */
export type ServerExchange =
  | { readonly mechanism: 'PLAIN' }
  | { readonly mechanism: 'LOGIN'; readonly user?: Octets }
  | { readonly mechanism: 'CRAM-MD5'; readonly challenge: Octets }
  | { readonly mechanism: 'SCRAM-SHA-256'; readonly scram: ScramServerState }

export type ServerStep = readonly [ServerExchange | undefined, SaslAnswer]

const endFor = (cause: string): ServerStep => [undefined, malformed(cause)]
const challengeWith = (exchange: ServerExchange, challenge: Octets): ServerStep => [
  exchange,
  { type: 'saslChallenge', challenge },
]

/**
 * Begins a login. `response` is the initial response if the client gave one. A client that must speak first and has not yet
 * spoken gets an empty challenge (RFC 4422 section 5).
 */
export function startServerExchange(
  server: SaslServer,
  mechanism: SaslMechanism,
  response: Octets | undefined,
): ServerStep {
  switch (mechanism) {
    case 'PLAIN': {
      const exchange = { mechanism } as const
      return response === undefined
        ? challengeWith(exchange, octets(''))
        : continueServerExchange(server, exchange, response)
    }
    case 'LOGIN': {
      const exchange = { mechanism } as const
      // Some clients send the user name at once, although the server speaks first.
      return response === undefined || response === ''
        ? challengeWith(exchange, octets('Username:'))
        : continueServerExchange(server, exchange, response)
    }
    case 'CRAM-MD5': {
      if (response !== undefined) return endFor('CRAM-MD5 takes no initial response')
      const challenge = cramChallenge(server)
      return challengeWith({ mechanism, challenge }, challenge)
    }
    case 'SCRAM-SHA-256': {
      const exchange = { mechanism, scram: { phase: 'first' } } as const
      return response === undefined
        ? challengeWith(exchange, octets(''))
        : continueServerExchange(server, exchange, response)
    }
  }
}

/** Judges the client's next response, decoded from base64. */
export function continueServerExchange(server: SaslServer, exchange: ServerExchange, response: Octets): ServerStep {
  switch (exchange.mechanism) {
    case 'PLAIN':
      return [undefined, judgePlain(server, response)]
    case 'LOGIN':
      return exchange.user === undefined
        ? challengeWith({ mechanism: 'LOGIN', user: response }, octets('Password:'))
        : [undefined, judgeLogin(server, exchange.user, response)]
    case 'CRAM-MD5':
      return [undefined, judgeCram(server, exchange.challenge, response)]
    case 'SCRAM-SHA-256':
      return continueScram(server, exchange.scram, response)
  }
}

/** LOGIN has no standard: the user name, then the password, each in plain text. */
function judgeLogin(server: SaslServer, userWritten: Octets, password: Octets): SaslAnswer {
  const user = preparedText(userWritten)
  const account = user === undefined ? undefined : server.find(user)
  return account && isPassword(account, preparedText(password)) ? authorize(server, account, '') : FAILED
}

function continueScram(server: SaslServer, state: ScramServerState, response: Octets): ServerStep {
  if (state.phase === 'proven')
    return response === '' ? [undefined, state.answer] : endFor('to the last word of SCRAM the response is empty')
  const [scram, answer] = state.phase === 'first' ? scramFirst(server, response) : scramFinal(server, state, response)
  return [scram && { mechanism: 'SCRAM-SHA-256', scram }, answer]
}
