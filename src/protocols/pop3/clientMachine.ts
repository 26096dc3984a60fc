import { assign, setup } from 'xstate'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import { ALL_MECHANISMS, clientRespond, clientTrusts } from '../../sasl'
import { timestampIn } from './apop'
import { canSecure, canUtf8, firstCommand, loginBy, needsTls, startedExchange } from './clientLogin'
import type { Capabilities, ClientContext, ClientEvent, ClientInput, ClientQuestion, Listed } from './clientTypes'
import type { Command } from './grammar'

/**
 * The client's whole machine: a mail program that collects mail over POP3. It asks for the capabilities, begins TLS if it may,
 * logs in by the strongest mechanism, fetches each new message, hands it to the host, and deletes it unless messages stay on
 * the server.
 */

const lost = (why: Extract<ClientQuestion, { type: 'sessionLost' }>['why']) =>
  ({ type: 'ask', params: { type: 'sessionLost', why } }) as const
const failure = (text: string, code?: string): ClientQuestion =>
  code === undefined ? { type: 'collectFailed', text } : { type: 'collectFailed', text, code }
const failed = {
  type: 'ask',
  params: ({ event }: { event: { readonly text: string; readonly code?: string } }) => failure(event.text, event.code),
} as const
const quit = { type: 'say', params: { type: 'QUIT' } } as const
const capa = { type: 'say', params: { type: 'CAPA' } } as const
/** Gives up and sends QUIT; the reason is in the server's words or in ours. */
const giveUp = { target: '#pop3Client.leaving', actions: [failed, quit] } as const
const giveUpFor = (text: string) =>
  ({ target: '#pop3Client.leaving', actions: [{ type: 'ask', params: failure(text) }, quit] }) as const
const hangUpFor = (text: string) =>
  ({ target: '#pop3Client.closed', actions: [{ type: 'ask', params: failure(text) }, 'close'] }) as const
const noAnswer = {
  responseTimeout: { target: '#pop3Client.closed', actions: [lost('timedOut'), 'close'] },
} as const

const current = (context: ClientContext): Listed => context.ahead[0] ?? { messageNumber: 0, uid: '' }

