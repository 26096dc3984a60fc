import type { Reply } from '../grammar/reply'
import {
  type Answered,
  closedReport,
  endedByUs,
  nobodyReport,
  replyReport,
  type Scope,
  say,
  saysAuth,
  saysRecipient,
  transferEnded,
} from './transitions'
import type { SmtpClientQuestion, SmtpLetter, SmtpTransferReport } from './types'

/** How a letter, a login or the connection ends, and what the host is told of it: transitions that several states share. */

export const lost = { target: '#closed', actions: { type: 'ask', params: closedReport('lost') } } as const
export const unreachable = { target: '#closed', actions: { type: 'ask', params: closedReport('unreachable') } } as const

/** No answer in time: the connection is given up. */
export const givesUp = {
  target: '#closed',
  actions: [
    {
      type: 'ask',
      params: ({ context }: Scope) => closedReport('lost')({ context, event: { why: 'timedOut' } }),
    },
    'close',
  ],
} as const

/** The server wants no letters from us at all: report, and take leave. */
export const takesLeave = (outcome: 'refused' | 'deferred') =>
  ({ target: '#sayingGoodbye', actions: [{ type: 'ask', params: transferEnded(outcome, false) }, say.quit] }) as const

/** No service behind this greeting (RFC 5321 section 3.1). */
export const isTurnedAway = (outcome: 'refused' | 'deferred') =>
  ({
    target: '#sayingGoodbye',
    actions: [
      {
        type: 'ask',
        params: ({ context, event }: Answered): SmtpClientQuestion => ({
          type: 'transferEnded',
          report: { ...replyReport(context, event.reply, outcome), atGreeting: true },
          open: false,
        }),
      },
      say.quit,
    ],
  }) as const

/** This letter was refused as a whole, outside of a transaction: on to the next. */
export const endsLetter = (outcome: 'accepted' | 'refused' | 'deferred') =>
  ({ target: '#ready', actions: [{ type: 'ask', params: transferEnded(outcome, true) }, 'dropLetter'] }) as const

/** The transaction has come to nothing: RSET first, then the report. */
export const startsOver = (outcome: 'refused' | 'deferred') =>
  ({
    target: '#startingOver',
    actions: [
      {
        type: 'keepReport',
        params: ({ context, event }: Answered) => replyReport(context, event.reply, outcome),
      },
      say.rset,
    ],
  }) as const

export const negative = <T extends (outcome: 'refused' | 'deferred') => object>(then: T) => ({
  transientNegative: then('deferred') as ReturnType<T>,
  permanentNegative: then('refused') as ReturnType<T>,
  noReply: then('deferred') as ReturnType<T>,
})

/** Nobody who was named will have the letter. */
export const nobodyTakesIt = (note: 'noteAccepted' | 'noteRefused') =>
  ({
    target: '#startingOver',
    actions: [
      note,
      { type: 'keepReport', params: ({ context, event }: Answered) => nobodyReport(context, event.reply) },
      say.rset,
    ],
  }) as const

/** The letter by BDAT, where that was chosen and somebody takes it. */
export const goesByChunks = (note: 'noteAccepted' | 'noteRefused') =>
  ({
    guard: note === 'noteAccepted' ? 'sendsChunks' : 'sendsChunksToSome',
    target: '#cuttingTheLetter',
    actions: note,
  }) as const

/** After a recipient's reply: the next recipient, or the letter, or nobody will have it. */
export const afterRecipient = (note: 'noteAccepted' | 'noteRefused') =>
  [
    { guard: 'hasMoreRecipients', target: '#namingRecipient', reenter: true, actions: [note, saysRecipient] },
    goesByChunks(note),
    { guard: note === 'noteAccepted' ? 'always' : 'hasAccepted', target: '#askingToSend', actions: [note, say.data] },
    nobodyTakesIt(note),
  ] as const

/** What is known of the letter goes to the host, and the next one may come. */
export const reports = [
  {
    type: 'ask',
    params: ({ context }: Scope): SmtpClientQuestion => ({
      type: 'transferEnded',
      report: context.report as SmtpTransferReport,
      open: true,
    }),
  },
  'dropLetter',
] as const

/** Nothing of ours to send unencrypted (RFC 8314 section 5.2), or no way to encrypt: try again another time. */
const NO_TLS: Reply = { code: 454, enhanced: '4.7.4', text: 'The server offers no encryption, and none is no choice' }
const NOT_TRUSTED: Reply = { code: 454, enhanced: '4.7.0', text: 'The server let us in without knowing the password' }
const NO_UTF8: Reply = { code: 553, enhanced: '5.6.7', text: 'The server takes no addresses beyond ASCII' }
const NO_EIGHT_BIT: Reply = { code: 554, enhanced: '5.6.3', text: 'The server takes no 8-bit messages' }

const insists = {
  target: '#sayingGoodbye',
  actions: [{ type: 'ask', params: endedByUs('deferred', NO_TLS, false) }, say.quit],
} as const

/** The server cannot take this letter, so it is not even shown to it. */
const staysHere = (guard: 'needsSmtpUtf8' | 'needsEightBit', reply: Reply) =>
  ({
    guard: { type: guard, params: ({ event }: { event: SmtpLetter }) => event },
    target: '#ready',
    actions: { type: 'ask', params: endedByUs('refused', reply, true) },
  }) as const

export const cannotBeCarried = [staysHere('needsSmtpUtf8', NO_UTF8), staysHere('needsEightBit', NO_EIGHT_BIT)] as const

/** The server let us in, but has not shown that it knows the password. */
export const isNotTrusted = {
  target: '#sayingGoodbye',
  actions: [{ type: 'ask', params: endedByUs('deferred', NOT_TRUSTED, false) }, say.quit],
} as const

export const asksForLetter = { type: 'ask', params: { type: 'nextLetter' } } as const
const logsInOrGoesOn = [
  { guard: 'canLogIn', target: '#loggingIn', actions: [saysAuth, 'beginLogin'] },
  { target: '#ready', actions: asksForLetter },
] as const

/** After the greeting: encryption where it is wanted and offered, then the login, then the letters. */
export const choosesNext = [
  { guard: 'startsTls', target: '#askingForTls', actions: say.startTls },
  { guard: 'insistsOnTls', ...insists },
  ...logsInOrGoesOn,
] as const

/** STARTTLS was offered and is not to be had: on in the clear, or not at all. */
export const goesOnUnencrypted = [{ guard: 'insistsOnTls', ...insists }, ...logsInOrGoesOn] as const

/** 421 may come at any time: the server closes now (RFC 5321 section 3.8). */
export const closesDown = {
  target: '#closed',
  actions: [
    {
      type: 'ask',
      params: ({ context, event }: Answered): SmtpClientQuestion => ({
        type: 'transferEnded',
        report: context.report ?? replyReport(context, event.reply, 'deferred'),
        open: false,
      }),
    },
    'close',
  ],
} as const

/** Not even RSET was taken: the report goes as it is, and the connection ends. */
export const leavesWithReport = () =>
  ({
    target: '#sayingGoodbye',
    actions: [
      {
        type: 'ask',
        params: ({ context }: Scope): SmtpClientQuestion => ({
          type: 'transferEnded',
          report: context.report as SmtpTransferReport,
          open: false,
        }),
      },
      say.quit,
    ],
  }) as const
