import { useMemo } from 'react'
import { chairsText } from '../../messages/chairs'
import { meaningOf, queryFor, spoken } from '../../protocols/dns'
import { type AskedByPerson, type AskedOfPerson, kindOf, linesOf } from '../../view/chairs/questions'
import { glossOf } from '../../view/gloss/gloss'
import type { HostName } from '../../world/world'
import { useRun } from '../run/RunContext'
import { timeInWords, useNames } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { MapRegion } from '../stage/MapRegion'
import { AskOrAnswer } from './AskOrAnswer'
import { Mark } from './CallRows'
import styles from './chair.module.css'
import { Door } from './Door'
import { Beside, type InLesson, ToLesson } from './inLesson'
import { Narrow } from './Narrow'
import own from './resolver.module.css'
import rows from './rows.module.css'
import { TurnHead } from './TurnHead'
import { useLastRowInSight } from './useLastRowInSight'
import { machineAnswer, type ResolverSeat, useResolver } from './useResolver'

export interface ResolverChairProps {
  readonly host: HostName
  readonly inLesson?: InLesson
}

/**
 * A person is the resolver: chooses whom to ask, reads what is told, and answers the question that waits. It works inside a
 * RunProvider whose run has the intervention `seatTaken` at port 53 of the host.
 */
export function ResolverChair({ host, inLesson }: ResolverChairProps) {
  const seat = useResolver(host)
  const scenario = useRun(({ timeline }) => timeline.scenario)
  const wide = useMedia('(min-width: 1200px)')
  const { waiting, questions } = seat
  const shown = waiting ?? questions.at(-1)
  const asker = shown && scenario.hosts.find(({ address }) => address === shown.from)?.name
  const gloss = useMemo(
    () => (waiting ? glossOf(meaningOf(queryFor(0, waiting.name, waiting.rrType, true))) : undefined),
    [waiting],
  )
  const stage = (
    <div className={styles.stage}>
      {!waiting && shown ? (
        <div className={styles.map}>
          <MapRegion />
        </div>
      ) : (
        <Door
          scenario={scenario}
          caller={asker}
          host={host}
          open={waiting !== undefined}
          waits={waiting !== undefined}
          line={waiting && `${waiting.rrType}? ${spoken(waiting.name)}`}
          gloss={gloss}
          dns
        />
      )}
      <Talk seat={seat} host={host} />
      {waiting ? (
        <AskOrAnswer
          key={waiting.order}
          seat={seat}
          waiting={waiting}
          takesFocus={inLesson?.takesFocus === true && inLesson.tab === undefined}
        />
      ) : (
        <div className={styles.idle}>
          <p>{chairsText(questions.length > 0 ? 'allResolved' : 'noQuestionYet')}</p>
          {questions.length > 0 && <ToLesson inLesson={inLesson} />}
        </div>
      )}
    </div>
  )
  const head = <Head host={host} short={!wide} />
  const book = <Told seat={seat} />
  const turn = (
    <>
      {waiting && <Turn waiting={waiting} inLesson={inLesson !== undefined} />}
      <Foot seat={seat} />
    </>
  )
  if (inLesson?.column !== undefined) {
    return (
      <Beside inLesson={inLesson} stage={stage}>
        {book}
        {turn}
      </Beside>
    )
  }
  if (wide && !inLesson) {
    return (
      <div className={styles.chair}>
        <div className={styles.column}>
          {head}
          {book}
          {turn}
        </div>
        {stage}
      </div>
    )
  }
  return <Narrow head={inLesson ? undefined : head} lesson={inLesson?.tab} stage={stage} turn={turn} book={book} />
}

function Head({ host, short }: { readonly host: HostName; readonly short: boolean }) {
  return (
    <header className={styles.head}>
      <p className={styles.kicker}>
        <span>{chairsText('byHand')}</span>
      </p>
      <h1 className={styles.title}>{chairsText('resolverTitle')}</h1>
      {!short && <p className={`prose ${styles.intro}`}>{joined(chairsText.parts('resolverIntro', { host, code }))}</p>}
    </header>
  )
}

