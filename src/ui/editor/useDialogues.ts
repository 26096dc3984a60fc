import { useMemo, useState } from 'react'
import { machinesOf } from '../../view/editor/people'
import { nextTerminal, type Terminal, terminalsIn } from '../../view/run/terminal'
import type { ConnectionId } from '../../world/world'
import { readText, writeText } from '../keeping/database'
import { useRunActions, useRunStore } from '../run/RunContext'
import { useMoment } from '../run/useMoment'

/** The tab at which the next dialogue begins. */
export const NEW = 'new'

export interface Dialogues {
  /** The dialogues that have a tab, in the order of their beginning. */
  readonly tabs: readonly Terminal[]
  /** Those whose tab was closed, the last one first. */
  readonly closed: readonly Terminal[]
  /** The name of the dialogue that is shown, or `NEW`. */
  readonly shown: string
  show(id: string): void
  /** Shows the dialogue on this connection, if there is one. */
  showOn(connection: ConnectionId): void
  /** Closes the tab of a dialogue, which is hung up first. */
  close(terminal: Terminal): void
  /** A dialogue begins in the place of the shown one. */
  begins(): void
}

const keyOf = (run: string): string => `closed-dialogues:${run}`

const readClosed = (run: string): ReadonlySet<string> => new Set(readText('local', keyOf(run))?.split(' '))

/**
 * The dialogues of a run that a person has begun by hand. They are read from the run, so they follow time and are there again after
 * a reload; only which tabs are closed is the page's.
 */
export function useDialogues(): Dialogues {
  const { seen } = useMoment()
  const { key, scenario } = useRunStore()
  const actions = useRunActions()
  const machines = useMemo(() => machinesOf(scenario), [scenario])
  const all = useMemo(() => terminalsIn(seen).filter(({ host }) => machines.includes(host)), [seen, machines])
  const [closed, setClosed] = useState(() => readClosed(key))
  const { last } = seen.terminals
  /** It holds until a person does something in another dialogue. */
  const [choice, setChoice] = useState<{ readonly id: string; readonly last: string | undefined }>()

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
  const shown = chosen === NEW || isThere(chosen) ? chosen : isThere(last) ? last : (tabs.at(-1)?.id ?? NEW)

  const show = (id: string): void => {
    open(id)
    setChoice({ id, last })
    const connection = all.find((each) => each.id === id)?.connection?.connection
    if (connection !== undefined) actions.select({ connection })
  }
  return {
    tabs,
    closed: all.filter(({ id }) => closed.has(id)).toReversed(),
    shown,
    show,
    showOn: (connection) => {
      const found = all.find((each) => each.connection?.connection === connection)
      if (found && found.id !== shown) show(found.id)
    },
    close: ({ id, host, phase }) => {
      keep(new Set([...closed, id]))
      if (phase !== 'ended') actions.intervene({ type: 'hungUp', host, terminal: id })
      const next = tabs[tabs.findIndex((each) => each.id === id) + 1] ?? tabs.findLast((each) => each.id !== id)
      setChoice(next && { id: next.id, last: phase === 'ended' ? last : id })
    },
    begins: () => {
      // The name of the next dialogue may be that of one in another branch of the run, whose tab was closed.
      const next = nextTerminal(seen)
      const left = isThere(shown) ? [shown] : []
      keep(new Set([...[...closed].filter((id) => id !== next), ...left]))
    },
  }
}
