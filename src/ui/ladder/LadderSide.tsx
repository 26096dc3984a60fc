import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Instant, START } from '../../base/time'
import { ladderText } from '../../messages/ladder'
import { inSight, type Ladder } from '../../view/ladder/ladder'
import { laneOf } from '../../view/ladder/lane'
import { spansOf } from '../../view/ladder/places'
import { asText, cellsOf, groupAbout, groupTitle, secondsText } from '../../view/ladder/words'
import { ProtocolMark } from '../panels/ProtocolMark'
import { useFactCount, useRun, useRunStore } from '../run/RunContext'
import { joined } from '../shell/rich'
import { FilterBar } from './FilterBar'
import { LadderTable } from './LadderTable'
import { HEAD_HEIGHT, LaneHead, PHONE_HEAD_HEIGHT } from './LaneHead'
import styles from './ladder.module.css'
import { Margin } from './Margin'
import { Nothing } from './Nothing'
import { NowLine } from './NowLine'
import { Rows } from './Rows'
import { AHEAD, useFollowing, usePart, useShownPart } from './scrolling'
import { endOfRows, type LadderState, NOW_SPACE, useLadder } from './useLadder'
import { WhyNote } from './WhyNote'

/** A ladder narrower than this shows one group at a time. */
const PHONE = 560
/** From this width on there is room for notes in the margin. */
const WIDE = 1000
const MARGINS = { wide: 376, narrow: 250, phone: 0 } as const
/** The ladder: the run as rows between the lifelines of its hosts. It fills the box that it is put in. */
export function LadderSide() {
  const root = useRef<HTMLElement>(null)
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = root.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={root}
      className={styles.ladder}
      aria-label={ladderText('title')}
      data-fills=""
      data-phone={(width !== undefined && width < PHONE) || undefined}
    >
      {width !== undefined && <LadderIn width={width} />}
    </section>
  )
}

function LadderIn({ width }: { readonly width: number }) {
  const phone = width < PHONE
  const state = useLadder(phone)
  const { ladder, view, names, filter } = state
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const [noted, setNoted] = useState(true)
  const times = useMemo(() => timesOf(ladder), [ladder])
  const margin = phone ? MARGINS.phone : width >= WIDE ? MARGINS.wide : MARGINS.narrow + Math.max(0, times - LONG_TIMES)
  const lane = useLane(state, width - margin)
  const part = usePart(box, state)
  const { first, end } = useMemo(() => {
    const [from, to] = inSight(ladder, part.from - NOW_SPACE, part.to)
    return { first: from, end: to }
  }, [ladder, part])
  // The words of the table change with facts, not with every frame.
  const count = useFactCount()
  const now = view.timeline.trace[count - 1]?.at ?? START
  const spans = useMemo(() => spansOf(ladder), [ladder])
  useKeys(box, state, field, () => setNoted(!noted))
  useCopying(box, state)
  useFollowing(box, state)
  useShownPart(box, state)
  const height = Math.max(endOfRows(ladder) + NOW_SPACE + 80, 1)
  const head = phone ? PHONE_HEAD_HEIGHT : HEAD_HEIGHT
  const pinned = useRun((run) => run.pinned)
  const chosen = state.chosen === undefined ? undefined : ladder.items[state.chosen]

  return (
    <>
      {phone ? <GroupChoice state={state} /> : <FilterBar state={state} field={field} />}
      <div
        ref={box}
        className={styles.scroller}
        tabIndex={0}
        role="group"
        aria-label={ladderText('title')}
        aria-describedby={`${id}-keys`}
      >
        <p id={`${id}-keys`} className="unseen">
          {ladderText('keys')}
        </p>
        <div className={styles.heads} style={{ inlineSize: margin + lane.width, blockSize: head }}>
          {!phone && (
            <div className={styles.corner} style={{ inlineSize: margin }}>
              <span>{ladderText('who')}</span>
              <span>{ladderText('seconds')}</span>
            </div>
          )}
          <LaneHead
            lane={lane}
            down={view.at(now).holdings.down}
            phone={phone}
            only={filter.host}
            sea={phone ? seaOf(state) : undefined}
            onOnly={(host) => {
              const { host: _, ...rest } = filter
              state.setFilter(host === undefined ? rest : { ...rest, host })
            }}
          />
        </div>
        <div
          className={styles.body}
          style={
            {
              inlineSize: margin + lane.width,
              blockSize: height,
              '--margin': `${margin}px`,
              '--times': `${times}px`,
            } as React.CSSProperties
          }
        >
          <LadderTable
            view={view}
            names={names}
            items={ladder.items}
            first={first}
            end={end}
            chosen={state.chosen}
            t={now}
            id={id}
          />
          <Rows
            state={state}
            lane={lane}
            spans={spans}
            first={first}
            end={end}
            from={part.from}
            to={Math.min(height, part.to)}
            left={margin}
          />
          <Margin state={state} first={first} end={end} width={margin} times={times} laneWidth={lane.width} />
          <NowLine state={state} width={margin + lane.width} box={box} />
          {noted && !phone && margin >= MARGINS.wide && chosen?.type === 'arrow' && state.chosen !== undefined && (
            <WhyNote
              state={state}
              arrow={chosen.arrow}
              port={chosen.group.port}
              y={state.topOf(state.chosen)}
              below={fitsBelow(state, state.chosen, part.from + AHEAD)}
            />
          )}
        </div>
        <Nothing state={state} silent={phone ? 0 : lane.silent.length} />
      </div>
      {noted && (phone || margin < MARGINS.wide) && chosen?.type === 'arrow' && (
        <WhyNote state={state} arrow={chosen.arrow} port={chosen.group.port} />
      )}
      <p className="unseen" aria-live="polite">
        {/* A step has the voice of the stage. */}
        {chosen && pinned && <Announced state={state} place={state.chosen ?? 0} t={now} />}
      </p>
    </>
  )
}

