import type { Instant } from '../../base/time'
import type { DeliveryNews, DeliveryQuestion } from '../../hosts/mailServer/deliveryMachine'
import { replyText, type SmtpServerAnswer, type SmtpServerQuestion } from '../../protocols/smtp'
import type { SmtpParsed } from '../../protocols/smtp/meaning'
import type { Answer, Parsed, Question } from '../../session/session'
import type { Fact, FactOf, MessageId } from '../../world/fact'
import { factOf, type Trace } from '../../world/trace'
import type { HostName, SessionId } from '../../world/world'
import type { Listing } from '../events/listing'
import type { Journey } from '../message/journey'
import { type Decision, type DecisionBody, type Hop, isIn } from './decision'
import { type Dialogue, dialogueOf, handedOutIn, mailboxIn, removalAfter, tlsIn, userIn } from './dialogue'

/** The questions and answers in which hosts decide about a message. */
type Asked = SmtpServerQuestion | DeliveryQuestion
type Answered = SmtpServerAnswer | DeliveryNews

const asks = <T extends Asked['type']>(question: Question, type: T): question is Extract<Asked, { type: T }> =>
  question.type === type
const answers = <T extends Answered['type']>(answer: Answer, type: T): answer is Extract<Answered, { type: T }> =>
  answer.type === type
const isSmtp = (parsed: Parsed | undefined): parsed is SmtpParsed => parsed?.protocol === 'SMTP'

/**
 * The way of a message: each host that it came to, with what was decided there on its way in and out. In a very long run the
 * facts of the oldest part are gone, and with them those decisions that no lasting fact tells.
 */
export function hopsOf(trace: Trace, listing: Listing, journey: Journey): readonly Hop[] {
  const visits = new Visits(trace)
  const names = namesIn(trace, journey)
  for (const fact of factsAbout(trace, listing, names)) visits.add(fact, names)
  return visits.hops
}

/** The names of a message: one without a Message-ID has another at each server. */
function namesIn(trace: Trace, { id, stops }: Journey): ReadonlySet<MessageId> {
  const facts = stops.map(({ fact }) => factOf(trace, fact))
  return new Set([id, ...facts.flatMap((fact) => (fact && 'letter' in fact ? fact.letter : []))])
}

/** The facts about a message in their order, and those of each dialogue that handed it over. */
function factsAbout(trace: Trace, { abouts }: Listing, names: ReadonlySet<MessageId>): readonly Fact[] {
  const found = new Map<number, Fact>()
  for (const { fact: order, message } of abouts) {
    if (!names.has(message)) continue
    const fact = factOf(trace, order)
    if (!fact) continue
    found.set(order, fact)
    if (fact.type === 'messageQueued') for (const each of transactionOf(trace, fact)) found.set(each.order, each)
  }
  for (const fact of trace)
    if (fact.type === 'messageQueued' && fact.notice && names.has(fact.notice.about)) found.set(fact.order, fact)
  return [...found.values()].sort((a, b) => a.order - b.order)
}

/**
 * The questions, answers and refusals of the transaction by which a server got a message, from MAIL on. Typed by hand, they are about no
 * message until it is complete.
 */
function transactionOf(trace: Trace, { cause }: FactOf<'messageQueued'>): readonly Fact[] {
  const taking = cause === undefined ? undefined : factOf(trace, cause)
  if (taking?.type !== 'questionAsked' || !asks(taking.question, 'takeMessage')) return []
  const { session } = taking
  const facts: Fact[] = [taking]
  for (let order = taking.order - 1; order >= 0; order--) {
    const fact = factOf(trace, order)
    if (!fact) break
    if (!('session' in fact) || fact.session !== session) continue
    const refused = fact.type === 'sent' && fact.means.refused !== undefined
    if (refused || fact.type === 'questionAsked' || fact.type === 'questionAnswered') facts.push(fact)
    if (fact.type === 'sessionStarted' || (fact.type === 'read' && fact.means.name === 'MAIL')) break
  }
  return facts
}

