import * as Tabs from '@radix-ui/react-tabs'
import { Download } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { sheetText } from '../../messages/sheet'
import { listingOf, messageOfFact } from '../../view/events/listing'
import { type Journey, journeysIn, wayTo, withLying } from '../../view/message/journey'
import { type Layers, layersTo, type Origin } from '../../view/message/layers'
import type { Names } from '../../view/run/names'
import { keptFrom } from '../../world/trace'
import { engine } from '../run/engine'
import { useRun, useRunActions } from '../run/RunContext'
import { useMoment, useNames } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { useKeptTab } from '../stage/useKeptTab'
import { BodySheet } from './BodySheet'
import { EnvelopeSheet } from './EnvelopeSheet'
import { Growth } from './Growth'
import { HeaderSheet } from './HeaderSheet'
import { HopsView } from './HopsView'
import { saveMessage } from './saveMessage'
import styles from './sheets.module.css'
import side from './side.module.css'
import { stopName } from './stopName'

/** A message of the run, chosen among all, as it lies with one of its stops. */
export function MessageSheets({ onOwn }: { readonly onOwn: () => void }) {
  const { timeline, t } = useMoment()
  const names = useNames()
  const all = useMemo(() => journeysIn(timeline.trace), [timeline])
  const [wanted, setWanted] = useState<{ readonly id: string; readonly failure: number }>()
  const latest = all.findLast(({ stops }) => (stops[0]?.at ?? 0) <= t) ?? all[0]
  const failure = all.findLastIndex(({ stops, notice }) => notice?.event === 'failed' && (stops[0]?.at ?? 0) <= t)
  const choose = (id: string): void => setWanted({ id, failure })
  // The letter that was chosen here, as long as none has failed since, or that of the event chosen elsewhere. Else the letter of
  // the present event, unless the newest one tells that another failed.
  const isWanted = wanted && failure <= wanted.failure
  const pinned = useRun((run) => run.pinned)
  const selected = useRun(({ selection }) =>
    selection.fact === undefined ? undefined : messageOfFact(listingOf(timeline), selection.fact),
  )
  const byEvent = pinned || latest !== all[failure] ? selected : undefined
  const chosen = all.find(({ id }) => id === (isWanted ? wanted.id : byEvent)) ?? latest
  const journey = useMemo(
    () => chosen && withLying(chosen, (at) => (at < keptFrom(timeline) ? undefined : engine.worldAt(timeline, at))),
    [chosen, timeline],
  )
  const own = (
    <button type="button" className={`as-link ${side.link}`} onClick={onOwn}>
      {sheetText('own')}
    </button>
  )
  if (!journey)
    return (
      <div className={side.empty}>
        <h2>{sheetText('noLetter')}</h2>
        <p>{sheetText('noLetterWhy')}</p>
        {own}
      </div>
    )
  return (
    <Sheets
      key={journey.id}
      journey={journey}
      names={names}
      t={t}
      choice={<Choice all={all} journey={journey} onChoose={choose} />}
      onChoose={choose}
      own={own}
    />
  )
}

interface ChoiceProps {
  readonly all: readonly Journey[]
  readonly journey: Journey
  onChoose(id: string): void
}

function Choice({ all, journey, onChoose }: ChoiceProps) {
  return (
    <h2 className={styles.which}>
      {all.length === 1 ? (
        <span translate="no">{titleOf(journey)}</span>
      ) : (
        <select
          aria-label={sheetText('which')}
          value={journey.id}
          translate="no"
          onChange={(event) => onChoose(event.target.value)}
        >
          {all.map((each, n) => (
            <option key={each.id} value={each.id}>
              {sheetText('numbered', { subject: titleOf(each), number: n + 1 })}
            </option>
          ))}
        </select>
      )}{' '}
      <small className={styles.id}>
        {joined(sheetText.parts('messageId', { id: journey.id.replace(/@.*/, ''), code }))}
      </small>
    </h2>
  )
}

function titleOf({ subject, stops, notice }: Journey): string {
  if (notice) return sheetText(`notice.${notice.event}`, { recipients: notice.recipients.join(', ') })
  const [first] = stops
  if (subject !== '') return subject
  return first?.envelope.reversePath === ''
    ? sheetText('notice.other', { address: first.envelope.forwardPaths.join(', ') })
    : sheetText('noSubject')
}

interface SheetsProps {
  readonly journey: Journey
  readonly names: Names
  readonly t: number
  readonly choice: ReactNode
  readonly own: ReactNode
  /** Stays with this letter, or goes to another one. */
  onChoose(id: string): void
}