/** A time that is longer than this, with its air, widens a narrow margin, so that a title keeps its room. */
const LONG_TIMES = 106
/** The width of a character of a time, and the air around it, in pixels. */
const TIME_CHARACTER = 6.95
const TIME_AIR = 22

/** The width that the times of all rows take in the margin. Later times are not shorter. */
function timesOf({ items }: Ladder): number {
  const latest = items.reduce((most, item) => Math.max(most, item.type === 'bar' ? item.until : item.at), 0)
  return Math.ceil(secondsText(latest).length * TIME_CHARACTER) + TIME_AIR
}

/** Room that a note takes above or below its row, in pixels. */
const NOTE = 220

/** True if a note below a row hides fewer names of groups than one above it, or there is no room above. */
function fitsBelow({ ladder: { items }, topOf }: LadderState, place: number, sight: number): boolean {
  const y = topOf(place)
  if (y - sight < NOTE) return true
  const headings = (from: number, to: number): number =>
    items.slice(Math.max(0, place - 12), place + 12).filter((item, index) => {
      const at = topOf(Math.max(0, place - 12) + index)
      return item.heading !== undefined && at >= from && at < to
    }).length
  return headings(y + 24, y + 24 + NOTE) < headings(y - NOTE, y + 24)
}

/** The chosen row in words. */
function Announced({
  state: { ladder, view, names },
  place,
  t,
}: {
  readonly state: LadderState
  readonly place: number
  readonly t: Instant
}) {
  const item = ladder.items[place]
  if (!item) return null
  return cellsOf(item, view, names, t)
    .filter((cell) => cell !== '')
    .join(', ')
}

/** The lane for the hosts that are shown. Name servers stand apart once a lookup is open. */
function useLane({ view, ladder, names, phone, group }: LadderState, width: number) {
  const { scenario } = view.timeline
  return useMemo(() => {
    const shown = ladder.groups[group]
    const speakers = phone && shown ? shown.hosts : ladder.groups.flatMap(({ hosts }) => hosts)
    const apart = ladder.items.some((item) => item.type === 'arrow' && item.group.purpose === 'asks')
    return laneOf(scenario, names, {
      width,
      speakers: new Set(speakers),
      apart,
      only: phone && shown !== undefined,
      nearest: width < 800 ? 58 : 74,
    })
  }, [scenario, names, ladder, phone, group, width])
}