/** A visit while its facts are read. */
interface Visit {
  readonly host: HostName
  readonly at: Instant
  readonly decisions: Map<string, Decision>
  left: boolean
  reversePath: string
}

/** Commands and moments at which a refusal stops a message; others do not. */
const STOPPING: ReadonlySet<string> = new Set([
  'greeting',
  'EHLO',
  'HELO',
  'MAIL',
  'RCPT',
  'DATA',
  'BDAT',
  'mailData',
  'AUTH',
])

/** A host's answer that refuses a recipient or a message. */
function hostsRefusal(answer: Answer, forwardPaths: readonly string[]): DecisionBody | undefined {
  if (answers(answer, 'recipientRefused')) {
    const grounds = answer.grounds ? { grounds: answer.grounds } : {}
    return { is: 'refusesRecipient', ...grounds, forwardPaths, reply: replyText(answer.reply) }
  }
  if (!answers(answer, 'messageRefused')) return undefined
  const { reply, grounds } = answer
  return { is: 'refuses', ...(grounds && { grounds }), later: reply.code < 500, reply: replyText(reply) }
}

/** A refusal in SMTP that a server gives by itself, without a question to its host. */
function ownRefusal({ means: { parsed, refused }, octets }: FactOf<'sent'>): DecisionBody | undefined {
  if (!refused || !isSmtp(parsed) || parsed.type !== 'reply') return undefined
  const name = parsed.reason === undefined ? {} : { name: parsed.reason }
  return { is: 'refuses', ...name, later: refused === 'later', reply: octets.trimEnd().replace(/\r\n/g, ' ') }
}

/** The decision that a reply of SMTP tells by itself, if it refuses: about a line that a person has typed there is no message yet. */
export function refusalTold(trace: Trace, fact: FactOf<'sent'>): Decision | undefined {
  const { parsed, refused } = fact.means
  if (!refused || !isSmtp(parsed) || parsed.type !== 'reply') return undefined
  const cause = fact.cause === undefined ? undefined : factOf(trace, fact.cause)
  const paths = parsed.address === undefined ? [] : [parsed.address]
  const body = (cause?.type === 'questionAnswered' && hostsRefusal(cause.answer, paths)) || ownRefusal(fact)
  return body && { ...body, facts: [{ fact: fact.order, at: fact.at }] }
}

/** The visits of one message to hosts, filled fact by fact. */
class Visits {
  readonly #visits: Visit[] = []
  readonly #ofSession = new Map<SessionId, Visit>()
  readonly #ofQueue = new Map<string, Visit>()
  readonly #questions = new Map<SessionId, Question>()
  readonly #found = new Map<SessionId, Extract<DeliveryNews, { type: 'exchangersFound' }>>()
  /** Answers of hosts whose replies are told already. */
  readonly #told = new Set<number>()
  readonly #trace: Trace

  constructor(trace: Trace) {
    this.#trace = trace
  }

  get hops(): readonly Hop[] {
    return this.#visits
      .filter(({ decisions }) => decisions.size > 0)
      .map(({ host, at, decisions }) => {
        const all = [...decisions.values()]
        return { host, at, in: all.filter(isIn), out: all.filter((each) => !isIn(each)) }
      })
  }

