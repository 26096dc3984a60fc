import { z } from 'zod'
import type { FactType } from '../world/fact'
import { idSchema } from './deedSchema'
import type { FactPattern, Moment, Scalar } from './moment'

/**
 * Moments and patterns as an author writes them: one word for the kind of event, with the machine, and details.
 * `{ says: mx.bird.example, code: 250, port: 25 }`, `{ delivers: store.bird.example, user: bob@bird.example }`.
 */

interface Verb {
  readonly fact: FactType
  /** The field of the machine; by default `host`. */
  readonly host?: string
  /** Where an author's `to` and `from` are to be found. */
  readonly to?: string
  readonly from?: string
  /** Where the type of record is to be found. */
  readonly record?: string
  readonly means: string
}

export const VERBS = {
  says: { fact: 'sent', means: 'says a line' },
  hears: { fact: 'read', means: 'has read a line' },
  calls: { fact: 'connectionOpening', host: 'client', to: 'server', means: 'begins to call' },
  reaches: { fact: 'connectionOpened', host: 'client', to: 'server', means: 'has been answered' },
  cannotReach: { fact: 'connectionFailed', to: 'server', means: 'gets no connection, or loses it' },
  ends: { fact: 'connectionClosed', host: 'client', to: 'server', means: 'is the caller of a call that ends' },
  encrypts: { fact: 'tlsStarted', means: 'encrypts from here on' },
  throwsAway: { fact: 'octetsDiscarded', means: 'gets octets that it cannot read' },
  sendsPacket: { fact: 'packetSent', host: 'packet.from', to: 'packet.to', means: 'sends a packet' },
  asks: { fact: 'queried', to: 'to', record: 'means.parsed.question.type', means: 'asks a question in the DNS' },
  answers: { fact: 'responded', to: 'to', record: 'means.parsed.question.type', means: 'answers one' },
  looksUp: { fact: 'lookupStarted', record: 'rrType', means: 'begins to look a name up' },
  lookedUp: { fact: 'lookupEnded', record: 'rrType', means: 'knows what came of it' },
  writes: { fact: 'messageWritten', from: 'reversePath', to: 'forwardPaths', means: 'has a new letter to send' },
  cannotSend: { fact: 'submissionFailed', means: 'could not hand a letter in' },
  queues: { fact: 'messageQueued', from: 'reversePath', to: 'forwardPaths', means: 'takes a letter into its queue' },
  passesOn: { fact: 'messageRelayed', to: 'to', means: 'has handed a letter to another server' },
  putsOff: { fact: 'messageDeferred', to: 'forwardPaths', means: 'will try again later' },
  returns: { fact: 'messageBounced', to: 'forwardPath', means: 'gives a letter up' },
  delivers: { fact: 'messageDelivered', to: 'forwardPaths', means: 'puts a letter into a mailbox' },
  fetches: { fact: 'messageFetched', means: 'has a copy on the device' },
  drops: { fact: 'copyDropped', means: 'drops its copy' },
  adds: { fact: 'messageAdded', means: 'gets a letter into a folder by APPEND, COPY or MOVE' },
  removes: { fact: 'messageRemoved', means: 'removes a letter from a mailbox' },
  marks: { fact: 'flagsChanged', means: 'changes the marks of a letter' },
  losesPower: { fact: 'hostStopped', means: 'is off from here on' },
  getsPower: { fact: 'hostStarted', means: 'is on again' },
  changesZone: { fact: 'zoneChanged', means: 'serves a new zone' },
  refusesZone: { fact: 'zoneRefused', means: 'cannot read the new text of a zone' },
  refusesChange: { fact: 'changeRefused', means: 'does not take a change' },
  setsClock: { fact: 'timerSet', means: 'will do something at a later time' },
  clockRings: { fact: 'timerExpired', means: 'does it' },
  enters: { fact: 'stateEntered', means: 'is in a new state' },
  answersByHand: { fact: 'answeredByHand', means: 'gets the answer of the person who sits in its chair' },
  somebody: { fact: 'intervened', host: 'intervention.host', means: 'a person does something at it' },
} as const satisfies Readonly<Record<string, Verb>>
type VerbName = keyof typeof VERBS

const machine = z.string().min(1)
const verbFields = Object.fromEntries(
  Object.entries(VERBS).map(([verb, { means }]) => [
    verb,
    machine.exactOptional().describe(`The machine that ${means}; "anybody" for any.`),
  ]),
) as Record<VerbName, z.ZodExactOptional<z.ZodString>>