const startContext = (input: ClientInput): ClientContext => ({
  ...input,
  unwanted: input.unwanted ?? [],
  tls: input.tls ?? 'opportunistic',
  mechanisms: input.mechanisms ?? ALL_MECHANISMS,
  nonce: input.nonce ?? '',
  secure: input.tls === 'implicit',
  timestamp: '',
  capabilities: undefined,
  exchange: undefined,
  response: '' as Octets,
  ahead: [],
  count: 0,
  removed: 0,
})

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  delays: { responseTimeout: minutes(2) },
  guards: {
    canSecure: ({ context }) => canSecure(context),
    needsTls: ({ context }) => needsTls(context),
    canUtf8: ({ context }) => canUtf8(context),
    logsInByUser: ({ context }) => loginBy(context) === 'USER',
    logsInByApop: ({ context }) => loginBy(context) === 'APOP',
    logsInBySasl: ({ context }) => loginBy(context) !== undefined,
    hasNoResponse: ({ context }) => context.response === 'failed',
    trusts: ({ context }) => context.exchange === undefined || clientTrusts(context.exchange),
    noneAhead: ({ context }) => context.ahead.length === 0,
    isNew: ({ context }) => !context.known.includes(current(context).uid),
    staysOnServer: ({ context }) => context.leaveOnServer && !context.unwanted.includes(current(context).uid),
  },
  actions: {
    say: (_, _params: Command) => {},
    /** A line within AUTH, before base64. */
    respond: (_, _params: { readonly line: Octets | 'cancel' }) => {},
    ask: (_, _params: ClientQuestion) => {},
    startTls: () => {},
    close: () => {},
    noteGreeting: assign((_, params: { readonly text: string }) => ({ timestamp: timestampIn(params.text) ?? '' })),
    noteCapabilities: assign((_, params: { readonly capabilities: Capabilities }) => params),
    /** An attacker may have changed the plaintext before TLS (RFC 2595 section 4). */
    beginAnew: assign({ secure: true, capabilities: undefined }),
    startExchange: assign(({ context }) => ({ exchange: startedExchange(context) })),
    answerChallenge: assign(({ context }, { challenge }: { readonly challenge: Octets }) => {
      if (!context.exchange) return { response: 'failed' as const }
      const [exchange, response] = clientRespond(context.exchange, challenge)
      return { exchange, response }
    }),
    noteListing: assign((_, params: { readonly messages: readonly Listed[] }) => ({ ahead: params.messages })),
    countCollected: assign(({ context }) => ({ count: context.count + 1 })),
    countRemoved: assign(({ context }) => ({ removed: context.removed + 1 })),
    forgetRemoved: assign({ removed: 0 }),
    goOn: assign(({ context }) => ({ ahead: context.ahead.slice(1) })),
  },
}).createMachine({
  id: 'pop3Client',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: {
    closed: {
      target: '.closed',
      actions: { type: 'ask', params: ({ event }) => ({ type: 'sessionLost', why: event.why }) },
    },
  },
  states: {
    connecting: {
      on: { opened: { target: 'greeting' } },
    },
    greeting: {
      tags: ['reads:greeting'],
      after: noAnswer,
      on: {
        accepted: {
          target: 'discovering',
          actions: [{ type: 'noteGreeting', params: ({ event }) => event }, capa],
        },
        refused: giveUp,
      },
    },

    discovering: {
      initial: 'asking',
      states: {
        asking: {
          tags: ['reads:CAPA'],
          after: noAnswer,
          on: { accepted: { target: 'reading' }, refused: { target: 'deciding' } },
        },
        reading: {
          tags: ['reads:capabilities'],
          after: noAnswer,
          on: {
            capabilities: { target: 'deciding', actions: { type: 'noteCapabilities', params: ({ event }) => event } },
            tooLarge: hangUpFor('the list of capabilities has no end'),
          },
        },
        deciding: {
          always: [
            {
              guard: 'canSecure',
              target: '#pop3Client.securing',
              actions: { type: 'say', params: { type: 'STLS' } },
            },
            { guard: 'needsTls', ...giveUpFor('the server offers no encryption, and this account wants it') },
            { guard: 'canUtf8', target: 'utf8', actions: { type: 'say', params: { type: 'UTF8' } } },
            { target: '#pop3Client.authorization' },
          ],
        },
        utf8: {
          tags: ['reads:UTF8'],
          after: noAnswer,
          on: {
            accepted: { target: '#pop3Client.authorization' },
            // Then messages with UTF-8 in their header come rewritten or not at all; all others come as usual.
            refused: { target: '#pop3Client.authorization' },
          },
        },
      },
    },

    securing: {
      initial: 'asking',
      states: {
        asking: {
          tags: ['reads:STLS'],
          after: noAnswer,
          on: {
            accepted: { target: 'negotiating', actions: 'startTls' },
            refused: [{ guard: 'needsTls', ...giveUp }, { target: '#pop3Client.authorization' }],
          },
        },
        negotiating: {
          after: noAnswer,
          on: { secured: { target: '#pop3Client.discovering', actions: ['beginAnew', capa] } },
        },
      },
    },

    authorization: {
      initial: 'choosing',
      states: {
        choosing: {
          always: [
            {
              guard: 'logsInByUser',
              target: 'user',
              actions: { type: 'say', params: ({ context }) => firstCommand(context) },
            },
            {
              guard: 'logsInByApop',
              target: 'digest',
              actions: { type: 'say', params: ({ context }) => firstCommand(context) },
            },
            {
              guard: 'logsInBySasl',
              target: 'exchange',
              actions: ['startExchange', { type: 'say', params: ({ context }) => firstCommand(context) }],
            },
            giveUpFor('the server offers no way to log in that this program knows'),
          ],
        },
        user: {
          tags: ['reads:USER'],
          after: noAnswer,
          on: {
            accepted: {
              target: 'password',
              actions: { type: 'say', params: ({ context }) => ({ type: 'PASS', password: context.password }) },
            },
            refused: giveUp,
          },
        },
        password: {
          tags: ['reads:PASS'],
          after: noAnswer,
          on: { accepted: { target: '#pop3Client.transaction' }, refused: giveUp },
        },
        digest: {
          tags: ['reads:APOP'],
          after: noAnswer,
          on: { accepted: { target: '#pop3Client.transaction' }, refused: giveUp },
        },
        exchange: {
          tags: ['reads:AUTH'],
          after: noAnswer,
          on: {
            challenged: {
              target: 'responding',
              actions: { type: 'answerChallenge', params: ({ event }) => event },
            },
            accepted: [
              { guard: 'trusts', target: '#pop3Client.transaction' },
              giveUpFor('the server did not prove that it knows the password'),
            ],
            refused: giveUp,
          },
        },
        responding: {
          always: [
            {
              guard: 'hasNoResponse',
              target: 'cancelling',
              actions: { type: 'respond', params: { line: 'cancel' } },
            },
            {
              target: 'exchange',
              actions: {
                type: 'respond',
                params: ({ context }) => ({ line: context.response === 'failed' ? 'cancel' : context.response }),
              },
            },
          ],
        },
        cancelling: {
          tags: ['reads:AUTH'],
          after: noAnswer,
          on: {
            challenged: giveUpFor('the server does not let go of a login'),
            accepted: giveUpFor('the login went wrong: the challenge made no sense'),
            refused: giveUpFor('the login went wrong: the challenge made no sense'),
          },
        },
      },
    },

    transaction: {
      entry: { type: 'say', params: { type: 'STAT' } },
      initial: 'counting',
      states: {
        counting: {
          tags: ['reads:STAT'],
          after: noAnswer,
          on: {
            accepted: { target: 'naming', actions: { type: 'say', params: { type: 'UIDL' } } },
            refused: giveUp,
          },
        },
        naming: {
          tags: ['reads:UIDL'],
          after: noAnswer,
          on: { accepted: { target: 'readingNames' }, refused: giveUp },
        },
        readingNames: {
          tags: ['reads:listing'],
          after: noAnswer,
          on: {
            listed: { target: 'choosing', actions: { type: 'noteListing', params: ({ event }) => event } },
            tooLarge: hangUpFor('the list has no end'),
          },
        },
        choosing: {
          always: [
            { guard: 'noneAhead', target: '#pop3Client.update', actions: quit },
            {
              guard: 'isNew',
              target: 'retrieving',
              actions: {
                type: 'say',
                params: ({ context }) => ({ type: 'RETR', messageNumber: current(context).messageNumber }),
              },
            },
            { target: 'had' },
          ],
        },
        retrieving: {
          tags: ['reads:RETR'],
          after: noAnswer,
          on: {
            accepted: { target: 'receiving' },
            refused: { target: 'choosing', actions: 'goOn' },
          },
        },
        receiving: {
          tags: ['reads:message'],
          after: noAnswer,
          on: {
            message: {
              target: 'keeping',
              actions: {
                type: 'ask',
                params: ({ context, event }) => ({
                  type: 'messageCollected',
                  uid: current(context).uid,
                  octets: event.octets,
                }),
              },
            },
            tooLarge: hangUpFor('a letter has no end'),
          },
        },
        keeping: {
          on: { kept: { target: 'had', actions: 'countCollected' } },
        },
        had: {
          always: [
            { guard: 'staysOnServer', target: 'choosing', actions: 'goOn' },
            {
              target: 'deleting',
              actions: {
                type: 'say',
                params: ({ context }) => ({ type: 'DELE', messageNumber: current(context).messageNumber }),
              },
            },
          ],
        },
        deleting: {
          tags: ['reads:DELE'],
          after: noAnswer,
          on: {
            accepted: { target: 'choosing', actions: ['countRemoved', 'goOn'] },
            refused: { target: 'choosing', actions: 'goOn' },
          },
        },
      },
    },

    update: {
      tags: ['reads:QUIT'],
      after: noAnswer,
      on: {
        accepted: { target: 'reported' },
        refused: { target: 'reported', actions: 'forgetRemoved' },
      },
    },
    reported: {
      entry: [
        {
          type: 'ask',
          params: ({ context }) => ({ type: 'collected', count: context.count, removed: context.removed }),
        },
        'close',
      ],
      always: { target: 'closed' },
    },

    leaving: {
      tags: ['reads:QUIT'],
      after: { responseTimeout: { target: 'closed', actions: 'close' } },
      on: {
        accepted: { target: 'closed', actions: 'close' },
        refused: { target: 'closed', actions: 'close' },
        // The failure is reported already.
        closed: { target: 'closed' },
      },
    },

    closed: { type: 'final' },
  },
})
