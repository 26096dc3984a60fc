import { useEffect, useId, useRef } from 'react'
import { keysText } from '../../messages/keys'
import { shellText } from '../../messages/shell'
import styles from './keys.module.css'

/** All keys of a run, by the place that has the focus. */
const KEYS = [
  [
    'in.anywhere',
    [
      [['Space'], 'play'],
      [['←', '→'], 'step'],
      [['Home', 'End'], 'ends'],
      [['F6'], 'part'],
      [['/'], 'search'],
      [['?'], 'keys'],
      [['Esc'], 'close'],
    ],
  ],
  ['in.course', [[['R'], 'askMe']]],
  [
    'in.lesson',
    [
      [['1', '9'], 'answer'],
      [['G', 'F', 'C'], 'sure'],
      [['Enter'], 'seal'],
      [['H'], 'hint'],
    ],
  ],
  [
    'in.map',
    [
      [['Tab', '↑', '↓', 'Enter'], 'host'],
      [['+', '-', '0'], 'zoom'],
      [['Shift', '←', '↑', '→', '↓'], 'move'],
    ],
  ],
  [
    'in.lines',
    [
      [['↑', '↓'], 'line'],
      [['Enter'], 'goTo'],
    ],
  ],
  [
    'in.ladder',
    [
      [['↑', '↓'], 'row'],
      [['←', '→'], 'group'],
      [['Enter'], 'goTo'],
      [['W'], 'why'],
      [['T'], 'wait'],
      [['/'], 'find'],
    ],
  ],
  [
    'in.events',
    [
      [['↑', '↓'], 'event'],
      [['←', '→'], 'cause'],
      [['W'], 'why'],
      [['/'], 'find'],
    ],
  ],
  [
    'in.chart',
    [
      [['←', '↑', '→', '↓'], 'state'],
      [['Enter'], 'visits'],
      [['Home'], 'now'],
      [['L', 'R'], 'legal'],
    ],
  ],
  [
    'in.letter',
    [
      [['←', '→'], 'hop'],
      [['↑', '↓'], 'header'],
    ],
  ],
] as const

/** The keys of the stage and of its sides. Those of a side work while it has the focus; none does in a field. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    if (!dialog.current?.open) dialog.current?.showModal()
    // The dialog leaves the page before the browser gives the focus back.
    return () => {
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog ref={dialog} className={`dialog ${styles.dialog}`} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{shellText('keys')}</h2>
      <div className={styles.groups}>
        {KEYS.map(([place, keys]) => (
          <section key={place} className={styles.group} aria-label={keysText(place)}>
            <h3>{keysText(place)}</h3>
            <dl>
              {keys.map(([names, does]) => (
                <div key={does} className={styles.row}>
                  <dt>
                    {names.map((key) => (
                      <kbd key={key} className="key" translate="no">
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{keysText(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>
        {shellText('close')}
      </button>
    </dialog>
  )
}