const scalar = z.union([z.string(), z.number(), z.boolean()])
const fields = {
  ...verbFields,
  word: z.string().exactOptional().describe('The command by name: RCPT, RETR, FETCH; for a lookup, the domain.'),
  code: z.coerce.string().exactOptional().describe('The reply by name: 250, +OK, NO, EXISTS.'),
  name: z.coerce.string().exactOptional().describe('The same as word or code.'),
  port: z.int().exactOptional().describe('The port of the server: 25, 587, 110, 143.'),
  text: z.string().min(1).exactOptional().describe('Text that the line contains, in any letter case.'),
  to: z
    .string()
    .exactOptional()
    .describe('The machine that is called, the address that is asked, or the readers of the letter.'),
  from: z.string().exactOptional().describe("The letter's sender on the envelope."),
  user: z.string().exactOptional().describe('Whose mailbox: bob@bird.example.'),
  folder: z.string().exactOptional().describe('Which folder of it.'),
  uid: scalar.exactOptional(),
  by: z.enum(['POP3', 'IMAP']).exactOptional(),
  letter: z.string().exactOptional().describe('$x: the same letter as elsewhere in this check.'),
  connection: z.string().exactOptional().describe('$x: the same call as elsewhere in this check.'),
  refused: z.boolean().exactOptional().describe('True: a reply that is a refusal.'),
  outcome: z.string().exactOptional().describe('Of a lookup: found, nodata, nxdomain, servfail.'),
  data: z.boolean().exactOptional().describe('True: a part of the letter itself, after DATA.'),
  typed: z.boolean().exactOptional().describe('True: a line that a person typed.'),
  record: z.string().exactOptional().describe('Of a question in the DNS: MX, A, NS.'),
  where: z.record(z.string(), scalar).exactOptional().describe('Other fields of the event by path.'),
}

/** An author's pattern, before it is one of the engine's. */
type Written = { readonly [K in keyof typeof fields]?: unknown }
/** Fields that are kept as they are, and the path of each. */
const PATHS: Readonly<Record<string, string>> = {
  user: 'user',
  folder: 'mailbox',
  uid: 'uid',
  by: 'by',
  letter: 'letter',
  connection: 'connection',
  refused: 'means.refused',
  outcome: 'outcome',
}
/** Fields whose path depends on the kind of event. */
const PLACED = ['to', 'from', 'record'] as const
const WORDS = Object.keys(VERBS).join(', ')

const isVerb = (key: string): key is VerbName => key in VERBS

function check(written: Written, complain: (message: string, remedy: string) => void): void {
  const verbs = Object.keys(written).filter((key) => isVerb(key))
  if (verbs.length > 1) {
    complain(
      `${verbs.map((verb) => `"${verb}"`).join(' and ')} cannot stand together`,
      'One word says what happens, and which machine does it: keep one of them.',
    )
    return
  }
  if (verbs.length === 0) {
    complain(
      'nothing says what happens here',
      `Write one word with the machine, as in says: anybody. There are ${WORDS}.`,
    )
    return
  }
  const verb: Verb | undefined = VERBS[verbs[0] as VerbName]
  for (const field of PLACED) {
    if (written[field] !== undefined && verb?.[field] === undefined)
      complain(`"${field}" says nothing about "${verbs[0] ?? ''}"`, 'Write it below "where", by the name of the field.')
  }
}

function patternOf(written: Written): FactPattern {
  const word = Object.keys(written).find(isVerb) ?? 'says'
  const verb: Verb = VERBS[word]
  const host = written[word]
  const where: Record<string, Scalar> = { ...(written.where as Record<string, Scalar> | undefined) }
  const named = host !== undefined && host !== 'anybody'
  if (named && verb.host !== undefined) where[verb.host] = host as string
  for (const field of PLACED) {
    const path = verb[field]
    if (path !== undefined && written[field] !== undefined) where[path] = written[field] as string
  }
  for (const [field, path] of Object.entries(PATHS)) {
    const value = written[field as keyof Written]
    if (value !== undefined) where[path] = value as Scalar
  }
  if (written.data === true) where['means.kind'] = 'mailData'
  if (written.typed === true) where['means.kind'] = 'line'
  const name = written.word ?? written.code ?? written.name
  return {
    fact: verb.fact,
    ...(named && verb.host === undefined && { host: host as string }),
    ...(name !== undefined && { name: name as string }),
    ...(written.port !== undefined && { port: written.port as number }),
    ...(written.text !== undefined && { says: written.text as string }),
    ...(Object.keys(where).length > 0 && { where }),
  }
}

const complainOf =
  (context: z.core.$RefinementCtx) =>
  (message: string, remedy: string): void => {
    context.addIssue({ code: 'custom', message, params: { remedy } })
  }

export const patternSchema: z.ZodType<FactPattern> = z
  .strictObject(fields)
  .superRefine((written, context) => check(written, complainOf(context)))
  .transform(patternOf)

export const momentSchema: z.ZodType<Moment> = z
  .strictObject({
    ...fields,
    nth: z.int().min(1).exactOptional().describe('Which of them, counted from 1.'),
    after: idSchema.exactOptional().describe('The id of an earlier moment to count from.'),
    later: z
      .number()
      .min(0)
      .exactOptional()
      .describe('In place of an event: so many milliseconds after that moment, or after the beginning.'),
  })
  .superRefine(({ nth: _, after: __, later, ...written }, context) => {
    const complain = complainOf(context)
    if (later === undefined) check(written, complain)
    else if (Object.keys(written).length > 0)
      complain('"later" stands alone, or with "after"', 'Remove what else stands there, or "later".')
  })
  .transform(({ nth, after, later, ...written }): Moment => {
    const from = after === undefined ? {} : { after }
    if (later !== undefined) return { later, ...from }
    return { ...patternOf(written), ...(nth !== undefined && { nth }), ...from }
  })