  add(fact: Fact, names: ReadonlySet<MessageId>): void {
    switch (fact.type) {
      case 'messageWritten':
        this.#note(this.#arrived(fact), fact, { is: 'written', forwardPaths: fact.forwardPaths })
        return
      case 'connectionOpening':
        if (fact.protocol === 'smtp.client') this.#submits(fact)
        return
      case 'submissionFailed': {
        const { reason, nextTry } = fact
        this.#note(
          this.#latest(fact.host),
          fact,
          nextTry === undefined ? { is: 'cannotSubmit', reason } : { is: 'submitsLater', reason, nextTry },
        )
        return
      }
      case 'questionAsked':
        this.#asked(fact)
        return
      case 'questionAnswered':
        this.#answered(fact)
        return
      case 'sent':
        this.#refused(fact)
        return
      case 'sessionStarted':
        this.#started(fact)
        return
      case 'messageQueued':
        if (names.has(fact.letter)) this.#queued(fact)
        else this.#reported(fact)
        return
      case 'messageDelivered': {
        const { grounds, user, mailbox, forwardPaths } = fact
        this.#note(this.#queue(fact), fact, { is: 'delivers', grounds, user, mailbox, forwardPaths })
        return
      }
      case 'messageRelayed':
        this.#sentOver(fact)
        this.#note(this.#queue(fact), fact, { is: 'relays', to: fact.to, forwardPaths: fact.forwardPaths })
        return
      case 'messageDeferred':
        this.#note(this.#queue(fact), fact, { is: 'waits', reason: fact.reason, nextTry: fact.nextTry })
        return
      case 'messageBounced':
        this.#bounced(fact)
        return
      case 'messageFetched':
        this.#fetched(fact)
        return
      default:
    }
  }

  /** A visit that begins now. Tries that were all refused are one visit. */
  #arrived({ host, at }: { readonly host: HostName; readonly at: Instant }): Visit {
    const latest = this.#visits.findLast((visit) => visit.host === host)
    if (latest && !latest.left) return latest
    const visit: Visit = { host, at, decisions: new Map(), left: false, reversePath: '' }
    this.#visits.push(visit)
    return visit
  }

  #latest(host: HostName): Visit | undefined {
    return this.#visits.findLast((visit) => visit.host === host)
  }

  #queue({ host, queueId }: { readonly host: HostName; readonly queueId: string }): Visit | undefined {
    return this.#ofQueue.get(`${host} ${queueId}`) ?? this.#latest(host)
  }

  /** The visit that a dialogue with a server belongs to. */
  #dialogue(fact: Fact & { readonly session: SessionId; readonly host: HostName }): Visit {
    const visit = this.#ofSession.get(fact.session) ?? this.#arrived(fact)
    this.#ofSession.set(fact.session, visit)
    return visit
  }

  #note(visit: Visit | undefined, { order, at }: Pick<Fact, 'order' | 'at'>, body: DecisionBody): void {
    if (!visit) return
    const key = keyOf(body)
    const known = visit.decisions.get(key)
    const facts = [...(known?.facts ?? []), { fact: order, at }]
    visit.decisions.set(key, { ...(known ? merged(known, body) : body), facts })
    if (!isIn(body)) visit.left = true
  }

  #submits(fact: FactOf<'connectionOpening'>): void {
    const visit = this.#latest(fact.client)
    if (visit?.decisions.has(WRITTEN)) this.#note(visit, fact, { is: 'submits', server: fact.server, port: fact.port })
  }

  /** The connection by which a server handed the message on. */
  #sentOver(fact: FactOf<'messageRelayed'>): void {
    const dialogue = this.#dialogueBefore(fact)
    if (dialogue) this.#crossed(this.#queue(fact), 'sendsOver', dialogue)
  }

  #dialogueBefore({ cause, order }: Fact): Dialogue | undefined {
    const asked = cause === undefined ? undefined : factOf(this.#trace, cause)
    return asked?.type === 'questionAsked' ? dialogueOf(this.#trace, asked.session, order) : undefined
  }

  #crossed(visit: Visit | undefined, is: 'sendsOver' | 'fetchesOver', dialogue: Dialogue): void {
    const tls = tlsIn(dialogue)
    const { protocol, server, port } = dialogue
    if (tls) this.#note(visit, tls.fact, { is, protocol, server, port, use: tls.use })
  }

  /** A device has got a copy: why the server gave it, and what becomes of the message there. */
  #fetched(fact: FactOf<'messageFetched'>): void {
    const { by, account, uid, host: device } = fact
    const dialogue = this.#dialogueBefore(fact)
    const user = dialogue && userIn(dialogue)
    if (dialogue && user !== undefined) {
      const said = handedOutIn(dialogue, uid) ?? fact
      const mailbox = mailboxIn(dialogue)
      this.#note(this.#latest(dialogue.server), said, { is: 'handsOut', by, to: device, user, mailbox, uid })
    }
    const visit = this.#arrived(fact)
    if (dialogue) this.#crossed(visit, 'fetchesOver', dialogue)
    this.#note(visit, fact, { is: 'fetches', by, account, uid })
    const removal = dialogue && by === 'POP3' ? removalAfter(this.#trace, dialogue, fact) : undefined
    if (!dialogue || !removal) return
    const { decided, deletes, removed } = removal
    this.#note(visit, decided, { is: deletes ? 'deletes' : 'leaves', server: dialogue.server })
    if (removed)
      this.#note(this.#latest(removed.host), removed, { is: 'removes', to: device, mailbox: removed.mailbox })
  }

  #asked(fact: FactOf<'questionAsked'>): void {
    const { session, question } = fact
    this.#questions.set(session, question)
    if (asks(question, 'askForExchangers'))
      this.#note(this.#delivery(fact), fact, { is: 'looksUp', domain: question.domain })
    else if (asks(question, 'transfer')) {
      const { exchanger, address, choice } = question
      const { preference } = choice
      const { exchangers = [] } = this.#found.get(session) ?? {}
      const equals = exchangers.filter((each) => each.preference === preference).length
      const among = exchangers.length
      this.#note(this.#delivery(fact), fact, { is: 'chooses', exchanger, address, choice, among, equals })
    }
  }

  #answered(fact: FactOf<'questionAnswered'>): void {
    const { session, answer } = fact
    const question = this.#questions.get(session)
    if (question && asks(question, 'verifyRecipient')) {
      const forwardPaths = [question.forwardPath]
      if (answers(answer, 'recipientAccepted')) {
        const { grounds } = answer
        const user = question.user === undefined ? {} : { user: question.user }
        if (grounds)
          this.#note(this.#dialogue(fact), this.#reply(fact), { is: 'accepts', grounds, forwardPaths, ...user })
      } else this.#hostRefused(fact, forwardPaths)
    } else if (answers(answer, 'messageRefused')) this.#hostRefused(fact, [])
    else this.#news(fact)
  }

  #hostRefused(fact: FactOf<'questionAnswered'>, forwardPaths: readonly string[]): void {
    const refusal = hostsRefusal(fact.answer, forwardPaths)
    if (refusal) this.#note(this.#dialogue(fact), this.#reply(fact), refusal)
  }

  /** News for a delivery. */
  #news(fact: FactOf<'questionAnswered'>): void {
    const { session, answer } = fact
    const question = this.#questions.get(session)
    if (answers(answer, 'exchangersFound') && question && asks(question, 'askForExchangers')) {
      const { source, exchangers, passedOver = [] } = answer
      this.#found.set(session, answer)
      this.#note(this.#delivery(fact), fact, { is: 'finds', source, domain: question.domain, exchangers, passedOver })
    } else if (answers(answer, 'domainRefused') || answers(answer, 'ownAddressFound'))
      this.#note(this.#delivery(fact), fact, { is: 'findsNone', reason: answer.reason })
    else if (answers(answer, 'lookupDeferred'))
      this.#note(this.#delivery(fact), fact, { is: 'findsNoneNow', reason: answer.reason })
  }

  #delivery({ session, host }: { readonly session: SessionId; readonly host: HostName }): Visit | undefined {
    return this.#ofSession.get(session) ?? this.#latest(host)
  }

  /** A delivery begins with the reaction that queued its message. */
  #started({ session, host, protocol }: FactOf<'sessionStarted'>): void {
    const visit = protocol === 'mta.delivery' ? this.#latest(host) : undefined
    if (visit) this.#ofSession.set(session, visit)
  }

  /** The line in which a host's answer was said, since that is the one that a person sees. */
  #reply(answered: FactOf<'questionAnswered'>): Pick<Fact, 'order' | 'at'> {
    const said = factOf(this.#trace, answered.order + 1)
    if (said?.type !== 'sent' || said.cause !== answered.order) return answered
    this.#told.add(said.order)
    return said
  }

  /** A server refuses by itself, without a question to its host. */
  #refused(fact: FactOf<'sent'>): void {
    const { parsed } = fact.means
    if (this.#told.has(fact.order) || !isSmtp(parsed) || parsed.type !== 'reply') return
    if (parsed.answers !== undefined && !STOPPING.has(parsed.answers)) return
    const refusal = ownRefusal(fact)
    if (refusal) this.#note(this.#dialogue(fact), fact, refusal)
  }

  #queued(fact: FactOf<'messageQueued'>): void {
    const { host, queueId, reversePath, notice, forwardPaths, cause } = fact
    const taking = notice || cause === undefined ? undefined : factOf(this.#trace, cause)
    const visit = taking?.type === 'questionAsked' ? this.#dialogue(taking) : this.#arrived(fact)
    this.#ofQueue.set(`${host} ${queueId}`, visit)
    visit.reversePath = reversePath
    // A server tells by itself that it has handed a message on; a mail program does not.
    const dialogue = taking ? this.#dialogueBefore(fact) : undefined
    const author = dialogue && this.#latest(dialogue.client)
    if (dialogue && author?.decisions.has(WRITTEN)) this.#crossed(author, 'sendsOver', dialogue)
    this.#note(
      visit,
      fact,
      notice ? { is: 'reports', event: notice.event, forwardPaths } : { is: 'takesOver', queueId },
    )
  }

  /** A notice about this message, which the server has written. A failure has a fact of its own. */
  #reported(fact: FactOf<'messageQueued'>): void {
    const { host, notice, letter, forwardPaths } = fact
    if (!notice || notice.event === 'failed' || notice.event === 'unreturnable') return
    const [reversePath = ''] = forwardPaths
    this.#note(this.#latest(host), fact, { is: 'tells', event: notice.event, reversePath, notice: letter })
  }

  #bounced(fact: FactOf<'messageBounced'>): void {
    const { reason, forwardPath, notice, noNotice, toPostmaster } = fact
    const visit = this.#queue(fact)
    this.#note(visit, fact, { is: 'fails', reason, forwardPaths: [forwardPath] })
    if (notice !== 'none')
      this.#note(visit, fact, { is: 'tells', event: 'failed', reversePath: visit?.reversePath ?? '', notice })
    else if (noNotice)
      this.#note(visit, fact, { is: 'tellsNobody', why: noNotice, postmaster: toPostmaster !== undefined })
  }
}

/** Decisions with the same key are the same one, for other recipients or at another try. */
function keyOf(body: DecisionBody): string {
  switch (body.is) {
    case 'written':
    case 'reports':
    case 'relays':
    case 'delivers':
    case 'accepts':
    case 'fails':
      return JSON.stringify({ ...body, forwardPaths: 0 })
    case 'refusesRecipient':
      return JSON.stringify([body.is, body.grounds ?? body.reply])
    case 'waits':
    case 'submitsLater':
      return JSON.stringify({ ...body, nextTry: 0 })
    default:
      return JSON.stringify(body)
  }
}

/** The key of the author's decision to send. */
const WRITTEN = keyOf({ is: 'written', forwardPaths: [] })

/** The later one of two that are the same, with the recipients of both. */
function merged(known: Decision, body: DecisionBody): DecisionBody {
  if (!('forwardPaths' in known) || !('forwardPaths' in body)) return body
  return { ...body, forwardPaths: [...new Set([...known.forwardPaths, ...body.forwardPaths])] }
}