/** The keys of the ladder while it has the focus. Those that it does not use are the stage's. */
function useKeys(
  box: React.RefObject<HTMLDivElement | null>,
  state: LadderState,
  field: React.RefObject<HTMLInputElement | null>,
  onNote: () => void,
): void {
  const { ladder, chosen, begun, toggle, mend, choose, goTo, phone, group, showGroup } = state
  const at = chosen ?? Math.max(0, begun - 1)
  const item = ladder.items[at]
  /** The group of a row: that of the nearest row above it that has one. */
  const grouped = item?.type === 'arrow' || item?.type === 'bar' ? item.group : undefined
  const doing: Readonly<Record<string, () => boolean>> = {
    ArrowUp: () => move(chosen === undefined ? at : at - 1),
    ArrowDown: () => move(chosen === undefined ? at : at + 1),
    ArrowLeft: () => {
      if (phone) return turn(group - 1)
      return item?.type === 'arrow' && grouped !== undefined ? done(() => toggle(grouped.key, false)) : false
    },
    ArrowRight: () => {
      if (phone) return turn(group + 1)
      return item?.type === 'bar' && grouped !== undefined ? done(() => toggle(grouped.key, true)) : false
    },
    Enter: () => (item?.type === 'tear' ? done(() => mend(item.ended)) : item ? done(() => goTo(at)) : false),
    w: () => done(onNote),
    t: () => {
      const tear = nearestTear(state, at)
      return tear === undefined ? false : done(() => mend(tear))
    },
    '/': () => done(() => field.current?.focus()),
  }
  const done = (act: () => void): boolean => {
    act()
    return true
  }
  const turn = (place: number): boolean => done(() => showGroup(Math.min(ladder.groups.length - 1, Math.max(0, place))))
  const move = (place: number): boolean => done(() => choose(Math.min(ladder.items.length - 1, Math.max(0, place))))
  const pressed = (event: KeyboardEvent): void => {
    // Buttons in the ladder keep their own keys.
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && event.target !== event.currentTarget) return
    const act = doing[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act?.()) return
    event.preventDefault()
    event.stopPropagation()
  }
  useEffect(() => {
    const element = box.current
    element?.addEventListener('keydown', pressed)
    return () => element?.removeEventListener('keydown', pressed)
  })
}

/** Copying without a selection of text copies the whole ladder. */
function useCopying(box: React.RefObject<HTMLDivElement | null>, { ladder, view, names }: LadderState): void {
  const run = useRunStore()
  useEffect(() => {
    const element = box.current
    const copy = (event: ClipboardEvent): void => {
      if (!(document.getSelection()?.isCollapsed ?? true)) return
      event.clipboardData?.setData('text/plain', asText(ladder.items, view, names, run.get().t))
      event.preventDefault()
    }
    element?.addEventListener('copy', copy)
    return () => element?.removeEventListener('copy', copy)
  }, [box, ladder, view, names, run])
}

/** The wait nearest to a row: itself, or the next one below or above. */
function nearestTear({ ladder: { items } }: LadderState, at: number): number | undefined {
  for (let distance = 0; distance < items.length; distance++)
    for (const place of [at + distance, at - distance]) {
      const item = items[place]
      if (item?.type === 'tear') return item.ended
    }
  return undefined
}

/** On a phone: which group is shown, and the way to its neighbours. */
function GroupChoice({ state }: { readonly state: LadderState }) {
  const { ladder, group, names, showGroup } = state
  const shown = ladder.groups[group]
  if (!shown) return null
  const to = ladder.items.find(({ heading }) => heading?.group.key === shown.key)?.heading?.to
  const isLast = group === ladder.groups.length - 1
  return (
    <div className={styles.choice}>
      <button
        type="button"
        aria-label={ladderText('earlier')}
        aria-disabled={group === 0}
        onClick={() => group > 0 && showGroup(group - 1)}
      >
        <ChevronLeft aria-hidden="true" />
      </button>
      <p>
        <ProtocolMark protocol={shown.protocol} />
        <span>{joined(groupTitle(shown, names, (inside) => <b translate="no">{joined(inside)}</b>, to))}</span>
        <span className={styles.about}>{ladderText('ofAll', { place: group + 1, count: ladder.groups.length })}</span>
        <span className="unseen">{groupAbout(shown)}</span>
      </p>
      <button
        type="button"
        aria-label={ladderText('next')}
        aria-disabled={isLast}
        onClick={() => !isLast && showGroup(group + 1)}
      >
        <ChevronRight aria-hidden="true" />
      </button>
    </div>
  )
}

/** The latency between the ends of the shown group. */
function seaOf({ ladder, group, view }: LadderState): string | undefined {
  const shown = ladder.groups[group]
  const { links, internet, map } = view.timeline.scenario
  if (shown?.hosts.length !== 2) return undefined
  const link = links.find(({ between }) => between.includes(shown.client) && between.includes(shown.server))
  const [here, there] = [map.hosts[shown.client]?.region, map.hosts[shown.server]?.region]
  return ladderText(here === there ? 'near' : 'sea', { latency: (link ?? internet).latency })
}
