import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { editorText } from '../../messages/editor'
import type { Names } from '../../view/run/names'
import type { Terminal } from '../../view/run/terminal'
import { scrollIntoSight } from '../dom/scroll'
import { useAfterRender } from '../dom/useAfterRender'
import styles from './editor.module.css'
import { type Dialogues, DNS, NEW } from './useDialogues'

interface DialogueTabsProps {
  readonly dialogues: Dialogues
  readonly names: Names
  /** The id of the element that shows the chosen dialogue. */
  readonly panel: string
  /** Another dialogue is begun. */
  onNew(): void
}

/** The dialogues of a person, one tab each, and one for the next. A single dialogue needs no tabs. */
export function DialogueTabs({ dialogues, names, panel, onNew }: DialogueTabsProps) {
  const { tabs, ids, shown, show, close } = dialogues
  const list = useRef<HTMLDivElement>(null)
  const afterRender = useAfterRender()
  // Of many tabs, the chosen one is in sight.
  useEffect(() => {
    scrollIntoSight(list.current?.querySelector<HTMLElement>('[aria-selected="true"]') ?? null, 'nearest')
  }, [shown, ids.length])
  if (ids.length < 2) return null

  const pressed = (event: KeyboardEvent): void => {
    const at = ids.indexOf(shown)
    const to = {
      ArrowRight: ids[(at + 1) % ids.length],
      ArrowLeft: ids.at(at - 1),
      Home: ids[0],
      End: ids.at(-1),
    }[event.key]
    if (to !== undefined) show(to)
    else if (event.key === 'Delete') {
      if (shown !== NEW) close(shown)
    } else return
    event.preventDefault()
    event.stopPropagation()
    // The tab that is chosen by now gets the focus once it is there.
    afterRender(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
  }
  return (
    <div className={styles.tabs}>
      <div ref={list} role="tablist" className={styles.tabList} aria-label={editorText('dialogues')}>
        {ids.map((id) => {
          const terminal = tabs.find((each) => each.id === id)
          return (
            <button
              key={id}
              type="button"
              role="tab"
              className={styles.tab}
              aria-selected={id === shown}
              aria-controls={panel}
              data-ended={terminal?.phase === 'ended' ? '' : undefined}
              tabIndex={id === shown ? 0 : -1}
              onClick={() => show(id)}
              onKeyDown={pressed}
            >
              {terminal ? (
                <TabName terminal={terminal} all={tabs} names={names} />
              ) : (
                editorText(id === DNS ? 'dnsTab' : 'newDialogue')
              )}
            </button>
          )
        })}
      </div>
      {shown !== NEW && (
        <button
          type="button"
          className={`icon-button ${styles.tabButton}`}
          aria-label={editorText('closeDialogue')}
          title={editorText('closeDialogue')}
          onClick={() => close(shown)}
        >
          <X aria-hidden="true" />
        </button>
      )}
      {shown !== NEW && (
        <button
          type="button"
          className={`icon-button ${styles.tabButton}`}
          aria-label={editorText('newDialogue')}
          title={editorText('newDialogue')}
          onClick={onNew}
        >
          <Plus aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

interface TabNameProps {
  readonly terminal: Terminal
  readonly all: readonly Terminal[]
  readonly names: Names
}

/** The server and its port, and the machine of the person; a number if another tab has the same name. */
function TabName({ terminal, all, names }: TabNameProps) {
  const { to, port, host } = terminal
  const alike = all.filter((each) => each.to === to && each.port === port && each.host === host)
  const number = alike.indexOf(terminal) + 1
  return (
    <>
      <span className={styles.wire} translate="no">
        {names.short(to)} {port}
      </span>{' '}
      <span className={styles.tabFrom}>
        {alike.length > 1 ? editorText('tabNumbered', { machine: names.title(host), number }) : names.title(host)}
      </span>
      {terminal.phase === 'ended' && <span className="unseen">{editorText('over')}</span>}
    </>
  )
}
