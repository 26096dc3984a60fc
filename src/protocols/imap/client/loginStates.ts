import { authenticateLine, loginLine, mechanismFor } from './login'
import { command, lost, patience, readCode, reads, refused, rememberText, respond, serverText } from './speech'

/** From the greeting to the login: capabilities, TLS, the proof (RFC 9051 section 6.2). */

const askCapabilities = command(
  () => 'CAPABILITY',
  () => ({ type: 'CAPABILITY' }),
)

export const loginStates = {
  connecting: {
    on: { opened: { target: 'greeting' } },
  },
  greeting: {
    tags: reads,
    after: patience,
    on: {
      statusTold: [
        { guard: 'isGreeting', target: 'introducing', actions: [readCode] },
        { guard: 'isPreauth', target: 'introduced', actions: [readCode] },
        { target: 'ended', actions: [rememberText, lost('refused'), 'close'] },
      ],
    },
  },
  introducing: {
    always: [
      { guard: 'knowsNothing', target: 'askingCapabilities', actions: [...askCapabilities] },
      {
        guard: 'canSecure',
        target: 'startingTls',
        actions: [
          ...command(
            () => 'STARTTLS',
            () => ({ type: 'STARTTLS' }),
          ),
        ],
      },
      { guard: 'needsTls', ...refused(() => 'The server offers no encryption') },
      {
        guard: 'hasMechanism',
        target: 'authenticating',
        actions: [
          ...command(authenticateLine, (context) => ({ type: 'AUTHENTICATE', mechanism: mechanismFor(context) ?? '' })),
          'startExchange',
        ],
      },
      { guard: 'loginDisabled', ...refused(() => 'The server takes no password over this connection') },
      {
        target: 'loggingIn',
        actions: [...command(loginLine, ({ user }) => ({ type: 'LOGIN', user }))],
      },
    ],
  },
  askingCapabilities: {
    tags: reads,
    after: patience,
    on: {
      accepted: { target: 'introducing', actions: ['knowSomething'] },
      rejected: { target: 'introducing', actions: ['knowSomething'] },
    },
  },
  startingTls: {
    tags: reads,
    after: patience,
    on: {
      accepted: { target: 'securing', actions: ['startTls'] },
      rejected: { target: 'introducing', actions: ['stayPlain'] },
    },
  },
  securing: {
    after: patience,
    // An attacker may have changed the plaintext before TLS (RFC 9051 section 6.2.1).
    on: { secured: { target: 'askingCapabilities', actions: ['beginAnew', ...askCapabilities] } },
  },
  authenticating: {
    tags: reads,
    after: patience,
    on: {
      continuation: { actions: ['answerChallenge', respond] },
      accepted: [
        { guard: 'trusts', target: 'introduced', actions: ['forgetCapabilities', readCode] },
        refused(() => 'The server did not prove that it knows the password'),
      ],
      rejected: refused(serverText),
    },
  },
  loggingIn: {
    tags: reads,
    after: patience,
    on: {
      accepted: { target: 'introduced', actions: ['forgetCapabilities', readCode] },
      rejected: refused(serverText),
    },
  },
} as const