/** All that the person has been told: servers and their zones. */
function Told({ seat: { servers } }: { readonly seat: ResolverSeat }) {
  return (
    <section aria-label={chairsText('told')}>
      <h2 className={styles.bookTitle}>{chairsText('told')}</h2>
      <dl className={styles.book}>
        {servers.map(({ name, address, zone }) => (
          <div key={address} translate="no">
            <dt>
              <code>{zone === '.' ? chairsText('root') : zone}</code>
            </dt>
            <dd>
              <code>
                {spoken(name)} {address}
              </code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Turn({ waiting, inLesson }: { readonly waiting: AskedOfPerson; readonly inLesson: boolean }) {
  const names = useNames()
  const scenario = useRun(({ timeline }) => timeline.scenario)
  const asker = scenario.hosts.find(({ address }) => address === waiting.from)?.name
  const key = waiting.rrType === 'MX' ? 'turn.asks.MX' : waiting.rrType === 'A' ? 'turn.asks.A' : 'turn.asks'
  return (
    <section className={styles.turn} aria-label={chairsText(inLesson ? 'isAsked' : 'yourTurn')}>
      <TurnHead what="askOrAnswer" inLesson={inLesson} />
      <p className={styles.question}>
        {joined(
          chairsText.parts(key, {
            asker: asker === undefined ? waiting.from : names.short(asker),
            name: spoken(waiting.name),
            type: waiting.rrType,
            code,
          }),
        )}
      </p>
    </section>
  )
}

function Foot({ seat }: { readonly seat: ResolverSeat }) {
  const waits = seat.waiting !== undefined
  return (
    <p className={styles.foot}>
      <button
        type="button"
        className={`as-link ${styles.link}`}
        aria-disabled={!seat.canTakeBack}
        onClick={() => seat.canTakeBack && seat.takeBack()}
      >
        {chairsText('backOne')}
      </button>
      <button
        type="button"
        className={`as-link ${styles.link}`}
        aria-disabled={!waits}
        onClick={() => waits && seat.letMachine()}
      >
        {chairsText('letMachine')}
      </button>
    </p>
  )
}

/** Questions and answers in the order of time. */
function Talk({ seat: { asked, questions }, host }: { readonly seat: ResolverSeat; readonly host: HostName }) {
  const items = [
    ...asked.map((each) => ({ at: each.at, order: each.order, asked: each })),
    ...questions.map((each) => ({ at: each.at, order: each.order, question: each })),
  ].sort((a, b) => a.order - b.order)
  const answers = questions.flatMap((question) => (question.answer ? [{ question, answer: question.answer }] : []))
  const lines = [
    ...items,
    ...answers.map(({ question, answer }) => ({ at: answer.at, order: Number.POSITIVE_INFINITY, answered: question })),
  ].sort((a, b) => a.at - b.at || a.order - b.order)
  const { box, list } = useLastRowInSight(lines.length)
  return (
    <div ref={box} className={rows.call}>
      <ol ref={list} className={rows.rows} aria-label={chairsText('dialogue')}>
        {lines.map((line) => (
          <li
            key={`${line.order} ${line.at}`}
            className={rows.item}
            data-now={('question' in line && !line.question.answer) || undefined}
            data-other={('asked' in line && line.asked.slip !== undefined) || undefined}
          >
            {'asked' in line && <Asked asked={line.asked} />}
            {'question' in line && <Came question={line.question} />}
            {'answered' in line && <Answered question={line.answered} host={host} />}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Came({ question: { at, from, name, rrType } }: { readonly question: AskedOfPerson }) {
  const names = useNames()
  const scenario = useRun(({ timeline }) => timeline.scenario)
  const asker = scenario.hosts.find(({ address }) => address === from)?.name
  return (
    <div className={own.row}>
      <span className={rows.time}>{timeInWords(at)}</span>
      <span>
        {joined(
          chairsText.parts('asksYou', {
            asker: asker === undefined ? from : names.short(asker),
            question: `${rrType}? ${spoken(name)}`,
            code,
          }),
        )}
      </span>
    </div>
  )
}

function Asked({ asked: { at, server, name, rrType, answer, silent, slip } }: { readonly asked: AskedByPerson }) {
  const scenario = useRun(({ timeline }) => timeline.scenario)
  const asked = scenario.hosts.find(({ address }) => address === server)?.name
  const kind = answer && kindOf(answer)
  const lines = answer ? linesOf(kind === 'referral' ? answer.authorities : answer.answers) : []
  return (
    <>
      <div className={own.row}>
        <span className={rows.time}>{timeInWords(at)}</span>
        <span>
          {joined(
            chairsText.parts('youAsk', {
              server: asked ?? server,
              question: `${rrType}? ${spoken(name)}`,
              code,
            }),
          )}
          <span className={own.told}>
            {kind ? chairsText(`told.${kind}`) : chairsText(silent ? 'told.silent' : 'told.underWay')}
            {lines.map((line) => (
              <code key={line} translate="no">
                {line}
              </code>
            ))}
          </span>
        </span>
      </div>
      {slip && <p className={rows.follows}>{chairsText(`slip.${slip}`)}</p>}
    </>
  )
}

function Answered({ question, host }: { readonly question: AskedOfPerson; readonly host: HostName }) {
  const timeline = useRun((state) => state.timeline)
  const machine = useMemo(() => machineAnswer(timeline, host, question), [timeline, host, question])
  const { answer } = question
  if (!answer) return null
  const said = answer.rcode === 'NOERROR' && answer.records.length > 0 ? answer.records : [answer.rcode]
  const same = sameRecords(said, machine, question.rrType)
  return (
    <>
      <div className={own.row}>
        <span className={rows.time}>{timeInWords(answer.at)}</span>
        <span>
          {chairsText('youAnswer')}
          <span className={own.told}>
            {said.map((line) => (
              <code key={line} translate="no">
                {line}
              </code>
            ))}
          </span>
          <span className={own.beside}>
            <Mark same={same} />
            {same
              ? chairsText('beside.said')
              : joined(chairsText.parts('beside.machineSays', { number: machine.join(', '), code }))}
          </span>
        </span>
      </div>
      {!same && (
        <p className={rows.follows}>
          {chairsText(
            answer.referral
              ? 'slip.referral'
              : `slip.answer.${answer.rcode === 'NXDOMAIN' ? 'noName' : answer.rcode === 'SERVFAIL' ? 'failed' : 'other'}`,
          )}
        </p>
      )}
    </>
  )
}

/** The same data: times count down, and records that only help are no part of the answer. */
function sameRecords(said: readonly string[], machine: readonly string[], rrType: string): boolean {
  const core = (lines: readonly string[]): string =>
    lines
      .map((line) => line.split(' ').filter((word) => word !== 'IN'))
      .filter((words) => words.length === 1 || words[2] === rrType || words[2] === 'CNAME')
      .map(([name = '', , ...rest]) => [name.toLowerCase(), ...rest].join(' ').toLowerCase())
      .sort()
      .join('\n')
  return core(said) === core(machine)
}
