import { useMemo, useState } from 'react'
import { machinesOf } from '../../view/editor/people'
import { nextTerminal, type Terminal, terminalsIn } from '../../view/run/terminal'
import type { ConnectionId } from '../../world/world'
import { readText, writeText } from '../keeping/database'
import { useRunActions, useRunStore } from '../run/RunContext'
import { useMoment } from '../run/useMoment'

/** The tab at which the next dialogue begins. */
export const NEW = 'new'
/** The tab of questions to the DNS. They are datagrams, so they need no connection. */
export const DNS = 'dns'

export interface Dialogues {
  /** The dialogues that have a tab, in the order of their beginning. */
  readonly tabs: readonly Terminal[]
  /** Those whose tab was closed, the last one first. */
  readonly closed: readonly Terminal[]
  /** The names of all tabs, `NEW` and `DNS` too if there are such. */
  readonly ids: readonly string[]
  /** The name of the dialogue that is shown, or `NEW`, or `DNS`. */
  readonly shown: string
  show(id: string): void
  /** Shows the dialogue on this connection, if there is one. */
  showOn(connection: ConnectionId): void
  /** Closes the tab of a dialogue, which is hung up first, or that of the DNS. */
  close(id: string): void
  /** A dialogue begins in the place of the shown one. */
  begins(): void
}

const keyOf = (run: string): string => `closed-dialogues:${run}`

const readClosed = (run: string): ReadonlySet<string> => new Set(readText('local', keyOf(run))?.split(' '))

/**
 * The dialogues of a run that a person has begun by hand. They are read from the run, so they follow time and are there again after
 * a reload; only which tabs are closed is the page's. One tab may be shown first.
 */
export function useDialogues(first?: string): Dialogues {
  const { seen, timeline, t } = useMoment()
  const { key, scenario } = useRunStore()
  const actions = useRunActions()
  const machines = useMemo(() => machinesOf(scenario), [scenario])
  const all = useMemo(() => terminalsIn(seen).filter(({ host }) => machines.includes(host)), [seen, machines])
  const [closed, setClosed] = useState(() => readClosed(key))
  const { last } = seen.terminals
  /** It holds until a person does something in another dialogue. */
  const [choice, setChoice] = useState<{ readonly id: string; readonly last: string | undefined } | undefined>(() =>
    first === undefined ? undefined : { id: first, last },
  )

  const keep = (next: ReadonlySet<string>): void => {
    setClosed(next)
    writeText('local', keyOf(key), next.size > 0 ? [...next].join(' ') : undefined)
  }
  const open = (id: string): void => {
    if (closed.has(id)) keep(new Set([...closed].filter((each) => each !== id)))
  }
  const tabs = all.filter(({ id }) => !closed.has(id))
  const isThere = (id: string | undefined): id is string => tabs.some((each) => each.id === id)
  const chosen = choice && choice.last === last ? choice.id : undefined
  const hasAsked = timeline.interventions.some(({ type, at }) => type === 'dug' && at <= t) && !closed.has(DNS)
  const isTab = chosen === NEW || chosen === DNS || isThere(chosen)
  const shown = isTab ? chosen : isThere(last) ? last : (tabs.at(-1)?.id ?? NEW)
  const ids = [
    ...tabs.map(({ id }) => id),
    ...(hasAsked || shown === DNS ? [DNS] : []),
    ...(shown === NEW ? [NEW] : []),
  ]

  const show = (id: string): void => {
    open(id)
    setChoice({ id, last })
    const connection = all.find((each) => each.id === id)?.connection?.connection
    if (connection !== undefined) actions.select({ connection })
  }
  return {
    tabs,
    closed: all.filter(({ id }) => closed.has(id)).toReversed(),
    ids,
    shown,
    show,
    showOn: (connection) => {
      const found = all.find((each) => each.connection?.connection === connection)
      if (found && found.id !== shown) show(found.id)
    },
    close: (id) => {
      keep(new Set([...closed, id]))
      const terminal = tabs.find((each) => each.id === id)
      const goesOn = terminal !== undefined && terminal.phase !== 'ended'
      if (goesOn) actions.intervene({ type: 'hungUp', host: terminal.host, terminal: id })
      const next = ids[ids.indexOf(id) + 1] ?? ids.findLast((each) => each !== id)
      setChoice(next === undefined ? undefined : { id: next, last: goesOn ? id : last })
    },
    begins: () => {
      // The name of the next dialogue may be that of one in another branch of the run, whose tab was closed.
      const next = nextTerminal(seen)
      const left = isThere(shown) ? [shown] : []
      keep(new Set([...[...closed].filter((id) => id !== next), ...left]))
    },
  }
}
