import { useMemo, useState } from 'react'
import type { MailServerConfig } from '../../hosts/mailServer/config'
import { chairsText } from '../../messages/chairs'
import type { Call } from '../../view/chairs/calls'
import { besideOf, followsFrom } from '../../view/chairs/follows'
import { glossOf } from '../../view/gloss/gloss'
import { isHappening } from '../../view/run/happenings'
import { viewOf } from '../../view/run/runView'
import { eventSentence } from '../../view/stage/sentence'
import type { HostName } from '../../world/world'
import { useFactCount, useRun } from '../run/RunContext'
import { timeInWords, useMoment, useNames, useWorld } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { MapRegion } from '../stage/MapRegion'
import { Answering } from './Answering'
import { Book } from './Book'
import { BesideText, CallRows } from './CallRows'
import styles from './chair.module.css'
import { Door } from './Door'
import { Beside, type InLesson, ToLesson } from './inLesson'
import { Narrow } from './Narrow'
import { Turn } from './Turn'
import { type Chair, useChair } from './useChair'

export interface ServerChairProps {
  readonly host: HostName
  readonly port: number
  readonly inLesson?: InLesson
}

/**
 * A person is the server at a port: each call is answered line by line, beside what the real machine would say. It works inside a
 * RunProvider whose run has the intervention `seatTaken`.
 */
export function ServerChair({ host, port, inLesson }: ServerChairProps) {
  const chair = useChair(host, port)
  const moment = useMoment()
  /** The person has answered here, and goes on with the next turn. */
  const [answers, setAnswers] = useState(false)
  const world = useWorld(moment)
  const wide = useMedia('(min-width: 1200px)')
  const { call } = chair
  const waiting = call?.waiting
  const config = (world.hosts[host]?.state as { readonly config: MailServerConfig } | undefined)?.config
  const session = call && world.hosts[host]?.sessions[call.session]?.session
  const names = useNames()
  const caller = call ? names.short(call.caller) : ''
  const sender = senderOf(call)
  const book = config && <Book config={config} port={port} />
  const foot = <Foot chair={chair} />
  const turn = waiting && <Turn chair={chair} row={waiting} inLesson={inLesson !== undefined} />
  // No call is left: the map shows the fate of the letters.
  const isOver = call?.over !== undefined && chair.nextTurn === undefined
  const stage = (
    <div className={styles.stage}>
      {isOver ? (
        <div className={styles.map}>
          <MapRegion />
        </div>
      ) : (
        <Door
          scenario={moment.timeline.scenario}
          caller={call?.caller}
          host={host}
          open={call !== undefined && !call.over}
          waits={waiting !== undefined}
          line={waiting && lineOf(waiting)}
          gloss={waiting?.means && waiting.heard !== 'greeting' ? glossOf(waiting.means) : undefined}
        />
      )}
      {call ? <CallRows call={call} caller={caller} sender={sender} /> : <NoCall config={config} />}
      {waiting && session ? (
        <Answering
          key={waiting.order}
          session={session}
          takesFocus={inLesson?.takesFocus !== false || answers}
          onSay={(...said) => {
            setAnswers(true)
            chair.say(...said)
          }}
          onTakeBack={chair.takeBack}
        />
      ) : (
        <Idle chair={chair} inLesson={inLesson} />
      )}
      <Spoken call={call} caller={caller} sender={sender} />
    </div>
  )
  if (inLesson?.column !== undefined) {
    return (
      <Beside inLesson={inLesson} stage={stage}>
        {book}
        {turn}
        {foot}
      </Beside>
    )
  }
  if (wide && !inLesson) {
    return (
      <div className={styles.chair}>
        <div className={styles.column}>
          <Head chair={chair} />
          {book}
          {turn}
          {foot}
        </div>
        {stage}
      </div>
    )
  }
  return (
    <Narrow
      head={inLesson ? undefined : <Head chair={chair} short />}
      lesson={inLesson?.tab}
      stage={stage}
      turn={
        <>
          {turn}
          {foot}
        </>
      }
      book={book}
    />
  )
}

