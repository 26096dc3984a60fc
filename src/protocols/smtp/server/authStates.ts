import { EMPTY, type Octets, toBase64 } from '../../../base/octets'
import { replyGloss } from '../gloss'
import { challengeReply, malformedProof, replies } from '../grammar/replies'
import { hasNoTlsToStart, losesPatience, needsTls, type On, say, stay, timesOut } from './transitions'
import type { SmtpServerQuestion, SpokenReply } from './types'

/** AUTH (RFC 4954): challenges and responses are carried in base64 lines; the host alone judges them. */

const cancels = { type: 'ask', params: (): SmtpServerQuestion => ({ type: 'saslCancelled' }) } as const

/** AUTH while there is no letter. */
export const authenticates = [
  needsTls('#greeted'),
  { guard: 'hasNoMechanism', ...stay('#greeted', replies.notOffered, 'Nobody needs a password here.') },
  { guard: 'isLoggedIn', ...stay('#greeted', replies.alreadyAuthenticated, 'I know already who you are.') },
  { guard: 'saidHelo', ...stay('#greeted', replies.authNeedsEhlo, 'That takes EHLO, not HELO.') },
  {
    guard: { type: 'isUnknownMechanism', params: ({ event }: On<'AUTH'>) => event.mechanism },
    ...stay('#greeted', replies.unknownMechanism, 'I do not know that way to prove who you are.'),
  },
  {
    guard: { type: 'isTooOpen', params: ({ event }: On<'AUTH'>) => event.mechanism },
    ...stay('#greeted', replies.encryptionRequired, 'Not in the open: first let us make this private.'),
  },
  {
    target: '#judging',
    actions: {
      type: 'ask',
      params: ({ event }: On<'AUTH'>): SmtpServerQuestion => {
        const { mechanism, response } = event
        // The guards have seen to it that the mechanism has a name.
        const question = { type: 'authenticate', mechanism: mechanism === '' ? 'PLAIN' : mechanism } as const
        return response === undefined ? question : { ...question, response }
      },
    },
  },
] as const

export const authStates = {
  judging: {
    id: 'judging',
    meta: { title: 'judging a proof' },
    on: {
      saslChallenge: {
        target: '#awaitingResponse',
        actions: {
          type: 'reply',
          params: ({ context, event }: On<'saslChallenge'>): SpokenReply => {
            const reply = challengeReply(event.challenge === EMPTY ? EMPTY : toBase64(event.challenge))
            return { reply, enhanced: context.enhanced, gloss: replyGloss('AUTH', reply) }
          },
        },
      },
      authenticated: {
        target: '#greeted',
        actions: [
          { type: 'letIn', params: ({ event }: On<'authenticated'>) => event.user },
          {
            type: 'reply',
            params: ({ context, event }: On<'authenticated'>): SpokenReply => ({
              reply: replies.authenticated,
              enhanced: context.enhanced,
              gloss: replyGloss('AUTH', replies.authenticated, event.user),
            }),
          },
        ],
      },
      authenticationFailed: [
        losesPatience,
        {
          guard: { type: 'isMalformed', params: ({ event }: On<'authenticationFailed'>) => event.malformed },
          target: '#greeted',
          actions: [
            'countMistake',
            {
              type: 'reply',
              params: ({ context, event }: On<'authenticationFailed'>): SpokenReply => ({
                reply: malformedProof(event.malformed ?? ''),
                enhanced: context.enhanced,
                gloss: 'That is no proof of the kind you named.',
              }),
            },
          ],
        },
        {
          target: '#greeted',
          actions: [
            'countMistake',
            say(replies.authenticationFailed, replyGloss('AUTH', replies.authenticationFailed)),
          ],
        },
      ],
    },
  },
  awaitingResponse: {
    id: 'awaitingResponse',
    meta: { title: 'awaiting a proof' },
    tags: 'reads:saslResponse',
    after: timesOut,
    on: {
      saslResponse: {
        target: '#judging',
        actions: {
          type: 'ask',
          params: ({ event }: On<'saslResponse'>): SmtpServerQuestion => ({
            type: 'saslResponse',
            response: event.response as Octets,
          }),
        },
      },
      saslCancelled: { target: '#greeted', actions: [cancels, say(replies.cancelled, 'As you like.')] },
      notBase64: { target: '#greeted', actions: [cancels, say(replies.notBase64, 'I cannot read that.')] },
      lineRunsOn: { actions: 'swallowLine' },
      lineTooLong: {
        target: '#greeted',
        actions: ['endLine', cancels, say(replies.responseTooLong, 'That is longer than I can read.')],
      },
    },
  },
} as const

/** STARTTLS while there is no letter (RFC 3207 section 4). */
export const startsTls = [
  ...hasNoTlsToStart('#greeted'),
  {
    target: '#securing',
    actions: [say(replies.readyForTls, replyGloss('STARTTLS', replies.readyForTls)), { type: 'startTls' }],
  },
] as const

/** The handshake is under way: nothing is read until it is done, and then all begins anew (section 4.2). */
export const securing = {
  id: 'securing',
  meta: { title: 'making the wire private' },
  // What would be said to a client that is silent could not be said here.
  after: { commandTimeout: { target: '#closed', actions: 'close' } },
  on: {
    secured: { target: '#waiting', actions: 'beginAnew' },
    stopping: { target: '#closed', actions: 'close' },
  },
} as const