function Sheets({ journey, names, t, choice, own, onChoose }: SheetsProps) {
  const actions = useRunActions()
  const { stops } = journey
  const [wanted, setWanted] = useState<number>()
  const [origin, setOrigin] = useState<Origin>()
  const [shown, setShown] = useKeptTab('letter:shown', 'header')
  const narrow = useMedia('(max-width: 699px)')
  const here = Math.max(
    stops.findLastIndex(({ at }) => at <= t),
    0,
  )
  const lies = wanted !== undefined && stops[wanted] ? wanted : here
  const { now, end } = useMemo(() => layersAround(journey, lies), [journey, lies])
  const stop = stops[lies]
  const choose = (by: Origin): void => {
    setOrigin(by)
    const host = hostOf(journey, by, lies)
    if (host !== undefined) actions.select({ host })
  }
  if (!stop) return null
  const text = now?.parts.map(({ octets }) => octets).join('')
  const sheets = now && end && (
    <>
      <HeaderSheet journey={journey} names={names} now={now} end={end} origin={origin} onOrigin={choose} />
      <BodySheet now={now} />
    </>
  )
  const envelope = <EnvelopeSheet stop={stop} now={now} />
  const way = <HopsView journey={journey} names={names} t={t} onChoose={onChoose} />
  const growth = end && <Growth journey={journey} names={names} end={end} lies={lies} origin={origin} />
  return (
    <>
      <div className={`page-bar ${styles.bar}`}>
        {choice}
        {shown !== 'hops' && <Hops journey={journey} names={names} lies={lies} t={t} onLies={setWanted} />}
        <Copies journey={journey} names={names} t={t} />
        <span className={styles.space} />
        {!narrow && (
          <button
            type="button"
            className={`as-link ${side.link}`}
            onClick={() => setShown(shown === 'hops' ? 'header' : 'hops')}
          >
            {sheetText(shown === 'hops' ? 'toSheets' : 'toHops')}
          </button>
        )}
        {own}
        <button
          type="button"
          className={styles.save}
          disabled={text === undefined}
          onClick={() => text !== undefined && saveMessage(journey.subject, text)}
        >
          <Download aria-hidden="true" />
          {sheetText('save')}
        </button>
      </div>
      {narrow ? (
        <Tabs.Root className={styles.narrow} value={shown} onValueChange={setShown}>
          <Tabs.List className={styles.tabs} aria-label={sheetText('sheets')}>
            {(['envelope', 'header', 'body', 'hops'] as const).map((id) => (
              <Tabs.Trigger key={id} className={styles.tab} value={id}>
                {sheetText(id)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value="envelope" className={styles.right} tabIndex={-1}>
            {envelope}
            {growth}
          </Tabs.Content>
          <Tabs.Content value="header" tabIndex={-1}>
            {now && end ? (
              <HeaderSheet journey={journey} names={names} now={now} end={end} origin={origin} onOrigin={choose} />
            ) : (
              <LetGo />
            )}
          </Tabs.Content>
          <Tabs.Content value="body" tabIndex={-1}>
            {now ? <BodySheet now={now} /> : <LetGo />}
          </Tabs.Content>
          <Tabs.Content value="hops" tabIndex={-1}>
            {way}
          </Tabs.Content>
        </Tabs.Root>
      ) : shown === 'hops' ? (
        way
      ) : (
        <div className={styles.wide}>
          <div className={styles.left}>{sheets ?? <LetGo />}</div>
          <div className={styles.right}>
            {envelope}
            {growth}
          </div>
        </div>
      )}
    </>
  )
}

const LetGo = () => <p className={styles.letGo}>{sheetText('letGo')}</p>

interface Around {
  /** The layers at the chosen stop, if the run still has them. */
  readonly now?: Layers | undefined
  /** The layers at each stop on the way to the end of this way. */
  readonly end?: readonly Layers[] | undefined
}

/** The layers of a message at a stop, and further on the way that leads over it. */
function layersAround(journey: Journey, lies: number): Around {
  const leads = journey.stops.map((_, place) => wayTo(journey, place))
  const longest = leads.reduce<readonly number[]>(
    (best, way) => (way.includes(lies) && way.length > best.length ? way : best),
    [lies],
  )
  const end = layersTo(journey, longest.at(-1) ?? lies)
  return { now: layersTo(journey, lies).find(({ stop }) => stop === lies), end }
}

/** The host whose program wrote the parts of this origin. */
function hostOf({ stops }: Journey, by: Origin, lies: number): string | undefined {
  if (typeof by === 'number') return stops[by]?.host
  const first = stops[0]
  return by === 'before' ? stops[lies]?.host : first?.kind === 'written' ? first.host : first?.client
}

interface HopsProps {
  readonly journey: Journey
  readonly names: Names
  readonly lies: number
  readonly t: number
  onLies(place: number): void
}

/** The stops of the message; arrow keys go from one to the next. */
function Hops({ journey, names, lies, t, onLies }: HopsProps) {
  const { stops } = journey
  const pressed = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = Math.min(Math.max(lies + by, 0), stops.length - 1)
    onLies(next)
    event.currentTarget.parentElement?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className={styles.hops} role="group" aria-label={sheetText('liesWith')}>
      <span className={styles.hint} aria-hidden="true">
        {sheetText('liesWith')}
      </span>
      {stops.map((stop, place) => (
        <button
          key={stop.fact}
          type="button"
          className={styles.hop}
          aria-pressed={place === lies}
          tabIndex={place === lies ? 0 : -1}
          data-later={stop.at > t ? '' : undefined}
          onKeyDown={pressed}
          onClick={() => onLies(place)}
        >
          <span translate="no">{stopName(journey, place, names)}</span>
          {stop.at > t && <span className="unseen">{sheetText('notYet')}</span>}
        </button>
      ))}
    </div>
  )
}

/** The devices that have a copy of the message at this moment. */
function Copies({ journey: { copies }, names, t }: Pick<SheetsProps, 'journey' | 'names' | 't'>) {
  const hosts = new Set(
    copies.flatMap(({ host, at, until }) => (at <= t && (until === undefined || t < until) ? [host] : [])),
  )
  if (hosts.size === 0) return null
  return (
    <small className={styles.copies}>
      {sheetText('copies', { hosts: [...hosts].map((host) => names.title(host)).join(', ') })}
    </small>
  )
}
