import { z } from 'zod'
import { fromText } from '../base/octets'
import type { Deed, Play } from './deed'

/** Deeds as an author writes them, in plain words. The description of a field is also the remedy of its error. */

const text = z.string().min(1)
export const idSchema = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is small letters, digits and hyphens')

const at = z.number().min(0).describe('Virtual milliseconds since the world began.')
const host = text.describe('The machine, by its name: alice-laptop, mx.bird.example.')
const terminal = text.describe('A name for the connection, t1 for instance, so that later deeds can speak of it.')
const account = text.describe("The account's address: bob@bird.example.")
const typedLine = z.string().describe('A line without its line end.')

const letter = z.strictObject({
  at,
  type: z.literal('letter'),
  from: text.exactOptional().describe("The sender's address; by default the account of the prepared letter."),
  to: z.union([text, z.array(text).min(1)]),
  cc: z.array(text).exactOptional(),
  bcc: z.array(text).exactOptional().describe('Blind copies: on the envelope only.'),
  subject: z.string(),
  body: z.string(),
  attachment: z
    .strictObject({
      name: text,
      type: text.default('image/png'),
      size: z.int().min(0).max(1_000_000).describe('Octets.'),
    })
    .exactOptional(),
})

const typed = z
  .strictObject({ at, type: z.literal('typed'), host, terminal, lines: z.array(typedLine).min(1) })
  .transform(({ lines, ...deed }) => ({ ...deed, octets: fromText(lines.map((line) => `${line}\r\n`).join('')) }))

/** Octets as they are: line ends, if any, are written as \r\n. */
const typedRaw = z
  .strictObject({ at, type: z.literal('typedRaw'), host, terminal, octets: text })
  .transform(({ octets, ...deed }) => ({ ...deed, type: 'typed' as const, octets: fromText(octets) }))

const talk = z
  .strictObject({
    at,
    type: z.literal('talk'),
    host,
    terminal: terminal.default('t1'),
    to: text.describe('The server that is called, by name or address.'),
    port: z.int(),
    tls: z.boolean().exactOptional().describe('True: TLS from the first octet, as on port 465.'),
    every: z.number().positive().default(1000).describe('Milliseconds between two lines.'),
    lines: z
      .array(z.union([typedLine, z.array(typedLine).min(1)]))
      .default([])
      .describe('What is said, line by line; a list within the list is said in one breath.'),
    hangUp: z.boolean().exactOptional().describe('True: hang up after the last line.'),
  })
  .transform(({ tls, ...deed }) => ({ ...deed, ...(tls && { implicitTls: true as const }) }))

const power = (word: 'powerOff' | 'powerOn', type: 'hostStopped' | 'hostStarted') =>
  z.strictObject({ at, type: z.literal(word), host }).transform((deed) => ({ ...deed, type }))

const setting = z
  .strictObject({
    at,
    type: z.literal('setting'),
    host,
    option: text.describe('An option of a mail server: maxSize, relayForStrangers, tls.'),
    value: z.union([z.string(), z.number(), z.boolean()]),
  })
  .transform(({ option, ...deed }) => ({ ...deed, type: 'policyChanged' as const, policy: option }))

const zone = z
  .strictObject({
    at,
    type: z.literal('zone'),
    host,
    apex: text.describe("The zone's name with its final dot: bird.example."),
    text: z.union([z.string(), z.array(z.string())]).describe('The whole zone: a text, or a list of lines.'),
  })
  .transform((deed) => ({
    ...deed,
    type: 'zoneEdited' as const,
    text: typeof deed.text === 'string' ? deed.text : deed.text.join('\n'),
  }))

const link = z
  .strictObject({
    at,
    type: z.literal('link'),
    between: z.tuple([host, host]),
    up: z.boolean().exactOptional().describe('False: the wire is cut.'),
    loss: z.number().min(0).max(1).exactOptional(),
    latency: z.number().min(0).exactOptional(),
  })
  .transform((deed) => ({ ...deed, type: 'linkChanged' as const }))

const accountDeed = z
  .strictObject({
    at,
    type: z.literal('account'),
    host,
    address: account,
    password: text,
    quota: z
      .strictObject({ storage: z.int().min(0).exactOptional(), messages: z.int().min(0).exactOptional() })
      .exactOptional(),
  })
  .transform((deed) => ({ ...deed, type: 'accountSet' as const }))

const tls = z.enum(['never', 'opportunistic', 'required', 'implicit']).exactOptional()
const server = { host: text, port: z.int(), tls }
const settings = z
  .strictObject({
    at,
    type: z.literal('settings'),
    host,
    account,
    submission: z
      .union([z.literal('none'), z.strictObject(server)])
      .exactOptional()
      .describe('Where it hands letters in.'),
    retrieval: z
      .union([
        z.literal('none'),
        z.strictObject({
          ...server,
          protocol: z.enum(['IMAP', 'POP3']),
          leaveOnServer: z.boolean().exactOptional(),
          idle: z.boolean().exactOptional(),
          every: z.number().positive().exactOptional().describe('Seconds.'),
        }),
      ])
      .exactOptional()
      .describe('Where and how it collects them.'),
  })
  .transform((deed) => ({ ...deed, type: 'accountChanged' as const }))

