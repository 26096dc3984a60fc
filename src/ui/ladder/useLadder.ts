import { useCallback, useMemo, useState } from 'react'
import type { Instant } from '../../base/time'
import {
  begunBy,
  DESK_METRICS,
  type Filter,
  type Item,
  type Ladder,
  ladderOf,
  MARGIN_TOP,
  PHONE_METRICS,
  rowOf,
} from '../../view/ladder/ladder'
import { labelOf, wholeLabel } from '../../view/ladder/words'
import { countUpTo } from '../../view/run/countUpTo'
import { type Names, namesOf } from '../../view/run/names'
import { type RunView, viewOf } from '../../view/run/runView'
import { factOf } from '../../world/trace'
import { useRun, useRunActions } from '../run/RunContext'
import { selectionOf } from '../run/selection'
import { useShownTimeline } from '../run/veil'

/** The space that the line of the present takes between two rows. */
export const NOW_SPACE = 20

export interface LadderState {
  readonly view: RunView
  readonly names: Names
  readonly ladder: Ladder
  readonly filter: Filter
  readonly phone: boolean
  /** The number of rows that have begun. */
  readonly begun: number
  /** The place of the chosen row. */
  readonly chosen: number | undefined
  /** On a phone: the place of the group that is shown. */
  readonly group: number
  /** The upper edge of a row, with the line of the present between the rows. */
  topOf(place: number): number
  setFilter(filter: Filter): void
  toggle(group: number, open: boolean): void
  toggleAll(open: boolean): void
  /** Mends a wait, or tears it again. */
  mend(ended: number): void
  choose(place: number): void
  goTo(place: number): void
  showGroup(place: number): void
}

const NO_FILTER: Filter = { without: new Set(), text: '' }

/** The state of the ladder and its actions. Rows are computed when the run grows or the reader changes the view. */
export function useLadder(phone: boolean): LadderState {
  const timeline = useShownTimeline()
  const size = useRun((run) => run.stepBy)
  const selected = useRun((run) => run.selection.fact)
  const actions = useRunActions()
  const view = viewOf(timeline)
  const { scenario } = timeline
  const names = useMemo(() => namesOf(scenario), [scenario])
  const [filter, setFilter] = useState(NO_FILTER)
  const [opened, setOpened] = useState<ReadonlyMap<number, boolean>>(new Map())
  const [mended, setMended] = useState<ReadonlySet<number>>(new Set())
  /** A chosen row that is no fact, and the fact that was selected then. */
  const [cursor, setCursor] = useState<{ readonly key: string; readonly with: number | undefined }>()
  /** On a phone, the group that the reader went to, and the one that was the present one then. */
  const [turned, setTurned] = useState<{ readonly key: number; readonly from: number | undefined }>()

  const options = useMemo(
    () => ({
      size,
      opened,
      mended,
      filter,
      metrics: phone ? PHONE_METRICS : DESK_METRICS,
      textOf: (arrow: Parameters<typeof labelOf>[1]) => wholeLabel(labelOf(view, arrow, names, 0)),
    }),
    [size, opened, mended, filter, phone, view, names],
  )
  const whole = useMemo(() => ladderOf(view, options), [view, options])
  const present = useRun(({ t }) => whole.groups[Math.max(0, countUpTo(whole.groups, ({ from }) => from, t) - 1)]?.key)
  const key = turned && turned.from === present ? turned.key : present
  const ladder = useMemo(
    () => (phone && key !== undefined ? ladderOf(view, { ...options, only: key }) : whole),
    [phone, key, view, options, whole],
  )
  const begun = useRun(({ t }) => begunBy(ladder, t))
  const cursorAt = cursor && cursor.with === selected ? ladder.items.findIndex((item) => item.key === cursor.key) : -1
  const chosen = useMemo(
    () => (cursorAt !== -1 ? cursorAt : selected === undefined ? undefined : rowOf(ladder, selected, view.history)),
    [ladder, selected, cursorAt, view],
  )

  const choose = (place: number): void => {
    const item = ladder.items[place]
    if (!item) return
    const fact = factIn(item)
    if (fact === undefined) setCursor({ key: item.key, with: selected })
    else {
      setCursor({ key: item.key, with: fact })
      actions.select(selectionOf(factOf(timeline.trace, fact)))
    }
  }
  return {
    view,
    names,
    ladder,
    filter,
    phone,
    begun,
    chosen,
    group: Math.max(
      0,
      whole.groups.findIndex((group) => group.key === key),
    ),
    topOf: useCallback(
      (place) =>
        place < ladder.items.length
          ? (ladder.items[place]?.top ?? MARGIN_TOP) + (place >= begun ? NOW_SPACE : 0)
          : endOfRows(ladder) + (begun >= place ? 0 : NOW_SPACE),
      [ladder, begun],
    ),
    setFilter,
    toggle: (group, open) => setOpened(new Map([...opened, [group, open]])),
    toggleAll: (open) => setOpened(new Map(ladder.groups.map((group) => [group.key, open]))),
    mend: (ended) => {
      const after = new Set(mended)
      if (!after.delete(ended)) after.add(ended)
      setMended(after)
    },
    choose,
    goTo: (place) => {
      const item = ladder.items[place]
      if (!item) return
      actions.seek(instantOf(item, view))
      const fact = factIn(item)
      if (fact !== undefined) actions.select(selectionOf(factOf(timeline.trace, fact)))
    },
    showGroup: (place) => {
      const group = whole.groups[place]
      if (group) setTurned({ key: group.key, from: present })
    },
  }
}

/** Where the last row ends. */
export function endOfRows({ items }: Ladder): number {
  const last = items.at(-1)
  return last ? last.top + last.height : MARGIN_TOP
}

/** The fact that a row selects. A wait has none. */
function factIn(item: Item): number | undefined {
  switch (item.type) {
    case 'arrow':
      return item.arrow.fact
    case 'event':
      return item.fact.order
    case 'bar':
      return item.group.key
    case 'tear':
      return undefined
  }
}

/** The instant that shows a row best: a line half way. */
function instantOf(item: Item, { history }: RunView): Instant {
  if (item.type === 'tear') return item.until
  if (item.type !== 'arrow') return item.at
  const { lines, packets } = history.flights
  const { fact, packet, at } = item.arrow
  const line = lines.get(lines.countUpTo(({ flight }) => flight.fact, fact) - 1)
  if (line?.flight.fact === fact) return line.at
  const place = packets.countUpTo(({ flight }) => flight.fact, packet ?? fact) - 1
  const focus = packets.get(place)
  return focus?.flight.fact === (packet ?? fact) ? focus.at : at
}
