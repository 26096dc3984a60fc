import { replyGloss } from '../gloss'
import { replies } from '../grammar/replies'
import { discards, discardsEarly, takesChunk } from './chunkStates'
import { common, needsTls, type On, say, stay, timesOut, whileUnderWay } from './transitions'
import type { Candidate, SmtpServerQuestion, SpokenReply } from './types'

/** The envelope: from MAIL to the last RCPT (RFC 5321 sections 4.1.1.2 and 4.1.1.3). */

const noSender = 'No sender yet, MAIL comes first.'
const noReader = 'No reader yet, RCPT comes first.'
const refused = (state: string, reply: (typeof replies)[keyof typeof replies]) =>
  stay(state, reply, replyGloss('MAIL', reply))

/** MAIL, RCPT, DATA and BDAT while there is no letter. */
export const beginsLetter = {
  MAIL: [
    needsTls('#greeted'),
    { guard: 'mustLogIn', ...refused('#greeted', replies.authenticationRequired) },
    {
      guard: { type: 'needsUtf8', params: ({ event }: On<'MAIL'>) => event },
      ...refused('#greeted', replies.senderNeedsUtf8),
    },
    {
      guard: { type: 'declaresTooMuch', params: ({ event }: On<'MAIL'>) => event.size ?? 0 },
      ...refused('#greeted', replies.messageTooLarge),
    },
    {
      target: '#senderKnown',
      actions: [
        { type: 'beginEnvelope', params: ({ event }: On<'MAIL'>) => event },
        {
          type: 'reply',
          params: ({ context, event }: On<'MAIL'>): SpokenReply => ({
            reply: replies.senderOk,
            enhanced: context.enhanced,
            gloss: replyGloss('MAIL', replies.senderOk, event.reversePath),
          }),
        },
      ],
    },
  ],
  RCPT: [needsTls('#greeted'), stay('#greeted', replies.needMail, noSender)],
  DATA: [needsTls('#greeted'), stay('#greeted', replies.needMail, noSender)],
  BDAT: discardsEarly(replies.needMail, noSender),
} as const

const asksAboutRecipient = [
  {
    guard: 'recipientsAreFull',
    target: '#recipientsKnown',
    reenter: true,
    actions: say(replies.tooManyRecipients, 'That is enough readers for one letter.'),
  },
  {
    target: '#checkingRecipient',
    actions: [
      { type: 'noteCandidate', params: ({ event }: On<'RCPT'>): Candidate => event },
      {
        type: 'ask',
        params: ({ context, event }: On<'RCPT'>): SmtpServerQuestion => {
          const reversePath = context.envelope?.reversePath ?? ''
          return {
            type: 'verifyRecipient',
            reversePath,
            forwardPath: event.forwardPath,
            ...(context.declaredSize > 0 ? { size: context.declaredSize } : {}),
            ...(context.user === '' ? {} : { user: context.user }),
          }
        },
      },
    ],
  },
] as const

const namesRecipient = (state: string) =>
  [
    {
      guard: { type: 'needsUtf8', params: ({ event }: On<'RCPT'>) => event },
      ...stay(state, replies.recipientNeedsUtf8, replyGloss('RCPT', replies.recipientNeedsUtf8)),
    },
    ...asksAboutRecipient,
  ] as const

const refusesRecipient = {
  type: 'reply',
  params: ({ context, event }: On<'recipientRefused'>): SpokenReply => ({
    reply: event.reply,
    enhanced: context.enhanced,
    gloss: replyGloss('RCPT', event.reply, context.candidate?.forwardPath),
  }),
} as const

export const envelopeStates = {
  senderKnown: {
    id: 'senderKnown',
    meta: { title: 'sender known' },
    tags: 'reads:command',
    after: timesOut,
    on: {
      ...common('#senderKnown'),
      ...whileUnderWay('#senderKnown'),
      RCPT: namesRecipient('#senderKnown'),
      DATA: stay('#senderKnown', replies.needRecipient, noReader),
      BDAT: discards(replies.needRecipient, noReader),
    },
  },
  recipientsKnown: {
    id: 'recipientsKnown',
    meta: { title: 'recipients known' },
    tags: 'reads:command',
    after: timesOut,
    on: {
      ...common('#recipientsKnown'),
      ...whileUnderWay('#recipientsKnown'),
      RCPT: namesRecipient('#recipientsKnown'),
      DATA: {
        target: '#takingTheLetter',
        actions: say(replies.startMailInput, replyGloss('DATA', replies.startMailInput)),
      },
      BDAT: takesChunk,
    },
  },
  checkingRecipient: {
    id: 'checkingRecipient',
    meta: { title: 'checking the recipient' },
    on: {
      recipientAccepted: {
        target: '#recipientsKnown',
        actions: [
          {
            type: 'reply',
            params: ({ context }: On<'recipientAccepted'>): SpokenReply => ({
              reply: replies.recipientOk,
              enhanced: context.enhanced,
              gloss: replyGloss(
                'RCPT',
                replies.recipientOk,
                context.candidate?.forwardPath,
                context.port === 'submission',
              ),
            }),
          },
          'addRecipient',
        ],
      },
      recipientRefused: [
        { guard: 'hasRecipients', target: '#recipientsKnown', actions: refusesRecipient },
        { target: '#senderKnown', actions: refusesRecipient },
      ],
    },
  },
} as const
