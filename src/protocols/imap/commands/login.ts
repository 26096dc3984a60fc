import { toText } from '../../../base/octets'
import { astring, end, sp } from '../grammar/grammar'
import { type Outcome, ok } from '../grammar/responses'
import { capabilities } from '../server/capability'
import type { ServerContext } from '../session/serverContext'
import { command } from './command'

interface Credentials {
  readonly user: string
  readonly password: string
}

export const NOT_IN_THE_CLEAR: Outcome = {
  status: 'NO',
  code: 'PRIVACYREQUIRED',
  text: 'A password is taken only over an encrypted connection',
}

/** The response to a successful login, by whichever command. */
export const welcome = (context: ServerContext): Outcome =>
  ok('Logged in', `CAPABILITY ${capabilities({ ...context, user: context.user ?? '' })}`)

export const login = command<Credentials>({
  name: 'LOGIN',
  states: ['notAuthenticated'],
  syntax: 'LOGIN user password',
  rfc: 'RFC 9051 section 6.2.3',
  example: 'LOGIN bob secret',
  scan(s) {
    sp(s)
    const user = astring(s, 'the user name')
    sp(s)
    const password = astring(s, 'the password')
    end(s)
    return { user: toText(user), password: toText(password) }
  },
  parsed: ({ user }) => ({ type: 'LOGIN', user }),
  question: ({ user, password }) => ({ type: 'login', user, password }),
  answer: (_args, context) => welcome(context),
})
