import { fromBase64, type Octets } from '../../../base/octets'
import { mechanismNamed } from '../../../sasl'
import { atEnd, atom, end, keyword, type Scanner, sp } from '../grammar/grammar'
import type { Outcome } from '../grammar/responses'
import { offeredMechanisms } from '../server/capability'
import { command } from './command'
import { NOT_IN_THE_CLEAR, welcome } from './login'

interface SaslStart {
  readonly mechanism: string
  /** Base64, or `=` for an empty one (RFC 4959 section 3). */
  readonly initialResponse?: Octets
}

function initialResponse(s: Scanner): Octets {
  const response = atom(s, 'an initial response in base64')
  end(s)
  return response
}

export const authenticate = command<SaslStart>({
  name: 'AUTHENTICATE',
  states: ['notAuthenticated'],
  syntax: 'AUTHENTICATE mechanism [initial-response]',
  rfc: 'RFC 9051 section 6.2.2',
  example: 'AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=',
  scan(s) {
    sp(s)
    const mechanism = keyword(s, 'the name of a mechanism such as PLAIN')
    if (atEnd(s)) return { mechanism }
    sp(s)
    return { mechanism, initialResponse: initialResponse(s) }
  },
  parsed: ({ mechanism }) => ({ type: 'AUTHENTICATE', mechanism }),
  question({ mechanism: name, initialResponse: given }, context) {
    const mechanism = mechanismNamed(name)
    const offered = offeredMechanisms(context)
    const isHeldBack = mechanism && context.mechanisms.includes(mechanism) && !offered.includes(mechanism)
    if (isHeldBack) return NOT_IN_THE_CLEAR
    if (!mechanism || !offered.includes(mechanism)) return noSuchMechanism(name, offered)
    if (given === undefined) return { type: 'authenticate', mechanism }
    const response = given === '=' ? ('' as Octets) : fromBase64(given)
    if (response === undefined) return { status: 'BAD', text: 'The initial response is not base64' }
    return { type: 'authenticate', mechanism, response }
  },
  answer: (_args, context) => welcome(context),
})

const noSuchMechanism = (name: string, offered: readonly string[]): Outcome => ({
  status: 'NO',
  code: 'CANNOT',
  text: `There is no mechanism ${name}; ${offered.length === 0 ? 'none is offered' : `offered: ${offered.join(', ')}`}`,
})