function Head({ chair, short = false }: { readonly chair: Chair; readonly short?: boolean }) {
  const { host, port, calls, count, call } = chair
  const number = call ? calls.indexOf(call) + 1 : 0
  return (
    <header className={styles.head}>
      <p className={styles.kicker}>
        <span>{chairsText('byHand')}</span>
        {count > 0 && <span>{chairsText('callOf', { number, count })}</span>}
      </p>
      <h1 className={styles.title}>{chairsText('serverTitle')}</h1>
      {count > 1 && (
        <ol className={styles.marks} aria-hidden="true">
          {Array.from({ length: count }, (_, at) => (
            <li key={at} data-seen={at + 1 < number || undefined} data-now={at + 1 === number || undefined} />
          ))}
        </ol>
      )}
      {!short && (
        <p className={`prose ${styles.intro}`}>
          {joined(chairsText.parts('intro', { host, port: String(port), code }))}
        </p>
      )}
    </header>
  )
}

function Foot({ chair }: { readonly chair: Chair }) {
  const waits = chair.call?.waiting !== undefined
  return (
    <p className={styles.foot}>
      <button
        type="button"
        className={`as-link ${styles.link}`}
        aria-disabled={!chair.canTakeBack}
        onClick={() => chair.canTakeBack && chair.takeBack()}
      >
        {chairsText('back')}
      </button>
      <button
        type="button"
        className={`as-link ${styles.link}`}
        aria-disabled={!waits}
        onClick={() => waits && chair.say()}
      >
        {chairsText('letMachine')}
      </button>
    </p>
  )
}

/** No line waits now: a way to the next turn, or what became of the letters. */
function Idle({ chair, inLesson }: { readonly chair: Chair; readonly inLesson: InLesson | undefined }) {
  if (chair.nextTurn !== undefined) {
    return (
      <div className={styles.idle}>
        <p>{chairsText('onTheWay')}</p>
        <button type="button" className="button quiet" onClick={chair.goToTurn}>
          {chairsText('toTurn')}
        </button>
      </div>
    )
  }
  if (chair.calls.length === 0) return null
  return (
    <div className={styles.idle}>
      <p>{chairsText('allAnswered')}</p>
      <Became />
      <ToLesson inLesson={inLesson} />
    </div>
  )
}

const FATES: ReadonlySet<string> = new Set(['messageDelivered', 'messageBounced', 'messageDeferred'])

/** The fates of letters up to now, as the map tells them. */
function Became() {
  const timeline = useRun((run) => run.timeline)
  const count = useFactCount()
  const names = useNames()
  const fates = useMemo(() => {
    const { history } = viewOf(timeline)
    return timeline.trace
      .slice(0, count)
      .filter(isHappening)
      .filter(({ type }) => FATES.has(type))
      .slice(-6)
      .map((fact) => ({ order: fact.order, at: fact.at, said: eventSentence(fact, names, history) }))
  }, [timeline, count, names])
  if (fates.length === 0) return null
  return (
    <section className={styles.became} aria-label={chairsText('became')}>
      <h2>{chairsText('became')}</h2>
      <ul>
        {fates.map(({ order, at, said }) => (
          <li key={order}>
            <span className={styles.when}>{timeInWords(at)}</span> {said}
          </li>
        ))}
      </ul>
    </section>
  )
}

function NoCall({ config }: { readonly config: MailServerConfig | undefined }) {
  return <p className={styles.noCall}>{chairsText('noCallYet', { domain: config?.domains[0]?.domain ?? '' })}</p>
}

/** For screen readers: the last answer beside the machine's, and the line that waits. */
function Spoken({
  call,
  caller,
  sender,
}: {
  readonly call: Call | undefined
  readonly caller: string
  readonly sender: string
}) {
  const answered = call?.rows.findLast(({ answer }) => answer)
  const beside = answered && besideOf(answered)
  const waiting = call?.waiting
  return (
    <p className="unseen" aria-live="polite">
      {beside && (
        <>
          <BesideText beside={beside} />. {followsFrom(answered, { caller, sender })}{' '}
        </>
      )}
      {waiting && chairsText('turnHere')} {waiting && lineOf(waiting)}
    </p>
  )
}

/** The line that waits; the message itself is told by its size. */
function lineOf({ heard, line, size }: NonNullable<Call['waiting']>): string {
  if (heard === 'greeting') return ''
  return size === undefined ? (line?.octets.trimEnd() ?? '') : chairsText('message', { size })
}

/** The sender of the last letter of a call. */
function senderOf(call: Call | undefined): string {
  const mail = call?.rows.findLast(({ heard }) => heard === 'MAIL')
  const parsed = mail?.means?.parsed as { readonly reversePath?: string } | undefined
  return parsed?.reversePath ?? ''
}
