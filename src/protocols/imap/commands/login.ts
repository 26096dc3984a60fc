import { fromBase64, type Octets, toText } from '../../../base/octets'
import { capabilities } from '../capability'
import { accept, astring, atEnd, atom, end, keyword, type Scanner, sp } from '../grammar'
import { ok } from '../responses'
import type { ServerContext } from '../serverContext'
import { command, type Outcome } from './command'

export interface Credentials {
  readonly user: string
  readonly password: string
}

const NOT_IN_THE_CLEAR: Outcome = {
  status: 'NO',
  code: 'PRIVACYREQUIRED',
  text: 'A password is taken only over an encrypted connection',
}

export const LOGIN_FAILED: Outcome = {
  status: 'NO',
  code: 'AUTHENTICATIONFAILED',
  text: 'User name or password is wrong',
}

const loginQuestion = ({ user, password }: Credentials, { plaintextAuth }: ServerContext) =>
  plaintextAuth ? ({ type: 'login', user, password } as const) : NOT_IN_THE_CLEAR

const welcome = (context: ServerContext): Outcome =>
  ok('Logged in', 'You are logged in.', `CAPABILITY ${capabilities({ ...context, user: context.user ?? '' })}`)

export const login = command<Credentials>({
  name: 'LOGIN',
  states: ['notAuthenticated'],
  syntax: 'LOGIN user password',
  meaning: 'Names the user and the password.',
  effect: 'You may then select a mailbox.',
  rfc: 'RFC 9051 section 6.2.3',
  slip: 'A password with spaces or quotation marks needs quotation marks around it: "two words".',
  example: 'LOGIN bob secret',
  scan(s) {
    sp(s)
    const user = astring(s, 'the user name')
    sp(s)
    const password = astring(s, 'the password')
    end(s)
    return { user: toText(user), password: toText(password) }
  },
  gloss: ({ user }) => `I am ${user}, and this is my password.`,
  question: loginQuestion,
  answer: (_args, context) => welcome(context),
})

/** AUTHENTICATE PLAIN with the credentials in the command itself, or in the line after the continuation. */
export interface SaslStart {
  readonly mechanism: string
  readonly initialResponse?: Octets
}

export const authenticate = command<SaslStart>({
  name: 'AUTHENTICATE',
  states: ['notAuthenticated'],
  syntax: 'AUTHENTICATE PLAIN [initial-response]',
  meaning: 'Logs in by a SASL mechanism; PLAIN carries user and password in base64.',
  effect: 'You may then select a mailbox.',
  rfc: 'RFC 9051 section 6.2.2',
  example: 'AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=',
  scan(s: Scanner) {
    sp(s)
    const mechanism = keyword(s, 'the name of a mechanism, PLAIN')
    if (atEnd(s)) return { mechanism }
    sp(s)
    const initialResponse = accept(s, '=') && atEnd(s) ? ('' as Octets) : initial(s)
    return { mechanism, initialResponse }
  },
  gloss: ({ mechanism }) => `Let me log in by ${mechanism}.`,
  question: ({ mechanism, initialResponse }, context) => {
    if (!context.plaintextAuth) return NOT_IN_THE_CLEAR
    if (mechanism !== 'PLAIN')
      return { status: 'NO', code: 'CANNOT', text: `There is no mechanism ${mechanism}; PLAIN is there` }
    return saslQuestion(initialResponse ?? ('' as Octets), context)
  },
  answer: (_args, context) => welcome(context),
})

function initial(s: Scanner): Octets {
  const response = atom(s, 'base64')
  end(s)
  return response
}

/** message = [authzid] NUL authcid NUL passwd, in base64 (RFC 4616 section 2). */
export function saslQuestion(response: Octets, context: ServerContext): ReturnType<typeof loginQuestion> | Outcome {
  if (response === '*') return { status: 'BAD', text: 'Authentication given up' }
  const message = fromBase64(response)
  const [authzid, user, password, ...more] =
    message === undefined ? [] : message.split('\0').map((part) => toText(part as Octets))
  if (authzid === undefined || !user || !password || more.length > 0) {
    return { status: 'BAD', text: 'Expected base64 of: nothing, NUL, user, NUL, password' }
  }
  if (authzid !== '' && authzid !== user)
    return { status: 'NO', code: 'AUTHORIZATIONFAILED', text: 'One user cannot act for another' }
  return loginQuestion({ user, password }, context)
}