const domain = z
  .strictObject({
    at,
    type: z.literal('domain'),
    host,
    domain: text,
    recipients: z.array(text),
    postmaster: text,
    deliverTo: text.exactOptional().describe('The machine that keeps the mailboxes, if it is another.'),
  })
  .transform((deed) => ({ ...deed, type: 'domainSet' as const }))

const ask = z
  .strictObject({
    at,
    type: z.literal('ask'),
    host,
    name: text,
    rrType: text.describe('MX, A, NS, TXT.'),
    server: text.exactOptional().describe('An address; by default the resolver of the host.'),
  })
  .transform((deed) => ({ ...deed, type: 'dug' as const, recursion: deed.server === undefined }))

const marked = z.strictObject({
  at,
  type: z.literal('marked'),
  host,
  account,
  uid: z.int().min(1),
  as: z.enum(['seen', 'unseen', 'flagged', 'unflagged', 'removed']),
})

const chair = (word: 'takeChair' | 'leaveChair', type: 'seatTaken' | 'seatLeft') =>
  z
    .strictObject({ at, type: z.literal(word), host, port: z.int().describe('The port of the server: 25, 587.') })
    .transform((deed) => ({ ...deed, type }))

const endSessions = z
  .strictObject({
    at,
    type: z.literal('endSessions'),
    host,
    client: text.exactOptional().describe('Only connections from this machine.'),
    port: z.int().exactOptional().describe('Only connections to this port: 110, 143.'),
  })
  .transform((deed) => ({ ...deed, type: 'dismissed' as const }))

const reply = z
  .strictObject({
    at,
    type: z.literal('reply'),
    host,
    lines: z
      .array(z.string())
      .min(1)
      .exactOptional()
      .describe('The reply without line ends; left out, the machine itself answers this one.'),
  })
  .transform(({ lines, ...deed }) => ({
    ...deed,
    type: 'replied' as const,
    ...(lines && { octets: fromText(lines.map((line) => `${line}\r\n`).join('')) }),
  }))

const answerQuery = z
  .strictObject({
    at,
    type: z.literal('answerQuery'),
    host,
    rcode: z.enum(['NOERROR', 'NXDOMAIN', 'SERVFAIL']).default('NOERROR'),
    records: z
      .array(text)
      .default([])
      .describe('Records with whole names and times: bird.example. 3600 IN MX 10 mx.bird.example.'),
  })
  .transform((deed) => ({ ...deed, type: 'resolved' as const }))

/** One deed. `type` says which. */
export const deedSchema: z.ZodType<Deed> = z.discriminatedUnion('type', [
  z.strictObject({ at, type: z.literal('readyLetter') }),
  letter,
  talk,
  typed,
  typedRaw,
  z.strictObject({ at, type: z.literal('collected'), host, account }),
  z.strictObject({
    at,
    type: z.literal('connected'),
    host,
    terminal,
    to: text,
    port: z.int(),
    implicitTls: z.literal(true).exactOptional(),
  }),
  z.strictObject({ at, type: z.literal('hungUp'), host, terminal }),
  z.strictObject({ at, type: z.literal('secured'), host, terminal }),
  marked,
  z.strictObject({ at, type: z.literal('filed'), host, account, uid: z.int().min(1), mailbox: text }),
  z.strictObject({ at, type: z.literal('deleted'), host, account, uid: text }),
  power('powerOff', 'hostStopped'),
  power('powerOn', 'hostStarted'),
  z
    .strictObject({ at, type: z.literal('shutDown'), host })
    .transform((deed) => ({ ...deed, type: 'leaveTaken' as const })),
  setting,
  accountDeed,
  settings,
  domain,
  zone,
  z.strictObject({
    at,
    type: z.literal('records'),
    host,
    apex: text,
    records: z
      .array(text)
      .describe(
        'The MX, A and AAAA records of the zone itself, as in its text: @ MX 5 store. Everything else in it stays.',
      ),
  }),
  link,
  ask,
  chair('takeChair', 'seatTaken'),
  chair('leaveChair', 'seatLeft'),
  reply,
  answerQuery,
  z
    .strictObject({ at, type: z.literal('endCall'), host })
    .transform((deed) => ({ ...deed, type: 'callEnded' as const })),
  z
    .strictObject({ at, type: z.literal('flushCache'), host })
    .transform((deed) => ({ ...deed, type: 'cacheFlushed' as const })),
  endSessions,
  z.strictObject({ at, type: z.literal('wait') }).transform((deed) => ({ ...deed, type: 'waited' as const })),
])

/** The kinds of deeds, for errors and completion. */
export const DEEDS = [
  'readyLetter',
  'letter',
  'talk',
  'typed',
  'typedRaw',
  'connected',
  'hungUp',
  'secured',
  'collected',
  'marked',
  'filed',
  'deleted',
  'powerOff',
  'powerOn',
  'shutDown',
  'setting',
  'account',
  'settings',
  'domain',
  'zone',
  'records',
  'link',
  'ask',
  'takeChair',
  'leaveChair',
  'reply',
  'answerQuery',
  'endCall',
  'flushCache',
  'endSessions',
  'wait',
] as const

export const playSchema: z.ZodType<Play> = z.strictObject({
  scenario: idSchema.describe('A file of lessons/scenarios/, without .json.'),
  deeds: z
    .array(deedSchema)
    .describe(`What is done in it, each with its instant "at" and its "type": ${DEEDS.join(', ')}.`),
})
